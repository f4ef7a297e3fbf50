import type { ChartOption, ChartType, ResultTable, TableColumn } from '@/api/types';
import { formatDay } from '@/shared/format/time';
import { formatAxis, formatCell } from '@/shared/format/values';
import { chartFont, type ChartColors } from './palette';
import { categoryColumn, datasetIsTable, isDictionary, listOf, measureOf, seriesOf, shareColumn, type Series } from './readOption';
import { tooltip } from './tooltip';

interface Drawable {
  option: ChartOption;
  table: ResultTable;
  type: ChartType;
}

/**
 * A funnel is drawn as bars: lengths are compared more exactly than the slanted areas of a funnel
 * shape, and the names of the last steps stay readable.
 */
function funnelAsBars(option: ChartOption, table: ResultTable): ChartOption {
  const series = seriesOf(option);
  if (!series.some((one) => one.type === 'funnel')) return option;

  const category = categoryColumn(table)?.name;
  return {
    ...option,
    xAxis: { type: 'value', show: false },
    yAxis: { type: 'category', inverse: true },
    series: series.map((one, index) => ({
      type: 'bar',
      name: one.name,
      encode: { x: measureOf(one, table, index)?.name, y: category },
      showBackground: series.length === 1,
      label: { show: true, position: 'right' },
    })),
  };
}

