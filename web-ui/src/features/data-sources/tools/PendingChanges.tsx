import { Button, Group, Stack, Text } from '@mantine/core';
import { isProblem } from '@/api/http';
import { useIsOwner } from '@/api/session';
import { useApproveTool, useApproveTools } from '@/api/tools';
import type { DataSource, Tool } from '@/api/types';
import { plural } from '@/shared/format/values';
import { notify } from '@/shared/notify';
import { OwnerOnly } from '@/shared/OwnerOnly';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { DefinitionDiff } from './DefinitionDiff';

const changes = { new: 'New', changed: 'Changed', removed: 'Removed' } as const;
const reasonId = 'approval-owner-only';

const waiting = (tool: Tool) => tool.verdict === 'quarantined';

/** Definitions that are not the ones somebody approved. Nothing here is callable until an owner has read it. */
export function PendingChanges({ source, tools }: { source: DataSource; tools: Tool[] }) {
  const isOwner = useIsOwner();
  const approveAll = useApproveTools(source.id);
  const changed = tools.filter((tool) => tool.change || waiting(tool));
  const pending = changed.filter(waiting);
  if (changed.length === 0) return null;

  return (
    <section className="surface panel" aria-label="Changed definitions">
      <Stack gap="md">
        <Group justify="space-between" gap="sm">
          <h2 className="card-title">
            {pending.length > 0 ? `${plural(pending.length, 'tool')} waiting for approval` : 'Changed definitions'}
          </h2>
          {pending.length > 1 && (
            <Button
              variant="default"
              disabled={!isOwner}
              aria-describedby={isOwner ? undefined : reasonId}
              loading={approveAll.isPending}
              onClick={() => approveAll.mutate(pending.map(({ name, hash }) => ({ name, hash })))}
            >
              Approve all {pending.length}
            </Button>
          )}
        </Group>
        {pending.length > 0 && (
          <Text>
            {source.vendorName} published definitions that nobody here has read. A changed description can mislead, and a changed
            tool can start to write: read what changed, then approve it.
          </Text>
        )}
        {pending.length > 0 && !isOwner && <OwnerOnly id={reasonId} what="approve definitions" />}
        {approveAll.isError && <Refused error={approveAll.error} />}
        {changed.map((tool) => (
          <ChangedTool key={tool.name} source={source} tool={tool} isOwner={isOwner} />
        ))}
      </Stack>
    </section>
  );
}

function ChangedTool({ source, tool, isOwner }: { source: DataSource; tool: Tool; isOwner: boolean }) {
  const approve = useApproveTool(source.id);
  const headingId = `changed-${tool.name}`;

  function onApprove() {
    approve.mutate({ name: tool.name, hash: tool.hash }, { onSuccess: () => notify(`${tool.name} is approved as it is now.`) });
  }

  return (
    <article className="changed-tool" aria-labelledby={headingId}>
      <Group gap="sm" justify="space-between">
        <h3 id={headingId} className="card-title wrap">
          {tool.change && <span className="tag">{changes[tool.change]}</span>} <code>{tool.name}</code>
        </h3>
        {waiting(tool) && (
          <Button
            size="xs"
            disabled={!isOwner}
            loading={approve.isPending}
            onClick={onApprove}
            aria-describedby={isOwner ? headingId : reasonId}
          >
            Approve
          </Button>
        )}
      </Group>
      {tool.change === 'removed' && <Text c="dimmed">{source.vendorName} no longer publishes it. Charts that need it say so.</Text>}
      {tool.changes && tool.changes.length > 0 ? (
        <DefinitionDiff changes={tool.changes} />
      ) : (
        tool.description && <Text className="wrap">{tool.description}</Text>
      )}
      {approve.isError && <Refused error={approve.error} />}
    </article>
  );
}

/** The definition changed once more while it was read: the list was asked for again, so what shows now is the newest. */
function Refused({ error }: { error: unknown }) {
  return (
    <ProblemAlert error={error}>
      {isProblem(error, 'definition-changed') && <Text>The newest definition is shown now. Read it again before you approve it.</Text>}
    </ProblemAlert>
  );
}
