import { verify as nodeVerify } from 'node:crypto';
import type { PublicKeyFacts } from './read-certificate.ts';

/** The signature methods that are accepted, by OID. What is not here (SHA-1, MD5, PSS, Ed25519) is refused. */
const ACCEPTED: Readonly<Record<string, { readonly kind: 'rsa' | 'ec'; readonly hash: string }>> = {
  '1.2.840.113549.1.1.11': { kind: 'rsa', hash: 'sha256' },
  '1.2.840.113549.1.1.12': { kind: 'rsa', hash: 'sha384' },
  '1.2.840.113549.1.1.13': { kind: 'rsa', hash: 'sha512' },
  '1.2.840.10045.4.3.2': { kind: 'ec', hash: 'sha256' },
  '1.2.840.10045.4.3.3': { kind: 'ec', hash: 'sha384' },
  '1.2.840.10045.4.3.4': { kind: 'ec', hash: 'sha512' },
};

/** SHA-1 with RSA or ECDSA: only to see that a root is its own issuer, on which no trust rests. */
const ROOTS_ONLY: typeof ACCEPTED = {
  '1.2.840.113549.1.1.5': { kind: 'rsa', hash: 'sha1' },
  '1.2.840.10045.4.1': { kind: 'ec', hash: 'sha1' },
};

export interface SignedBytes {
  readonly body: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
}

export type SignatureFinding = 'signed' | 'not-signed' | 'weak';

/** Did this key sign these bytes, by the method they name? `weak` where the method or the key is not accepted. */
export function checkSigned(what: SignedBytes, key: PublicKeyFacts): SignatureFinding {
  const method = ACCEPTED[what.signatureAlgorithm];
  if (!method || key.kind === 'other' || !key.strongEnough) return 'weak';
  return method.kind === key.kind && isSigned(what, method.hash, key) ? 'signed' : 'not-signed';
}

/** A certificate signed by its own key: of a root only the name and the key count, so its own method may be an old one. */
export function signedItself(what: SignedBytes, key: PublicKeyFacts): boolean {
  const method = ACCEPTED[what.signatureAlgorithm] ?? ROOTS_ONLY[what.signatureAlgorithm];
  return key.kind !== 'other' && method?.kind === key.kind && isSigned(what, method.hash, key);
}

/** PKCS#11's forms: RSASSA-PKCS1-v1_5 with SHA-256, or ECDSA with SHA-256 as r || s. */
export function isRawSignature(message: Uint8Array, signature: Uint8Array, key: PublicKeyFacts): boolean {
  if (key.kind === 'other' || !key.strongEnough) return false;
  try {
    return nodeVerify('sha256', message, { key: key.object, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    // A signature of a wrong length is an exception to some versions of OpenSSL and false to others.
    return false;
  }
}

function isSigned(what: SignedBytes, hash: string, key: Exclude<PublicKeyFacts, { kind: 'other' }>): boolean {
  try {
    return nodeVerify(hash, what.body, key.object, what.signature);
  } catch {
    return false;
  }
}
