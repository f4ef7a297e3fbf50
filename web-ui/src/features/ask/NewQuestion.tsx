import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { conversationsQuery, suggestionsQuery } from '@/api/analyses';
import type { DataSource } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { paths } from '@/shared/paths';
import { QuestionBox } from './QuestionBox';
import { QuestionChips } from './QuestionChips';
import { SourcePicker } from './SourcePicker';
import { useAskInConversation } from './useAskInConversation';

interface NewQuestionProps {
  all: DataSource[];
  usable: DataSource[];
  chosen: DataSource | undefined;
  onChoose: (id: string) => void;
}

export function NewQuestion({ all, usable, chosen, onChoose }: NewQuestionProps) {
  const suggestions = useQuery({ ...suggestionsQuery(chosen?.id), enabled: chosen !== undefined });
  const conversations = useQuery(conversationsQuery());
  const asking = useAskInConversation(undefined, chosen?.id);

  if (!chosen) return <NothingConnected sources={all} />;

  const questions = suggestions.data?.questions ?? [];
  // The very first question is already in the box; later it would be in the way.
  const prefill = conversations.data?.length === 0 ? questions[0] : undefined;

  return (
    <Stack gap="lg">
      <SourcePicker sources={usable} chosen={chosen} onChoose={onChoose} />
      <QuestionBox prefill={prefill} busy={asking.isPending} error={asking.error} onAsk={asking.ask} />
      {questions.length > 0 && (
        <section aria-labelledby="suggestions">
          <Text id="suggestions" c="dimmed" mb={8}>
            Questions {chosen.name} can answer
          </Text>
          <QuestionChips questions={questions} disabled={asking.isPending} onAsk={asking.ask} />
        </section>
      )}
    </Stack>
  );
}

function NothingConnected({ sources }: { sources: DataSource[] }) {
  const navigate = useNavigate();
  const broken = sources.find((source) => source.state === 'needs_reauthorization') ?? sources[0];

  return (
    <EmptyState
      title="No data source can answer right now"
      action={
        <>
          {broken && (
            <Button component={Link} to={paths.dataSource(broken.id)}>
              Open {broken.name}
            </Button>
          )}
          <Button variant="default" onClick={() => void navigate(paths.addDataSource())}>
            Add data source
          </Button>
        </>
      }
    >
      {(broken?.state !== 'disconnected' && broken?.stateReason) || 'Every data source of this workspace is disconnected.'} Reconnect one, or
      add another. Answers
      and dashboards keep their last data.
    </EmptyState>
  );
}
