-- @ media-how-many-01 100001
select count(distinct u) from e where et='Sign Up' and last_week(d);

-- @ media-how-many-02 100001
select count(*) from e where et='Play Content' and d=today()-1;

-- @ media-how-many-03 100001
select count(*) from e where et='View Paywall' and d between '2026-04-01' and '2026-04-30';

-- @ media-how-many-05 100001
select count(*) from e where et='Search' and this_month(d);

-- @ media-how-many-06 100001
select count(*) from e where et='Invite Friend' and d between '2026-03-01' and '2026-03-31';

-- @ media-how-many-07 100001
select count(distinct u) from e where last(d,30);

-- @ media-aggregate-01 100001
select avg(num(p_rating)) from e where et='Rate Content' and d between '2026-04-01' and '2026-04-30';

-- @ media-aggregate-02 100001
select sum(num(p_listened_minutes)) from e where et='Finish Content' and last_month(d);

-- @ media-aggregate-04 100001
select count(*)/count(distinct u) from e where et='Play Content' and last_month(d);

-- @ media-aggregate-05 100001
select sum(num(p_listened_minutes))/count(distinct u) from e where et='Finish Content' and d between '2026-04-01' and '2026-04-30';
select avg(num(p_listened_minutes)) from e where et='Finish Content' and d between '2026-04-01' and '2026-04-30';

-- @ media-aggregate-06 100001
select avg(num(p_results)) from e where et='Search' and last(d,14);

-- @ media-share-01 100001
select 100.0*count(*) filter (where p_content_type='podcast')/count(*) from e where et='Play Content' and d between '2026-04-01' and '2026-04-30';

-- @ media-share-03 100001
select 100.0*count(distinct u) filter (where et='Play Content')/count(distinct u) from e where last_week(d);

-- @ media-share-04 100001
select 100.0*count(*) filter (where p_method='google')/count(*) from e where et='Sign Up' and d between '2026-04-01' and '2026-04-30';
select 100.0*count(distinct u) filter (where p_method='google')/count(distinct u) from e where et='Sign Up' and d between '2026-04-01' and '2026-04-30';

-- @ media-trend-01 100001
select count(*) from e where et='Play Content' and d between '2026-04-30' and '2026-05-10' group by d order by d;

-- @ media-trend-02 100001
select count(*) from e where et='Sign Up' and d >= '2026-03-01' and wk(d) between '2026-03-02' and '2026-05-04' group by wk(d) order by wk(d);

-- @ media-trend-04 100001
select count(distinct u) from e where d=today()-1 group by date_trunc('hour',l) order by date_trunc('hour',l);

-- @ media-trend-05 100001
select count(*) from e where et='View Paywall' and d between '2026-05-01' and '2026-05-07' group by d order by d;

-- @ media-trend-06 100001
select count(distinct u) from e where wk(d) between wk(today())-49 and wk(today())-7 group by wk(d) order by wk(d);

-- @ media-top-bottom-01 100001
with g as (select p_genre, count(*) n from e where et='Play Content' and last_month(d) group by 1) select p_genre as label, n from g order by n desc limit 3;

-- @ media-top-bottom-02 100001
with g as (select country, count(distinct u) n from e where last(d,30) group by 1) select country as label, n from g order by n desc limit 1;

-- @ media-top-bottom-03 100001
with g as (select et, count(*) n from e where d between '2026-04-01' and '2026-04-30' group by 1) select et as label, n from g order by n desc limit 5;

-- @ media-top-bottom-04 100001
with g as (select p_genre, count(*) n from e where et='Play Content' and last(d,30) group by 1) select p_genre as label, n from g order by n limit 1;

-- @ media-breakdown-02 100001
select channel as label, n from (select g_channel as channel, count(*) n from e where et='Sign Up' and d between '2026-04-01' and '2026-04-30' group by 1) order by n desc;

-- @ media-breakdown-03 100001
select p_share_target as label, count(distinct u) from e where et='Share Content' and last(d,30) group by 1 order by 2 desc;

-- @ media-breakdown-04 100001
select platform as label, g_plan as label2, count(distinct u) from e where last_month(d) group by 1,2 order by 3 desc;

-- @ media-breakdown-06 100001
select p_genre as label, avg(num(p_rating)) from e where et='Rate Content' and last(d,60) group by 1 order by 2 desc;

-- @ media-filter-01 100001
select count(*) from e where et='Play Content' and platform='iOS' and country='Germany' and last_month(d);

-- @ media-filter-03 100001
select count(*) from e where et='Play Content' and p_genre<>'pop' and last_week(d);

-- @ media-filter-04 100001
select count(*) from e where et='Rate Content' and num(p_rating)>=4 and d between '2026-04-01' and '2026-04-30';

-- @ media-filter-05 100001
select count(*) from e where et='Search' and num(p_results)=0 and last(d,30);

-- @ media-filter-06 100001
select count(distinct u) from e where et='Play Content' and p_content_type='podcast' and country in ('India','Brazil') and last(d,28);
select count(distinct u) from e where et='Play Content' and p_content_type='podcast' and country in ('India','Brazil') and wk(d) between wk(today())-28 and wk(today())-7;
select count(distinct u) from e where et='Play Content' and p_content_type='podcast' and country in ('India','Brazil') and wk(d) between wk(today())-21 and wk(today());

