-- The columns of `e`, one row per event: u user, t moment (UTC), l moment and d day in the project's zone, o order, et event, sid session,
-- is_new (it is what makes the user a new one), p_… event properties, g_… user properties, platform, country, version, device, os, city, ….
-- A query may make temporary views first; the macros below read `s` (steps), `st` and `rt` (starts and returns), or `e`.
CREATE OR REPLACE TEMP MACRO today() AS getvariable('today');

-- Last N Days, with today; N whole days before today.
CREATE OR REPLACE TEMP MACRO last(d, n) AS d > today() - n;
CREATE OR REPLACE TEMP MACRO whole(d, n) AS d < today() AND d >= today() - n;

-- First day of the week of the project, of the month, of the quarter.
CREATE OR REPLACE TEMP MACRO wk(d) AS CAST(date_trunc('week', d + getvariable('week_offset')) AS DATE) - getvariable('week_offset');
CREATE OR REPLACE TEMP MACRO mo(d) AS CAST(date_trunc('month', d) AS DATE);
CREATE OR REPLACE TEMP MACRO last_week(d) AS wk(d) = wk(today()) - 7;
CREATE OR REPLACE TEMP MACRO week_before_last(d) AS wk(d) = wk(today()) - 14;
CREATE OR REPLACE TEMP MACRO this_week(d) AS wk(d) = wk(today());
CREATE OR REPLACE TEMP MACRO last_month(d) AS mo(d) = mo(mo(today()) - 1);
CREATE OR REPLACE TEMP MACRO this_month(d) AS mo(d) = mo(today());
CREATE OR REPLACE TEMP MACRO num(x) AS TRY_CAST(x AS DOUBLE);

-- Funnels: `s` has k (step), u, o, t, g (group, may be null) and inr (whether it may start an attempt). One row per user and group, the earliest
-- attempt of those that came farthest: n steps reached, t1 … t4.
CREATE OR REPLACE TEMP MACRO walk(w) AS TABLE
  WITH a AS (SELECT u, g, o, t AS t1 FROM s WHERE k = 1 AND inr),
  b AS (SELECT a.u, a.g, a.o, a.t1, min(x.o) AS o2, min_by(x.t, x.o) AS t2 FROM a LEFT JOIN s x ON x.k = 2 AND x.u = a.u AND x.o > a.o AND x.t <= a.t1 + w GROUP BY ALL),
  c AS (SELECT b.*, min(x.o) AS o3, min_by(x.t, x.o) AS t3 FROM b LEFT JOIN s x ON x.k = 3 AND x.u = b.u AND x.o > b.o2 AND x.t <= b.t1 + w GROUP BY ALL),
  f AS (SELECT c.*, min(x.o) AS o4, min_by(x.t, x.o) AS t4 FROM c LEFT JOIN s x ON x.k = 4 AND x.u = c.u AND x.o > c.o3 AND x.t <= c.t1 + w GROUP BY ALL),
  n AS (SELECT *, 1 + (o2 IS NOT NULL)::INT + (o3 IS NOT NULL)::INT + (o4 IS NOT NULL)::INT AS n FROM f)
  SELECT * FROM n QUALIFY row_number() OVER (PARTITION BY u, g ORDER BY n DESC, o) = 1;

-- Retention: `st` has u, o and i (the first day of the start's interval), `rt` u, o and i of the returns. Unit is the days of an interval (1 or 7).
-- One row per interval whose column k is over: users that started and users that came back in interval k (nday) or in it or later (rolling).
CREATE OR REPLACE TEMP MACRO nday(unit, k) AS TABLE
  WITH c AS (SELECT u, i, min(o) AS o FROM st GROUP BY u, i)
  SELECT c.i, count(*) AS outof, count(*) FILTER (EXISTS (SELECT 1 FROM rt WHERE rt.u = c.u AND rt.o > c.o AND rt.i = c.i + unit * k)) AS back,
    count(*) FILTER (EXISTS (SELECT 1 FROM rt WHERE rt.u = c.u AND rt.o > c.o AND rt.i >= c.i + unit * k)) AS back_or_later
  FROM c WHERE c.i + unit * (k + 1) <= today() GROUP BY c.i;

-- Sessions: one row each, with day and moment of the first event and seconds from the first to the last.
CREATE OR REPLACE TEMP MACRO sessions() AS TABLE
  SELECT u, sid, arg_min(d, o) AS d, arg_min(platform, o) AS platform, arg_min(country, o) AS country, arg_min(device, o) AS device, count(*) AS events,
    epoch(max(t)) - epoch(min(t)) AS seconds FROM e WHERE sid > 0 GROUP BY u, sid
