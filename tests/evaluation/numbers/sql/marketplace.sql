-- @ marketplace-how-many-01 410001
select count(*) from e where et='Place Order' and last_week(d);

-- @ marketplace-how-many-02 410001
select count(distinct u) from e where et='Add to Cart' and d=today()-1;

-- @ marketplace-how-many-03 410001
select count(*) from e where et='Write Review' and mo(d)='2026-04-01';

-- @ marketplace-how-many-04 410001
select count(*) from e where et='Become Seller' and last(d,90);

-- @ marketplace-how-many-05 410001
select count(distinct u) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-aggregate-01 410001
select avg(num(p_revenue)) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-aggregate-02 410001
select median(num(p_days_in_transit)) from e where et='Order Delivered' and last(d,60);

-- @ marketplace-aggregate-03 410001
select sum(num(p_refund_amount)) from e where et='Refund Issued' and last(d,90);

-- @ marketplace-aggregate-04 410001
select count(*)/count(distinct u) from e where et='View Item' and mo(d)='2026-04-01';

-- @ marketplace-aggregate-05 410001
select avg(num(p_rating)) from e where et='Write Review' and d between '2026-03-01' and '2026-04-30';

-- @ marketplace-share-01 410001
select 100.0*count(*) filter (where p_is_gift='true')/count(*) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-share-02 410001
select 100.0*count(*) filter (where p_payment_method='paypal')/count(*) from e where et='Place Order' and last_month(d);

-- @ marketplace-share-03 410001
select 100.0*count(*) filter (where num(p_results)=0)/count(*) from e where et='Search Items' and mo(d)='2026-04-01';

-- @ marketplace-trend-01 410001
select count(*) from e where et='Place Order' and d between '2026-04-20' and '2026-04-30' group by d order by d;

-- @ marketplace-trend-02 410001
select sum(num(p_revenue)) from e where et='Place Order' and wk(d) between '2026-03-01' and '2026-05-03' group by wk(d) order by wk(d);

-- @ marketplace-trend-03 410001
select count(distinct u) from e where et='Place Order' and mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ marketplace-top-bottom-02 410001
select label, n from (select city as label, count(*) n from e where et='Place Order' and last(d,90) group by 1) order by n desc limit 1;

-- @ marketplace-top-bottom-03 410001
select label, n from (select p_category as label, count(*) n from e where et='View Item' and mo(d)='2026-04-01' group by 1) order by n limit 1;

-- @ marketplace-breakdown-01 410001
select p_payment_method as label, count(*) from e where et='Place Order' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ marketplace-breakdown-03 410001
select g_first_channel as label, count(*) from e where et='Sign Up' and last(d,90) group by 1 order by 2 desc;

-- @ marketplace-breakdown-04 410001
select p_reason as label, count(*) from e where et='Open Dispute' and last(d,90) group by 1 order by 2 desc;

-- @ marketplace-filter-01 410001
select count(*) from e where et='Place Order' and num(p_revenue)>100 and last(d,90);

-- @ marketplace-filter-02 410001
select count(distinct u) from e where et='Place Order' and country<>'United States' and mo(d)='2026-04-01';

-- @ marketplace-filter-04 410001
select count(*) from e where et='Place Order' and p_coupon is not null and mo(d)='2026-04-01';

-- @ marketplace-filter-05 410001
select count(*) from e where et='Ship Order' and p_is_international='true' and p_carrier_name='UPS' and last(d,90);

-- @ marketplace-compare-01 410001
select count(*) filter (where mo(d)='2026-04-01'), count(*) filter (where mo(d)='2026-03-01') from e where et='Place Order';

-- @ marketplace-compare-02 410001
select g_user_type as label, count(distinct u) from e where g_user_type is not null and last_month(d) group by 1;

-- @ marketplace-funnel-02 410001
create or replace temp view s as select case et when 'Start Checkout' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Start Checkout','Place Order');
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 1 hour);

-- @ marketplace-retention-01 410001
create or replace temp view st as select u,o,wk(d) i from e where et='Place Order' and wk(d)='2026-03-08';
create or replace temp view rt as select u,o,wk(d) i from e where et='Place Order';
select 100.0*sum(back)/sum(outof) from nday(7,4);
select sum(back) from nday(7,4);

-- @ marketplace-stickiness-01 410001
select count(distinct u) from e where last_week(d);

-- @ marketplace-stickiness-02 410001
select avg(n) from (select d, count(distinct u) n from e where mo(d)='2026-03-01' group by d);

-- @ marketplace-sessions-01 410001
select count(*) from sessions() where last_month(d);

-- @ marketplace-sessions-02 410001
select avg(seconds) as duration_s from sessions() where mo(d)='2026-04-01';

-- @ marketplace-revenue-01 410001
select sum(num(p_revenue)) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-revenue-02 410001
select sum(num(p_payout_amount)) from e where et='Receive Payout' and last_month(d);

-- @ marketplace-revenue-03 410001
select sum(num(p_fee)) from e where et='Receive Payout' and mo(d)='2026-04-01';

-- @ marketplace-cohort-01 410001
select count(*) from (select u from e where et='Place Order' and last(d,90) group by u having count(*)>=3);

-- @ marketplace-cohort-02 410001
select count(*) from (select u from e where last(d,30) group by u having count(*) filter (where et='View Item')>=10 and count(*) filter (where et='Place Order')=0);

-- @ marketplace-dates-02 410001
select count(*) from e where et='View Item' and d in ('2026-05-09','2026-05-10');

-- @ marketplace-dates-03 410001
select count(*) from e where et='Place Order' and d between '2026-01-01' and '2026-03-31';

-- @ marketplace-follow-up-01 410001
select sum(num(p_revenue)) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-follow-up-02 410001
select count(*) from e where et='View Item' and p_category='jewelry' and last_month(d);

-- @ marketplace-multi-project-01 420001
select count(*) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-multi-project-02 410002
select count(distinct u) from e where last(d,30);

-- @ marketplace-typo-01 410001
select p_payment_method as label, count(*) from e where et='Place Order' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ marketplace-typo-02 410001
select avg(num(p_revenue)) from e where et='Place Order' and mo(d)='2026-03-01';

-- @ marketplace-empty-01 410001
select count(*) from e where et='Refund Issued' and city='Leeds' and d=today()-1;

-- @ marketplace-truncated-01 410001
select count(*) n from e where et='View Item' and last(d,90) group by p_price order by n desc limit 1;
