import { useState } from 'react';
import { useRefreshTile } from '@/api/charts';
import type { Dashboard } from '@/api/types';

/** Two at a time: a board must not spend the vendor's rate limit in one burst. */
const atOnce = 2;

export function useRefreshAll(board: Dashboard) {
  const [isPending, setPending] = useState(false);
  const { mutateAsync } = useRefreshTile(board.id);
  const ids = board.tiles.filter((tile) => tile.state !== 'frozen').map((tile) => tile.id);

  async function refresh() {
    setPending(true);
    const queue = [...ids];
    const worker = async () => {
      // One tile's failure is that tile's to show; the others go on.
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await mutateAsync(id).catch(() => undefined);
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
    setPending(false);
  }

  return { isPending, refreshable: ids.length, refresh: () => void refresh() };
}
