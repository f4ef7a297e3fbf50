import type { ChartOption, ResultTable, TableColumn } from '@/api/types';

export type Dictionary = Record<string, unknown>;

/** What is read of a series; everything else in it is passed on untouched. */
export interface Series extends Dictionary {
  type: string;
  name?: string;
}

const drawable = new Set(['line', 'bar']);

export const isDictionary = (value: unknown): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: unknown): Dictionary[] =>
  Array.isArray(value) ? value.filter(isDictionary) : isDictionary(value) ? [value] : [];

export const seriesOf = (option: ChartOption): Series[] =>
  listOf(option.series).filter((series): series is Series => typeof series.type === 'string');

/** False for an option this build has no drawing for; its table is shown instead of an empty frame. */
export const canDraw = (option: ChartOption): boolean => {
  const series = seriesOf(option);
  return series.length > 0 && series.every(({ type }) => drawable.has(type));
};

/** Lying bars measure along x, everything else along y. */
export const isLying = (option: ChartOption): boolean => listOf(option.yAxis)[0]?.type === 'category';

/** The second part of a line, over the periods that have not ended. */
export const isUnfinished = (series: Series): boolean => isDictionary(series.lineStyle) && series.lineStyle.type === 'dashed';

/** The column a series measures. Rows the server pivoted for drawing all hold the table's first measure. */
export function measureOf(series: Series, option: ChartOption, table: ResultTable): TableColumn | undefined {
  const [measure, key] = isLying(option) ? ['x', 'y'] : ['y', 'x'];
  const encoded = columnAt(encodeOf(series)[measure], table);
  if (encoded) return encoded;

  const keyed = columnAt(encodeOf(series)[key], table);
  return table.columns.find((column) => column !== keyed && column.type !== 'text' && column.type !== 'date');
}

/** The column along the other axis: time, a category, the step of a funnel, the day of a retention curve. */
export function keyOf(option: ChartOption, table: ResultTable): TableColumn | undefined {
  const [first] = seriesOf(option);
  return (first && columnAt(encodeOf(first)[isLying(option) ? 'y' : 'x'], table)) ?? table.columns[0];
}

const encodeOf = (series: Series): Dictionary => (isDictionary(series.encode) ? series.encode : {});

function columnAt(reference: unknown, table: ResultTable): TableColumn | undefined {
  const first: unknown = Array.isArray(reference) ? reference[0] : reference;
  return typeof first === 'number' ? table.columns[first] : table.columns.find((column) => column.name === first);
}
