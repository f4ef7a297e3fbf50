import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { proofQuery } from '@/api/tools';
import type { DataSource, ReadOnlyProof } from '@/api/types';
import { Fact, Facts } from '@/shared/Facts';
import { formatDateTime } from '@/shared/format/time';
import { formatCount } from '@/shared/format/values';
import { QueryState } from '@/shared/QueryState';

/** Why this connection only reads, in figures of its own log. */
export function ProofTab({ source }: { source: DataSource }) {
  const proof = useQuery(proofQuery(source.id));

  return (
    <QueryState query={proof} loading="Loading the proof">
      {(data) => (
        <Stack gap="lg">
          <section className="surface panel" aria-label="Writes sent">
            <p className="figure-value flush">{formatCount(data.writesSent)}</p>
            <p className="figure-label flush">writes sent to {source.vendorName}</p>
            <Text mt="sm">{data.statement}</Text>
          </section>
          <Facts title="What was asked and sent">
            <Fact label="Since">{formatDateTime(data.since)}</Fact>
            <Fact label="Calls sent">{formatCount(data.callsSent)}</Fact>
            <Fact label="Calls refused">{formatCount(data.callsRefused)}</Fact>
            <Fact label="Scopes asked for">{data.scopesAsked.join(', ') || 'None'}</Fact>
            <Fact label="Scopes granted">{data.scopesGranted.join(', ') || 'None named by the vendor'}</Fact>
            <Fact label="The scopes alone">
              {data.scopeIsReadOnly
                ? 'Allow reading only: the vendor itself would refuse a write.'
                : 'Do not rule out writing: the layers below do.'}
            </Fact>
          </Facts>
          <Layers layers={data.layers} />
          <Refusals refusals={data.latestRefusals} />
        </Stack>
      )}
    </QueryState>
  );
}

function Layers({ layers }: { layers: ReadOnlyProof['layers'] }) {
  return (
    <section className="surface" aria-labelledby="proof-layers">
      <h2 id="proof-layers" className="card-title panel">
        What stands between a question and a write
      </h2>
      <div className="table-scroll" tabIndex={0} role="region" aria-label="Layers">
        <table className="data-table">
          <caption className="visually-hidden">The layers of the policy and how many tools each refuses</caption>
          <thead>
            <tr>
              <th scope="col">Layer</th>
              <th scope="col" data-align="end">
                Tools it keeps out
              </th>
              <th scope="col">How</th>
            </tr>
          </thead>
          <tbody>
            {layers.map(({ layer, title, tools, detail }) => (
              <tr key={layer}>
                <th scope="row" className="row-heading">
                  {title}
                </th>
                <td data-align="end">{formatCount(tools)}</td>
                <td className="wrap">{detail}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Refusals({ refusals }: { refusals: ReadOnlyProof['latestRefusals'] }) {
  return (
    <section className="surface" aria-labelledby="proof-refusals">
      <h2 id="proof-refusals" className="card-title panel">
        Latest refusals
      </h2>
      {refusals.length === 0 ? (
        <Text c="dimmed" px="md" pb="md">
          No call had to be refused: nothing that could write was asked for.
        </Text>
      ) : (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Refusals">
          <table className="data-table">
            <caption className="visually-hidden">Calls that were refused before they were sent</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Tool</th>
                <th scope="col">Reason</th>
                <th scope="col">Asked for by</th>
              </tr>
            </thead>
            <tbody>
              {refusals.map(({ at, tool, reason, requestedBy }) => (
                <tr key={`${at} ${tool}`}>
                  <td className="no-wrap">{formatDateTime(at)}</td>
                  <td>
                    <code>{tool}</code>
                  </td>
                  <td className="wrap">{reason}</td>
                  <td>{requestedBy}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
