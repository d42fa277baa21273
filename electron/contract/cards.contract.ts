import { z } from 'zod';
import { CARD_ERRORS, cardPin, done, id, instant, nothing, readerId } from './common.ts';
import { defineOperations } from './operation.ts';

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

const touches = ['users', 'security'];

export const cardsOperations = defineOperations({
  'cards:getState': {
    kind: 'query',
    may: 'anyone',
    input: nothing,
    output: cardsState,
    example: {},
    errors: [],
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
    example: { userId: 'nobody', readerId: 'nowhere', pin: '' },
    touches,
    gate: 'takes-itself',
    errors: [...CARD_ERRORS, 'NOT_FOUND', 'REFUSED'],
  },
});
