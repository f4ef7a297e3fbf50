import { Button, Group, Loader, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'react-router';
import { useCancelAuthorization } from '@/api/sources';
import type { Authorization, Vendor } from '@/api/types';
import { formatTime } from '@/shared/format/time';
import { Notice } from '@/shared/Notice';
import { notifyProblem } from '@/shared/notify';
import { FreshRegistration } from './FreshRegistration';
import { openPopup } from './popup';
import { StepHeading } from './StepHeading';
import type { StepState } from './useWizard';
import { vendorName } from './vendorName';

interface WaitingStepProps {
  authorization: Authorization;
  vendor: Vendor | undefined;
  sourceId: string | undefined;
  onCancelled: () => void;
}

/** The popup is out of sight of this page: it may be closed, blocked or busy, so every way on stays offered. */
export function WaitingStep({ authorization, vendor, sourceId, onCancelled }: WaitingStepProps) {
  const name = vendorName(vendor);
  const cancel = useCancelAuthorization();
  const arrived = useLocation().state as StepState | null;
  const [blocked, setBlocked] = useState(arrived?.popupBlocked ?? false);
  const address = authorization.authorizeUrl;
  const waiting = authorization.status === 'awaiting_consent';

  return (
    <Stack gap="md">
      <StepHeading>{waiting ? `Waiting for ${name}…` : 'Finishing the connection…'}</StepHeading>
      <Group gap="sm" role="status" wrap="nowrap" align="flex-start">
        <Loader size="sm" aria-hidden="true" />
        <Text>
          {waiting
            ? `Sign in to ${name} and allow access in the window ${blocked ? 'you open from here' : 'that opened'}. This page goes on by itself.`
            : `${name} has agreed. Opening the session and reading the tools.`}
        </Text>
      </Group>
      {waiting && !blocked && (
        <Text c="dimmed">
          No window? The browser may have blocked it. Open it again, or use this tab: you come back here after. The sign-in can be
          finished until {formatTime(authorization.expiresAt)}.
        </Text>
      )}
      {waiting && blocked && (
        <Notice tone="warning" title="The browser blocked the window">
          Allow popups for this site and open it again, or use this tab: you come back here after.
        </Notice>
      )}
      {waiting && <FreshRegistration authorization={authorization} vendor={vendor} sourceId={sourceId} />}
      <Group gap="sm">
        {waiting && address && (
          <>
            <Button variant="default" onClick={() => setBlocked(openPopup(address) === null)}>
              Open again
            </Button>
            <Button variant="default" onClick={() => window.location.assign(address)}>
              Use this tab instead
            </Button>
          </>
        )}
        <Button
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(authorization.id, { onSuccess: onCancelled, onError: notifyProblem })}
        >
          Cancel
        </Button>
      </Group>
    </Stack>
  );
}
