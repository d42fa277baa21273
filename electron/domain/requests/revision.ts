/** A later version of a OneForm arrives: taken up, taken up from the start, or laid beside what was already keyed. */
import type { Matched } from '../people/person-key.ts';
import type { Alteration } from './alteration-parts.ts';
import type { RequestCommand, RequestRefusal } from './commands.ts';
import { effectOfRevision, formDifference, type RevisionEffect } from './form-difference.ts';
import { type AccessRequest, type FormVersion, freshProgress, type RequestStatus } from './request.ts';

type Revise = Extract<RequestCommand, { readonly kind: 'reviseForm' }>;

export function reviseForm(request: AccessRequest, command: Revise): Alteration | RequestRefusal {
  if (command.form.reference !== request.form.reference) {
    return {
      ok: false,
      code: 'OTHER_FORM',
      sentence: 'The new version has the reference of another form.',
      nextAction: 'Import it as a form of its own.',
    };
  }
  const latest = request.waiting?.form ?? request.form;
  const differences = formDifference(request.form, command.form);
  const person = matched(
    request,
    command,
    differences.some(({ field }) => field === 'beneficiary.number'),
  );
  const access = accessOf(
    request,
    command,
    differences.some(({ field }) => field === 'accessAsTyped'),
  );
  const readAnew = leadsElsewhere(request, { ...access, ...person });
  if (!readAnew && formDifference(latest, command.form).length === 0) {
    return {
      ok: false,
      code: 'NO_CHANGE',
      sentence: 'The form has not changed.',
      nextAction: 'Nothing to do.',
    };
  }
  const version: FormVersion = {
    form: command.form,
    formVersion: (request.waiting?.formVersion ?? request.formVersion) + 1,
    ...access,
  };
  const effect = effectOf(
    request.progress.status,
    effectOfRevision(request.progress.status, differences),
    readAnew,
  );
  const detail = {
    effect: effect.kind,
    receivedVersion: version.formVersion,
    fields: differences.map(({ field }) => field),
  };
  return { altered: apply(request, version, person, effect), detail };
}

/** The waiting version becomes the one to work on, from the start. */
export function takeUpWaiting(request: AccessRequest): AccessRequest {
  if (!request.waiting) return request;
  const { beneficiary, personId = null, ...version } = request.waiting;
  return { ...request, ...version, waiting: null, progress: freshProgress({ beneficiary, personId }) };
}

/** An officer's own match stays, as long as the form still names the same number. */
function matched({ progress }: AccessRequest, command: Revise, numberChanged: boolean): Matched {
  const { beneficiary, personId = null } =
    numberChanged || progress.beneficiary === null ? command : progress;
  return personId === null ? { beneficiary } : { beneficiary, personId };
}

/** An officer's own choice of what unclear words mean stays, as long as the form still says the same words. */
function accessOf(
  request: AccessRequest,
  command: Revise,
  wordsChanged: boolean,
): Pick<FormVersion, 'urp' | 'authorisationNeeded'> {
  const { urp, authorisationNeeded } = !wordsChanged && command.urp === null ? request : command;
  return { urp, authorisationNeeded };
}

/**
 * The same words may now mean something else (a catalogue was corrected, a person arrived in the register). That counts
 * while the work is open; a return waits for a corrected form, and what was keyed stays what it was.
 */
function leadsElsewhere(
  { urp, progress }: AccessRequest,
  now: { readonly urp: string | null; readonly beneficiary: string | null },
): boolean {
  const open: readonly RequestStatus[] = ['unmatched', 'new', 'with-guardian', 'authorised', 'approved'];
  return open.includes(progress.status) && (now.urp !== urp || now.beneficiary !== progress.beneficiary);
}

/** For a line manager and an approver, another meaning is as weighty as another word. */
function effectOf(status: RequestStatus, byForm: RevisionEffect, readAnew: boolean): RevisionEffect {
  const decided: readonly RequestStatus[] = ['with-guardian', 'authorised', 'approved'];
  if (byForm.kind !== 'keep' || !readAnew || !decided.includes(status)) return byForm;
  return {
    kind: 'back-to-new',
    sentence: 'The form now leads to other access or another person, so the request is to be checked again.',
  };
}

function apply(
  request: AccessRequest,
  version: FormVersion,
  person: Matched,
  effect: RevisionEffect,
): AccessRequest {
  const { status } = request.progress;
  switch (effect.kind) {
    case 'back-to-new':
      return {
        ...request,
        ...version,
        waiting: null,
        progress: { ...freshProgress(person), attention: effect.sentence },
      };
    case 'look': {
      const progress = { ...request.progress, attention: effect.sentence };
      return { ...request, waiting: { ...version, ...person }, progress };
    }
    case 'keep': {
      if (status === 'unmatched' || status === 'new') {
        return { ...request, ...version, progress: freshProgress(person) };
      }
      const { urp, authorisationNeeded } = request;
      const progress = { ...request.progress, attention: null };
      return { ...request, ...version, urp, authorisationNeeded, waiting: null, progress };
    }
    default:
      return unreachable(effect);
  }
}

function unreachable(never: never): never {
  throw new Error(`no such case: ${String(never)}`);
}
