import { Button, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ComponentType } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { conversationsQuery } from '@/api/analyses';
import { dataSourceQuery } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { Loading } from '@/shared/Loading';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { OverviewTab } from './overview/OverviewTab';

interface TabOfSource {
  key: string;
  label: string;
  content: ComponentType<{ source: DataSource }>;
}

const tabs: TabOfSource[] = [
  { key: 'overview', label: 'Overview', content: OverviewTab },
  { key: 'tools', label: 'Tools', content: lazy(async () => ({ default: (await import('./tools/ToolsTab')).ToolsTab })) },
  { key: 'calls', label: 'Calls', content: lazy(async () => ({ default: (await import('./calls/CallsTab')).CallsTab })) },
  { key: 'proof', label: 'Read-only proof', content: lazy(async () => ({ default: (await import('./proof/ProofTab')).ProofTab })) },
  { key: 'doctor', label: 'Doctor', content: lazy(async () => ({ default: (await import('./doctor/DoctorTab')).DoctorTab })) },
];

export function DataSourcePage() {
  const { dataSourceId = '' } = useParams();
  const [search, setSearch] = useSearchParams();
  const source = useQuery(dataSourceQuery(dataSourceId));
  const tab = tabs.find((one) => one.key === search.get('tab'))?.key ?? 'overview';
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
            <Tabs.List aria-label="Parts of the data source">
              {tabs.map(({ key, label }) => (
                <Tabs.Tab key={key} value={key}>
                  {label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            {tabs.map(({ key, content: Content }) => (
              <Tabs.Panel key={key} value={key} pt="md">
                <Suspense fallback={<Loading label="Opening the tab" />}>
                  <Content source={data} />
                </Suspense>
              </Tabs.Panel>
            ))}
          </Tabs>
        )}
      </QueryState>
    </Page>
  );
}
