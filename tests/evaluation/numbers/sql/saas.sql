-- @ saas-how-many-01 310001
select count(*) from e where et='Task Created' and last_week(d);

-- @ saas-how-many-02 310001
select count(distinct u) from e where et='Logged In' and d=today()-1;

-- @ saas-how-many-03 310001
select count(*) from e where et='Comment Added' and mo(d)='2026-04-01';

-- @ saas-how-many-05 310001
select count(*) from e where et='Invoice Paid' and d>='2026-04-01';

-- @ saas-how-many-06 310001
select count(distinct u) from e where last(d,30);

-- @ saas-aggregate-01 310001
select avg(num(p_load_ms)) from e where et='Dashboard Viewed' and last(d,7);

-- @ saas-aggregate-03 310001
select sum(num(p_size_mb)) from e where et='File Uploaded' and last_month(d);

-- @ saas-aggregate-04 310001
select count(*)/count(distinct u) from e where et='Task Created' and mo(d)='2026-04-01';

-- @ saas-aggregate-05 310001
select max(num(p_rows)) from e where et='Report Exported' and last(d,30);

-- @ saas-aggregate-06 310001
select avg(num(p_estimate_hours)) from e where et='Task Created' and mo(d)='2026-03-01';

-- @ saas-share-01 310001
select 100.0*count(*) filter (where p_was_late='true')/count(*) from e where et='Task Completed' and last_month(d);

-- @ saas-share-02 310001
select 100.0*count(*) filter (where p_method='sso')/count(*) from e where et='Logged In' and mo(d)='2026-04-01';

-- @ saas-trend-01 310001
select count(*) from e where et='Task Completed' and d between '2026-03-02' and '2026-05-03' group by wk(d) order by wk(d);

-- @ saas-trend-03 310001
select count(distinct u) from e where mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ saas-top-bottom-01 310001
select label, n from (select p_integration as label, count(*) n from e where et='Integration Failed' and last(d,90) group by 1) order by n desc limit 3;

-- @ saas-top-bottom-02 310001
select label, n from (select g_industry as label, count(*) n from e where et='Task Created' and last_month(d) and g_industry is not null group by 1) order by n desc limit 5;

-- @ saas-top-bottom-03 310001
select label, n from (select city as label, count(distinct u) n from e where last(d,30) group by 1) order by n limit 1;

-- @ saas-breakdown-01 310001
select p_topic as label, count(*) n from e where et='Support Ticket Opened' and last(d,90) group by 1 order by 2 desc;

-- @ saas-breakdown-02 310001
select g_role as label, count(distinct u) from e where mo(d)='2026-04-01' and g_role is not null group by 1 order by 2 desc;

-- @ saas-breakdown-03 310001
select p_format as label, platform as label2, count(*) from e where et='Report Exported' and last_month(d) group by 1,2 order by 3 desc;

-- @ saas-breakdown-04 310001
select p_reason as label, count(*) from e where et='Subscription Cancelled' and last(d,90) group by 1 order by 2 desc;

-- @ saas-filter-01 310001
select count(*) from e where et='Task Created' and g_role='admin' and country='Austria' and last_month(d);

-- @ saas-filter-02 310001
select count(*) from e where et='Support Ticket Opened' and num(p_priority)<=2 and last(d,60);

-- @ saas-filter-04 310001
select count(*) from e where et='File Uploaded' and num(p_size_mb)>20 and last_month(d);

-- @ saas-filter-05 310001
select count(*) from (select u from e where et='Comment Added' and last_week(d) group by u having count(*)>=5);

-- @ saas-filter-06 310001
select count(*) from e where et='Invoice Paid' and p_invoice_plan<>'starter' and mo(d)='2026-04-01';

-- @ saas-compare-01 310001
select count(*) filter (where last_week(d)), count(*) filter (where week_before_last(d)) from e where et='Task Completed';

-- @ saas-compare-02 310001
select count(*) filter (where et='Task Created'), count(*) filter (where et='Task Completed') from e where mo(d)='2026-04-01';

-- @ saas-compare-03 310001
select country as label, count(distinct u) from e where country in ('Germany','France') and last_month(d) group by 1;

-- @ saas-funnel-01 310001
create or replace temp view s as select case et when 'Invitation Accepted' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Invitation Accepted','Task Created');
select count(*) filter (where n>=2) from walk(interval 7 day);
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 7 day);

