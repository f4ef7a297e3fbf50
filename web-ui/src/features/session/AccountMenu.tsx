import { useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import { useNavigate } from 'react-router';
import { useSignOut } from '@/api/session';
import type { Session } from '@/api/types';
import { ActionMenu } from '@/shared/ActionMenu';
import { Icon } from '@/shared/Icon';
import { notifyProblem } from '@/shared/notify';
import { paths } from '@/shared/paths';

const schemes: { value: MantineColorScheme; label: string }[] = [
  { value: 'auto', label: 'Theme of the system' },
  { value: 'light', label: 'Light theme' },
  { value: 'dark', label: 'Dark theme' },
];

export function AccountMenu({ session }: { session: Session }) {
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { colorScheme, setColorScheme } = useMantineColorScheme();

  return (
    <ActionMenu
      label={`Account: ${session.user?.displayName ?? ''}`}
      className="side-menu"
      actions={[
        ...schemes.map(({ value, label }) => ({
          label,
          checked: colorScheme === value,
          onSelect: () => setColorScheme(value),
        })),
        'separator',
        ...(session.runsInstallation ? [{ label: 'Encryption keys', onSelect: () => void navigate(paths.encryptionKeys) }] : []),
        { label: 'Sign out', onSelect: () => signOut.mutate(undefined, { onError: notifyProblem }) },
      ]}
    >
      <span>{session.user?.displayName ?? 'Account'}</span>
      <Icon name="more" size={14} />
    </ActionMenu>
  );
}
