import { useState } from 'react';
import { useSaveLayout } from '@/api/charts';
import type { Dashboard, Tile, TileLayout } from '@/api/types';
import { notifyProblem } from '@/shared/notify';
import { inReadingOrder, moved, resized } from './layout';
import { RemovedTile } from './RemovedTile';
import { TileCard } from './TileCard';
import { useTileRemoval } from './useTileRemoval';

/** Twelve columns on a wide screen, one on a narrow one; always in reading order. */
export function TileGrid({ board }: { board: Dashboard }) {
  const saveLayout = useSaveLayout(board.id);
  const removal = useTileRemoval(board.id);
  const [announcement, setAnnouncement] = useState('');

  function apply(layout: (TileLayout & { id: string })[] | null, done: string, refused: string) {
    setAnnouncement(layout ? done : refused);
    if (layout) saveLayout.mutate(layout, { onError: notifyProblem });
  }

  const actionsFor = (tile: Tile) => [
    {
      label: 'Move earlier',
      onSelect: () => apply(moved(board.tiles, tile.id, -1), `${tile.title} moved earlier`, `${tile.title} is the first tile`),
    },
    {
      label: 'Move later',
      onSelect: () => apply(moved(board.tiles, tile.id, 1), `${tile.title} moved later`, `${tile.title} is the last tile`),
    },
    {
      label: 'Make wider',
      onSelect: () => apply(resized(board.tiles, tile.id, 1), `${tile.title} is wider`, `${tile.title} has the full width`),
    },
    {
      label: 'Make narrower',
      onSelect: () => apply(resized(board.tiles, tile.id, -1), `${tile.title} is narrower`, `${tile.title} is as narrow as can be`),
    },
    'separator' as const,
    { label: 'Remove', tone: 'danger' as const, onSelect: () => removal.remove(tile.id) },
  ];

  return (
    <>
      <div className="tile-grid">
        {inReadingOrder(board.tiles).map((tile) => (
          <div key={tile.id} className="tile-cell" style={area(tile.layout)}>
            {removal.isRemoved(tile.id) ? (
              <RemovedTile title={tile.title} onUndo={() => removal.undo(tile.id)} />
            ) : (
              <TileCard tile={tile} actions={actionsFor(tile)} />
            )}
          </div>
        ))}
      </div>
      <p className="visually-hidden" role="status">
        {announcement}
      </p>
    </>
  );
}

const area = ({ x, y, width, height }: TileLayout) => ({
  gridColumn: `${x + 1} / span ${width}`,
  gridRow: `${y + 1} / span ${height}`,
});
