import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import { AppRoutes } from '@/app/AppRoutes';
import { Providers } from '@/app/Providers';
import { createQueryClient } from '@/app/queryClient';

/** The whole app at an address, as a browser would open it. */
export function renderApp(address = '/') {
  const seen = { address };
  render(
    <MemoryRouter initialEntries={[address]}>
      <Providers queryClient={createQueryClient()}>
        <AppRoutes />
      </Providers>
      <Watch onAddress={(current) => (seen.address = current)} />
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), address: () => seen.address };
}

function Watch({ onAddress }: { onAddress: (address: string) => void }) {
  const { pathname, search } = useLocation();
  onAddress(pathname + search);
  return null;
}
