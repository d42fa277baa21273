import { createHash, timingSafeEqual } from 'node:crypto';
import type { SchemeRecord } from '../../adapters/keys/scheme-record.ts';

const BLOCK = 64;

/**
 * The scheme record's fingerprint (HMAC-SHA256, RFC 2104) without `createHmac`, which leaves copies of the data key in memory
 * that nobody can wipe: they were found there after a lock.
 */
export function keyFingerprint(key: Uint8Array): string {
  const pad = Buffer.alloc(BLOCK);
  const over = (mask: number, rest: Uint8Array | string): Buffer => {
    for (let i = 0; i < BLOCK; i += 1) pad[i] = (key[i] ?? 0) ^ mask;
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
