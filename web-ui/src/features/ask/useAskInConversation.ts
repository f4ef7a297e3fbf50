import { useNavigate } from 'react-router';
import { useAsk } from '@/api/analyses';
import type { AskRequest } from '@/api/types';
import { paths } from '@/shared/paths';

/** Asks, and opens the conversation the question started or went on with. */
export function useAskInConversation(conversationId: string | undefined, dataSourceId: string | undefined) {
  const navigate = useNavigate();
  const ask = useAsk();

  return {
    isPending: ask.isPending,
    error: ask.error,
    ask: (question: string, onAsked?: () => void) => {
      const request: AskRequest = { question };
      if (conversationId) request.conversationId = conversationId;
      if (dataSourceId) request.dataSourceId = dataSourceId;
      ask.mutate(request, {
        onSuccess: (analysis) => {
          onAsked?.();
          if (analysis.conversationId !== conversationId) void navigate(paths.conversation(analysis.conversationId));
        },
      });
    },
  };
}
