/**
 * The shapes of the HTTP API. Everything else imports types from here only.
 */

export interface Workspace {
  id: string;
  name: string;
  role: 'owner' | 'member';
}

export interface User {
  id: string;
  email: string;
  displayName: string;
}

export interface Session {
  signedIn: boolean;
  /** True while no account exists yet: the first visitor creates it. */
  registrationOpen: boolean;
  user?: User | null;
  workspace?: Workspace | null;
  workspaces: Workspace[];
}

export interface CreateAccountRequest {
  email: string;
  password: string;
  displayName: string;
  workspaceName: string;
}

export interface SignInRequest {
  email: string;
  password: string;
}

export interface VendorRegion {
  id: string;
  name: string;
  url: string;
  sandbox: boolean;
}

export interface Vendor {
  id: string;
  name: string;
  category: string;
  summary: string;
  initials: string;
  regions: VendorRegion[];
}

export type AuthorizationStatus = 'awaiting_consent' | 'completing' | 'authorized' | 'failed' | 'finished';

export type AuthorizationStep =
  | 'discover'
  | 'register'
  | 'consent'
  | 'state'
  | 'exchange'
  | 'store'
  | 'initialize'
  | 'list_tools'
  | 'expired';

export interface AuthorizationFailure {
  step: AuthorizationStep;
  title: string;
  detail: string;
}

export interface VendorProject {
  id: string;
  name: string;
  timeZone?: string | null;
}

export interface AuthorizedAccount {
  organization?: string | null;
  user?: string | null;
  projects: VendorProject[];
}

export interface ToolCounts {
  allowed: number;
  refused: number;
}

export interface Authorization {
  id: string;
  vendor: string;
  region: string;
  status: AuthorizationStatus;
  authorizeUrl?: string | null;
  failure?: AuthorizationFailure | null;
  account?: AuthorizedAccount | null;
  tools?: ToolCounts | null;
  expiresAt: string;
}

export interface StartAuthorizationRequest {
  vendor: string;
  region: string;
  dataSourceId?: string;
}

export type DataSourceState = 'connecting' | 'connected' | 'degraded' | 'needs_reauthorization' | 'disconnected';

export interface Grant {
  issuedAt: string;
  refreshedAt?: string | null;
  expiresAt?: string | null;
  scopes: string[];
}

export interface DataSource {
  id: string;
  name: string;
  vendor: string;
  vendorName: string;
  region: string;
  regionName: string;
  sandbox: boolean;
  state: DataSourceState;
  stateReason?: string | null;
  organization?: string | null;
  project?: VendorProject | null;
  createdBy: string;
  createdAt: string;
  disconnectedAt?: string | null;
  grant?: Grant | null;
  tools: ToolCounts;
  writesSent: number;
  disconnectNote?: string | null;
}

export interface CreateDataSourceRequest {
  authorizationId: string;
  name: string;
  projectId?: string;
}

export interface Tool {
  name: string;
  title?: string | null;
  description?: string | null;
  verdict: 'allowed' | 'narrowed' | 'refused';
  layer: 'scope' | 'name' | 'annotations' | 'profile';
  reason: string;
  admittedValues?: Record<string, string[]> | null;
}

export interface Call {
  id: string;
  at: string;
  tool: string;
  argumentsJson: string;
  outcome: 'completed' | 'vendor_error' | 'refused' | 'failed';
  detail?: string | null;
  durationMs: number;
  bytes: number;
  requestedBy: string;
}

export type AnalysisStatus = 'queued' | 'running' | 'answered' | 'clarification' | 'declined' | 'failed' | 'stopped';

export interface Step {
  sequence: number;
  key: 'understand' | 'check_names' | 'ask_vendor' | 'compute' | 'draw';
  text: string;
  startedAt: string;
  finishedAt?: string | null;
  failed: boolean;
}

export type ColumnType = 'text' | 'date' | 'number' | 'percent' | 'duration' | 'currency';

