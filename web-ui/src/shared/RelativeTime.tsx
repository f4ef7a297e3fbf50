import { formatDateTime, formatRelative } from './format/time';
import { useNow } from './useNow';

interface RelativeTimeProps {
  at: string;
  /** Still to come. What is past is never ahead of a clock that ticks twice a minute, or that runs late. */
  upcoming?: boolean;
}

/** "12 minutes ago", with the exact time in the tooltip. */
export function RelativeTime({ at, upcoming = false }: RelativeTimeProps) {
  const ticked = useNow(30_000);
  const now = upcoming ? ticked : Math.max(ticked, Date.parse(at));
  return (
    <time dateTime={at} title={formatDateTime(at)}>
      {formatRelative(at, now)}
    </time>
  );
}
