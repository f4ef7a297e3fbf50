import { Button, Group, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { dashboardsQuery, useCreateDashboard } from '@/api/charts';
import { EmptyState } from '@/shared/EmptyState';
import { plural } from '@/shared/format/values';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { RelativeTime } from '@/shared/RelativeTime';

const NameDialog = lazy(() => import('@/shared/NameDialog'));

export function DashboardsPage() {
  const boards = useQuery(dashboardsQuery());
  const create = useCreateDashboard();
  const navigate = useNavigate();
  const [naming, setNaming] = useState(false);

  return (
    <Page title="Dashboards" actions={<Button onClick={() => setNaming(true)}>New dashboard</Button>}>
      <QueryState
        query={boards}
        loading="Loading your dashboards"
        empty={{
          when: (all) => all.length === 0,
          show: (
            <EmptyState
              title="No dashboards yet"
              action={
                <Button component={Link} to={paths.ask} variant="default">
                  Ask a question
                </Button>
              }
            >
              A dashboard keeps answers in sight and refreshes them without asking again. Ask a question, then choose Pin on
              its answer.
            </EmptyState>
          ),
        }}
      >
        {(all) => (
          <ul className="plain-list board-list">
            {all.map((board) => (
              <li key={board.id} className="surface panel">
                <Title order={2} className="wrap">
                  <Link to={paths.dashboard(board.id)} className="heading-link">
                    {board.name}
                  </Link>
                </Title>
                <Group gap={4} mt={4}>
                  <Text c="dimmed">
                    {plural(board.tiles, 'tile')} · changed <RelativeTime at={board.updatedAt} />
                  </Text>
                </Group>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
      {naming && (
        <Suspense>
          <NameDialog
            title="New dashboard"
            label="Dashboard name"
            submit="Create dashboard"
            busy={create.isPending}
            error={create.error}
            onClose={() => setNaming(false)}
            onSubmit={(name) => create.mutate(name, { onSuccess: (board) => void navigate(paths.dashboard(board.id)) })}
          />
        </Suspense>
      )}
    </Page>
  );
}
