/** What every command needs to change a request, or to refuse to. */
import { type SeparationStep, separationOfDuty } from '../access/separation.ts';
import type { JsonObject, JsonValue } from '../ledger/canonical-json.ts';
import type { PersonAnswer } from '../people/person-key.ts';
import type { DecisionContext, RequestRefusal, RequestRefusalCode, WhoResolver } from './commands.ts';
import {
  type AccessRequest,
  grantedException,
  isManagerExcepted,
  type RequestProgress,
  type StepBy,
} from './request.ts';

export interface Alteration {
  readonly altered: AccessRequest;
  readonly detail?: JsonObject;
  /** Free text and numbers of people: the ledger keeps these as commitments. */
  readonly personal?: Readonly<Record<string, JsonValue>>;
}

export function alter(
  request: AccessRequest,
  change: Partial<RequestProgress>,
  detail: JsonObject = {},
  personal: Readonly<Record<string, JsonValue>> = {},
): Alteration {
  return { altered: { ...request, progress: { ...request.progress, ...change } }, detail, personal };
}

export function refuse(code: RequestRefusalCode, sentence: string, nextAction: string): RequestRefusal {
  return { ok: false, code, sentence, nextAction };
}

export function needsReason(reason: string): RequestRefusal | null {
  return reason.trim() === ''
    ? refuse('NOTHING_NAMED', 'No reason was given.', 'Say why, in a few words.')
    : null;
}

export function stepBy({ actor, now }: DecisionContext): StepBy {
  return { userId: actor.userId, employeeNumber: actor.employeeNumber, at: now };
}

/** Whom a step is asked of besides those whom the request knows already. */
export interface StepPeople {
  readonly authoriser?: PersonAnswer | null;
  readonly guardian?: PersonAnswer;
  readonly approver?: PersonAnswer;
  readonly actioner?: PersonAnswer;
}

/** Everybody with a part in the request, as the register knows them now. */
export function separation(
  request: AccessRequest,
  step: SeparationStep,
  { who }: DecisionContext,
  now: StepPeople,
): RequestRefusal | null {
  const { beneficiary, authorisation, approval } = request.progress;
  const exception = grantedException(request.progress);
  const withoutManager = step === 'except' || isManagerExcepted(request.progress);
  const first = separationOfDuty({
    step,
    authorisationNeeded: step === 'authorise' || (request.authorisationNeeded && !withoutManager),
    people: {
      requester: named(request.form.requester.number, who),
      beneficiary: beneficiary === null ? null : who.matched(request.progress),
      // Whoever authorised it on the form, though it was let pass without being recorded.
      authoriser: named((authorisation ?? request.form.authorisation)?.by.number ?? null, who),
      guardian: exception ? who.account(exception.decision.by) : null,
      approver: approval ? who.account(approval) : null,
      actioner: null,
      ...now,
    },
  })[0];
  if (!first) return null;
  const nextAction = first.nextAction.charAt(0).toUpperCase() + first.nextAction.slice(1);
  return refuse('SEPARATION_OF_DUTY', `${first.sentence} (${first.clause})`, nextAction);
}

/** Null where a form leaves the number out: that is said otherwise than a number that cannot be read. */
export function named(number: string | null, { written }: Pick<WhoResolver, 'written'>): PersonAnswer | null {
  return number === null || number.trim() === '' ? null : written(number);
}
