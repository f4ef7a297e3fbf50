import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isProblem, ProblemError } from '@/api/http';
import { sessionQuery } from '@/api/session';

export function createQueryClient(): QueryClient {
  const onError = (error: Error) => {
    // The session ended elsewhere: asking for it again makes the gate show the sign-in page.
    if (isProblem(error, 'sign-in-required')) void client.invalidateQueries({ queryKey: sessionQuery().queryKey });
  };

  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
      },
    },
  });
  return client;
}

/** A 4xx says the request itself is wrong: asking again changes nothing. */
const isRefusal = (error: Error) =>
  error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500;
