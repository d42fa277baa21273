import { z } from 'zod';
import { cardPin, deviceKind, done, id, instant, nothing, readerId, reason } from './common.ts';
import { defineOperations } from './operation.ts';
import { sessionState } from './session.contract.ts';
import { type Decision, signaturePolicy } from './signature.contract.ts';

/** 12 digits of an NHS smartcard. */
export const cardUuid = z.string().regex(/^\d{12}$/);

/** What a PKCS#11 token says of its tries (flags, not a count): `low` one was wrong, `last` the next wrong one locks it. */
export const cardTries = z.enum(['full', 'low', 'last', 'locked', 'unknown']);
export type CardTries = z.infer<typeof cardTries>;

/** What stands for or against a card before its passcode is asked for; each has its own sentence. */
export const cardStanding = z.enum([
  'good',
  /** Good, but revocation could not be checked; the sentence says since when. */
  'revocation-unchecked',
  'no-certificate',
  'unreadable',
  'expired',
  'not-yet-valid',
  'revoked',
  'wrong-issuer',
  'self-signed',
  'wrong-usage',
  'no-uuid',
  'no-trust-anchors',
]);
export type CardStanding = z.infer<typeof cardStanding>;

export const cardInReader = z.strictObject({
  readerId,
  readerName: z.string(),
  /** The token's own label. */
  label: z.string(),
  /** The 12 digits of the certificate's subject; null where it has none. */
  uuid: z.string().nullable(),
  standing: cardStanding,
  /** What the standing means, one sentence with the next step; empty when good. */
  sentence: z.string(),
  expiresAt: instant.nullable(),
  tries: cardTries,
  /** The passcode is typed on the reader itself: `pin` is left empty then. */
  ownKeypad: z.boolean(),
  /**
   * This store can be opened with it on this PC: enrolled, not enrolled, or enrolled with an earlier certificate. `unknown`: the
   * keychain does not give the secret by which that is seen.
   */
  enrolment: z.enum(['enrolled', 'none', 'renewed', 'unknown']),
});
export type CardInReader = z.infer<typeof cardInReader>;

export const cardsState = z.strictObject({
  /** `off`: no module is configured or found. `starting`: not asked yet. `hung`: the driver did not answer and was stopped. */
  module: z.strictObject({
    state: z.enum(['off', 'starting', 'ready', 'missing', 'failed', 'hung']),
    name: z.string().nullable(),
    sentence: z.string(),
  }),
  readers: z.array(z.strictObject({ name: z.string(), card: cardInReader.nullable() })).max(16),
});
export type CardsState = z.infer<typeof cardsState>;

/** Errors of everything that asks a card for a signature; `CARD_REFUSED` carries `reason`, and `tries` after a wrong passcode. */
const cardErrors = ['CARD_REFUSED', 'WAIT', 'LOCKED_OUT', 'KEY_STATE', 'BUSY'] as const;

export const cardsOperations = defineOperations({
  'cards:getState': { kind: 'query', may: 'anyone', input: nothing, output: cardsState, errors: [] },
  'session:signInByCard': {
    kind: 'command',
    may: 'anyone',
    input: z.strictObject({ readerId, pin: cardPin }),
    output: sessionState,
    errors: [
      ...cardErrors,
      'WRONG_CREDENTIALS',
      'STORE_IN_USE',
      'STORE_DAMAGED',
      'STORE_NEWER',
      'DISK_FULL',
      'DISK_FAILED',
    ],
  },
  /**
   * Binds the store to a linked card on this PC. One's own first card, or by an owner for somebody who stands by with it; a
   * renewed certificate always by another person than its holder.
   */
  'cards:enrol': {
    kind: 'command',
    may: 'signed-in',
    input: z.strictObject({ userId: id, readerId, pin: cardPin }),
    output: done,
    errors: [...cardErrors, 'NOT_FOUND', 'REFUSED'],
  },
  /** Says which card is an account's; null unlinks it, and its enrolment on this PC ends. */
  'users:linkCard': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, uuid: cardUuid.nullable() }),
    output: done,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  /** Lets a password in again on a trust PC for a limited time, although the account has signed in by card. */
  'users:breakGlass': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, hours: z.int().min(1).max(72), reason }),
    output: z.strictObject({ until: instant }),
    errors: ['NOT_FOUND', 'REFUSED'],
  },
  'users:endBreakGlass': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ id, reason }),
    output: done,
    errors: ['NOT_FOUND', 'REFUSED'],
  },
});

export const cardSettings = z.strictObject({
  /** PKCS#11 modules by absolute path; the first that loads is used. */
  modulePaths: z.array(z.string().trim().min(1).max(500)).max(10),
  /**
   * Where the UUID stands in the subject, as `TYPE=pattern` with one group of the 12 digits, such as `CN=^(\d{12})$`.
   * Optional further `TYPE=value` before it must match as well, separated by commas: `O=nhs,OU=People,CN=^(\d{12})$`.
   */
  subjectRule: z.string().trim().min(4).max(300),
  /** PEM certificates of the issuers that are trusted, and those between. */
  trustAnchors: z.string().max(100_000),
  /** Absolute paths of revocation lists (DER or PEM). */
  revocationLists: z.array(z.string().trim().min(1).max(500)).max(20),
  removalLocks: z.boolean(),
  signatures: z.strictObject({
    'approve-request': signaturePolicy,
    exception: signaturePolicy,
    'urgent-removal': signaturePolicy,
    'audit-sign-off': signaturePolicy,
  } satisfies Record<Decision, typeof signaturePolicy>),
});
export type CardSettings = z.infer<typeof cardSettings>;

export const securityCheck = z.strictObject({
  id: z.enum([
    'keychain',
    'cipher',
    'wraps',
    'card-binding',
    'backups',
    'fuses',
    'device',
    'owners',
    'break-glass',
    'revocation',
    'ledger',
  ]),
  title: z.string(),
  state: z.enum(['green', 'amber', 'red']),
  sentence: z.string(),
  /** What to do about it; empty when green. */
  mend: z.string(),
});
export type SecurityCheck = z.infer<typeof securityCheck>;

export const securityOperations = defineOperations({
  'security:getState': {
    kind: 'query',
    may: ['owner', 'team-lead'],
    input: nothing,
    output: z.strictObject({ device: deviceKind, checks: z.array(securityCheck) }),
    errors: [],
  },
  'security:markDevice': {
    kind: 'command',
    may: ['owner'],
    input: z.strictObject({ kind: deviceKind, reason }),
    output: done,
    errors: ['REFUSED'],
  },
  'security:getCardSettings': {
    kind: 'query',
    may: ['owner', 'team-lead'],
    input: nothing,
    output: z.strictObject({
      settings: cardSettings,
      /** One line a certificate of `trustAnchors`: its subject, and when it ends. */
      anchors: z.array(z.strictObject({ subject: z.string(), expiresAt: instant })),
    }),
    errors: [],
  },
  /** What a rule, saved or not, reads from a subject typed as `O=nhs, OU=People, CN=…`. */
  'security:trySubjectRule': {
    kind: 'query',
    may: ['owner'],
    input: z.strictObject({ rule: z.string().max(300), subject: z.string().max(500) }),
    output: z.strictObject({
      uuid: cardUuid.nullable(),
      /** Why nothing was read; empty where something was. */
      problem: z.string(),
    }),
    errors: [],
  },
  'security:changeCardSettings': {
    kind: 'command',
    may: ['owner'],
    input: cardSettings,
    output: done,
    errors: ['REFUSED', 'KEY_STATE', 'DISK_FULL', 'DISK_FAILED'],
  },
});
