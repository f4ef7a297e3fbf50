import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { watchedDataSourcesQuery } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { formatCount, plural } from '@/shared/format/values';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { RelativeTime } from '@/shared/RelativeTime';
import { Health } from './Health';
import { distinguishers, identityOf } from './identity';
import { reconnectPath } from './reconnectPath';
import { SourceBadges } from './SourceBadges';
import { SourceState } from './SourceState';
import { StateReason } from './StateReason';

export function DataSourcesPage() {
  const sources = useQuery(watchedDataSourcesQuery());
  const navigate = useNavigate();

  return (
    <Page title="Data Sources" actions={<Button onClick={() => void navigate(paths.addDataSource())}>Add data source</Button>}>
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
        {(all) => {
          const alike = distinguishers(all);
          return (
            <Stack gap="md">
              {all.map((source) => (
                <SourceCard key={source.id} source={source} distinguisher={alike.get(source.id)} />
              ))}
            </Stack>
          );
        }}
      </QueryState>
      <Text c="dimmed">
        Something does not connect? <Link to={paths.troubleshooting}>Look it up in the troubleshooting table</Link>.
      </Text>
    </Page>
  );
}

function SourceCard({ source, distinguisher }: { source: DataSource; distinguisher: string | undefined }) {
  const headingId = `source-${source.id}`;
  const pending = source.toolsPending ?? 0;

  return (
    <article className="surface panel" aria-labelledby={headingId}>
      <Stack gap={6}>
        <Group justify="space-between" gap="xs">
          <Title order={2} id={headingId} className="wrap">
            <Link to={paths.dataSource(source.id)} className="heading-link">
              {source.name}
              {distinguisher && ` (${distinguisher})`}
            </Link>
          </Title>
          <Group gap={6}>
            <SourceBadges source={source} />
          </Group>
        </Group>
        <Group gap="md">
          <SourceState state={source.state} />
          <Text className="wrap">{identityOf(source)}</Text>
        </Group>
        {source.state !== 'disconnected' && <Health source={source} />}
        <Text c="dimmed">
          Connected by {source.createdBy}, <RelativeTime at={source.createdAt} />
          {' · '}
          {plural(source.tools.allowed, 'tool')} read-only
          {pending > 0 && (
            <>
              {' · '}
              <Link to={paths.dataSource(source.id, 'tools')}>{formatCount(pending)} waiting for approval</Link>
            </>
          )}
          {' · '}writes sent: {formatCount(source.writesSent)}
        </Text>
        <StateReason source={source} />
        {source.state === 'needs_reauthorization' && (
          <Group mt={4}>
            <Button component={Link} to={reconnectPath(source)} aria-describedby={headingId}>
              Reconnect
            </Button>
          </Group>
        )}
      </Stack>
    </article>
  );
}