-- @ saas-funnel-02 310001
create or replace temp view s as select case et when 'Signed Up' then 1 when 'Workspace Created' then 2 when 'Plan Upgraded' then 3 else 4 end k,u,o,t,null::varchar g, last(d,60) inr from e where et in ('Signed Up','Workspace Created','Plan Upgraded','Invoice Paid');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), count(*) filter (where n>=4) from walk(interval 30 day);

-- @ saas-retention-01 310001
create or replace temp view st as select u,o,wk(d) i from e where et='Invitation Accepted' and d between '2026-03-02' and '2026-04-12';
create or replace temp view rt as select u,o,wk(d) i from e;
select 100.0*sum(back)/sum(outof) from nday(7,1);

-- @ saas-stickiness-01 310001
select count(distinct u) from e where last_week(d);

-- @ saas-stickiness-02 310001
select count(distinct u) from e where mo(d)='2026-04-01';

-- @ saas-sessions-01 310001
select count(*)/count(distinct u) from sessions() where mo(d)='2026-04-01';

-- @ saas-sessions-02 310001
select count(*) from sessions() where last_month(d);

-- @ saas-revenue-02 310001
select p_invoice_plan as label, sum(num(p_revenue)) from e where et='Invoice Paid' and mo(d)='2026-03-01' group by 1 order by 2 desc;

-- @ saas-cohort-01 310001
select count(*) from (select u from e where et='Task Created' and last(d,30) group by u having count(*)>=10);

-- @ saas-saved-01 310001
select p_integration as label, count(*) from e where et='Integration Failed' and last(d,30) group by 1 order by 2 desc;
select count(*) filter (where et='Integration Failed' and p_integration='Personio') from e where d between '2026-04-20' and '2026-05-10' group by wk(d) order by wk(d);

-- @ saas-dates-01 310001
select count(*) from e where et='Logged In' and d='2026-04-06';

-- @ saas-dates-02 310001
select count(*) from e where et='Task Created' and d between '2026-04-27' and '2026-05-03';

-- @ saas-dates-03 310001
select count(*) from e where et='Search Performed' and t >= timestamp '2026-05-11 12:00:00';
select count(*) from e where et='Search Performed' and t >= timestamp '2026-05-11 13:00:00';
select count(*) from e where et='Search Performed' and last(d,2);

-- @ saas-follow-up-01 310001
select count(*) from e where et='Comment Added' and last_month(d);

-- @ saas-follow-up-02 310001
select country as label, count(distinct u) from e where et='Logged In' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ saas-multi-project-01 320001
select count(*) from e where et='Task Created' and last_month(d);

-- @ saas-typo-01 310001
select count(*) from e where et='Task Created' and last_week(d);

-- @ saas-typo-02 310001
select p_topic as label, count(*) n from e where et='Support Ticket Opened' and last(d,90) group by 1 order by 2 desc;

-- @ saas-injection-01 310001
select count(*) from e where et='Invoice Paid' and mo(d)='2026-04-01';

-- @ saas-truncated-01 310001
select label, n from (select g_account_name as label, count(*) n from e where et='Task Created' and last(d,90) group by 1) order by n desc limit 5;

-- @ saas-how-many-07 310001
select count(*) from e where et='Project Created' and last(d,30);

-- @ saas-how-many-09 310001
select count(*) from e where et='Payment Failed' and d>='2026-03-01';

-- @ saas-how-many-10 310001
select count(distinct u) from e where et='Report Exported' and d between '2026-04-20' and '2026-04-26';

-- @ saas-how-many-11 310001
select count(*) from e where et='Seats Added' and mo(d)='2026-04-01';

-- @ saas-how-many-12 310001
select count(*) from e where et='API Key Created' and last_month(d);

-- @ saas-aggregate-07 310001
select sum(num(p_seats_added)) from e where et='Seats Added' and mo(d)='2026-04-01';

-- @ saas-aggregate-08 310001
select avg(num(p_days_to_accept)) from e where et='Invitation Accepted' and last(d,60);

-- @ saas-aggregate-09 310001
select avg(num(p_length)) from e where et='Comment Added' and mo(d)='2026-04-01';

-- @ saas-aggregate-10 310001
select median(num(p_load_ms)) from e where et='Dashboard Viewed' and mo(d)='2026-03-01';

