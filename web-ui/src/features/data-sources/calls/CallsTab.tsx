import { Button, Group, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { callsQuery } from '@/api/tools';
import type { Call, DataSource } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { prettyJson } from '@/shared/format/json';
import { formatDateTime, localTimeZone } from '@/shared/format/time';
import { formatBytes, formatCount, formatDuration } from '@/shared/format/values';
import { Loading } from '@/shared/Loading';
import { ProblemAlert } from '@/shared/ProblemAlert';

const outcomes: Record<Call['outcome'], { label: string; tone: string }> = {
  completed: { label: 'Completed', tone: 'good' },
  vendor_error: { label: 'Vendor error', tone: 'bad' },
  refused: { label: 'Refused here', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
};

/** What was really sent to the vendor, newest first. */
export function CallsTab({ source }: { source: DataSource }) {
  const calls = useInfiniteQuery(callsQuery(source.id));
  const all = calls.data?.pages.flat();

  if (calls.isPending) return <Loading label="Loading the calls" />;
  if (!all) return <ProblemAlert error={calls.error} onRetry={() => void calls.refetch()} />;
  if (all.length === 0) {
    return (
      <EmptyState title="No calls yet">
        Every call to {source.vendorName} is listed here with its arguments. Ask a question to make the first one.
      </EmptyState>
    );
  }
  return (
    <Stack gap="md">
      <CallTable calls={all} source={source} />
      {calls.isError && <ProblemAlert error={calls.error} onRetry={() => void calls.fetchNextPage()} />}
      <Group gap="md">
        {calls.hasNextPage && (
          <Button variant="default" loading={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
            Show older calls
          </Button>
        )}
        <Text c="dimmed" role="status">
          {calls.hasNextPage ? `The newest ${formatCount(all.length)} calls` : `All ${formatCount(all.length)} calls`}
        </Text>
      </Group>
    </Stack>
  );
}

function CallTable({ calls, source }: { calls: Call[]; source: DataSource }) {
  return (
    <div className="surface table-scroll tall" tabIndex={0} role="region" aria-label="Calls">
      <table className="data-table">
        <caption className="visually-hidden">The last calls to {source.name}</caption>
        <thead>
          <tr>
            <th scope="col">
              Time <span className="cell-note">{localTimeZone()}</span>
            </th>
            <th scope="col">Who</th>
            <th scope="col">Tool and arguments</th>
            <th scope="col">Outcome</th>
            <th scope="col" data-align="end">
              Attempts
            </th>
            <th scope="col" data-align="end">
              Duration
            </th>
            <th scope="col" data-align="end">
              Size
            </th>
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CallRow({ call }: { call: Call }) {
  const outcome = outcomes[call.outcome];
  return (
    <tr>
      <td className="no-wrap">{formatDateTime(call.at)}</td>
      <td>{call.requestedBy}</td>
      <td>
        <details>
          <summary>
            <code>{call.tool}</code>
          </summary>
          <pre className="json">{prettyJson(call.argumentsJson)}</pre>
        </details>
      </td>
      <td>
        <span className="tag" data-tone={outcome.tone}>
          {outcome.label}
        </span>
        {call.detail && <span className="cell-note wrap">{call.detail}</span>}
        {call.coalesced && <span className="cell-note">Shared the answer of an identical call</span>}
      </td>
      <td data-align="end">{call.attempts ?? '–'}</td>
      <td data-align="end">
        {formatDuration(call.durationMs / 1000)}
        {typeof call.vendorTimeMs === 'number' && <span className="cell-note">vendor {formatDuration(call.vendorTimeMs / 1000)}</span>}
      </td>
      <td data-align="end">
        {formatBytes(call.bytes)}
        {call.truncatedRows ? <span className="cell-note">{formatCount(call.truncatedRows)} rows left out</span> : null}
      </td>
    </tr>
  );
}
