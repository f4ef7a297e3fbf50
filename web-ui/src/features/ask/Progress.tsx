import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useStopAnalysis } from '@/api/analyses';
import type { Analysis } from '@/api/types';
import { Icon } from '@/shared/Icon';
import { notifyProblem } from '@/shared/notify';
import { useNow } from '@/shared/useNow';
import { formatElapsed, StepLine } from './StepLine';

/** The steps as they happen, the time so far, and the way out. */
export function Progress({ analysis, interrupted }: { analysis: Analysis; interrupted: boolean }) {
  const stop = useStopAnalysis();
  const now = useNow(100);
  const started = Date.parse(analysis.startedAt ?? analysis.createdAt);

  return (
    <Stack gap="sm" className="surface panel">
      <Group justify="space-between" wrap="nowrap">
        <Group gap="xs">
          <Loader size="xs" aria-hidden="true" />
          <Text fw={600}>{analysis.status === 'queued' ? 'Waiting for a free worker' : 'Working on it'}</Text>
          <Text c="dimmed" className="elapsed">
            {formatElapsed(now - started)}
          </Text>
        </Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<Icon name="stop" size={14} />}
          loading={stop.isPending}
          disabled={stop.isSuccess}
          onClick={() => stop.mutate(analysis.id, { onError: notifyProblem })}
        >
          Stop
        </Button>
      </Group>
      <ol className="steps" aria-label="Steps">
        {analysis.steps.map((step, index) => (
          <StepLine key={step.sequence} step={step} running={index === analysis.steps.length - 1} now={now} />
        ))}
      </ol>
      {interrupted && <Text c="dimmed">The connection broke. Trying again; nothing is lost.</Text>}
    </Stack>
  );
}
