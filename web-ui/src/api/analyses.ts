import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { http } from './http';
import type { Analysis, AskRequest, Conversation, ConversationSummary, Suggestions } from './types';

export const conversationsQuery = () =>
  queryOptions({
    queryKey: ['conversations'],
    queryFn: ({ signal }) => http.get<ConversationSummary[]>('/api/conversations', { signal }),
  });

export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversations', id],
    queryFn: ({ signal }) => http.get<Conversation>(`/api/conversations/${id}`, { signal }),
  });

export const analysisQuery = (id: string) =>
  queryOptions({
    queryKey: ['analyses', id],
    queryFn: ({ signal }) => http.get<Analysis>(`/api/analyses/${id}`, { signal }),
  });

export const suggestionsQuery = (dataSourceId: string | undefined) =>
  queryOptions({
    queryKey: ['suggestions', dataSourceId ?? 'any'],
    queryFn: ({ signal }) =>
      http.get<Suggestions>(`/api/suggestions${dataSourceId ? `?dataSourceId=${dataSourceId}` : ''}`, { signal }),
    staleTime: 5 * 60_000,
    retry: false,
  });

/** Asks, and puts the new analysis into its conversation so that it shows before any further request. */
export function useAsk() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (request: AskRequest) => http.post<Analysis>('/api/analyses', request),
    onSuccess: (analysis) => {
      const key = conversationQuery(analysis.conversationId).queryKey;
      queryClient.setQueryData(key, (conversation) =>
        conversation
          ? { ...conversation, analyses: [...conversation.analyses, analysis] }
          : { id: analysis.conversationId, title: analysis.question, createdAt: analysis.createdAt, analyses: [analysis] },
      );
      void queryClient.invalidateQueries({ queryKey: conversationsQuery().queryKey, exact: true });
    },
  });
}

export const useStopAnalysis = () =>
  useMutation({ mutationFn: (id: string) => http.post<Analysis>(`/api/analyses/${id}/stop`) });

export function useRenameConversation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ id, title }: { id: string; title: string }) => http.patch<unknown>(`/api/conversations/${id}`, { title }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: conversationsQuery().queryKey }),
  });
}

export function useDeleteConversation() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => http.delete(`/api/conversations/${id}`),
    onSuccess: (_, id) => {
      queryClient.removeQueries({ queryKey: conversationQuery(id).queryKey });
      return queryClient.invalidateQueries({ queryKey: conversationsQuery().queryKey, exact: true });
    },
  });
}
