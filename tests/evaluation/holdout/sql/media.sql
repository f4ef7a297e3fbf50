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
