import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import { dataSourcesQuery } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { Page } from '@/shared/Page';
import { QueryState } from '@/shared/QueryState';
import { ConversationView } from './ConversationView';
import { FirstRun } from './FirstRun';
import { NewQuestion } from './NewQuestion';

/** Home, and a conversation: the same screen with and without something asked already. */
export function AskPage() {
  const { conversationId } = useParams();
  const sources = useQuery(dataSourcesQuery());

  if (conversationId) {
    return <ConversationView key={conversationId} id={conversationId} sources={answering(sources.data)} />;
  }

  const noneYet = sources.data?.length === 0;
  return (
    <div className="content" data-narrow>
      <Page title="Ask" focusHeading={noneYet || sources.data === undefined}>
        <QueryState query={sources} loading="Loading your data sources">
          {(all) => (all.length === 0 ? <FirstRun /> : <Home sources={all} />)}
        </QueryState>
      </Page>
    </div>
  );
}

function Home({ sources }: { sources: DataSource[] }) {
  const [search, setSearch] = useSearchParams();
  const usable = answering(sources);

  return (
    <NewQuestion
      all={sources}
      usable={usable}
      chosen={usable.find((source) => source.id === search.get('source')) ?? usable[0]}
      onChoose={(id) => setSearch({ source: id }, { replace: true })}
    />
  );
}

/** A degraded source still answers, only not always. */
const answering = (sources: DataSource[] | undefined) =>
  (sources ?? []).filter((source) => source.state === 'connected' || source.state === 'degraded');
