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
