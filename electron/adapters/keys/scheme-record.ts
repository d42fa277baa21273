import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import { secretBytes } from './secret-bytes.ts';

const schemeSchema = z
  .strictObject({
    version: z.literal(1),
    cipher: z.literal('sqlcipher-4'),
    kdf: z
      .strictObject({
        password: z.literal('argon2id+hkdf-sha256'),
        recovery: z.literal('argon2id+hkdf-sha256'),
      })
      .readonly(),
    /** Hex of the first 16 bytes of HMAC-SHA256(data key, "esr-access-desk key fingerprint v1"). */
    keyFingerprint: z.string().regex(/^[0-9a-f]{32}$/),
    /** Names the device secret's account in the keychain. */
    storeId: z.uuid(),
    environment: z.enum(['LIVE', 'TPLY']),
    /** The training store says so; its sign-in names are shown on the sign-in screen. */
    training: z.boolean(),
    trust: z.strictObject({ vpd: z.string().regex(/^\d{3}$/), name: z.string().min(1).max(200) }).readonly(),
    /** ISO UTC instant. */
    created: z.iso.datetime(),
  })
  .readonly();

/** What may be known of a store before its key is: no secret, nothing personal. */
export type SchemeRecord = z.infer<typeof schemeSchema>;
export type StoreEnvironment = SchemeRecord['environment'];

export type SchemeReading =
  | { readonly kind: 'present'; readonly record: SchemeRecord }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'newer' };

/** A record for a new store with this key. */
export function makeScheme(
  key: Uint8Array,
  about: Pick<SchemeRecord, 'storeId' | 'environment' | 'training' | 'trust' | 'created'>,
): SchemeRecord {
  return {
    version: 1,
    cipher: 'sqlcipher-4',
    kdf: { password: 'argon2id+hkdf-sha256', recovery: 'argon2id+hkdf-sha256' },
    keyFingerprint: keyFingerprint(key),
    ...about,
  };
}

const SHA256_BLOCK = 64;

/**
 * Says whether a key is this store's without telling anything of the key: HMAC-SHA256 is one-way and the key is random. Put
 * together by hand (RFC 2104), because `createHmac` leaves copies of the key in memory that nobody can wipe: they were found
 * there after a lock.
 */
export function keyFingerprint(key: Uint8Array): string {
  if (key.length > SHA256_BLOCK) throw new Error('a data key is no longer than one block of SHA-256');
  const pad = secretBytes(SHA256_BLOCK);
  const over = (mask: number, rest: Uint8Array | string): Buffer => {
    for (let i = 0; i < SHA256_BLOCK; i += 1) pad[i] = (key[i] ?? 0) ^ mask;
    return createHash('sha256').update(pad).update(rest).digest();
  };
  try {
    const digest = over(0x5c, over(0x36, 'esr-access-desk key fingerprint v1'));
    return digest.subarray(0, 16).toString('hex');
  } finally {
    pad.fill(0);
  }
}

/** For `isRecordedKey` of openStore; compares in constant time. */
export function isRecordedKey(record: SchemeRecord, key: Uint8Array): boolean {
  return timingSafeEqual(Buffer.from(keyFingerprint(key), 'hex'), Buffer.from(record.keyFingerprint, 'hex'));
}

export function readScheme(file: string): SchemeReading {
  const reading = readKeyFile(file, schemeSchema, 1);
  return reading.kind === 'present' ? { kind: 'present', record: reading.value } : reading;
}

/** Throws KeyFileError. */
export function writeScheme(file: string, record: SchemeRecord): void {
  writeKeyFile(file, record);
}
