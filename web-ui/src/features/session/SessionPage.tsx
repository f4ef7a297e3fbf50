import { Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { Icon } from '@/shared/Icon';

interface SessionPageProps {
  title: string;
  lead: ReactNode;
  children: ReactNode;
}

/** The frame of the screens before the app: one form, nothing beside it. */
export function SessionPage({ title, lead, children }: SessionPageProps) {
  useEffect(() => {
    document.title = `${title} · ClariBI`;
  }, [title]);

  return (
    <Stack component="main" align="center" justify="center" mih="100vh" p="md" gap="lg">
      <Text component="div" className="brand">
        <Icon name="dashboards" size={20} /> ClariBI
      </Text>
      <Paper withBorder p="xl" radius="md" w="100%" maw={420} className="surface">
        <Stack gap="md">
          <div>
            <Title order={1}>{title}</Title>
            <Text c="dimmed" mt={4}>
              {lead}
            </Text>
          </div>
          {children}
        </Stack>
      </Paper>
    </Stack>
  );
}
