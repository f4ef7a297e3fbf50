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
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3), 100.0*count(*) filter (where n>=3)/count(*) from walk(interval 7 day);

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
select g as label, 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 14 day) group by 1 order by 1;
select g as label, 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 7 day) group by 1 order by 1;

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
select count(*) filter (where et='Play Content' and p_genre='pop') from e where d between '2026-04-15' and '2026-05-12' group by d order by d;

-- @ media-saved-03 100001
select platform as label, count(*) from e where et='Start Trial' and last(d,30) group by 1 order by 2 desc;
select count(*) filter (where et='Start Trial' and platform='Android') from e where d between '2026-04-15' and '2026-05-12' group by d order by d;

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

-- @ media-how-many-11 100001
select count(*) from e where et='Rate Content' and mo(d)='2026-04-01';

-- @ media-how-many-13 100001
select count(*) from e where et='Add to Playlist' and last(d,30);

-- @ media-aggregate-07 100001
select max(num(p_results)) from e where et='Search' and last_week(d);

-- @ media-aggregate-08 100001
select sum(num(p_listened_minutes)) from e where et='Finish Content' and country='Japan' and mo(d)='2026-04-01';

-- @ media-aggregate-10 100001
select count(*)/count(distinct u) from e where et='Search' and last_week(d);

-- @ media-share-05 100001
select 100.0*count(*) filter (where p_product='family_monthly')/count(*) from e where et='Purchase' and last(d,90);

-- @ media-share-06 100001
select 100.0*count(*) filter (where p_opened_from='link')/count(*) from e where et='Open App' and mo(d)='2026-04-01';

-- @ media-share-07 100001
select 100.0*count(*) filter (where p_has_avatar='true')/count(*) from e where et='Create Profile' and mo(d)='2026-03-01';

-- @ media-trend-07 100001
select sum(num(p_revenue)) from e where et='Purchase' and mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ media-trend-08 100001
select count(distinct u) from e where et='Search' and d between '2026-05-01' and '2026-05-07' group by d order by d;

-- @ media-trend-09 100001
select count(*) from e where et='Play Content' and d between '2026-04-06' and '2026-05-10' and p_content_type='podcast' group by wk(d) order by wk(d);

-- @ media-trend-11 100001
select count(*) n from e where et='Play Content' and mo(d)='2026-04-01' group by d order by n desc limit 1;

-- @ media-top-bottom-06 100001
select label, n from (select g_age_group as label, sum(num(p_listened_minutes)) n from e where et='Finish Content' and mo(d)='2026-04-01' group by 1) order by n desc limit 4;

-- @ media-breakdown-07 100001
select p_method as label, platform as label2, count(*) from e where et='Sign Up' and mo(d)='2026-04-01' group by 1,2 order by 3 desc;

-- @ media-breakdown-08 100001
select p_search_term_category as label, count(*) from e where et='Search' and last_month(d) group by 1 order by 2 desc;

-- @ media-filter-09 100001
select count(*) from e where et='Play Content' and p_content_type='podcast' and g_plan='premium' and platform='Web' and mo(d)='2026-04-01';

-- @ media-filter-10 100001
select count(distinct u) from e where g_plan<>'free' and last_month(d);

-- @ media-filter-11 100001
select count(*) from e where et='Play Content' and p_source not in ('home','radio') and last_week(d);

-- @ media-filter-12 100001
select count(*) from e where et='Sign Up' and g_channel<>'organic' and mo(d)='2026-04-01';

-- @ media-filter-14 100001
select count(*) from (select u from e where last_week(d) group by u having bool_or(et='Search') and not bool_or(et='Play Content'));

-- @ media-filter-15 100001
select count(distinct u) from e where et='Share Content' and g_age_group='18-24' and p_share_target='whatsapp' and last(d,30);

-- @ media-compare-06 100001
select count(*) filter (where this_month(d)), count(*) filter (where last_month(d)) from e where et='Purchase';
select count(*) filter (where this_month(d)), count(*) filter (where d between '2026-04-01' and '2026-04-13') from e where et='Purchase';
select count(*) filter (where this_month(d)), count(*) filter (where d>='2026-04-01' and t < timestamp '2026-04-13 12:00:00') from e where et='Purchase';

-- @ media-compare-08 100001
select count(*) filter (where d>='2026-05-03'), count(*) filter (where d between '2026-04-23' and '2026-05-02') from e where et='Play Content';
select count(*) filter (where d between '2026-05-03' and '2026-05-12'), count(*) filter (where d between '2026-04-23' and '2026-05-02') from e where et='Play Content';

-- @ media-compare-09 100001
select g_channel as label, count(*)/count(distinct u) from e where et='Play Content' and g_channel in ('organic','paid_social') and mo(d)='2026-04-01' group by 1;

