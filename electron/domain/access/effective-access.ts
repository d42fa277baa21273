/** From when and until when an access works: domain.md, "Effective access". */
import { addDays, type IsoDate } from '../dates.ts';

/**
 * What an end date in ESR means. Both readings are in published code, so it is a setting of the trust, to be tried once in
 * TPLY; the day itself counts unless somebody found out otherwise.
 */
export const END_DATE_MEANINGS = ['last-day', 'first-day-without'] as const;
export type EndDateMeaning = (typeof END_DATE_MEANINGS)[number];

/** Days on which an access works. `from` null = not said; `lastDay` null = no end. */
export interface Span {
  readonly from: IsoDate | null;
  readonly lastDay: IsoDate | null;
}

/** The dates of one of the things that an access hangs on, as ESR writes them. */
export interface DatedPart {
  readonly start: IsoDate | null;
  readonly end: IsoDate | null;
}

/** The last day on which something with this end date works. */
export function lastDayOf(end: IsoDate | null, meaning: EndDateMeaning): IsoDate | null {
  return end === null || meaning === 'last-day' ? end : addDays(end, -1);
}

/** The end date to enter in ESR for an access whose last day this is. */
export function endDateFor(lastDay: IsoDate | null, meaning: EndDateMeaning): IsoDate | null {
  return lastDay === null || meaning === 'last-day' ? lastDay : addDays(lastDay, 1);
}

/**
 * The latest of the starts to the earliest of the ends of account, assignment and responsibility. Null where that leaves
 * no day: the parts never stood together.
 */
export function effectiveSpan(parts: readonly DatedPart[], meaning: EndDateMeaning): Span | null {
  let from: IsoDate | null = null;
  let lastDay: IsoDate | null = null;
  for (const { start, end } of parts) {
    if (start !== null && (from === null || start > from)) from = start;
    const last = lastDayOf(end, meaning);
    if (last !== null && (lastDay === null || last < lastDay)) lastDay = last;
  }
  return from !== null && lastDay !== null && lastDay < from ? null : { from, lastDay };
}

/** True once the last day has passed. */
export const isOver = ({ lastDay }: Span, day: IsoDate): boolean => lastDay !== null && lastDay < day;

/** Whether the access works on that day. */
export const worksOn = (span: Span, day: IsoDate): boolean =>
  !isOver(span, day) && (span.from === null || span.from <= day);

/** The earlier of two last days; null = no end. */
export function earlierEnd(a: IsoDate | null, b: IsoDate | null): IsoDate | null {
  if (a === null || b === null) return a ?? b;
  return a < b ? a : b;
}

/** The one that ends last; null where there is none. */
export const longest = (spans: readonly Span[]): Span | null =>
  spans.reduce<Span | null>(
    (best, span) =>
      best === null || (best.lastDay !== null && (span.lastDay === null || span.lastDay > best.lastDay))
        ? span
        : best,
    null,
  );
