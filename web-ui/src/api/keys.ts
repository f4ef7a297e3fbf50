import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { http } from './http';
import type { EncryptionKeys, KeyRotation } from './types';

const running = (rotation: KeyRotation | null | undefined) => !!rotation && !rotation.finishedAt;

export const encryptionKeysQuery = () =>
  queryOptions({
    queryKey: ['encryption-keys'],
    queryFn: ({ signal }) => http.get<EncryptionKeys>('/api/encryption-keys', { signal }),
    refetchInterval: (query) => (running(query.state.data?.rotation) ? 1500 : false),
  });

export function useRotateKeys() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (newKey: boolean) => http.post<KeyRotation>('/api/encryption-keys/rotations', { newKey }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: encryptionKeysQuery().queryKey }),
  });
}
