import type { ChartType, ResultTable } from '@/api/types';
import { formatCell } from '@/shared/format/values';
import type { ChartColors } from './palette';
import { categoryColumn, measureOf, type Dictionary, type Series } from './readOption';

interface Hovered {
  dataIndex: number;
  seriesName?: string;
  color?: unknown;
}

/**
 * Exact values of the hovered row, read from the table rather than from the drawing. Built as DOM
 * nodes: names come from the vendor and must never be parsed as markup.
 */
export function tooltip(series: Series[], table: ResultTable, type: ChartType, colors: ChartColors): Dictionary {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: colors.surface,
    borderColor: colors.line,
    textStyle: { color: colors.text, fontSize: 12 },
    axisPointer: { type: type === 'line' || type === 'stacked_area' || type === 'retention' ? 'line' : 'shadow' },
    formatter: (hovered: Hovered | Hovered[]) => {
      const all = Array.isArray(hovered) ? hovered : [hovered];
      const index = all[0]?.dataIndex ?? 0;
      return content(index, series, table, colors);
    },
  };
}

export function content(rowIndex: number, series: Series[], table: ResultTable, colors: ChartColors): HTMLElement {
  const row = table.rows[rowIndex] ?? [];
  const category = categoryColumn(table);
  const root = document.createElement('div');

  const heading = root.appendChild(document.createElement('strong'));
  heading.textContent = category ? formatCell(row[table.columns.indexOf(category)], category) : '';
  if (table.incompleteRows.includes(rowIndex)) heading.textContent += ' (so far)';

  for (const [index, one] of series.entries()) {
    const measure = measureOf(one, table, index);
    if (!measure) continue;
    const line = root.appendChild(document.createElement('div'));
    const mark = line.appendChild(document.createElement('span'));
    mark.className = 'chart-mark';
    mark.style.backgroundColor = colors.series[index % colors.series.length] ?? colors.text;
    line.append(`${one.name ?? measure.label}: ${formatCell(row[table.columns.indexOf(measure)], measure)}`);
  }
  return root;
}
