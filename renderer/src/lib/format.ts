/** Dates, ages and numbers as people read them here: `3 Mar 2026, 14:05`, always Europe/London. */

const LONDON = 'Europe/London';

/** Made when first asked for: reading a time zone's rules takes longer than drawing the first screen, which shows no time. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | null = null;
  return () => {
    made ??= make();
    return made;
  };
};

const dateParts = once(
  () =>
    new Intl.DateTimeFormat('en-GB', {
      timeZone: LONDON,
      day: 'numeric',
      month: 'numeric',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    }),
);

// en-GB abbreviates September to "Sept"; the house form is three letters.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

const partsOf = (instant: string): Readonly<Record<string, string>> | null => {
  const time = new Date(instant);
  if (Number.isNaN(time.getTime())) return null;
  return Object.fromEntries(
    dateParts()
      .formatToParts(time)
      .map((part) => [part.type, part.value]),
  );
};

const monthName = (month: string | undefined): string => MONTHS[Number(month) - 1] ?? '';

/** An instant (ISO, UTC) as `3 Mar 2026, 14:05`; the text itself when it is not an instant. */
export const formatInstant = (instant: string): string => {
  const parts = partsOf(instant);
  if (parts === null) return instant;
  return `${Number(parts.day)} ${monthName(parts.month)} ${parts.year}, ${parts.hour}:${parts.minute}`;
};

/** A calendar date `YYYY-MM-DD` as `3 Mar 2026`: no time zone takes part. */
export const formatDate = (date: string): string => {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date);
  if (found === null) return date;
  return `${Number(found[3])} ${monthName(found[2])} ${found[1]}`;
};

/** What a form gave: a day alone, or a moment. */
export const formatDayOrInstant = (on: string): string =>
  on.length === 10 ? formatDate(on) : formatInstant(on);

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

/** How long ago, coarsely: `just now`, `5 minutes ago`, `3 days ago`; `in the future` when a clock disagrees. */
export const formatAge = (instant: string, now: Date): string => {
  const passed = now.getTime() - new Date(instant).getTime();
  if (Number.isNaN(passed)) return '';
  if (passed < -MINUTE) return 'in the future';
  if (passed < MINUTE) return 'just now';
  if (passed < HOUR) return `${plural(Math.floor(passed / MINUTE), 'minute')} ago`;
  if (passed < 2 * DAY) return `${plural(Math.floor(passed / HOUR), 'hour')} ago`;
  return `${plural(Math.floor(passed / DAY), 'day')} ago`;
};

const numberForm = once(() => new Intl.NumberFormat('en-GB'));

/** `1,234,567` */
export const formatNumber = (value: number): string => numberForm().format(value);

/** `1 request`, `2 requests`, `1,204 requests`. */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${formatNumber(count)} ${count === 1 ? one : many}`;

/** `312 bytes`, `4.2 MB`: decimal units, one figure after the point. */
export const formatBytes = (bytes: number): string => {
  if (bytes < 1000) return plural(bytes, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'] as const;
  let value = bytes;
  let unit: string = 'bytes';
  for (const next of units) {
    if (value < 999.95) break;
    value /= 1000;
    unit = next;
  }
  return `${value.toFixed(1)} ${unit}`;
};

/** What is left of a long job: `about 20 seconds left`, `about 3 minutes left`. */
export const formatSecondsLeft = (seconds: number): string => {
  if (seconds < 5) return 'a few seconds left';
  if (seconds < 90) return `about ${plural(Math.ceil(seconds / 5) * 5, 'second')} left`;
  return `about ${plural(Math.ceil(seconds / 60), 'minute')} left`;
};

/** A wait that the program asks for, exactly: `45 seconds`, `2 minutes 5 seconds`. */
export const formatWait = (seconds: number): string => {
  const whole = Math.max(0, Math.ceil(seconds));
  const minutes = Math.floor(whole / 60);
  const rest = whole % 60;
  if (minutes === 0) return plural(rest, 'second');
  return rest === 0 ? plural(minutes, 'minute') : `${plural(minutes, 'minute')} ${plural(rest, 'second')}`;
};

/** For numbers in a column: right-aligned, every digit of one width. */
export const numericStyle = { textAlign: 'right', fontVariantNumeric: 'tabular-nums' } as const;
