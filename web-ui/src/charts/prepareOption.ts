import type { ChartOption, ChartType, ResultTable, TableColumn } from '@/api/types';
import { formatDay } from '@/shared/format/time';
import { formatAxis, formatCell } from '@/shared/format/values';
import { chartFont, type ChartColors } from './palette';
import { isDictionary, isLying, isUnfinished, keyOf, listOf, measureOf, seriesOf, type Series } from './readOption';
import { tooltip } from './tooltip';

export interface Drawable {
  option: ChartOption;
  table: ResultTable;
  type: ChartType;
}

/** Colours, number formats and tooltips, added to the server's option. */
export function prepareOption(drawable: Drawable, colors: ChartColors): ChartOption {
  const { option, type } = drawable;
  const series = seriesOf(option);
  const names = [...new Set(series.map((one) => one.name ?? ''))];
  const showLegend = names.length > 1;
  const colorOf = (one: Series) => colors.series[names.indexOf(one.name ?? '') % colors.series.length] ?? colors.text;
  const lying = isLying(option);

  return {
    ...option,
    title: undefined,
    color: colors.series,
    animation: false,
    textStyle: { color: colors.text, fontFamily: chartFont, fontSize: 12 },
    grid: {
      left: 8,
      right: type === 'funnel' ? 112 : 16,
      top: (showLegend ? 40 : 16) + (hasNamedAxis(option.yAxis) ? 16 : 0),
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
      textStyle: { color: colors.muted },
      pageTextStyle: { color: colors.muted },
      pageIconColor: colors.muted,
      data: names,
    },
    tooltip: tooltip(drawable, series, colorOf, colors),
    xAxis: axes('x', lying, drawable, colors),
    yAxis: axes('y', !lying, drawable, colors),
    series: series.map((one) => (one.type === 'bar' ? bar(one, colorOf(one), drawable, colors) : line(one, colorOf(one), drawable, colors))),
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
function bar(series: Series, color: string, drawable: Drawable, colors: ChartColors): Series {
  const { table, type } = drawable;
  const unfinished = new Set(table.incompleteRows);
  const label = { show: true, position: 'right', color: colors.text, formatter: funnelLabel(series, drawable) };
  return {
    ...series,
    color,
    barMaxWidth: 48,
    backgroundStyle: { color: colors.line, opacity: 0.5, borderRadius: 2 },
    itemStyle: {
      borderRadius: 2,
      color: ({ dataIndex }: { dataIndex: number }) => (unfinished.has(dataIndex) ? `${color}80` : color),
    },
    ...(type === 'funnel' ? { label } : {}),
  };
}

/** "2,568 · 61 %": the people who reached the step, from the column beside the share, and their share. */
function funnelLabel(series: Series, { option, table }: Drawable) {
  const share = measureOf(series, option, table);
  const users = table.columns.find((column) => column.name === share?.name.replace(/share$/, 'users'));
  const shown = [users, share].filter((column) => column !== undefined);
  return ({ dataIndex }: { dataIndex: number }) =>
    [...new Set(shown)].map((column) => formatCell(table.rows[dataIndex]?.[table.columns.indexOf(column)], column)).join(' · ');
}

function axes(side: 'x' | 'y', measures: boolean, { option, table, type }: Drawable, colors: ChartColors): unknown {
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
        formatter: measures ? valueLabel(measure) : keyLabel(keyOf(option, table)),
        ...(axis.type === 'category' ? { overflow: 'truncate', width: 120 } : {}),
      },
    };
  });
  return themed.length === 1 ? themed[0] : themed;
}

const valueLabel = (measure: TableColumn | undefined) => (value: number) => (measure ? formatAxis(value, measure) : String(value));

const keyLabel = (key: TableColumn | undefined) => (value: string | number) => {
  if (key?.type === 'date') return formatDay(typeof value === 'number' ? localDay(value) : value, false);
  return typeof value === 'number' && key ? formatAxis(value, key) : String(value);
};

/** A time axis hands back the moment it read from "2026-10-01" as local midnight. */
function localDay(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

const hasNamedAxis = (axis: unknown) => listOf(axis).some(({ name, type }) => Boolean(name) && type !== 'category');
