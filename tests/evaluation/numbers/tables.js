// One table per project with a row per event line, and the macros that the queries share. Everything is read from the lines and from sets.json; how
// a figure is defined is in deploy/sandbox/NUMBERS.md.
import { DuckDBInstance } from '@duckdb/node-api';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { home, sets } from './lines.js';

const quote = text => `'${String(text).replaceAll("'", "''")}'`;
const plain = key => key.replace(/^\$/, '').replace(/[^A-Za-z0-9]+/g, '_').toLowerCase();
const fields = ['platform', 'country', 'region', 'city', 'language', 'dma'];

export async function open() {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run('SET threads=1');
  const rows = async sql => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  return { connection, rows };
}

/** Tables `raw_<project>`; `use` makes one of them the `e` of the queries. */
export async function load({ connection, rows }, sample, folder) {
  const known = new Map();
  for (const [id, project] of Object.entries(sets.samples[sample].projects)) {
    const path = quote(join(folder, project.events));
    await connection.run(`CREATE OR REPLACE TABLE lines AS SELECT json, row_number() OVER () AS line FROM read_ndjson_objects(${path})`);
    const keys = async from => (await rows(`SELECT DISTINCT unnest(json_keys(json->'${from}')) AS k FROM lines ORDER BY k`)).map(row => row.k);
    const columns = [];
    for (const [from, prefix] of [['event_properties', 'p'], ['user_properties', 'g']]) {
      for (const key of await keys(from)) {
        columns.push(`json_extract_string(json, ${quote(`$.${from}."${key}"`)}) AS ${prefix}_${plain(key)}`);
      }
    }
    for (const inner of ['code', 'retryable']) columns.push(`json_extract_string(json, '$.event_properties.error.${inner}') AS p_error_${inner}`);
    await connection.run(`CREATE OR REPLACE TABLE raw_${id} AS
      WITH read AS (
        SELECT line, json->>'event_type' AS et, coalesce(json->>'amplitude_id', json->>'user_id', json->>'device_id') AS u,
          CAST(json->>'event_time' AS TIMESTAMP) AS t, CAST(json->>'user_creation_time' AS TIMESTAMP) AS created,
          CAST(json->>'session_id' AS BIGINT) AS sid, json->>'version_name' AS version, json->>'device_type' AS device,
          nullif(trim(coalesce(json->>'os_name', '') || ' ' || coalesce(json->>'os_version', '')), '') AS os, json->>'os_name' AS os_name,
          json->>'device_id' AS device_id, ${fields.map(field => `json->>'${field}' AS ${field}`).join(', ')}, ${columns.join(', ')}
        FROM lines),
      past AS (SELECT * FROM read WHERE t < TIMESTAMP ${quote(sets.now.replace('T', ' ').replace('Z', ''))}),
      placed AS (SELECT *, row_number() OVER (ORDER BY t, line) AS o, (t AT TIME ZONE 'UTC') AT TIME ZONE ${quote(project.zone)} AS l FROM past)
      SELECT *, CAST(l AS DATE) AS d, row_number() OVER (PARTITION BY u ORDER BY o) = 1 AND coalesce(created >= t, true) AS is_new FROM placed`);
    known.set(id, project);
  }
  await connection.run('DROP TABLE IF EXISTS lines');
  const use = async id => {
    const project = known.get(id);
    if (!project) throw new Error(`No project ${id} in ${sample}.`);
    await connection.run(`SET VARIABLE zone = ${quote(project.zone)}`);
    await connection.run(`SET VARIABLE week_offset = ${project.weekStart === 'sunday' ? 1 : 0}`);
    await connection.run(`SET VARIABLE today = CAST((TIMESTAMP ${quote(sets.now.replace('T', ' ').replace('Z', ''))} AT TIME ZONE 'UTC') AT TIME ZONE ${quote(project.zone)} AS DATE)`);
    await connection.run(`CREATE OR REPLACE TEMP VIEW e AS SELECT * FROM raw_${id}`);
    for (const view of ['s AS SELECT 0 AS k, u, o, t, NULL::VARCHAR AS g, false AS inr', 'st AS SELECT u, o, d AS i', 'rt AS SELECT u, o, d AS i']) {
      await connection.run(`CREATE OR REPLACE TEMP VIEW ${view} FROM raw_${id} WHERE false`);
    }
  };
  await use(sets.samples[sample].main);
  for (const macro of readFileSync(join(home, 'numbers/macros.sql'), 'utf8').split(/;\s*\n/).map(text => text.trim()).filter(Boolean)) await connection.run(macro);
  return use;
}
