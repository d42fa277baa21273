import { z } from 'zod';
import {
  deviceKind,
  done,
  employeeNumber,
  environment,
  id,
  instant,
  nothing,
  password,
  recoveryPhrase,
  role,
  shortText,
  signInWay,
  username,
  vpd,
} from './common.ts';
import { defineOperations } from './operation.ts';

/** The closed set of states of the key; each has its own screen. */
export const keyState = z.enum([
  'no-store',
  'ready',
  'open',
  'keychain-unavailable',
  'keychain-locked',
  'device-secret-missing',
  'keyring-missing',
  'scheme-missing',
  'store-missing',
  'store-damaged',
  'store-newer',
  'store-in-use',
  'disk-failed',
]);
export type KeyState = z.infer<typeof keyState>;

export const storeName = z.enum(['trust', 'training']);
export type StoreName = z.infer<typeof storeName>;

export const signedInUser = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  roles: z.array(role),
  mustChangePassword: z.boolean(),
});
export type SignedInUser = z.infer<typeof signedInUser>;

export const sessionState = z.strictObject({
  store: storeName.nullable(),
  stores: z.array(z.strictObject({ name: storeName, trustName: z.string(), environment })),
  keyState,
  /** One sentence about the key state with the next step, empty when ready. */
  explanation: z.string(),
  trust: z.strictObject({ name: z.string(), vpd: z.string(), environment }).nullable(),
  user: signedInUser.nullable(),
  /** Why the session was locked last, to be said on the sign-in screen. */
  lockedBecause: z
    .enum(['idle', 'suspend', 'screen-lock', 'by-hand', 'window-stopped', 'card-removed'])
    .nullable(),
  /** How who is signed in came in. */
  way: signInWay.nullable(),
  /** Meaningful while the store is open. */
  device: deviceKind,
  /** Accounts whose password a trust PC takes for now, to be shown while it lasts. */
  brokenGlass: z.array(z.strictObject({ displayName: z.string(), until: instant })),
  /** What failed as the last session ended, one sentence; the next sign-in checks every page of the store and clears it. */
  endProblem: z.string().nullable(),
  idleMinutes: z.int(),
  trainingAccounts: z.array(
    z.strictObject({
      username: z.string(),
      password: z.string(),
      displayName: z.string(),
      roles: z.array(role),
    }),
  ),
});
export type SessionState = z.infer<typeof sessionState>;

export const sessionOperations = defineOperations({
  'session:getState': { kind: 'query', may: 'anyone', input: nothing, output: sessionState, errors: [] },
  'session:selectStore': {
    kind: 'query',
    may: 'anyone',
    input: z.strictObject({ store: storeName.nullable() }),
    output: sessionState,
    errors: ['KEY_STATE'],
  },
  'session:judgePassword': {
    kind: 'query',
    may: 'anyone',
    input: z.strictObject({ password, about: z.array(z.string().max(200)).max(5) }),
    output: z.strictObject({
      score: z.int().min(0).max(4),
      acceptable: z.boolean(),
      advice: z.array(z.string()),
    }),
    errors: [],
  },
  /** Makes words for a recovery phrase; they are not kept until `createTrustStore` is given them back, confirmed. */
  'session:proposeRecoveryPhrase': {
    kind: 'query',
    may: 'anyone',
    input: nothing,
    output: z.strictObject({ words: z.array(z.string()).length(24) }),
    errors: [],
  },
  'session:createTrustStore': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({
      trustName: shortText,
      vpd,
      environment,
      owner: z.strictObject({
        username,
        displayName: shortText,
        password,
        employeeNumber: employeeNumber.nullable(),
      }),
      recoveryPhrase,
    }),
    output: sessionState,
    errors: ['STORE_EXISTS', 'WEAK_PASSWORD', 'KEY_STATE', 'DISK_FULL', 'DISK_FAILED', 'REFUSED'],
  },
  /** Makes the training store by importing the sample trust through the ordinary imports; progress comes as a job. */
  'session:openTraining': {
    kind: 'command',
    may: 'anyone',
    input: nothing,
    output: sessionState,
    errors: ['KEY_STATE', 'DISK_FULL', 'DISK_FAILED', 'BUSY', 'FILE_REFUSED'],
  },
  'session:signIn': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({ username: z.string().trim().min(1).max(64), password }),
    output: sessionState,
    errors: [
      'WRONG_CREDENTIALS',
      'CARD_REQUIRED',
      'WAIT',
      'LOCKED_OUT',
      'KEY_STATE',
      'STORE_IN_USE',
      'STORE_DAMAGED',
      'STORE_NEWER',
      'DISK_FULL',
      'DISK_FAILED',
    ],
  },
  'session:signOut': { kind: 'command', may: 'signed-in', input: nothing, output: sessionState, errors: [] },
  'session:lock': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ because: z.enum(['idle', 'by-hand']) }),
    output: sessionState,
    errors: [],
  },
  'session:changePassword': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ present: password, next: password }),
    output: sessionState,
    errors: ['WRONG_CREDENTIALS', 'WAIT', 'LOCKED_OUT', 'WEAK_PASSWORD'],
  },
  /** The recovery phrase opens the store on this machine again and sets a new password for one owner account. */
  'session:recover': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({ recoveryPhrase, username, newPassword: password }),
    output: sessionState,
    errors: [
      'WRONG_CREDENTIALS',
      'WAIT',
      'LOCKED_OUT',
      'WEAK_PASSWORD',
      'KEY_STATE',
      'NOT_FOUND',
      'STORE_DAMAGED',
      'STORE_NEWER',
      'STORE_IN_USE',
      'DISK_FULL',
      'DISK_FAILED',
    ],
  },
  'session:listBackups': {
    kind: 'query',
    may: 'anyone',
    input: nothing,
    output: z.strictObject({
      backups: z.array(
        z.strictObject({ id: z.string(), takenAt: instant, bytes: z.int(), verified: z.boolean() }),
      ),
    }),
    errors: ['KEY_STATE'],
  },
  'session:restoreBackup': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({
      id: z
        .string()
        .min(1)
        .max(100)
        .regex(/^[A-Za-z0-9._-]+$/),
      recoveryPhrase,
    }),
    output: sessionState,
    errors: [
      'NOT_FOUND',
      'WRONG_CREDENTIALS',
      'WAIT',
      'LOCKED_OUT',
      'KEY_STATE',
      'STORE_DAMAGED',
      'STORE_IN_USE',
      'DISK_FULL',
      'DISK_FAILED',
    ],
  },
});

