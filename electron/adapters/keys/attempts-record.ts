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
    /** As typed; sealed on disk. */
    username: z.string().max(200),
    reason: z.enum(['refused', 'throttled', 'not-a-phrase']),
    way: z.enum(['password', 'recovery']),
  })
  .readonly();

/** A sign-in that was refused before the store was open, waiting to become a ledger event at the next sign-in. */
export type RefusedSignIn = z.infer<typeof refusedSchema>;

export interface AttemptState {
  /** Wrong tries since the last right one, or LOCKED_AT when the record was tampered with. */
  readonly failures: number;
  /** ISO UTC instant before which no attempt is taken; null when one may be made now. */
  readonly waitUntil: string | null;
  readonly locked: boolean;
}

export interface AttemptsRecord {
  readonly stateOf: (wrapId: string, now: string) => AttemptState;
  /**
   * On disk before it answers: a kill right after a wrong try does not take it back. Throws KeyFileError.
   * Count a try before the password is derived and take it back with `recordSuccess`: many tries sent at once would
   * otherwise all be let through before the first is counted.
   */
  readonly recordFailure: (wrapId: string, now: string) => AttemptState;
  readonly recordSuccess: (wrapId: string) => void;
  readonly queueRefusal: (refusal: RefusedSignIn) => void;
  /** `lost`: refusals that were queued and cannot be read any more. `tampered`: the file was deleted or altered. */
  readonly readRefusals: () => {
    readonly refusals: readonly RefusedSignIn[];
    readonly lost: number;
    readonly tampered: boolean;
  };
  /** Call when the ledger events are committed. */
  readonly clearRefusals: () => void;
}

/** From so many wrong tries on, each further one costs the longest wait. */
export const LOCKED_AT = 10;
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
const MOST_COUNTS = 200;
/** With the longest names in their widest spelling they must stay within what key-file.ts reads. */
const MOST_REFUSALS = 200;
/** Where tries are counted once so many different names were tried that no more are kept one by one. */
const OVERFLOW = 'overflow';

const countSchema = z
  .strictObject({ failures: z.int().min(0).max(1_000_000), last: z.iso.datetime() })
  .readonly();
type Count = z.infer<typeof countSchema>;

const fileSchema = z.strictObject({
  version: z.literal(1),
  counts: z.record(z.string().max(64), countSchema),
  /** Set when the file was found deleted or altered: everybody starts from here. */
  floor: countSchema.nullable(),
  /** Wraps that were opened rightly since the floor was set. */
  proven: z.array(z.string().max(64)).max(MOST_COUNTS),
  refusals: z.array(z.string().max(2_000)).max(MOST_REFUSALS),
  lost: z.int().min(0),
  tampered: z.boolean(),
  mac: z.string().max(64),
});
type Content = Omit<z.infer<typeof fileSchema>, 'mac'>;

/** Made together with the keyring, so that a missing file later is a sign of tampering and not of a first start. */
export function createAttemptsFile(file: string, storeId: string, deviceSecret: Uint8Array): void {
  save(file, keysOf(storeId, deviceSecret), empty());
}

/** Opens the record; a file that is missing or not ours counts as locked for everybody, never as a fresh start. */
export function openAttemptsRecord(
  file: string,
  storeId: string,
  deviceSecret: Uint8Array,
  now: string,
): AttemptsRecord {
  const keys = keysOf(storeId, deviceSecret);
  // Read anew each time: of two tries at once, each with a record of its own, neither may write over the other's count.
  const read = (): Content => load(file, keys) ?? tamperedWith(now);
  const change = (next: (content: Content) => Content): Content => {
    const content = next(read());
    save(file, keys, content);
    return content;
  };
  if (read().tampered) change((content) => content);

  return {
    stateOf: (wrapId, at) => stateFrom(read(), wrapId, at),
    recordFailure: (wrapId, at) =>
      stateFrom(
        change((content) => withFailure(content, wrapId, at)),
        wrapId,
        at,
      ),
    recordSuccess: (wrapId) => void change((content) => withSuccess(content, wrapId)),
    queueRefusal: (refusal) => void change((content) => withRefusal(content, keys.seal, refusal)),
    readRefusals: () => {
      const content = read();
      const opened = content.refusals.map((sealed) => openRefusal(keys.seal, sealed));
      const refusals = opened.filter((each) => each !== null);
      return { refusals, lost: content.lost + opened.length - refusals.length, tampered: content.tampered };
    },
    clearRefusals: () => void change((content) => ({ ...content, refusals: [], lost: 0, tampered: false })),
  };
}

