import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import { analysisQuery } from '@/api/analyses';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';

/** A tile knows its analysis, not the conversation it belongs to: this address leads there. */
export function AnalysisLink() {
  const { analysisId = '' } = useParams();
  const analysis = useQuery(analysisQuery(analysisId));

  return (
    <Page title="Open question">
      <QueryState query={analysis} loading="Looking for the question">
        {({ id, conversationId }) => <Navigate to={paths.analysis(conversationId, id)} replace />}
      </QueryState>
    </Page>
  );
}
