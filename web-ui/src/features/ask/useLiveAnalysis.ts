import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { conversationQuery } from '@/api/analyses';
import { followAnalysis } from '@/api/events';
import type { Analysis, Step } from '@/api/types';

export const isRunning = ({ status }: Pick<Analysis, 'status'>) => status === 'queued' || status === 'running';

/** Follows a running analysis and writes each step, and the end, into its conversation in the cache. */
export function useLiveAnalysis(analysis: Analysis) {
  const queryClient = useQueryClient();
  const [interrupted, setInterrupted] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const { id, conversationId } = analysis;
  const running = isRunning(analysis);

  useEffect(() => {
    if (!running) return;
    const abort = new AbortController();

    const update = (change: (current: Analysis) => Analysis) =>
      queryClient.setQueryData(conversationQuery(conversationId).queryKey, (conversation) =>
        conversation && {
          ...conversation,
          analyses: conversation.analyses.map((one) => (one.id === id ? change(one) : one)),
        },
      );

    followAnalysis(id, {
      signal: abort.signal,
      onStep: (step) => {
        setInterrupted(false);
        update((current) => ({ ...current, status: 'running', steps: withStep(current.steps, step) }));
      },
      onCompleted: (completed) => update(() => completed),
      onInterrupted: () => setInterrupted(true),
    }).catch((reason: unknown) => setError(reason));

    return () => abort.abort();
  }, [queryClient, id, conversationId, running, attempt]);

  return {
    interrupted: running && interrupted,
    error: running ? error : null,
    retry: () => {
      setError(null);
      setAttempt(attempt + 1);
    },
  };
}

/** A step arrives when it starts and again when it ends; a replay may bring it a third time. */
export function withStep(steps: Step[], step: Step): Step[] {
  const others = steps.filter(
    (other) => other.sequence !== step.sequence && !(other.key === step.key && other.startedAt === step.startedAt),
  );
  return [...others, step].sort((one, two) => one.sequence - two.sequence);
}