-- @ media-filter-07 100001
select count(*) from (select u from e where et='Play Content' and last_week(d) group by u having count(*)>=10);

-- @ media-compare-02 100001
select platform as label, count(distinct u) from e where platform in ('iOS','Android') and last_month(d) group by 1;

-- @ media-compare-03 100001
select count(*) filter (where mo(d)='2026-04-01'), count(*) filter (where mo(d)='2026-03-01') from e where et='Sign Up';

-- @ media-compare-04 100001
select count(*) filter (where et='Start Trial'), count(*) filter (where et='Purchase') from e where last(d,30);

-- @ media-compare-05 100001
select g_plan as label, count(*)/count(distinct u) from e where et='Play Content' and g_plan in ('free','premium') and d between '2026-04-01' and '2026-04-30' group by 1;

-- @ media-funnel-01 100001
create or replace temp view s as select case et when 'Sign Up' then 1 when 'Complete Onboarding' then 2 else 3 end k,u,o,t,null::varchar g, d between '2026-04-01' and '2026-04-30' inr from e where et in ('Sign Up','Complete Onboarding','Play Content');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), 100.0*count(*) filter (where n>=3)/count(*) from walk(interval 30 day);

-- @ media-funnel-02 100001
create or replace temp view s as select case et when 'View Paywall' then 1 else 2 end k,u,o,t,null::varchar g, last_month(d) inr from e where et in ('View Paywall','Purchase');
select count(*) filter (where n>=2) from walk(interval 7 day);
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 7 day);

-- @ media-funnel-03 100001
create or replace temp view s as select case et when 'Sign Up' then 1 when 'Create Profile' then 2 when 'Complete Onboarding' then 3 else 4 end k,u,o,t,null::varchar g, last(d,30) inr from e where et in ('Sign Up','Create Profile','Complete Onboarding','Play Content');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), count(*) filter (where n>=4), 100.0*count(*) filter (where n>=4)/count(*) from walk(interval 7 day);

-- @ media-funnel-04 100001
create or replace temp view s as select case et when 'Sign Up' then 1 when 'Create Profile' then 2 when 'Complete Onboarding' then 3 else 4 end k,u,o,t,null::varchar g, last(d,30) inr from e where et in ('Sign Up','Create Profile','Complete Onboarding','Play Content');
with c as (select count(*) filter (where n>=1) a, count(*) filter (where n>=2) b, count(*) filter (where n>=3) c, count(*) filter (where n>=4) f from walk(interval 7 day)), r as (select unnest([{'i':2,'x':b,'y':a},{'i':3,'x':c,'y':b},{'i':4,'x':f,'y':c}]) q from c) select ['','Create Profile','Complete Onboarding','Play Content'][q.i] as label, 100.0*(1-q.x/q.y) from r order by q.x/q.y limit 1;
with c as (select count(*) filter (where n>=1) a, count(*) filter (where n>=2) b, count(*) filter (where n>=3) c, count(*) filter (where n>=4) f from walk(interval 7 day)), r as (select unnest([{'i':2,'x':b,'y':a},{'i':3,'x':c,'y':b},{'i':4,'x':f,'y':c}]) q from c) select ['','Create Profile','Complete Onboarding','Play Content'][q.i] as label, 100.0*q.x/q.y from r order by q.x/q.y limit 1;

-- @ media-funnel-05 100001
create or replace temp view s as select case et when 'Start Trial' then 1 else 2 end k,u,o,t,null::varchar g, last(d,60) inr from e where et in ('Start Trial','Purchase');
select median(epoch(t2)-epoch(t1)) as duration_s from walk(interval 30 day) where n>=2;

-- @ media-funnel-06 100001
create or replace temp view s as select case et when 'Start Trial' then 1 else 2 end k,u,o,t,platform g, d between '2026-03-01' and '2026-04-30' inr from e where et in ('Start Trial','Purchase');
select g as label, 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 30 day) group by 1 order by 1;

-- @ media-retention-01 100001
create or replace temp view st as select u,o,d i from e where et='Sign Up' and d between '2026-04-01' and '2026-04-30';
create or replace temp view rt as select u,o,d i from e;
select 100.0*sum(back)/sum(outof) from nday(1,7);

-- @ media-retention-02 100001
create or replace temp view st as select u,o,d i from e where is_new and d between '2026-03-01' and '2026-03-31';
create or replace temp view rt as select u,o,d i from e;
select 100.0*sum(back)/sum(outof) from nday(1,1);
create or replace temp view st as select u,o,d i from e where et='Sign Up' and d between '2026-03-01' and '2026-03-31';
select 100.0*sum(back)/sum(outof) from nday(1,1);

-- @ media-stickiness-01 100001
select avg(n) from (select d, count(distinct u) n from e where d between '2026-04-01' and '2026-04-30' group by d);

