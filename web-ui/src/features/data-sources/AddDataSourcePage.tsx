import { useQuery } from '@tanstack/react-query';
import { vendorsQuery } from '@/api/sources';
import type { Vendor } from '@/api/types';
import { Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ProblemError } from '@/api/http';
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
  const vendor = vendors.find((one) => one.id === state.vendor);

  if (state.authorization) {
    return (
      <AuthorizationStep
        key={state.authorization}
        id={state.authorization}
        vendors={vendors}
        sourceId={state.source}
        onStartOver={(next) => go(next)}
      />
    );
  }
  if (vendor) {
    return (
      <WizardFrame step="authorize" vendor={vendor.name}>
        <AuthorizeStep key={vendor.id} vendor={vendor} state={state} />
      </WizardFrame>
    );
  }
  return (
    <WizardFrame step="choose">
      {state.vendor && <ProblemAlert error={unknownVendor(state.vendor)} />}
      <ChooseStep vendors={vendors} onChoose={(id) => go({ vendor: id })} />
    </WizardFrame>
  );
}

const unknownVendor = (id: string) =>
  new ProblemError({
    type: 'vendor-not-found',
    title: 'This vendor is not in the catalogue',
    status: 404,
    detail: `Nothing is known about “${id}”. Choose one of the vendors below.`,
  });
