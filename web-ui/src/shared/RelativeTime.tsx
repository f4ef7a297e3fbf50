import { formatDateTime, formatRelative } from './format/time';
import { useNow } from './useNow';

/** "12 minutes ago", with the exact time in the tooltip. */
export function RelativeTime({ at }: { at: string }) {
  const now = useNow(30_000);
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatRelative(at, now)}
    </time>
  );
}
