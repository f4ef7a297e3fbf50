import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { http } from './http';
import type { Authorization, Call, CreateDataSourceRequest, DataSource, StartAuthorizationRequest, Tool, Vendor } from './types';

export const vendorsQuery = () =>
  queryOptions({
    queryKey: ['vendors'],
    queryFn: ({ signal }) => http.get<Vendor[]>('/api/vendors', { signal }),
    staleTime: 60_000,
  });

export const dataSourcesQuery = () =>
  queryOptions({
    queryKey: ['data-sources'],
    queryFn: ({ signal }) => http.get<DataSource[]>('/api/data-sources', { signal }),
  });

export const dataSourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id],
    queryFn: ({ signal }) => http.get<DataSource>(`/api/data-sources/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.state === 'connecting' ? 2000 : false),
  });

export const toolsQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'tools'],
    queryFn: ({ signal }) => http.get<Tool[]>(`/api/data-sources/${id}/tools`, { signal }),
  });

export const callsQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'calls'],
    queryFn: ({ signal }) => http.get<Call[]>(`/api/data-sources/${id}/calls?limit=50`, { signal }),
  });

const settled = new Set<Authorization['status']>(['authorized', 'failed', 'finished']);

/** Polled every second until it settles: the popup's fate is only ever learned from here. */
export const authorizationQuery = (id: string) =>
  queryOptions({
    queryKey: ['authorizations', id],
    queryFn: ({ signal }) => http.get<Authorization>(`/api/authorizations/${id}`, { signal }),
    refetchInterval: (query) => {
      const status = query.state.data?.status;
      return status && settled.has(status) ? false : 1000;
    },
    // The person is looking at the popup, so this page is in the background while it waits.
    refetchIntervalInBackground: true,
    retry: false,
  });

export function useStartAuthorization() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: StartAuthorizationRequest) => http.post<Authorization>('/api/authorizations', request),
    onSuccess: (authorization) => queryClient.setQueryData(authorizationQuery(authorization.id).queryKey, authorization),
  });
}

export const useCancelAuthorization = () =>
  useMutation({ mutationFn: (id: string) => http.delete(`/api/authorizations/${id}`) });

export function useCreateDataSource() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateDataSourceRequest) => http.post<DataSource>('/api/data-sources', request),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: dataSourcesQuery().queryKey }),
        queryClient.invalidateQueries({ queryKey: ['suggestions'] }),
        // A source that is connected again thaws its tiles.
        queryClient.invalidateQueries({ queryKey: ['dashboards'] }),
      ]),
  });
}

export function useDisconnect(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => http.post<DataSource>(`/api/data-sources/${id}/disconnect`),
    onSuccess: async (source) => {
      queryClient.setQueryData(dataSourceQuery(id).queryKey, source);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: dataSourcesQuery().queryKey }),
        queryClient.invalidateQueries({ queryKey: ['dashboards'] }),
        queryClient.invalidateQueries({ queryKey: ['suggestions'] }),
      ]);
    },
  });
}

export function useDeleteDataSource(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => http.delete(`/api/data-sources/${id}`),
    onSuccess: () => {
      queryClient.removeQueries({ queryKey: dataSourceQuery(id).queryKey });
      return queryClient.invalidateQueries({ queryKey: dataSourcesQuery().queryKey, exact: true });
    },
  });
}
