/** Exceptions to the procedure: the Caldicott Guardian's alone (5.1.1), for a time, and never from everything. */
import { type IsoDate, showDate } from '../dates.ts';
import type { Prerequisite, PrerequisiteId } from './prerequisite-facts.ts';
import { list, warning } from './prerequisite-results.ts';

/** What the Guardian let pass, as far as a judgement of prerequisites needs to know it. */
export interface ExceptionFacts {
  readonly covers: readonly PrerequisiteId[];
  /** Access beside which it may stand; a conflict with any other is not let pass. */
  readonly conflicts: readonly string[];
  /** The last day on which it counts, and on which access given by it may end. */
  readonly until: IsoDate;
  /** As shown. */
  readonly by: string;
}

/**
 * Whether need can outweigh it. It cannot where there is nothing to key, nobody to key it for, or one hand on both sides: no
 * ruling changes what those are.
 */
const MAY_BE_EXCEPTED: Readonly<Record<PrerequisiteId, boolean>> = {
  'access-known': false,
  'in-post': false,
  'not-already-held': false,
  authorised: true,
  'authorised-by-manager': true,
  separation: false,
  smartcard: true,
  hierarchy: true,
  'as-number': true,
  'information-governance': true,
  conflicts: true,
  'extract-age': false,
  approver: false,
};

const LOOK = 'Look at the prerequisites again.';

export type AskableException =
  | { readonly ok: true; readonly covers: readonly PrerequisiteId[]; readonly conflicts: readonly string[] }
  | { readonly ok: false; readonly sentence: string; readonly nextAction: string };

/**
 * What an exception would have to cover: everything that is missing. Refused where nothing is, and where something is that no
 * exception helps or that nobody has looked up. `prerequisites` are judged without any exception that was made before.
 */
export function askableException(prerequisites: readonly Prerequisite[]): AskableException {
  const open = prerequisites.filter(({ state }) => state === 'missing' || state === 'unknown');
  if (open.length === 0) {
    return {
      ok: false,
      sentence: 'Everything needed is in place, so there is nothing to make an exception from.',
      nextAction: 'Go on without one.',
    };
  }
  const unknown = open.find(({ state }) => state === 'unknown');
  if (unknown) {
    const sentence = `“${unknown.title}” is not known yet, so no exception can be asked from it.`;
    return { ok: false, sentence, nextAction: unknown.nextAction ?? LOOK };
  }
  const firm = open.filter(({ id }) => !MAY_BE_EXCEPTED[id]);
  if (firm.length > 0) {
    const what = list(firm.map(({ title }) => `“${title}”`));
    return {
      ok: false,
      sentence: `No exception can be made from ${what}.`,
      nextAction: firm[0]?.nextAction ?? LOOK,
    };
  }
  return {
    ok: true,
    covers: open.map(({ id }) => id),
    conflicts: open.flatMap(({ conflicting }) => conflicting ?? []),
  };
}

/** The prerequisite as an exception leaves it: what is missing still stands there, and no longer blocks. */
export function withException(
  prerequisite: Prerequisite,
  exception: ExceptionFacts | null,
  today: IsoDate,
): Prerequisite {
  if (exception === null || prerequisite.state !== 'missing' || !isCovered(prerequisite, exception)) {
    return prerequisite;
  }
  const until = showDate(exception.until);
  if (exception.until < today) {
    return {
      ...prerequisite,
      sentence: `The Caldicott Guardian’s exception ended on ${until}. ${prerequisite.sentence}`,
    };
  }
  return warning(
    prerequisite,
    `${prerequisite.fact} ${exception.by} made an exception as Caldicott Guardian until ${until}.`,
    `key it with an end date no later than ${until}.`,
  );
}

const isCovered = ({ id, conflicting = [] }: Prerequisite, { covers, conflicts }: ExceptionFacts): boolean =>
  covers.includes(id) && conflicting.every((urp) => conflicts.includes(urp));
