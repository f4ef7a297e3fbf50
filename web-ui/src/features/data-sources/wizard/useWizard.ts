import { useSearchParams } from 'react-router';
import type { WizardState } from '@/shared/paths';

const keys = ['tab', 'q', 'category', 'vendor', 'region', 'authorization', 'source'] as const;

interface GoOptions {
  replace?: boolean;
  /** Goes along with this one step, and not into the address. */
  state?: StepState;
}

export interface StepState {
  popupBlocked?: boolean;
  /** Typed before: kept out of the address, because some servers' addresses hold a key. */
  serverUrl?: string;
}

/** The wizard's state, read from the address and written back to it. */
export function useWizard() {
  const [search, setSearch] = useSearchParams();

  const state: WizardState = {};
  for (const key of keys) {
    const value = search.get(key);
    if (value) state[key] = value;
  }

  return {
    state,
    /** A new step is a new entry in the history; a change within a step replaces the current one. */
    go: (next: WizardState, { replace = false, state }: GoOptions = {}) => setSearch({ ...next }, { replace, state }),
  };
}
