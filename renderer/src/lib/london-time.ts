const LONDON = 'Europe/London';

/**
 * The value of a date-time box (`2026-11-20T17:04`, London's clock) as an ISO UTC instant; null when it is no time. In
 * the hour that October repeats it is the first of the two, in the hour that March skips the hour after, as where files
 * are read.
 */
export const londonToInstant = (value: string): string | null => {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(value)) return null;
  try {
    const there = Temporal.PlainDateTime.from(value.slice(0, 16), { overflow: 'reject' });
    const { epochMilliseconds } = there.toZonedDateTime(LONDON, { disambiguation: 'compatible' });
    return new Date(epochMilliseconds).toISOString();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

/** An instant as the value of a date-time box, on London's clock. */
export const instantToLondon = (instant: Date | string): string =>
  Temporal.Instant.fromEpochMilliseconds(new Date(instant).getTime())
    .toZonedDateTimeISO(LONDON)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });

export const londonDay = (instant: Date | string): string => instantToLondon(instant).slice(0, 10);
