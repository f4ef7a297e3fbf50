import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { authorizationQuery } from '@/api/sources';
import type { Authorization, Vendor } from '@/api/types';
import { Troubleshooting } from '@/features/data-sources/Troubleshooting';
import { paths, type WizardState } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { AuthorizationProblem, failureAsError } from './AuthorizationProblem';
import { FreshRegistration } from './FreshRegistration';
import { NameStep } from './NameStep';
import { onAuthorizationAnnounced } from './popup';
import { StepHeading } from './StepHeading';
import type { StepState } from './useWizard';
import { vendorName } from './vendorName';
import { WaitingStep } from './WaitingStep';
import { WizardFrame } from './WizardFrame';

interface AuthorizationStepProps {
  id: string;
  vendors: Vendor[];
  /** The data source being reconnected. */
  sourceId: string | undefined;
  onStartOver: (state: WizardState, step?: StepState) => void;
}

/** An authorization that was started: it waits, failed, or is ready for a name. The server says which. */
export function AuthorizationStep({ id, vendors, sourceId, onStartOver }: AuthorizationStepProps) {
  const authorization = useQuery(authorizationQuery(id));
  useAnnouncements(id);

  if (authorization.isError) {
    return (
      <WizardFrame step="authorize">
        <AuthorizationProblem error={authorization.error} vendor="the vendor" onStartOver={() => onStartOver({})} />
      </WizardFrame>
    );
  }
  return (
    <QueryState query={authorization} loading="Looking up the authorization">
      {(current) => (
        <CurrentStep
          authorization={current}
          vendor={vendors.find((one) => one.id === current.vendor)}
          sourceId={sourceId}
          onStartOver={() =>
            onStartOver(
              { vendor: current.vendor, ...(current.region && { region: current.region }), ...(sourceId && { source: sourceId }) },
              current.serverUrl ? { serverUrl: current.serverUrl } : {},
            )
          }
        />
      )}
    </QueryState>
  );
}

/** The popup says when it is done; what came of it is still asked from the server. */
function useAnnouncements(id: string) {
  const queryClient = useQueryClient();
  useEffect(
    () =>
      onAuthorizationAnnounced((announced) => {
        if (announced !== id) return;
        window.focus();
        void queryClient.invalidateQueries({ queryKey: authorizationQuery(id).queryKey });
      }),
    [id, queryClient],
  );
}

interface CurrentStepProps {
  authorization: Authorization;
  vendor: Vendor | undefined;
  sourceId: string | undefined;
  onStartOver: () => void;
}

function CurrentStep({ authorization, vendor, sourceId, onStartOver }: CurrentStepProps) {
  const name = vendorName(vendor);
  const { failure, region } = authorization;

  switch (authorization.status) {
    case 'awaiting_consent':
    case 'completing':
      return (
        <WizardFrame step="authorize" vendor={vendor?.name}>
          <WaitingStep authorization={authorization} vendor={vendor} sourceId={sourceId} onCancelled={onStartOver} />
        </WizardFrame>
      );
    case 'failed':
      return (
        <WizardFrame step="authorize" vendor={vendor?.name}>
          <Stack gap="md">
            <StepHeading>{`${upperFirst(name)} is not connected`}</StepHeading>
            {failure && <AuthorizationProblem error={failureAsError(failure)} vendor={name} onStartOver={onStartOver} />}
            <FreshRegistration authorization={authorization} vendor={vendor} sourceId={sourceId} />
            <Troubleshooting vendor={name} />
          </Stack>
        </WizardFrame>
      );
    case 'authorized':
      return (
        <WizardFrame step="name" vendor={vendor?.name}>
          <NameStep
            authorization={authorization}
            vendor={name}
            region={vendor?.regions.find((one) => one.id === region)}
            sourceId={sourceId}
            onStartOver={onStartOver}
          />
        </WizardFrame>
      );
    case 'finished':
      return <Navigate to={sourceId ? paths.dataSource(sourceId) : paths.dataSources} replace />;
  }
}

const upperFirst = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