/** How long after the n-th wrong try the next is taken, in ms: 0, 0, 5 s, doubling, at most 15 min. */
export function waitAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  if (failures >= LOCKED_AT) return LONGEST_WAIT_MS;
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES), LONGEST_WAIT_MS);
}

const empty = (): Content => ({
  version: 1,
  counts: {},
  floor: null,
  proven: [],
  refusals: [],
  lost: 0,
  tampered: false,
});
const tamperedWith = (now: string): Content => ({
  ...empty(),
  floor: { failures: LOCKED_AT, last: now },
  tampered: true,
});

const NO_COUNT: Count = { failures: 0, last: '1970-01-01T00:00:00.000Z' };

function stateFrom(content: Content, wrapId: string, now: string): AttemptState {
  const counts = [
    content.counts[wrapId] ?? content.counts[OVERFLOW] ?? NO_COUNT,
    content.proven.includes(wrapId) ? NO_COUNT : (content.floor ?? NO_COUNT),
  ];
  const at = Date.parse(now);
  const live = counts.filter((count) => Math.abs(at - Date.parse(count.last)) < FORGOTTEN_AFTER_MS);
  const failures = Math.max(0, ...live.map((count) => count.failures));
  // A clock that was wrong by less than a day costs at most that; by more, the count is forgotten with it.
  const until = Math.max(0, ...live.map((count) => Date.parse(count.last) + waitAfter(count.failures)));
  return {
    failures,
    waitUntil: until > at ? new Date(until).toISOString() : null,
    locked: failures >= LOCKED_AT,
  };
}

function withFailure(content: Content, wrapId: string, now: string): Content {
  const recent = Object.entries(content.counts).filter(
    ([, count]) => Math.abs(Date.parse(now) - Date.parse(count.last)) < FORGOTTEN_AFTER_MS,
  );
  const counts: Record<string, Count> = Object.fromEntries(recent);
  // Nobody's count is pushed out by trying many names: past the limit, new names share one count.
  const id = counts[wrapId] !== undefined || recent.length < MOST_COUNTS ? wrapId : OVERFLOW;
  const failures = stateFrom(content, id, now).failures + 1;
  return { ...content, counts: { ...counts, [id]: { failures, last: now } } };
}

function withSuccess(content: Content, wrapId: string): Content {
  const { [wrapId]: _own, [OVERFLOW]: _shared, ...counts } = content.counts;
  const proven = content.floor === null ? [] : [...new Set([...content.proven, wrapId])].slice(-MOST_COUNTS);
  return { ...content, counts, proven };
}

function withRefusal(content: Content, key: Buffer, refusal: RefusedSignIn): Content {
  if (content.refusals.length >= MOST_REFUSALS) return { ...content, lost: content.lost + 1 };
  return { ...content, refusals: [...content.refusals, sealRefusal(key, refusal)] };
}

interface Keys {
  readonly mac: Buffer;
  readonly seal: Buffer;
}

function keysOf(storeId: string, deviceSecret: Uint8Array): Keys {
  const key = (purpose: string): Buffer =>
    Buffer.from(hkdfSync('sha256', deviceSecret, storeId, `esr-access-desk ${purpose} v1`, 32));
  return { mac: key('attempts'), seal: key('refused sign-ins') };
}

function macOf(key: Buffer, content: Content): Buffer {
  const { version, counts, floor, proven, refusals, lost, tampered } = content;
  const sorted = Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
  const floorParts = floor === null ? null : [floor.failures, floor.last];
  const parts = [
    version,
    sorted.map(([id, c]) => [id, c.failures, c.last]),
    floorParts,
    proven,
    refusals,
    lost,
    tampered,
  ];
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest();
}

function save(file: string, keys: Keys, content: Content): void {
  writeKeyFile(file, { ...content, mac: macOf(keys.mac, content).toString('base64url') });
}

function load(file: string, keys: Keys): Content | null {
  const reading = readKeyFile(file, fileSchema, 1);
  if (reading.kind !== 'present') return null;
  const { mac, ...content } = reading.value;
  const seen = Buffer.from(mac, 'base64url');
  const expected = macOf(keys.mac, content);
  return seen.length === expected.length && timingSafeEqual(seen, expected) ? content : null;
}

function sealRefusal(key: Buffer, refusal: RefusedSignIn): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  // The name may have been a password typed into the wrong box; it is kept no longer than a username can be.
  const words = JSON.stringify({ ...refusal, username: refusal.username.slice(0, 200) });
  return Buffer.concat([iv, cipher.update(words, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64url',
  );
}

function openRefusal(key: Buffer, sealed: string): RefusedSignIn | null {
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
