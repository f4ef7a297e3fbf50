import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { isProblem } from '@/api/http';
import { dataSourcesQuery, useCancelAuthorization, useCreateDataSource } from '@/api/sources';
import type { Authorization, DataSource, OrganizationChange, VendorRegion } from '@/api/types';
import { ProjectChoice } from '@/features/data-sources/ProjectChoice';
import { notifyProblem } from '@/shared/notify';
import { paths } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryState } from '@/shared/QueryState';
import { AccountFacts } from './AccountFacts';
import { OrganizationWarning } from './OrganizationWarning';
import { StepHeading } from './StepHeading';

interface NameStepProps {
  authorization: Authorization;
  vendor: string;
  region: VendorRegion | undefined;
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

type NameFormProps = NameStepProps & { reconnected: DataSource | undefined };

function NameForm({ authorization, vendor, region, onStartOver, reconnected }: NameFormProps) {
  const navigate = useNavigate();
  const create = useCreateDataSource();
  const cancel = useCancelAuthorization();
  const projects = authorization.account?.projects ?? [];
  const change = authorization.organizationChange ?? changeIn(create.error);

  const form = useForm({
    initialValues: {
      name: reconnected?.name ?? proposedName(authorization, vendor),
      projectId: (projects.length === 1 ? projects[0] : projects.find((one) => one.id === reconnected?.project?.id))?.id ?? '',
      confirmed: false,
    },
    validate: {
      name: (name) => (name.trim() ? null : 'Enter a name for the data source.'),
      projectId: (id) => (id || projects.length === 0 ? null : 'Choose the project to ask questions about.'),
      confirmed: (confirmed) => (change && !confirmed ? 'Confirm the other organization, or start over.' : null),
    },
  });

  const onSubmit = form.onSubmit(({ name, projectId, confirmed }) =>
    create.mutate(
      {
        authorizationId: authorization.id,
        name: name.trim(),
        ...(projectId && { projectId }),
        ...(confirmed && { confirmOrganizationChange: true }),
      },
      { onSuccess: (source) => void navigate(paths.dataSource(source.id), { replace: true }) },
    ),
  );

  return (
    <form onSubmit={onSubmit}>
      <Stack gap="md">
        <StepHeading>{reconnected ? 'Check the account' : 'Name the data source'}</StepHeading>
        <AccountFacts authorization={authorization} vendor={vendor} region={region} />
        {change && (
          <OrganizationWarning change={change} vendor={vendor} input={form.getInputProps('confirmed', { type: 'checkbox' })} />
        )}
        {projects.length > 1 && <ProjectChoice projects={projects} input={form.getInputProps('projectId')} />}
        <TextInput label="Name" maxLength={80} {...form.getInputProps('name')} />
        <Text c="dimmed">The name is shown with every answer that comes from this data source.</Text>
        {create.isError && !changeIn(create.error) && <ProblemAlert error={create.error} />}
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

/** The server refuses an unconfirmed change; the warning shows then too, should it not have been known before. */
const changeIn = (error: unknown): OrganizationChange | undefined =>
  isProblem(error, 'other-organization')
    ? { from: error.problem.from ?? 'another organization', to: error.problem.to ?? 'this one' }
    : undefined;

function proposedName({ account, serverUrl }: Authorization, vendor: string): string {
  const server = serverUrl && URL.canParse(serverUrl) ? new URL(serverUrl).host : vendor;
  return [vendor === 'the server' ? server : vendor, account?.organization].filter(Boolean).join(' · ').slice(0, 80);
}
