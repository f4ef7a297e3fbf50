import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Icon } from './Icon';

interface NoticeProps {
  tone: 'info' | 'warning' | 'bad';
  title?: string;
  children?: ReactNode;
}

/** A banner inside a part of the page: a frozen tile, a source that needs a new sign-in. */
export function Notice({ tone, title, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role="note">
      <Icon name={tone === 'info' ? 'info' : 'warning'} size={16} />
      <Stack gap={2} className="grow">
        {title && <Text fw={600}>{title}</Text>}
        {children && <Text component="div">{children}</Text>}
      </Stack>
    </div>
  );
}
