import {
  type RequestCommand as OfferedCommand,
  type RequestDetail,
  requestCommand,
} from '../../contract/requests.contract.ts';
import { whyAuthorisesNothing } from '../../domain/access/authoriser-standing.ts';
import type { Prerequisite, PrerequisiteFacts } from '../../domain/access/prerequisites.ts';
import {
  type AccessRequest,
  grantedException,
  type UndoableCommandKind,
} from '../../domain/requests/request.ts';
import { allowedCommands, decide, type RequestCommand } from '../../domain/requests/transitions.ts';
import type { ActingContext } from '../ground/context.ts';
import { whoResolver } from '../ground/who-is-who.ts';

/** Access by exception ends with the exception. */
export const lastDay = ({ progress }: AccessRequest): string | null =>
  grantedException(progress)?.decision.until ?? null;

/** Why an approval no longer holds, and whether it may be recorded as standing in ESR all the same. */
export function objectionView(
  { store, actor, clock }: ActingContext,
  request: AccessRequest,
  prerequisites: readonly Prerequisite[],
): RequestDetail['objection'] {
  const { objection } = request.progress;
  if (!objection) return null;
  const now = clock.now();
  const command = keyNow(now, clock.today(), prerequisites, lastDay(request), true);
  const who = whoResolver(store.access.who);
  const decision = decide(request, command, { actor, now, who });
  const officer = allowedCommands(request, actor.roles).includes('key');
  return {
    raisedAt: store.access.requests.get(request.id)?.request.progress.objection?.raisedAt ?? null,
    points: objection.points.map(({ title, clause, fact, source, nextAction }) => ({
      title,
      clause,
      fact,
      source: source && { ...source },
      nextAction,
    })),
    alreadyInEsr: {
      allowed: officer && decision.ok,
      why: decision.ok || !officer ? null : `${decision.sentence} ${decision.nextAction}`.trim(),
    },
  };
}

/** `now` is the moment that it is judged at: read twice, the second is later than the first and "has not come yet". */
const keyNow = (
  now: string,
  today: string,
  prerequisites: readonly Prerequisite[],
  endDate: string | null,
  alreadyInEsr: boolean,
): RequestCommand => ({
  kind: 'key',
  at: now,
  startDate: today,
  endDate,
  // The end given here is the last day itself.
  endDateMeaning: 'last-day',
  prerequisites,
  alreadyInEsr,
});

/** What this person may do now; for what the state allows but a rule refuses, the rule's own sentence. */
export function offeredCommands(
  { actor, clock, store }: ActingContext,
  request: AccessRequest,
  facts: PrerequisiteFacts,
  prerequisites: readonly Prerequisite[],
  bare: readonly Prerequisite[],
): RequestDetail['commands'] {
  const open = new Set<string>(allowedCommands(request, actor.roles));
  const now = clock.now();
  const trial = (command: OfferedCommand): RequestCommand => {
    switch (command) {
      case 'match':
        return { kind: 'match', beneficiary: request.progress.beneficiary ?? '00000000', post: null };
      case 'chooseAccess':
        return {
          kind: 'chooseAccess',
          urp: 'another access',
          authorisationNeeded: request.authorisationNeeded,
        };
      case 'returnForm':
        return { kind: 'returnForm', missing: ['-'] };
      case 'approve':
      case 'undo':
        return { kind: command, prerequisites };
      case 'key':
        return keyNow(now, clock.today(), prerequisites, lastDay(request), false);
      case 'askException':
        return { kind: command, reason: 'trial', prerequisites: bare };
      case 'decideException':
        return {
          kind: command,
          terms: { granted: false, reason: 'trial' },
          today: clock.today(),
          prerequisites: bare,
        };
      case 'recordAuthorisation':
        return { kind: command, countsForNothing: whyAuthorisesNothing(facts) };
      case 'endException':
      case 'withdrawApproval':
      case 'unkey':
      case 'withdraw':
      case 'reopen':
      case 'setRevisionAside':
        return { kind: command, reason: 'trial' };
    }
  };
  return requestCommand.options.map((command) => {
    if (!open.has(command)) return { command, allowed: false, why: null };
    const decision = decide(request, trial(command), { actor, now, who: whoResolver(store.access.who) });
    return decision.ok
      ? { command, allowed: true, why: null }
      : { command, allowed: false, why: `${decision.sentence} ${decision.nextAction}`.trim() };
  });
}

const UNDO_WORDS: Readonly<Record<UndoableCommandKind, string>> = {
  match: 'matching the form to a person',
  chooseAccess: 'choosing the access',
  recordAuthorisation: 'recording the line manager’s authorisation',
  returnForm: 'returning the form',
  askException: 'asking the Caldicott Guardian for an exception',
  approve: 'approving',
  key: 'saying that it was keyed',
  withdraw: 'withdrawing the request',
};

/** What an undo would take back. */
export const undoWords = ({ undo }: AccessRequest): string | null => {
  const last = undo.at(-1);
  return last === undefined ? null : UNDO_WORDS[last.command];
};
