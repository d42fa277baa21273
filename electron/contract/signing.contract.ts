import { z } from 'zod';
import { cardPin, id, instant, isoDate, password, readerId, reason } from './common.ts';
import { defineOperations } from './operation.ts';

/** Who must sign what at the moment of deciding it. `card-or-password`: a card where the account has one, else its password. */
export const signaturePolicy = z.enum(['none', 'card-or-password', 'card']);
export const decision = z.enum(['approve-request', 'exception', 'urgent-removal', 'audit-sign-off']);
export type Decision = z.infer<typeof decision>;

/** What the Caldicott Guardian decides on an exception. `until`: the last day of the access that is given by it. */
export const exceptionTerms = z.discriminatedUnion('granted', [
  z.strictObject({ granted: z.literal(true), until: isoDate, reason }),
  z.strictObject({ granted: z.literal(false), reason }),
]);

const onRevision = { subject: id, revision: z.int().min(0) };
/** The ledger as it was just verified, and what was looked at in it. */
export const ledgerReview = {
  size: z.int().min(1),
  rootHash: z.string().regex(/^[0-9a-f]{64}$/),
  reviewed: reason,
};
/** Its sign-offs are signatures of this subject. */
export const LEDGER_SUBJECT = 'ledger';

/** A decision as it stands before it is taken. The other of `decision` has a policy and is not taken in the program yet. */
export const decisionToSign = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('approve-request'), ...onRevision }),
  z.strictObject({ decision: z.literal('exception'), ...onRevision, terms: exceptionTerms }),
  z.strictObject({ decision: z.literal('audit-sign-off'), ...ledgerReview }),
]);
export type DecisionToSign = z.infer<typeof decisionToSign>;

/** What a person gives to sign a decision: `sha256` is of the text they were shown. */
export const signatureInput = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  by: z.discriminatedUnion('way', [
    z.strictObject({ way: z.literal('card'), readerId, pin: cardPin }),
    z.strictObject({ way: z.literal('password'), password }),
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

/** What else than its own a signed decision may answer. */
export const SIGNING_ERRORS = [
  'SIGNATURE_NEEDED',
  'CARD_REFUSED',
  'WRONG_CREDENTIALS',
  'WAIT',
  'LOCKED_OUT',
  'BUSY',
] as const;

export const signingOperations = defineOperations({
  /** The exact text that the decision would sign now, and whether and how it must be signed. */
  'signing:prepare': {
    kind: 'query',
    may: 'signed-in',
    input: decisionToSign,
    output: z.strictObject({
      needed: z.enum(['none', 'card', 'password']),
      text: z.string(),
      sha256: z.string(),
    }),
    example: { decision: 'approve-request', subject: 'nobody', revision: 0 },
    errors: ['NOT_FOUND', 'STALE', 'REFUSED'],
  },
  'signing:list': {
    kind: 'query',
    may: ['officer', 'team-lead', 'owner', 'caldicott'],
    input: z.strictObject({ subject: id }),
    output: z.strictObject({ signatures: z.array(storedSignature) }),
    example: { subject: 'nobody' },
    errors: [],
  },
});
