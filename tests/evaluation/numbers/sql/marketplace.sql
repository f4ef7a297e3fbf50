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

-- @ marketplace-how-many-06 410001
select count(*) from e where et='Start Checkout' and last_month(d);

-- @ marketplace-how-many-07 410001
select count(distinct u) from e where et='Save Item' and last(d,7);

-- @ marketplace-how-many-08 410001
select count(*) from e where et='Order Delivered' and mo(d)='2026-04-01';

-- @ marketplace-how-many-09 410001
select count(*) from e where et='Message Seller' and last_week(d);

-- @ marketplace-how-many-10 410001
select count(*) from e where et='Sign Up' and d>='2026-04-01';

-- @ marketplace-how-many-11 410001
select count(*) from e where et='Open Dispute' and last(d,60);

-- @ marketplace-how-many-12 410001
select count(*) from e where et='Search Items' and d='2026-05-10';

-- @ marketplace-aggregate-06 410001
select avg(num(p_shipping)) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-aggregate-07 410001
select median(num(p_revenue)) from e where et='Place Order' and last_month(d);

-- @ marketplace-aggregate-09 410001
select avg(num(p_minutes_to_answer)) from e where et='Answer Question' and d between '2026-03-01' and '2026-04-30';

-- @ marketplace-aggregate-10 410001
select avg(num(p_photos)) from e where et='View Item' and last_week(d);

-- @ marketplace-aggregate-11 410001
select count(*)/count(distinct u) from e where et='Place Order' and last(d,90);

-- @ marketplace-aggregate-12 410001
select sum(num(p_fee)) from e where et='Receive Payout' and d>='2026-03-01';

-- @ marketplace-aggregate-13 410001
select avg(num(p_cart_value)) from e where et='Start Checkout' and mo(d)='2026-04-01';

-- @ marketplace-share-04 410001
select 100.0*count(*) filter (where p_accepted='true')/count(*) from e where et='Apply Coupon' and mo(d)='2026-04-01';

-- @ marketplace-share-05 410001
select 100.0*count(*) filter (where num(p_rating)=5)/count(*) from e where et='Write Review' and last(d,90);

-- @ marketplace-share-06 410001
select 100.0*sum(num(p_revenue)) filter (where p_payment_method='card')/sum(num(p_revenue)) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-share-07 410001
select 100.0*count(distinct u) filter (where et='Place Order')/count(distinct u) from e where last_week(d);

-- @ marketplace-trend-06 410001
select avg(num(p_revenue)) from e where et='Place Order' and d between '2026-04-05' and '2026-05-09' group by wk(d) order by wk(d);

-- @ marketplace-trend-07 410001
select count(distinct u) from e where d between '2026-05-01' and '2026-05-09' group by d order by d;

-- @ marketplace-trend-08 410001
select count(*) from e where et='Sign Up' and d between '2026-05-03' and '2026-05-09' group by d order by d;

-- @ marketplace-top-bottom-05 410001
select label, n from (select platform as label, avg(num(p_rating)) n from e where et='Write Review' and last(d,90) group by 1) order by n limit 1;

-- @ marketplace-top-bottom-06 410001
select label, n from (select p_coupon as label, count(*) n from e where et='Place Order' and d>='2026-03-01' and p_coupon is not null group by 1) order by n desc limit 1;

-- @ marketplace-top-bottom-07 410001
select label, n from (select p_source as label, count(*) n from e where et='View Item' and mo(d)='2026-04-01' group by 1) order by n desc limit 2;

-- @ marketplace-breakdown-05 410001
select country as label, sum(num(p_refund_amount)) from e where et='Refund Issued' and last(d,90) group by 1 order by 2 desc;

-- @ marketplace-breakdown-08 410001
select country as label, avg(num(p_days_in_transit)) from e where et='Order Delivered' and last(d,90) group by 1 order by 2 desc;

-- @ marketplace-breakdown-09 410001
select country as label, count(distinct u) from e where mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ marketplace-breakdown-10 410001
select count(*) from e where et='Write Review' and d>='2026-04-01' group by p_rating order by num(p_rating) desc;

