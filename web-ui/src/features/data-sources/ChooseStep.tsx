import { Button, Group, Stack, Tabs, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { Vendor } from '@/api/types';

interface ChooseStepProps {
  vendors: Vendor[];
  onChoose: (id: string) => void;
}

export function ChooseStep({ vendors, onChoose }: ChooseStepProps) {
  const [search, setSearch] = useState('');
  const [category, setCategory] = useState<string>();
  const categories = [...new Set(vendors.map((vendor) => vendor.category))].sort();
  const words = search.trim().toLowerCase();
  const found = vendors.filter(
    (vendor) =>
      (!category || vendor.category === category) &&
      [vendor.name, vendor.category, vendor.summary].some((text) => text.toLowerCase().includes(words)),
  );

  return (
    <Tabs defaultValue="mcp" keepMounted={false}>
      <Tabs.List aria-label="Kinds of data source">
        <Tabs.Tab value="mcp">MCP Servers</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="mcp" pt="md">
        <Stack gap="md">
          <TextInput
            label="Search"
            type="search"
            placeholder="Name or category"
            maw={360}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <Group gap="xs" role="group" aria-label="Categories">
            <CategoryChip label="All" pressed={!category} onClick={() => setCategory(undefined)} />
            {categories.map((one) => (
              <CategoryChip key={one} label={one} pressed={one === category} onClick={() => setCategory(one)} />
            ))}
          </Group>
          {found.length === 0 && <Text c="dimmed">No vendor matches. Change the search or choose another category.</Text>}
          <div className="vendor-grid">
            {found.map((vendor) => (
              <VendorCard key={vendor.id} vendor={vendor} onConnect={() => onChoose(vendor.id)} />
            ))}
          </div>
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}

function CategoryChip({ label, pressed, onClick }: { label: string; pressed: boolean; onClick: () => void }) {
  return (
    <button type="button" className="chip" aria-pressed={pressed} onClick={onClick}>
      {label}
    </button>
  );
}

function VendorCard({ vendor, onConnect }: { vendor: Vendor; onConnect: () => void }) {
  const headingId = `vendor-${vendor.id}`;

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
        <Group>
          <Button variant="default" onClick={onConnect}>
            Connect
          </Button>
        </Group>
      </Stack>
    </article>
  );
}
