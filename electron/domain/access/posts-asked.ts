/** Which of a person's posts a request is about. */
import { readStaffNumber } from '../people/staff-number.ts';
import type { AssignmentFacts, PrerequisiteFacts } from './prerequisite-facts.ts';

/** ESR numbers a person's assignments: the first has no suffix, the second `-2` (domain.md, Identifiers). */
export function postOfAssignment(assignmentNumber: string): number | null {
  const read = readStaffNumber(assignmentNumber);
  return read.kind === 'number' ? read.post : null;
}

/** Suffixes are counted anew in each employment, so `…-2` of one is not `…-2` of another of the same person. */
function isOfEmployment({ employment }: AssignmentFacts, postOf: string | null | undefined): boolean {
  if (employment === undefined || postOf === undefined || postOf === null) return true;
  const plain = (number: string) => number.replace(/^0+/, '');
  return employment.some((number) => plain(number) === plain(postOf));
}

/** The current posts the request is about: the one that was named, else all of them. */
export function postsAsked({
  person,
  request,
}: Pick<PrerequisiteFacts, 'person' | 'request'>): readonly AssignmentFacts[] {
  const all = person?.assignments ?? [];
  return request.post === null
    ? all
    : all.filter(
        (post) =>
          postOfAssignment(post.assignmentNumber) === request.post && isOfEmployment(post, request.postOf),
      );
}

/** Said where the form names a post that the person does not hold; null where it holds or none is named. */
export function noSuchPost(facts: Pick<PrerequisiteFacts, 'person' | 'request'>): string | null {
  const { person, request } = facts;
  if (person === null || request.post === null || postsAsked(facts).length > 0) return null;
  return `the form names post ${request.post} of ${person.name} (assignment number …-${request.post}), and ESR shows no such current post.`;
}
