/** Whether the approval itself still stands: asked of approved requests, each time they are judged again. */
import { londonDate, showDate } from '../dates.ts';
import type { PersonAnswer } from '../people/person-key.ts';
import type { Prerequisite, PrerequisiteFacts } from './prerequisite-facts.ts';
import { holds, missing } from './prerequisite-results.ts';
import { separationOfDuty } from './separation.ts';

const groundOf = ({ now }: PrerequisiteFacts) =>
  ({
    id: 'approver',
    title: 'Approved by somebody who may',
    clause: 'Separation of duty (local rule)',
    source: { name: 'Accounts of this program', takenAt: now },
  }) as const;

/**
 * An approval under an exception whose last day has passed, though nothing is missing any more: it can be keyed with no dates at all,
 * since they may not run past that day. Null where it is not so.
 */
export function checkPastException(facts: PrerequisiteFacts): Prerequisite | null {
  const { approval, exception, today } = facts;
  if (!approval || exception === null || exception.until >= today) return null;
  return missing(
    { ...groundOf(facts), title: 'Approved for days to come', clause: '5.1.1' },
    `the Caldicott Guardian’s exception, under which it was approved, ended on ${showDate(exception.until)}. Nothing is missing by now.`,
    'withdraw the approval and approve it anew, without the exception.',
  );
}

/** Null where nothing is approved. */
export function checkApprover(facts: PrerequisiteFacts): Prerequisite | null {
  const { approval } = facts;
  if (!approval) return null;
  const ground = groundOf(facts);
  const anew = 'withdraw the approval, so that another officer decides.';
  if (approval.name === null)
    return missing(ground, 'the account that approved it is not here any more.', anew);
  if (approval.endedAt !== null) {
    const day = showDate(londonDate(approval.endedAt));
    return missing(ground, `the account of ${approval.name}, who approved it, ended on ${day}.`, anew);
  }
  const { requester, beneficiary, authorisation } = facts.request;
  const refusal = separationOfDuty({
    step: 'approve',
    authorisationNeeded: false,
    people: {
      requester: named(facts, requester),
      beneficiary: named(facts, beneficiary),
      authoriser: named(facts, authorisation?.employeeNumber ?? null),
      guardian: approval.guardian,
      approver: approval.approver,
      actioner: null,
    },
  })[0];
  if (refusal) {
    return missing({ ...ground, clause: refusal.clause }, lowerFirst(refusal.sentence), anew);
  }
  return holds(ground, `${approval.name} approved it on ${showDate(londonDate(approval.at))}.`);
}

/** Null where the form leaves the number out. */
function named({ who }: PrerequisiteFacts, number: string | null): PersonAnswer | null {
  return number === null || number.trim() === '' ? null : who(number);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
