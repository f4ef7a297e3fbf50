import type { ChartOption, ChartType, ResultTable, TableColumn } from '@/api/types';
import { formatDay } from '@/shared/format/time';
import { formatAxis, formatCell } from '@/shared/format/values';
import { chartFont, type ChartColors } from './palette';
import { isDictionary, isLying, isUnfinished, keyOf, listOf, measureOf, seriesOf, type Series } from './readOption';
import { tooltip } from './tooltip';

/** Below these widths a funnel's bars need the room of its labels: part of them, and of several segments all. */
const narrow = 420;
const wide = 600;

interface Room {
  labelled: boolean;
  terse: boolean;
}

export interface Drawable {
  option: ChartOption;
  table: ResultTable;
  type: ChartType;
}

/** Colours, number formats and tooltips, added to the server's option. The width decides how names are laid out. */
export function prepareOption(drawable: Drawable, colors: ChartColors, width = 600): ChartOption {
  const { option, table, type } = drawable;
  const series = seriesOf(option);
  const names = [...new Set(series.map((one) => one.name ?? ''))];
  const showLegend = names.length > 1;
  const colorOf = (one: Series) => colors.series[names.indexOf(one.name ?? '') % colors.series.length] ?? colors.text;
  const lying = isLying(option);
  const shortName = withoutShared(names);
  const labelled = type === 'funnel' && (names.length === 1 || width >= wide);
  const room = { labelled, terse: width < narrow };
  const funnelLabels = labelled ? series.flatMap((one) => table.rows.map((_, row) => funnelLabel(one, drawable, room.terse)({ dataIndex: row }))) : [];

  return {
    ...option,
    title: undefined,
    color: colors.series,
    animation: false,
    textStyle: { color: colors.text, fontFamily: chartFont, fontSize: 12 },
    grid: {
      left: 8,
      // The labels beside a funnel's bars are outside what ECharts measures.
      right: 16 + Math.max(0, ...funnelLabels.map((label) => label.length)) * 6.5,
      top: showLegend ? 36 : 12,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'all',
    },
    legend: {
      show: showLegend,
      type: 'scroll',
      top: 0,
      left: 0,
      itemWidth: 14,
      itemHeight: 8,
      textStyle: { color: colors.muted, lineHeight: 18 },
      formatter: shortName,
      pageTextStyle: { color: colors.muted },
      pageIconColor: colors.muted,
      data: names,
    },
    tooltip: tooltip(drawable, series, colorOf, shortName, colors),
    xAxis: axes('x', lying, drawable, colors, width),
    yAxis: axes('y', !lying, drawable, colors, width),
    series: series.map((one) => (one.type === 'bar' ? bar(one, colorOf(one), drawable, colors, room) : line(one, colorOf(one), drawable, colors))),
  };
}

/** The server draws a period that is not over as a dashed second series of the same name. */
function line(series: Series, color: string, { type, table }: Drawable, colors: ChartColors): Series {
  const unfinished = isUnfinished(series);
  return {
    ...series,
    color,
    lineStyle: { width: 2, color, type: unfinished ? 'dashed' : 'solid' },
    itemStyle: unfinished ? { color: colors.surface, borderColor: color, borderWidth: 1.5 } : { color },
    symbol: 'circle',
    symbolSize: 5,
    showSymbol: unfinished || table.rows.length <= 31,
    ...(type === 'stacked_area' ? { areaStyle: { color, opacity: unfinished ? 0.1 : 0.25 } } : {}),
  };
}

/** A bar of a period that has not ended is paler; a funnel's bars say the count and the share. */
function bar(series: Series, color: string, drawable: Drawable, colors: ChartColors, room: Room): Series {
  const { table } = drawable;
  const unfinished = new Set(table.incompleteRows);
  const label = { show: true, position: 'right', color: colors.text, formatter: funnelLabel(series, drawable, room.terse) };
  return {
    ...series,
    color,
    barMaxWidth: 48,
    backgroundStyle: { color: colors.line, opacity: 0.5, borderRadius: 2 },
    itemStyle: {
      borderRadius: 2,
      color: ({ dataIndex }: { dataIndex: number }) => (unfinished.has(dataIndex) ? `${color}80` : color),
    },
    ...(room.labelled ? { label, labelLayout: { hideOverlap: true } } : {}),
  };
}

