/** The life of a request: which command leads from where to where, and what stands in the way. Pure. */
import type { Role } from '../access/roles.ts';
import { showDate } from '../dates.ts';
import { alterRequest } from './alterations.ts';
import type {
  Decision,
  DecisionContext,
  RequestCommand,
  RequestCommandKind,
  RequestRefusal,
} from './commands.ts';
import { withoutPastObjection } from './judged-again.ts';
import {
  type AccessRequest,
  grantedException,
  isManagerExcepted,
  REQUEST_STATUSES,
  type RequestStatus,
  type UndoableCommandKind,
} from './request.ts';

export type * from './commands.ts';

interface Transition {
  readonly from: readonly RequestStatus[];
  /** Where it leads; the other place after the stroke where the request's own facts decide. For reading and for tests. */
  readonly to: readonly RequestStatus[];
  readonly undoable: boolean;
  /** Who is offered it; none = only an import does it. */
  readonly by: readonly Role[];
  readonly operation: string;
}

const ANY = REQUEST_STATUSES;
const OFFICER: readonly Role[] = ['officer'];
const GUARDIAN: readonly Role[] = ['caldicott'];
const IMPORT: readonly Role[] = [];

// biome-ignore format: a table is read by its columns
export const TRANSITIONS = {
  match:               { from: ['unmatched', 'new'],                 to: ['new'],                     undoable: true,  by: OFFICER, operation: 'request.match' },
  chooseAccess:        { from: ['unmatched', 'new', 'authorised'],   to: ['new', 'unmatched'],        undoable: true,  by: OFFICER, operation: 'request.chooseAccess' },
  recordAuthorisation: { from: ['new'],                              to: ['authorised'],              undoable: true,  by: OFFICER, operation: 'request.authorise' },
  returnForm:          { from: ['unmatched', 'new', 'with-guardian', 'authorised'], to: ['returned'], undoable: true,  by: OFFICER, operation: 'request.return' },
  askException:        { from: ['new', 'authorised', 'approved'],    to: ['with-guardian'],           undoable: true,  by: OFFICER, operation: 'request.askException' },
  decideException:     { from: ['with-guardian'],                    to: ['authorised', 'new'],       undoable: false, by: GUARDIAN, operation: 'request.decideException' },
  endException:        { from: ['new', 'authorised', 'approved'],    to: ['authorised', 'new'],       undoable: false, by: GUARDIAN, operation: 'request.endException' },
  approve:             { from: ['authorised', 'new'],                to: ['approved'],                undoable: true,  by: OFFICER, operation: 'request.approve' },
  withdrawApproval:    { from: ['approved'],                         to: ['authorised', 'new'],       undoable: false, by: OFFICER, operation: 'request.withdrawApproval' },
  key:                 { from: ['approved'],                         to: ['keyed'],                   undoable: true,  by: OFFICER, operation: 'request.key' },
  unkey:               { from: ['keyed', 'not-seen'],                to: ['approved', 'new', 'unmatched'], undoable: false, by: OFFICER, operation: 'request.unkey' },
  markSeen:            { from: ['keyed', 'not-seen'],                to: ['verified'],                undoable: false, by: IMPORT,  operation: 'request.verify' },
  markNotSeen:         { from: ['keyed'],                            to: ['not-seen'],                undoable: false, by: IMPORT,  operation: 'request.notSeen' },
  withdraw:            { from: ['unmatched', 'new', 'returned', 'with-guardian', 'authorised', 'approved'], to: ['withdrawn'], undoable: true, by: OFFICER, operation: 'request.withdraw' },
  reopen:              { from: ['withdrawn'],                        to: ['new', 'unmatched'],        undoable: false, by: OFFICER, operation: 'request.reopen' },
  reviseForm:          { from: ANY,                                  to: ANY,                         undoable: false, by: IMPORT,  operation: 'request.reviseForm' },
  setRevisionAside:    { from: ['keyed', 'not-seen', 'verified', 'withdrawn'], to: ['keyed', 'not-seen', 'verified', 'withdrawn'], undoable: false, by: OFFICER, operation: 'request.setRevisionAside' },
  undo:                { from: ANY,                                  to: ANY,                         undoable: false, by: OFFICER, operation: 'request.undo' },
} as const satisfies Readonly<Record<RequestCommandKind, Transition>>;

export const STATUS_LABELS: Readonly<Record<RequestStatus, string>> = {
  unmatched: 'unmatched',
  new: 'new',
  returned: 'returned',
  'with-guardian': 'with the Caldicott Guardian',
  authorised: 'authorised',
  approved: 'approved',
  keyed: 'keyed',
  'not-seen': 'keyed but not seen',
  verified: 'verified and closed',
  withdrawn: 'withdrawn',
};

