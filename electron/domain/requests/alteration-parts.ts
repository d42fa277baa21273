/** What every command needs to change a request, or to refuse to. */
import { type SeparationStep, separationOfDuty } from '../access/separation.ts';
import type { JsonObject, JsonValue } from '../ledger/canonical-json.ts';
import type { DecisionContext, RequestRefusal, RequestRefusalCode } from './commands.ts';
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

export function separation(
  request: AccessRequest,
  step: SeparationStep,
  now: {
    readonly authoriser?: string | null;
    readonly guardian?: string | null;
    readonly approver?: string | null;
    readonly actioner?: string | null;
  },
): RequestRefusal | null {
  const { beneficiary, authorisation, approval } = request.progress;
  const exception = grantedException(request.progress);
  const withoutManager = step === 'except' || isManagerExcepted(request.progress);
  const first = separationOfDuty({
    step,
    authorisationNeeded: step === 'authorise' || (request.authorisationNeeded && !withoutManager),
    people: {
      requester: request.form.requester.number,
      beneficiary,
      authoriser: authorisation?.by.number ?? null,
      guardian: exception?.decision.by.employeeNumber ?? null,
      approver: approval?.employeeNumber ?? null,
      actioner: null,
      ...now,
    },
  })[0];
  if (!first) return null;
  const nextAction = first.nextAction.charAt(0).toUpperCase() + first.nextAction.slice(1);
  return refuse('SEPARATION_OF_DUTY', `${first.sentence} (${first.clause})`, nextAction);
}
