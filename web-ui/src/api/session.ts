import { queryOptions, useMutation, useQuery, useQueryClient, type Query } from '@tanstack/react-query';
import { http } from './http';
import type { CreateAccountRequest, Session, SignInRequest, Workspace } from './types';

export const sessionQuery = () =>
  queryOptions({
    queryKey: ['session'],
    queryFn: ({ signal }) => http.get<Session>('/api/session', { signal }),
    staleTime: 60_000,
  });

/** Owners alone change what a data source may do. The server decides; this only tells before it is tried. */
export const useIsOwner = () => useQuery(sessionQuery()).data?.workspace?.role === 'owner';

/** The keys of the installation belong to no workspace: the owners of its first one look after them. */
export const useRunsInstallation = () => useQuery(sessionQuery()).data?.runsInstallation === true;

/** A new session is another view of every resource, so nothing of the old one may stay. */
function useSessionMutation<TRequest>(change: (request: TRequest) => Promise<Session>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (session) => {
      queryClient.setQueryData(sessionQuery().queryKey, session);
      const others = { predicate: (query: Query) => query.queryKey[0] !== 'session' };
      if (session.signedIn) void queryClient.resetQueries(others);
      else queryClient.removeQueries(others);
    },
  });
}

export const useCreateAccount = () =>
  useSessionMutation((request: CreateAccountRequest) => http.post<Session>('/api/accounts', request));

export const useSignIn = () => useSessionMutation((request: SignInRequest) => http.post<Session>('/api/session', request));

export const useSwitchWorkspace = () =>
  useSessionMutation((workspaceId: string) => http.put<Session>('/api/session/workspace', { workspaceId }));

export const useCreateWorkspace = () =>
  useSessionMutation(async (name: string) => {
    const workspace = await http.post<Workspace>('/api/workspaces', { name });
    return http.put<Session>('/api/session/workspace', { workspaceId: workspace.id });
  });

export const useSignOut = () =>
  useSessionMutation(async () => {
    await http.delete('/api/session');
    return http.get<Session>('/api/session');
  });
