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
import type { components as vaultApi } from './generated/vault';

type Gateway = gatewayApi['schemas'];
type Connector = connectorApi['schemas'];
type Planner = plannerApi['schemas'];
type Charts = chartsApi['schemas'];
type Vault = vaultApi['schemas'];

/** A field with a default may be left out; the generator knows that of answers only. */
type OptionalWithDefault<T, K extends keyof T> = Omit<T, K> & Partial<Pick<T, K>>;

// Gateway: accounts, sessions, workspaces.

export type Workspace = Gateway['WorkspaceResponse'];
export type User = Gateway['UserResponse'];
/** `registrationOpen` is true while no account exists yet: the first visitor creates it. */
export type Session = Gateway['SessionResponse'];
export type CreateAccountRequest = Gateway['CreateAccountRequest'];
export type SignInRequest = Gateway['SignInRequest'];

// Connector: vendors, authorizations, data sources.

export type Vendor = Connector['VendorResponse'];
export type VendorRegion = Connector['VendorRegionResponse'];
export type StartAuthorizationRequest = OptionalWithDefault<Connector['StartAuthorizationRequest'], 'startOver'>;
export type ServiceAccountRequest = Connector['StartServiceAccountRequest'];
export type ClientCredentials = Connector['GivenClient'];
export type Authorization = Connector['AuthorizationResponse'];
export type AuthorizationStatus = Connector['AuthorizationStatus'];
export type AuthorizationStep = Connector['AuthorizationStep'];
export type AuthorizationFailure = Connector['AuthorizationFailureResponse'];
export type VendorProject = Connector['VendorProjectResponse'];
export type OrganizationChange = Connector['OrganizationChangeResponse'];
export type DataSource = Connector['DataSourceResponse'];
export type DataSourceState = Connector['DataSourceState'];
export type CreateDataSourceRequest = Connector['CreateDataSourceRequest'];
export type ChangeDataSourceRequest = Connector['ChangeDataSourceRequest'];
export type TimelineEntry = Connector['TimelineEntryResponse'];
export type CredentialAccess = Connector['CredentialAccess'];

// Connector: the doctor.

export type DoctorRequest = Connector['DoctorRequest'];
export type DoctorReport = Connector['DoctorReport'];
export type DoctorStep = Connector['DoctorStepResponse'];
export type DoctorStepStatus = Connector['DoctorStatus'];

// Connector: tools, what is known of them, and calls.

export type Tool = Connector['ToolResponse'];
export type ToolList = Connector['ToolListResponse'];
export type ToolVerdict = Connector['Verdict'];
export type ToolLayer = Connector['PolicyLayer'];
export type DataClass = Connector['DataClass'];
export type DataClasses = Connector['DataClassesResponse'];
export type DefinitionChange = Connector['DefinitionChange'];
export type ReadOnlyProof = Connector['ReadOnlyProofResponse'];
export type ProofLayer = Connector['ProofLayerResponse'];
export type Call = Connector['CallResponse'];
/** The document leaves the arguments open; a call takes an object. */
export type CallRequest = Omit<Connector['MakeCallRequest'], 'arguments'> & { arguments: Record<string, unknown> };
export type CallResult = Connector['MadeCallResponse'];

// Vault: encryption keys.

export type EncryptionKeys = Vault['EncryptionKeysResponse'];
export type KeyRotation = Vault['RotationResponse'];

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
  /** The hosts that a person has to agree to, on `sign-in-elsewhere`: sent back as it is. */
  confirm?: string;
  /** The organization connected before and the one that came back, on `other-organization`. */
  from?: string;
  to?: string;
}
