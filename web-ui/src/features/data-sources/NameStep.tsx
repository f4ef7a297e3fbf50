import { Button, Group, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { dataSourcesQuery, useCancelAuthorization, useCreateDataSource } from '@/api/sources';
import type { Authorization, CreateDataSourceRequest, DataSource } from '@/api/types';
import { plural } from '@/shared/format/values';
import { notifyProblem } from '@/shared/notify';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryState } from '@/shared/QueryState';
import { StepHeading } from './StepHeading';

/** Up to here every project is in sight as a radio button; more fit better into a list. */
const mostRadios = 6;

interface NameStepProps {
  authorization: Authorization;
  vendor: string;
  sourceId: string | undefined;
  onStartOver: () => void;
}

export function NameStep(props: NameStepProps) {
  const sources = useQuery(dataSourcesQuery());

  return (
    <QueryState query={sources} loading="Loading your data sources">
      {(all) => <NameForm {...props} reconnected={all.find((source) => source.id === props.sourceId)} />}
    </QueryState>
  );
}

function NameForm({ authorization, vendor, onStartOver, reconnected }: NameStepProps & { reconnected: DataSource | undefined }) {
  const navigate = useNavigate();
  const create = useCreateDataSource();
  const cancel = useCancelAuthorization();
  const { organization, user, projects = [] } = authorization.account ?? {};
  const known = projects.find((project) => project.id === reconnected?.project?.id);

  const form = useForm({
    initialValues: {
      name: reconnected?.name ?? [vendor, organization].filter(Boolean).join(' · '),
      projectId: (projects.length === 1 ? projects[0] : known)?.id ?? '',
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Enter a name for the data source.'),
      projectId: (id) => (id || projects.length === 0 ? null : 'Choose the project to ask questions about.'),
    },
  });

  const onSubmit = form.onSubmit(({ name, projectId }) => {
    const request: CreateDataSourceRequest = { authorizationId: authorization.id, name: name.trim() };
    if (projectId) request.projectId = projectId;
    create.mutate(request, { onSuccess: (source) => void navigate(paths.dataSource(source.id), { replace: true }) });
  });

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <StepHeading>{reconnected ? 'Check the account' : 'Name the data source'}</StepHeading>
        <dl className="facts-list">
          <dt>Organization</dt>
          <dd>{organization ?? `Not told by ${vendor}`}</dd>
          {user && (
            <>
              <dt>Signed in as</dt>
              <dd>{user}</dd>
            </>
          )}
          {authorization.tools && (
            <>
              <dt>Tools</dt>
              <dd>
                {plural(authorization.tools.allowed, 'tool')} that can only read; {plural(authorization.tools.refused, 'tool')} refused
              </dd>
            </>
          )}
          {projects.length === 1 && (
            <>
              <dt>Project</dt>
              <dd>{projects[0]?.name}</dd>
            </>
          )}
        </dl>
        {projects.length > 1 && projects.length <= mostRadios && (
          <Radio.Group label="Project" withAsterisk {...form.getInputProps('projectId')}>
            <Stack gap="xs" mt="xs">
              {projects.map((project) => (
                <Radio key={project.id} value={project.id} label={project.name} {...(project.timeZone ? { description: project.timeZone } : {})} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {projects.length > mostRadios && (
          <NativeSelect
            label="Project"
            withAsterisk
            data={[{ value: '', label: 'Choose a project' }, ...projects.map(({ id, name }) => ({ value: id, label: name }))]}
            {...form.getInputProps('projectId')}
          />
        )}
        <TextInput label="Name" maxLength={80} {...form.getInputProps('name')} />
        <Text c="dimmed">The name is shown with every answer that comes from this data source.</Text>
        {create.isError && <ProblemAlert error={create.error} />}
        <Group gap="sm">
          <Button type="submit" loading={create.isPending}>
            Finish
          </Button>
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(authorization.id, { onSuccess: onStartOver, onError: notifyProblem })}
          >
            Start over
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
