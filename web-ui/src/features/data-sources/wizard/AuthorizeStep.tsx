import { Button, Group, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useLocation } from 'react-router';
import type { DataSource, Vendor } from '@/api/types';
import { ServerCheck } from '@/features/data-sources/doctor/ServerCheck';
import { Troubleshooting } from '@/features/data-sources/Troubleshooting';
import { Notice } from '@/shared/Notice';
import type { WizardState } from '@/shared/paths';
import { AuthorizationProblem } from './AuthorizationProblem';
import { ClientFields, RedirectAddress, RegionField, ServerUrlField, WayField, type ConnectForm, type ConnectValues } from './ConnectFields';
import { checkServerUrl, normalizeServerUrl } from './serverUrl';
import { StepHeading } from './StepHeading';
import { useConnect } from './useConnect';
import { useWizard, type StepState } from './useWizard';
import { customVendor, vendorName } from './vendorName';

interface AuthorizeStepProps {
  vendor: Vendor;
  state: WizardState;
  /** The data source being reconnected. */
  reconnected?: DataSource | undefined;
  /** Off where the step is part of a page that has a heading, as in the tab for a custom server. */
  heading?: boolean;
}

const custom = (vendor: Vendor) => vendor.id === customVendor;

export function AuthorizeStep({ vendor, state, reconnected, heading = true }: AuthorizeStepProps) {
  const { go } = useWizard();
  const connect = useConnect();
  const typedBefore = (useLocation().state as StepState | null)?.serverUrl;
  const form = useForm<ConnectValues>({
    initialValues: {
      region: (vendor.regions.find((one) => one.id === state.region) ?? vendor.regions[0])?.id ?? '',
      serverUrl: typedBefore ?? reconnected?.serverUrl ?? '',
      way: vendor.serviceAccounts && reconnected?.serviceAccount ? 'service_account' : 'sign_in',
      clientId: '',
      clientSecret: '',
    },
    validate: {
      serverUrl: (url) => (vendor.urlHint ? checkServerUrl(url) : null),
      clientId: (id, { way, clientSecret }) => {
        const needed = way === 'service_account' || vendor.needsClient || clientSecret;
        return needed && !id.trim() ? 'Enter the client ID.' : null;
      },
      clientSecret: (secret, { way }) =>
        way === 'service_account' && !secret ? 'Enter the client secret.' : null,
    },
  });
  const { region, way } = form.values;
  const chosen = vendor.regions.find((one) => one.id === region);
  const name = vendorName(vendor);

  const where = {
    vendor: vendor.id,
    ...(region && { region }),
    ...(vendor.urlHint && { serverUrl: normalizeServerUrl(form.values.serverUrl) }),
  };

  function send({ clientId, clientSecret }: ConnectValues, confirm?: string) {
    const request = { ...where, ...(state.source && { dataSourceId: state.source }), ...(confirm && { confirm }) };
    const id = clientId.trim();
    if (way === 'service_account') connect.withServiceAccount({ ...request, clientId: id, clientSecret });
    else connect.signIn({ ...request, ...(id && { client: { id, ...(clientSecret && { secret: clientSecret }) } }) });
  }

  return (
    <Stack gap="md">
      <form onSubmit={form.onSubmit((values) => send(values))} noValidate>
        <Stack gap="md">
          {heading && <StepHeading>{custom(vendor) ? 'Connect a custom server' : `Authorize with ${vendor.name}`}</StepHeading>}
          {reconnected && <ReconnectHint source={reconnected} />}
          <RegionField
            vendor={vendor}
            value={region}
            disabled={connect.busy}
            onChange={(id) => {
              form.setFieldValue('region', id);
              go({ ...state, vendor: vendor.id, region: id }, { replace: true });
            }}
          />
          {vendor.urlHint && <ServerUrlField form={form} hint={vendor.urlHint} />}
          {vendor.serviceAccounts && <WayField form={form} vendor={vendor.name} />}
          {vendor.adminStep && (
            <Notice tone="info" title={`For an admin of ${vendor.name}`}>
              {vendor.adminStep}
            </Notice>
          )}
          {way === 'service_account' ? <ClientFields form={form} required="both" /> : <OwnApp vendor={vendor} form={form} />}
          {way === 'sign_in' && <Points vendor={vendor} />}
          {chosen?.sandbox && (
            <Text c="dimmed">The sandbox holds sample data of a made-up app. Everything that comes from it is marked.</Text>
          )}
          {connect.error && <AuthorizationProblem error={connect.error} vendor={name} onConfirm={(hosts) => send(form.values, hosts)} />}
          <Group gap="sm">
            <Button type="submit" loading={connect.busy} disabled={vendor.regions.length > 0 && !chosen}>
              {way === 'service_account' ? 'Connect' : `Authorize with ${name}`}
            </Button>
            {heading && (
              <Button variant="default" onClick={() => go(state.source ? { source: state.source } : {})} disabled={connect.busy}>
                Choose another vendor
              </Button>
            )}
          </Group>
        </Stack>
      </form>
      <Troubleshooting vendor={vendor.name} />
      <ServerCheck request={where} ready={!vendor.urlHint || checkServerUrl(form.values.serverUrl) === null} />
    </Stack>
  );
}

function ReconnectHint({ source }: { source: DataSource }) {
  return (
    <Notice tone="info" title={`Reconnecting ${source.name}`}>
      Its questions, charts and tiles stay as they are. Sign in to{' '}
      {source.organization ? <strong>{source.organization}</strong> : 'the same organization'} as before.
    </Notice>
  );
}

/** A client of one's own: asked for where the vendor registers none, offered for a server nobody knows. */
function OwnApp({ vendor, form }: { vendor: Vendor; form: ConnectForm }) {
  if (vendor.needsClient) {
    return (
      <Stack gap="md" role="group" aria-label="Your own app">
        <Text>
          {vendor.name} does not let ClariBI register itself. Make an OAuth app in {vendor.name} once and enter what it gives you.
        </Text>
        <RedirectAddress vendor={vendor.name} />
        <ClientFields form={form} required="id" />
      </Stack>
    );
  }
  if (!custom(vendor)) return null;
  return (
    <details className="evidence" open={!!form.values.clientId || undefined}>
      <summary>Use a client of your own</summary>
      <div className="evidence-body">
        <Text>Only for a server that does not let ClariBI register itself.</Text>
        <RedirectAddress vendor="The server" />
        <ClientFields form={form} />
      </div>
    </details>
  );
}

function Points({ vendor }: { vendor: Vendor }) {
  const name = vendorName(vendor);
  return (
    <ul className="points">
      {!vendor.needsClient && !custom(vendor) && <li>ClariBI registers itself; there is nothing to set up in {name}.</li>}
      <li>It asks to read only. Tools that write are refused before any question is asked.</li>
      <li>Sign in to one organization only: the one you want to ask about.</li>
    </ul>
  );
}
