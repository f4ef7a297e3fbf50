import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { http } from './http';
import type {
  Authorization,
  ChangeDataSourceRequest,
  CreateDataSourceRequest,
  CredentialAccess,
  DataSource,
  DoctorReport,
  DoctorRequest,
  ServiceAccountRequest,
  StartAuthorizationRequest,
  TimelineEntry,
  Vendor,
  VendorProject,
} from './types';

export const vendorsQuery = () =>
  queryOptions({
    queryKey: ['vendors'],
    queryFn: ({ signal }) => http.get<Vendor[]>('/api/vendors', { signal }),
    staleTime: 60_000,
  });

/** A connection changes state without anybody clicking, so the pages that show states ask again. */
const stateInterval = 30_000;

export const dataSourcesQuery = () =>
  queryOptions({
    queryKey: ['data-sources'],
    queryFn: ({ signal }) => http.get<DataSource[]>('/api/data-sources', { signal }),
  });

/** For the page that lists them, where a state that changed has to show. */
export const watchedDataSourcesQuery = () => ({ ...dataSourcesQuery(), refetchInterval: stateInterval });

export const dataSourceQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id],
    queryFn: ({ signal }) => http.get<DataSource>(`/api/data-sources/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.state === 'connecting' ? 2000 : stateInterval),
  });

export const projectsQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'projects'],
    queryFn: ({ signal }) => http.get<VendorProject[]>(`/api/data-sources/${id}/projects`, { signal }),
    staleTime: 0,
  });

export const timelineQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'timeline'],
    queryFn: ({ signal }) => http.get<TimelineEntry[]>(`/api/data-sources/${id}/timeline`, { signal }),
  });

export const credentialAccessQuery = (id: string) =>
  queryOptions({
    queryKey: ['data-sources', id, 'credential-access'],
    queryFn: ({ signal }) => http.get<CredentialAccess[]>(`/api/data-sources/${id}/credential-access?limit=50`, { signal }),
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

/** A request may hold a client secret: `gcTime` 0 drops it from memory as soon as the form is gone. */
function useAuthorizationMutation<TRequest>(start: (request: TRequest) => Promise<Authorization>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: start,
    gcTime: 0,
    onSuccess: (authorization) => queryClient.setQueryData(authorizationQuery(authorization.id).queryKey, authorization),
  });
}

export const useStartAuthorization = () =>
  useAuthorizationMutation((request: StartAuthorizationRequest) => http.post<Authorization>('/api/authorizations', request));

export const useConnectServiceAccount = () =>
  useAuthorizationMutation((request: ServiceAccountRequest) =>
    http.post<Authorization>('/api/authorizations/service-account', request),
  );

export const useCancelAuthorization = () =>
  useMutation({ mutationFn: (id: string) => http.delete(`/api/authorizations/${id}`) });

/** A source that is connected again thaws its tiles; one that is gone freezes them. */
const refreshDependents = (queryClient: QueryClient) =>
  Promise.all([
    queryClient.invalidateQueries({ queryKey: dataSourcesQuery().queryKey }),
    queryClient.invalidateQueries({ queryKey: ['suggestions'] }),
    queryClient.invalidateQueries({ queryKey: ['dashboards'] }),
  ]);

export function useCreateDataSource() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: CreateDataSourceRequest) => http.post<DataSource>('/api/data-sources', request),
    onSuccess: () => refreshDependents(queryClient),
  });
}

function useDataSourceMutation<TRequest>(id: string, change: (request: TRequest) => Promise<DataSource>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (source) => {
      queryClient.setQueryData(dataSourceQuery(id).queryKey, source);
      await refreshDependents(queryClient);
    },
  });
}

export const useChangeDataSource = (id: string) =>
  useDataSourceMutation(id, (change: ChangeDataSourceRequest) => http.patch<DataSource>(`/api/data-sources/${id}`, change));

export const useDisconnect = (id: string) =>
  useDataSourceMutation<void>(id, () => http.post<DataSource>(`/api/data-sources/${id}/disconnect`));

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

/** Checks a connection; what it finds is also news about the source's state. */
export function useDoctor(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => http.post<DoctorReport>(`/api/data-sources/${id}/doctor`),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: dataSourceQuery(id).queryKey }),
  });
}

/** The same before there is a data source: as far as a sign-in would be needed. */
export const useServerDoctor = () =>
  useMutation({ mutationFn: (request: DoctorRequest) => http.post<DoctorReport>('/api/doctor', request) });
