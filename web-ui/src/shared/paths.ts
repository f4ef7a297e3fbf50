/** Every address inside the app, in one place. */
export const paths = {
  ask: '/',
  askAbout: (dataSourceId: string) => `/?source=${dataSourceId}`,
  conversation: (id: string) => `/conversations/${id}`,
  analysis: (conversationId: string, analysisId: string) => `/conversations/${conversationId}#analysis-${analysisId}`,
  openQuestion: (analysisId: string) => `/analyses/${analysisId}`,
  dashboards: '/dashboards',
  dashboard: (id: string) => `/dashboards/${id}`,
  dataSources: '/data-sources',
  dataSource: (id: string, tab?: string) => `/data-sources/${id}${tab ? `?tab=${tab}` : ''}`,
  troubleshooting: '/data-sources/troubleshooting',
  addDataSource: (state: WizardState = {}) => {
    const query = new URLSearchParams(Object.entries(state)).toString();
    return `/data-sources/new${query ? `?${query}` : ''}`;
  },
  encryptionKeys: '/settings/encryption-keys',
  welcome: '/welcome',
  signIn: '/sign-in',
  oauthDone: '/oauth/done',
};

/** The wizard's whole state: it lives in the address, so a reload or a redirect resumes it. */
export interface WizardState {
  /** `custom` for the tab of servers outside the catalogue; the next two narrow the catalogue. */
  tab?: string;
  q?: string;
  category?: string;
  vendor?: string;
  region?: string;
  authorization?: string;
  /** The data source being reconnected. */
  source?: string;
}