-- @ media-compare-10 100001
select count(*) filter (where et='Add to Playlist'), count(*) filter (where et='Share Content'), count(*) filter (where et='Invite Friend') from e where last_month(d);

-- @ media-funnel-07 100001
create or replace temp view s as select case et when 'View Paywall' then 1 else 2 end k,u,o,t,wk(d)::varchar g, d between '2026-04-06' and '2026-05-03' inr from e where et in ('View Paywall','Start Trial');
select 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 1 day) group by g order by g;

-- @ media-funnel-08 100001
create or replace temp view s as select case et when 'Sign Up' then 1 else 2 end k,u,o,t,null::varchar g, mo(d)='2026-04-01' inr from e where et in ('Sign Up','Play Content');
select median(epoch(t2)-epoch(t1)) as duration_s from walk(interval 7 day) where n>=2;

-- @ media-funnel-10 100001
create or replace temp view s as select case et when 'View Paywall' then 1 when 'Start Trial' then 2 else 3 end k,u,o,t,null::varchar g, last(d,30) inr from e where et in ('View Paywall','Start Trial','Purchase');
select 'Start Trial' as label, count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3) from walk(interval 14 day);

-- @ media-funnel-11 100001
create or replace temp view s as select case et when 'Sign Up' then 1 else 2 end k,u,o,t,g_channel g, mo(d)='2026-04-01' and g_channel in ('organic','referral') inr from e where et in ('Sign Up','Play Content');
select g as label, 100.0*count(*) filter (where n>=2)/count(*) from walk(interval 7 day) group by 1 order by 1;

-- @ media-retention-04 100001
create or replace temp view st as select u,o,d i from e where et='Sign Up' and mo(d)='2026-03-01';
create or replace temp view rt as select u,o,d i from e;
with r as (select 1 k, sum(back)/sum(outof) v from nday(1,1) union all select 2, sum(back)/sum(outof) from nday(1,2) union all select 3, sum(back)/sum(outof) from nday(1,3) union all select 7, sum(back)/sum(outof) from nday(1,7)) select 100.0*v from r order by k;

-- @ media-retention-05 100001
create or replace temp view st as select u,o,d i, g_channel g from e where et='Sign Up' and d between '2026-03-01' and '2026-04-30';
create or replace temp view rt as select u,o,d i from e;
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+7) b from st), r as (select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g) select label, r from r order by r limit 1;

-- @ media-retention-06 100001
create or replace temp view st as select u,o,wk(d) i from e where is_new and d between '2026-03-02' and '2026-03-29';
create or replace temp view rt as select u,o,wk(d) i from e;
select 100.0*sum(back)/sum(outof) from nday(7,2);
create or replace temp view st as select u,o,wk(d) i from e where et='Sign Up' and d between '2026-03-02' and '2026-03-29';
select 100.0*sum(back)/sum(outof) from nday(7,2);

-- @ media-retention-07 100001
create or replace temp view st as select u,o,d i from e where et='Play Content' and d='2026-04-20';
create or replace temp view rt as select u,o,d i from e where et='Play Content';
select sum(back) from nday(1,1);
select 100.0*sum(back)/sum(outof) from nday(1,1);

-- @ media-stickiness-05 100001
select 100.0*(select avg(n) from (select d, count(distinct u) n from e where last_week(d) group by d))/count(distinct u) from e where last_week(d);

-- @ media-stickiness-06 100001
select count(*) from (select u from e where last_week(d) group by u having count(distinct d)>=3);

-- @ media-stickiness-07 100001
select count(distinct u) from e where et='Play Content' and d='2026-05-10';

-- @ media-new-returning-03 100001
select count(distinct u) from e where is_new and mo(d)='2026-04-01';

-- @ media-frequency-02 100001
with a as (select u, count(*) n from e where et='Play Content' and d=today()-1 group by u) select count(*) from a where n<=5 group by n order by n;

-- @ media-frequency-03 100001
select count(*)/count(distinct u) from e where et='Purchase' and last(d,90);

-- @ media-sessions-05 100001
select avg(events) from sessions() where last_month(d);

-- @ media-sessions-06 100001
select sum(seconds) as duration_s from sessions() where last_week(d);

-- @ media-sessions-08 100001
select count(*) from sessions() where d between '2026-05-04' and '2026-05-10' group by d order by d;

-- @ media-revenue-07 100001
select sum(num(p_revenue)) from e where et='Purchase' and country='Germany' and mo(d)='2026-04-01';

-- @ media-revenue-08 100001
select sum(num(p_revenue))/count(distinct u) from e where et='Purchase' and mo(d)='2026-03-01';

