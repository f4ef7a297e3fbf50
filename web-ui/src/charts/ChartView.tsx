import type { EChartsType } from 'echarts/core';
import type { Drawing } from '@/api/types';
import { EChart } from './EChart';
import { canDraw } from './readOption';
import { ResultTableView } from './ResultTableView';
import { SingleValue } from './SingleValue';

interface ChartViewProps {
  drawing: Drawing;
  onReady?: (chart: EChartsType | null) => void;
}

/** One drawing. A figure and a table are plain HTML and load no chart code. */
export function ChartView({ drawing, onReady }: ChartViewProps) {
  if (drawing.type === 'single_value') return <SingleValue table={drawing.table} description={drawing.description} />;
  if (!isDrawn(drawing)) return <ResultTableView table={drawing.table} caption={drawing.title} />;
  return <EChart drawing={drawing} onReady={onReady} />;
}

export const isDrawn = ({ type, option }: Pick<Drawing, 'type' | 'option'>) =>
  type !== 'table' && type !== 'single_value' && canDraw(option);
