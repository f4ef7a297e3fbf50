import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { http } from './http';
import type { Chart, Dashboard, DashboardSummary, Tile, TileLayout } from './types';

export const chartQuery = (id: string) =>
  queryOptions({
    queryKey: ['charts', id],
    queryFn: ({ signal }) => http.get<Chart>(`/api/charts/${id}`, { signal }),
    staleTime: Infinity,
  });

export const csvPath = (chartId: string) => `/api/charts/${chartId}/csv`;

export const dashboardsQuery = () =>
  queryOptions({
    queryKey: ['dashboards'],
    queryFn: ({ signal }) => http.get<DashboardSummary[]>('/api/dashboards', { signal }),
  });

export const dashboardQuery = (id: string) =>
  queryOptions({
    queryKey: ['dashboards', id],
    queryFn: ({ signal }) => http.get<Dashboard>(`/api/dashboards/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.tiles.some((tile) => tile.state === 'refreshing') ? 2000 : false),
  });

const invalidateBoards = (queryClient: QueryClient) => queryClient.invalidateQueries({ queryKey: dashboardsQuery().queryKey });

function updateTiles(queryClient: QueryClient, dashboardId: string, update: (tiles: Tile[]) => Tile[]) {
  queryClient.setQueryData(dashboardQuery(dashboardId).queryKey, (board) =>
    board ? { ...board, tiles: update(board.tiles) } : board,
  );
}

export function useCreateDashboard() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => http.post<Dashboard>('/api/dashboards', { name }),
    onSuccess: () => invalidateBoards(queryClient),
  });
}

export function useRenameDashboard(id: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => http.patch<unknown>(`/api/dashboards/${id}`, { name }),
    onSuccess: () => invalidateBoards(queryClient),
  });
}

export function useDeleteDashboard() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.delete(`/api/dashboards/${id}`),
    onSuccess: (_, id) => {
      queryClient.removeQueries({ queryKey: dashboardQuery(id).queryKey });
      return queryClient.invalidateQueries({ queryKey: dashboardsQuery().queryKey, exact: true });
    },
  });
}

interface PinRequest {
  chartId: string;
  title: string;
  /** An existing board, or the name of one to create. */
  board: { id: string; name: string } | { name: string };
}

export function usePin() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async ({ chartId, title, board }: PinRequest) => {
      const target = 'id' in board ? board : await http.post<Dashboard>('/api/dashboards', { name: board.name });
      await http.post<Tile>(`/api/dashboards/${target.id}/tiles`, { chartId, title });
      return { id: target.id, name: target.name };
    },
    // Also after a failure: the board may have been created before the tile was refused.
    onSettled: () => invalidateBoards(queryClient),
  });
}

export function useRefreshTile(dashboardId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tileId: string) => http.post<Tile>(`/api/dashboards/${dashboardId}/tiles/${tileId}/refresh`),
    onSuccess: (fresh) =>
      updateTiles(queryClient, dashboardId, (tiles) => tiles.map((tile) => (tile.id === fresh.id ? fresh : tile))),
  });
}

export function useRenameTile(dashboardId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ tileId, title }: { tileId: string; title: string }) =>
      http.patch<unknown>(`/api/dashboards/${dashboardId}/tiles/${tileId}`, { title }),
    onSuccess: (_, { tileId, title }) =>
      updateTiles(queryClient, dashboardId, (tiles) => tiles.map((tile) => (tile.id === tileId ? { ...tile, title } : tile))),
  });
}

export function useRemoveTile(dashboardId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tileId: string) => http.delete(`/api/dashboards/${dashboardId}/tiles/${tileId}`),
    onSettled: () => invalidateBoards(queryClient),
  });
}

export function useSaveLayout(dashboardId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tiles: (TileLayout & { id: string })[]) => http.put<void>(`/api/dashboards/${dashboardId}/layout`, { tiles }),
    onMutate: (layouts) =>
      updateTiles(queryClient, dashboardId, (tiles) =>
        tiles.map((tile) => {
          const moved = layouts.find((layout) => layout.id === tile.id);
          return moved ? { ...tile, layout: { x: moved.x, y: moved.y, width: moved.width, height: moved.height } } : tile;
        }),
      ),
    onError: () => queryClient.invalidateQueries({ queryKey: dashboardQuery(dashboardId).queryKey }),
  });
}
