-- @ saas-how-many-04 310001
select count(*) from e where et='Support Ticket Opened' and last_month(d);

-- @ saas-aggregate-02 310001
select median(num(p_hours_open)) from e where et='Task Completed' and mo(d)='2026-04-01';

-- @ saas-share-03 310001
select 100.0*count(distinct u) filter (where country='Germany')/count(distinct u) from e where last_week(d);

-- @ saas-trend-02 310001
select count(*) from e where et='Logged In' and d between '2026-05-01' and '2026-05-10' group by d order by d;

-- @ saas-filter-03 310001
select count(*) from e where et='Dashboard Viewed' and p_view<>'calendar' and mo(d)='2026-04-01';

-- @ saas-revenue-01 310001
select sum(num(p_revenue)) from e where et='Invoice Paid' and mo(d)='2026-04-01';

-- @ saas-multi-project-02 310002
select count(*) from e where et='Logged In' and last(d,30);

-- @ saas-how-many-08 310001
select count(*) from e where et='File Uploaded' and d=today()-1;

-- @ saas-aggregate-12 310001
select min(num(p_revenue)) from e where et='Invoice Paid' and mo(d)='2026-04-01';

-- @ saas-share-04 310001
select 100.0*count(*) filter (where p_succeeded='false')/count(*) from e where et='Automation Ran' and mo(d)='2026-04-01';

-- @ saas-trend-04 310001
select count(distinct u) from e where d between '2026-03-09' and '2026-05-10' group by wk(d) order by wk(d);

-- @ saas-breakdown-10 310001
select p_topic as label, count(*) from e where et='Support Ticket Opened' and d>='2026-03-01' group by p_topic, p_priority order by 2 desc limit 8;

-- @ saas-filter-12 310001
select count(*) from e where et='Search Performed' and num(p_results)=0 and country in ('France','Poland') and last(d,30);

-- @ saas-compare-06 310001
select device as label, count(*) from e where et='Dashboard Viewed' and device in ('Mac','Windows') and last_month(d) group by 1;

-- @ saas-funnel-03 310001
create or replace temp view s as select case et when 'Trial Started' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-03-01' inr from e where et in ('Trial Started','Invoice Paid');
select count(*) filter (where n>=1), count(*) filter (where n>=2), 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 30 day);

-- @ saas-funnel-06 310001
create or replace temp view s as select case et when 'Dashboard Viewed' then 1 when 'Task Created' then 2 when 'Task Completed' then 3 else 4 end k,u,o,t,null::varchar g, last_month(d) inr from e where et in ('Dashboard Viewed','Task Created','Task Completed','Report Exported');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), count(*) filter (where n>=4) from walk(interval 1 day);

-- @ saas-funnel-07 310001
create or replace temp view s as select case et when 'Invitation Accepted' then 1 else 2 end k,u,o,t,g_role g, d between '2026-03-01' and '2026-04-30' inr from e where et in ('Invitation Accepted','Task Created');
select g as label, 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 7 day) group by 1 order by 1;

-- @ saas-retention-03 310001
create or replace temp view st as select u,o,d i from e where et='Invitation Accepted' and mo(d)='2026-04-01';
create or replace temp view rt as select u,o,d i from e;
select 100.0*sum(back)/sum(outof) from nday(1,1);

-- @ saas-retention-05 310001
create or replace temp view st as select u,o,wk(d) i from e where et='Task Created' and wk(d)='2026-04-06';
create or replace temp view rt as select u,o,wk(d) i from e where et='Task Created';
select sum(back) from nday(7,2);
select 100.0*sum(back)/sum(outof) from nday(7,2);

-- @ saas-new-returning-02 310001
select count(distinct u) from e where is_new and d between '2026-04-06' and '2026-05-10' group by wk(d) order by wk(d);

-- @ saas-sessions-06 310001
select count(*)/count(distinct u) from sessions() where d between '2026-04-06' and '2026-05-03' group by wk(d) order by wk(d);

-- @ saas-revenue-06 310001
select sum(num(p_revenue))/count(distinct u) from e where et='Invoice Paid' and last_month(d);

-- @ saas-metric-experiment-02 310001
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='new-navigation' and d between '2026-04-09' and '2026-04-29' group by u), m as (select x.u, x.v, count(e.u) n from x left join e on e.u=x.u and e.et='Task Created' and e.o>=x.o0 and e.d<='2026-04-29' group by 1,2) select avg(n) from m group by v order by v;
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='new-navigation' and d between '2026-04-09' and '2026-04-28' group by u), m as (select x.u, x.v, count(e.u) n from x left join e on e.u=x.u and e.et='Task Created' and e.o>=x.o0 and e.d<='2026-04-28' group by 1,2) select avg(n) from m group by v order by v;

-- @ saas-dates-04 310001
select count(*) from e where et='Task Created' and d='2026-04-30';

-- @ saas-dates-11 310001
select count(*) from e where et='File Uploaded' and last(d,14);
select count(*) from e where et='File Uploaded' and wk(d) between wk(today())-14 and wk(today())-7;
select count(*) from e where et='File Uploaded' and whole(d,14);

-- @ saas-follow-up-04 310001
select count(*)/count(distinct u) from e where et='Comment Added' and mo(d)='2026-04-01';

-- @ saas-follow-up-08 310001
select count(*) filter (where d='2026-04-03'), count(*) filter (where d='2026-04-02') from e where et='Logged In';
select count(*) filter (where d='2026-04-03'), count(*) filter (where d='2026-03-27') from e where et='Logged In';
select count(*) filter (where d='2026-04-03'), count(*) filter (where d between '2026-03-27' and '2026-04-02')/7.0 from e where et='Logged In';

-- @ saas-multi-project-04 310001
select count(*) from e where et='Task Completed' and d=today()-1;

-- @ saas-empty-02 310001
select count(*) from e where et='Subscription Cancelled' and d='2026-05-02' and country='Poland';

-- @ saas-truncated-02 310001
select label, n from (select g_account_name as label, count(distinct u) n from e where last(d,90) and g_account_name is not null group by 1) order by n desc limit 4;

-- @ saas-share-08 310001
select 100.0*count(*) filter (where p_method='password')/count(*) from e where et='Logged In' and last(d,30);
select 100.0*count(*) filter (where p_method='password')/count(*) from e where et='Logged In' and whole(d,30);

-- @ saas-empty-04 310001
select count(*) from e where et='Plan Downgraded' and wk(d)='2026-04-06' and country='Switzerland';

-- @ saas-follow-up-11 310001
select p_error_code as label, count(*) from e where et='Integration Failed' and last(d,90) group by 1 order by 2 desc;

-- @ saas-follow-up-12 310001
select count(*) from e where et='File Uploaded' and d between '2026-04-06' and '2026-05-03' group by wk(d) order by wk(d);
