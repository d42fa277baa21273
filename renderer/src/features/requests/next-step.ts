import type { RequestCommand, RequestDetail } from '../../../../electron/contract/requests.contract.ts';

/** The one thing a request waits for; the screen shows exactly one of these as its primary panel. */
export type NextStep =
  | 'match'
  | 'choose-access'
  | 'authorise'
  | 'return'
  | 'await-form'
  | 'decide-exception'
  | 'approve'
  | 'answer-objection'
  | 'key'
  | 'await-extract'
  | 'not-seen'
  | 'verified'
  | 'withdrawn';

export const commandOf = (
  detail: Pick<RequestDetail, 'commands'>,
  command: RequestCommand,
): { readonly allowed: boolean; readonly why: string | null } =>
  detail.commands.find((entry) => entry.command === command) ?? { allowed: false, why: null };

/**
 * Decides the primary panel from the state alone and what the form says; whether this person may take the step comes
 * with `commands`. A form without the line manager's authorisation (5.1.3, 5.1.4) can only go back.
 */
export const nextStepOf = (
  detail: Pick<RequestDetail, 'status' | 'access' | 'form' | 'commands' | 'exception' | 'objection'>,
): NextStep => {
  switch (detail.status) {
    case 'unmatched':
      return 'match';
    case 'new':
      if (detail.access === null) return 'choose-access';
      if (mayGoOnWithoutManager(detail)) return 'approve';
      return detail.form.authorised || commandOf(detail, 'recordAuthorisation').allowed
        ? 'authorise'
        : 'return';
    case 'returned':
      return 'await-form';
    case 'with-guardian':
      return 'decide-exception';
    case 'authorised':
      return detail.access === null ? 'choose-access' : 'approve';
    case 'approved':
      return detail.objection === null ? 'key' : 'answer-objection';
    case 'keyed':
      return 'await-extract';
    case 'not-seen':
      return 'not-seen';
    case 'verified':
      return 'verified';
    case 'withdrawn':
      return 'withdrawn';
    default:
      return detail.status satisfies never;
  }
};

/** What all staff may have (5.1.1), and what the Caldicott Guardian let go on: then approving is open, or says why it is not. */
const mayGoOnWithoutManager = (detail: Pick<RequestDetail, 'form' | 'commands' | 'exception'>): boolean => {
  const approve = commandOf(detail, 'approve');
  if (approve.allowed || approve.why !== null) return true;
  return !detail.form.authorised && detail.exception?.decision?.granted === true;
};

/** Steps kept in the menu, in the order shown. The primary panel's own step is never repeated there. */
export const MENU_COMMANDS = [
  'returnForm',
  'askException',
  'endException',
  'setRevisionAside',
  'withdrawApproval',
  'unkey',
  'undo',
  'reopen',
  'withdraw',
] as const satisfies readonly RequestCommand[];
export type MenuCommand = (typeof MENU_COMMANDS)[number];

export interface CommandWords {
  readonly label: string;
  readonly title: string;
  readonly explains: string;
  readonly confirm: string;
}

export const MENU_WORDS = {
  returnForm: {
    label: 'Return the form…',
    title: 'Return the form',
    explains: 'The form goes back with what is missing. Nothing in ESR changes.',
    confirm: 'Return the form',
  },
  askException: {
    label: 'Ask the Caldicott Guardian…',
    title: 'Ask for an exception',
    explains:
      'Only the Caldicott Guardian may make an exception to the procedure (5.1.1). They see the request, what is missing, and your reason.',
    confirm: 'Ask the Guardian',
  },
  endException: {
    label: 'Take the exception back…',
    title: 'Take the exception back',
    explains:
      'What it let pass is missing again. An approval that rested on it falls, so the access may not be keyed.',
    confirm: 'Take it back',
  },
  setRevisionAside: {
    label: 'Set the changed form aside…',
    title: 'Set the changed form aside',
    explains:
      'A changed form came after this was keyed or closed. What was keyed stays as it is, and the difference stays on record.',
    confirm: 'Set it aside',
  },
  withdrawApproval: {
    label: 'Withdraw the approval…',
    title: 'Withdraw the approval',
    explains:
      'The request goes back to waiting for approval and may not be keyed until it is approved again.',
    confirm: 'Withdraw the approval',
  },
  unkey: {
    label: 'Not keyed after all…',
    title: 'Not keyed after all',
    explains: 'The request goes back to waiting to be keyed. If it is in ESR, end-date it there first.',
    confirm: 'Mark as not keyed',
  },
  undo: {
    label: 'Undo the last step…',
    title: 'Undo the last step',
    explains: 'A new entry in the ledger takes the step back; the step itself stays on record.',
    confirm: 'Undo it',
  },
  reopen: {
    label: 'Reopen…',
    title: 'Reopen the request',
    explains: 'The request is checked again from the start against the register as it is now.',
    confirm: 'Reopen',
  },
  withdraw: {
    label: 'Withdraw the request…',
    title: 'Withdraw the request',
    explains: 'The request is closed without access. It can be reopened later.',
    confirm: 'Withdraw the request',
  },
} satisfies Record<MenuCommand, CommandWords>;
