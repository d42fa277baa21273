import pkcs11js from 'pkcs11js';
import type { CardTries } from '../../contract/cards.contract.ts';
import type { CardCertificate } from '../../services/cards/card-port.ts';
import { tryTo } from './pkcs11-errors.ts';
import { type Handle, type Pkcs11, plainText } from './pkcs11-module.ts';

export interface TokenFacts {
  readonly label: string;
  readonly tries: CardTries;
  readonly ownKeypad: boolean;
  /** In bytes of UTF-8; 0 and 0 where the token does not say. */
  readonly pinLength: { readonly least: number; readonly most: number };
}

/** More would be no person's card. */
const MOST_CERTIFICATES = 32;
const MOST_BYTES = 64 * 1024;

/** @returns null for a token that was never set up: there is nothing on it. @throws Pkcs11Error */
export function readToken(pkcs11: Pkcs11, slot: Handle): TokenFacts | null {
  const { flags, label, minPinLen, maxPinLen } = pkcs11.C_GetTokenInfo(slot);
  if ((flags & pkcs11js.CKF_TOKEN_INITIALIZED) === 0) return null;
  return {
    label: plainText(label, 64),
    tries: triesOf(flags),
    ownKeypad: (flags & pkcs11js.CKF_PROTECTED_AUTHENTICATION_PATH) !== 0,
    pinLength: { least: minPinLen, most: maxPinLen },
  };
}

/** CKF_USER_PIN_*: what a token says of its tries instead of a count. */
export function triesOf(flags: number): CardTries {
  if ((flags & pkcs11js.CKF_USER_PIN_LOCKED) !== 0) return 'locked';
  if ((flags & pkcs11js.CKF_USER_PIN_FINAL_TRY) !== 0) return 'last';
  if ((flags & pkcs11js.CKF_USER_PIN_COUNT_LOW) !== 0) return 'low';
  return 'full';
}

/** The handles of the certificates that anybody may read, without a login; cheap, and others when they were changed. */
export function certificateHandles(pkcs11: Pkcs11, session: Handle): readonly Handle[] {
  pkcs11.C_FindObjectsInit(session, [{ type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_CERTIFICATE }]);
  try {
    return pkcs11.C_FindObjects(session, MOST_CERTIFICATES);
  } finally {
    pkcs11.C_FindObjectsFinal(session);
  }
}

/** Those with a value and an id; what cannot be read is left out, and the rest of the card still stands. */
export function readCertificates(
  pkcs11: Pkcs11,
  session: Handle,
  handles: readonly Handle[],
): readonly CardCertificate[] {
  return handles.flatMap((handle) => {
    const id = readBytes(pkcs11, session, handle, pkcs11js.CKA_ID);
    const der = readBytes(pkcs11, session, handle, pkcs11js.CKA_VALUE);
    if (!id?.length || !der?.length || der.length > MOST_BYTES || id.length > 128) return [];
    return [{ keyId: id.toString('hex'), der: new Uint8Array(der) }];
  });
}

/** One attribute as it is; null where the object has none. */
export function readBytes(pkcs11: Pkcs11, session: Handle, object: Handle, type: number): Buffer | null {
  const value = tryTo(() => pkcs11.C_GetAttributeValue(session, object, [{ type }])[0]?.value);
  return Buffer.isBuffer(value) ? value : null;
}