-- @ marketplace-breakdown-11 410001
select 'plus' as label, count(*) filter (where g_membership is null), count(*) filter (where g_membership='plus') from e where et='Place Order' and mo(d)='2026-04-01';
select 'plus' as label, count(*) from e where et='Place Order' and mo(d)='2026-04-01' and g_membership='plus';

-- @ marketplace-filter-07 410001
select count(*) from e where et='View Item' and p_category in ('toys','paper & party') and last_week(d);

-- @ marketplace-filter-08 410001
select count(*) from e where et='Place Order' and p_coupon is null and mo(d)='2026-04-01';

-- @ marketplace-filter-09 410001
select count(*) from e where et='Write Review' and num(p_rating)<=2 and last(d,90);

-- @ marketplace-filter-10 410001
select count(distinct u) from e where et='Place Order' and country='Canada' and p_payment_method='apple_pay' and last(d,90);

-- @ marketplace-filter-11 410001
select count(*) from (select u from e where et='View Item' and last_week(d) group by u having count(*)>=20);

-- @ marketplace-filter-12 410001
select count(*) from e where et='View Item' and json_contains(p_tags,'"boho"') and mo(d)='2026-04-01';

-- @ marketplace-filter-13 410001
select count(*) from e where et='Place Order' and num(p_item_count)>=2 and p_is_gift<>'true' and last(d,60);

-- @ marketplace-filter-14 410001
select count(*) from (select u from e where last_week(d) group by u having bool_or(et='Add to Cart') and not bool_or(et='Place Order'));

-- @ marketplace-filter-15 410001
select count(*) from e where et='Place Order' and num(p_revenue)<20 and mo(d)='2026-04-01';

-- @ marketplace-compare-04 410001
select count(*) filter (where last_week(d)), count(*) filter (where week_before_last(d)) from e where et='Place Order';

-- @ marketplace-compare-05 410001
select platform as label, count(*) from e where et='Place Order' and platform in ('iOS','Android') and mo(d)='2026-04-01' group by 1;

-- @ marketplace-compare-06 410001
select avg(num(p_revenue)) from e where et='Place Order' and last(d,90) group by p_is_gift order by p_is_gift;

-- @ marketplace-compare-07 410001
select count(*) filter (where et='Save Item'), count(*) filter (where et='Add to Cart') from e where d between '2026-04-05' and '2026-05-02' group by wk(d) order by wk(d);

-- @ marketplace-funnel-03 410001
create or replace temp view s as select case et when 'Search Items' then 1 when 'View Item' then 2 else 3 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Search Items','View Item','Add to Cart');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3) from walk(interval 1 day);

-- @ marketplace-funnel-04 410001
create or replace temp view s as select case et when 'Add to Cart' then 1 else 2 end k,u,o,t,platform g, last_month(d) inr from e where et in ('Add to Cart','Place Order');
select g as label, 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 1 day) group by 1 order by 1;

-- @ marketplace-funnel-05 410001
create or replace temp view s as select case et when 'Start Checkout' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Start Checkout','Place Order');
select median(epoch(t2)-epoch(t1)) as duration_s from walk(interval 1 hour) where n>=2;

-- @ marketplace-funnel-06 410001
create or replace temp view s as select case et when 'Start Checkout' then 1 else 2 end k,u,o,t,wk(d)::varchar g, d between '2026-03-29' and '2026-05-02' inr from e where et in ('Start Checkout','Place Order');
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 1 hour) group by g order by g;

-- @ marketplace-funnel-07 410001
create or replace temp view s as select case et when 'Sign Up' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-03-01' inr from e where et in ('Sign Up','Place Order');
select count(*) filter (where n>=1), count(*) filter (where n>=2) from walk(interval 14 day);

-- @ marketplace-funnel-08 410001
create or replace temp view s as select case et when 'Place Order' then 1 when 'Order Delivered' then 2 else 3 end k,u,o,t,null::varchar g, mo(d)='2026-03-01' inr from e where et in ('Place Order','Order Delivered','Write Review');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3) from walk(interval 30 day);

-- @ marketplace-funnel-09 410001
create or replace temp view s as select case et when 'View Item' then 1 when 'Add to Cart' then 2 when 'Start Checkout' then 3 else 4 end k,u,o,t,null::varchar g, last(d,30) inr from e where et in ('View Item','Add to Cart','Start Checkout','Place Order');
select 'Start Checkout' as label, count(*) filter (where n>=2), count(*) filter (where n>=3) from walk(interval 1 day);