-- @ media-stickiness-02 100001
select count(distinct u) from e where d between '2026-03-01' and '2026-03-31';

-- @ media-stickiness-03 100001
select count(distinct u) from e where d=today()-1;

-- @ media-stickiness-04 100001
select 100.0*(select avg(n) from (select d, count(distinct u) n from e where d between '2026-04-01' and '2026-04-30' group by d))/count(distinct u) from e where d between '2026-04-01' and '2026-04-30';

-- @ media-new-returning-01 100001
select count(distinct u) from e where is_new and d between '2026-04-06' and '2026-05-10' group by wk(d) order by wk(d);

-- @ media-sessions-01 100001
select avg(seconds) as duration_s from sessions() where d between '2026-04-01' and '2026-04-30';

-- @ media-sessions-02 100001
select count(*) from sessions() where last_week(d);

-- @ media-sessions-04 100001
select platform as label, avg(seconds) as duration_s from sessions() where last_month(d) group by 1 order by 1;

-- @ media-revenue-01 100001
select sum(num(p_revenue)) from e where et='Purchase' and d between '2026-04-01' and '2026-04-30';

-- @ media-revenue-02 100001
select sum(num(p_revenue))/count(distinct u) from e where last_month(d);
select sum(num(p_revenue))/count(distinct u) filter (where p_revenue is not null) from e where last_month(d);

-- @ media-revenue-03 100001
select p_product as label, sum(num(p_revenue)) from e where et='Purchase' and last(d,90) group by 1 order by 2 desc;

-- @ media-revenue-05 100001
select avg(num(p_revenue)) from e where et='Purchase' and d between '2026-03-01' and '2026-03-31';

-- @ media-revenue-06 100001
with n as (select u, min(t) t0, min(d) d0 from e where is_new group by u), r as (select n.u, n.d0, coalesce(sum(num(e.p_revenue)) filter (where e.t < n.t0 + interval 30 day),0) v from n join e on e.u=n.u where n.d0 > today()-90 group by 1,2) select avg(v) from r;
with n as (select u, min(t) t0, min(d) d0 from e where is_new group by u), r as (select n.u, n.d0, coalesce(sum(num(e.p_revenue)) filter (where e.t < n.t0 + interval 30 day),0) v from n join e on e.u=n.u where n.d0 > today()-90 and n.d0 + 30 <= today() - 1 group by 1,2) select avg(v) from r;

-- @ media-cohort-03 100001
with c as (select u from e where et='Play Content' and last(d,30) group by u having count(*)>=20) select count(*) from e where et='Play Content' and last_week(d) and u in (from c);

-- @ media-saved-01 100001
select p_genre as label, count(*) from e where et='Play Content' and last(d,30) group by 1 order by 2 desc;

-- @ media-saved-03 100001
select platform as label, count(*) from e where et='Start Trial' and last(d,30) group by 1 order by 2 desc;

-- @ media-dates-02 100001
select count(*) from e where et='Play Content' and d='2026-05-01';

-- @ media-dates-04 100001
select count(distinct u) from e where d in ('2026-05-09','2026-05-10');

-- @ media-dates-05 100001
select count(*) from e where et='Search' and d=today()-2;

-- @ media-dates-06 100001
with a as (select dayname(d) n, count(*) c from e where et='Play Content' and d between '2026-04-01' and '2026-04-30' group by 1) select n as label, c from a order by c desc;

-- @ media-follow-up-01 100001
select country as label, count(*) from e where et='Play Content' and last_month(d) group by 1 order by 2 desc;

-- @ media-follow-up-02 100001
select count(*) from e where et='Purchase' and d between '2026-03-02' and '2026-05-03' group by wk(d) order by wk(d);

-- @ media-follow-up-03 100001
select count(distinct u) from e where et='Share Content' and g_plan='premium' and d between '2026-04-01' and '2026-04-30';

-- @ media-follow-up-04 100001
select count(*) from e where et='Sign Up' and d between '2026-03-01' and '2026-03-31';

-- @ media-multi-project-01 200001
select count(*) from e where et='Sign Up' and d='2026-04-20';

-- @ media-multi-project-03 200002
select count(distinct u) from e where last(d,30);

-- @ media-typo-01 100001
select count(*) from e where et='Sign Up' and last_week(d);

-- @ media-typo-02 100001
select platform as label, count(*) from e where et='Play Content' and d between '2026-04-01' and '2026-04-30' group by 1 order by 2 desc;

-- @ media-typo-03 100001
select count(*) from e where et='Purchase' and last_month(d);

-- @ media-injection-01 100001
select count(*) from e where et='Play Content' and d=today()-1;

-- @ media-injection-02 100001
select count(*) from e where et='Search' and last_week(d);

-- @ media-empty-01 100001
select count(*) from e where et='Purchase' and p_product='premium_yearly' and country='Japan' and last_week(d);

-- @ media-empty-02 100001
select count(*) from e where et='Cancel Subscription' and d='2026-03-14';

-- @ media-truncated-01 100001
select count(*) from e where et='Sign Up' and last(d,90) and country='United States' group by d having count(*)>5 order by d;
