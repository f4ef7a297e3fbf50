import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router';
import { conversationsQuery } from '@/api/analyses';
import { dataSourceQuery } from '@/api/sources';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { CallsTab } from './CallsTab';
import { OverviewTab } from './OverviewTab';
import { ToolsTab } from './ToolsTab';

const tabs = ['overview', 'tools', 'calls'] as const;

export function DataSourcePage() {
  const { dataSourceId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const source = useQuery(dataSourceQuery(dataSourceId));
  const tab = tabs.find((one) => one === search.get('tab')) ?? 'overview';
  const conversations = useQuery(conversationsQuery());
  const canAsk = source.data?.state === 'connected' || source.data?.state === 'degraded';

  return (
    <Page
      title={source.data?.name ?? 'Data source'}
      actions={
        canAsk && (
          <Button component={Link} to={paths.askAbout(dataSourceId)}>
            {conversations.data?.length === 0 ? 'Ask your first question' : 'Ask a question'}
          </Button>
        )
      }
    >
      <QueryState query={source} loading="Loading the data source">
        {(data) => (
          <Tabs
            value={tab}
            onChange={(value) => setSearch(value && value !== 'overview' ? { tab: value } : {}, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List>
              <Tabs.Tab value="overview">Overview</Tabs.Tab>
              <Tabs.Tab value="tools">Tools</Tabs.Tab>
              <Tabs.Tab value="calls">Calls</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="overview" pt="md">
              <OverviewTab source={data} />
            </Tabs.Panel>
            <Tabs.Panel value="tools" pt="md">
              <ToolsTab source={data} />
            </Tabs.Panel>
            <Tabs.Panel value="calls" pt="md">
              <CallsTab source={data} />
            </Tabs.Panel>
          </Tabs>
        )}
      </QueryState>
    </Page>
  );
}
