import { createHmac, randomBytes, randomFillSync } from 'node:crypto';
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { z } from 'zod';
import { readKeyFile, writeKeyFile } from './key-file.ts';
import { type DerivedFrom, newKdf, openSealedKey, type Stretching, sealKey } from './seal.ts';
import { secretBytes } from './secret-bytes.ts';

/** 2: wraps of cards. */
const KEYRING_VERSION = 2;
export const CARD_SALT_BYTES = 32;

const bytes = (length: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/)
    .refine((text) => Buffer.from(text, 'base64url').length === length);

const secretWrapSchema = z
  .strictObject({
    /** 'recovery', or a person's wrap id (see `personWrapId`). */
    id: z.union([z.literal('recovery'), bytes(32)]),
    kind: z.enum(['password', 'recovery']),
    kdf: z
      .strictObject({
        name: z.literal('argon2id'),
        // Bounds, so that an altered file can neither weaken the derivation nor ask for all the memory there is.
        memoryKiB: z.int().min(65_536).max(1_048_576),
        passes: z.int().min(3).max(10),
        lanes: z.int().min(1).max(8),
        salt: bytes(16),
      })
      .readonly(),
    iv: bytes(12),
    /** The sealed key (32 bytes) and the tag (16). */
    sealed: bytes(48),
  })
  .readonly()
  .refine((wrap) => (wrap.kind === 'recovery') === (wrap.id === 'recovery'));

const cardWrapSchema = z
  .strictObject({
    /** See `cardWrapId`. */
    id: bytes(32),
    kind: z.literal('card'),
    /** Which of the card's keys, without naming it: a renewed certificate with another key is told apart by it. */
    key: bytes(32),
    binding: z.enum(['signature', 'device']),
    salt: bytes(CARD_SALT_BYTES),
    iv: bytes(12),
    sealed: bytes(48),
  })
  .readonly();

const idsDiffer = (ring: { readonly wraps: readonly { readonly id: string }[] }): boolean =>
  new Set(ring.wraps.map((wrap) => wrap.id)).size === ring.wraps.length;

const keyringSchema = z
  .strictObject({
    version: z.literal(KEYRING_VERSION),
    storeId: z.uuid(),
    wraps: z
      .array(z.union([secretWrapSchema, cardWrapSchema]))
      .max(500)
      .readonly(),
  })
  .readonly()
  .refine(idsDiffer);

/** Before there were cards. Written again as the present version with the next change. */
const firstKeyringSchema = z
  .strictObject({
    version: z.literal(1),
    storeId: z.uuid(),
    wraps: z.array(secretWrapSchema).max(500).readonly(),
  })
  .refine(idsDiffer)
  .transform((ring): Keyring => ({ ...ring, version: KEYRING_VERSION }));

/** The data key, sealed once for each way in. Lies beside the store as keyring.json; holds no username and no secret. */
export type Keyring = z.infer<typeof keyringSchema>;
export type KeyWrap = Keyring['wraps'][number];
export type CardWrap = z.infer<typeof cardWrapSchema>;
type SecretWrap = z.infer<typeof secretWrapSchema>;

export type KeyringReading =
  | { readonly kind: 'present'; readonly keyring: Keyring }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'newer' };

/** The caller zeroes `key` when done. */
export type Unwrapped =
  | { readonly ok: true; readonly key: Uint8Array }
  /** refused: no such wrap, or not this password; the two take the same time and are not told apart. */
  | { readonly ok: false; readonly reason: 'refused' | 'not-a-phrase' };

export interface PersonWrap {
  readonly username: string;
  readonly password: string;
  readonly deviceSecret: Uint8Array;
}

/** 256 random bits: the store's raw key, so nothing stretches it and nothing can guess it. */
export function createDataKey(): Uint8Array {
  return randomFillSync(secretBytes(32));
}

/** 24 words of BIP-39's English list, 256 bits. Shown once and confirmed, never stored. */
export function createRecoveryPhrase(): string {
  const entropy = randomBytes(32);
  try {
    return entropyToMnemonic(entropy, wordlist);
  } finally {
    entropy.fill(0);
  }
}

export function emptyKeyring(storeId: string): Keyring {
  return { version: KEYRING_VERSION, storeId, wraps: [] };
}

/** HMAC-SHA256(device secret, "user:" + lower-case username), base64url: finds a person's wrap without naming them. */
export function personWrapId(deviceSecret: Uint8Array, username: string): string {
  const name = username.normalize('NFC').trim().toLowerCase();
  return createHmac('sha256', deviceSecret).update(`user:${name}`).digest('base64url');
}

