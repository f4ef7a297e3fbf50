import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { dashboardsQuery, usePin } from '@/api/charts';
import type { Chart, DashboardSummary } from '@/api/types';
import { Dialog } from '@/shared/Dialog';
import { notify } from '@/shared/notify';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryState } from '@/shared/QueryState';

const newBoard = 'new';

interface PinDialogProps {
  chart: Chart;
  onClose: () => void;
}

export default function PinDialog({ chart, onClose }: PinDialogProps) {
  const boards = useQuery(dashboardsQuery());

  return (
    <Dialog title="Pin to dashboard" onClose={onClose}>
      <QueryState query={boards} loading="Loading your dashboards">
        {(all) => <PinForm chart={chart} boards={all} onClose={onClose} />}
      </QueryState>
    </Dialog>
  );
}

function PinForm({ chart, boards, onClose }: PinDialogProps & { boards: DashboardSummary[] }) {
  const pin = usePin();
  const form = useForm({
    initialValues: { board: boards[0]?.id ?? newBoard, name: '', title: chart.title },
    validate: {
      name: (name, { board }) => (board !== newBoard || name.trim() ? null : 'Enter a name for the new dashboard.'),
      title: (title) => (title.trim() ? null : 'Enter a title for the tile.'),
    },
  });

  const onSubmit = form.onSubmit(({ board, name, title }) => {
    const existing = boards.find((one) => one.id === board);
    pin.mutate(
      { chartId: chart.id, title: title.trim(), board: existing ?? { name: name.trim() } },
      {
        onSuccess: (target) => {
          notify(
            <>
              Pinned to {target.name}. <Link to={paths.dashboard(target.id)}>Open dashboard</Link>
            </>,
          );
          onClose();
        },
      },
    );
  });

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        {boards.length > 0 && (
          <NativeSelect
            label="Dashboard"
            autoFocus
            data-autofocus
            data={[...boards.map(({ id, name }) => ({ value: id, label: name })), { value: newBoard, label: 'New dashboard' }]}
            {...form.getInputProps('board')}
          />
        )}
        {form.values.board === newBoard && (
          <TextInput
            label="New dashboard name"
            placeholder="Growth weekly"
            maxLength={120}
            autoFocus
            data-autofocus={boards.length === 0 || undefined}
            {...form.getInputProps('name')}
          />
        )}
        <TextInput label="Tile title" maxLength={200} {...form.getInputProps('title')} />
        {pin.isError && <ProblemAlert error={pin.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={pin.isPending}>
            Pin
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
