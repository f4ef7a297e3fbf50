// The chart chunk. Loaded when the first chart is drawn, never before.
import { BarChart, LineChart } from 'echarts/charts';
import { DatasetComponent, GridComponent, LegendScrollComponent, TooltipComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';
import type { EChartsType } from 'echarts/core';

use([
  BarChart,
  LineChart,
  DatasetComponent,
  GridComponent,
  LabelLayout,
  LegendScrollComponent,
  TooltipComponent,
  SVGRenderer,
]);

export function createChart(element: HTMLElement): EChartsType {
  return init(element, null, { renderer: 'svg' });
}