-- @ media-revenue-09 100001
with n as (select u, min(t) t0, min(d) d0 from e where is_new group by u), r as (select n.u, coalesce(sum(num(e.p_revenue)) filter (where e.t < n.t0 + interval 30 day),0) v from n join e on e.u=n.u where mo(n.d0)='2026-03-01' group by 1) select avg(v) from r;

-- @ media-cohort-04 100001
select count(*) from (select u from e where et='Play Content' group by u having bool_or(last(d,90)) and not bool_or(last(d,14)));

-- @ media-cohort-05 100001
with c as (select distinct u from e where et='Invite Friend' and last(d,90)) select count(*)/count(distinct u) from e where et='Play Content' and last_month(d) group by (u in (from c)) order by (u in (from c)) desc;
with c as (select distinct u from e where et='Invite Friend' and last(d,90)), p as (select u, u in (from c) b from e where et='Play Content' and last_month(d)) select count(*) filter (where b)/count(distinct u) filter (where b), count(*)/count(distinct u) from p;

-- @ media-cohort-06 100001
with c as (select distinct u from e where et='Purchase' and last(d,90)) select count(distinct u) from e where platform='iOS' and last(d,30) and u in (from c);

-- @ media-saved-04 100001
create or replace temp view st as select u,o,wk(d) i from e where is_new and wk(d) >= wk(today())-77;
create or replace temp view rt as select u,o,wk(d) i from e;
select 100.0*sum(back_or_later)/sum(outof) from nday(7,1);

-- @ media-metric-experiment-03 100001
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='home-layout' and d between '2026-04-04' and '2026-04-24' group by u), m as (select x.u, x.v, count(e.u) n from x left join e on e.u=x.u and e.et='Play Content' and e.o>=x.o0 and e.d<='2026-04-24' group by 1,2) select avg(n) from m group by v order by v;
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='home-layout' and d between '2026-04-04' and '2026-04-23' group by u), m as (select x.u, x.v, count(e.u) n from x left join e on e.u=x.u and e.et='Play Content' and e.o>=x.o0 and e.d<='2026-04-23' group by 1,2) select avg(n) from m group by v order by v;

-- @ media-metric-experiment-04 100001
with x as (select u, arg_min(p_variant, o) v, min(o) o0 from e where et='$exposure' and p_flag_key='share-sheet' and d>='2026-04-14' group by u) select 100.0*count(*) filter (where exists (select 1 from e where e.u=x.u and e.et='Share Content' and e.o>=x.o0))/count(*) from x group by v order by v;

-- @ media-metric-experiment-05 100001
with x as (select u, arg_min(p_variant, o) v from e where et='$exposure' and p_flag_key='share-sheet' and d>='2026-04-14' group by u) select count(*) from x group by v order by v;

-- @ media-metric-experiment-06 100001
select count(distinct u) from e where et='Share Content' and last(d,30);
select count(distinct u) from e where et='Share Content' and d=today()-1;

-- @ media-dates-07 100001
select count(*) from e where et='Sign Up' and d>='2026-05-11';

-- @ media-dates-09 100001
select count(*) from e where et='Play Content' and d between '2026-04-01' and '2026-04-15';

-- @ media-dates-10 100001
select count(*) from e where et='Purchase' and d between '2026-04-05' and '2026-04-11';

-- @ media-dates-11 100001
select count(distinct u) from e where d=today();

-- @ media-follow-up-06 100001
select count(*) filter (where d='2026-04-21'), count(*) filter (where d='2026-04-20') from e where et='Play Content';
select count(*) filter (where d='2026-04-21'), count(*) filter (where d='2026-04-14') from e where et='Play Content';
select count(*) filter (where d='2026-04-21'), count(*) filter (where d between '2026-04-14' and '2026-04-20')/7.0 from e where et='Play Content';

-- @ media-follow-up-08 100001
select median(num(p_listened_minutes)) from e where et='Finish Content' and mo(d)='2026-04-01';

-- @ media-follow-up-11 100001
select count(*) from e where et='Purchase' and mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ media-multi-project-04 200001
select count(*) from e where et='Play Content' and d='2026-05-01';

-- @ media-typo-04 100001
select p_genre as label, avg(num(p_rating)) from e where et='Rate Content' and last(d,60) group by 1 order by 2 desc;

-- @ media-typo-05 100001
select count(distinct u) from e where platform='Android' and last_week(d);

-- @ media-typo-07 100001
select p_product as label, sum(num(p_revenue)) from e where et='Purchase' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ media-injection-03 100001
select count(distinct u) from e where et='Sign Up' and mo(d)='2026-04-01';

