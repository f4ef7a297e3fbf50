import { expect, test } from 'vitest';
import { splitFinding } from './AnswerView';
import { withStep } from './useLiveAnalysis';

test.each([
  ['Paid keep 34.2 % after 7 days. Organic keep 27.9 %.', 'Paid keep 34.2 % after 7 days.', 'Organic keep 27.9 %.'],
  ['premium is the highest. family is the lowest.', 'premium is the highest.', 'family is the lowest.'],
  ['One sentence only.', 'One sentence only.', ''],
  ['No stop at all', 'No stop at all', ''],
])('the finding of "%s" is its first sentence', (text, finding, rest) => {
  const shown = splitFinding(text);

  expect(shown.finding.replaceAll('\u00a0', ' ')).toBe(finding);
  expect(shown.rest.replaceAll('\u00a0', ' ')).toBe(rest);
});

test('a step that ends replaces the step that began', () => {
  const began = { sequence: 1, key: 'ask_vendor' as const, text: 'Asking', startedAt: '2026-11-22T12:00:00Z', failed: false };
  const ended = { ...began, sequence: 2, finishedAt: '2026-11-22T12:00:03Z' };

  expect(withStep(withStep([], began), ended)).toEqual([ended]);
  expect(withStep([ended], ended)).toEqual([ended]);
});
