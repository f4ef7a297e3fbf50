// Fails when the JavaScript of a first visit, or the chart chunk, outgrows its budget (gzip).
// First visit: the entry, everything it imports at start, and the home page (Ask).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}/.vite/manifest.json`, 'utf8'));

const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} KB`;
const gzipSize = (file) => gzipSync(readFileSync(`${dist}/${file}`)).length;

function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const imported of manifest[key]?.imports ?? []) withImports(imported, seen);
  return seen;
}

function find(source) {
  const key = Object.keys(manifest).find((candidate) => manifest[candidate].src === source);
  if (!key) throw new Error(`${source} is not a chunk of its own in dist/.vite/manifest.json`);
  return key;
}

const entry = find('index.html');
const first = withImports(entry);
withImports(find('src/features/ask/AskPage.tsx'), first);
const charts = [...withImports(find('src/charts/echarts.ts'))].filter((key) => !first.has(key));

const total = (keys) => [...keys].reduce((sum, key) => sum + gzipSize(manifest[key].file), 0);
const budgets = [
  { name: 'First page', size: total(first), limit: 180_000 },
  { name: 'Chart chunk', size: total(charts), limit: 210_000 },
];

let failed = false;
for (const { name, size, limit } of budgets) {
  const over = size > limit;
  failed ||= over;
  console.log(`${over ? 'OVER' : 'ok  '}  ${name}: ${kilobytes(size)} of ${kilobytes(limit)} gzip`);
}
process.exit(failed ? 1 : 0);
