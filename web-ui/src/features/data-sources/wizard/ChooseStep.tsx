import { Group, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useIsOwner } from '@/api/session';
import type { Vendor } from '@/api/types';
import { EmptyState } from '@/shared/EmptyState';
import { plural } from '@/shared/format/values';
import { AuthorizeStep } from './AuthorizeStep';
import { useWizard } from './useWizard';
import { VendorCard } from './VendorCard';
import { customVendor } from './vendorName';

interface ChooseStepProps {
  vendors: Vendor[];
}

export function ChooseStep({ vendors }: ChooseStepProps) {
  const { state, go } = useWizard();

  return (
    <Tabs
      value={state.tab === customVendor ? customVendor : 'mcp'}
      onChange={(tab) => go(tab === customVendor ? { tab } : {}, { replace: true })}
      keepMounted={false}
    >
      <Tabs.List aria-label="Kinds of data source">
        <Tabs.Tab value="mcp">MCP Servers</Tabs.Tab>
        <Tabs.Tab value={customVendor}>Custom server</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="mcp" pt="md">
        <Catalogue vendors={vendors.filter((vendor) => vendor.id !== customVendor)} />
      </Tabs.Panel>
      <Tabs.Panel value={customVendor} pt="md">
        <CustomServer vendor={vendors.find((vendor) => vendor.id === customVendor)} />
      </Tabs.Panel>
    </Tabs>
  );
}

function Catalogue({ vendors }: ChooseStepProps) {
  const { state, go } = useWizard();
  const isOwner = useIsOwner();
  const { category, source } = state;
  // Typed here and noted in the address: the address lags behind fast typing, so it cannot be the input's value.
  const [typed, setTyped] = useState(state.q ?? '');
  const categories = [...new Set(vendors.map((vendor) => vendor.category))].sort();
  const words = typed.trim().toLowerCase();
  const found = vendors.filter(
    (vendor) =>
      (!category || vendor.category === category) &&
      [vendor.name, vendor.category, vendor.summary].some((text) => text.toLowerCase().includes(words)),
  );

  function narrow(next: { q?: string; category?: string }) {
    go({ ...(source && { source }), ...(next.q && { q: next.q }), ...(next.category && { category: next.category }) }, { replace: true });
  }

  return (
    <Stack gap="md">
      <TextInput
        label="Search"
        type="search"
        placeholder="Name or category"
        maw={360}
        value={typed}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          narrow({ q: event.currentTarget.value, ...(category && { category }) });
        }}
      />
      <Group gap="xs" role="group" aria-label="Categories">
        {[undefined, ...categories].map((one) => (
          <button
            key={one ?? 'all'}
            type="button"
            className="chip"
            aria-pressed={one === category}
            onClick={() => narrow({ q: typed, ...(one && { category: one }) })}
          >
            {one ?? 'All'}
          </button>
        ))}
      </Group>
      <Text c="dimmed" role="status">
        {found.length === 0
          ? 'No vendor matches. Change the search, choose another category, or connect a custom server.'
          : plural(found.length, 'vendor')}
      </Text>
      <div className="vendor-grid">
        {found.map((vendor) => (
          <VendorCard
            key={vendor.id}
            vendor={vendor}
            mayConnect={isOwner || !vendor.ownerOnly}
            onConnect={() => go({ vendor: vendor.id, ...(source && { source }) })}
          />
        ))}
      </div>
    </Stack>
  );
}

function CustomServer({ vendor }: { vendor: Vendor | undefined }) {
  const isOwner = useIsOwner();

  if (!vendor) {
    return (
      <EmptyState title="Custom servers are switched off">
        This installation connects to the servers of its catalogue only. Whoever runs ClariBI can change that.
      </EmptyState>
    );
  }
  if (!isOwner && vendor.ownerOnly) {
    return (
      <EmptyState title="Only owners connect custom servers">
        A server outside the catalogue was checked by nobody, so an owner of the workspace has to vouch for it. Ask one of them to
        connect it; everybody in the workspace can then ask it questions.
      </EmptyState>
    );
  }
  return (
    <Stack gap="md" maw={640}>
      <Text>
        Any MCP server that speaks streamable HTTP and signs people in with OAuth. Nothing is known about its tools: those it marks
        as reading and that are named like it are let through, every other one is refused.
      </Text>
      <AuthorizeStep vendor={vendor} state={{}} heading={false} />
    </Stack>
  );
}
