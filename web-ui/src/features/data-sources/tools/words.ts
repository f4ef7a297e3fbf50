import type { DataClass, ToolLayer, ToolVerdict } from '@/api/types';

export const verdicts: Record<ToolVerdict, { label: string; tone: string }> = {
  allowed: { label: 'Allowed', tone: 'good' },
  narrowed: { label: 'Narrowed', tone: 'warn' },
  quarantined: { label: 'Waiting for approval', tone: 'warn' },
  off: { label: 'Switched off', tone: 'off' },
  refused: { label: 'Refused', tone: 'bad' },
};

/** The layer that decided, in the words of somebody who has not read the policy. */
export const layers: Record<ToolLayer, string> = {
  scope: 'What the grant may do',
  name: 'The words of its name',
  annotations: 'What the vendor marks it as',
  profile: 'What is known about the vendor',
  data_class: 'The kind of data it reads',
  pin: 'Its definition changed',
  switch: 'An owner’s switch',
};

export const dataClasses: Record<DataClass, { label: string; explanation: string }> = {
  aggregate: { label: 'Totals', explanation: 'Counts, rates and the names of charts and events.' },
  personal: { label: 'People', explanation: 'Rows about single people: users, their sessions, addresses and replays.' },
  free_text: { label: 'Free text', explanation: 'What people have written: feedback, comments, messages.' },
};
