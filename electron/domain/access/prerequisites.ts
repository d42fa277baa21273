/**
 * What must hold before access may be granted, in plain English: rule, fact, source and its age, clause, next action.
 * Facts are gathered by a service; here they are only judged.
 */
import { withException } from './exceptions.ts';
import { checkApprover, checkPastException } from './prerequisite-checks-approval.ts';
import { checkConflicts, checkExtractAge, checkInformationGovernance } from './prerequisite-checks-around.ts';
import {
  checkAsNumber,
  checkAuthorised,
  checkAuthorisedByManager,
  checkHierarchy,
  checkSeparation,
  checkSmartcard,
} from './prerequisite-checks-clauses.ts';
import { checkAccessKnown, checkInPost, checkNotAlreadyHeld } from './prerequisite-checks-person.ts';
import type { Prerequisite, PrerequisiteFacts, PrerequisiteSummary } from './prerequisite-facts.ts';

export * from './prerequisite-facts.ts';

/** In the order an officer works them. A check answers null where it does not apply to the access asked for. */
const CHECKS: readonly ((facts: PrerequisiteFacts) => Prerequisite | null)[] = [
  checkAccessKnown,
  checkInPost,
  checkNotAlreadyHeld,
  checkAuthorised,
  checkAuthorisedByManager,
  checkSeparation,
  checkSmartcard,
  checkHierarchy,
  checkAsNumber,
  checkInformationGovernance,
  checkConflicts,
  checkExtractAge,
  checkApprover,
];

/** Every prerequisite that applies to the access asked for, in the order an officer works them. */
export function checkPrerequisites(facts: PrerequisiteFacts): readonly Prerequisite[] {
  const results = CHECKS.map((check) => check(facts))
    .filter((result) => result !== null)
    .map((result) => withException(result, facts.exception, facts.today));
  // Where something is missing, that says already that the exception has ended.
  const past = isWhole(results) ? checkPastException(facts) : null;
  return past === null ? results : results.map((result) => (result.id === past.id ? past : result));
}

const isWhole = (results: readonly Prerequisite[]): boolean =>
  results.every(({ state }) => state === 'holds' || state === 'warning');

/** `mayApprove` only when each one holds or merely warns, and there is at least one. */
export function summarise(prerequisites: readonly Prerequisite[]): PrerequisiteSummary {
  const total = prerequisites.length;
  const open = prerequisites.filter(({ state }) => state !== 'holds' && state !== 'warning');
  const done = total - open.length;
  const count = `${done} of ${total} done.`;
  const first = open[0];
  if (total === 0) return { mayApprove: false, done, total, sentence: 'Nothing has been checked yet.' };
  if (first) return { mayApprove: false, done, total, sentence: `${first.sentence} ${count}` };
  const warnings = prerequisites.filter(({ state }) => state === 'warning').length;
  const look =
    warnings === 0 ? '' : ` Look at ${warnings === 1 ? 'the warning' : `the ${warnings} warnings`} first.`;
  return { mayApprove: true, done, total, sentence: `Everything needed is in place.${look} ${count}` };
}
