import type { ChartOption, ResultTable, TableColumn } from '@/api/types';

export type Dictionary = Record<string, unknown>;

/** What is read of a series; everything else in it is passed on untouched. */
export interface Series extends Dictionary {
  type: string;
  name?: string;
}

const drawable = new Set(['line', 'bar', 'funnel']);

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

/** The column a series measures: from its encoding, by its name, or by its place among the series. */
export function measureOf(series: Series, table: ResultTable, index = 0): TableColumn | undefined {
  const encode = isDictionary(series.encode) ? series.encode : {};
  for (const channel of ['value', 'y', 'x']) {
    const column = columnAt(encode[channel], table);
    if (column && isMeasure(column)) return column;
  }
  const measures = table.columns.filter(isMeasure);
  return measures.find(({ label, name }) => series.name === label || series.name === name) ?? measures[index] ?? measures[0];
}

function columnAt(reference: unknown, table: ResultTable): TableColumn | undefined {
  const first: unknown = Array.isArray(reference) ? reference[0] : reference;
  if (typeof first === 'number') return table.columns[first];
  return table.columns.find((column) => column.name === first);
}

/** The share of the first step, where the table has it as a column. */
export const shareColumn = (table: ResultTable): TableColumn | undefined => table.columns.find((column) => column.type === 'percent');

/** False when the server reshaped the rows for drawing; then the table's columns are not the dataset's. */
export function datasetIsTable(option: ChartOption, table: ResultTable): boolean {
  const [dataset] = listOf(option.dataset);
  const dimensions = dataset?.dimensions;
  if (!Array.isArray(dimensions)) return dataset === undefined;
  const names = dimensions.map((dimension: unknown) => (isDictionary(dimension) ? dimension.name : dimension));
  return table.columns.every((column, index) => names[index] === column.name);
}

const isMeasure = (column: TableColumn) => column.type !== 'text' && column.type !== 'date';

export const categoryColumn = (table: ResultTable): TableColumn | undefined => table.columns.find((column) => !isMeasure(column));
