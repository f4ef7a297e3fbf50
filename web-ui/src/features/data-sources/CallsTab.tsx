import { useQuery } from '@tanstack/react-query';
import { callsQuery } from '@/api/sources';
import type { Call, DataSource } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { prettyJson } from '@/shared/format/json';
import { formatDateTime } from '@/shared/format/time';
import { formatCount, formatDuration } from '@/shared/format/values';
import { QueryState } from '@/shared/QueryState';

const outcomes: Record<Call['outcome'], { label: string; tone: string }> = {
  completed: { label: 'Completed', tone: 'good' },
  vendor_error: { label: 'Vendor error', tone: 'bad' },
  refused: { label: 'Refused here', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
};

/** What was really sent to the vendor, newest first. */
export function CallsTab({ source }: { source: DataSource }) {
  const calls = useQuery(callsQuery(source.id));

  return (
    <QueryState
      query={calls}
      loading="Loading the calls"
      empty={{
        when: (all) => all.length === 0,
        show: (
          <EmptyState title="No calls yet">
            Every call to {source.vendorName} is listed here with its arguments. Ask a question to make the first one.
          </EmptyState>
        ),
      }}
    >
      {(all) => (
        <div className="surface table-scroll tall" tabIndex={0} role="region" aria-label="Calls">
          <table className="data-table">
            <caption className="visually-hidden">The last calls to {source.name}</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Who</th>
                <th scope="col">Tool and arguments</th>
                <th scope="col">Result</th>
                <th scope="col" data-align="end">
                  Duration
                </th>
              </tr>
            </thead>
            <tbody>
              {all.map((call) => (
                <tr key={call.id}>
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
                    <span className="tag" data-tone={outcomes[call.outcome].tone}>
                      {outcomes[call.outcome].label}
                    </span>
                    <span className="cell-note wrap">{call.detail ?? `${formatCount(call.bytes)} bytes`}</span>
                  </td>
                  <td data-align="end">{formatDuration(call.durationMs / 1000)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryState>
  );
}
