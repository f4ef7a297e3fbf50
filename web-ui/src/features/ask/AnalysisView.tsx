import { Stack, Text, Title } from '@mantine/core';
import type { Analysis } from '@/api/types';
import { ProblemError } from '@/api/http';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { AnswerView } from './AnswerView';
import { Clarification } from './Clarification';
import { Progress } from './Progress';
import { QuestionChips } from './QuestionChips';
import { isRunning, useLiveAnalysis } from './useLiveAnalysis';

interface AnalysisViewProps {
  analysis: Analysis;
  /** The newest of its conversation: only there are follow-ups offered. */
  current: boolean;
  asking: boolean;
  /** The page's heading says the question already. */
  headed: boolean;
  onAsk: (question: string) => void;
}

/** One question and what became of it. */
export function AnalysisView({ analysis, current, asking, headed, onAsk }: AnalysisViewProps) {
  const live = useLiveAnalysis(analysis);

  return (
    <article id={`analysis-${analysis.id}`} aria-label={analysis.question}>
      <Stack gap="md">
        <Title order={2} className={headed ? 'visually-hidden' : 'question wrap'}>
          {headed ? 'Answer' : analysis.question}
        </Title>
        {isRunning(analysis) ? (
          <Progress analysis={analysis} interrupted={live.interrupted} />
        ) : (
          <Outcome analysis={analysis} current={current} asking={asking} onAsk={onAsk} />
        )}
        {live.error ? <ProblemAlert error={live.error} onRetry={live.retry} /> : null}
        <p className="visually-hidden" role="status">
          {current ? announcement(analysis) : ''}
        </p>
      </Stack>
    </article>
  );
}

function Outcome({ analysis, current, asking, onAsk }: Omit<AnalysisViewProps, 'headed'>) {
  const { answer, clarification, refusal, failure } = analysis;

  if (answer) return <AnswerView analysis={analysis} answer={answer} current={current} asking={asking} onAsk={onAsk} />;
  if (clarification) return <Clarification clarification={clarification} disabled={asking || !current} onAsk={onAsk} />;
  if (refusal) {
    return (
      <Stack gap="sm">
        <Text className="finding">{refusal.text}</Text>
        {refusal.suggestions.length > 0 && (
          <>
            <Text c="dimmed">What this data can answer</Text>
            <QuestionChips questions={refusal.suggestions} disabled={asking} onAsk={onAsk} />
          </>
        )}
      </Stack>
    );
  }
  if (failure) {
    const error = new ProblemError({ ...failure, status: 0 });
    return <ProblemAlert error={error} onRetry={() => onAsk(analysis.question)} retryLabel="Ask again" />;
  }
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">Stopped before there was an answer.</Text>
      <button type="button" className="chip" disabled={asking} onClick={() => onAsk(analysis.question)}>
        Ask again
      </button>
    </Stack>
  );
}

/** What a screen reader hears while the steps go by and when the answer is there. */
function announcement({ status, steps, answer, clarification, refusal, failure }: Analysis): string {
  switch (status) {
    case 'queued':
    case 'running':
      return steps.at(-1)?.text ?? 'Waiting for a free worker';
    case 'answered':
      return `Answer: ${answer?.text ?? ''}`;
    case 'clarification':
      return clarification?.text ?? '';
    case 'declined':
      return refusal?.text ?? '';
    case 'failed':
      return failure?.title ?? 'The question failed';
    case 'stopped':
      return 'Stopped';
  }
}
