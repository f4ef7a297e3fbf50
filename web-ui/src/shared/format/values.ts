import type { Cell, TableColumn } from '@/api/types';
import { formatDay } from './time';

const noBreakSpace = '\u00a0';

/** An exact value, as tables and tooltips show it. A share of 0..1 becomes "34.2 %". */
export function formatCell(value: Cell | undefined, column: Pick<TableColumn, 'type' | 'unit'>): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return column.type === 'date' ? formatDay(value) : value;

  switch (column.type) {
    case 'percent':
      return `${number(value * 100, 1)}${noBreakSpace}%`;
    case 'duration':
      return formatDuration(value);
    case 'currency':
      return formatCurrency(value, column.unit, 2);
    default:
      return withUnit(number(value, 2), column.unit);
  }
}

/** The same value in few characters, for the labels of an axis. */
export function formatAxis(value: number, column: Pick<TableColumn, 'type' | 'unit'>): string {
  switch (column.type) {
    case 'percent':
      return `${number(value * 100, 1)}${noBreakSpace}%`;
    case 'duration':
      return formatDuration(value);
    case 'currency':
      return formatCurrency(value, column.unit, 0);
    default:
      return new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 }).format(value);
  }
}

/** Seconds, in the two largest units that say something. */
export function formatDuration(seconds: number): string {
  const size = Math.abs(seconds);
  const sign = seconds < 0 ? '-' : '';
  if (size < 1) return `${sign}${number(size * 1000, 0)}${noBreakSpace}ms`;
  if (size < 60) return `${sign}${number(size, 1)}${noBreakSpace}s`;
  if (size < 3600) return sign + two(size, 60, 'min', 's');
  if (size < 86_400) return sign + two(size / 60, 60, 'h', 'min');
  return sign + two(size / 3600, 24, 'd', 'h');
}

function two(size: number, perLarge: number, large: string, small: string): string {
  const total = Math.round(size);
  const rest = total % perLarge;
  const whole = `${number(Math.floor(total / perLarge), 0)}${noBreakSpace}${large}`;
  return rest === 0 ? whole : `${whole} ${rest}${noBreakSpace}${small}`;
}

function formatCurrency(value: number, unit: string | null | undefined, fractionDigits: number): string {
  const digits = Number.isInteger(value) ? 0 : fractionDigits;
  if (!unit || !/^[A-Za-z]{3}$/.test(unit)) return withUnit(number(value, digits), unit);
  return new Intl.NumberFormat('en', {
    style: 'currency',
    currency: unit.toUpperCase(),
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(value);
}

export function formatCount(value: number): string {
  return number(value, 0);
}

/** "640 B", "12.4 KB", "1.2 MB": powers of a thousand. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${number(bytes, 0)}${noBreakSpace}B`;
  if (bytes < 1_000_000) return `${number(bytes / 1000, 1)}${noBreakSpace}KB`;
  return `${number(bytes / 1_000_000, 1)}${noBreakSpace}MB`;
}

/** "1 tile", "12 tiles". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

const withUnit = (text: string, unit: string | null | undefined) => (unit ? `${text}${noBreakSpace}${unit}` : text);

const number = (value: number, maximumFractionDigits: number) =>
  new Intl.NumberFormat('en', { maximumFractionDigits }).format(value);
