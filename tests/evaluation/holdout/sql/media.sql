-- @ media-how-many-04 100001
select count(distinct u) from e where et='Finish Content' and last(d,7);

-- @ media-aggregate-03 100001
select median(num(p_listened_minutes)) from e where et='Finish Content' and last(d,30);

-- @ media-share-02 100001
select 100.0*count(distinct u) filter (where platform='Android')/count(distinct u) from e where last(d,30);

-- @ media-trend-03 100001
select count(*) from e where et='Purchase' and mo(d) in ('2026-03-01','2026-04-01') group by mo(d) order by mo(d);

-- @ media-top-bottom-05 100001
with g as (select country, count(*) n from e where et='Sign Up' and d between '2026-03-01' and '2026-04-30' group by 1) select country as label, n from g order by n, 1 limit 2;

-- @ media-breakdown-01 100001
select p_content_type as label, count(*) from e where et='Play Content' and last_week(d) group by 1 order by 2 desc;

-- @ media-breakdown-05 100001
select p_source as label, count(*) from e where et='Play Content' and d between '2026-04-01' and '2026-04-30' group by 1 order by 2 desc;

-- @ media-filter-02 100001
select count(distinct u) from e where et='Play Content' and platform<>'iOS' and d between '2026-04-01' and '2026-04-30';

-- @ media-filter-08 100001
select count(*) from e where et='Finish Content' and num(p_listened_minutes)>30 and d between '2026-04-01' and '2026-04-30';

-- @ media-compare-01 100001
select count(*) filter (where last_week(d)), count(*) filter (where week_before_last(d)) from e where et='Play Content';

-- @ media-retention-03 100001
create or replace temp view st as select u,o,d i, first_value(platform) over (partition by u order by o) g from e where is_new and d between '2026-04-01' and '2026-04-30';
create or replace temp view rt as select u,o,d i from e;
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+7) b from st) select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g order by r desc;

-- @ media-new-returning-02 100001
with a as (select u, bool_or(is_new) n from e where last_week(d) group by u) select count(*) filter (where n), count(*) filter (where not n) from a;

-- @ media-frequency-01 100001
with a as (select u, count(*) n from e where et='Search' and last_week(d) group by u) select count(*) from a group by n order by n;
with a as (select u, count(*) n from e where et='Search' and last_week(d) group by u) select count(*) from a group by least(n,10) order by least(n,10);
with a as (select u, count(*) n from e where et='Search' and last_week(d) group by u) select avg(n) from a;

-- @ media-sessions-03 100001
select count(*)/count(distinct u) from sessions() where last(d,30);

-- @ media-revenue-04 100001
select sum(num(p_revenue)) from e where et='Purchase' and wk(d) between wk(today())-42 and wk(today())-7 group by wk(d) order by wk(d);

-- @ media-cohort-02 100001
select count(*) from (select u from e where et='Play Content' and last(d,30) group by u having count(*)>=20);

-- @ media-dates-01 100001
select count(*) from e where et='Sign Up' and d between '2026-04-10' and '2026-04-20';

-- @ media-dates-03 100001
select count(*) from e where et='Purchase' and d>='2026-04-01';

-- @ media-follow-up-05 100001
select p_genre as label, count(*) from e where et='Play Content' and platform='iOS' and last_week(d) group by 1 order by 2 desc;

-- @ media-multi-project-02 100001
select count(*) from e where et='Play Content' and last_week(d);

-- @ media-how-many-08 100001
select count(*) from e where et='Start Trial' and last_month(d);

-- @ media-how-many-09 100001
select count(*) from e where et='Play Content' and p_content_type='song' and d='2026-05-02';

-- @ media-how-many-10 100001
select count(*) from e where et='Open App' and p_opened_from='push' and last_week(d);

-- @ media-how-many-12 100001
select count(distinct u) from e where et='Purchase' and mo(d)='2026-04-01';

-- @ media-aggregate-09 100001
select avg(num(p_steps_completed)) from e where et='Complete Onboarding' and mo(d)='2026-03-01';

-- @ media-trend-10 100001
select avg(num(p_listened_minutes)) from e where et='Finish Content' and d between '2026-05-04' and '2026-05-10' group by d order by d;

-- @ media-top-bottom-07 100001
select label, n from (select p_genre as label, avg(num(p_rating)) n from e where et='Rate Content' and last(d,60) group by 1) order by n limit 1;

-- @ media-top-bottom-08 100001
select label, n from (select device as label, count(distinct u) n from e where last_month(d) group by 1) order by n desc limit 3;

-- @ media-breakdown-09 100001
select g_favourite_genre as label, count(distinct u) from e where et='Play Content' and last_week(d) group by 1 order by 2 desc;

-- @ media-breakdown-10 100001
select version as label, count(distinct u) from e where d='2026-05-12' group by 1 order by 2 desc;

-- @ media-filter-13 100001
select count(*) from e where et='Search' and num(p_results) between 10 and 20 and last(d,7);

-- @ media-compare-07 100001
select count(distinct u) filter (where last_week(d)), count(distinct u) filter (where week_before_last(d)) from e;

