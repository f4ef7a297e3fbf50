import { Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useIsOwner } from '@/api/session';
import { useSwitchTool } from '@/api/tools';
import type { DataSource, Tool, ToolList, ToolVerdict } from '@/api/types';
import { formatCount } from '@/shared/format/values';
import { OwnerOnly } from '@/shared/OwnerOnly';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { RelativeTime } from '@/shared/RelativeTime';
import { ToolRow } from './ToolRow';
import { verdicts } from './words';

const reasonId = 'switch-owner-only';
const kinds = Object.keys(verdicts) as ToolVerdict[];

export function ToolTable({ source, list }: { source: DataSource; list: ToolList }) {
  const isOwner = useIsOwner();
  const switchTool = useSwitchTool(source.id);
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  const verdict = kinds.find((one) => one === search.get('verdict'));
  const found = list.tools.filter((tool) => (!verdict || tool.verdict === verdict) && matches(tool, words));

  function onVerdict(chosen: string) {
    setSearch(chosen ? { tab: 'tools', verdict: chosen } : { tab: 'tools' }, { replace: true });
  }

  return (
    <Stack gap="sm">
      <Group gap="md" align="flex-end">
        <TextInput
          label="Filter"
          type="search"
          placeholder="Name, title or reason"
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        <NativeSelect
          label="Verdict"
          value={verdict ?? ''}
          onChange={(event) => onVerdict(event.currentTarget.value)}
          data={[{ value: '', label: `All (${list.tools.length})` }, ...kinds.map((kind) => optionFor(kind, list.tools))]}
        />
        <Text c="dimmed" role="status">
          {formatCount(found.length)} of {formatCount(list.tools.length)} tools
          {list.checkedAt && (
            <>
              , read from {source.vendorName} <RelativeTime at={list.checkedAt} />
            </>
          )}
        </Text>
      </Group>
      {!isOwner && <OwnerOnly id={reasonId} what="switch tools on and off" />}
      {switchTool.isError && <ProblemAlert error={switchTool.error} />}
      <div className="surface table-scroll tall" tabIndex={0} role="region" aria-label="Tools">
        <table className="data-table">
          <caption className="visually-hidden">Tools of {source.name}</caption>
          <thead>
            <tr>
              <th scope="col" style={{ whiteSpace: 'nowrap' }}>
                In use
              </th>
              <th scope="col">Tool</th>
              <th scope="col">Verdict</th>
              <th scope="col" style={{ minWidth: 240 }}>
                Decided by
              </th>
              <th scope="col">Data</th>
            </tr>
          </thead>
          <tbody>
            {found.map((tool) => (
              <ToolRow
                key={tool.name}
                tool={tool}
                reasonId={isOwner ? undefined : reasonId}
                busy={switchTool.isPending && switchTool.variables.name === tool.name}
                onSwitch={(enabled) => switchTool.mutate({ name: tool.name, enabled })}
              />
            ))}
          </tbody>
        </table>
        {found.length === 0 && (
          <Text c="dimmed" p="md">
            No tool matches. Clear the filter or choose another verdict.
          </Text>
        )}
      </div>
    </Stack>
  );
}

const optionFor = (kind: ToolVerdict, tools: Tool[]) => ({
  value: kind,
  label: `${verdicts[kind].label} (${tools.filter((tool) => tool.verdict === kind).length})`,
});

function matches({ name, title, reason }: Tool, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return [name, title ?? '', reason].some((text) => text.toLowerCase().includes(wanted));
}