-- @ saas-aggregate-11 310001
select count(*)/count(distinct u) from e where et='Comment Added' and last_week(d);

-- @ saas-share-05 310001
select 100.0*count(distinct u) filter (where et='Task Created')/count(distinct u) from e where last_week(d);

-- @ saas-share-06 310001
select 100.0*count(*) filter (where p_with_file='true')/count(*) from e where et='Comment Added' and last_month(d);

-- @ saas-share-07 310001
select 100.0*sum(num(p_revenue)) filter (where p_invoice_plan='business')/sum(num(p_revenue)) from e where et='Invoice Paid' and mo(d)='2026-04-01';

-- @ saas-trend-05 310001
select count(*) from e where et='Support Ticket Opened' and mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ saas-trend-06 310001
select avg(num(p_load_ms)) from e where et='Dashboard Viewed' and d between '2026-05-04' and '2026-05-08' group by d order by d;

-- @ saas-trend-07 310001
select count(*) from e where et='Task Created' and d='2026-05-12' and hour(l) between 8 and 15 group by hour(l) order by hour(l);

-- @ saas-trend-08 310001
select sum(num(p_revenue)) from e where et='Invoice Paid' and d between '2026-04-06' and '2026-05-10' group by wk(d) order by wk(d);

-- @ saas-top-bottom-04 310001
select label, n from (select country as label, count(distinct u) n from e where mo(d)='2026-04-01' group by 1) order by n desc limit 3;

-- @ saas-top-bottom-05 310001
select label, n from (select p_view as label, count(*) n from e where et='Dashboard Viewed' and last(d,30) group by 1) order by n limit 1;

-- @ saas-top-bottom-06 310001
select label, n from (select g_account_name as label, count(*) n from e where et='Task Created' and mo(d)='2026-04-01' group by 1) order by n desc limit 5;

-- @ saas-top-bottom-07 310001
select label, n from (select country as label, avg(num(p_load_ms)) n from e where et='Dashboard Viewed' and mo(d)='2026-04-01' group by 1) order by n desc limit 1;

-- @ saas-breakdown-05 310001
select p_method as label, count(*) from e where et='Logged In' and last_month(d) group by 1 order by 2 desc;

-- @ saas-breakdown-06 310001
select g_company_size as label, count(distinct u) from e where mo(d)='2026-04-01' and g_company_size is not null group by 1 order by 2 desc;

-- @ saas-breakdown-07 310001
select p_integration as label, count(*) n from e where et='Integration Failed' and last(d,90) group by p_integration, p_error_code order by 2 desc;

-- @ saas-breakdown-08 310001
select p_file_type as label, sum(num(p_size_mb)) from e where et='File Uploaded' and last_month(d) group by 1 order by 2 desc;

-- @ saas-breakdown-09 310001
select g_role as label, avg(num(p_hours_open)) from e where et='Task Completed' and mo(d)='2026-04-01' and g_role is not null group by 1 order by 2 desc;

-- @ saas-filter-07 310001
select count(*) from e where et='Task Created' and p_has_due_date='true' and city='Berlin' and mo(d)='2026-04-01';

-- @ saas-filter-08 310001
select count(distinct u) from e where coalesce(g_role,'') not in ('guest','owner') and last_month(d);
select count(distinct u) from e where g_role not in ('guest','owner') and last_month(d);

-- @ saas-filter-09 310001
select count(*) from e where et='Dashboard Viewed' and num(p_load_ms)>2000 and last_week(d);

-- @ saas-filter-10 310001
select count(*) from (select u from e where last_week(d) group by u having bool_or(et='Dashboard Viewed') and not bool_or(et='Task Created'));

-- @ saas-filter-11 310001
select count(*) from e where et='Task Created' and json_contains(p_labels,'"urgent"') and mo(d)='2026-04-01';

-- @ saas-filter-13 310001
select count(distinct u) from e where contains(lower(g_account_name),'apex') and mo(d)='2026-04-01';

-- @ saas-filter-14 310001
select count(*) from e where et='Comment Added' and num(p_mentions)=0 and last_week(d);

-- @ saas-compare-04 310001
select count(*)/count(distinct u) from e where et='Task Created' and mo(d)='2026-04-01' and g_is_paying is not null group by g_is_paying order by g_is_paying;

