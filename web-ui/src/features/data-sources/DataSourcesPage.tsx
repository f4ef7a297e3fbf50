import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { dataSourcesQuery } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount, plural } from '@/shared/format/values';
import { Notice } from '@/shared/Notice';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { RelativeTime } from '@/shared/RelativeTime';
import { SampleDataBadge } from '@/shared/SampleDataBadge';
import { SourceState } from './SourceState';

export function DataSourcesPage() {
  const sources = useQuery(dataSourcesQuery());
  const navigate = useNavigate();
  const add = <Button onClick={() => void navigate(paths.addDataSource())}>Add data source</Button>;

  return (
    <Page title="Data Sources" actions={add}>
      <QueryState
        query={sources}
        loading="Loading your data sources"
        empty={{
          when: (all) => all.length === 0,
          show: (
            <EmptyState title="No data sources yet">
              Add a data source to ask questions about it. You sign in at the vendor in a popup; ClariBI receives a grant to
              read, keeps it encrypted, and can end it at any time.
            </EmptyState>
          ),
        }}
      >
        {(all) => (
          <Stack gap="md">
            {all.map((source) => (
              <SourceCard key={source.id} source={source} />
            ))}
          </Stack>
        )}
      </QueryState>
    </Page>
  );
}

function SourceCard({ source }: { source: DataSource }) {
  const identity = [source.vendorName, source.organization, source.project?.name, source.regionName].filter(Boolean).join(' · ');
  const grantAt = source.grant?.refreshedAt ?? source.grant?.issuedAt;
  const headingId = `source-${source.id}`;

  return (
    <article className="surface panel" aria-labelledby={headingId}>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Title order={2} id={headingId} className="wrap">
            <Link to={paths.dataSource(source.id)} className="heading-link">
              {source.name}
            </Link>
          </Title>
          {source.sandbox && <SampleDataBadge />}
        </Group>
        <Group gap="md">
          <SourceState state={source.state} />
          <Text className="wrap">{identity}</Text>
        </Group>
        <Text c="dimmed">
          Connected by {source.createdBy}, <RelativeTime at={source.createdAt} />
          {grantAt && (
            <>
              {' · '}grant {source.grant?.refreshedAt ? 'refreshed' : 'issued'} <RelativeTime at={grantAt} />
            </>
          )}
          {' · '}
          {plural(source.tools.allowed, 'tool')} that can only read · writes sent: {formatCount(source.writesSent)}
        </Text>
        {source.stateReason && source.state !== 'connected' && <Notice tone="warning">{source.stateReason}</Notice>}
      </Stack>
    </article>
  );
}
