import { Button, Group, Stack } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import type { DataSource } from '@/api/types';
import { Health } from '@/features/data-sources/Health';
import { reconnectPath } from '@/features/data-sources/reconnectPath';
import { SourceBadges } from '@/features/data-sources/SourceBadges';
import { SourceState } from '@/features/data-sources/SourceState';
import { StateReason } from '@/features/data-sources/StateReason';
import { Fact, Facts } from '@/shared/Facts';
import { formatCount, plural } from '@/shared/format/values';
import { OwnerOnly } from '@/shared/OwnerOnly';
import { paths } from '@/shared/paths';
import { CredentialAccessLog } from './CredentialAccessLog';
import { GrantFacts } from './GrantFacts';
import { IdentityFacts } from './IdentityFacts';
import { Timeline } from './Timeline';

const DisconnectDialog = lazy(() => import('./DisconnectDialog'));
const DeleteDialog = lazy(() => import('./DeleteDialog'));
const RenameDialog = lazy(() => import('./RenameDialog'));
const ProjectDialog = lazy(() => import('./ProjectDialog'));

const endReasonId = 'end-owner-only';

type DialogName = 'disconnect' | 'delete' | 'rename' | 'project';

export function OverviewTab({ source }: { source: DataSource }) {
  const [dialog, setDialog] = useState<DialogName>();
  const close = () => setDialog(undefined);

  return (
    <Stack gap="lg">
      <StatePanel source={source} onOpen={setDialog} />
      <Timeline source={source} />
      <IdentityFacts source={source} onChangeProject={() => setDialog('project')} />
      <Facts title="Reading only">
        <Fact label="Writes sent">
          {formatCount(source.writesSent)} (<Link to={paths.dataSource(source.id, 'proof')}>see the proof</Link>)
        </Fact>
        <Fact label="Tools">
          <Link to={paths.dataSource(source.id, 'tools')}>
            {plural(source.tools.allowed, 'tool')} that can only read, {formatCount(source.tools.refused)} refused
            {source.toolsPending ? `, ${formatCount(source.toolsPending)} waiting for approval` : ''}
          </Link>
        </Fact>
      </Facts>
      {source.grant && <GrantFacts source={source} grant={source.grant} />}
      <CredentialAccessLog source={source} />

      <Suspense>
        {dialog === 'disconnect' && <DisconnectDialog source={source} onClose={close} />}
        {dialog === 'delete' && <DeleteDialog source={source} onClose={close} />}
        {dialog === 'rename' && <RenameDialog source={source} onClose={close} />}
        {dialog === 'project' && <ProjectDialog source={source} onClose={close} />}
      </Suspense>
    </Stack>
  );
}

function StatePanel({ source, onOpen }: { source: DataSource; onOpen: (dialog: DialogName) => void }) {
  const disconnected = source.state === 'disconnected';
  const ended = disconnected || source.state === 'needs_reauthorization';
  const mayEnd = source.mayEnd === true;
  const endReason = mayEnd ? undefined : endReasonId;
  const chooseProject = source.stateCode === 'project_not_selected';

  return (
    <section className="surface panel" aria-label="State">
      <Stack gap="sm">
        <Group gap="md" className="source-state">
          <SourceState state={source.state} />
          <SourceBadges source={source} />
        </Group>
        {!disconnected && <Health source={source} />}
        <StateReason source={source} />
        <Group gap="sm">
          {chooseProject && <Button onClick={() => onOpen('project')}>Choose the project</Button>}
          <Button component={Link} to={reconnectPath(source)} variant={ended ? 'filled' : 'default'}>
            Reconnect
          </Button>
          <Button variant="default" onClick={() => onOpen('rename')}>
            Rename
          </Button>
          {disconnected ? (
            <Button variant="default" color="red" disabled={!mayEnd} aria-describedby={endReason} onClick={() => onOpen('delete')}>
              Delete
            </Button>
          ) : (
            <Button variant="default" disabled={!mayEnd} aria-describedby={endReason} onClick={() => onOpen('disconnect')}>
              Disconnect
            </Button>
          )}
        </Group>
        {!mayEnd && <OwnerOnly id={endReasonId} what={`${disconnected ? 'delete' : 'disconnect'} what ${source.createdBy} connected`} />}
      </Stack>
    </section>
  );
}
