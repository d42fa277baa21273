import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { secretBytes } from './secret-bytes.ts';

/** What one guess at a password or a phrase costs. */
export interface Stretching {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface Kdf extends Stretching {
  readonly name: 'argon2id';
  /** base64url, 16 bytes. */
  readonly salt: string;
}

/** What the seal is bound to: changing any of it makes the seal fail to open. */
export interface SealedAbout {
  readonly storeId: string;
  readonly id: string;
  readonly kind: 'password' | 'recovery';
  readonly kdf: Kdf;
}

export interface DerivedFrom {
  readonly secret: Uint8Array;
  /** The device secret, or null where the seal must open on another machine. */
  readonly bound: Uint8Array | null;
}

const ARGON2ID = 2;

/**
 * RFC 9106, section 4: three passes, four lanes, 128-bit salt, 256-bit tag, and memory for what a PC can spare (see
 * docs/decisions/0016): four times the 64 MiB of the option for machines with little.
 */
export const SHIPPED_STRETCHING: Stretching = { memoryKiB: 262_144, passes: 3, lanes: 4 };

/** A new salt for these figures. A wrap keeps the figures it was made with. */
export function newKdf({ memoryKiB, passes, lanes }: Stretching): Kdf {
  return { name: 'argon2id', memoryKiB, passes, lanes, salt: randomBytes(16).toString('base64url') };
}

/** What a card's seal is bound to. */
export interface CardSealAbout {
  readonly storeId: string;
  readonly id: string;
  /** Names the card's key; base64url. */
  readonly key: string;
  readonly binding: 'signature' | 'device';
  /** base64url, 32 bytes. */
  readonly salt: string;
}

export interface CardSealFrom {
  /** Null for the binding to the device alone. */
  readonly signature: Uint8Array | null;
  readonly deviceSecret: Uint8Array;
}

export interface Sealed {
  /** base64url, 12 bytes. */
  readonly iv: string;
  /** base64url: the key and the tag. */
  readonly sealed: string;
}

export async function sealKey(key: Uint8Array, about: SealedAbout, from: DerivedFrom): Promise<Sealed> {
  return sealWith(await derive(about, from), key, boundTo(about));
}

/** The 32 bytes, or null when the secret, the device or anything the seal is bound to is another. */
export async function openSealedKey(
  seal: Sealed,
  about: SealedAbout,
  from: DerivedFrom,
): Promise<Uint8Array | null> {
  return openWith(await derive(about, from), seal, boundTo(about));
}

export function sealForCard(key: Uint8Array, about: CardSealAbout, from: CardSealFrom): Sealed {
  return sealWith(deriveFromCard(about, from), key, boundToCard(about));
}

/** As `openSealedKey`. */
export function openCardSeal(seal: Sealed, about: CardSealAbout, from: CardSealFrom): Uint8Array | null {
  return openWith(deriveFromCard(about, from), seal, boundToCard(about));
}

/** Zeroes the sealing key. */
function sealWith(sealingKey: Buffer, key: Uint8Array, about: Buffer): Sealed {
  try {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(about);
    const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { iv: iv.toString('base64url'), sealed: sealed.toString('base64url') };
  } finally {
    sealingKey.fill(0);
  }
}

/** Zeroes the sealing key. */
function openWith(sealingKey: Buffer, seal: Sealed, about: Buffer): Uint8Array | null {
  const key = secretBytes(32);
  try {
    const bytes = Buffer.from(seal.sealed, 'base64url');
    const iv = Buffer.from(seal.iv, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, iv, { authTagLength: 16 });
    decipher.setAAD(about).setAuthTag(bytes.subarray(32));
    const opened = decipher.update(bytes.subarray(0, 32));
    opened.copy(key);
    opened.fill(0);
    decipher.final(); // throws when the tag does not fit; until then the bytes mean nothing
    return key;
  } catch {
    key.fill(0);
    return null;
  } finally {
    sealingKey.fill(0);
  }
}

/** Argon2id over the secret (on a thread of its own), then HKDF to mix in the device secret and name the purpose. */
async function derive({ kdf, kind }: SealedAbout, { secret, bound }: DerivedFrom): Promise<Buffer> {
  const stretched = await hashRaw(secret, {
    algorithm: ARGON2ID,
    memoryCost: kdf.memoryKiB,
    timeCost: kdf.passes,
    parallelism: kdf.lanes,
    salt: Buffer.from(kdf.salt, 'base64url'),
    outputLen: 32,
  });
  try {
    return Buffer.from(
      hkdfSync('sha256', stretched, bound ?? new Uint8Array(), `esr-access-desk wrap ${kind} v1`, 32),
    );
  } finally {
    stretched.fill(0);
  }
}

function boundTo({ storeId, id, kind, kdf }: SealedAbout): Buffer {
  const parts = [
    'esr-access-desk wrap v1',
    storeId,
    id,
    kind,
    kdf.name,
    kdf.memoryKiB,
    kdf.passes,
    kdf.lanes,
    kdf.salt,
  ];
  return Buffer.from(JSON.stringify(parts), 'utf8');
}

/**
 * Nothing is stretched: neither a card's RSA signature nor the device secret can be guessed. PKCS#1 v1.5 signs the same message alike
 * each time (RFC 8017, 8.2), so that the signature itself, which never leaves this PC and is kept nowhere, is the secret.
 */
function deriveFromCard({ salt }: CardSealAbout, { signature, deviceSecret }: CardSealFrom): Buffer {
  if (signature === null) {
    const own = Buffer.from(salt, 'base64url');
    return Buffer.from(hkdfSync('sha256', deviceSecret, own, 'esr-access-desk wrap card device v1', 32));
  }
  const secret = createHash('sha256').update(signature).digest();
  try {
    return Buffer.from(hkdfSync('sha256', secret, deviceSecret, 'esr-access-desk wrap card v1', 32));
  } finally {
    secret.fill(0);
  }
}

function boundToCard({ storeId, id, key, binding, salt }: CardSealAbout): Buffer {
  const parts = ['esr-access-desk wrap v1', storeId, id, 'card', key, binding, salt];
  return Buffer.from(JSON.stringify(parts), 'utf8');
}
