import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { dashboardQuery, useDeleteDashboard, useRenameDashboard } from '@/api/charts';
import type { Dashboard } from '@/api/types';
import { ActionMenu } from '@/shared/ActionMenu';
import { ConfirmDialog } from '@/shared/Dialog';
import { EmptyState } from '@/shared/EmptyState';
import { plural } from '@/shared/format/values';
import { Icon } from '@/shared/Icon';
import { notify } from '@/shared/notify';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { TileGrid } from './TileGrid';
import { useRefreshAll } from './useRefreshAll';

const NameDialog = lazy(() => import('@/shared/NameDialog'));

export function DashboardPage() {
  const { dashboardId = '' } = useParams();
  const board = useQuery(dashboardQuery(dashboardId));

  return (
    <Page
      title={board.data?.name ?? 'Dashboard'}
      actions={board.data && <BoardActions key={dashboardId} board={board.data} />}
    >
      <QueryState
        query={board}
        loading="Loading the dashboard"
        empty={{
          when: ({ tiles }) => tiles.length === 0,
          show: (
            <EmptyState
              title="No tiles yet"
              action={
                <Button component={Link} to={paths.ask} variant="default">
                  Ask a question
                </Button>
              }
            >
              Ask a question and choose Pin on its answer to put it here.
            </EmptyState>
          ),
        }}
      >
        {(data) => <TileGrid key={data.id} board={data} />}
      </QueryState>
    </Page>
  );
}

function BoardActions({ board }: { board: Dashboard }) {
  const [dialog, setDialog] = useState<'rename' | 'delete'>();
  const rename = useRenameDashboard(board.id);
  const remove = useDeleteDashboard();
  const refreshAll = useRefreshAll(board);
  const navigate = useNavigate();
  const close = () => setDialog(undefined);

  return (
    <>
      <Button
        variant="default"
        leftSection={<Icon name="refresh" size={14} />}
        loading={refreshAll.isPending}
        disabled={refreshAll.refreshable === 0}
        onClick={refreshAll.refresh}
      >
        Refresh all
      </Button>
      <ActionMenu
        label="More actions for this dashboard"
        actions={[
          { label: 'Rename', onSelect: () => setDialog('rename') },
          { label: 'Delete', tone: 'danger', onSelect: () => setDialog('delete') },
        ]}
      >
        <Icon name="more" />
      </ActionMenu>
      <Suspense>
        {dialog === 'rename' && (
          <NameDialog
            title="Rename dashboard"
            label="Dashboard name"
            initial={board.name}
            submit="Rename"
            busy={rename.isPending}
            error={rename.error}
            onClose={close}
            onSubmit={(name) => rename.mutate(name, { onSuccess: close })}
          />
        )}
      </Suspense>
      {dialog === 'delete' && (
        <ConfirmDialog
          title="Delete dashboard"
          confirm="Delete"
          cancel="Keep it"
          busy={remove.isPending}
          error={remove.error}
          onClose={close}
          onConfirm={() =>
            remove.mutate(board.id, {
              onSuccess: () => {
                notify(`Deleted ${board.name}.`);
                void navigate(paths.dashboards);
              },
            })
          }
        >
          <Text>
            “{board.name}” and its {plural(board.tiles.length, 'tile')} are deleted for good. The questions they came from stay in
            your conversations.
          </Text>
        </ConfirmDialog>
      )}
    </>
  );
}
