import { AppShell, Burger, Group, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { Suspense, useEffect } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { sessionQuery } from '@/api/session';
import { ConversationList } from '@/features/ask/ConversationList';
import { AccountMenu } from '@/features/session/AccountMenu';
import { WorkspaceMenu } from '@/features/session/WorkspaceMenu';
import { Icon, type IconName } from '@/shared/Icon';
import { Loading } from '@/shared/Loading';
import { paths } from '@/shared/paths';
import { ErrorBoundary } from './ErrorBoundary';

const links: { to: string; label: string; icon: IconName }[] = [
  { to: paths.ask, label: 'Ask', icon: 'ask' },
  { to: paths.dashboards, label: 'Dashboards', icon: 'dashboards' },
  { to: paths.dataSources, label: 'Data Sources', icon: 'sources' },
];

export function Shell() {
  const session = useQuery(sessionQuery());
  const { pathname } = useLocation();
  const [menuOpen, menu] = useDisclosure(false);
  const closeMenu = menu.close;

  useEffect(closeMenu, [pathname, closeMenu]);

  if (!session.data) return null;
  return (
    <AppShell
      layout="alt"
      header={{ height: { base: 48, sm: 0 } }}
      navbar={{ width: 240, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      padding={{ base: 'md', sm: 'lg' }}
      transitionDuration={0}
    >
      <a href="#content" className="skip-link">
        Skip to content
      </a>
      <AppShell.Header hiddenFrom="sm" px="md" bg="var(--cb-surface)">
        <Group h="100%" gap="sm">
          <Burger opened={menuOpen} onClick={menu.toggle} size="sm" aria-label="Open the menu" aria-expanded={menuOpen} />
          <Brand />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" bg="var(--cb-surface)" aria-label="Main" className="navbar" data-open={menuOpen}>
        <Stack gap="sm" h="100%" style={{ minHeight: 0 }}>
          <Group justify="space-between" px={8} py={4}>
            <Brand />
            <Burger opened onClick={menu.close} size="sm" hiddenFrom="sm" aria-label="Close the menu" />
          </Group>
          <WorkspaceMenu session={session.data} />
          <Stack gap={2}>
            {links.map(({ to, label, icon }) => (
              <NavLink key={to} to={to} end={to === paths.ask} className="side-link">
                <Icon name={icon} /> <span>{label}</span>
              </NavLink>
            ))}
          </Stack>
          <div className="side-scroll">
            <ConversationList />
          </div>
          <AccountMenu session={session.data} />
        </Stack>
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} style={{ outline: 'none' }}>
        <div className="content">
          <ErrorBoundary key={pathname}>
            <Suspense fallback={<Loading label="Opening the page" />}>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </div>
      </AppShell.Main>
    </AppShell>
  );
}

function Brand() {
  return (
    <Link to={paths.ask} className="brand" aria-label="ClariBI, home">
      <Icon name="dashboards" size={18} /> ClariBI
    </Link>
  );
}
