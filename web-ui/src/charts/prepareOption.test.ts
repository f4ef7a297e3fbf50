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
  ],
  rows: [
    ['2026-10-29', 100],
    ['2026-10-30', 120],
    ['2026-10-31', 40],
  ],
  incompleteRows: [2],
};

const option: ChartOption = {
  dataset: { dimensions: ['date', 'active'], source: table.rows },
  xAxis: { type: 'category' },
  yAxis: { type: 'value' },
  series: [{ type: 'line', name: 'Active users', encode: { x: 'date', y: 'active' } }],
};

test('the unfinished end of a line is a dashed series of its own that joins the last finished point', () => {
  const prepared = prepareOption({ option, table, type: 'line' }, lightColors);

  expect(prepared.dataset).toEqual({
    dimensions: ['date', 'active', 'active:complete', 'active:incomplete'],
    source: [
      ['2026-10-29', 100, 100, null],
      ['2026-10-30', 120, 120, 120],
      ['2026-10-31', 40, null, 40],
    ],
  });
  const [solid, dashed] = seriesOf(prepared);
  expect(solid).toMatchObject({ name: 'Active users', encode: { x: 'date', y: 'active:complete' }, lineStyle: { color: '#0072b2' } });
  expect(dashed).toMatchObject({ name: 'Active users', encode: { x: 'date', y: 'active:incomplete' }, lineStyle: { type: 'dashed' } });
});

test('a finished series is drawn from the server’s own dataset, once', () => {
  const prepared = prepareOption({ option, table: { ...table, incompleteRows: [] }, type: 'line' }, lightColors);

  expect(prepared.dataset).toEqual(option.dataset);
  expect(seriesOf(prepared)).toHaveLength(1);
});

test('rows the server reshaped are never split by the table’s columns', () => {
  const reshaped = { ...option, dataset: { dimensions: ['date', 'paid', 'organic'], source: [] } };

  expect(seriesOf(prepareOption({ option: reshaped, table, type: 'line' }, lightColors))).toHaveLength(1);
});

test('each theme brings its own colours', () => {
  const light = prepareOption({ option, table, type: 'line' }, lightColors);
  const dark = prepareOption({ option, table, type: 'line' }, darkColors);

  expect(light.textStyle).toMatchObject({ color: lightColors.text });
  expect(dark.textStyle).toMatchObject({ color: darkColors.text });
  expect(seriesOf(dark)[0]).toMatchObject({ lineStyle: { color: darkColors.series[0] } });
});

test('the value axis is labelled by the type of its column', () => {
  const { option: bars, table: retention } = chart();
  const prepared = prepareOption({ option: bars, table: retention, type: 'bar' }, lightColors);
  const { formatter } = (prepared.yAxis as { axisLabel: { formatter: (value: number) => string } }).axisLabel;

  expect(formatter(0.342).replaceAll('\u00a0', ' ')).toBe('34.2 %');
});

test('a tooltip holds exact values and treats names as text', () => {
  const hostile = { ...table, columns: [{ name: 'date', label: 'Day', type: 'text' as const }, ...table.columns.slice(1)] };
  hostile.rows = [['<img src=x onerror=alert(1)>', 1234.5]];
  const node = content(0, seriesOf(option), { ...hostile, incompleteRows: [0] }, lightColors);

  expect(node.textContent).toBe('<img src=x onerror=alert(1)> (so far)Active users: 1,234.5');
  expect(node.querySelector('img')).toBeNull();
});

test('an option without a drawing this build knows falls back to the table', () => {
  expect(canDraw(option)).toBe(true);
  expect(canDraw({ series: [{ type: 'sankey' }] })).toBe(false);
  expect(canDraw({ series: [] })).toBe(false);
});

test('a funnel becomes bars labelled with the count and the share of the first step', () => {
  const funnel: ResultTable = {
    shape: 'funnel',
    columns: [
      { name: 'step', label: 'Step', type: 'text' },
      { name: 'users', label: 'Users', type: 'number' },
      { name: 'rate', label: 'Conversion', type: 'percent' },
    ],
    rows: [
      ['Sign Up', 4210, 1],
      ['First Play', 926, 0.22],
    ],
    incompleteRows: [],
  };
  const given: ChartOption = { series: [{ type: 'funnel', name: 'Users', encode: { itemName: 'step', value: 'users' } }] };

  const [bars] = seriesOf(prepareOption({ option: given, table: funnel, type: 'funnel' }, lightColors));

  expect(bars).toMatchObject({ type: 'bar', encode: { x: 'users', y: 'step' } });
  const { formatter } = bars?.label as { formatter: (point: { dataIndex: number }) => string };
  expect(formatter({ dataIndex: 1 }).replaceAll('\u00a0', ' ')).toBe('926 · 22 %');
});
