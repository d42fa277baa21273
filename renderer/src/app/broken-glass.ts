import type { SessionState } from '../../../electron/contract/session.contract.ts';
import { formatInstant } from '../lib/format.ts';

type BrokenGlass = SessionState['brokenGlass'];

/** Each has a line of its own in the head of the window, which must not grow without end. */
const MOST_LINES = 3;

/** Whose password a trust PC takes for now, a line each, in the order of its end; of many the last line says how many more. */
export const brokenGlassLines = (broken: BrokenGlass, now: Date): readonly string[] => {
  const lines = broken
    .filter(({ until }) => Date.parse(until) > now.getTime())
    .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until))
    .map(
      ({ displayName, until }) =>
        `Glass is broken: ${displayName} may use a password until ${formatInstant(until)}`,
    );
  if (lines.length <= MOST_LINES) return lines;
  const shown = lines.slice(0, MOST_LINES - 1);
  return [...shown, `Glass is broken for ${lines.length - shown.length} more accounts: see Users`];
};
