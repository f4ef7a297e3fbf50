import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}

/** Says what is not there yet and teaches the next step. */
export function EmptyState({ title, children, action }: EmptyStateProps) {
  return (
    <div className="surface panel-large">
      <Stack gap="sm" align="flex-start" maw={560}>
        <Title order={2}>{title}</Title>
        <Text component="div" c="dimmed">
          {children}
        </Text>
        {action && (
          <Group gap="sm" mt="xs">
            {action}
          </Group>
        )}
      </Stack>
    </div>
  );
}
