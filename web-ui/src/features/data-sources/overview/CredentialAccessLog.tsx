import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { credentialAccessQuery } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { formatDateTime } from '@/shared/format/time';
import { QueryState } from '@/shared/QueryState';

/** Asked for when it is opened: most people never look. */
export function CredentialAccessLog({ source }: { source: DataSource }) {
  const [open, setOpen] = useState(false);

  return (
    <details className="surface panel evidence" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="evidence-title">Who used the credential</summary>
      {open && <AccessTable source={source} />}
    </details>
  );
}

function AccessTable({ source }: { source: DataSource }) {
  const accesses = useQuery(credentialAccessQuery(source.id));

  return (
    <QueryState
      query={accesses}
      loading="Loading the access log"
      empty={{
        when: (all) => all.length === 0,
        show: <Text c="dimmed">Nobody has used it yet. Every use is noted here with its purpose.</Text>,
      }}
    >
      {(all) => (
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Credential access">
          <table className="data-table">
            <caption className="visually-hidden">The last uses of the credential of {source.name}</caption>
            <thead>
              <tr>
                <th scope="col">Time</th>
                <th scope="col">Service</th>
                <th scope="col">Purpose</th>
                <th scope="col">Outcome</th>
                <th scope="col" data-align="end">
                  Generation
                </th>
                <th scope="col">Lease ends</th>
              </tr>
            </thead>
            <tbody>
              {all.map((access, index) => (
                <tr key={`${access.at} ${index}`}>
                  <td className="no-wrap">{formatDateTime(access.at)}</td>
                  <td>{access.service}</td>
                  <td>{access.purpose}</td>
                  <td>{access.outcome}</td>
                  <td data-align="end">{access.generation}</td>
                  <td className="no-wrap">{access.leaseExpiresAt ? formatDateTime(access.leaseExpiresAt) : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </QueryState>
  );
}
