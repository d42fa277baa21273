import type { DecisionToSign } from '../../contract/signing.contract.ts';
import { checkPrerequisites } from '../../domain/access/prerequisites.ts';
import { approvalText, exceptionText } from '../../domain/requests/decision-text.ts';
import { userNames } from '../ground/account-names.ts';
import type { ActingContext } from '../ground/context.ts';
import { gatherFacts } from '../ground/gather-facts.ts';
import { ServiceError } from '../ground/service-error.ts';
import { readAt, shownPerson, withoutException } from './request.service.ts';

type ToSign<D extends DecisionToSign['decision']> = Extract<DecisionToSign, { readonly decision: D }>;

function factsOf({ store, clock, actor }: ActingContext, subject: string, revision: number) {
  const { request } = readAt(store, subject, revision);
  return {
    trust: store.description.trustName,
    environment: store.description.environment,
    request,
    revision,
    person: shownPerson(store, clock, request),
    by: actor,
  };
}

/** The words of an approval, as the request stands. Throws STALE where it stands otherwise by now. */
export function approvalWords(
  context: ActingContext,
  { subject, revision }: ToSign<'approve-request'>,
): string {
  const facts = factsOf(context, subject, revision);
  const { store, clock } = context;
  return approvalText({
    ...facts,
    prerequisites: checkPrerequisites(gatherFacts(store, clock, facts.request)),
  });
}

/** The words of the Caldicott Guardian's decision on these terms. Throws STALE as well, and REFUSED where nothing was asked. */
export function exceptionWords(
  context: ActingContext,
  { subject, revision, terms }: ToSign<'exception'>,
): string {
  const facts = factsOf(context, subject, revision);
  const { exception } = facts.request.progress;
  if (!exception) throw new ServiceError('REFUSED', 'No exception was asked for. Look at the request again.');
  const askedBy = userNames(context.store)(exception.asked.userId);
  const prerequisites = withoutException(context, facts.request);
  return exceptionText({ ...facts, prerequisites, askedBy, terms });
}