-- @ media-empty-03 100001
select count(*) from e where et='Start Trial' and country='Spain' and d='2026-03-03';

-- @ media-truncated-02 100001
select count(*) n from e where et='Play Content' and last(d,30) group by country, p_genre order by n desc limit 5;

-- @ media-truncated-03 100001
select count(*) n from e where et='Finish Content' and last(d,90) group by p_listened_minutes order by n desc limit 3;

-- @ media-multi-project-09 200002
select count(distinct u) from e where last(d,30);

-- @ media-injection-05 100001
select p_genre as label, count(*) from e where et='Play Content' and last_week(d) group by 1 order by 2 desc;

-- @ media-new-returning-05 100001
select label, n from (select g_channel as label, count(distinct u) n from e where is_new and mo(d)='2026-04-01' group by 1) order by n desc limit 1;

-- @ media-dates-14 100001
select count(*) from e where et='Purchase' and d between '2026-01-01' and '2026-03-31';

-- @ media-dates-15 100001
select count(*) from e where et='Play Content' and cast((t at time zone 'UTC') at time zone 'America/New_York' as date)='2026-05-01';

-- @ media-how-many-14 100001
select count(*) from e where et='Sign Up' and last(d,30);
select count(*) from e where et='Sign Up' and whole(d,30);

-- @ media-how-many-15 100001
select count(distinct u) from e where et='Play Content' and p_content_type='podcast' and last(d,30);
select count(distinct u) from e where et='Play Content' and p_content_type='podcast' and whole(d,30);

-- @ media-aggregate-11 100001
select avg(num(p_rating)) from e where et='Rate Content' and last(d,30);
select avg(num(p_rating)) from e where et='Rate Content' and whole(d,30);

-- @ media-share-08 100001
select 100.0*count(*) filter (where p_genre='jazz')/count(*) from e where et='Play Content' and last(d,30);
select 100.0*count(*) filter (where p_genre='jazz')/count(*) from e where et='Play Content' and whole(d,30);

-- @ media-breakdown-11 100001
select p_product as label, count(*) from e where et='Purchase' and last(d,30) group by 1 order by 2 desc;
select p_product as label, count(*) from e where et='Purchase' and whole(d,30) group by 1 order by 2 desc;

-- @ media-revenue-11 100001
select sum(num(p_revenue)) from e where et='Purchase' and last(d,30);
select sum(num(p_revenue)) from e where et='Purchase' and whole(d,30);

-- @ media-retention-08 100001
create or replace temp view rt as select u,o,d i from e;
create or replace temp view st as select u,o,d i from e where is_new and last(d,30);
select 100.0*sum(back)/sum(outof) from nday(1,7);
create or replace temp view st as select u,o,d i from e where is_new and d between today()-37 and today()-8;
select 100.0*sum(back)/sum(outof) from nday(1,7);
create or replace temp view st as select u,o,d i from e where et='Sign Up' and last(d,30);
select 100.0*sum(back)/sum(outof) from nday(1,7);
create or replace temp view st as select u,o,d i from e where et='Sign Up' and d between today()-37 and today()-8;
select 100.0*sum(back)/sum(outof) from nday(1,7);

-- @ media-frequency-05 100001
select count(*) from (select u from e where et='Open App' and mo(d)='2026-04-01' group by u having count(*)>15);

-- @ media-new-returning-06 100001
select country as label, count(distinct u) from e where is_new and mo(d)='2026-04-01' group by 1 order by 2 desc limit 5;

-- @ media-stickiness-09 100001
select max(n) from (select d, count(distinct u) n from e where mo(d)='2026-04-01' group by d);

-- @ media-empty-05 100001
select count(*) from e where et='Rate Content' and p_content_type='audiobook' and num(p_rating)=1 and country='Spain' and d=today()-1;

-- @ media-truncated-04 100001
select count(*) n from e where et='Search' and last(d,90) group by p_results order by n desc limit 1;

-- @ media-injection-07 100001
select sum(num(p_revenue)) from e where et='Purchase' and mo(d)='2026-04-01';

-- @ media-metric-experiment-07 100001
select count(distinct u) from e where et='Cancel Subscription' and last(d,30);

-- @ media-follow-up-14 100001
select count(distinct u) from e where et='Play Content' and mo(d)='2026-04-01';

-- @ media-follow-up-15 100001
select platform as label, count(*) from e where et='Search' and last(d,7) group by 1 order by 2 desc;

-- @ media-follow-up-16 100001
select sum(num(p_listened_minutes))/30 from e where et='Finish Content' and mo(d)='2026-04-01';

-- @ media-typo-08 100001
select count(distinct u) from e where et='Share Content' and p_share_target='instagram' and mo(d)='2026-04-01';
