/** Reading and showing dates without a library: the domain may import nothing, and these four are all it needs. */

/** Calendar date, `YYYY-MM-DD`. */
export type IsoDate = string;
/** Instant in UTC, `2026-11-20T17:04:02.000Z`. */
export type IsoInstant = string;

export const DAY_MS = 86_400_000;

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Milliseconds since 1970. Throws on text that is no instant: callers parse at the edge, so here it is a bug. */
export function instantMs(instant: IsoInstant): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError('not an ISO instant');
  return ms;
}

/** The calendar date in Europe/London at that instant: the day the trust's staff and ESR would name. */
export function londonDate(instant: IsoInstant): IsoDate {
  const parts = londonParts(instant);
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** `2026-03-03` → `3 Mar 2026`. */
export function showDate(date: IsoDate): string {
  const { year, monthName, day } = splitDate(date);
  return `${Number(day)} ${monthName} ${year}`;
}

/** `2026-11-03` → `03-Nov-2026`, the form in which ESR shows and takes dates. */
export function esrDate(date: IsoDate): string {
  const { year, monthName, day } = splitDate(date);
  return `${day}-${monthName}-${year}`;
}

/** Instant → `3 Mar 2026, 14:05` in Europe/London. */
export function showInstant(instant: IsoInstant): string {
  const parts = londonParts(instant);
  return `${showDate(`${parts.year}-${parts.month}-${parts.day}`)}, ${parts.hour}:${parts.minute}`;
}

/** Whole 24-hour days between two instants, rounded down; negative when `to` is earlier. */
export function daysBetween(from: IsoInstant, to: IsoInstant): number {
  return Math.floor((instantMs(to) - instantMs(from)) / DAY_MS);
}

/** The calendar date so many days later; earlier where `days` is negative. */
export function addDays(date: IsoDate, days: number): IsoDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function splitDate(date: IsoDate): { year: string; monthName: string; day: string } {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  const monthName = MONTHS[Number(match?.[2]) - 1];
  if (!match?.[1] || !match[3] || !monthName) throw new RangeError('not an ISO date');
  return { year: match[1], monthName, day: match[3] };
}

const LONDON_FORMAT: Intl.DateTimeFormatOptions = {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
};

/** Kept once made: making one takes longer than a thousand uses, and a verification shows tens of thousands of times. */
let formatter: Intl.DateTimeFormat | null = null;
function londonFormat(): Intl.DateTimeFormat {
  formatter ??= new Intl.DateTimeFormat('en-GB', LONDON_FORMAT);
  return formatter;
}

function londonParts(instant: IsoInstant): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
  const found = { year: '', month: '', day: '', hour: '', minute: '' };
  for (const part of londonFormat().formatToParts(instantMs(instant))) {
    if (part.type in found) found[part.type as keyof typeof found] = part.value;
  }
  return found;
}
