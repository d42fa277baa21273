import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { z } from 'zod';
import { readKeyFile, writeKeyFile } from './key-file.ts';

const refusedSchema = z
  .strictObject({
    /** ISO UTC instant. */
    at: z.iso.datetime(),
    /** As typed, or a card's UUID; sealed on disk. */
    username: z.string().max(200),
    reason: z.string().regex(/^[a-z-]{1,40}$/),
    way: z.enum(['password', 'recovery', 'card']),
  })
  .readonly();

/** A sign-in that was refused before the store was open, waiting to become a ledger event at the next sign-in. */
export type RefusedSignIn = z.infer<typeof refusedSchema>;

/** Names that are no way in are counted one by one up to here; ways in always are. */
export const MOST_STRANGERS = 200;
/** As many ways in as a keyring may have, and the strangers. */
export const MOST_PROVEN = 700;
/** With the longest names in their widest spelling they must stay within what key-file.ts reads. */
export const MOST_REFUSALS = 200;

const failures = z.int().min(0).max(1_000_000);
const countSchema = z
  .strictObject({
    failures,
    /** When the last was, in ms since the computer was started: the wall clock can be set, this cannot. */
    uptime: z.int().min(0),
  })
  .readonly();
export type Count = z.infer<typeof countSchema>;

const idSchema = z.string().max(64);
const shared = {
  refusals: z.array(z.string().max(2_000)).max(MOST_REFUSALS),
  lost: z.int().min(0),
  tampered: z.boolean(),
  mac: idSchema,
};
const fileSchema = z.strictObject({
  version: z.literal(2),
  /** Grows with each writing. The keychain remembers the highest it was told, so that an older file is known. */
  sequence: z.int().min(0),
  counts: z.record(idSchema, countSchema),
  /** Set when the file was found deleted, altered or put back: everybody starts from here. */
  floor: countSchema.nullable(),
  /** Wraps that were opened rightly since the floor was set. */
  proven: z.array(idSchema).max(MOST_PROVEN),
  ...shared,
});
export type AttemptsContent = Omit<z.infer<typeof fileSchema>, 'mac'>;

const firstCount = z.strictObject({ failures, last: z.iso.datetime() });
const firstSchema = z.strictObject({
  version: z.literal(1),
  counts: z.record(idSchema, firstCount),
  floor: firstCount.nullable(),
  proven: z.array(idSchema).max(200),
  ...shared,
});
type FirstContent = Omit<z.infer<typeof firstSchema>, 'mac'>;

export interface AttemptsKeys {
  readonly mac: Buffer;
  readonly seal: Buffer;
}

export function attemptsKeys(storeId: string, deviceSecret: Uint8Array): AttemptsKeys {
  const key = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', deviceSecret, storeId, `esr-access-desk ${purpose} v1`, 32));
  return { mac: key('attempts'), seal: key('refused sign-ins') };
}

export const emptyAttempts = (sequence: number): AttemptsContent => ({
  version: 2,
  sequence,
  counts: {},
  floor: null,
  proven: [],
  refusals: [],
  lost: 0,
  tampered: false,
});

/** Throws KeyFileError. */
export function saveAttempts(file: string, keys: AttemptsKeys, content: AttemptsContent): void {
  writeKeyFile(file, { ...content, mac: macOf(keys.mac, content).toString('base64url') });
}

/**
 * Null for a file that is missing or not ours. One of the first version, which counted by the wall clock, is read as if its last
 * wrong tries were now: `fresh` says that it must be written before it is read again.
 */
export function loadAttempts(
  file: string,
  keys: AttemptsKeys,
  uptime: number,
): { readonly content: AttemptsContent; readonly fresh: boolean } | null {
  const reading = readKeyFile(file, z.union([fileSchema, firstSchema]), 2);
  if (reading.kind !== 'present') return null;
  const { mac, ...content } = reading.value;
  const seen = Buffer.from(mac, 'base64url');
  const expected = macOf(keys.mac, content);
  if (seen.length !== expected.length || !timingSafeEqual(seen, expected)) return null;
  return content.version === 1
    ? { content: fromFirst(content, uptime), fresh: true }
    : { content, fresh: false };
}

function fromFirst(first: FirstContent, uptime: number): AttemptsContent {
  const { proven, refusals, lost, tampered } = first;
  const now = (count: { readonly failures: number }): Count => ({ failures: count.failures, uptime });
  const counts = Object.fromEntries(Object.entries(first.counts).map(([id, count]) => [id, now(count)]));
  const floor = first.floor === null ? null : now(first.floor);
  return { version: 2, sequence: 0, counts, floor, proven, refusals, lost, tampered };
}

function macOf(key: Buffer, content: AttemptsContent | FirstContent): Buffer {
  const { version, floor, proven, refusals, lost, tampered } = content;
  const fields = (count: Count | z.infer<typeof firstCount>) => [
    count.failures,
    'last' in count ? count.last : count.uptime,
  ];
  const sorted = Object.entries<Parameters<typeof fields>[0]>(content.counts).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const counts = sorted.map(([id, count]) => [id, ...fields(count)]);
  const floorParts = floor === null ? null : fields(floor);
  const parts = [version, counts, floorParts, proven, refusals, lost, tampered];
  if (content.version === 2) parts.push(content.sequence);
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

/** Throws for a refusal that could not be read again. */
export function sealRefusal(key: Buffer, refusal: RefusedSignIn): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  // The name may have been a password typed into the wrong box; it is kept no longer than a username can be.
  const words = JSON.stringify(refusedSchema.parse({ ...refusal, username: refusal.username.slice(0, 200) }));
  return Buffer.concat([iv, cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

export function openRefusal(key: Buffer, sealed: string): RefusedSignIn | null {
  try {
    const bytes = Buffer.from(sealed, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(-16));
    const words = Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString(
      'utf8',
    );
    return refusedSchema.parse(JSON.parse(words));
  } catch {
    return null;
  }
}