-- @ marketplace-retention-02 410001
create or replace temp view st as select u,o,d i from e where is_new and mo(d)='2026-04-01';
create or replace temp view rt as select u,o,d i from e;
select 100.0*sum(back)/sum(outof) from nday(1,7);
create or replace temp view st as select u,o,d i from e where et='Sign Up' and mo(d)='2026-04-01';
select 100.0*sum(back)/sum(outof) from nday(1,7);

-- @ marketplace-retention-03 410001
create or replace temp view st as select u,o,wk(d) i from e where et='Place Order' and d between '2026-03-01' and '2026-04-11';
create or replace temp view rt as select u,o,wk(d) i from e where et='Place Order';
with r as (select 1 k, sum(back)/sum(outof) v from nday(7,1) union all select 2, sum(back)/sum(outof) from nday(7,2)) select 100.0*v from r order by k;

-- @ marketplace-retention-04 410001
create or replace temp view st as select u,o,d i, g_first_channel g from e where et='Sign Up' and d between '2026-03-01' and '2026-04-30';
create or replace temp view rt as select u,o,d i from e;
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+1) b from st) select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g order by g;

-- @ marketplace-retention-05 410001
create or replace temp view st as select u,o,d i, platform g from e where et='Sign Up' and d between '2026-03-01' and '2026-04-30' and platform in ('Web','iOS');
create or replace temp view rt as select u,o,d i from e;
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+7) b from st) select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g order by g;

-- @ marketplace-stickiness-03 410001
select count(distinct u) filter (where mo(d)='2026-04-01'), count(distinct u) filter (where mo(d)='2026-03-01') from e;

-- @ marketplace-stickiness-04 410001
select 100.0*(select avg(n) from (select d, count(distinct u) n from e where mo(d)='2026-04-01' group by d))/count(distinct u) from e where mo(d)='2026-04-01';

-- @ marketplace-new-returning-01 410001
select 100.0*count(distinct u) filter (where is_new)/count(distinct u) from e where last_week(d);

-- @ marketplace-new-returning-02 410001
select count(distinct u) filter (where mo(d)='2026-03-01'), count(distinct u) filter (where mo(d)='2026-04-01') from e where is_new;

-- @ marketplace-new-returning-03 410001
select count(*) from (select u from e where d=today()-1 group by u having not bool_or(is_new));

-- @ marketplace-frequency-01 410001
with a as (select u, count(*) n from e where et='Place Order' and last(d,90) group by u) select count(*) from a where n<=3 group by n order by n;

-- @ marketplace-frequency-02 410001
select count(*) from (select u from e where et='Place Order' and d>='2026-03-01' group by u having count(*)>=2);

-- @ marketplace-sessions-03 410001
select count(*)/count(distinct u) from sessions() where mo(d)='2026-04-01';

-- @ marketplace-sessions-04 410001
select platform as label, avg(seconds) as duration_s from sessions() where mo(d)='2026-04-01' and platform in ('iOS','Web') group by 1 order by 1;

-- @ marketplace-sessions-05 410001
select count(*) from sessions() where d between '2026-05-03' and '2026-05-09' group by d order by d;

-- @ marketplace-sessions-06 410001
select avg(events) from sessions() where last_week(d);

-- @ marketplace-revenue-05 410001
select label, n from (select city as label, sum(num(p_revenue)) n from e where et='Place Order' and mo(d)='2026-03-01' group by 1) order by n desc limit 3;

-- @ marketplace-revenue-06 410001
select sum(num(p_revenue))/count(distinct u) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-revenue-07 410001
select sum(num(p_revenue))/count(distinct u) from e where last_month(d);

-- @ marketplace-revenue-08 410001
with n as (select u, min(t) t0, min(d) d0 from e where is_new group by u), r as (select n.u, coalesce(sum(num(e.p_revenue)) filter (where e.t < n.t0 + interval 7 day),0) v from n join e on e.u=n.u where mo(n.d0)='2026-04-01' group by 1) select avg(v) from r;

