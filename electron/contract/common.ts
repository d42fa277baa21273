import { z } from 'zod';

/** Shapes that several areas share. Text limits are generous for people and small for machines. */
export const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9_-]+$/);
export const shortText = z.string().trim().min(1).max(200);
export const reason = z.string().trim().min(3, 'Say why in a few words').max(2000);
/** A day that there is, `2026-11-20`: 30 February is refused. */
export const isoDate = z.iso.date();
/** A moment that there is, in UTC and to the millisecond at the finest: `2026-11-20T17:04:02.000Z`. */
export const instant = z.iso.datetime().max('2026-11-20T17:04:02.000Z'.length);
/** What a form gives: a day alone, or a moment. A time that nobody gave is never made up. */
export const dayOrInstant = z.union([isoDate, instant]);
export const username = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .regex(/^[A-Za-z0-9._-]+$/);
export const password = z.string().min(1).max(256);
export const recoveryPhrase = z.string().min(1).max(400);
/** Never kept, logged or put in an error; empty where the reader has its own keypad. */
export const cardPin = z.string().max(64);
/** Names one card in one reader for as long as it stays there. */
export const readerId = z.string().min(1).max(200);
export const vpd = z.string().regex(/^\d{3}$/);
export const employeeNumber = z.string().regex(/^\d{8,9}$/);
export const role = z.enum(['officer', 'hr-admin', 'team-lead', 'caldicott', 'owner']);
export const environment = z.enum(['LIVE', 'TPLY']);
/** A PC of the trust, or one at home: where a person has signed in by card, a trust PC takes their password no more. */
export const deviceKind = z.enum(['trust', 'remote']);
export type DeviceKind = z.infer<typeof deviceKind>;
/** How somebody signed in. */
export const signInWay = z.enum(['password', 'card', 'recovery phrase']);
export type SignInWay = z.infer<typeof signInWay>;
export const nothing = z.strictObject({});
export const done = z.strictObject({ done: z.literal(true) });

/** A slice of a long list, for the virtual tables: rows are fetched as they come into view. */
export const slice = { offset: z.int().min(0).max(10_000_000), limit: z.int().min(1).max(500) };

/** Where a fact came from: the source's name, and when that extract was taken (null when never imported). */
export const factSource = z.strictObject({ name: z.string(), takenAt: instant.nullable() });

export type FactSource = z.infer<typeof factSource>;

/** Errors of everything that asks a card for a signature; `CARD_REFUSED` carries `reason`, and `tries` after a wrong passcode. */
export const CARD_ERRORS = ['CARD_REFUSED', 'WAIT', 'LOCKED_OUT', 'KEY_STATE', 'BUSY'] as const;

/** For examples: inputs of the right shape that name nothing there is. */
export const TEN = { offset: 0, limit: 10 };
export const NO_PHRASE = 'abandon '.repeat(24).trim();
export const NO_PASSWORD = 'not the password at all';
