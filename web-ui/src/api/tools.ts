import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { http } from './http';
import { dataSourceQuery } from './sources';
import type { Call, CallRequest, CallResult, DataClasses, ReadOnlyProof, Tool, ToolList } from './types';

const callsPerPage = 50;

export const toolsQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'tools'],
    queryFn: ({ signal }) => http.get<ToolList>(`/api/data-sources/${id}/tools`, { signal }),
  });

export const proofQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'read-only-proof'],
    queryFn: ({ signal }) => http.get<ReadOnlyProof>(`/api/data-sources/${id}/read-only-proof`, { signal }),
  });

/** Newest first; a full page may have older ones behind its last call. */
export const callsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['data-sources', id, 'calls'],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ limit: String(callsPerPage) });
      if (pageParam) query.set('before', pageParam);
      return http.get<Call[]>(`/api/data-sources/${id}/calls?${query}`, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page: Call[]) => (page.length < callsPerPage ? undefined : page.at(-1)?.id),
  });

/** The source counts its tools, and the timeline tells who changed them: both are asked for again with the list. */
function useToolMutation<TRequest, TResponse>(id: string, change: (request: TRequest) => Promise<TResponse>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    // After a refusal too: it often says that the list shown is an old one.
    onSettled: () => queryClient.invalidateQueries({ queryKey: dataSourceQuery(id).queryKey }),
  });
}

const toolPath = (id: string, name: string) => `/api/data-sources/${id}/tools/${encodeURIComponent(name)}`;

export const useSwitchTool = (id: string) =>
  useToolMutation(id, ({ name, enabled }: Pick<Tool, 'name' | 'enabled'>) => http.put<Tool>(toolPath(id, name), { enabled }));

export const useApproveTool = (id: string) =>
  useToolMutation(id, ({ name, hash }: Pick<Tool, 'name' | 'hash'>) => http.post<Tool>(`${toolPath(id, name)}/approval`, { hash }));

export const useApproveTools = (id: string) =>
  useToolMutation(id, (all: Pick<Tool, 'name' | 'hash'>[]) => http.post<unknown>(`/api/data-sources/${id}/tools/approvals`, { all }));

export const useSetDataClasses = (id: string) =>
  useToolMutation(id, (classes: DataClasses) => http.put<unknown>(`/api/data-sources/${id}/data-classes`, classes));

export function useCallTool(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: CallRequest) => http.post<CallResult>(`/api/data-sources/${id}/calls`, request),
    onSettled: () => queryClient.invalidateQueries({ queryKey: callsQuery(id).queryKey }),
  });
}
