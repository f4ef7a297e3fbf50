import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { projectsQuery, useChangeDataSource } from '@/api/sources';
import type { DataSource, VendorProject } from '@/api/types';
import { ProjectChoice } from '@/features/data-sources/ProjectChoice';
import { Dialog } from '@/shared/Dialog';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryState } from '@/shared/QueryState';

interface ProjectDialogProps {
  source: DataSource;
  onClose: () => void;
}

export default function ProjectDialog({ source, onClose }: ProjectDialogProps) {
  const projects = useQuery(projectsQuery(source.id));

  return (
    <Dialog title="Change project" onClose={onClose}>
      <QueryState
        query={projects}
        loading={`Asking ${source.vendorName} for the projects`}
        empty={{
          when: (all) => all.length === 0,
          show: (
            <Text>
              {source.vendorName} shows no project to this account. Ask an admin there for access to one, then open this again.
            </Text>
          ),
        }}
      >
        {(all) => <ProjectForm source={source} projects={all} onClose={onClose} />}
      </QueryState>
    </Dialog>
  );
}

function ProjectForm({ source, projects, onClose }: ProjectDialogProps & { projects: VendorProject[] }) {
  const change = useChangeDataSource(source.id);
  const form = useForm({
    initialValues: { projectId: projects.find((one) => one.id === source.project?.id)?.id ?? '' },
    validate: { projectId: (id) => (id ? null : 'Choose the project to ask questions about.') },
  });

  return (
    <form onSubmit={form.onSubmit(({ projectId }) => change.mutate({ projectId }, { onSuccess: onClose }))}>
      <Stack gap="md">
        <ProjectChoice projects={projects} input={form.getInputProps('projectId')} />
        <Text c="dimmed">
          Questions ask the new project from now on, and tiles from their next refresh on: their numbers change with it.
        </Text>
        {change.isError && <ProblemAlert error={change.error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={change.isPending}>
            Change project
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
