import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useStartAuthorization } from '@/api/sources';
import type { StartAuthorizationRequest, Vendor } from '@/api/types';
import type { WizardState } from '@/shared/paths';
import { AuthorizationProblem } from './AuthorizationProblem';
import { openPopup, sendTo } from './popup';
import { StepHeading } from './StepHeading';
import { Troubleshooting } from './Troubleshooting';
import { useWizard } from './useWizard';

interface AuthorizeStepProps {
  vendor: Vendor;
  state: WizardState;
}

export function AuthorizeStep({ vendor, state }: AuthorizeStepProps) {
  const { go } = useWizard();
  const start = useStartAuthorization();
  const [wanted, setWanted] = useState(state.region);
  const region = vendor.regions.find((one) => one.id === wanted) ?? vendor.regions[0];

  function onAuthorize() {
    if (!region) return;
    const popup = openPopup();
    const request: StartAuthorizationRequest = { vendor: vendor.id, region: region.id };
    if (state.source) request.dataSourceId = state.source;

    start.mutate(request, {
      onSuccess: ({ id, authorizeUrl }) => {
        if (popup && authorizeUrl) sendTo(popup, authorizeUrl);
        go({ ...state, vendor: vendor.id, region: region.id, authorization: id }, { replace: true, state: { popupBlocked: popup === null } });
      },
      onError: () => popup?.close(),
    });
  }

  return (
    <Stack gap="md">
      <StepHeading>{`Authorize with ${vendor.name}`}</StepHeading>
      <Radio.Group
        label="Region"
        description={`Where your ${vendor.name} organization keeps its data.`}
        value={region?.id ?? ''}
        onChange={(id) => {
          setWanted(id);
          go({ ...state, vendor: vendor.id, region: id }, { replace: true });
        }}
      >
        <Group mt="xs" gap="lg">
          {vendor.regions.map((one) => (
            <Radio key={one.id} value={one.id} label={one.sandbox ? 'Sandbox (sample data)' : one.name} disabled={start.isPending} />
          ))}
        </Group>
      </Radio.Group>
      <ul className="points">
        <li>ClariBI registers itself; there is nothing to set up in {vendor.name}.</li>
        <li>
          It asks to read: charts, cohorts, events, queries. It cannot write: tools that write are refused before any question
          is asked.
        </li>
        <li>Sign in to one {vendor.name} organization only.</li>
      </ul>
      {region?.sandbox && (
        <Text c="dimmed">The sandbox holds sample data of a made-up app. Everything that comes from it is marked.</Text>
      )}
      {start.isError && <AuthorizationProblem error={start.error} vendor={vendor.name} />}
      <Group gap="sm">
        <Button onClick={onAuthorize} loading={start.isPending} disabled={!region}>
          Authorize with {vendor.name}
        </Button>
        <Button variant="default" onClick={() => go({})} disabled={start.isPending}>
          Choose another vendor
        </Button>
      </Group>
      <Troubleshooting vendor={vendor.name} />
    </Stack>
  );
}
