import type { SignInWay } from '../../../../electron/contract/common.ts';
import type { Output } from '../../../../electron/contract/contract.ts';

export type UserRow = Output<'users:list'>['users'][number];

const WAY_WORDS: Readonly<Record<SignInWay, string>> = {
  password: 'by password',
  card: 'by card',
  'recovery phrase': 'by the recovery phrase',
};

export const wayWords = (way: SignInWay | null): string => (way === null ? '' : WAY_WORDS[way]);

/** Whether a trust PC takes the password for now, although the account signs in by card; never of one that has ended. */
export const isGlassBroken = (
  { glassUntil, endedAt }: Pick<UserRow, 'glassUntil' | 'endedAt'>,
  now: Date,
): boolean => endedAt === null && glassUntil !== null && Date.parse(glassUntil) > now.getTime();

export type UserAction =
  | 'change-roles'
  | 'link-card'
  | 'enrol'
  | 'break-glass'
  | 'end-glass'
  | 'reset-password'
  | 'end';

export interface OfferedAction {
  readonly action: UserAction;
  readonly label: string;
  /** Why it is closed now; null where it is open. */
  readonly why: string | null;
}

/** What an owner may do with an account, in the order shown. What is closed says why: a greyed line explains nothing. */
export const actionsFor = (user: UserRow, myId: string, now: Date): readonly OfferedAction[] => {
  const own = user.id === myId;
  const open = (action: UserAction, label: string, why: string | null = null): OfferedAction => ({
    action,
    label,
    why,
  });
  return [
    open(
      'change-roles',
      'Change roles…',
      own ? 'Nobody changes their own roles. Ask another system owner.' : null,
    ),
    open('link-card', user.card === null ? 'Link a card…' : 'Change or unlink the card…'),
    open(
      'enrol',
      'Enrol the card in the reader…',
      user.card === null ? 'Link the card’s number first.' : null,
    ),
    isGlassBroken(user, now)
      ? open('end-glass', 'Stop letting the password in…')
      : open('break-glass', 'Let the password in for a while…', whyNotBreak(user, own)),
    open(
      'reset-password',
      'Reset the password…',
      own ? 'Your own is changed in the menu under your name.' : null,
    ),
    open('end', 'End the account…', own ? 'Nobody ends their own account. Ask another system owner.' : null),
  ];
};

const whyNotBreak = (user: UserRow, own: boolean): string | null => {
  if (own) return 'Nobody lets themselves in. Ask another system owner.';
  if (user.cardOnlySince === null) return 'Its password is taken as it is.';
  return user.hasPassword ? null : 'It has no password on this PC. Reset the password first.';
};

/** The actions whose form outlives a lock: none that holds a passcode or a password. */
const KEPT = [
  'change-roles',
  'link-card',
  'break-glass',
  'end-glass',
  'end',
] as const satisfies readonly UserAction[];

const PREFIX = 'users/';

/** The name under which a form is kept. */
export const draftKey = (userId: string, action: (typeof KEPT)[number]): string =>
  `${PREFIX}${userId}/${action}`;

const ADDING = 'new';

/** The form of an account that is not there yet. */
export const ADD_DRAFT = `${PREFIX}${ADDING}`;

/** What was open when the session was locked, of all that was kept: the first whose account is still there. */
export const keptDialog = (
  names: readonly string[],
  users: readonly UserRow[],
): ReturnType<typeof keptForm> | 'add' => {
  const open = names.find((name) => name === ADDING || keptForm(name, users) !== null);
  return open === ADDING ? 'add' : keptForm(open, users);
};

/** Which form was open, from the name it was kept under; null where its account is not there any more. */
export const keptForm = (
  key: string | undefined,
  users: readonly UserRow[],
): { readonly action: UserAction; readonly user: UserRow } | null => {
  const [id, name] = (key ?? '').split('/');
  const action = KEPT.find((one) => one === name);
  const user = users.find((one) => one.id === id && one.endedAt === null);
  return action === undefined || user === undefined ? null : { action, user };
};
