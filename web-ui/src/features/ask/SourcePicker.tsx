import { Group, NativeSelect, Text } from '@mantine/core';
import type { DataSource } from '@/api/types';
import { SampleDataBadge } from '@/shared/SampleDataBadge';

interface SourcePickerProps {
  sources: DataSource[];
  chosen: DataSource;
  onChoose: (id: string) => void;
}

/** Says whose data will answer: always visible, a choice only when there is one. */
export function SourcePicker({ sources, chosen, onChoose }: SourcePickerProps) {
  const identity = [chosen.organization, chosen.project?.name, chosen.sandbox ? null : chosen.regionName].filter(Boolean).join(' · ');

  return (
    <Group gap="xs">
      {sources.length > 1 ? (
        <NativeSelect
          aria-label="Data source"
          value={chosen.id}
          onChange={(event) => onChoose(event.currentTarget.value)}
          data={sources.map((source) => ({ value: source.id, label: source.name }))}
        />
      ) : (
        <Text fw={600}>{chosen.name}</Text>
      )}
      {chosen.sandbox && <SampleDataBadge />}
      <Text c="dimmed">{identity}</Text>
    </Group>
  );
}
