import type { Input, Output } from '../../contract/contract.ts';
import { whyAuthorisesNothing } from '../../domain/access/authoriser-standing.ts';
import { findEntry } from '../../domain/access/catalogue.ts';
import { checkPrerequisites } from '../../domain/access/prerequisites.ts';
import { personIdOf } from '../../domain/people/person-key.ts';
import type { AccessRequest } from '../../domain/requests/request.ts';
import { decide, type RequestCommand } from '../../domain/requests/transitions.ts';
import type { ActingContext } from '../ground/context.ts';
import { gatherFacts } from '../ground/gather-facts.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { Clock, StoredRequest } from '../ground/ports.ts';
import { recordSigned, type Signed } from '../ground/record.ts';
import { notFound, ServiceError } from '../ground/service-error.ts';
import { readCatalogue, readSettings } from '../ground/store-settings.ts';
import { matchedNumber, presentNumber, whoResolver } from '../ground/who-is-who.ts';
import { judgeNow } from './judge-requests.ts';
import { raiseDespite, settleUnkeyed } from './raise-despite.ts';

type Stepped = Output<'requests:approve'>;
interface Step {
  readonly id: string;
  readonly revision: number;
}

/**
 * Reads, decides, writes and records one step of a request, in one transaction. An approval is judged again before the step, and
 * what comes of that is kept though the step be refused; and again where the step leads to an approval.
 */
export function takeStep(
  context: ActingContext,
  { id, revision }: Step,
  commandFor: (request: AccessRequest) => RequestCommand,
  signed: Signed | null = null,
  then: (changed: StoredRequest) => void = () => {},
): Stepped {
  const { store, clock, actor } = context;
  const { access } = store;
  const { revision: judgedAt } = access.transaction(() =>
    judgeNow(store, clock, readAt(store, id, revision)),
  );
  return access.transaction(() => {
    const stored = readAt(store, id, judgedAt);
    const command = commandFor(stored.request);
    const decision = decide(stored.request, command, {
      actor,
      now: clock.now(),
      who: whoResolver(access.who),
    });
    if (!decision.ok) {
      throw new ServiceError('REFUSED', `${decision.sentence} ${decision.nextAction}`.trim(), {
        reason: decision.code,
      });
    }
    const { next, event } = decision;
    const changed: StoredRequest = {
      request: next,
      revision: judgedAt + 1,
      changedAt: clock.now(),
      person: shownPerson(store, clock, next),
    };
    access.requests.update(changed, judgedAt);
    recordSigned(access, clock, actor, event, signed);
    then(changed);
    const left = judgeNow(store, clock, changed);
    return { id, status: left.request.progress.status, revision: left.revision };
  });
}

export function readAt(store: OpenStore, id: string, revision: number): StoredRequest {
  const stored = store.access.requests.get(id);
  if (stored === null) throw notFound('This request');
  if (stored.revision !== revision) {
    throw new ServiceError(
      'STALE',
      'This request has changed since you opened it. Look at it again, then decide.',
      {
        revision: stored.revision,
      },
    );
  }
  return stored;
}

/** The name the queue shows: the register's where it knows the person, the form's until then. */
export function shownPerson(store: OpenStore, clock: Clock, request: AccessRequest): string {
  const number = matchedNumber(store.access.who, request.progress);
  const known = number === null ? null : store.register.personDetail(number, clock.today());
  return known?.name ?? request.form.beneficiary.name ?? request.form.beneficiary.number ?? 'Nobody named';
}

const prerequisitesNow = ({ store, clock }: ActingContext, request: AccessRequest) =>
  checkPrerequisites(gatherFacts(store, clock, request));

/** What the Caldicott Guardian is asked about: as if nothing had been let pass before. */
export const withoutException = ({ store, clock }: ActingContext, request: AccessRequest) =>
  checkPrerequisites({ ...gatherFacts(store, clock, request), exception: null });

export const match = (context: ActingContext, input: Input<'requests:match'>): Stepped => {
  const { access, register } = context.store;
  const named = access.who.personOf(input.employeeNumber);
  const number = presentNumber(access.who, input.employeeNumber);
  const person = number === null ? null : register.personDetail(number, context.clock.today());
  if (person === null || named.kind === 'unknown') {
    throw new ServiceError(
      'REFUSED',
      'Nobody in the register has this number. Check it, or import a newer GO file.',
    );
  }
  const { post } = named;
  return takeStep(context, input, () => ({
    kind: 'match',
    beneficiary: person.employeeNumber,
    personId: personIdOf(named.key),
    post,
  }));
};

