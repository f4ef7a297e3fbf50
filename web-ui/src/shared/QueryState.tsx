import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './Loading';
import { ProblemAlert } from './ProblemAlert';

interface QueryStateProps<T> {
  query: UseQueryResult<T>;
  loading: string;
  /** Shown instead of the data when it holds nothing. */
  empty?: { when: (data: T) => boolean; show: ReactNode };
  children: (data: T) => ReactNode;
}

/** The four states of everything that is fetched: loading, problem, empty, data. */
export function QueryState<T>({ query, loading, empty, children }: QueryStateProps<T>) {
  if (query.isPending) return <Loading label={loading} />;
  if (query.data === undefined) return <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />;
  if (empty?.when(query.data)) return empty.show;
  return children(query.data);
}
