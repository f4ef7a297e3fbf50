import { Text } from '@mantine/core';
import { useDisconnect } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { ConfirmDialog } from '@/shared/Dialog';

interface DisconnectDialogProps {
  source: DataSource;
  onClose: () => void;
}

export default function DisconnectDialog({ source, onClose }: DisconnectDialogProps) {
  const disconnect = useDisconnect(source.id);

  return (
    <ConfirmDialog
      title={`Disconnect ${source.name}`}
      confirm="Disconnect"
      cancel="Keep it connected"
      busy={disconnect.isPending}
      error={disconnect.error}
      onConfirm={() => disconnect.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      <Text>This is what happens:</Text>
      <ul className="points">
        <li>The credential is deleted here at once.</li>
        <li>{source.vendorName} is asked to revoke it; the result is shown on this page.</li>
        <li>Tiles made from this data source are frozen: they keep their last data and say why.</li>
      </ul>
      <Text>You can connect again later.</Text>
    </ConfirmDialog>
  );
}
