import { lazy, Suspense } from 'react';
import { Route, Routes } from 'react-router';
import { SessionGate, VisitorGate } from '@/features/session/SessionGate';
import { Loading } from '@/shared/Loading';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';

const WelcomePage = lazy(async () => ({ default: (await import('@/features/session/WelcomePage')).WelcomePage }));
const SignInPage = lazy(async () => ({ default: (await import('@/features/session/SignInPage')).SignInPage }));
const AskPage = lazy(async () => ({ default: (await import('@/features/ask/AskPage')).AskPage }));
const AnalysisLink = lazy(async () => ({ default: (await import('@/features/ask/AnalysisLink')).AnalysisLink }));
const DashboardsPage = lazy(async () => ({ default: (await import('@/features/dashboards/DashboardsPage')).DashboardsPage }));
const DashboardPage = lazy(async () => ({ default: (await import('@/features/dashboards/DashboardPage')).DashboardPage }));
const DataSourcesPage = lazy(async () => ({ default: (await import('@/features/data-sources/DataSourcesPage')).DataSourcesPage }));
const AddDataSourcePage = lazy(async () => ({
  default: (await import('@/features/data-sources/wizard/AddDataSourcePage')).AddDataSourcePage,
}));
const DataSourcePage = lazy(async () => ({ default: (await import('@/features/data-sources/DataSourcePage')).DataSourcePage }));
const TroubleshootingPage = lazy(async () => ({
  default: (await import('@/features/data-sources/TroubleshootingPage')).TroubleshootingPage,
}));
const EncryptionKeysPage = lazy(async () => ({
  default: (await import('@/features/settings/EncryptionKeysPage')).EncryptionKeysPage,
}));
const OAuthDonePage = lazy(async () => ({ default: (await import('@/features/data-sources/wizard/OAuthDonePage')).OAuthDonePage }));

export function AppRoutes() {
  return (
    <Suspense fallback={<Loading label="Opening ClariBI" height="100vh" />}>
      <Routes>
        <Route element={<VisitorGate screen="welcome" />}>
          <Route path="/welcome" element={<WelcomePage />} />
        </Route>
        <Route element={<VisitorGate screen="sign-in" />}>
          <Route path="/sign-in" element={<SignInPage />} />
        </Route>
        <Route path="/oauth/done" element={<OAuthDonePage />} />
        <Route element={<SessionGate />}>
          <Route element={<Shell />}>
            <Route path="/" element={<AskPage />} />
            <Route path="/conversations/:conversationId" element={<AskPage />} />
            <Route path="/analyses/:analysisId" element={<AnalysisLink />} />
            <Route path="/dashboards" element={<DashboardsPage />} />
            <Route path="/dashboards/:dashboardId" element={<DashboardPage />} />
            <Route path="/data-sources" element={<DataSourcesPage />} />
            <Route path="/data-sources/new" element={<AddDataSourcePage />} />
            <Route path="/data-sources/troubleshooting" element={<TroubleshootingPage />} />
            <Route path="/data-sources/:dataSourceId" element={<DataSourcePage />} />
            <Route path="/settings/encryption-keys" element={<EncryptionKeysPage />} />
            <Route path="*" element={<NotFoundPage />} />
          </Route>
        </Route>
      </Routes>
    </Suspense>
  );
}