export const chooseAccess = (context: ActingContext, input: Input<'requests:chooseAccess'>): Stepped => {
  const found = findEntry(readCatalogue(context.store.access.settings), input.access);
  if (found.kind !== 'found') {
    throw new ServiceError('REFUSED', 'The catalogue does not have this access. Choose one from the list.');
  }
  const { name, everyone } = found.entry;
  return takeStep(context, input, () => ({
    kind: 'chooseAccess',
    urp: name,
    authorisationNeeded: !everyone,
  }));
};

export const recordAuthorisation = (
  context: ActingContext,
  input: Input<'requests:recordAuthorisation'>,
): Stepped =>
  takeStep(context, input, (request) => ({
    kind: 'recordAuthorisation',
    countsForNothing: whyAuthorisesNothing(gatherFacts(context.store, context.clock, request)),
  }));

export const returnForm = (context: ActingContext, input: Input<'requests:returnForm'>): Stepped =>
  takeStep(context, input, () => ({
    kind: 'returnForm',
    missing: input.note === '' ? input.missing : [...input.missing, input.note],
  }));

export const approve = (
  context: ActingContext,
  input: Input<'requests:approve'>,
  signed: Signed | null,
): Stepped =>
  takeStep(
    context,
    input,
    (request) => ({ kind: 'approve', prerequisites: prerequisitesNow(context, request) }),
    signed,
  );

export const askException = (context: ActingContext, input: Input<'requests:askException'>): Stepped =>
  takeStep(context, input, (request) => ({
    kind: 'askException',
    reason: input.reason,
    prerequisites: withoutException(context, request),
  }));

export const decideException = (
  context: ActingContext,
  input: Input<'requests:decideException'>,
  signed: Signed | null,
): Stepped =>
  takeStep(
    context,
    input,
    (request) => ({
      kind: 'decideException',
      terms: input.terms,
      today: context.clock.today(),
      prerequisites: withoutException(context, request),
    }),
    signed,
  );

export const endException = (context: ActingContext, input: Input<'requests:endException'>): Stepped =>
  takeStep(context, input, () => ({ kind: 'endException', reason: input.reason }));

export const withdrawApproval = (
  context: ActingContext,
  input: Input<'requests:withdrawApproval'>,
): Stepped => takeStep(context, input, () => ({ kind: 'withdrawApproval', reason: input.reason }));

export const key = (context: ActingContext, input: Input<'requests:key'>, newId: () => string): Stepped =>
  takeStep(
    context,
    input,
    (request) => ({
      kind: 'key',
      at: input.keyedAt,
      startDate: input.startDate,
      endDate: input.endDate,
      endDateMeaning: readSettings(context.store.access.settings).endDateMeaning,
      prerequisites: prerequisitesNow(context, request),
      alreadyInEsr: input.alreadyInEsr,
    }),
    null,
    (changed) => raiseDespite(context, changed, { next: newId }),
  );

export const unkey = (context: ActingContext, input: Input<'requests:unkey'>): Stepped =>
  takeStep(
    context,
    input,
    () => ({ kind: 'unkey', reason: input.reason }),
    null,
    (changed) => settleUnkeyed(context, changed),
  );

export const withdraw = (context: ActingContext, input: Input<'requests:withdraw'>): Stepped =>
  takeStep(context, input, () => ({ kind: 'withdraw', reason: input.reason }));

export const reopen = (context: ActingContext, input: Input<'requests:reopen'>): Stepped =>
  takeStep(context, input, () => ({ kind: 'reopen', reason: input.reason }));

export const setRevisionAside = (
  context: ActingContext,
  input: Input<'requests:setRevisionAside'>,
): Stepped => takeStep(context, input, () => ({ kind: 'setRevisionAside', reason: input.reason }));

export const undo = (context: ActingContext, input: Input<'requests:undo'>): Stepped =>
  takeStep(
    context,
    input,
    (request) => ({ kind: 'undo', prerequisites: prerequisitesNow(context, request) }),
    null,
    (changed) => settleUnkeyed(context, changed),
  );
