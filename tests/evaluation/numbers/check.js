// Computes every number of the question files a second time, by SQL over the event lines, and compares. `--write` puts them into the files instead.
//   node check.js [--data DIR] [--sandbox ClariBI.Sandbox.dll] [--sample media] [--write]
// Exit code 1 on any difference.
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { home, linesOf, sets } from './lines.js';
import { load, open } from './tables.js';

const option = name => { const at = process.argv.indexOf(`--${name}`); return at < 0 ? undefined : process.argv[at + 1]; };
const isWriting = process.argv.includes('--write');
const data = option('data') ?? join(tmpdir(), 'claribi-evaluation');
const differences = [];
let computed = 0;
let questionsWithNumbers = 0;

/** The fifth that is kept aside: decided by the id alone. */
export const isHeldOut = id => createHash('sha256').update(id).digest()[0] % 5 === 0;

/** Blocks `-- @ id` of a file; the lines below it are statements, the last ones SELECTs, one per reading of the question. */
function blocksOf(path) {
  const blocks = new Map();
  if (!existsSync(path)) return blocks;
  for (const part of readFileSync(path, 'utf8').split(/^-- @ /m).slice(1)) {
    const [head, ...body] = part.split('\n');
    const [id, project] = head.trim().split(/\s+/);
    if (blocks.has(id)) differences.push(`${id}: twice in ${path}`);
    blocks.set(id, { project, statements: body.join('\n').split(/;\s*(?:\n|$)/).map(text => text.trim()).filter(Boolean) });
  }
  return blocks;
}

/** Numbers, labels and durations of a reading: every cell in order; text is a label, a column named duration_s… a duration. */
function read(rows, id) {
  const reading = { numbers: [], labels: [], durations: [] };
  for (const row of rows) {
    for (const [column, cell] of Object.entries(row)) {
      if (cell === null) throw new Error(`${id}: no value in ${column}`);
      const value = typeof cell === 'string' && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) && !column.startsWith('label') ? Number(cell) : cell;
      if (typeof value === 'string') reading.labels.push(value);
      else if (column.startsWith('duration_s')) reading.durations.push(round(value));
      else reading.numbers.push(round(value));
    }
  }
  return reading;
}

const round = value => Number(Number(value).toPrecision(10));
const isSame = (one, other) => typeof one === 'number' && typeof other === 'number'
  ? Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one))
  : Array.isArray(one) && Array.isArray(other) ? one.length === other.length && one.every((value, at) => isSame(value, other[at])) : one === other;

function expected(readings, id) {
  if (readings.length === 0) throw new Error(`${id}: no SELECT`);
  const wanted = { labels: [...new Set(readings[0].labels)] };
  const lists = readings.map(reading => reading.numbers);
  const distinct = lists.filter((list, at) => lists.findIndex(other => isSame(other, list)) === at);
  if (distinct.length === 1) { if (distinct[0].length) wanted.numbers = distinct[0]; } else wanted.any_of = distinct;
  const durations = readings[0].durations;
  if (durations.length) wanted.duration_s = durations.length === 1 ? durations[0] : durations;
  return wanted;
}

/** What is wrong with the form of a line, if anything. */
function mistakeIn(line, sample) {
  const names = Object.values(sets.samples[sample].projects).map(project => project.name);
  const stranger = Object.keys(line).find(name => !['id', 'class', 'question', 'context', 'project', 'expect'].includes(name))
    ?? Object.keys(line.expect).find(name => !['outcome', 'kind', 'chart', 'numbers', 'any_of', 'duration_s', 'labels', 'text'].includes(name));
  if (stranger) return `unknown field ${stranger}`;
  if (!line.id.startsWith(`${sample}-${line.class}-`)) return 'the id is <sample>-<class>-<number>';
  if (!['answer', 'clarify', 'decline'].includes(line.expect.outcome)) return `unknown outcome ${line.expect.outcome}`;
  if (line.expect.outcome === 'answer' ? Object.keys(line.expect).length === 1 : Object.keys(line.expect).length > 1) return 'an answer needs something to look for, a question back or a refusal nothing';
  if (line.project ? !names.includes(line.project) : line.class !== 'multi-project') return 'project is one of sets.json, and left out in multi-project only';
  return null;
}

const seen = new Set();
const wordings = new Map();
let port = 18977;
for (const sample of Object.keys(sets.samples).filter(name => !option('sample') || name === option('sample'))) {
  const folder = await linesOf(sample, data, port++, option('sandbox'));
  const database = await open();
  const use = await load(database, sample, folder);
  for (const part of ['questions', 'holdout']) {
    const path = join(home, part, `${sample}.jsonl`);
    if (!existsSync(path)) continue;
    const blocks = blocksOf(join(home, part === 'holdout' ? 'holdout/sql' : 'numbers/sql', `${sample}.sql`));
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean).map(line => JSON.parse(line));
    for (const line of lines) {
      if (seen.has(line.id)) differences.push(`${line.id}: the id is used twice`);
      seen.add(line.id);
      const mistake = isWriting ? null : mistakeIn(line, sample);
      if (mistake) differences.push(`${line.id}: ${mistake}`);
      const wording = JSON.stringify([sample, line.context ?? [], line.question.toLowerCase(), line.class === 'multi-project' ? line.project : '']);
      if (wordings.has(wording)) differences.push(`${line.id}: the same question as ${wordings.get(wording)}`);
      wordings.set(wording, line.id);
      if (isHeldOut(line.id) !== (part === 'holdout')) differences.push(`${line.id}: belongs into ${part === 'holdout' ? 'questions' : 'holdout'}`);
      const block = blocks.get(line.id);
      blocks.delete(line.id);
      const has = line.expect.numbers || line.expect.any_of || line.expect.duration_s;
      if (!block) { if (has) differences.push(`${line.id}: numbers without a query`); continue; }
      let wanted;
      try {
        await use(block.project);
        const readings = [];
        for (const statement of block.statements) {
          if (/^(--.*\n)*\s*(select|with|from)\b/i.test(statement)) readings.push(read(await database.rows(statement), line.id));
          else await database.connection.run(statement);
        }
        wanted = expected(readings, line.id);
      } catch (error) {
        differences.push(`${line.id}: ${error.message.split('\n')[0]}`);
        continue;
      }
      questionsWithNumbers += 1;
      computed += (wanted.numbers ?? wanted.any_of?.flat() ?? []).length + [wanted.duration_s ?? []].flat().length;
      if (isWriting) {
        for (const name of ['numbers', 'any_of', 'duration_s']) { delete line.expect[name]; if (wanted[name] !== undefined) line.expect[name] = wanted[name]; }
        const labels = [...new Set([...(line.expect.labels ?? []), ...wanted.labels])];
        if (labels.length) line.expect.labels = labels;
        continue;
      }
      for (const name of ['numbers', 'any_of', 'duration_s']) {
        if (!isSame(line.expect[name], wanted[name])) differences.push(`${line.id}: ${name} is ${JSON.stringify(line.expect[name])}, the lines say ${JSON.stringify(wanted[name])}`);
      }
      for (const label of wanted.labels) if (!line.expect.labels?.includes(label)) differences.push(`${line.id}: the label ${label} is missing`);
    }
    for (const id of blocks.keys()) differences.push(`${id}: a query without a question`);
    if (isWriting) writeFileSync(path, lines.map(line => JSON.stringify(line)).join('\n') + '\n');
  }
}

for (const difference of differences) console.log(difference);
console.log(`${seen.size} questions, ${questionsWithNumbers} of them with ${computed} numbers, ${differences.length} differences`);
process.exitCode = differences.length ? 1 : 0;
