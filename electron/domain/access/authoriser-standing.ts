/** Whether whoever authorised the access is still there to do so: a manager who has left authorises nothing. */
import { londonDate, showDate } from '../dates.ts';
import { notInPost } from './prerequisite-checks-person.ts';
import type { PrerequisiteFacts } from './prerequisite-facts.ts';

/** Why the authorisation counts for nothing: the manager has left, or may do nothing here any more. Null where it counts. */
export function whyAuthorisesNothing({
  authoriser,
  today,
}: Pick<PrerequisiteFacts, 'authoriser' | 'today'>): string | null {
  const person = authoriser?.person ?? null;
  const gone = person === null ? null : notInPost(person, today);
  if (gone) return gone.fact;
  const endedAt = authoriser?.accountEndedAt ?? null;
  return endedAt === null
    ? null
    : `The account here of whoever authorised it ended on ${showDate(londonDate(endedAt))}.`;
}

export const ASK_PRESENT_MANAGER =
  'return the form and ask for the authorisation of the present line manager.';
