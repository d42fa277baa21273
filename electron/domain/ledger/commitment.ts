/**
 * Personal fields stay out of the ledger's text: the event carries a salted hash, and the value lies beside it. The
 * value can be shown later and proved, or be forgotten with its salt, and the log stays whole either way.
 */
import { concatBytes, fromBase64Url, type Sha256, sameBytes, toBase64Url } from './bytes.ts';
import { canonicalBytes, type JsonValue } from './canonical-json.ts';

export interface Commitment {
  /** base64url( SHA-256( salt || UTF-8 of the canonical value ) ). */
  readonly sha256: string;
}

export interface Disclosure {
  readonly field: string;
  /** base64url of {@link SALT_BYTES} random bytes. */
  readonly salt: string;
  readonly value: JsonValue;
}

/**
 * Exactly this many. Were the length free, bytes could be moved from the value to the salt, and one commitment would
 * open to two values (`12345` under a salt, `345` under the salt and `12`).
 */
export const SALT_BYTES = 16;

/** Commits every field under a salt of its own. Throws when a salt has the wrong length or a value is not canonical. */
export function commitPersonal(
  fields: Readonly<Record<string, JsonValue>>,
  saltFor: (field: string) => Uint8Array,
  sha256: Sha256,
): {
  readonly commitments: Readonly<Record<string, Commitment>>;
  readonly disclosures: readonly Disclosure[];
} {
  const commitments: [string, Commitment][] = [];
  const disclosures: Disclosure[] = [];
  for (const field of Object.keys(fields).sort()) {
    const value = fields[field] as JsonValue;
    const salt = saltFor(field);
    if (salt.length !== SALT_BYTES) throw new RangeError(`the salt must have ${SALT_BYTES} bytes`);
    commitments.push([field, { sha256: toBase64Url(sha256(concatBytes([salt, canonicalBytes(value)]))) }]);
    disclosures.push({ field, salt: toBase64Url(salt), value });
  }
  return { commitments: Object.fromEntries(commitments), disclosures };
}

/** True when the disclosed value is the one that was committed. */
export function checkDisclosure(disclosure: Disclosure, commitment: Commitment, sha256: Sha256): boolean {
  const salt = fromBase64Url(disclosure.salt);
  const committed = fromBase64Url(commitment.sha256);
  if (salt?.length !== SALT_BYTES || committed === null) return false;
  return sameBytes(committed, sha256(concatBytes([salt, canonicalBytes(disclosure.value)])));
}
