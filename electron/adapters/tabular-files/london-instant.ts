import { rememberTexts } from '../../domain/people/remember-texts.ts';
import type { ToInstant } from '../../domain/register/source-dates.ts';

const LONDON = 'Europe/London';

/** London's offset from UTC, in milliseconds, of a day that has only one; null of a day on which the clocks change. */
type DayOffset = number | null;

/** Some 200 years of days: a file has fewer, and a zone's rules are asked once for each of them. */
const REMEMBERED = 75_000;
const offsets = new Map<string, DayOffset>();

/**
 * Europe/London wall-clock time → UTC instant, by the zone's own rules and whatever zone this PC is set to. In the hour
 * that October's change repeats, the first of the two (summer time) is taken, which proves least; in the hour that
 * March's change skips, the time moves on by that hour. Throws RangeError where it is no local time.
 */
export const londonToInstant: ToInstant = rememberTexts((local) => {
  if (!/^\d{4}-\d{2}-\d{2}T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(local))
    throw new RangeError('not a local time');
  const offset = offsetOf(local.slice(0, 10));
  if (offset === null) return exactly(local);
  return new Date(Date.parse(`${local}Z`) - offset).toISOString();
});

function exactly(local: string): string {
  const there = Temporal.PlainDateTime.from(local, { overflow: 'reject' });
  const { epochMilliseconds } = there.toZonedDateTime(LONDON, { disambiguation: 'compatible' });
  return new Date(epochMilliseconds).toISOString();
}

function offsetOf(day: string): DayOffset {
  const known = offsets.get(day);
  if (known !== undefined) return known;
  const start = Temporal.PlainDate.from(day, { overflow: 'reject' }).toZonedDateTime(LONDON);
  const from = start.offsetNanoseconds;
  const to = start.add({ days: 1 }).offsetNanoseconds;
  const offset = from === to ? from / 1_000_000 : null;
  if (offsets.size >= REMEMBERED) offsets.clear();
  offsets.set(day, offset);
  return offset;
}
