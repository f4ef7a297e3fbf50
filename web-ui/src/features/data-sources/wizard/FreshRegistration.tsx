import { Button, Stack } from '@mantine/core';
import { useCancelAuthorization } from '@/api/sources';
import type { Authorization, Vendor } from '@/api/types';
import { Notice } from '@/shared/Notice';
import { AuthorizationProblem } from './AuthorizationProblem';
import { useConnect } from './useConnect';
import { vendorName } from './vendorName';

interface FreshRegistrationProps {
  authorization: Authorization;
  vendor: Vendor | undefined;
  sourceId: string | undefined;
}

/**
 * A vendor that has forgotten the client shows an error page and never sends anybody back, which from here looks like a
 * sign-in that was abandoned. So the way out is offered after one, and never taken by itself.
 */
export function FreshRegistration({ authorization, vendor, sourceId }: FreshRegistrationProps) {
  const connect = useConnect();
  const cancel = useCancelAuthorization();
  const { id, region, serverUrl } = authorization;
  // A client made by hand cannot be made anew from here, and a service account needs none.
  if (!authorization.suspect || authorization.serviceAccount || !vendor || vendor.needsClient) return null;

  const { id: vendorId, urlHint } = vendor;

  function startOver(confirm?: string) {
    connect.signIn(
      {
        vendor: vendorId,
        ...(region && { region }),
        ...(urlHint && serverUrl && { serverUrl }),
        ...(sourceId && { dataSourceId: sourceId }),
        ...(confirm && { confirm }),
        startOver: true,
      },
      () => cancel.mutate(id),
    );
  }

  return (
    <Notice tone="warning" title={`Does ${vendorName(vendor)} show an error instead of its sign-in page?`}>
      <Stack gap="xs" align="flex-start">
        <span>
          An earlier sign-in was not finished, so {vendorName(vendor)} may have forgotten the registration of ClariBI. A fresh one takes a
          second and loses nothing.
        </span>
        <Button size="xs" variant="default" onClick={() => startOver()} loading={connect.busy}>
          Start over with a fresh registration
        </Button>
        {connect.error && <AuthorizationProblem error={connect.error} vendor={vendorName(vendor)} onConfirm={startOver} />}
      </Stack>
    </Notice>
  );
}