-- @ marketplace-revenue-09 410001
select sum(num(p_revenue)) from e where et='Place Order' and g_membership='plus' and mo(d)='2026-04-01';

-- @ marketplace-revenue-10 410001
select sum(num(p_payout_amount)) from e where et='Receive Payout' and d between '2026-04-05' and '2026-05-09' group by wk(d) order by wk(d);

-- @ marketplace-cohort-04 410001
select count(*) from (select distinct u from e where et in ('Ship Order','Create Listing') and last(d,30));

-- @ marketplace-saved-02 410001
select avg(num(p_revenue)) from e where et='Place Order' and wk(d) between '2026-04-05' and '2026-05-03' group by wk(d) order by wk(d);
select avg(num(p_revenue)) from e where et='Place Order' and wk(d) >= wk(today())-77;

-- @ marketplace-saved-03 410001
select p_payment_method as label, count(distinct u) from e where et='Place Order' and p_is_gift='true' and last(d,30) group by 1 order by 2 desc;
select count(distinct u) filter (where et='Place Order' and p_is_gift='true' and p_payment_method='card') from e where d between '2026-04-15' and '2026-05-12' group by d order by d;

-- @ marketplace-saved-05 410001
select city as label, count(distinct u), sum(num(p_revenue)) filter (where et='Place Order') from e where last(d,30) group by 1 order by 2 desc limit 4;

-- @ marketplace-metric-experiment-02 410001
with x as (select u, arg_min(p_variant, o) v from e where et='$exposure' and p_flag_key='similar-items-carousel' and d between '2026-03-30' and '2026-04-22' group by u) select count(*) from x group by v order by v;
with x as (select u, arg_min(p_variant, o) v from e where et='$exposure' and p_flag_key='similar-items-carousel' and d between '2026-03-30' and '2026-04-21' group by u) select count(*) from x group by v order by v;

-- @ marketplace-metric-experiment-03 410001
create or replace temp view s as select case et when 'Start Checkout' then 1 else 2 end k,u,o,t,null::varchar g, last(d,30) inr from e where et in ('Start Checkout','Place Order');
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 1 hour);

-- @ marketplace-dates-04 410001
select count(*) from e where et='Place Order' and d='2026-02-14';

-- @ marketplace-dates-05 410001
select count(*) from e where et='View Item' and d between '2026-04-28' and '2026-05-02';

-- @ marketplace-dates-06 410001
select count(*) from e where et='Place Order' and this_week(d);

-- @ marketplace-dates-07 410001
select count(distinct u) from e where d='2026-05-10';

-- @ marketplace-dates-08 410001
select sum(num(p_revenue)) from e where et='Place Order' and d>='2026-04-01';

-- @ marketplace-dates-09 410001
select count(*) from e where et='Place Order' and d='2026-05-02' and hour(l)>=18;

-- @ marketplace-dates-10 410001
select count(*) from e where et='Sign Up' and wk(d)=wk(today())-21;
select count(*) from e where et='Sign Up' and d=today()-21;

-- @ marketplace-follow-up-04 410001
select 100.0*count(*) filter (where p_is_gift='true')/count(*) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-follow-up-06 410001
select platform as label, avg(num(p_revenue)) from e where et='Place Order' and last_week(d) group by 1 order by 2 desc;

-- @ marketplace-follow-up-07 410001
select platform as label, count(*) from e where et='Place Order' and platform<>'Web' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ marketplace-follow-up-09 410001
select count(*) from e where et='Write Review' and mo(d)='2026-03-01';

-- @ marketplace-multi-project-03 420001
select avg(num(p_revenue)) from e where et='Place Order' and d between '2026-03-01' and '2026-04-30';

-- @ marketplace-multi-project-04 410001
select platform as label, count(*) from e where et='Sign Up' and last_week(d) group by 1 order by 2 desc;

-- @ marketplace-multi-project-06 410002
select count(*) from e where et='View Item' and mo(d)='2026-04-01';

-- @ marketplace-typo-03 410001
select p_category as label, count(*) from e where et='View Item' and last_week(d) group by 1 order by 2 desc;

-- @ marketplace-typo-04 410001
select count(distinct u) from e where et='Place Order' and mo(d)='2026-04-01';