-- @ saas-compare-05 310001
select sum(num(p_revenue)) filter (where mo(d)='2026-04-01'), sum(num(p_revenue)) filter (where mo(d)='2026-03-01') from e where et='Invoice Paid';

-- @ saas-compare-07 310001
select count(*) filter (where last(d,7)), count(*) filter (where d between today()-13 and today()-7) from e where et='Logged In';
select count(*) filter (where last(d,7)), count(*) filter (where d > today()-14 and t < timestamp '2026-05-06 12:00:00') from e where et='Logged In';
select count(*) filter (where whole(d,7)), count(*) filter (where d between today()-14 and today()-8) from e where et='Logged In';

-- @ saas-compare-08 310001
select count(*) filter (where et='Trial Started'), count(*) filter (where et='Trial Expired'), count(*) filter (where et='Plan Upgraded') from e where d>='2026-03-01';

-- @ saas-funnel-04 310001
create or replace temp view s as select case et when 'Invitation Accepted' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Invitation Accepted','Comment Added');
select median(epoch(t2)-epoch(t1)) as duration_s from walk(interval 7 day) where n>=2;

-- @ saas-funnel-05 310001
create or replace temp view s as select case et when 'Task Created' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Task Created','Task Completed');
select count(*) filter (where n>=2) from walk(interval 1 hour);

-- @ saas-funnel-08 310001
create or replace temp view s as select num(p_step)::int k,u,o,t,null::varchar g, last(d,30) inr from e where et='Onboarding Step Completed';
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), count(*) filter (where n>=4) from walk(interval 14 day);

-- @ saas-retention-02 310001
create or replace temp view st as select u,o,wk(d) i from e where et='Invitation Accepted' and d between '2026-03-02' and '2026-03-29';
create or replace temp view rt as select u,o,wk(d) i from e;
with r as (select 1 k, sum(back)/sum(outof) v from nday(7,1) union all select 2, sum(back)/sum(outof) from nday(7,2) union all select 3, sum(back)/sum(outof) from nday(7,3) union all select 4, sum(back)/sum(outof) from nday(7,4)) select 100.0*v from r order by k;

-- @ saas-retention-04 310001
create or replace temp view st as select u,o,wk(d) i, g_persona g from e where et='Invitation Accepted' and d between '2026-03-02' and '2026-04-26';
create or replace temp view rt as select u,o,wk(d) i from e;
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+7) b from st), r as (select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g) select label, r from r order by r desc limit 1;

-- @ saas-stickiness-03 310001
select avg(n) from (select d, count(distinct u) n from e where mo(d)='2026-04-01' group by d);

-- @ saas-stickiness-04 310001
select 100.0*(select avg(n) from (select d, count(distinct u) n from e where last_month(d) group by d))/count(distinct u) from e where last_month(d);

-- @ saas-stickiness-05 310001
select count(*) from (select u from e where last_week(d) group by u having count(distinct d)>=4);

-- @ saas-new-returning-01 310001
select count(distinct u) from e where is_new and mo(d)='2026-04-01';

-- @ saas-frequency-01 310001
with a as (select u, count(*) n from e where et='Logged In' and last_week(d) group by u) select count(*) from a where n<=5 group by n order by n;
with a as (select u, count(*) n from e where et='Logged In' and last_week(d) group by u) select avg(n) from a;

-- @ saas-frequency-02 310001
select count(*) from (select u from e where et='Task Created' and last_month(d) group by u having count(*)=1);

-- @ saas-sessions-03 310001
select avg(seconds) as duration_s from sessions() where last_month(d);

-- @ saas-sessions-04 310001
select sum(seconds) as duration_s from sessions() where last_week(d);

-- @ saas-sessions-05 310001
select platform as label, count(*) from sessions() where mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ saas-revenue-03 310001
select avg(num(p_revenue)) from e where et='Invoice Paid' and mo(d)='2026-04-01';

-- @ saas-revenue-04 310001
select label, n from (select country as label, sum(num(p_revenue)) n from e where et='Invoice Paid' and last(d,90) group by 1) order by n desc limit 1;

-- @ saas-revenue-05 310001
select sum(num(p_revenue))/count(distinct u) from e where mo(d)='2026-04-01';

-- @ saas-revenue-07 310001
select sum(num(p_revenue)) from e where et='Invoice Paid' and p_with_discount='true' and d>='2026-03-01';

