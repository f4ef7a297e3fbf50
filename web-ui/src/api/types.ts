/**
 * The shapes of the HTTP API. Everything else imports types from here only.
 *
 * They are names for what `npm run types` generates from the OpenAPI documents of the services, with a refinement
 * wherever a document says less than the service promises; each one is explained.
 */
import type { components as chartsApi } from './generated/charts';
import type { components as connectorApi } from './generated/connector';
import type { components as gatewayApi } from './generated/gateway';
import type { components as plannerApi } from './generated/planner';

type Gateway = gatewayApi['schemas'];
type Connector = connectorApi['schemas'];
type Planner = plannerApi['schemas'];
type Charts = chartsApi['schemas'];

// Gateway: accounts, sessions, workspaces.

export type Workspace = Gateway['WorkspaceResponse'];
export type User = Gateway['UserResponse'];
/** `registrationOpen` is true while no account exists yet: the first visitor creates it. */
export type Session = Gateway['SessionResponse'];
export type CreateAccountRequest = Gateway['CreateAccountRequest'];
export type SignInRequest = Gateway['SignInRequest'];

// Connector: vendors, authorizations, data sources.

export type VendorRegion = Connector['VendorRegionResponse'];
export type AuthorizationStatus = Connector['AuthorizationStatus'];
export type AuthorizationStep = Connector['AuthorizationStep'];
export type AuthorizationFailure = Connector['AuthorizationFailureResponse'];
export type VendorProject = Connector['VendorProjectResponse'];
export type DataSourceState = Connector['DataSourceState'];
export type * from './connector';

// Planner: questions and answers.

export type AnalysisStatus = Planner['AnalysisStatus'];
export type Step = Planner['StepResponse'];
export type ColumnType = Planner['ColumnType'];
export type TableColumn = Planner['Column'];
export type ResultTable = Planner['ResultTable'];
export type Cell = ResultTable['rows'][number][number];
export type Evidence = Planner['EvidenceResponse'];
export type Answer = Planner['AnswerResponse'];
export type Analysis = Planner['AnalysisResponse'];
export type AskRequest = Planner['AskQuestionRequest'];
export type ConversationSummary = Planner['ConversationSummaryResponse'];
export type Conversation = Planner['ConversationResponse'];
export type Suggestions = Planner['SuggestionsResponse'];

// Charts: charts, dashboards, tiles.

export type ChartType = Charts['ChartType'];
/** An ECharts option without colours or functions. The document calls it an object and leaves it at that. */
export type ChartOption = Record<string, unknown>;
export type Chart = Omit<Charts['ChartResponse'], 'option'> & { option: ChartOption };
export type Tile = Omit<Charts['TileResponse'], 'option'> & { option: ChartOption };
/** What a chart and a tile have in common: enough to draw it. */
export type Drawing = Pick<Chart, 'title' | 'type' | 'option' | 'table' | 'description'>;
export type TileLayout = Charts['TileLayoutResponse'];
export type DashboardSummary = Charts['DashboardSummaryResponse'];
export type Dashboard = Omit<Charts['DashboardResponse'], 'tiles'> & { tiles: Tile[] };

/** The documents leave open what every problem of ours carries: a type, a title and a status. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  traceId?: string;
  errors?: Record<string, string[]>;
  /** Which step of connecting failed, on problems of POST /api/authorizations. */
  step?: AuthorizationStep;
  /** The organization connected before and the one that came back, on `other-organization`. */
  from?: string;
  to?: string;
}
