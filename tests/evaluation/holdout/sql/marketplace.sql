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

-- @ marketplace-aggregate-08 410001
select max(num(p_revenue)) from e where et='Place Order' and last(d,90);

-- @ marketplace-trend-04 410001
select count(*) from e where et='View Item' and d between '2026-03-01' and '2026-05-09' group by wk(d) order by wk(d);

-- @ marketplace-trend-05 410001
select count(*) from e where et='Become Seller' and mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ marketplace-top-bottom-04 410001
select label, n from (select city as label, count(distinct u) n from e where et='Place Order' and last(d,90) group by 1) order by n desc limit 5;

-- @ marketplace-breakdown-06 410001
select p_category as label, count(*) from e where et='Place Order' and mo(d)='2026-04-01' group by p_category, p_is_gift order by 2 desc limit 8;

-- @ marketplace-breakdown-07 410001
select p_sort as label, count(*) from e where et='Search Items' and last(d,30) group by 1 order by 2 desc;

-- @ marketplace-filter-06 410001
select count(*) from e where et='Place Order' and g_membership='plus' and last_month(d);

-- @ marketplace-compare-08 410001
select sum(num(p_revenue)) filter (where wk(d)='2026-05-03'), sum(num(p_revenue)) filter (where wk(d)='2026-04-26') from e where et='Place Order';

-- @ marketplace-compare-09 410001
select city as label, count(*) from e where et='Place Order' and city in ('New York','Los Angeles') and mo(d)='2026-04-01' group by 1;

-- @ marketplace-stickiness-05 410001
select count(*) from (select u from e where last_week(d) group by u having count(distinct d)=2);

-- @ marketplace-cohort-03 410001
select count(*) from (select u from e where et='Place Order' and last(d,90) group by u having count(*)=1);

-- @ marketplace-cohort-05 410001
with a as (select u, count(*) n, sum(num(p_revenue)) r from e where et='Place Order' and last(d,90) group by u) select sum(r) filter (where n>=3)/sum(n) filter (where n>=3), sum(r) filter (where n=1)/sum(n) filter (where n=1) from a;

-- @ marketplace-cohort-06 410001
with c as (select u from e where last(d,30) group by u having count(*) filter (where et='View Item')>=10 and count(*) filter (where et='Place Order')=0) select count(*) from e where et='View Item' and last_week(d) and u in (from c);

-- @ marketplace-saved-06 410001
select count(*) from e where et='Search Items' and num(p_results)=0 and d between '2026-05-03' and '2026-05-09' group by d order by d;
select count(*) from e where et='Search Items' and num(p_results)=0 and last(d,30);

-- @ marketplace-metric-experiment-01 410001
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='one-page-checkout' and d>='2026-04-06' group by u) select 100.0*count(*) filter (where exists (select 1 from e where e.u=x.u and e.et='Place Order' and e.o>=x.o0))/count(*) from x group by v order by v;

-- @ marketplace-dates-11 410001
with a as (select dayname(d) n, count(*) c from e where et='Place Order' and d between '2026-03-01' and '2026-04-30' group by 1) select n as label, c from a order by c desc limit 1;

-- @ marketplace-follow-up-03 410001
select count(*) filter (where d='2026-04-01'), count(*) filter (where d='2026-03-31') from e where et='Place Order';
select count(*) filter (where d='2026-04-01'), count(*) filter (where d='2026-03-25') from e where et='Place Order';
select count(*) filter (where d='2026-04-01'), count(*) filter (where d between '2026-03-25' and '2026-03-31')/7.0 from e where et='Place Order';

-- @ marketplace-follow-up-05 410001
select count(distinct u) from e where g_user_type='seller' and mo(d)='2026-04-01';

-- @ marketplace-follow-up-08 410001
select count(*) from e where et='View Item' and city='Toronto' and d between '2026-04-05' and '2026-05-02' group by wk(d) order by wk(d);

-- @ marketplace-typo-05 410001
select median(num(p_revenue)) from e where et='Place Order' and last_month(d);

-- @ marketplace-typo-06 410001
select count(*)/count(distinct u) from sessions() where mo(d)='2026-04-01';

-- @ marketplace-breakdown-12 410001
select p_category as label, count(*) from e where et='Place Order' and last(d,30) group by 1 order by 2 desc;
select p_category as label, count(*) from e where et='Place Order' and whole(d,30) group by 1 order by 2 desc;

-- @ marketplace-retention-06 410001
create or replace temp view st as select u,o,wk(d) i from e where is_new and d between '2026-03-01' and '2026-04-11';
create or replace temp view rt as select u,o,wk(d) i from e;
select 100.0*sum(back)/sum(outof) from nday(7,1);
create or replace temp view st as select u,o,wk(d) i from e where is_new and d between '2026-03-01' and '2026-04-05';
select 100.0*sum(back)/sum(outof) from nday(7,1);

-- @ marketplace-dates-13 410001
select count(*) filter (where d in ('2026-05-09','2026-05-10')), count(*) filter (where d in ('2026-05-02','2026-05-03')) from e where et='View Item';

-- @ marketplace-dates-14 410001
select count(*) from e where et='Place Order' and d='2026-05-12';

-- @ marketplace-follow-up-10 410001
select sum(num(p_refund_amount)) from e where et='Refund Issued' and last(d,90);

-- @ marketplace-follow-up-11 410001
select count(*) from e where et='Place Order' and p_is_gift='true' and country='Canada' and mo(d)='2026-04-01';

-- @ marketplace-cohort-07 410001
with a as (select u, count(*) n from e where et='Place Order' and last(d,90) group by u) select 100.0*count(*) filter (where n>=3)/count(*) from a;

-- @ marketplace-cohort-08 410001
with c as (select u from e where et='Place Order' and last(d,90) group by u having count(*)>=3) select platform as label, count(distinct u) from e where last(d,30) and u in (from c) group by 1 order by 2 desc;
