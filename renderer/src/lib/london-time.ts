import { TZDate } from '@date-fns/tz';

const LONDON = 'Europe/London';

/** The value of a date-time box (`2026-11-20T17:04`, London's clock) as an ISO UTC instant; null when it is no time. */
export const londonToInstant = (value: string): string | null => {
  const parts = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/.exec(value);
  if (parts === null) return null;
  const [year, month, day, hour, minute] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const date = new TZDate(year, month - 1, day, hour, minute, LONDON);
  return Number.isNaN(date.getTime()) ? null : new Date(date.getTime()).toISOString();
};

/** An instant as the value of a date-time box, on London's clock. */
export const instantToLondon = (instant: Date | string): string => {
  const there = new TZDate(new Date(instant).getTime(), LONDON);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${there.getFullYear()}-${two(there.getMonth() + 1)}-${two(there.getDate())}`;
  return `${day}T${two(there.getHours())}:${two(there.getMinutes())}`;
};

export const londonDay = (instant: Date | string): string => instantToLondon(instant).slice(0, 10);
