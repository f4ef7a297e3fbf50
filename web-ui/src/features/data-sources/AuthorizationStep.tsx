import { Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Navigate } from 'react-router';
import { authorizationQuery } from '@/api/sources';
import type { Vendor } from '@/api/types';
import { paths, type WizardState } from '@/shared/paths';
import { QueryState } from '@/shared/QueryState';
import { AuthorizationProblem, failureAsError } from './AuthorizationProblem';
import { NameStep } from './NameStep';
import { onAuthorizationAnnounced } from './popup';
import { StepHeading } from './StepHeading';
import { WaitingStep } from './WaitingStep';
import { WizardFrame } from './WizardFrame';

interface AuthorizationStepProps {
  id: string;
  vendors: Vendor[];
  /** The data source being reconnected. */
  sourceId: string | undefined;
  onStartOver: (state: WizardState) => void;
}

/** An authorization that was started: it waits, failed, or is ready for a name. The server says which. */
export function AuthorizationStep({ id, vendors, sourceId, onStartOver }: AuthorizationStepProps) {
  const queryClient = useQueryClient();
  const authorization = useQuery(authorizationQuery(id));
  const vendor = vendors.find((one) => one.id === authorization.data?.vendor);
  const vendorName = vendor?.name ?? 'the vendor';

  useEffect(
    () =>
      onAuthorizationAnnounced((announced) => {
        if (announced !== id) return;
        window.focus();
        void queryClient.invalidateQueries({ queryKey: authorizationQuery(id).queryKey });
      }),
    [id, queryClient],
  );

  if (authorization.isError) {
    return (
      <WizardFrame step="authorize">
        <AuthorizationProblem error={authorization.error} vendor={vendorName} onStartOver={() => onStartOver({})} />
      </WizardFrame>
    );
  }

  return (
    <QueryState query={authorization} loading="Looking up the authorization">
      {(current) => {
        const again: WizardState = { vendor: current.vendor, region: current.region };
        if (sourceId) again.source = sourceId;

        switch (current.status) {
          case 'awaiting_consent':
          case 'completing':
            return (
              <WizardFrame step="authorize" vendor={vendorName}>
                <WaitingStep authorization={current} vendor={vendorName} onCancelled={() => onStartOver(again)} />
              </WizardFrame>
            );
          case 'failed':
            return (
              <WizardFrame step="authorize" vendor={vendorName}>
                <Stack gap="md">
                  <StepHeading>{`${vendorName} is not connected`}</StepHeading>
                  {current.failure && (
                    <AuthorizationProblem
                      error={failureAsError(current.failure)}
                      vendor={vendorName}
                      onStartOver={() => onStartOver(again)}
                    />
                  )}
                </Stack>
              </WizardFrame>
            );
          case 'authorized':
            return (
              <WizardFrame step="name" vendor={vendorName}>
                <NameStep authorization={current} vendor={vendorName} sourceId={sourceId} onStartOver={() => onStartOver(again)} />
              </WizardFrame>
            );
          case 'finished':
            return <Navigate to={sourceId ? paths.dataSource(sourceId) : paths.dataSources} replace />;
        }
      }}
    </QueryState>
  );
}