-- @ saas-revenue-08 310001
with n as (select u, min(t) t0, min(d) d0 from e where is_new group by u), r as (select n.u, coalesce(sum(num(e.p_revenue)) filter (where e.t < n.t0 + interval 30 day),0) v from n join e on e.u=n.u where mo(n.d0)='2026-03-01' group by 1) select avg(v) from r;

-- @ saas-cohort-03 310001
select count(*) from (select u from e where last(d,90) group by u having bool_or(et='Dashboard Viewed') and not bool_or(last(d,14)));

-- @ saas-cohort-04 310001
select count(*) from (select u from e group by u having bool_or(et in ('Integration Connected','Automation Created') and last(d,90)) and count(*) filter (where et='Task Created' and last(d,30))>=3);

-- @ saas-cohort-05 310001
with c as (select u from e where et='Task Created' and last(d,30) group by u having count(*)>=10) select count(distinct u) filter (where u in (from c)), count(distinct u) from e where et='Report Exported' and last(d,30);
with c as (select u from e where et='Task Created' and last(d,30) group by u having count(*)>=10) select count(distinct u) filter (where u in (from c)), count(distinct u) filter (where u not in (from c)) from e where et='Report Exported' and last(d,30);

-- @ saas-cohort-06 310001
with c as (select distinct u from e where et='Invoice Paid' and last(d,60)) select country as label, count(distinct u) from e where last(d,30) and u in (from c) group by 1 order by 2 desc limit 3;
with c as (select distinct u from e where et='Invoice Paid' and last(d,60)) select country as label, count(distinct u) from e where last(d,60) and u in (from c) group by 1 order by 2 desc limit 3;

-- @ saas-saved-02 310001
select count(distinct u), count(*) filter (where et='Task Created'), sum(num(p_revenue)) filter (where et='Invoice Paid') from e where last(d,30) and g_plan='team';

-- @ saas-saved-04 310001
select g_industry as label, count(distinct u) from e where last(d,30) and g_industry is not null group by 1 order by 2 desc;

-- @ saas-saved-05 310001
with c as (select u from e where et='Task Created' and last(d,30) group by u having count(*)>=10) select count(distinct u) from e where et='Report Exported' and d between '2026-05-04' and '2026-05-08' and u in (from c) group by d order by d;

-- @ saas-metric-experiment-01 310001
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='onboarding-checklist' and d>='2026-03-25' group by u) select 100.0*count(*) filter (where exists (select 1 from e where e.u=x.u and e.et='Onboarding Step Completed' and e.p_is_last='true' and e.o>=x.o0))/count(*) from x group by v order by v;

-- @ saas-metric-experiment-03 310001
select count(distinct u) from e where et='Onboarding Step Completed' and p_is_last='true' and last(d,30);
select count(distinct u) from e where et='Onboarding Step Completed' and p_is_last='true' and d=today()-1;

-- @ saas-dates-05 310001
select count(distinct u) from e where week_before_last(d);

-- @ saas-dates-06 310001
select count(*) from e where et='Logged In' and d='2026-03-29';

-- @ saas-dates-07 310001
select count(*) from e where et='Comment Added' and d between '2026-05-04' and '2026-05-06';

-- @ saas-dates-08 310001
select count(*) from e where et='Invoice Paid' and d>='2026-04-01';

-- @ saas-dates-09 310001
with a as (select dayname(d) n, count(*) c from e where et='Logged In' and mo(d)='2026-04-01' group by 1) select n as label, c from a order by c desc;

-- @ saas-dates-10 310001
select count(*) from e where et='Task Created' and d='2026-05-05' and hour(l)<9;

-- @ saas-follow-up-03 310001
select count(*) from e where et='Task Created' and g_is_paying='true' and mo(d)='2026-04-01';

-- @ saas-follow-up-05 310001
select count(*) filter (where mo(d)='2026-04-01'), count(*) filter (where mo(d)='2026-03-01') from e where et='Support Ticket Opened';

-- @ saas-follow-up-06 310001
select p_method as label, 100.0*count(*)/sum(count(*)) over () from e where et='Logged In' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ saas-follow-up-07 310001
select count(distinct u) from e where country='Germany' and last_week(d) group by d order by d;

-- @ saas-follow-up-09 310001
select label, n from (select g_industry as label, count(*) n from e where et='Task Created' and mo(d)='2026-04-01' group by 1) order by n desc limit 3;

