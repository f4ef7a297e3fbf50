import { Code, Group, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Vendor } from '@/api/types';
import { CopyButton } from '@/shared/CopyButton';

export type Way = 'sign_in' | 'service_account';

export interface ConnectValues {
  region: string;
  serverUrl: string;
  way: Way;
  clientId: string;
  clientSecret: string;
}

export type ConnectForm = UseFormReturnType<ConnectValues>;

interface RegionFieldProps {
  vendor: Vendor;
  value: string;
  disabled: boolean;
  onChange: (id: string) => void;
}

export function RegionField({ vendor, value, disabled, onChange }: RegionFieldProps) {
  if (vendor.regions.length === 0) return null;
  return (
    <Radio.Group label="Region" description={`Where your ${vendor.name} organization keeps its data.`} value={value} onChange={onChange}>
      <Group mt="xs" gap="8px 24px">
        {vendor.regions.map((one) => (
          <Radio key={one.id} value={one.id} label={one.name} disabled={disabled} />
        ))}
      </Group>
    </Radio.Group>
  );
}

export function ServerUrlField({ form, hint }: { form: ConnectForm; hint: string }) {
  return (
    <TextInput
      label="Server URL"
      description={hint}
      placeholder="https://mcp.example.com/mcp"
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      withAsterisk
      {...form.getInputProps('serverUrl')}
    />
  );
}

export function WayField({ form, vendor }: { form: ConnectForm; vendor: string }) {
  return (
    <Radio.Group label="How to connect" {...form.getInputProps('way')}>
      <Stack gap="xs" mt="xs">
        <Radio value="sign_in" label="Sign in with your account" description={`ClariBI sees what you see in ${vendor}.`} />
        <Radio
          value="service_account"
          label="Connect with a service account"
          description={`Belongs to no person, so it goes on when somebody leaves. An admin makes one in ${vendor}.`}
        />
      </Stack>
    </Radio.Group>
  );
}

interface ClientFieldsProps {
  form: ConnectForm;
  required?: 'id' | 'both';
}

/** Sent once and kept encrypted by the server; here it stays in the form's memory only. */
export function ClientFields({ form, required }: ClientFieldsProps) {
  return (
    <>
      <TextInput label="Client ID" autoComplete="off" spellCheck={false} withAsterisk={!!required} {...form.getInputProps('clientId')} />
      <PasswordInput
        label="Client secret"
        description={`Kept encrypted, never shown again.${required === 'both' ? '' : ' Leave it empty for a public client.'}`}
        autoComplete="new-password"
        withAsterisk={required === 'both'}
        visibilityToggleButtonProps={{ 'aria-label': 'Show or hide the secret' }}
        {...form.getInputProps('clientSecret')}
      />
    </>
  );
}

/** Where the vendor sends people back to: an app made by hand has to list it. */
export function RedirectAddress({ vendor }: { vendor: string }) {
  const address = `${window.location.origin}/api/oauth/callback`;
  return (
    <div>
      <Text>Register this redirect address with the app, letter by letter. {vendor} refuses to send you back to any other.</Text>
      <Group gap="sm" mt={4}>
        <Code className="wrap">{address}</Code>
        <CopyButton text={address} what="the redirect address" />
      </Group>
    </div>
  );
}
