import type { DataSourceState } from '@/api/types';

const states: Record<DataSourceState, { label: string; tone: 'good' | 'warn' | 'bad' | 'off' }> = {
  connecting: { label: 'Connecting', tone: 'warn' },
  connected: { label: 'Connected', tone: 'good' },
  degraded: { label: 'Degraded', tone: 'warn' },
  needs_reauthorization: { label: 'Needs a new sign-in', tone: 'bad' },
  disconnected: { label: 'Disconnected', tone: 'off' },
};

export function SourceState({ state }: { state: DataSourceState }) {
  const { label, tone } = states[state];
  return (
    <span className="state" data-tone={tone}>
      {label}
    </span>
  );
}
