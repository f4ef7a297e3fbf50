import { Checkbox, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { OrganizationChange } from '@/api/types';
import { Notice } from '@/shared/Notice';

interface OrganizationWarningProps {
  change: OrganizationChange;
  vendor: string;
  input: { checked?: boolean; error?: ReactNode; onChange: (event: React.ChangeEvent<HTMLInputElement>) => void };
}

/** The reconnect came back as another organization: nothing is replaced until the person says that it is meant. */
export function OrganizationWarning({ change, vendor, input }: OrganizationWarningProps) {
  return (
    <Notice tone="warning" title="This is another organization">
      <Stack gap="sm">
        <span>
          The data source was connected to <strong>{change.from}</strong>; you signed in to <strong>{change.to}</strong>. Every
          question, chart and tile made from it would then ask {change.to}, and its numbers would change.
        </span>
        <span>
          Not what you want? Sign out of {vendor}, start over, and sign in to {change.from}.
        </span>
        <Checkbox label={`Connect this data source to ${change.to} from now on`} {...input} />
      </Stack>
    </Notice>
  );
}
