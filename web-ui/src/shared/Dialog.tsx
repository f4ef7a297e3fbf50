import { Button, Group, Modal, Stack } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Loaded lazily wherever it is used: the modal is not part of the first page. */
export function Dialog({ title, onClose, children }: DialogProps) {
  useReturnFocus();

  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
      // Its <header> would be a second banner of the page.
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 0 }}
    >
      {children}
    </Modal>
  );
}

/** A dialog here is unmounted, not closed, so Mantine never gives the focus back to what opened it. */
function useReturnFocus() {
  const [opener] = useState(() => document.activeElement);

  useEffect(
    () => () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}

interface ConfirmDialogProps extends DialogProps {
  confirm: string;
  cancel: string;
  busy: boolean;
  error: unknown;
  onConfirm: () => void;
}

export function ConfirmDialog({ confirm, cancel, busy, error, onConfirm, children, ...dialog }: ConfirmDialogProps) {
  return (
    <Dialog {...dialog}>
      <Stack gap="md">
        {children}
        {error ? <ProblemAlert error={error} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={dialog.onClose} data-autofocus>
            {cancel}
          </Button>
          <Button color="red" loading={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
