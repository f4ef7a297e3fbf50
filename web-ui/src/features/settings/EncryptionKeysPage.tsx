import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { encryptionKeysQuery } from '@/api/keys';
import { useRunsInstallation } from '@/api/session';
import type { EncryptionKeys, KeyRotation } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { Fact, Facts } from '@/shared/Facts';
import { formatDateTime } from '@/shared/format/time';
import { formatCount, plural } from '@/shared/format/values';
import { Notice } from '@/shared/Notice';
import { Page } from '@/shared/Page';
import { QueryState } from '@/shared/QueryState';

const RotateDialog = lazy(() => import('./RotateDialog'));

const providers: Record<EncryptionKeys['provider'], string> = {
  key_file: 'A key file on the server',
  azure_key_vault: 'Azure Key Vault',
};

export function EncryptionKeysPage() {
  const runsInstallation = useRunsInstallation();

  return (
    <Page title="Encryption keys">
      {runsInstallation ? (
        <Keys />
      ) : (
        <EmptyState title="The encryption keys belong to the whole installation">
          They keep the grants of every workspace. The owners of the first workspace look after them: ask one of them, should a key
          have to be rotated.
        </EmptyState>
      )}
    </Page>
  );
}

function Keys() {
  const keys = useQuery(encryptionKeysQuery());
  const [rotating, setRotating] = useState(false);

  return (
    <QueryState query={keys} loading="Loading the encryption keys">
      {(data) => {
        const running = !!data.rotation && !data.rotation.finishedAt;
        return (
          <Stack gap="lg">
            <Facts title="Keys">
              <Fact label="Kept in">{providers[data.provider]}</Fact>
              <Fact label="Current version">{data.current}</Fact>
            </Facts>
            {data.rotation && <Rotation rotation={data.rotation} />}
            <Versions keys={data} />
            <Group gap="sm">
              <Button onClick={() => setRotating(true)} disabled={running}>
                Rotate the key
              </Button>
              {running && <Text c="dimmed">A rotation is running; wait until it has finished.</Text>}
            </Group>
            <Suspense>{rotating && <RotateDialog provider={data.provider} onClose={() => setRotating(false)} />}</Suspense>
          </Stack>
        );
      }}
    </QueryState>
  );
}

function Rotation({ rotation }: { rotation: KeyRotation }) {
  const { done, total, failed, to, startedAt, finishedAt } = rotation;
  const share = total === 0 ? 100 : (done / total) * 100;

  return (
    <section className="surface panel" aria-label="Rotation">
      <Stack gap="xs">
        <h2 className="card-title">{finishedAt ? 'Last rotation' : 'Rotation is running'}</h2>
        {!finishedAt && <Progress.Root><Progress.Section value={share} aria-label="Credentials re-encrypted" /></Progress.Root>}
        <Text role="status">
          {formatCount(done)} of {plural(total, 'credential')} re-encrypted with version {to}
          {finishedAt ? `, finished ${formatDateTime(finishedAt)}` : `, started ${formatDateTime(startedAt)}`}
        </Text>
        {failed > 0 && (
          <Notice tone="warning" title={`${plural(failed, 'credential')} could not be re-encrypted`}>
            They still open with their old version, so keep that one, and rotate again. Should the same ones fail again, reconnect
            their data sources.
          </Notice>
        )}
      </Stack>
    </section>
  );
}

function Versions({ keys }: { keys: EncryptionKeys }) {
  const { rotation } = keys;
  // Not only grants are encrypted: a rotation alone tells that nothing is left under an older version.
  const complete = rotation?.finishedAt && rotation.failed === 0 && rotation.to === keys.current;
  const unused = complete ? 'Not needed any more' : 'Opens no grant';

  return (
    <div className="surface table-scroll" tabIndex={0} role="region" aria-label="Versions">
      <table className="data-table">
        <caption className="visually-hidden">Versions of the key and the grants each one keeps</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Use</th>
            <th scope="col" data-align="end">
              Grants
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.versions.map(({ version, current, grants }) => (
            <tr key={version}>
              <th scope="row" className="row-heading">
                <code>{version}</code>
              </th>
              <td>{current ? 'New grants are encrypted with it' : grants > 0 ? 'Opens older grants' : unused}</td>
              <td data-align="end">{formatCount(grants)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
