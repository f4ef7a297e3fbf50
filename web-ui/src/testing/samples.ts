import type {
  Analysis,
  Answer,
  Authorization,
  Call,
  Chart,
  Dashboard,
  DataSource,
  DoctorReport,
  ResultTable,
  Session,
  Tile,
  Tool,
  ToolList,
  Vendor,
} from '@/api/types';

const workspace = { id: 'w1', name: 'Acme', role: 'owner' as const };
const memberOf = { ...workspace, role: 'member' as const };

export const session = (changes: Partial<Session> = {}): Session => ({
  signedIn: true,
  registrationOpen: false,
  user: { id: 'u1', email: 'ada@acme.example', displayName: 'Ada' },
  workspace,
  workspaces: [workspace],
  runsInstallation: true,
  ...changes,
});

export const memberSession = () => session({ workspace: memberOf, workspaces: [memberOf], runsInstallation: false });

export const vendor = (changes: Partial<Vendor> = {}): Vendor => ({
  id: 'amplitude',
  name: 'Amplitude',
  category: 'Product analytics',
  summary: 'Events, funnels and retention.',
  initials: 'Am',
  regions: [
    { id: 'us', name: 'US', url: 'https://us.example/mcp', sandbox: false },
    { id: 'sandbox', name: 'Sandbox (sample data)', url: 'http://localhost/mcp', sandbox: true },
  ],
  needsClient: false,
  serviceAccounts: false,
  ownerOnly: false,
  ...changes,
});

export const customVendor = (): Vendor =>
  vendor({
    id: 'custom',
    name: 'Custom server',
    category: 'Custom',
    summary: 'Any MCP server.',
    initials: 'Cu',
    regions: [],
    urlHint: 'https://mcp.example.com/mcp',
    ownerOnly: true,
  });

export const tool = (changes: Partial<Tool> = {}): Tool => ({
  name: 'query_dataset',
  title: 'Query',
  verdict: 'allowed',
  layer: 'profile',
  reason: 'It only reads.',
  dataClass: 'aggregate',
  enabled: true,
  canSwitch: true,
  hash: 'h1',
  ...changes,
});

export const toolList = (tools: Tool[], changes: Partial<ToolList> = {}): ToolList => ({
  tools,
  checkedAt: '2026-11-22T12:00:00Z',
  personalTools: false,
  freeTextTools: false,
  pending: tools.filter((one) => one.verdict === 'quarantined').length,
  ...changes,
});

export const call = (changes: Partial<Call> = {}): Call => ({
  id: 'k1',
  at: '2026-11-22T12:00:00Z',
  tool: 'query_dataset',
  argumentsJson: '{"projectId":"p1"}',
  outcome: 'completed',
  durationMs: 820,
  bytes: 12_400,
  requestedBy: 'Ada',
  attempts: 1,
  vendorTimeMs: 700,
  coalesced: false,
  ...changes,
});

export const doctorReport = (changes: Partial<DoctorReport> = {}): DoctorReport => ({
  startedAt: '2026-11-22T12:00:00Z',
  durationMs: 1400,
  healthy: true,
  steps: [{ step: 'discover', status: 'passed', title: 'The server answers', durationMs: 120 }],
  trace: 'GET https://us.example/mcp 401',
  ...changes,
});

export const authorization = (changes: Partial<Authorization> = {}): Authorization => ({
  id: 'a1',
  vendor: 'amplitude',
  region: 'sandbox',
  status: 'awaiting_consent',
  authorizeUrl: 'https://vendor.example/authorize',
  expiresAt: '2026-11-22T12:10:00Z',
  serverUrl: 'http://localhost/mcp',
  serviceAccount: false,
  suspect: false,
  ...changes,
});

export const dataSource = (changes: Partial<DataSource> = {}): DataSource => ({
  id: 's1',
  name: 'Amplitude · Northwind Media',
  vendor: 'amplitude',
  vendorName: 'Amplitude',
  region: 'sandbox',
  regionName: 'Sandbox (sample data)',
  sandbox: true,
  state: 'connected',
  organization: 'Northwind Media',
  project: { id: 'p1', name: 'Northwind Player' },
  createdBy: 'Ada',
  createdAt: '2026-11-22T12:00:00Z',
  tools: { allowed: 5, refused: 4 },
  writesSent: 0,
  serverUrl: 'http://localhost/mcp',
  mayEnd: true,
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
