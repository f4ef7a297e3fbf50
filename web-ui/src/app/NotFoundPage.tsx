import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { EmptyState } from '@/shared/EmptyState';
import { Page } from '@/shared/Page';
import { paths } from '@/shared/paths';

export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <EmptyState
        title="Nothing lives at this address"
        action={
          <Button component={Link} to={paths.ask}>
            Go to Ask
          </Button>
        }
      >
        The link may be old, or part of it is missing. Your conversations, dashboards and data sources are in the menu.
      </EmptyState>
    </Page>
  );
}