/** Colours, number formats, tooltips and the dashed end of an unfinished period, added to the server's option. */
export function prepareOption({ option: given, table, type }: Drawable, colors: ChartColors): ChartOption {
  const option = funnelAsBars(given, table);
  const series = seriesOf(option);
  const measure = (series[0] && measureOf(series[0], table)) ?? table.columns.at(-1);
  const names = [...new Set(series.map((one) => one.name).filter((name) => name !== undefined))];
  const showLegend = series.length > 1;
  const drawn = series.flatMap((one, index) => draw(one, index, { option, table, type, colors }));

  return {
    ...option,
    title: undefined,
    color: colors.series,
    animation: false,
    textStyle: { color: colors.text, fontFamily: chartFont, fontSize: 12 },
    dataset: drawn.some((one) => one.dashed) ? splitDataset(table) : (option.dataset ?? plainDataset(table)),
    grid: { left: 8, right: hasLabels(series) ? 112 : 16, top: showLegend ? 40 : 16, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: {
      show: showLegend,
      type: 'scroll',
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 8,
      textStyle: { color: colors.muted },
      pageTextStyle: { color: colors.muted },
      pageIconColor: colors.muted,
      data: names,
    },
    tooltip: tooltip(series, table, type, colors),
    xAxis: axes(option.xAxis, measure, table, colors),
    yAxis: axes(option.yAxis, measure, table, colors),
    series: drawn.map(({ dashed, ...one }) => one),
  };
}

interface Context {
  option: ChartOption;
  table: ResultTable;
  type: ChartType;
  colors: ChartColors;
}

type DrawnSeries = Series & { dashed?: boolean };

function draw(series: Series, index: number, { option, table, type, colors }: Context): DrawnSeries[] {
  const color = colorAt(colors, index);
  const label = isDictionary(series.label) && { ...series.label, color: colors.text, formatter: labelFormatter(series, index, table) };
  const themed: Series = label ? { ...series, label } : series;

  if (series.type === 'bar') return [bar(themed, color, table, colors)];
  if (series.type !== 'line') return [themed];

  const line: Series = {
    ...themed,
    color,
    lineStyle: { width: 2, color },
    itemStyle: { color },
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: table.rows.length <= 31,
    ...(type === 'stacked_area' ? { areaStyle: { color, opacity: 0.25 } } : {}),
  };
  const measure = measureOf(series, table, index);
  // A stacked area has no dashed twin: stacking would count its last complete point twice.
  const splits = table.incompleteRows.length > 0 && type !== 'stacked_area' && datasetIsTable(option, table);
  if (!measure || !splits) return [line];

  const encode = isDictionary(series.encode) ? series.encode : { x: categoryColumn(table)?.name };
  return [
    { ...line, encode: { ...encode, y: complete(measure) } },
    {
      ...line,
      encode: { ...encode, y: incomplete(measure) },
      lineStyle: { width: 2, color, type: 'dashed' },
      itemStyle: { color: colors.surface, borderColor: color, borderWidth: 1.5 },
      showSymbol: true,
      dashed: true,
    },
  ];
}

/** A bar of a period that has not ended is paler. */
function bar(series: Series, color: string, table: ResultTable, colors: ChartColors): Series {
  const unfinished = new Set(table.incompleteRows);
  return {
    ...series,
    color,
    barMaxWidth: 48,
    backgroundStyle: { color: colors.line, opacity: 0.5, borderRadius: 2 },
    itemStyle: {
      borderRadius: 2,
      color: ({ dataIndex }: { dataIndex: number }) => (unfinished.has(dataIndex) ? `${color}80` : color),
    },
  };
}

const complete = (column: TableColumn) => `${column.name}:complete`;
const incomplete = (column: TableColumn) => `${column.name}:incomplete`;

const plainDataset = (table: ResultTable) => ({ dimensions: table.columns.map((column) => column.name), source: table.rows });

/** Each measure twice: up to the last finished period, and from there on. */
function splitDataset(table: ResultTable) {
  const unfinished = new Set(table.incompleteRows);
  const measures = table.columns.map((column, index) => ({ column, index })).filter(({ column }) => column !== categoryColumn(table));

  return {
    dimensions: [
      ...table.columns.map((column) => column.name),
      ...measures.flatMap(({ column }) => [complete(column), incomplete(column)]),
    ],
    source: table.rows.map((row, rowIndex) => {
      const isOpen = unfinished.has(rowIndex);
      const joins = isOpen || unfinished.has(rowIndex + 1) || unfinished.has(rowIndex - 1);
      return [...row, ...measures.flatMap(({ index }) => [isOpen ? null : (row[index] ?? null), joins ? (row[index] ?? null) : null])];
    }),
  };
}

function axes(given: unknown, measure: TableColumn | undefined, table: ResultTable, colors: ChartColors): unknown {
  const themed = listOf(given).map((axis) => {
    const isValue = axis.type === 'value' || axis.type === 'log';
    return {
      ...axis,
      nameTextStyle: { color: colors.muted },
      axisLine: { show: !isValue, lineStyle: { color: colors.line } },
      axisTick: { show: false },
      splitLine: { show: isValue, lineStyle: { color: colors.line } },
      axisLabel: {
        hideOverlap: true,
        ...(isDictionary(axis.axisLabel) ? axis.axisLabel : {}),
        color: colors.muted,
        formatter: isValue ? valueLabel(measure) : categoryLabel(table),
        ...(isValue ? {} : { overflow: 'truncate', width: 120 }),
      },
    };
  });
  return Array.isArray(given) || themed.length !== 1 ? themed : themed[0];
}

const valueLabel = (measure: TableColumn | undefined) => (value: number) => (measure ? formatAxis(value, measure) : String(value));

function categoryLabel(table: ResultTable) {
  const column = categoryColumn(table);
  return (value: string | number) => {
    if (typeof value === 'number') return column?.type === 'date' ? formatDay(localDay(value), false) : String(value);
    return column?.type === 'date' ? formatDay(value, false) : value;
  };
}

/** A time axis hands back the moment it read from "2026-10-01" as local midnight. */
function localDay(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

const hasLabels = (series: Series[]) => series.some((one) => isDictionary(one.label) && one.label.position === 'right');

/** "2,568 · 61 %": the exact value, and its share of the first row where the table holds shares. */
function labelFormatter(series: Series, index: number, table: ResultTable) {
  const measure = measureOf(series, table, index);
  const share = shareColumn(table);
  return ({ dataIndex }: { dataIndex: number }) => {
    const row = table.rows[dataIndex];
    if (!row || !measure) return '';
    const shown = share && share !== measure && table.shape === 'funnel' ? [measure, share] : [measure];
    return shown.map((column) => formatCell(row[table.columns.indexOf(column)], column)).join(' · ');
  };
}

const colorAt = (colors: ChartColors, index: number) => colors.series[index % colors.series.length] ?? colors.text;
