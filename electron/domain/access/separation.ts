/**
 * Separation of duty: nobody stands on both sides of one item (design: "nobody may be requester and authoriser, or
 * authoriser and actioner, or actioner and reviewer"). People are compared by ESR employee number.
 */

export type SeparationStep = 'authorise' | 'approve' | 'key';
export type Duty = 'requester' | 'beneficiary' | 'authoriser' | 'approver' | 'actioner';

/** ESR employee or assignment numbers; null = not known. */
export type DutyHolders = Readonly<Record<Duty, string | null>>;

export interface SeparationRefusal {
  readonly code: 'SAME_PERSON' | 'PERSON_UNKNOWN';
  readonly duties: readonly Duty[];
  readonly sentence: string;
  readonly clause: string;
  readonly nextAction: string;
}

export interface SeparationQuestion {
  readonly step: SeparationStep;
  readonly people: DutyHolders;
  /** False only for access that clause 5.1.1 gives to all staff: then no authoriser is expected. Default true. */
  readonly authorisationNeeded?: boolean;
}

/** Everything that stands against the step, in plain English; empty when it may go ahead. */
export function separationOfDuty(_question: SeparationQuestion): readonly SeparationRefusal[] {
  throw new Error('not written yet');
}

/** Employee number without the suffix of a later post (`10000001-2` → `10000001`): one person, however cited. */
export function personNumber(number: string): string {
  return number.trim().replace(/-\d+$/, '');
}
