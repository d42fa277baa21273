import { z } from 'zod';
import {
  CARD_ERRORS,
  cardPin,
  deviceKind,
  employeeNumber,
  environment,
  id,
  instant,
  NO_PASSWORD,
  NO_PHRASE,
  nothing,
  password,
  readerId,
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
  'session:getState': {
    kind: 'query',
    may: 'anyone',
    input: nothing,
    output: sessionState,
    example: {},
    errors: [],
  },
  'session:selectStore': {
    kind: 'query',
    may: 'anyone',
    input: z.strictObject({ store: storeName.nullable() }),
    output: sessionState,
    example: { store: null },
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
    example: { password: NO_PASSWORD, about: ['a name'] },
    errors: [],
  },
  /** Makes words for a recovery phrase; they are not kept until `createTrustStore` is given them back, confirmed. */
  'session:proposeRecoveryPhrase': {
    kind: 'query',
    may: 'anyone',
    input: nothing,
    output: z.strictObject({ words: z.array(z.string()).length(24) }),
    example: {},
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
    example: {
      trustName: 'Trust of an example',
      vpd: '919',
      environment: 'TPLY',
      owner: { username: 'owner', displayName: 'The owner', password: NO_PASSWORD, employeeNumber: null },
      recoveryPhrase: NO_PHRASE,
    },
    gate: 'takes-itself',
    errors: ['STORE_EXISTS', 'WEAK_PASSWORD', 'KEY_STATE', 'DISK_FULL', 'DISK_FAILED', 'REFUSED'],
  },
  /** Makes the training store by importing the sample trust through the ordinary imports; progress comes as a job. */
  'session:openTraining': {
    kind: 'command',
    may: 'anyone',
    input: nothing,
    output: sessionState,
    example: {},
    gate: 'takes-itself',
    errors: ['KEY_STATE', 'DISK_FULL', 'DISK_FAILED', 'BUSY', 'FILE_REFUSED'],
  },
  'session:signIn': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({ username: z.string().trim().min(1).max(64), password }),
    output: sessionState,
    example: { username: 'nobody', password: NO_PASSWORD },
    gate: 'takes-itself',
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
  'session:signOut': {
    kind: 'command',
    may: 'signed-in',
    input: nothing,
    output: sessionState,
    example: {},
    gate: 'takes-itself',
    errors: [],
  },
  'session:lock': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ because: z.enum(['idle', 'by-hand']) }),
    output: sessionState,
    example: { because: 'by-hand' },
    gate: 'takes-itself',
    errors: [],
  },
  'session:changePassword': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ present: password, next: password }),
    output: sessionState,
    example: { present: NO_PASSWORD, next: NO_PASSWORD },
    errors: ['WRONG_CREDENTIALS', 'WAIT', 'LOCKED_OUT', 'WEAK_PASSWORD'],
  },
  /** The recovery phrase opens the store on this machine again and sets a new password for one owner account. */
  'session:recover': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({ recoveryPhrase, username, newPassword: password }),
    output: sessionState,
    example: { recoveryPhrase: NO_PHRASE, username: 'nobody', newPassword: NO_PASSWORD },
    gate: 'takes-itself',
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
    example: {},
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
    example: { id: 'nobody', recoveryPhrase: NO_PHRASE },
    gate: 'takes-itself',
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
  'session:signInByCard': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({ readerId, pin: cardPin }),
    output: sessionState,
    example: { readerId: 'nowhere', pin: '' },
    gate: 'takes-itself',
    errors: [
      ...CARD_ERRORS,
      'WRONG_CREDENTIALS',
      'STORE_IN_USE',
      'STORE_DAMAGED',
      'STORE_NEWER',
      'DISK_FULL',
      'DISK_FAILED',
    ],
  },
});
