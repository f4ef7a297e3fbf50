import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { timelineQuery } from '@/api/sources';
import type { DataSource, TimelineEntry } from '@/api/types';
import { daysSince, formatDateTime } from '@/shared/format/time';
import { plural } from '@/shared/format/values';
import { QueryState } from '@/shared/QueryState';
import { RelativeTime } from '@/shared/RelativeTime';
import { useNow } from '@/shared/useNow';

const good = new Set(['consented', 'reconnected', 'refreshed', 'recovered', 'revocation_confirmed']);
const warn = new Set(['degraded', 'tools_changed', 'revocation_pending']);
const bad = new Set(['refresh_failed', 'needs_reauthorization']);

/** A kind added later is neutral until it is named here. */
function toneOf(kind: string) {
  if (good.has(kind)) return 'good';
  if (warn.has(kind)) return 'warn';
  return bad.has(kind) ? 'bad' : 'off';
}

/** So many entries are in sight before the rest is asked for. */
const firstEntries = 8;

export function Timeline({ source }: { source: DataSource }) {
  const timeline = useQuery(timelineQuery(source.id));
  const now = useNow(60_000);
  const [all, setAll] = useState(false);

  return (
    <section className="surface panel" aria-label="Health timeline">
      <h2 className="card-title panel-title">Health timeline</h2>
      {source.consentedAt && source.state !== 'disconnected' && (
        <Text mb="sm">
          {sinceConsent(daysSince(source.consentedAt, now))}
          {source.grant?.refreshedAt && (
            <>
              {' · '}last refreshed <RelativeTime at={source.grant.refreshedAt} />
            </>
          )}
        </Text>
      )}
      <QueryState
        query={timeline}
        loading="Loading the timeline"
        empty={{
          when: (entries) => entries.length === 0,
          show: <Text c="dimmed">Nothing has happened yet. Consent, refreshes and failures are listed here.</Text>,
        }}
      >
        {(entries) => (
          <>
            <ol className="timeline" aria-label="Events">
              {entries.slice(0, all ? undefined : firstEntries).map((entry) => (
                <Entry key={entry.id} entry={entry} upcoming={entry.kind === 'expires'} />
              ))}
            </ol>
            {!all && entries.length > firstEntries && (
              <button type="button" className="link-button" onClick={() => setAll(true)}>
                Show all {entries.length} events
              </button>
            )}
          </>
        )}
      </QueryState>
    </section>
  );
}

const sinceConsent = (days: number) => (days === 0 ? 'Consent was given today' : `${plural(days, 'day')} since consent`);

function Entry({ entry, upcoming }: { entry: TimelineEntry; upcoming: boolean }) {
  return (
    <li data-tone={toneOf(entry.kind)} data-upcoming={upcoming}>
      <span>
        {entry.title}
        {entry.by && <span className="dimmed"> by {entry.by}</span>}
      </span>
      <span className="cell-note">
        {formatDateTime(entry.at)}, <RelativeTime at={entry.at} upcoming={upcoming} />
      </span>
      {entry.detail && <span className="cell-note wrap">{entry.detail}</span>}
    </li>
  );
}
