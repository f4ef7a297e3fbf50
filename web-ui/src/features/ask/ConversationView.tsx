import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { conversationQuery } from '@/api/analyses';
import type { Conversation, DataSource } from '@/api/types';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { AnalysisView } from './AnalysisView';
import { QuestionBox } from './QuestionBox';
import { SourcePicker } from './SourcePicker';
import { useAskInConversation } from './useAskInConversation';
import { useFollowNewest } from './useFollowNewest';
import { isRunning } from './useLiveAnalysis';

interface ConversationViewProps {
  id: string;
  sources: DataSource[];
}

export function ConversationView({ id, sources }: ConversationViewProps) {
  const conversation = useQuery(conversationQuery(id));

  return (
    <div className="content" data-narrow>
      <Page title={conversation.data?.title ?? 'Conversation'} quiet focusHeading={sources.length === 0}>
        <QueryState query={conversation} loading="Loading the conversation">
          {(data) => <Thread conversation={data} sources={sources} />}
        </QueryState>
      </Page>
    </div>
  );
}

function Thread({ conversation, sources }: { conversation: Conversation; sources: DataSource[] }) {
  const [chosenId, setChosenId] = useState<string>();
  const { analyses } = conversation;
  const last = analyses.at(-1);
  const lastAsked = analyses.findLast((analysis) => analysis.dataSourceId)?.dataSourceId;
  const chosen = sources.find((source) => source.id === (chosenId ?? lastAsked)) ?? sources[0];
  const asking = useAskInConversation(conversation.id, chosen?.id);
  useFollowNewest(last, analyses.length);

  return (
    <Stack gap="xl">
      {analyses.map((analysis) => (
        <AnalysisView
          key={analysis.id}
          analysis={analysis}
          headed={analysis.question === conversation.title}
          current={analysis === last}
          asking={asking.isPending}
          onAsk={(question) => asking.ask(question)}
        />
      ))}
      {chosen ? (
        <Stack gap="xs" className="ask-dock">
          {sources.length > 1 && <SourcePicker sources={sources} chosen={chosen} onChoose={setChosenId} />}
          <QuestionBox
            compact
            placeholder="Ask a follow-up question"
            busy={asking.isPending || (last !== undefined && isRunning(last))}
            error={asking.error}
            onAsk={asking.ask}
          />
        </Stack>
      ) : (
        <Text c="dimmed">
          No data source is connected, so this conversation cannot go on.{' '}
          <Link to={paths.dataSources}>Open the data sources</Link> to connect one.
        </Text>
      )}
    </Stack>
  );
}