/** Adds the person's wrap, or replaces the one they have. */
export async function setPasswordWrap(
  ring: Keyring,
  key: Uint8Array,
  person: PersonWrap,
  stretching: Stretching,
): Promise<Keyring> {
  const id = personWrapId(person.deviceSecret, person.username);
  const secret = passwordBytes(person.password);
  try {
    const from = { secret, bound: person.deviceSecret };
    return await setWrap(ring, key, { id, kind: 'password' }, from, stretching);
  } finally {
    secret.fill(0);
  }
}

/** Sets the one recovery wrap, replacing an earlier phrase. Throws when the words are no BIP-39 phrase of 256 bits. */
export async function setRecoveryWrap(
  ring: Keyring,
  key: Uint8Array,
  phrase: string,
  stretching: Stretching,
): Promise<Keyring> {
  const secret = phraseEntropy(phrase);
  if (secret === null) throw new Error('Not a recovery phrase of 24 words.');
  try {
    return await setWrap(
      ring,
      key,
      { id: 'recovery', kind: 'recovery' },
      { secret, bound: null },
      stretching,
    );
  } finally {
    secret.fill(0);
  }
}

export function removeWrap(ring: Keyring, wrapId: string): Keyring {
  return { ...ring, wraps: ring.wraps.filter((wrap) => wrap.id !== wrapId) };
}

/** After recovery on another machine: people's wraps were bound to the lost device secret and open nothing any more. */
export function removePeople(ring: Keyring): Keyring {
  return { ...ring, wraps: ring.wraps.filter((wrap) => wrap.kind === 'recovery') };
}

/** `stretching`: what is done for somebody without a wrap. One that is there is opened by the figures it was made with. */
export async function unwrapWithPassword(
  ring: Keyring,
  person: PersonWrap,
  stretching: Stretching,
): Promise<Unwrapped> {
  const id = personWrapId(person.deviceSecret, person.username);
  const secret = passwordBytes(person.password);
  try {
    return await unwrap(ring, { id, kind: 'password' }, { secret, bound: person.deviceSecret }, stretching);
  } finally {
    secret.fill(0);
  }
}

/** The phrase is not bound to the device: it alone opens the store on a new machine. `stretching`: as for a password. */
export async function unwrapWithPhrase(
  ring: Keyring,
  phrase: string,
  stretching: Stretching,
): Promise<Unwrapped> {
  const secret = phraseEntropy(phrase);
  if (secret === null) return { ok: false, reason: 'not-a-phrase' };
  try {
    return await unwrap(ring, { id: 'recovery', kind: 'recovery' }, { secret, bound: null }, stretching);
  } finally {
    secret.fill(0);
  }
}

export function readKeyring(file: string): KeyringReading {
  const reading = readKeyFile(file, z.union([keyringSchema, firstKeyringSchema]), KEYRING_VERSION);
  return reading.kind === 'present' ? { kind: 'present', keyring: reading.value } : reading;
}

/** Throws KeyFileError. */
export function writeKeyring(file: string, ring: Keyring): void {
  writeKeyFile(file, ring);
}

type WrapName = Pick<SecretWrap, 'id' | 'kind'>;

async function setWrap(
  ring: Keyring,
  key: Uint8Array,
  name: WrapName,
  from: DerivedFrom,
  stretching: Stretching,
): Promise<Keyring> {
  const about = { ...name, storeId: ring.storeId, kdf: newKdf(stretching) };
  const wrap: SecretWrap = { ...name, kdf: about.kdf, ...(await sealKey(key, about, from)) };
  return { ...ring, wraps: [...removeWrap(ring, name.id).wraps, wrap] };
}

async function unwrap(
  ring: Keyring,
  name: WrapName,
  from: DerivedFrom,
  stretching: Stretching,
): Promise<Unwrapped> {
  const wrap = ring.wraps.find((each): each is SecretWrap => each.id === name.id && each.kind === name.kind);
  // Without a wrap the same work is done on nothing, so that the time does not tell who has an account.
  const tried = wrap ?? { ...name, kdf: newKdf(stretching), iv: 'A'.repeat(16), sealed: 'A'.repeat(64) };
  const key = await openSealedKey(tried, { ...name, storeId: ring.storeId, kdf: tried.kdf }, from);
  return key === null ? { ok: false, reason: 'refused' } : { ok: true, key };
}

/** NFC, as RFC 8265's OpaqueString: the same password typed on another keyboard gives the same bytes. */
function passwordBytes(password: string): Buffer {
  return Buffer.from(password.normalize('NFC'), 'utf8');
}

function phraseEntropy(phrase: string): Uint8Array | null {
  const words = phrase.normalize('NFKD').trim().toLowerCase().split(/\s+/);
  if (words.length !== 24) return null;
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch {
    return null; // a word that is not in the list, or a checksum that does not fit
  }
}
