/** What each command does to a request whose status allows it, or the sentence that refuses it. */
import { endDateFor, lastDayOf } from '../access/effective-access.ts';
import { summarise } from '../access/prerequisites.ts';
import { instantMs, londonDate, showDate, showInstant } from '../dates.ts';
import {
  type Alteration,
  alter,
  named,
  needsReason,
  refuse,
  separation,
  stepBy,
} from './alteration-parts.ts';
import type { DecisionContext, RequestCommand, RequestRefusal } from './commands.ts';
import { askException, decideException, endException } from './exception.ts';
import { pointsAgainst } from './judged-again.ts';
import type { AccessRequest, ObjectionPoint } from './request.ts';
import { checkedStatus, freshProgress, grantedException } from './request.ts';
import { reviseForm, takeUpWaiting } from './revision.ts';

type Of<K extends RequestCommand['kind']> = Extract<RequestCommand, { readonly kind: K }>;

export function alterRequest(
  request: AccessRequest,
  command: RequestCommand,
  context: DecisionContext,
): Alteration | RequestRefusal {
  switch (command.kind) {
    case 'match':
      return match(request, command);
    case 'chooseAccess':
      return chooseAccess(request, command);
    case 'recordAuthorisation':
      return recordAuthorisation(request, command, context);
    case 'returnForm':
      return returnForm(request, command, context);
    case 'approve':
      return approve(request, command, context);
    case 'askException':
      return needsReason(command.reason) ?? askException(request, command, context);
    case 'decideException':
      return needsReason(command.terms.reason) ?? decideException(request, command, context);
    case 'endException':
      return needsReason(command.reason) ?? endException(request, command);
    case 'withdrawApproval':
      return needsReason(command.reason) ?? withdrawApproval(request, command);
    case 'key':
      return key(request, command, context);
    case 'unkey':
      return needsReason(command.reason) ?? unkey(request, command);
    case 'markSeen':
    case 'markNotSeen':
      return mark(request, command);
    case 'withdraw':
      return needsReason(command.reason) ?? withdraw(request, command, context);
    case 'reopen':
      return needsReason(command.reason) ?? reopen(request, command);
    case 'reviseForm':
      return reviseForm(request, command);
    case 'setRevisionAside':
      return needsReason(command.reason) ?? setRevisionAside(request, command);
    case 'undo':
      return undo(request, command, context);
    default:
      return unreachable(command);
  }
}

function match(
  request: AccessRequest,
  { beneficiary, personId = null, post }: Of<'match'>,
): Alteration | RequestRefusal {
  if (beneficiary.trim() === '') return refuse('NOTHING_NAMED', 'Nobody was chosen.', 'Choose a person.');
  // What was let pass for one person is not let pass for another.
  return alter(
    request,
    { status: 'new', beneficiary, personId, post, exception: null },
    {},
    { beneficiary, post },
  );
}

/** An authorisation recorded before was for what the words were then taken to mean, so it is to be recorded again. */
function chooseAccess(request: AccessRequest, command: Of<'chooseAccess'>): Alteration | RequestRefusal {
  const { urp, authorisationNeeded } = command;
  if (urp.trim() === '')
    return refuse('NOTHING_NAMED', 'No access was chosen.', 'Choose one from the catalogue.');
  const progress = { ...freshProgress(request.progress), ...postOf(request) };
  return {
    altered: { ...request, urp, authorisationNeeded, progress },
    detail: { urp, before: request.urp },
  };
}

function recordAuthorisation(
  request: AccessRequest,
  { countsForNothing }: Of<'recordAuthorisation'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const { authorisation } = request.form;
  if (!authorisation) {
    return refuse(
      'NO_AUTHORISATION',
      "The form carries no line manager's authorisation (5.1.1, 5.1.3, 5.1.4).",
      'Return the form and ask the line manager to authorise it.',
    );
  }
  if (countsForNothing !== null) {
    return refuse(
      'NO_AUTHORISATION',
      `${countsForNothing} So the authorisation counts for nothing (5.1.1).`,
      'Return the form and ask for the authorisation of the present line manager.',
    );
  }
  const authoriser = named(authorisation.by.number, context.who);
  const refusal = separation(request, 'authorise', context, { authoriser });
  if (refusal) return refusal;
  const recorded = stepBy(context);
  return alter(
    request,
    { status: 'authorised', authorisation: { ...authorisation, recorded } },
    { authorisedOn: authorisation.on },
    { authoriser: authorisation.by.number, authoriserName: authorisation.by.name },
  );
}

