import { TZDate } from '@date-fns/tz';
import type { ToInstant } from '../../domain/register/source-dates.ts';

/**
 * Europe/London wall-clock time → UTC instant. In the hour that October's change repeats, the first of the two (summer
 * time) is taken; in the hour that March's change skips, the time moves on by that hour.
 */
export const londonToInstant: ToInstant = (local) => {
  const match = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/.exec(local);
  if (!match) throw new RangeError('not a local time');
  const [year = 0, month = 1, day = 1, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map(Number);
  return new Date(
    new TZDate(year, month - 1, day, hours, minutes, seconds, 'Europe/London').getTime(),
  ).toISOString();
};