-- @ saas-multi-project-03 320001
select g_role as label, count(distinct u) from e where mo(d)='2026-04-01' and g_role is not null group by 1 order by 2 desc;

-- @ saas-typo-03 310001
select country as label, count(distinct u) from e where mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ saas-typo-04 310001
select avg(num(p_load_ms)) from e where et='Dashboard Viewed' and last(d,7);

-- @ saas-typo-05 310001
select sum(num(p_revenue)) from e where et='Invoice Paid' and mo(d)='2026-04-01';

-- @ saas-typo-06 310001
select p_integration as label, count(*) from e where et='Integration Failed' and last(d,90) group by 1 order by 2 desc;

-- @ saas-injection-02 310001
select count(*) from e where et='Task Created' and g_account_name='O''Neil SAS' and mo(d)='2026-04-01';

-- @ saas-injection-03 310001
select count(*) from e where et='Logged In' and d=today()-1;

-- @ saas-truncated-03 310001
select count(*) n from e where et='Dashboard Viewed' and last(d,90) group by p_load_ms order by n desc limit 1;

-- @ saas-how-many-13 310001
select count(*) from e where et='Report Exported' and last(d,30);
select count(*) from e where et='Report Exported' and whole(d,30);

-- @ saas-how-many-14 310001
select count(distinct u) from e where last(d,30);
select count(distinct u) from e where whole(d,30);

-- @ saas-aggregate-13 310001
select avg(num(p_hours_open)) from e where et='Task Completed' and last(d,30);
select avg(num(p_hours_open)) from e where et='Task Completed' and whole(d,30);

-- @ saas-breakdown-11 310001
select g_plan as label, count(distinct u) from e where last(d,30) and g_plan is not null group by 1 order by 2 desc;
select g_plan as label, count(distinct u) from e where whole(d,30) and g_plan is not null group by 1 order by 2 desc;

-- @ saas-revenue-09 310001
select sum(num(p_revenue)) from e where et='Invoice Paid' and last(d,30);
select sum(num(p_revenue)) from e where et='Invoice Paid' and whole(d,30);

-- @ saas-revenue-10 310001
select median(num(p_revenue)) from e where et='Invoice Paid' and p_invoice_plan='team' and d>='2026-03-01';

-- @ saas-frequency-03 310001
with a as (select u, count(*) n from e where et='Comment Added' and last_week(d) group by u) select count(*) from a where n<=3 group by n order by n;

-- @ saas-new-returning-03 310001
with a as (select u, bool_or(is_new) n from e where wk(d)='2026-05-04' group by u) select count(*) filter (where not n), count(*) filter (where n) from a;

-- @ saas-truncated-04 310001
select count(*) n from e where et='File Uploaded' and last(d,90) group by p_size_mb order by n desc limit 1;

-- @ saas-injection-04 310001
select count(*) from e where et='Logged In' and last_week(d);

-- @ saas-dates-12 310001
select count(*) from e where et='Report Exported' and d='2026-05-02';

-- @ saas-dates-13 310001
select count(*) from e where et='Logged In' and d between '2026-05-01' and '2026-05-12';

-- @ saas-dates-14 310001
select count(*) from e where et='Support Ticket Opened' and mo(d)='2026-03-01' and isodow(d)<=5;

-- @ saas-metric-experiment-05 310001
with x as (select u, arg_min(p_variant, o) v from e where et='$exposure' and p_flag_key='new-navigation' and d between '2026-04-09' and '2026-04-29' group by u) select count(*) from x group by v order by v;
with x as (select u, arg_min(p_variant, o) v from e where et='$exposure' and p_flag_key='new-navigation' and d between '2026-04-09' and '2026-04-28' group by u) select count(*) from x group by v order by v;

-- @ saas-metric-experiment-06 310001
select count(*) from e where et='Support Ticket Opened' and last(d,30);
select count(*) from e where et='Support Ticket Opened' and d=today()-1;

-- @ saas-follow-up-10 310001
select count(*) from e where et='Task Created' and g_role='guest' and mo(d)='2026-04-01';

-- @ saas-multi-project-07 320001
select count(*) from e where et='Signed Up' and d>='2026-03-01';

-- @ saas-typo-07 310001
select avg(seconds) as duration_s from sessions() where mo(d)='2026-04-01';