/** What an officer said by hand stays while the person does. */
const postOf = ({ progress }: AccessRequest) => (progress.post === undefined ? {} : { post: progress.post });

function returnForm(
  request: AccessRequest,
  command: Of<'returnForm'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const missing = command.missing.map((item) => item.trim()).filter((item) => item !== '');
  if (missing.length === 0) {
    return refuse('NOTHING_NAMED', 'Nothing was named as missing.', 'Say what the form has to bring.');
  }
  const returned = { missing, by: stepBy(context) };
  return alter(
    request,
    { status: 'returned', authorisation: null, exception: null, returned },
    { items: missing.length },
    { missing },
  );
}

function approve(
  request: AccessRequest,
  { prerequisites }: Of<'approve'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const refusal = separation(request, 'approve', context, { approver: context.who.account(context.actor) });
  if (refusal) return refusal;
  const open = notInPlace(prerequisites);
  if (open) return open;
  const evidence = prerequisites.map(({ id, state, clause, source }) => ({
    id,
    state,
    clause,
    source: source && { name: source.name, takenAt: source.takenAt },
  }));
  const facts = prerequisites.map(({ fact }) => fact);
  return alter(
    request,
    { status: 'approved', approval: stepBy(context), ...withoutPastException(request, context) },
    { urp: request.urp, prerequisites: evidence },
    { facts, beneficiary: request.progress.beneficiary },
  );
}

/** What ran out is not what this approval rests on, so it does not bind its dates. */
function withoutPastException(
  { progress }: AccessRequest,
  { now }: DecisionContext,
): Partial<AccessRequest['progress']> {
  const granted = grantedException(progress);
  return granted !== null && granted.decision.until < londonDate(now) ? { exception: null } : {};
}

function withdrawApproval(request: AccessRequest, { reason }: Of<'withdrawApproval'>): Alteration {
  return alter(request, { status: checkedStatus(request.progress), approval: null }, {}, { reason });
}

function key(
  request: AccessRequest,
  { at, startDate, endDate, endDateMeaning, prerequisites, alreadyInEsr }: Of<'key'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const refusal = separation(request, 'key', context, { actioner: context.who.account(context.actor) });
  if (refusal) return refusal;
  const points = pointsAgainst(prerequisites);
  const [first] = points;
  if (first && !alreadyInEsr) return noLongerGrantable(first);
  const approvedAt = request.progress.approval?.at;
  if (instantMs(at) > instantMs(context.now)) {
    return refuse(
      'TIME_IMPOSSIBLE',
      `${showInstant(at)} has not come yet.`,
      'Enter the time at which it was keyed.',
    );
  }
  if (approvedAt !== undefined && instantMs(at) < instantMs(approvedAt)) {
    return refuse(
      'TIME_IMPOSSIBLE',
      `It was approved at ${showInstant(approvedAt)}, so it cannot have been keyed before, at ${showInstant(at)}.`,
      'Enter the time at which it was keyed.',
    );
  }
  const lastDay = lastDayOf(endDate, endDateMeaning);
  if (lastDay !== null && lastDay < startDate) {
    return refuse(
      'TIME_IMPOSSIBLE',
      'The access would end before it starts.',
      'Enter the dates as they were keyed.',
    );
  }
  const until = grantedException(request.progress)?.decision.until;
  // What stands in ESR against the approval is a fact with the dates it has; the objection goes with it.
  if (!first && until !== undefined && (lastDay === null || lastDay > until)) {
    return refuse(
      'TIME_IMPOSSIBLE',
      `The access rests on the Caldicott Guardian’s exception, which ends on ${showDate(until)} (5.1.1).`,
      `End-date it in ESR: ${showDate(endDateFor(until, endDateMeaning) ?? until)} or earlier. Then enter the date.`,
    );
  }
  const keyed = { ...stepBy(context), at, recordedAt: context.now, startDate, endDate };
  const detail = { keyedAt: at, urp: request.urp, startDate, endDate };
  if (!first) return alter(request, { status: 'keyed', keyed, lastSeenIn: null }, detail);
  const despite = points.map(({ id, clause }) => ({ id, clause }));
  return alter(
    request,
    { status: 'keyed', keyed: { ...keyed, despite: points }, lastSeenIn: null },
    { ...detail, alreadyInEsr, despite },
    { facts: points.map(({ fact }) => fact) },
  );
}

