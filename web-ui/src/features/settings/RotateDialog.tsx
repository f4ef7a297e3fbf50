import { Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useRotateKeys } from '@/api/keys';
import type { EncryptionKeys } from '@/api/types';
import { ConfirmDialog } from '@/shared/Dialog';

interface RotateDialogProps {
  provider: EncryptionKeys['provider'];
  onClose: () => void;
}

type Kind = 'new' | 'newest';

const newKey: Record<EncryptionKeys['provider'], string> = {
  key_file: 'A new version is added to the key file.',
  azure_key_vault: 'A new version of the secret is made in Azure Key Vault.',
};

export default function RotateDialog({ provider, onClose }: RotateDialogProps) {
  const rotate = useRotateKeys();
  const [kind, setKind] = useState<Kind>('new');

  return (
    <ConfirmDialog
      title="Rotate the key"
      confirm="Rotate"
      cancel="Cancel"
      busy={rotate.isPending}
      error={rotate.error}
      onConfirm={() => rotate.mutate(kind === 'new', { onSuccess: onClose })}
      onClose={onClose}
    >
      <Radio.Group label="Rotate to" value={kind} onChange={(value) => setKind(value === 'new' ? 'new' : 'newest')}>
        <Stack gap="xs" mt="xs">
          <Radio value="new" label="A new key" description={newKey[provider]} />
          <Radio value="newest" label="The newest key there is" description="For a key that was already added from outside." />
        </Stack>
      </Radio.Group>
      <Text>
        Every grant is encrypted again with it, one after the other. Data sources stay connected meanwhile, and older versions are
        kept until no grant needs them.
      </Text>
    </ConfirmDialog>
  );
}
