import { Text } from '@mantine/core';

/** Why a control beside it is disabled. Point `aria-describedby` of the control at the id. */
export function OwnerOnly({ id, what = 'change this' }: { id: string; what?: string }) {
  return (
    <Text id={id} size="sm" c="dimmed">
      Only owners of the workspace can {what}. Ask one of them.
    </Text>
  );
}
