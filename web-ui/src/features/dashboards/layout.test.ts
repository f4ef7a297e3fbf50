import { expect, test } from 'vitest';
import { flow, moved, resized } from './layout';

const tiles = [
  { id: 'a', layout: { x: 0, y: 0, width: 8, height: 4 } },
  { id: 'b', layout: { x: 8, y: 0, width: 4, height: 2 } },
  { id: 'c', layout: { x: 0, y: 4, width: 6, height: 4 } },
];

test('tiles wrap below the highest tile of their row', () => {
  expect(flow(tiles).map(({ id, x, y }) => [id, x, y])).toEqual([
    ['a', 0, 0],
    ['b', 8, 0],
    ['c', 0, 4],
  ]);
});

test('the first tile cannot move earlier, the last cannot move later', () => {
  expect(moved(tiles, 'a', -1)).toBeNull();
  expect(moved(tiles, 'c', 1)).toBeNull();
});

test('a wider tile pushes the next ones on', () => {
  expect(resized(tiles, 'a', 1)?.map(({ id, x, y, width }) => [id, x, y, width])).toEqual([
    ['a', 0, 0, 12],
    ['b', 0, 4, 4],
    ['c', 4, 4, 6],
  ]);
  expect(resized(resized(tiles, 'b', -1)?.map(({ id, ...layout }) => ({ id, layout })) ?? [], 'b', -1)).toBeNull();
});
