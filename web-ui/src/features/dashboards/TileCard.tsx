import { Group, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useNavigate } from 'react-router';
import { useRefreshTile, useRenameTile } from '@/api/charts';
import type { Tile } from '@/api/types';
import { ChartView, isDrawn } from '@/charts/ChartView';
import { ResultTableView } from '@/charts/ResultTableView';
import { ActionMenu, type MenuAction } from '@/shared/ActionMenu';
import { formatRange } from '@/shared/format/time';
import { Icon } from '@/shared/Icon';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { RelativeTime } from '@/shared/RelativeTime';
import { SampleDataBadge } from '@/shared/SampleDataBadge';
import { TileState } from './TileState';

const NameDialog = lazy(() => import('@/shared/NameDialog'));

interface TileCardProps {
  tile: Tile;
  actions: (MenuAction | 'separator')[];
}

export function TileCard({ tile, actions }: TileCardProps) {
  const refresh = useRefreshTile(tile.dashboardId);
  const rename = useRenameTile(tile.dashboardId);
  const navigate = useNavigate();
  const [renaming, setRenaming] = useState(false);
  const [asTable, setAsTable] = useState(false);
  const drawn = isDrawn(tile);
  const headingId = `tile-${tile.id}`;
  const refreshing = refresh.isPending || tile.state === 'refreshing';

  return (
    <section className="surface tile" aria-labelledby={headingId}>
      <Group justify="space-between" align="flex-start" wrap="nowrap" gap="xs">
        <h2 id={headingId} className="card-title wrap">
          {tile.title}
        </h2>
        <Group gap={0} wrap="nowrap">
          <button
            type="button"
            className="icon-button"
            aria-label="Refresh"
            title="Refresh"
            data-busy={refreshing}
            disabled={refreshing || tile.state === 'frozen'}
            onClick={() => refresh.mutate(tile.id)}
          >
            <Icon name="refresh" />
          </button>
          <ActionMenu
            label="More actions for this tile"
            actions={[
              { label: 'Open question', onSelect: () => void navigate(paths.openQuestion(tile.analysisId)) },
              ...(drawn ? [{ label: asTable ? 'Show as chart' : 'Show as table', onSelect: () => setAsTable(!asTable) }] : []),
              { label: 'Rename', onSelect: () => setRenaming(true) },
              'separator',
              ...actions,
            ]}
          >
            <Icon name="more" />
          </ActionMenu>
        </Group>
      </Group>

      <TileState tile={tile} />
      {refresh.isError && <ProblemAlert error={refresh.error} />}

      <div className="tile-body" data-drawn={drawn && !asTable}>
        {asTable ? <ResultTableView table={tile.table} caption={tile.title} /> : <ChartView drawing={tile} />}
      </div>

      <Group gap="xs" className="tile-foot">
        {tile.source.sandbox && <SampleDataBadge />}
        <Text size="xs" c="dimmed" className="wrap">
          {tile.source.dataSourceName} · {formatRange(tile.source.rangeStart, tile.source.rangeEnd)} ·{' '}
          {refreshing ? (
            'refreshing'
          ) : (
            <>
              refreshed <RelativeTime at={tile.refreshedAt} />
            </>
          )}
        </Text>
      </Group>

      {renaming && (
        <Suspense>
          <NameDialog
            title="Rename tile"
            label="Tile title"
            initial={tile.title}
            submit="Rename"
            busy={rename.isPending}
            error={rename.error}
            onClose={() => setRenaming(false)}
            onSubmit={(title) => rename.mutate({ tileId: tile.id, title }, { onSuccess: () => setRenaming(false) })}
          />
        </Suspense>
      )}
    </section>
  );
}