-- @ marketplace-injection-02 410001
select count(*) from e where et='Place Order' and d=today()-1;

-- @ marketplace-injection-03 410001
select count(*) from e where et='View Item' and last_week(d);

-- @ marketplace-empty-02 410001
select count(*) from e where et='Place Order' and p_payment_method='gift_card' and country='Mexico' and d=today()-1;

-- @ marketplace-empty-03 410001
select count(*) from e where et='Open Dispute' and d='2026-04-05';

-- @ marketplace-truncated-03 410001
select max(num(p_refund_amount)) from e where et='Refund Issued' and last(d,90);

-- @ marketplace-truncated-04 410001
select count(*) n from e where et='View Item' and last(d,90) group by city, p_category order by n desc limit 5;

-- @ marketplace-how-many-13 410001
select count(*) from e where et='Place Order' and last(d,30);
select count(*) from e where et='Place Order' and whole(d,30);

-- @ marketplace-how-many-14 410001
select count(distinct u) from e where g_user_type='seller' and last(d,30);
select count(distinct u) from e where g_user_type='seller' and whole(d,30);
select count(distinct u) from e where et in ('Ship Order','Create Listing') and last(d,30);

-- @ marketplace-aggregate-14 410001
select avg(num(p_revenue)) from e where et='Place Order' and last(d,30);
select avg(num(p_revenue)) from e where et='Place Order' and whole(d,30);

-- @ marketplace-share-08 410001
select 100.0*count(*) filter (where p_coupon is not null)/count(*) from e where et='Place Order' and last(d,30);
select 100.0*count(*) filter (where p_coupon is not null)/count(*) from e where et='Place Order' and whole(d,30);

-- @ marketplace-funnel-10 410001
with a as (select u, t from e where et in ('Become Seller','Create Listing','Ship Order') and last(d,60)), r as (select a.u, a.t, bool_or(x.et='Become Seller') b, bool_or(x.et='Create Listing') c, bool_or(x.et='Ship Order') f from a join e x on x.u=a.u and x.t>=a.t and x.t<=a.t + interval 30 day where x.et in ('Become Seller','Create Listing','Ship Order') group by 1,2), m as (select u, max(case when b and c and f then 3 when b and c then 2 when b then 1 else 0 end) n from r group by u) select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3) from m;

-- @ marketplace-funnel-11 410001
create or replace temp view s as select case et when 'Become Seller' then 1 else 2 end k,u,o,t,null::varchar g, d between '2026-03-01' and '2026-04-30' inr from e where et in ('Become Seller','Create Listing');
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 7 day);

-- @ marketplace-frequency-03 410001
select count(*)/count(distinct u) from e where et='Search Items' and mo(d)='2026-04-01';

-- @ marketplace-frequency-04 410001
select count(*) from (select u from e where et='Place Order' and mo(d)='2026-04-01' group by u having count(*)>=3);

-- @ marketplace-new-returning-04 410001
select g_first_channel as label, count(distinct u) from e where is_new and mo(d)='2026-03-01' group by 1 order by 2 desc;

-- @ marketplace-sessions-07 410001
select sum(seconds) as duration_s, sum(seconds)/count(distinct u) as duration_s2 from sessions() where last_month(d);

-- @ marketplace-empty-05 410001
select count(*) from e where et='Cancel Order' and city='Leeds' and d='2026-04-14';

-- @ marketplace-injection-05 410001
select count(*) from e where et='Write Review' and last_month(d);

-- @ marketplace-metric-experiment-05 410001
select count(distinct u) from e where et='Ship Order' and last(d,30);
select count(distinct u) from e where et='Ship Order' and d=today()-1;

-- @ marketplace-metric-experiment-06 410001
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='one-page-checkout' and d>='2026-04-06' group by u), m as (select x.u, x.v, coalesce(sum(num(e.p_revenue)),0) n from x left join e on e.u=x.u and e.et='Place Order' and e.o>=x.o0 group by 1,2) select avg(n) from m group by v order by v;

-- @ marketplace-dates-12 410001
select count(*) from e where et='Place Order' and d between '2026-05-02' and '2026-05-08';

-- @ marketplace-multi-project-07 420001
select count(*) from e where et='Sign Up' and d>='2026-03-01';
