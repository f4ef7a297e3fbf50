import { useQuery } from '@tanstack/react-query';
import { ProblemError } from '@/api/http';
import { useIsOwner } from '@/api/session';
import { dataSourceQuery, vendorsQuery } from '@/api/sources';
import type { Vendor } from '@/api/types';
import { Page } from '@/shared/Page';
import type { WizardState } from '@/shared/paths';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { QueryState } from '@/shared/QueryState';
import { AuthorizationStep } from './AuthorizationStep';
import { AuthorizeStep } from './AuthorizeStep';
import { ChooseStep } from './ChooseStep';
import { useWizard } from './useWizard';
import { WizardFrame } from './WizardFrame';

export function AddDataSourcePage() {
  const vendors = useQuery(vendorsQuery());
  const { state } = useWizard();

  return (
    <Page title={state.source ? 'Reconnect data source' : 'Add data source'}>
      <QueryState query={vendors} loading="Loading the vendors">
        {(all) => <Wizard vendors={all} />}
      </QueryState>
    </Page>
  );
}

/** Which step shows follows from the address alone, so a reload or a redirect lands where it left. */
function Wizard({ vendors }: { vendors: Vendor[] }) {
  const { state, go } = useWizard();
  const isOwner = useIsOwner();
  const vendor = vendors.find((one) => one.id === state.vendor);

  if (state.authorization) {
    return (
      <AuthorizationStep
        key={state.authorization}
        id={state.authorization}
        vendors={vendors}
        sourceId={state.source}
        onStartOver={(next, step) => go(next, step ? { state: step } : {})}
      />
    );
  }
  if (vendor && (isOwner || !vendor.ownerOnly)) {
    return (
      <WizardFrame step="authorize" vendor={vendor.name}>
        {state.source ? (
          <ReconnectStep key={vendor.id} vendor={vendor} state={state} sourceId={state.source} />
        ) : (
          <AuthorizeStep key={vendor.id} vendor={vendor} state={state} />
        )}
      </WizardFrame>
    );
  }
  return (
    <WizardFrame step="choose">
      {state.vendor && <ProblemAlert error={vendor ? ownersOnly(vendor) : unknownVendor(state.vendor)} />}
      <ChooseStep vendors={vendors} />
    </WizardFrame>
  );
}

interface ReconnectStepProps {
  vendor: Vendor;
  state: WizardState;
  sourceId: string;
}

/** The form is filled from the data source, so it waits for it. */
function ReconnectStep({ vendor, state, sourceId }: ReconnectStepProps) {
  const source = useQuery(dataSourceQuery(sourceId));

  return (
    <QueryState query={source} loading="Loading the data source">
      {(reconnected) => <AuthorizeStep vendor={vendor} state={state} reconnected={reconnected} />}
    </QueryState>
  );
}

const unknownVendor = (id: string) =>
  new ProblemError({
    type: 'vendor-not-found',
    title: 'This vendor is not in the catalogue',
    status: 404,
    detail: `Nothing is known about “${id}”. Choose one of the vendors below.`,
  });

const ownersOnly = ({ name }: Vendor) =>
  new ProblemError({
    type: 'owner-only',
    title: `Only owners of the workspace connect ${name}`,
    status: 403,
    detail: 'Ask an owner to connect it, or choose one of the vendors below.',
  });
