import { z } from 'zod';
import { done, id, instant, nothing, reason } from './common.ts';
import { defineOperations } from './operation.ts';
import { sessionState } from './session.contract.ts';

/** A way to sign that the person uses now: the card's passcode, or the account's password. Never kept, logged or put in an error. */
export const pin = z.string().min(1).max(64);
/** Names one card in one reader for as long as it stays there. */
export const readerId = z.string().min(1).max(200);
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
  /** This store can be opened with it on this PC: enrolled, not enrolled, or enrolled with an earlier certificate. */
  enrolment: z.enum(['enrolled', 'none', 'renewed']),
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
    input: z.strictObject({ readerId, pin: z.string().max(64) }),
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
    input: z.strictObject({ userId: id, readerId, pin: z.string().max(64) }),
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

export const deviceKind = z.enum(['trust', 'remote']);
export type DeviceKind = z.infer<typeof deviceKind>;

/** Who must sign what at the moment of deciding it. `card-or-password`: a card where the account has one, else its password. */
export const signaturePolicy = z.enum(['none', 'card-or-password', 'card']);
export const decision = z.enum(['approve-request', 'exception', 'urgent-removal', 'audit-sign-off']);
export type Decision = z.infer<typeof decision>;

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
  signatures: z.record(decision, signaturePolicy),
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
    'sandbox',
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
  'security:changeCardSettings': {
    kind: 'command',
    may: ['owner'],
    input: cardSettings,
    output: done,
    errors: ['REFUSED', 'KEY_STATE', 'DISK_FULL', 'DISK_FAILED'],
  },
});

/** What a person gives to sign a decision: `sha256` is of the text they were shown. */
export const signatureInput = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  by: z.discriminatedUnion('way', [
    z.strictObject({ way: z.literal('card'), readerId, pin: z.string().max(64) }),
    z.strictObject({ way: z.literal('password'), password: z.string().min(1).max(256) }),
  ]),
});
export type SignatureInput = z.infer<typeof signatureInput>;

export const storedSignature = z.strictObject({
  id,
  /** The ledger event that holds its hash. */
  seq: z.int(),
  decision,
  signedAt: instant,
  signer: z.string(),
  /** `account-key` is the weaker of the two: it shows that somebody knew the password. */
  means: z.enum(['card', 'account-key']),
  sound: z.boolean(),
  /** Who signed what with what, and what the check found, in plain English. */
  sentence: z.string(),
  text: z.string(),
  /** Detached CMS in PEM: `openssl cms -verify -inform PEM -content text.txt` checks it without this program. */
  cms: z.string(),
  /** The signer's certificate and those above it, PEM. */
  certificates: z.string(),
});
export type StoredSignature = z.infer<typeof storedSignature>;

export const signingOperations = defineOperations({
  /** The exact text that the decision would sign now, and whether and how it must be signed. */
  'signing:prepare': {
    kind: 'query',
    may: 'signed-in',
    input: z.strictObject({ decision, subject: id, revision: z.int().min(0) }),
    output: z.strictObject({
      needed: z.enum(['none', 'card', 'password']),
      text: z.string(),
      sha256: z.string(),
    }),
    errors: ['NOT_FOUND', 'STALE', 'REFUSED'],
  },
  'signing:list': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ subject: id }),
    output: z.strictObject({ signatures: z.array(storedSignature) }),
    errors: [],
  },
});
