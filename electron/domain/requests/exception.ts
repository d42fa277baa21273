/** Asking the Caldicott Guardian for an exception, deciding on it, and taking it back (5.1.1). */
import { askableException } from '../access/exceptions.ts';
import { showDate } from '../dates.ts';
import { comparePeople } from '../people/person-key.ts';
import { type Alteration, alter, refuse, separation, stepBy } from './alteration-parts.ts';
import type { DecisionContext, RequestCommand, RequestRefusal } from './commands.ts';
import { type AccessRequest, checkedStatus, type StepBy } from './request.ts';

type Of<K extends RequestCommand['kind']> = Extract<RequestCommand, { readonly kind: K }>;

export function askException(
  request: AccessRequest,
  { reason, prerequisites }: Of<'askException'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const askable = askableException(prerequisites);
  if (!askable.ok) return refuse('NO_EXCEPTION', askable.sentence, askable.nextAction);
  const { covers, conflicts } = askable;
  const exception = { covers, conflicts, reason, asked: stepBy(context), decision: null };
  // An approval that no longer held is given up by asking: what is granted is approved anew.
  return alter(
    request,
    { status: 'with-guardian', exception, approval: null },
    { covers },
    { reason, conflicts },
  );
}

export function decideException(
  request: AccessRequest,
  { terms, today, prerequisites }: Of<'decideException'>,
  context: DecisionContext,
): Alteration | RequestRefusal {
  const { exception } = request.progress;
  if (!exception) return refuse('NO_EXCEPTION', 'No exception was asked for.', 'Look at the request again.');
  const refusal =
    separation(request, 'except', context, { guardian: context.who.account(context.actor) }) ??
    sameHand(exception.asked, context);
  if (refusal) return refusal;
  if (terms.granted && terms.until < today) {
    return refuse(
      'TIME_IMPOSSIBLE',
      `The exception would end on ${showDate(terms.until)}, which is past.`,
      'Choose the last day of the access, from today on.',
    );
  }
  const { reason, ...rest } = terms;
  // What conflicts by now is what is read and signed, and it may be more than when it was asked.
  const conflicts = exception.covers.includes('conflicts')
    ? prerequisites.flatMap(({ conflicting }) => conflicting ?? [])
    : [];
  const decided = { ...exception, conflicts, decision: { ...terms, by: stepBy(context) } };
  return alter(
    request,
    { status: checkedStatus(request.progress), exception: decided },
    { covers: exception.covers, ...rest },
    { reason, conflicts },
  );
}

/** An approval that rested on it falls with it. */
export function endException(request: AccessRequest, { reason }: Of<'endException'>): Alteration {
  const status = checkedStatus(request.progress);
  return alter(request, { status, approval: null, exception: null }, {}, { reason });
}

function sameHand(asked: StepBy, { actor, who }: DecisionContext): RequestRefusal | null {
  const sameness =
    asked.userId === actor.userId ? 'same' : comparePeople(who.account(asked), who.account(actor));
  switch (sameness) {
    case 'different':
      return null;
    case 'same':
      return refuse(
        'SEPARATION_OF_DUTY',
        'Whoever asked for an exception may not decide on it. (Separation of duty)',
        'Leave it to another Caldicott Guardian.',
      );
    case 'unsure':
      return refuse(
        'SEPARATION_OF_DUTY',
        'Nobody can tell whether whoever asked for the exception is somebody else than you. (Separation of duty)',
        'Ask the system owner to mend the employee number of the account that asked.',
      );
  }
}
