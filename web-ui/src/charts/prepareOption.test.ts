import { expect, test } from 'vitest';
import type { ChartOption, ResultTable } from '@/api/types';
import { chart } from '@/testing/samples';
import { darkColors, lightColors } from './palette';
import { prepareOption } from './prepareOption';
import { canDraw, seriesOf } from './readOption';
import { content } from './tooltip';

const table: ResultTable = {
  shape: 'time_series',
  columns: [
    { name: 'date', label: 'Day', type: 'date' },
    { name: 'active', label: 'Active users', type: 'number' },
    { name: 'rate', label: 'Paid share', type: 'percent' },
  ],
  rows: [
    ['2026-10-30', 120, 0.25],
    ['2026-10-31', 40, 0.3],
  ],
  incompleteRows: [1],
};

const dimensions = ['date', 'active', 'rate'];
const series = (name: string, y: string, more = {}) => ({ type: 'line', name, encode: { x: 'date', y }, ...more });
const option: ChartOption = {
  dataset: [
    { dimensions, source: table.rows.slice(0, 1) },
    { dimensions, source: table.rows },
  ],
  xAxis: { type: 'time' },
  yAxis: [{ type: 'value' }, { type: 'value' }],
  series: [
    series('Active users', 'active'),
    series('Paid share', 'rate', { yAxisIndex: 1 }),
    series('Active users', 'active', { datasetIndex: 1, lineStyle: { type: 'dashed' } }),
    series('Paid share', 'rate', { yAxisIndex: 1, datasetIndex: 1, lineStyle: { type: 'dashed' } }),
  ],
};

const formatterOf = (axis: unknown, value: number | string) =>
  (axis as { axisLabel: { formatter: (value: number | string) => string } }).axisLabel.formatter(value).replaceAll('\u00a0', ' ');

test('the dashed end of a line keeps the colour and the legend entry of the line it ends', () => {
  const prepared = prepareOption({ option, table, type: 'line' }, lightColors);
  const drawn = seriesOf(prepared);

  expect(drawn.map((one) => one.color)).toEqual(['#0072b2', '#c25100', '#0072b2', '#c25100']);
  expect(drawn[0]).toMatchObject({ lineStyle: { type: 'solid' } });
  expect(drawn[2]).toMatchObject({ datasetIndex: 1, lineStyle: { type: 'dashed', color: '#0072b2' } });
  expect(prepared.legend).toMatchObject({ show: true, data: ['Active users', 'Paid share'] });
  expect(prepared.dataset).toEqual(option.dataset);
});

test('each theme brings its own colours', () => {
  const dark = prepareOption({ option, table, type: 'line' }, darkColors);

  expect(dark.textStyle).toMatchObject({ color: darkColors.text });
  expect(seriesOf(dark)[0]).toMatchObject({ lineStyle: { color: darkColors.series[0] } });
});

test('each axis is labelled by the type of its own column', () => {
  const prepared = prepareOption({ option, table, type: 'line' }, lightColors);
  const [counts, shares] = prepared.yAxis as unknown[];

  expect(formatterOf(counts, 41_200)).toBe('41.2K');
  expect(formatterOf(shares, 0.342)).toBe('34.2 %');
  expect(formatterOf(prepared.xAxis, new Date(2026, 9, 30).getTime())).toBe('30 Oct');
});

test('a bar of a period that is not over is paler', () => {
  const { option: bars, table: retention } = chart();
  const [drawn] = seriesOf(prepareOption({ option: bars, table: { ...retention, incompleteRows: [1] }, type: 'bar' }, lightColors));
  const { color } = drawn?.itemStyle as { color: (point: { dataIndex: number }) => string };

  expect([0, 1].map((dataIndex) => color({ dataIndex }))).toEqual(['#0072b2', '#0072b280']);
});

test('a tooltip says each series once, with exact values, and treats names as text', () => {
  const hostile = '<img src=x onerror=alert(1)>';
  const named = { ...option, series: seriesOf(option).map((one) => ({ ...one, name: one.name === 'Paid share' ? hostile : one.name })) };
  const at = (seriesIndex: number, y: number) => ({ seriesIndex, value: ['2026-10-31', 1234.5, 0.3], encode: { x: [0], y: [y] } });

  const node = content([at(2, 1), at(3, 2), at(0, 1)], { option: named, table, type: 'line' }, seriesOf(named), () => 'red');

  expect(node.textContent?.replaceAll('\u00a0', ' ')).toBe(`31 Oct 2026 (so far)Active users: 1,234.5${hostile}: 30 %`);
  expect(node.querySelector('img')).toBeNull();
});

test('rows pivoted for drawing are read from the drawing, with the format of the table’s measure', () => {
  const grouped: ResultTable = {
    shape: 'categories',
    columns: [
      { name: 'country', label: 'Country', type: 'text' },
      { name: 'plan', label: 'Plan', type: 'text' },
      { name: 'rate', label: 'Rate', type: 'percent' },
    ],
    rows: [
      ['DE', 'Free', 0.1],
      ['DE', 'Paid', 0.4],
    ],
    incompleteRows: [],
  };
  const pivoted: ChartOption = {
    dataset: { dimensions: ['country', { name: 'bar0' }, { name: 'bar1' }], source: [['DE', 0.1, 0.4]] },
    xAxis: { type: 'category' },
    yAxis: { type: 'value' },
    series: [
      { type: 'bar', name: 'Free', encode: { x: 'country', y: 'bar0' } },
      { type: 'bar', name: 'Paid', encode: { x: 'country', y: 'bar1' } },
    ],
  };

  const hovered = [0, 1].map((index) => ({ seriesIndex: index, value: ['DE', 0.1, 0.4], encode: { x: [0], y: [index + 1] } }));
  const node = content(hovered, { option: pivoted, table: grouped, type: 'grouped_bar' }, seriesOf(pivoted), () => 'red');

  expect(node.textContent?.replaceAll('\u00a0', ' ')).toBe('DEFree: 10 %Paid: 40 %');
});

test('a funnel’s bars say how many reached the step and their share', () => {
  const funnel: ResultTable = {
    shape: 'funnel',
    columns: [
      { name: 'step', label: 'Step', type: 'text' },
      { name: 'paid_users', label: 'Paid users', type: 'number' },
      { name: 'paid_share', label: 'Paid share', type: 'percent' },
    ],
    rows: [
      ['Sign Up', 4210, 1],
      ['First Play', 926, 0.22],
    ],
    incompleteRows: [],
  };
  const bars: ChartOption = {
    xAxis: { type: 'value', min: 0, max: 1 },
    yAxis: { type: 'category', inverse: true },
    series: [{ type: 'bar', name: 'Paid', encode: { x: 'paid_share', y: 'step' } }],
  };

  const [drawn] = seriesOf(prepareOption({ option: bars, table: funnel, type: 'funnel' }, lightColors));
  const { formatter } = drawn?.label as { formatter: (point: { dataIndex: number }) => string };

  expect(formatter({ dataIndex: 1 }).replaceAll('\u00a0', ' ')).toBe('926 · 22 %');
});

test('an option without a drawing this build knows falls back to the table', () => {
  expect(canDraw(option)).toBe(true);
  expect(canDraw({ series: [{ type: 'sankey' }] })).toBe(false);
  expect(canDraw({ series: [] })).toBe(false);
});
