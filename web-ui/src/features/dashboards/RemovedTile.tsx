import { Button, Group, Text } from '@mantine/core';

interface RemovedTileProps {
  title: string;
  onUndo: () => void;
}

/** In the tile's own place, so that the undo is where the eye and the focus are. */
export function RemovedTile({ title, onUndo }: RemovedTileProps) {
  return (
    <Group className="tile-removed" gap="sm" justify="center">
      <Text c="dimmed" className="wrap">
        Removed {title}
      </Text>
      <Button size="xs" variant="default" autoFocus onClick={onUndo}>
        Undo
      </Button>
    </Group>
  );
}
