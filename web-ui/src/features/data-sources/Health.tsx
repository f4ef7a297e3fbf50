import type { DataSource } from '@/api/types';
import { RelativeTime } from '@/shared/RelativeTime';

type Tone = 'good' | 'bad' | 'off';

/**
 * Whether the server answers and whether it still lets us in are two things: a green light for one says nothing about
 * the other.
 */
export function Health({ source }: { source: DataSource }) {
  const { reachable, state, grant } = source;
  const granted = state === 'connected' || state === 'degraded';
  const grantAt = grant?.refreshedAt ?? grant?.issuedAt;

  return (
    <ul className="health" aria-label="Health">
      <Light tone={reachable ? (reachable.ok ? 'good' : 'bad') : 'off'}>
        {reachable ? (
          <>
            {reachable.ok ? 'Server reachable' : 'Server not reachable'}, <RelativeTime at={reachable.checkedAt} />
          </>
        ) : (
          'Server not checked yet'
        )}
      </Light>
      <Light tone={granted ? 'good' : state === 'needs_reauthorization' ? 'bad' : 'off'}>
        {granted ? 'Authorized' : 'Not authorized'}
        {granted && grantAt && (
          <>
            , grant {grant?.refreshedAt ? 'refreshed' : 'issued'} <RelativeTime at={grantAt} />
          </>
        )}
      </Light>
    </ul>
  );
}

function Light({ tone, children }: { tone: Tone; children: React.ReactNode }) {
  return (
    <li>
      <span className="light" data-tone={tone} aria-hidden="true" />
      <span>{children}</span>
    </li>
  );
}
