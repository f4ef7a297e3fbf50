import { Group, Stack, Title } from '@mantine/core';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useLocation } from 'react-router';

interface PageProps {
  title: string;
  /** Shown in the browser tab; the heading when left out. */
  documentTitle?: string;
  actions?: ReactNode;
  /** A small heading, where something on the page has to be louder than its name. */
  quiet?: boolean;
  /** Off where the page itself takes the focus, as the question box does. */
  focusHeading?: boolean;
  children: ReactNode;
}

let firstPage = true;

/** Title, heading and focus of a screen. A screen reader lands on the heading after each change of route. */
export function Page({ title, documentTitle = title, actions, quiet = false, focusHeading = true, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname, hash } = useLocation();

  useLayoutEffect(() => {
    if (!firstPage && !hash) window.scrollTo(0, 0);
  }, [pathname, hash]);

  useEffect(() => {
    document.title = `${documentTitle} · ClariBI`;
  }, [documentTitle]);

  useEffect(() => {
    if (!firstPage && focusHeading) heading.current?.focus();
    firstPage = false;
  }, [pathname, focusHeading]);

  return (
    <Stack gap="lg">
      <Group justify="space-between" align="center" gap="sm">
        <Title order={1} ref={heading} tabIndex={-1} className="page-heading" data-quiet={quiet}>
          {title}
        </Title>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