-- @ media-funnel-09 100001
create or replace temp view s as select case et when 'Sign Up' then 1 when 'Create Profile' then 2 else 3 end k,u,o,t,null::varchar g, mo(d)='2026-03-01' inr from e where et in ('Sign Up','Create Profile','Complete Onboarding');
select count(*) filter (where n>=1), count(*) filter (where n>=2), count(*) filter (where n>=3) from walk(interval 1 day);

-- @ media-new-returning-04 100001
with a as (select wk(d) w, u, bool_or(is_new) n from e where d between '2026-04-13' and '2026-05-10' group by 1,2) select count(*) filter (where n), count(*) filter (where not n) from a group by w order by w;

-- @ media-sessions-07 100001
select sum(seconds)/count(distinct u) as duration_s from sessions() where mo(d)='2026-04-01';

-- @ media-revenue-10 100001
select g_plan as label, sum(num(p_revenue)) from e where et='Purchase' and mo(d) in ('2026-03-01','2026-04-01') group by g_plan, mo(d) order by mo(d), 2 desc;

-- @ media-saved-06 100001
select g_plan as label, count(distinct u) from e where last(d,30) group by 1 order by 2 desc;

-- @ media-saved-07 100001
select sum(num(p_revenue)) from e where et='Purchase' and wk(d) between wk(today())-70 and wk(today())-7 and g_plan='premium' group by wk(d) order by wk(d);
select g_plan as label, sum(num(p_revenue)) from e where et='Purchase' and wk(d) >= wk(today())-77 group by 1 order by 2 desc;

-- @ media-dates-08 100001
select count(*) from e where et='Play Content' and wk(d)='2026-04-20';

-- @ media-dates-12 100001
select count(*) from e where et='Search' and d='2026-05-08';

-- @ media-dates-13 100001
select count(*) from e where et='Play Content' and l >= '2026-04-20 18:00' and l < '2026-04-20 21:00';

-- @ media-follow-up-07 100001
select 'paid_social' as label, count(*) filter (where d='2026-04-09'), count(*) filter (where d='2026-04-08') from e where et='Sign Up';
select 'paid_social' as label, count(*) filter (where d='2026-04-09'), count(*) filter (where d='2026-04-02') from e where et='Sign Up';
select 'paid_social' as label, count(*) filter (where d='2026-04-09'), count(*) filter (where d between '2026-04-02' and '2026-04-08')/7.0 from e where et='Sign Up';

-- @ media-follow-up-09 100001
select count(distinct u) from e where platform='Android' and country<>'United States' and last_week(d);

-- @ media-follow-up-10 100001
select platform as label, count(*) from e where et='Finish Content' and last_week(d) group by 1 order by 2 desc;

-- @ media-follow-up-12 100001
select p_source as label, count(*) n from e where et='Play Content' and mo(d)='2026-04-01' group by 1 order by 2 desc limit 1;

-- @ media-follow-up-13 100001
select 'Android' as label, count(*) filter (where d='2026-03-26') from e where et='Play Content';

-- @ media-multi-project-07 100001
select platform as label, count(*) from e where et='Purchase' and mo(d)='2026-04-01' group by 1 order by 2 desc;

-- @ media-typo-06 100001
create or replace temp view st as select u,o,d i from e where et='Sign Up' and mo(d)='2026-03-01';
create or replace temp view rt as select u,o,d i from e;
select 100.0*sum(back)/sum(outof) from nday(1,7);

-- @ media-multi-project-08 200001
select count(*) from e where et='Play Content' and d between '2026-05-01' and '2026-05-05' group by d order by d;

-- @ media-cohort-07 100001
select count(*) from (select u from e where last(d,30) group by u having bool_or(et in ('Share Content','Invite Friend')) and count(*) filter (where et='Play Content')>=5);

-- @ media-top-bottom-09 100001
select label, n from (select p_genre as label, count(*) n from e where et='Play Content' and last(d,30) group by 1) order by n desc limit 1;
select label, n from (select p_genre as label, count(*) n from e where et='Play Content' and whole(d,30) group by 1) order by n desc limit 1;
select label, n from (select p_genre as label, count(distinct u) n from e where et='Play Content' and last(d,30) group by 1) order by n desc limit 1;

-- @ media-retention-09 100001
create or replace temp view st as select u,o,d i, platform g from e where is_new and mo(d)='2026-03-01' and platform in ('iOS','Android');
create or replace temp view rt as select u,o,d i from e;
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+14) b from st) select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g order by g;
create or replace temp view st as select u,o,d i, platform g from e where et='Sign Up' and mo(d)='2026-03-01' and platform in ('iOS','Android');
with c as (select st.*, exists (select 1 from rt where rt.u=st.u and rt.i=st.i+14) b from st) select g as label, 100.0*count(*) filter (where b)/count(*) r from c group by g order by g;

-- @ media-frequency-04 100001
select count(*)/count(distinct u) from e where et='Add to Playlist' and mo(d)='2026-04-01';

-- @ media-stickiness-08 100001
select platform as label, count(distinct u) from e where wk(d)='2026-04-27' group by 1 order by 2 desc;
