/**
 * Shapes of the Connector and the Vault that the OpenAPI documents of this build do not hold yet, exactly as the
 * services answer. `types.ts` gives them to everything else.
 */
import type { components } from './generated/connector';

type Schemas = components['schemas'];

export type Vendor = Schemas['VendorResponse'] & {
  /** Set where the person has to type the server's address: what it looks like. */
  urlHint?: string | null;
  /** What an admin of the vendor has to allow before anyone can connect. */
  adminStep?: string | null;
  /** The vendor registers no client by itself: the person brings the ID and the secret of their own app. */
  needsClient: boolean;
  serviceAccounts: boolean;
  ownerOnly: boolean;
};

export interface ClientCredentials {
  id: string;
  secret?: string;
}

export interface StartAuthorizationRequest {
  vendor: string;
  region?: string;
  serverUrl?: string;
  dataSourceId?: string;
  client?: ClientCredentials;
  /** Forgets the client registered before and registers a new one. */
  startOver?: boolean;
}

export interface ServiceAccountRequest {
  vendor: string;
  region?: string;
  serverUrl?: string;
  clientId: string;
  clientSecret: string;
  dataSourceId?: string;
}

export interface OrganizationChange {
  from: string;
  to: string;
}

export type Authorization = Schemas['AuthorizationResponse'] & {
  serverUrl?: string | null;
  serviceAccount?: boolean;
  /** A reconnect that came back as another organization. */
  organizationChange?: OrganizationChange | null;
  /** An earlier sign-in with this registration was abandoned: it may be the registration that fails. */
  suspect?: boolean;
};

export type CreateDataSourceRequest = Schemas['CreateDataSourceRequest'] & { confirmOrganizationChange?: boolean };

export interface ChangeDataSourceRequest {
  name?: string;
  projectId?: string;
}

export type DataSource = Schemas['DataSourceResponse'] & {
  serverUrl?: string | null;
  serviceAccount?: boolean;
  organizationId?: string | null;
  /** Stable, such as `grant_ended` or `vendor_unreachable`; the sentence for it is `stateReason`. */
  stateCode?: string | null;
  fix?: string | null;
  retryAt?: string | null;
  reachable?: { ok: boolean; checkedAt: string } | null;
  challengedScope?: string | null;
  consentedAt?: string | null;
  toolsPending?: number;
  personalTools?: boolean;
  freeTextTools?: boolean;
};

export interface TimelineEntry {
  id: string;
  at: string;
  /** Stable, such as `consented` or `refresh_failed`; kinds may be added. */
  kind: string;
  title: string;
  detail?: string | null;
  by?: string | null;
}

export type DoctorStepStatus = 'passed' | 'failed' | 'skipped';

export interface DoctorStep {
  step: string;
  status: DoctorStepStatus;
  title: string;
  detail?: string | null;
  cause?: string | null;
  fix?: string | null;
  durationMs: number;
}

export interface DoctorReport {
  startedAt: string;
  durationMs: number;
  healthy: boolean;
  steps: DoctorStep[];
  /** Without any secret: meant to be copied and passed on. */
  trace: string;
}

export interface DoctorRequest {
  vendor: string;
  region?: string;
  serverUrl?: string;
}

export interface CredentialAccess {
  at: string;
  service: string;
  purpose: string;
  outcome: string;
  generation: number;
  leaseExpiresAt?: string | null;
}

export type ToolVerdict = 'allowed' | 'narrowed' | 'refused' | 'off' | 'quarantined';
export type ToolLayer = 'scope' | 'name' | 'annotations' | 'profile' | 'data_class' | 'pin' | 'switch';
export type DataClass = 'aggregate' | 'personal' | 'free_text';

export interface DefinitionChange {
  path: string;
  before?: string | null;
  after?: string | null;
}

export interface Tool {
  name: string;
  title?: string | null;
  description?: string | null;
  verdict: ToolVerdict;
  layer: ToolLayer;
  reason: string;
  admittedValues?: Record<string, string[]> | null;
  dataClass: DataClass;
  enabled: boolean;
  canSwitch: boolean;
  change?: 'new' | 'changed' | 'removed' | null;
  changes?: DefinitionChange[] | null;
  /** Of the definition shown: an approval names it, so nothing else is approved by accident. */
  hash: string;
  approvedBy?: string | null;
  approvedAt?: string | null;
}

export interface ToolList {
  tools: Tool[];
  checkedAt?: string | null;
  personalTools: boolean;
  freeTextTools: boolean;
  pending: number;
}

export interface ProofLayer {
  layer: string;
  title: string;
  tools: number;
  detail: string;
}

export interface ReadOnlyProof {
  since: string;
  scopesAsked: string[];
  scopesGranted: string[];
  scopeIsReadOnly: boolean;
  callsSent: number;
  callsRefused: number;
  writesSent: number;
  layers: ProofLayer[];
  latestRefusals: { at: string; tool: string; reason: string; requestedBy: string }[];
  statement: string;
}

export type Call = Schemas['CallResponse'] & {
  attempts?: number;
  vendorTimeMs?: number | null;
  coalesced?: boolean;
  truncatedRows?: number | null;
  argumentsHash?: string | null;
  definitionHash?: string | null;
};

export interface CallResult {
  id: string;
  text: string;
  vendorIsError: boolean;
  durationMs: number;
  truncatedRows?: number | null;
}

export interface KeyRotation {
  id: string;
  startedAt: string;
  finishedAt?: string | null;
  to: string;
  total: number;
  done: number;
  failed: number;
}

export interface EncryptionKeys {
  provider: 'key_file' | 'azure_key_vault';
  current: string;
  versions: { version: string; current: boolean; grants: number }[];
  rotation?: KeyRotation | null;
}
