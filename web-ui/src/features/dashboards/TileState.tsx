import type { Tile } from '@/api/types';
import { formatDateTime } from '@/shared/format/time';
import { Notice } from '@/shared/Notice';

/** Why the tile shows older data than it should. Its last data stays drawn below. */
export function TileState({ tile }: { tile: Tile }) {
  const shown = `Shows data of ${formatDateTime(tile.refreshedAt)}.`;

  if (tile.state === 'frozen') {
    return (
      <Notice tone="info" title="Frozen">
        {tile.stateReason ?? `Its data source is disconnected. ${shown}`}
      </Notice>
    );
  }
  if (tile.state === 'failed') {
    return (
      <Notice tone="warning" title="The last refresh failed">
        {tile.stateReason ?? 'The data source gave no reason.'} {shown}
      </Notice>
    );
  }
  return null;
}
