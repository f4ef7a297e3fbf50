import { expect, test } from 'vitest';
import type { Cell, ColumnType } from '@/api/types';
import { formatAxis, formatCell } from './values';

test.each<[Cell, ColumnType, string | null, string]>([
  [0.342, 'percent', null, '34.2 %'],
  [1, 'percent', null, '100 %'],
  [-0.063, 'percent', null, '-6.3 %'],
  [18204, 'number', null, '18,204'],
  [3.14159, 'number', null, '3.14'],
  [12, 'number', 'users', '12 users'],
  [0.5, 'duration', null, '500 ms'],
  [42.25, 'duration', null, '42.3 s'],
  [200, 'duration', null, '3 min 20 s'],
  [3600, 'duration', null, '1 h'],
  [93_600, 'duration', null, '1 d 2 h'],
  [182300.5, 'currency', 'USD', '$182,300.50'],
  [94000, 'currency', 'EUR', '€94,000'],
  [7, 'currency', 'points', '7 points'],
  ['2026-10-01', 'date', null, '1 Oct 2026'],
  ['2026-10-01T14:00:00', 'date', null, '1 Oct 2026, 14:00'],
  ['2026-10', 'date', null, 'Oct 2026'],
  ['<b>x</b>', 'text', null, '<b>x</b>'],
  [null, 'number', null, '–'],
])('%s as %s %s is shown as %s', (value, type, unit, expected) => {
  expect(formatCell(value, { type, unit }).replaceAll('\u00a0', ' ')).toBe(expected);
});

test('an axis shortens large counts', () => {
  expect(formatAxis(41_200, { type: 'number' })).toBe('41.2K');
  expect(formatAxis(0.25, { type: 'percent' }).replaceAll('\u00a0', ' ')).toBe('25 %');
});
