import { instantToLondon, londonToInstant } from '../../lib/london-time.ts';

interface Boxes {
  readonly keyedAt: string;
  readonly startDate: string;
  readonly endDate: string;
}

type Judged =
  | { readonly ok: true; readonly words: { keyedAt: string; startDate: string; endDate: string | null } }
  | { readonly ok: false; readonly field: keyof Boxes; readonly sentence: string };

const wrong = (field: keyof Boxes, sentence: string): Judged => ({ ok: false, field, sentence });

/**
 * Judges the boxes of "I have keyed this". The date-time box has whole minutes: when it shows the present minute the
 * present moment is meant, because an extract taken in that same minute must not count as later.
 */
export const judgeKeying = (boxes: Boxes, now: Date): Judged => {
  const instant = londonToInstant(boxes.keyedAt);
  if (instant === null) return wrong('keyedAt', 'Say when it was keyed');
  const thisMinute = boxes.keyedAt === instantToLondon(now);
  if (!thisMinute && new Date(instant) > now) return wrong('keyedAt', 'This time is still to come');
  if (!/^\d{4}-\d{2}-\d{2}$/.test(boxes.startDate))
    return wrong('startDate', 'Say from which day the access runs');
  if (boxes.endDate !== '' && boxes.endDate < boxes.startDate)
    return wrong('endDate', 'The end lies before the start');
  return {
    ok: true,
    words: {
      keyedAt: thisMinute ? now.toISOString() : instant,
      startDate: boxes.startDate,
      endDate: boxes.endDate === '' ? null : boxes.endDate,
    },
  };
};