export interface TableColumn {
  name: string;
  label: string;
  type: ColumnType;
  unit?: string | null;
}

export type Cell = string | number | null;

export interface ResultTable {
  shape: 'time_series' | 'categories' | 'funnel' | 'retention' | 'single_value' | 'table';
  columns: TableColumn[];
  rows: Cell[][];
  /** Indexes of rows whose period has not ended. */
  incompleteRows: number[];
  totalRows?: number | null;
}

export interface Fact {
  name: string;
  label: string;
  value: number;
  unit?: string | null;
  text: string;
  cells: { row: number; column: number }[];
}

export interface Evidence {
  dataSourceId: string;
  dataSourceName: string;
  organization?: string | null;
  project?: string | null;
  sandbox: boolean;
  tool: string;
  argumentsJson: string;
  query: unknown;
  queryText: string;
  rangeStart: string;
  rangeEnd: string;
  timeZone: string;
  rows: number;
  vendorMs: number;
  calls: number;
  vendorUrl?: string | null;
}

export interface Answer {
  text: string;
  chartId?: string | null;
  table: ResultTable;
  facts: Fact[];
  checks: { text: string; passed: boolean }[];
  assumptions: { field: string; text: string }[];
  caveats: string[];
  followUps: string[];
  evidence: Evidence;
}

export interface ClarificationOption {
  label: string;
  detail?: string | null;
  question: string;
}

export interface Analysis {
  id: string;
  conversationId: string;
  question: string;
  dataSourceId?: string | null;
  status: AnalysisStatus;
  steps: Step[];
  answer?: Answer | null;
  clarification?: { text: string; options: ClarificationOption[] } | null;
  refusal?: { text: string; suggestions: string[] } | null;
  failure?: { type: string; title: string; detail: string } | null;
  createdAt: string;
  startedAt?: string | null;
  finishedAt?: string | null;
}

export interface AskRequest {
  question: string;
  dataSourceId?: string;
  conversationId?: string;
}

export interface ConversationSummary {
  id: string;
  title: string;
  updatedAt: string;
  analyses: number;
}

export interface Conversation {
  id: string;
  title: string;
  createdAt: string;
  analyses: Analysis[];
}

export interface Suggestions {
  questions: string[];
}

export type ChartType =
  | 'line'
  | 'stacked_area'
  | 'bar'
  | 'horizontal_bar'
  | 'grouped_bar'
  | 'funnel'
  | 'retention'
  | 'single_value'
  | 'table';

/** An ECharts option without colours or functions, as the Charts service writes it. */
export type ChartOption = Record<string, unknown>;

export interface ChartSource {
  dataSourceId: string;
  dataSourceName: string;
  organization?: string | null;
  project?: string | null;
  sandbox: boolean;
  tool: string;
  rangeStart: string;
  rangeEnd: string;
  timeZone: string;
}

/** What a chart and a tile have in common: enough to draw it. */
export interface Drawing {
  title: string;
  type: ChartType;
  option: ChartOption;
  table: ResultTable;
  description: string;
}

export interface Chart extends Drawing {
  id: string;
  question: string;
  analysisId: string;
  source: ChartSource;
  capturedAt: string;
}

export interface TileLayout {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Tile extends Drawing {
  id: string;
  dashboardId: string;
  question: string;
  analysisId: string;
  source: ChartSource;
  layout: TileLayout;
  refreshedAt: string;
  state: 'fresh' | 'refreshing' | 'failed' | 'frozen';
  stateReason?: string | null;
}

export interface DashboardSummary {
  id: string;
  name: string;
  tiles: number;
  updatedAt: string;
}

export interface Dashboard {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
  tiles: Tile[];
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  traceId?: string;
  errors?: Record<string, string[]>;
  /** Which step of connecting failed, on problems of POST /api/authorizations. */
  step?: AuthorizationStep;
}
