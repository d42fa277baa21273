import { createHash } from 'node:crypto';
import pkcs11js from 'pkcs11js';
import { explainLogin, returnValue, tryTo } from './pkcs11-errors.ts';
import type { Handle, Pkcs11 } from './pkcs11-module.ts';
import { readBytes } from './pkcs11-token.ts';

/** RFC 8017, 9.2, note 1: the DER of a DigestInfo for SHA-256 as far as the digest. */
const SHA256_INFO = Buffer.from('3031300d060960864801650304020105000420', 'hex');
/** RSA of 8192 bits. */
const LONGEST_SIGNATURE = 1024;

/** How a key signs: a mechanism, and what is handed to it for a message. */
interface Way {
  readonly mechanism: number;
  readonly prepare: (message: Uint8Array) => Buffer;
}

export type Signed =
  | { readonly found: true; readonly signatures: readonly Uint8Array[] }
  | { readonly found: false };

/**
 * One login, one signature for each message, and out again, whatever happens.
 * @param pin text, because the binding takes nothing else; empty for a reader with its own keypad
 * @throws Pkcs11Error as the module refuses
 */
export function signWithCard(
  pkcs11: Pkcs11,
  slot: Handle,
  keyId: string,
  pin: string,
  messages: readonly Uint8Array[],
): Signed {
  const session = pkcs11.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION);
  try {
    login(pkcs11, session, pin);
    const key = findKey(pkcs11, session, keyId);
    if (key === null) return { found: false };
    const way = wayOf(pkcs11, slot, readBytes(pkcs11, session, key, pkcs11js.CKA_KEY_TYPE));
    if (way === null) return { found: false };
    const asks = readBytes(pkcs11, session, key, pkcs11js.CKA_ALWAYS_AUTHENTICATE)?.at(0) === 1;
    const signatures = messages.map((message) => {
      pkcs11.C_SignInit(session, { mechanism: way.mechanism }, key);
      if (asks) pkcs11.C_Login(session, pkcs11js.CKU_CONTEXT_SPECIFIC, pin);
      const space = Buffer.alloc(LONGEST_SIGNATURE);
      return new Uint8Array(pkcs11.C_Sign(session, way.prepare(message), space));
    });
    return { found: true, signatures };
  } finally {
    // Both may fail where the card has gone; the first error is the one to tell.
    tryTo(() => pkcs11.C_Logout(session));
    tryTo(() => pkcs11.C_CloseSession(session));
  }
}

/** A login that an earlier failure left standing proves nothing about this passcode. */
function login(pkcs11: Pkcs11, session: Handle, pin: string): void {
  try {
    pkcs11.C_Login(session, pkcs11js.CKU_USER, pin);
  } catch (error) {
    if (returnValue(error) !== pkcs11js.CKR_USER_ALREADY_LOGGED_IN) explainLogin(error);
    pkcs11.C_Logout(session);
    pkcs11.C_Login(session, pkcs11js.CKU_USER, pin);
  }
}

function findKey(pkcs11: Pkcs11, session: Handle, keyId: string): Handle | null {
  pkcs11.C_FindObjectsInit(session, [
    { type: pkcs11js.CKA_CLASS, value: pkcs11js.CKO_PRIVATE_KEY },
    { type: pkcs11js.CKA_ID, value: Buffer.from(keyId, 'hex') },
  ]);
  try {
    return pkcs11.C_FindObjects(session);
  } finally {
    pkcs11.C_FindObjectsFinal(session);
  }
}

/** Null for a kind of key that neither of the two forms of a signature is for. */
function wayOf(pkcs11: Pkcs11, slot: Handle, keyType: Buffer | null): Way | null {
  const known = new Set(pkcs11.C_GetMechanismList(slot));
  const whole = (message: Uint8Array) => Buffer.from(message);
  const digest = (message: Uint8Array) => createHash('sha256').update(message).digest();
  const kind = keyType?.readUInt8(0);
  if (kind === pkcs11js.CKK_RSA) {
    const { CKM_SHA256_RSA_PKCS, CKM_RSA_PKCS } = pkcs11js;
    if (known.has(CKM_SHA256_RSA_PKCS)) return { mechanism: CKM_SHA256_RSA_PKCS, prepare: whole };
    return {
      mechanism: CKM_RSA_PKCS,
      prepare: (message) => Buffer.concat([SHA256_INFO, digest(message)]),
    };
  }
  if (kind === pkcs11js.CKK_EC) {
    const { CKM_ECDSA_SHA256, CKM_ECDSA } = pkcs11js;
    if (known.has(CKM_ECDSA_SHA256)) return { mechanism: CKM_ECDSA_SHA256, prepare: whole };
    return { mechanism: CKM_ECDSA, prepare: digest };
  }
  return null;
}
