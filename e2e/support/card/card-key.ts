import { constants, createECDH, type KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import { tlv } from './tlv.ts';

/** What GENERAL AUTHENTICATE asks of a key, by the algorithm's number of NIST SP 800-78-4, table 6-2. */
export interface CardKey {
  readonly algorithm: 0x05 | 0x07 | 0x11;
  /** @param block padded by the reader's side for RSA; the digest itself for a curve */
  readonly sign: (block: Buffer) => Buffer;
}

/** Order of the curve P-256 (SP 800-186, 3.2.1.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
const toBytes = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base % ORDER, left = exponent; left > 0n; left >>= 1n, square = (square * square) % ORDER)
    if (left & 1n) result = (result * square) % ORDER;
  return result;
}

/** An ASN.1 INTEGER that is not read as a negative one. */
function integer(number: bigint): Buffer {
  const hex = number.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return tlv('02', (bytes[0] ?? 0) >= 0x80 ? Buffer.from([0]) : Buffer.alloc(0), bytes);
}

/**
 * ECDSA over a digest that somebody else made (FIPS 186-5, 6.4.1), which Node's own `sign` cannot do: it always hashes.
 * The curve's arithmetic is Node's: r is the abscissa of an ephemeral public key.
 */
function signDigest(secret: bigint, digest: Buffer): Buffer {
  for (;;) {
    const k = toNumber(randomBytes(32));
    if (k === 0n || k >= ORDER) continue;
    const ephemeral = createECDH('prime256v1');
    ephemeral.setPrivateKey(toBytes(k));
    const r = toNumber(ephemeral.getPublicKey().subarray(1, 33)) % ORDER;
    const s = (power(k, ORDER - 2n) * (toNumber(digest.subarray(0, 32)) + r * secret)) % ORDER;
    if (r !== 0n && s !== 0n) return tlv('30', integer(r), integer(s));
  }
}

/** @param key a private key: RSA of 2048 or 3072 bits, or P-256 */
export function cardKey(key: KeyObject): CardKey {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa') {
    const bits = details?.modulusLength;
    if (bits !== 2048 && bits !== 3072) throw new Error(`A PIV card holds no RSA key of ${bits} bits.`);
    return {
      algorithm: bits === 2048 ? 0x07 : 0x05,
      // The private operation is one and the same, whatever it is called for.
      sign: (block) => privateDecrypt({ key, padding: constants.RSA_NO_PADDING }, block),
    };
  }
  if (key.asymmetricKeyType !== 'ec' || details?.namedCurve !== 'prime256v1')
    throw new Error('The virtual card holds RSA or P-256 keys only.');
  const secret = toNumber(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  return { algorithm: 0x11, sign: (digest) => signDigest(secret, digest) };
}