function noLongerGrantable({ sentence }: ObjectionPoint): RequestRefusal {
  return refuse(
    'NO_LONGER_GRANTABLE',
    `It was approved, and that no longer holds. ${sentence}`,
    'Withdraw the approval, ask the Caldicott Guardian for an exception, or wait. If it stands in ESR already, say so.',
  );
}

function unkey(request: AccessRequest, { reason }: Of<'unkey'>): Alteration {
  const personal = { reason };
  if (request.waiting) return { altered: takeUpWaiting(request), personal };
  return alter(request, { status: 'approved', keyed: null, lastSeenIn: null }, {}, personal);
}

function mark(
  request: AccessRequest,
  command: Of<'markSeen'> | Of<'markNotSeen'>,
): Alteration | RequestRefusal {
  const { extractId, takenAt, kind } = command;
  const keyedAt = request.progress.keyed?.at;
  if (keyedAt === undefined || instantMs(takenAt) <= instantMs(keyedAt)) {
    return refuse(
      'EXTRACT_TOO_OLD',
      `The extract was taken at ${showInstant(takenAt)}, before the access was keyed, so it proves nothing.`,
      'Import an extract taken after the keying.',
    );
  }
  const seen = kind === 'markSeen';
  const lastSeenIn = { extractId, takenAt, seen };
  return alter(
    request,
    { status: seen ? 'verified' : 'not-seen', lastSeenIn },
    { extractId, takenAt, urp: request.urp },
  );
}

function withdraw(request: AccessRequest, { reason }: Of<'withdraw'>, context: DecisionContext): Alteration {
  return alter(request, { status: 'withdrawn', withdrawn: { reason, by: stepBy(context) } }, {}, { reason });
}

/** From the start: what was authorised and approved then may no longer be true. */
function reopen(request: AccessRequest, { reason }: Of<'reopen'>): Alteration {
  const altered = request.waiting
    ? takeUpWaiting(request)
    : { ...request, progress: { ...freshProgress(request.progress), ...postOf(request) } };
  return { altered, personal: { reason } };
}

function setRevisionAside(request: AccessRequest, { reason }: Of<'setRevisionAside'>): Alteration {
  const detail = { setAside: request.waiting?.formVersion ?? null };
  const altered = { ...request, waiting: null, progress: { ...request.progress, attention: null } };
  return { altered, detail, personal: { reason } };
}

/** Restores what was before. Where that is an approval given earlier, its prerequisites must still hold today. */
function undo(
  request: AccessRequest,
  { prerequisites }: Of<'undo'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const step = request.undo.at(-1);
  if (!step) return refuse('NOTHING_TO_UNDO', 'There is nothing to undo.', 'Choose another step.');
  // Whoever brings an approval back decides on it, so it is not for those who may not approve.
  if (step.before.status === 'approved' && step.command !== 'key') {
    const approver = context.who.account(context.actor);
    const refusal = separation({ ...request, progress: step.before }, 'approve', context, { approver });
    if (refusal) return refusal;
  }
  // An approval that was left because it no longer held is judged again as it comes back, and says so.
  const judgedAgain = step.command === 'key' || step.before.objection;
  if (step.before.status === 'approved' && !judgedAgain) {
    const open = notInPlace(prerequisites);
    if (open)
      return { ...open, nextAction: 'Reopen the request, so that it is checked again from the start.' };
  }
  const { urp, authorisationNeeded, before: progress } = step;
  return { altered: { ...request, urp, authorisationNeeded, progress }, detail: { undone: step.command } };
}

function notInPlace(prerequisites: Of<'approve'>['prerequisites']): RequestRefusal | null {
  const { mayApprove, sentence } = summarise(prerequisites);
  if (mayApprove) return null;
  const first = prerequisites.find(({ state }) => state === 'missing' || state === 'unknown');
  return refuse('PREREQUISITES_MISSING', sentence, first?.nextAction ?? 'Have the prerequisites checked.');
}

function unreachable(never: never): never {
  throw new Error(`no such command: ${String(never)}`);
}
