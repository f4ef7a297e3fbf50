const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];

export function formatRelative(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000;
  if (Number.isNaN(seconds)) return at;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 1 ? 'in less than a minute' : 'just now';
}

export function formatDateTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' }).format(date);
}

/** The time of day alone, for what happens within the hour. */
export function formatTime(at: string): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return at;
  return new Intl.DateTimeFormat('en-GB', { timeStyle: 'short' }).format(date);
}

/** Whole days between the two, as a person counts them: the same day is 0. */
export function daysSince(at: string, now: number): number {
  return Math.max(0, Math.floor((now - Date.parse(at)) / 86_400_000));
}

/** The reader's own time zone, to head a column of times with. */
export const localTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/**
 * A calendar day or hour as the vendor wrote it. It belongs to the project's time zone, so it is
 * never shifted into the reader's.
 */
export function formatDay(text: string, withYear = true): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2}))?/.exec(text);
  if (!match) return text;

  const [, year, month, day, hour, minute] = match;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day ?? 1)));
  const formatted = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    month: 'short',
    ...(day ? { day: 'numeric' } : {}),
    ...(withYear || !day ? { year: 'numeric' } : {}),
  })
    .format(date)
    .replace('Sept', 'Sep');
  const atMidnight = hour === undefined || (hour === '00' && minute === '00');
  return atMidnight ? formatted : `${formatted}, ${hour}:${minute}`;
}

/** "1 – 31 Oct 2026": the range of an answer, both ends included. */
export function formatRange(start: string, end: string): string {
  const from = formatDay(start.slice(0, 10));
  const to = formatDay(end.slice(0, 10));
  return from === to ? from : `${from} – ${to}`;
}
