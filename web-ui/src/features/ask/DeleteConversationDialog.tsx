import { Text } from '@mantine/core';
import { ConfirmDialog } from '@/shared/Dialog';

interface DeleteConversationDialogProps {
  title: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export default function DeleteConversationDialog({ title, ...dialog }: DeleteConversationDialogProps) {
  return (
    <ConfirmDialog {...dialog} title="Delete conversation" confirm="Delete" cancel="Keep it">
      <Text>The questions and answers of “{title}” are deleted for good. Tiles pinned from it stay on their dashboards.</Text>
    </ConfirmDialog>
  );
}
