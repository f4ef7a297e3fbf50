import { Button, Group, Stack, Text, Title } from '@mantine/core';
import type { Vendor } from '@/api/types';
import { OwnerOnly } from '@/shared/OwnerOnly';

interface VendorCardProps {
  vendor: Vendor;
  /** False where only owners connect this vendor and this person is not one. */
  mayConnect: boolean;
  onConnect: () => void;
}

export function VendorCard({ vendor, mayConnect, onConnect }: VendorCardProps) {
  const headingId = `vendor-${vendor.id}`;
  const reasonId = `${headingId}-reason`;

  return (
    <article className="surface panel" aria-labelledby={headingId}>
      <Stack gap="sm" h="100%" justify="space-between">
        <Group wrap="nowrap" align="flex-start" gap="sm">
          <span className="initials" aria-hidden="true">
            {vendor.initials}
          </span>
          <div className="grow">
            <Title order={2} id={headingId} className="wrap">
              {vendor.name}
            </Title>
            <Text size="sm" c="dimmed">
              {vendor.category}
            </Text>
          </div>
        </Group>
        <Text className="wrap">{vendor.summary}</Text>
        {(vendor.needsClient || vendor.urlHint || vendor.adminStep) && (
          <Group gap={6}>
            {vendor.needsClient && <span className="tag">Needs an app of your own</span>}
            {vendor.urlHint && <span className="tag">Asks for your server’s address</span>}
            {vendor.adminStep && <span className="tag">May need an admin</span>}
          </Group>
        )}
        {mayConnect ? (
          <Group>
            <Button variant="default" onClick={onConnect} aria-describedby={headingId}>
              Connect
            </Button>
          </Group>
        ) : (
          <Stack gap={6} align="flex-start">
            <Button variant="default" disabled aria-describedby={reasonId}>
              Connect
            </Button>
            <OwnerOnly id={reasonId} what={`connect ${vendor.name}`} />
          </Stack>
        )}
      </Stack>
    </article>
  );
}
