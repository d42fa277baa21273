import pkcs11js from 'pkcs11js';
import type { CardFailure } from '../../services/cards/card-port.ts';

/** Return values of PKCS#11 v2.40, chapter 5.1, by what they mean for the person. What is not named here is the module's fault. */
const MEANING: ReadonlyMap<number, CardFailure> = new Map<number, CardFailure>([
  [pkcs11js.CKR_PIN_INCORRECT, 'wrong-pin'],
  [pkcs11js.CKR_PIN_LOCKED, 'pin-locked'],
  // No passcode works until the card has been given a new one, which is done where locked cards are unlocked.
  [pkcs11js.CKR_PIN_EXPIRED, 'pin-locked'],
  [pkcs11js.CKR_USER_PIN_NOT_INITIALIZED, 'pin-locked'],
  [pkcs11js.CKR_PIN_INVALID, 'pin-unfit'],
  [pkcs11js.CKR_PIN_LEN_RANGE, 'pin-unfit'],
  [pkcs11js.CKR_DEVICE_REMOVED, 'card-gone'],
  [pkcs11js.CKR_TOKEN_NOT_PRESENT, 'card-gone'],
  [pkcs11js.CKR_TOKEN_NOT_RECOGNIZED, 'card-gone'],
  [pkcs11js.CKR_SESSION_HANDLE_INVALID, 'card-gone'],
  [pkcs11js.CKR_SESSION_CLOSED, 'card-gone'],
  [pkcs11js.CKR_SLOT_ID_INVALID, 'card-gone'],
  [pkcs11js.CKR_KEY_HANDLE_INVALID, 'key-missing'],
  [pkcs11js.CKR_OBJECT_HANDLE_INVALID, 'key-missing'],
  [pkcs11js.CKR_KEY_TYPE_INCONSISTENT, 'key-missing'],
  [pkcs11js.CKR_KEY_FUNCTION_NOT_PERMITTED, 'key-missing'],
  // A reader with a keypad waits for so long, or its cancel key was pressed.
  [pkcs11js.CKR_FUNCTION_CANCELED, 'timed-out'],
]);

/** The CKR_ value of what a call threw; null where it was not the module that refused. */
export function returnValue(error: unknown): number | null {
  return error instanceof pkcs11js.Pkcs11Error ? error.code : null;
}

/** A login was refused for what the PIN is made of: said by some modules as if it were any data. */
export class UnfitPin extends Error {}

const UNFIT: ReadonlySet<number | null> = new Set([
  pkcs11js.CKR_DATA_INVALID,
  pkcs11js.CKR_DATA_LEN_RANGE,
  pkcs11js.CKR_ARGUMENTS_BAD,
]);

/** @throws UnfitPin or what the login threw */
export function explainLogin(error: unknown): never {
  throw UNFIT.has(returnValue(error)) ? new UnfitPin() : error;
}

export function failureOf(error: unknown): CardFailure {
  if (error instanceof UnfitPin) return 'pin-unfit';
  const value = returnValue(error);
  return (value === null ? undefined : MEANING.get(value)) ?? 'module-failed';
}

/** Does the call that `ask` makes; null where the module refuses it. Some answers are a help and not a need. */
export function tryTo<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
