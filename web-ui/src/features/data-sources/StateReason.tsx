import type { DataSource } from '@/api/types';
import { Notice } from '@/shared/Notice';
import { RelativeTime } from '@/shared/RelativeTime';

/** Why a source is not simply connected, what to do, and when ClariBI tries again by itself. */
export function StateReason({ source }: { source: DataSource }) {
  const { state, stateReason, fix, retryAt, disconnectNote } = source;
  if (disconnectNote) return <Notice tone="info">{disconnectNote}</Notice>;
  if (!stateReason || state === 'connected') return null;

  return (
    <Notice tone={state === 'disconnected' ? 'info' : 'warning'} title={stateReason}>
      {fix && <div>What to do: {fix}</div>}
      {state === 'degraded' && retryAt && (
        <div>
          ClariBI tries again <RelativeTime at={retryAt} upcoming />.
        </div>
      )}
    </Notice>
  );
}