/** "2,568 · 61 %": the people who reached the step, from the column beside the share, and their share. Terse: the share. */
function funnelLabel(series: Series, { option, table }: Drawable, terse: boolean) {
  const share = measureOf(series, option, table);
  const users = table.columns.find((column) => column.name === share?.name.replace(/share$/, 'users'));
  const shown = (terse ? [share] : [users, share]).filter((column) => column !== undefined);
  return ({ dataIndex }: { dataIndex: number }) =>
    [...new Set(shown)].map((column) => formatCell(table.rows[dataIndex]?.[table.columns.indexOf(column)], column)).join(' · ');
}

function axes(side: 'x' | 'y', measures: boolean, { option, table, type }: Drawable, colors: ChartColors, width: number): unknown {
  const given = side === 'x' ? option.xAxis : option.yAxis;
  const themed = listOf(given).map((axis, index) => {
    const measured = seriesOf(option).find((one) => (one[`${side}AxisIndex`] ?? 0) === index);
    const measure = measured && measureOf(measured, option, table);
    return {
      ...axis,
      ...(axis.type === 'category' ? { name: undefined } : {}),
      ...(measures && type === 'funnel' ? { show: false } : {}),
      // A curve ends at the frame, not at the next round number.
      ...(!measures && axis.type === 'value' ? { max: 'dataMax' } : {}),
      ...(side === 'x' ? { nameLocation: 'middle', nameGap: 24 } : {}),
      nameTextStyle: { color: colors.muted },
      axisLine: { show: !measures, lineStyle: { color: colors.line } },
      axisTick: { show: false },
      splitLine: { show: measures && index === 0, lineStyle: { color: colors.line } },
      axisLabel: {
        hideOverlap: true,
        ...(isDictionary(axis.axisLabel) ? axis.axisLabel : {}),
        color: colors.muted,
        formatter: measures ? valueLabel(measure) : keyLabel(keyOf(option, table), isMonthly(option, table)),
        ...(axis.type === 'time' ? { customValues: labelledTimes(option, table) } : {}),
        ...(axis.type === 'category' ? { overflow: 'truncate', width: width < narrow ? 96 : 140 } : {}),
        ...(axis.type === 'category' && side === 'x' ? leaning(keysOf(option, table), width) : {}),
      },
    };
  });
  return themed.length === 1 ? themed[0] : themed;
}

const valueLabel = (measure: TableColumn | undefined) => (value: number) => (measure ? formatAxis(value, measure) : String(value));

const keyLabel = (key: TableColumn | undefined, monthly: boolean) => (value: string | number) => {
  if (key?.type === 'date') {
    const day = typeof value === 'number' ? localDay(value) : value;
    return monthly ? formatDay(day.slice(0, 7)) : formatDay(day, false);
  }
  return typeof value === 'number' && key ? formatAxis(value, key) : String(value);
};

/** A time axis hands back the moment it read from "2026-10-01" as local midnight. */
function localDay(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Every category is named; names too long for their place lean. About 7 pixels a letter, 60 for the other axis. */
function leaning(names: string[], width: number) {
  const place = (width - 60) / Math.max(1, names.length);
  const fits = names.every((name) => name.length * 7 + 8 <= place);
  return { interval: 0, hideOverlap: false, ...(fits ? {} : { rotate: 35, width: 100 }) };
}

/** "organic: share of first step" is "organic" in the legend when every series ends alike. */
function withoutShared(names: string[]): (name: string) => string {
  const ending = /: .+$/.exec(names[0] ?? '')?.[0] ?? '';
  const shared = ending !== '' && names.every((name) => name.endsWith(ending));
  return (name) => (shared ? name.slice(0, -ending.length) : name);
}

function keysOf(option: ChartOption, table: ResultTable): string[] {
  const key = keyOf(option, table);
  return key ? [...new Set(table.rows.map((row) => String(row[table.columns.indexOf(key)])))] : [];
}

const isMonthly = (option: ChartOption, table: ResultTable) => {
  const days = keysOf(option, table);
  return days.length > 1 && days.every((day) => /^\d{4}-\d{2}(-01)?$/.test(day));
};

const mostLabels = 8;

/** A time axis left alone labels days between the points; this labels points, evenly spaced. */
function labelledTimes(option: ChartOption, table: ResultTable): number[] {
  const times = keysOf(option, table)
    .map((day) => /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2}))?/.exec(day))
    .filter((match) => match !== null)
    .map(([, year, month, day, hour, minute]) =>
      new Date(Number(year), Number(month) - 1, Number(day ?? 1), Number(hour ?? 0), Number(minute ?? 0)).getTime(),
    );
  const step = Math.ceil(times.length / mostLabels);
  return times.filter((_, index) => index % step === 0);
}
