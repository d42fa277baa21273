import type { ExceptionTerms } from './signed-decisions.ts';

/** The boxes of the Caldicott Guardian's decision; '' where nothing is chosen or typed. */
export interface ExceptionBoxes extends Readonly<Record<string, string>> {
  readonly decision: string;
  readonly until: string;
  readonly reason: string;
}

export const EMPTY_BOXES: ExceptionBoxes = { decision: '', until: '', reason: '' };

type Judged =
  | { readonly ok: true; readonly terms: ExceptionTerms }
  | { readonly ok: false; readonly field: 'decision' | 'until' | 'reason'; readonly sentence: string };

const wrong = (field: 'decision' | 'until' | 'reason', sentence: string): Judged => ({
  ok: false,
  field,
  sentence,
});

/** `today` as `2026-11-20`, the trust's day. */
export const judgeException = ({ decision, until, reason }: ExceptionBoxes, today: string): Judged => {
  if (decision !== 'grant' && decision !== 'refuse') return wrong('decision', 'Choose one of the two');
  const granted = decision === 'grant';
  if (granted && !/^\d{4}-\d{2}-\d{2}$/.test(until))
    return wrong('until', 'Say on which day the access ends at the latest');
  if (granted && until < today) return wrong('until', 'This day is past');
  const because = reason.trim();
  if (because.length < 3) return wrong('reason', 'Say why in a few words');
  return {
    ok: true,
    terms: granted ? { granted, until, reason: because } : { granted, reason: because },
  };
};
