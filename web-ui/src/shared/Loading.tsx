import { Center, Group, Loader, Text } from '@mantine/core';

export function Loading({ label, height = 160 }: { label: string; height?: number | string }) {
  return (
    <Center mih={height} role="status">
      <Group gap="xs">
        <Loader size="sm" aria-hidden="true" />
        <Text c="dimmed">{label}</Text>
      </Group>
    </Center>
  );
}
