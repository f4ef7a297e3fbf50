import type { Tile, TileLayout } from '@/api/types';

export const columns = 12;
const widths = [3, 4, 6, 8, 12];

type Placed = Pick<Tile, 'id' | 'layout'>;

/** Reading order: row by row, left to right. Also the order of the tab key. */
export function inReadingOrder<T extends Placed>(tiles: T[]): T[] {
  return [...tiles].sort((one, two) => one.layout.y - two.layout.y || one.layout.x - two.layout.x);
}

/** Places tiles one after the other, wrapping at the right edge; a row is as high as its highest tile. */
export function flow(tiles: Placed[]): (TileLayout & { id: string })[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;

  return tiles.map(({ id, layout }) => {
    const width = Math.min(layout.width, columns);
    if (x + width > columns) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const placed = { id, x, y, width, height: layout.height };
    x += width;
    rowHeight = Math.max(rowHeight, layout.height);
    return placed;
  });
}

/** The tile one place earlier or later in the reading order; null at the ends. */
export function moved(tiles: Placed[], id: string, by: 1 | -1): (TileLayout & { id: string })[] | null {
  const order = inReadingOrder(tiles);
  const from = order.findIndex((tile) => tile.id === id);
  const tile = order[from];
  const neighbour = order[from + by];
  if (!tile || !neighbour) return null;

  order[from] = neighbour;
  order[from + by] = tile;
  return flow(order);
}

/** The tile one step wider or narrower; null when there is no such step. */
export function resized(tiles: Placed[], id: string, by: 1 | -1): (TileLayout & { id: string })[] | null {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return null;
  const { width } = tile.layout;
  const next = by > 0 ? widths.find((one) => one > width) : widths.findLast((one) => one < width);
  if (next === undefined) return null;

  return flow(inReadingOrder(tiles).map((one) => (one.id === id ? { id, layout: { ...one.layout, width: next } } : one)));
}
