import { useChangeDataSource } from '@/api/sources';
import type { DataSource } from '@/api/types';
import NameDialog from '@/shared/NameDialog';

interface RenameDialogProps {
  source: DataSource;
  onClose: () => void;
}

export default function RenameDialog({ source, onClose }: RenameDialogProps) {
  const change = useChangeDataSource(source.id);

  return (
    <NameDialog
      title={`Rename ${source.name}`}
      label="Name"
      initial={source.name}
      submit="Rename"
      busy={change.isPending}
      error={change.error}
      onClose={onClose}
      onSubmit={(name) => change.mutate({ name }, { onSuccess: onClose })}
    />
  );
}
