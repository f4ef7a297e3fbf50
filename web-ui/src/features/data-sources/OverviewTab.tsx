import { Button, Group, Stack } from '@mantine/core';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { DataSource } from '@/api/types';
import { formatCount, plural } from '@/shared/format/values';
import { Notice } from '@/shared/Notice';
import { paths } from '@/shared/paths';
import { RelativeTime } from '@/shared/RelativeTime';
import { SampleDataBadge } from '@/shared/SampleDataBadge';
import { SourceState } from './SourceState';

const DisconnectDialog = lazy(() => import('./DisconnectDialog'));
const DeleteDialog = lazy(() => import('./DeleteDialog'));

export function OverviewTab({ source }: { source: DataSource }) {
  const [dialog, setDialog] = useState<'disconnect' | 'delete'>();
  const disconnected = source.state === 'disconnected';
  const reconnect = paths.addDataSource({ vendor: source.vendor, region: source.region, source: source.id });

  return (
    <Stack gap="lg">
      <section className="surface panel" aria-label="State">
        <Stack gap="sm">
          <Group gap="md" className="source-state">
            <SourceState state={source.state} />
            {source.sandbox && <SampleDataBadge />}
          </Group>
          {source.stateReason && !source.disconnectNote && <Notice tone={disconnected ? 'info' : 'warning'}>{source.stateReason}</Notice>}
          {source.disconnectNote && <Notice tone="info">{source.disconnectNote}</Notice>}
          <Group gap="sm">
            <Button component={Link} to={reconnect} variant="default">
              Reconnect
            </Button>
            {disconnected ? (
              <Button variant="default" color="red" onClick={() => setDialog('delete')}>
                Delete
              </Button>
            ) : (
              <Button variant="default" onClick={() => setDialog('disconnect')}>
                Disconnect
              </Button>
            )}
          </Group>
        </Stack>
      </section>

      <Facts title="Identity">
        <Fact label="Vendor">{source.vendorName}</Fact>
        <Fact label="Organization">{source.organization ?? '–'}</Fact>
        <Fact label="Project">{source.project?.name ?? '–'}</Fact>
        {source.project?.timeZone && <Fact label="Time zone">{source.project.timeZone}</Fact>}
        <Fact label="Region">{source.sandbox ? 'Sandbox · sample data' : source.regionName}</Fact>
        <Fact label="Connected">
          by {source.createdBy}, <RelativeTime at={source.createdAt} />
        </Fact>
        {source.disconnectedAt && (
          <Fact label="Disconnected">
            <RelativeTime at={source.disconnectedAt} />
          </Fact>
        )}
      </Facts>

      <Facts title="Reading only">
        <Fact label="Writes sent">{formatCount(source.writesSent)}</Fact>
        <Fact label="Tools">
          <Link to={paths.dataSource(source.id, 'tools')}>
            {plural(source.tools.allowed, 'tool')} that can only read, {formatCount(source.tools.refused)} refused
          </Link>
        </Fact>
      </Facts>

      {source.grant && (
        <Facts title="Grant">
          <Fact label="Issued">
            <RelativeTime at={source.grant.issuedAt} />
          </Fact>
          <Fact label="Refreshed">{source.grant.refreshedAt ? <RelativeTime at={source.grant.refreshedAt} /> : 'Not yet'}</Fact>
          {source.grant.expiresAt && (
            <Fact label="Access expires">
              <RelativeTime at={source.grant.expiresAt} upcoming />, and is refreshed before that
            </Fact>
          )}
          <Fact label="Scopes">{source.grant.scopes.join(', ') || '–'}</Fact>
        </Facts>
      )}

      <Suspense>
        {dialog === 'disconnect' && <DisconnectDialog source={source} onClose={() => setDialog(undefined)} />}
        {dialog === 'delete' && <DeleteDialog source={source} onClose={() => setDialog(undefined)} />}
      </Suspense>
    </Stack>
  );
}

function Facts({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="surface panel" aria-label={title}>
      <h2 className="card-title panel-title">{title}</h2>
      <dl className="facts-list">{children}</dl>
    </section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="contents">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
