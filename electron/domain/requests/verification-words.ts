/** What a person reads about a comparison with an extract: the fact, and the next step. */
import type { Span } from '../access/effective-access.ts';
import { type IsoInstant, showDate, showInstant } from '../dates.ts';
import {
  type AccessSeen,
  type FindingKind,
  type HoldingSeen,
  NEVER,
  type RequestToVerify,
  type WhyLeftAlone,
} from './verification-facts.ts';
import type { Uncovered, Voucher } from './vouching.ts';

/** `from 10 Nov 2026 until 31 Dec 2026`; no end is said, since it is what most often differs. */
export function showSpan({ from, lastDay }: Span): string {
  const start = from === null ? '' : `from ${showDate(from)} `;
  return lastDay === null ? `${start}with no end date` : `${start}until ${showDate(lastDay)}`;
}

export const NEXT_ACTIONS: Readonly<Record<FindingKind, string>> = {
  'keyed-but-not-seen':
    'Look the person up in ESR. Key the access if it is missing, then import the next extract.',
  'seen-with-other-dates':
    'Look at the dates in ESR. Correct them there, or correct what was recorded as keyed, then import the next extract.',
  'held-past-approval': 'End the access in ESR, or have it approved for longer (5.1.1).',
  'seen-but-never-approved': 'Ask the line manager for a OneForm, or end the access in ESR (5.1.1).',
  'keyed-no-longer-grantable': 'End it in ESR, or have it excepted by the Caldicott Guardian (5.1.1).',
};

const extractOf = (takenAt: IsoInstant): string => `the extract of ${showInstant(takenAt)}`;

export function seenAsKeyed(urp: string, shown: Span, over: boolean, takenAt: IsoInstant): string {
  const since = over ? ' It has ended since, as it was keyed.' : '';
  return `ESR shows ${urp} ${showSpan(shown)}, as it was keyed, in ${extractOf(takenAt)}.${since}`;
}

export function seenByPosts(urp: string, shown: Span, keyed: Span, takenAt: IsoInstant): string {
  const last = keyed.lastDay === null ? '' : showDate(keyed.lastDay);
  return `ESR shows ${urp} ${showSpan(shown)} in ${extractOf(takenAt)}, and the person’s posts end on ${last}, so it ends with them, as it was keyed.`;
}

/** `ended`: a row of it that is over, where there is one. */
export function notSeenWords(
  urp: string,
  keyedAt: IsoInstant,
  ended: AccessSeen | null,
  takenAt: IsoInstant,
): { readonly sentence: string; readonly nextAction: string } {
  const keyed = `Keyed at ${showInstant(keyedAt)}, but ${extractOf(takenAt)}`;
  const shut =
    ended?.shutSince !== undefined
      ? `that ended on ${showDate(ended.shutSince)}`
      : 'that was not open on its days';
  if (ended !== null && (ended.shutSince !== undefined || ended.effective === NEVER)) {
    return {
      sentence: `${keyed} shows ${urp} in an account ${shut}, so it gives no access. Next: have the account opened again in ESR if the person needs it, or correct what was recorded.`,
      nextAction:
        'Look at the account in ESR. Have it opened again if the person needs it, then import the next extract.',
    };
  }
  const shows = ended?.effective.lastDay
    ? `shows ${urp} as ended on ${showDate(ended.effective.lastDay)}`
    : `does not show ${urp}`;
  return {
    sentence: `${keyed} ${shows}. Next: look in ESR, key it again if it is not there, or correct what was recorded.`,
    nextAction: NEXT_ACTIONS['keyed-but-not-seen'],
  };
}

export function otherDatesSentence(urp: string, keyed: Span, shown: Span, takenAt: IsoInstant): string {
  return `${urp} was keyed ${showSpan(keyed)}, and ${extractOf(takenAt)} shows it ${showSpan(shown)}. Next: correct the dates in ESR, or correct what was recorded as keyed.`;
}

export function heldPastSentence(urp: string, approved: Span, shown: Span, takenAt: IsoInstant): string {
  const until = approved.lastDay === null ? '' : showDate(approved.lastDay);
  return `${urp} was approved until ${until}, and ${extractOf(takenAt)} shows it still held, ${showSpan(shown)}. Next: end it in ESR, or have it approved for longer.`;
}

export function leftAloneSentence(
  why: WhyLeftAlone,
  { keyed, urp }: RequestToVerify,
  takenAt: IsoInstant,
  newest: IsoInstant | null,
): string {
  switch (why) {
    case 'keyed-after':
      return `Keyed at ${showInstant(keyed?.at ?? takenAt)}; ${extractOf(takenAt)} was taken before, so it proves nothing. Next: import an extract taken after the keying.`;
    case 'unread':
      return 'A row of this person in the extract could not be read, so it proves nothing. Next: mend the row and import the extract again, or import the next one.';
    case 'older':
      return `${capital(extractOf(takenAt))} is older than the one of ${showInstant(newest ?? takenAt)}, which was read before, so it proves nothing. Next: import the next extract.`;
    case 'unknown-account':
      return `An account of which nobody knows the person holds ${urp} in ${extractOf(takenAt)}, and may be theirs. Next: say whose account it is, then import the extract again.`;
    case 'unknown-person':
      return 'The number of the person on the request cannot be read surely, so nothing in the extract can be theirs. Next: match the request to a person.';
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function whoHolds({ employeeNumber, username }: HoldingSeen): string {
  if (employeeNumber) return `employee ${employeeNumber}`;
  return `user ${username?.trim() || '(no username)'}, whom the register does not know,`;
}

const accessShown = ({ access, evidence }: AccessSeen): string =>
  access.startsWith('?') ? `“${evidence.asExported.trim()}”, which the catalogue does not know,` : access;

function approvedBefore({ by, span }: Voucher): string {
  if ('request' in by) return `OneForm ${by.request.reference} approved it ${showSpan(span)}`;
  return `the starting position has it ${showSpan(span)}`;
}

/** Why nothing here vouches for what ESR shows, and what was approved before. */
export function uncoveredSentence({ seen, why, nearest }: Uncovered, unreadAtStart: boolean): string {
  const shown = `ESR shows ${accessShown(seen)} for ${whoHolds(seen.evidence)}`;
  const next = 'Next: ask who gave it, then have it approved by a OneForm or end it in ESR.';
  if (nearest === null) {
    const { from } = seen.effective;
    const since = from === null ? '' : ` since ${showDate(from)}`;
    const unread = unreadAtStart
      ? ' A row of this person could not be read when the starting position was taken, so nobody knows whether it stood then.'
      : '';
    return `${shown}${since}, and no request here approved it.${unread} ${next}`;
  }
  const before = approvedBefore(nearest);
  switch (why) {
    case 'no-longer-holds':
      return `${shown} ${showSpan(seen.effective)}: ${before}, and that approval no longer holds. Next: look at the form, then end it in ESR or have it approved anew.`;
    case 'came-back':
      return `${shown} again, ${showSpan(seen.effective)}: ${before}, and it had gone by ${extractOf(nearest.goneSince ?? '')}. ${next}`;
    case 'starts-later':
      return `${shown} ${showSpan(seen.effective)}, which starts later than what was approved: ${before}. ${next}`;
    case 'held-past':
      return `${shown} still, ${showSpan(seen.effective)}: ${before}, and that day has passed. Next: end it in ESR, or have it approved for longer.`;
    case 'runs-past':
    case 'never':
      return `${shown} ${showSpan(seen.effective)}, which runs past what was approved: ${before}. ${next}`;
  }
}
