import type { Cell } from '@/api/types';
import { formatCell } from '@/shared/format/values';
import type { ChartColors } from './palette';
import type { Drawable } from './prepareOption';
import { isLying, keyOf, measureOf, type Dictionary, type Series } from './readOption';

/** One series at the hovered place, as ECharts hands it over: its row, and which cells of it are drawn. */
export interface Hovered {
  seriesIndex: number;
  value: Cell[];
  encode: { x?: number[]; y?: number[] };
}

/** Exact values of what is hovered. */
export function tooltip(drawable: Drawable, series: Series[], colorOf: (series: Series) => string, shortName: (name: string) => string, colors: ChartColors): Dictionary {
  return {
    trigger: 'axis',
    confine: true,
    backgroundColor: colors.surface,
    borderColor: colors.line,
    textStyle: { color: colors.text, fontSize: 12 },
    axisPointer: { type: series.some((one) => one.type === 'bar') ? 'shadow' : 'line' },
    formatter: (hovered: Hovered | Hovered[]) => content([hovered].flat(), drawable, series, colorOf, shortName),
  };
}

/** Built as DOM nodes: names come from the vendor and must never be parsed as markup. */
export function content(
  hovered: Hovered[],
  { option, table }: Drawable,
  series: Series[],
  colorOf: (series: Series) => string,
  shortName: (name: string) => string = (name) => name,
): HTMLElement {
  const [keySide, measureSide] = isLying(option) ? (['y', 'x'] as const) : (['x', 'y'] as const);
  const key = keyOf(option, table);
  const keyCell = cellOf(hovered[0], keySide);
  const row = table.rows.findIndex((cells) => key && cells[table.columns.indexOf(key)] === keyCell);
  const root = document.createElement('div');

  const heading = root.appendChild(document.createElement('strong'));
  heading.textContent = key ? `${key.type === 'number' ? `${key.label} ` : ''}${formatCell(keyCell, key)}` : '';
  if (table.incompleteRows.includes(row)) heading.textContent += ' (so far)';

  const named = new Set<string>();
  for (const one of hovered) {
    const of = series[one.seriesIndex];
    const measure = of && measureOf(of, option, table);
    const name = of?.name ?? measure?.label ?? '';
    // Where a line goes over into its dashed part, both hold the same point.
    if (!of || !measure || named.has(name)) continue;
    named.add(name);

    const entry = root.appendChild(document.createElement('div'));
    const mark = entry.appendChild(document.createElement('span'));
    mark.className = 'chart-mark';
    mark.style.backgroundColor = colorOf(of);
    entry.append(`${shortName(name)}: ${formatCell(cellOf(one, measureSide), measure)}`);
  }
  return root;
}

const cellOf = (hovered: Hovered | undefined, side: 'x' | 'y'): Cell => hovered?.value[hovered.encode[side]?.[0] ?? -1] ?? null;
