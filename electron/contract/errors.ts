/**
 * Every code an answer may carry. An error is expected and the person can act on it; `UNEXPECTED` is a bug, logged under
 * the correlation id and shown plainly.
 */
export const ERROR_CODES = [
  'INVALID_INPUT',
  'NOT_SIGNED_IN',
  'NOT_PERMITTED',
  'NOT_FOUND',
  'REFUSED',
  'STALE',
  'WRONG_CREDENTIALS',
  'WAIT',
  'LOCKED_OUT',
  'MUST_CHANGE_PASSWORD',
  'WEAK_PASSWORD',
  'CARD_REFUSED',
  'CARD_REQUIRED',
  'SIGNATURE_NEEDED',
  'KEY_STATE',
  'STORE_EXISTS',
  'STORE_IN_USE',
  'STORE_DAMAGED',
  'STORE_NEWER',
  'DISK_FULL',
  'DISK_FAILED',
  'FILE_REFUSED',
  'FILE_CHANGED',
  'BUSY',
  'CANCELLED',
  'UNEXPECTED',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];
