import { Text } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useDeleteDataSource } from '@/api/sources';
import type { DataSource } from '@/api/types';
import { ConfirmDialog } from '@/shared/Dialog';
import { paths } from '@/shared/paths';

interface DeleteDialogProps {
  source: DataSource;
  onClose: () => void;
}

export default function DeleteDialog({ source, onClose }: DeleteDialogProps) {
  const remove = useDeleteDataSource(source.id);
  const navigate = useNavigate();

  return (
    <ConfirmDialog
      title={`Delete ${source.name}`}
      confirm="Delete"
      cancel="Keep it"
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined, { onSuccess: () => void navigate(paths.dataSources) })}
      onClose={onClose}
    >
      <Text>The data source and its record of tools and calls are deleted for good. Tiles made from it keep their last data.</Text>
    </ConfirmDialog>
  );
}
