import type {
  Analysis,
  Answer,
  Authorization,
  Chart,
  Dashboard,
  DataSource,
  ResultTable,
  Session,
  Tile,
  Vendor,
} from '@/api/types';

const workspace = { id: 'w1', name: 'Acme', role: 'owner' as const };

export const session = (changes: Partial<Session> = {}): Session => ({
  signedIn: true,
  registrationOpen: false,
  user: { id: 'u1', email: 'ada@acme.example', displayName: 'Ada' },
  workspace,
  workspaces: [workspace],
  ...changes,
});

export const vendor = (): Vendor => ({
  id: 'amplitude',
  name: 'Amplitude',
  category: 'Product analytics',
  summary: 'Events, funnels and retention.',
  initials: 'Am',
  regions: [
    { id: 'us', name: 'US', url: 'https://us.example/mcp', sandbox: false },
    { id: 'sandbox', name: 'Sandbox', url: 'http://localhost/mcp', sandbox: true },
  ],
});

export const authorization = (changes: Partial<Authorization> = {}): Authorization => ({
  id: 'a1',
  vendor: 'amplitude',
  region: 'sandbox',
  status: 'awaiting_consent',
  authorizeUrl: 'https://vendor.example/authorize',
  expiresAt: '2026-11-22T12:10:00Z',
  ...changes,
});

export const dataSource = (changes: Partial<DataSource> = {}): DataSource => ({
  id: 's1',
  name: 'Amplitude · Northwind Media',
  vendor: 'amplitude',
  vendorName: 'Amplitude',
  region: 'sandbox',
  regionName: 'Sandbox',
  sandbox: true,
  state: 'connected',
  organization: 'Northwind Media',
  project: { id: 'p1', name: 'Northwind Player' },
  createdBy: 'Ada',
  createdAt: '2026-11-22T12:00:00Z',
  tools: { allowed: 5, refused: 4 },
  writesSent: 0,
  ...changes,
});

const retentionTable = (): ResultTable => ({
  shape: 'categories',
  columns: [
    { name: 'channel', label: 'Channel', type: 'text' },
    { name: 'retention', label: '7-day retention', type: 'percent' },
  ],
  rows: [
    ['Paid', 0.342],
    ['Organic', 0.279],
  ],
  incompleteRows: [],
});

const source = {
  dataSourceId: 's1',
  dataSourceName: 'Amplitude · Northwind Media',
  organization: 'Northwind Media',
  project: 'Northwind Player',
  sandbox: true,
  tool: 'query_amplitude_data',
  rangeStart: '2026-10-01',
  rangeEnd: '2026-10-31',
  timeZone: 'Europe/London',
};

export const answer = (changes: Partial<Answer> = {}): Answer => ({
  text: 'Paid users keep 34.2 % after 7 days. Organic users keep 27.9 %.',
  chartId: 'c1',
  table: retentionTable(),
  facts: [],
  checks: [{ text: 'every number in the data', passed: true }],
  assumptions: [{ field: 'range', text: 'October' }],
  caveats: [],
  followUps: ['By country?'],
  evidence: {
    ...source,
    argumentsJson: '{"projectId":"p1"}',
    query: { kind: 'retention', range: { start: '2026-10-01', end: '2026-10-31' } },
    queryText: 'Retention by channel.',
    rows: 2,
    vendorMs: 800,
    calls: 1,
  },
  ...changes,
});

export const analysis = (changes: Partial<Analysis> = {}): Analysis => ({
  id: 'n1',
  conversationId: 'v1',
  question: 'Which segment has the highest 7-day retention?',
  dataSourceId: 's1',
  status: 'queued',
  steps: [],
  createdAt: '2026-11-22T12:00:00Z',
  ...changes,
});

export const chart = (changes: Partial<Chart> = {}): Chart => ({
  id: 'c1',
  title: 'Retention by channel',
  question: 'Which segment has the highest 7-day retention?',
  analysisId: 'n1',
  type: 'bar',
  option: {
    dataset: { dimensions: ['channel', 'retention'], source: retentionTable().rows },
    xAxis: { type: 'category' },
    yAxis: { type: 'value' },
    series: [{ type: 'bar', name: '7-day retention', encode: { x: 'channel', y: 'retention' } }],
  },
  table: retentionTable(),
  description: 'Bars of retention by channel. Paid is the highest.',
  source,
  capturedAt: '2026-11-22T12:00:00Z',
  ...changes,
});

export const tile = (changes: Partial<Tile> = {}): Tile => {
  const { capturedAt: refreshedAt, ...drawing } = chart();
  return {
    ...drawing,
    id: 't1',
    dashboardId: 'd1',
    layout: { x: 0, y: 0, width: 6, height: 4 },
    refreshedAt,
    state: 'fresh',
    ...changes,
  };
};

export const dashboard = (changes: Partial<Dashboard> = {}): Dashboard => ({
  id: 'd1',
  name: 'Growth weekly',
  createdAt: '2026-11-22T12:00:00Z',
  updatedAt: '2026-11-22T12:00:00Z',
  tiles: [tile()],
  ...changes,
});
