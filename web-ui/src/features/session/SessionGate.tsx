import { useQuery } from '@tanstack/react-query';
import { Navigate, Outlet, useLocation, useSearchParams } from 'react-router';
import { sessionQuery } from '@/api/session';
import { Loading } from '@/shared/Loading';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';

/** Lets signed-in people through; everyone else goes to create the first account or to sign in. */
export function SessionGate() {
  const session = useQuery(sessionQuery());
  const { pathname, search } = useLocation();

  if (session.isPending) return <Loading label="Opening ClariBI" height="100vh" />;
  if (!session.data) {
    return (
      <main style={{ maxWidth: 560, margin: '20vh auto', padding: 16 }}>
        <ProblemAlert error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (session.data.signedIn) return <Outlet />;
  if (session.data.registrationOpen) return <Navigate to={paths.welcome} replace />;

  const next = pathname + search;
  return <Navigate to={next === '/' ? paths.signIn : `${paths.signIn}?next=${encodeURIComponent(next)}`} replace />;
}

/** The other way round: welcome and sign-in send on whoever has no business there. Sign-in is open to every visitor. */
export function VisitorGate({ screen }: { screen: 'welcome' | 'sign-in' }) {
  const session = useQuery(sessionQuery());
  const [search] = useSearchParams();

  if (session.isPending) return <Loading label="Opening ClariBI" height="100vh" />;
  if (session.data?.signedIn) return <Navigate to={insideApp(search.get('next'))} replace />;
  if (screen === 'welcome' && session.data?.registrationOpen === false) return <Navigate to={paths.signIn} replace />;
  return <Outlet />;
}

/** Only an address inside the app: a link from elsewhere must not send a person away after sign-in. */
export function insideApp(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : paths.ask;
}
