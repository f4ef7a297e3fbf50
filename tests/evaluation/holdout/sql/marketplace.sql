-- @ marketplace-top-bottom-01 410001
select label, n from (select p_category as label, sum(num(p_revenue)) n from e where et='Place Order' and last_month(d) group by 1) order by n desc limit 3;

-- @ marketplace-breakdown-02 410001
select p_source as label, platform as label2, count(*) from e where et='View Item' and last_week(d) group by 1,2 order by 3 desc;

-- @ marketplace-filter-03 410001
select count(*) from e where et='View Item' and p_category='jewelry' and platform='Web' and last_month(d);

-- @ marketplace-compare-03 410001
select platform as label, avg(num(p_revenue)) from e where et='Place Order' and platform in ('Web','iOS') and last(d,90) group by 1;

-- @ marketplace-funnel-01 410001
create or replace temp view s as select case et when 'View Item' then 1 when 'Add to Cart' then 2 when 'Start Checkout' then 3 else 4 end k,u,o,t,null::varchar g, last(d,30) inr from e where et in ('View Item','Add to Cart','Start Checkout','Place Order');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), count(*) filter (where n>=4), 100.0*count(*) filter (where n>=4)/count(*) from walk(interval 1 day);

-- @ marketplace-revenue-04 410001
select sum(num(p_revenue))/count(distinct u) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-saved-01 410001
select 100.0*count(*) filter (where et='Open Dispute')/count(*) filter (where et='Place Order') from e where wk(d) >= wk(today())-77;
select 100.0*count(*) filter (where et='Open Dispute')/count(*) filter (where et='Place Order') from e where wk(d) = wk(today())-7;

-- @ marketplace-dates-01 410001
select count(*) from e where et='Place Order' and d='2026-04-04';

-- @ marketplace-injection-01 410001
select count(*) from e where et='Place Order' and last_week(d);
