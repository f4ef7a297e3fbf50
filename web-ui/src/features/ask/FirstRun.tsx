import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { vendorsQuery } from '@/api/sources';
import { EmptyState } from '@/shared/EmptyState';
import { paths } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';

/** Nothing is connected yet: the way to the first answer, with real data or with sample data. */
export function FirstRun() {
  const vendors = useQuery(vendorsQuery());

  return (
    <QueryState query={vendors} loading="Loading the vendors">
      {(all) => {
        const vendor = all[0];
        const sandbox = vendor?.regions.find((region) => region.sandbox);
        return (
          <EmptyState
            title="Connect your first data source"
            action={
              vendor && (
                <>
                  <Button component={Link} to={paths.addDataSource({ vendor: vendor.id })}>
                    Connect {vendor.name}
                  </Button>
                  {sandbox && (
                    <Button
                      component={Link}
                      to={paths.addDataSource({ vendor: vendor.id, region: sandbox.id })}
                      variant="default"
                    >
                      Try it with sample data
                    </Button>
                  )}
                </>
              )
            }
          >
            <p className="flush">
              ClariBI asks {vendor?.name ?? 'your analytics'} in your name and answers with a sentence, a chart and the query
              behind it. Signing in takes a minute, there is nothing to set up, and ClariBI can only read.
            </p>
            {sandbox && <p>No account at hand? The sandbox holds 90 days of a made-up app, clearly marked as sample data.</p>}
          </EmptyState>
        );
      }}
    </QueryState>
  );
}
