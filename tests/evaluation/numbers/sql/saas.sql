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