/** What somebody has typed and not sent yet, as JSON; kept in the store for its writer alone, and no event of the ledger. */
export const draft = z.strictObject({ key: z.string().min(1).max(200), value: z.string().max(20_000) });
export type Draft = z.infer<typeof draft>;

export const draftsOperations = defineOperations({
  'drafts:list': {
    kind: 'query',
    may: 'signed-in',
    input: nothing,
    output: z.strictObject({ drafts: z.array(draft) }),
    errors: [],
  },
  /** Null forgets it. A query to the table of permissions, since nobody decides anything by it. */
  'drafts:keep': {
    kind: 'query',
    may: 'signed-in',
    input: z.strictObject({ key: z.string().min(1).max(200), value: z.string().max(20_000).nullable() }),
    output: done,
    errors: ['REFUSED', 'DISK_FULL', 'DISK_FAILED'],
  },
});

export const userRow = z.strictObject({
  id,
  username: z.string(),
  displayName: z.string(),
  employeeNumber: z.string().nullable(),
  roles: z.array(role),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  endedAt: instant.nullable(),
  lastWay: signInWay.nullable(),
  /** `enrolled`: the store of this PC opens with it. */
  card: z.strictObject({ uuid: z.string(), enrolled: z.boolean() }).nullable(),
  hasPassword: z.boolean(),
  /** Since then a trust PC takes the card and not the password. */
  cardOnlySince: instant.nullable(),
  glassUntil: instant.nullable(),
  /** Signed in at this moment, in this window. */
  signedIn: z.boolean(),
});
export type UserRow = z.infer<typeof userRow>;

export const usersOperations = defineOperations({
  'users:list': {
    kind: 'query',
    may: ['owner', 'team-lead'],
    input: nothing,
    output: z.strictObject({
      users: z.array(userRow),
      /** What should not stay so: fewer than two owners, roles that check one another in one hand. One sentence each. */
      warnings: z.array(z.string()),
    }),
    errors: [],
  },
  'users:add': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({
      username,
      displayName: shortText,
      employeeNumber: employeeNumber.nullable(),
      roles: z.array(role).min(1).max(5),
      /** A first password that the person must change at the first sign-in. */
      firstPassword: password,
    }),
    output: z.strictObject({ id }),
    errors: ['REFUSED', 'WEAK_PASSWORD'],
  },
  /**
   * A new first password, for somebody who forgot theirs, or whose way in was lost when the store was recovered on another PC.
   * One's own is changed by `session:changePassword`, which asks for the present one.
   */
  'users:resetPassword': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, firstPassword: password }),
    output: done,
    errors: ['NOT_FOUND', 'REFUSED', 'WEAK_PASSWORD'],
  },
  /** Never one's own. Roles that would check one another are refused with the reason. */
  'users:changeRoles': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({
      id,
      roles: z.array(role).min(1).max(5),
      reason: z.string().trim().min(3).max(500),
    }),
    output: done,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  'users:end': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, reason: z.string().trim().min(3).max(500) }),
    output: done,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
});
