import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { toolsQuery } from '@/api/tools';
import type { DataSource } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { QueryState } from '@/shared/QueryState';
import { DataClassPanel } from './DataClassPanel';
import { PendingChanges } from './PendingChanges';
import { ToolTable } from './ToolTable';
import { TryTool } from './TryTool';

/** Every tool the vendor published, with the verdict and the layer that decided; what changed comes first. */
export function ToolsTab({ source }: { source: DataSource }) {
  const tools = useQuery(toolsQuery(source.id));

  return (
    <QueryState
      query={tools}
      loading="Loading the tools"
      empty={{
        when: (list) => list.tools.length === 0,
        show: (
          <EmptyState title="No tools are known">
            {source.vendorName} published none the last time ClariBI asked. Reconnect the data source to ask again.
          </EmptyState>
        ),
      }}
    >
      {(list) => (
        <Stack gap="lg">
          <PendingChanges source={source} tools={list.tools} />
          <DataClassPanel source={source} personal={list.personalTools} freeText={list.freeTextTools} />
          <ToolTable source={source} list={list} />
          <TryTool source={source} tools={list.tools} />
        </Stack>
      )}
    </QueryState>
  );
}