const DONE_WORDS: Readonly<Record<Exclude<RequestCommandKind, 'decideException'>, string>> = {
  match: 'matched to a person',
  chooseAccess: 'the access it means was chosen',
  recordAuthorisation: "the line manager's authorisation was recorded",
  returnForm: 'returned with what is missing',
  approve: 'approved',
  askException: 'the Caldicott Guardian was asked for an exception',
  endException: 'the Caldicott Guardian took the exception back',
  withdrawApproval: 'the approval was withdrawn',
  key: 'keyed into ESR',
  unkey: 'not keyed after all',
  markSeen: 'seen in an extract taken after the keying, verified and closed',
  markNotSeen: 'keyed but not seen in a later extract',
  withdraw: 'withdrawn',
  reopen: 'opened again',
  reviseForm: 'a new version of the form came in',
  setRevisionAside: 'a new version of the form was set aside',
  undo: 'the last step was undone',
};

function doneWords(command: RequestCommand): string {
  if (command.kind !== 'decideException') return DONE_WORDS[command.kind];
  const { terms } = command;
  return terms.granted
    ? `the Caldicott Guardian granted an exception until ${showDate(terms.until)}`
    : 'the Caldicott Guardian refused the exception';
}

/** Decides one command. Roles are checked before, in the one place for permissions. */
export function decide(request: AccessRequest, command: RequestCommand, context: DecisionContext): Decision {
  const { status } = request.progress;
  if (!fits(request, command.kind)) return wrongStatus(request, command.kind);
  const outcome = alterRequest(request, command, context);
  if ('ok' in outcome) return outcome;
  const { altered, detail = {}, personal = {} } = outcome;
  const next = withoutPastObjection({ ...altered, undo: undoAfter(request, command.kind) });
  return {
    ok: true,
    next,
    event: {
      operation: TRANSITIONS[command.kind].operation,
      subject: { kind: 'request', id: request.id },
      sentence: `OneForm ${request.form.reference}: ${doneWords(command)}.`,
      detail: { ...detail, from: status, to: next.progress.status, formVersion: next.formVersion },
      personal,
    },
  };
}

/** What the screen may offer: by status and role alone; `decide` may still refuse, with a sentence. */
export function allowedCommands(
  request: AccessRequest,
  roles: readonly Role[],
): readonly Exclude<RequestCommandKind, 'markSeen' | 'markNotSeen' | 'reviseForm'>[] {
  return OFFERED.filter(
    (kind) => TRANSITIONS[kind].by.some((role) => roles.includes(role)) && fits(request, kind),
  );
}

const OFFERED = [
  'match',
  'chooseAccess',
  'recordAuthorisation',
  'askException',
  'decideException',
  'endException',
  'approve',
  'key',
  'returnForm',
  'withdrawApproval',
  'unkey',
  'withdraw',
  'reopen',
  'setRevisionAside',
  'undo',
] as const satisfies readonly RequestCommandKind[];

function fits(request: AccessRequest, kind: RequestCommandKind): boolean {
  const { status } = request.progress;
  if (!(TRANSITIONS[kind].from as readonly RequestStatus[]).includes(status)) return false;
  // 5.1.1: only what all staff may have goes on without a line manager, and what the Caldicott Guardian let go on.
  if (kind === 'approve' && status === 'new')
    return !request.authorisationNeeded || isManagerExcepted(request.progress);
  // An approval that holds needs none.
  if (kind === 'askException' && status === 'approved') return Boolean(request.progress.objection);
  if (kind === 'endException') return grantedException(request.progress) !== null;
  if (kind === 'undo') return request.undo.length > 0;
  if (kind === 'setRevisionAside') return request.waiting !== null;
  return true;
}

function wrongStatus(request: AccessRequest, kind: RequestCommandKind): RequestRefusal {
  if (kind === 'undo') {
    return {
      ok: false,
      code: 'NOTHING_TO_UNDO',
      sentence: 'The last step of this request cannot be undone.',
      nextAction: 'Use the step that leads back, such as “not keyed after all” or “reopen”.',
    };
  }
  const here = STATUS_LABELS[request.progress.status];
  const from = TRANSITIONS[kind].from.map((status) => STATUS_LABELS[status]).join(', ');
  return {
    ok: false,
    code: 'WRONG_STATUS',
    sentence: `This request is ${here}, and this step needs it to be: ${from}.`,
    nextAction: 'Look at the request again: somebody may have worked on it meanwhile.',
  };
}

function undoAfter(before: AccessRequest, kind: RequestCommandKind): AccessRequest['undo'] {
  if (kind === 'undo') return before.undo.slice(0, -1);
  if (!isUndoable(kind)) return [];
  const { progress, urp, authorisationNeeded, undo } = before;
  return [...undo, { command: kind, before: progress, urp, authorisationNeeded }];
}

function isUndoable(kind: RequestCommandKind): kind is UndoableCommandKind {
  return TRANSITIONS[kind].undoable;
}
