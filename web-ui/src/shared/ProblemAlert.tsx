import { Button, Code, Group, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ProblemError } from '@/api/http';
import { Icon } from './Icon';

interface ProblemAlertProps {
  error: unknown;
  onRetry?: () => void;
  retryLabel?: string;
  children?: ReactNode;
}

/** What happened, why, what to do next; with the trace id a person can pass on. */
export function ProblemAlert({ error, onRetry, retryLabel = 'Try again', children }: ProblemAlertProps) {
  const { title, detail, traceId } = describe(error);

  return (
    <div role="alert" className="notice" data-tone="bad">
      <Icon name="warning" size={18} />
      <Stack gap={4} className="grow">
        <Text fw={600}>{title}</Text>
        {detail && <Text>{detail}</Text>}
        {children}
        {traceId && (
          <Text size="xs" c="dimmed">
            Trace <Code>{traceId}</Code>
          </Text>
        )}
        {onRetry && (
          <Group mt={4}>
            <Button size="xs" variant="default" onClick={onRetry}>
              {retryLabel}
            </Button>
          </Group>
        )}
      </Stack>
    </div>
  );
}

function describe(error: unknown) {
  if (error instanceof ProblemError) {
    const { title, detail, traceId, errors } = error.problem;
    return { title, traceId, detail: detail ?? (errors ? Object.values(errors).flat().join(' ') : undefined) };
  }
  return {
    title: 'This part of the page failed',
    detail: 'Something in the app itself went wrong. Reload the page; if it comes back, tell whoever runs ClariBI.',
    traceId: undefined,
  };
}
