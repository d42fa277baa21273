import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { secretBytes } from './secret-bytes.ts';

export interface Kdf {
  readonly name: 'argon2id';
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
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

/** RFC 9106, section 4, second recommended option: t=3, p=4, m=64 MiB, 128-bit salt, 256-bit tag. */
export function newKdf(): Kdf {
  return {
    name: 'argon2id',
    memoryKiB: 65_536,
    passes: 3,
    lanes: 4,
    salt: randomBytes(16).toString('base64url'),
  };
}

export async function sealKey(
  key: Uint8Array,
  about: SealedAbout,
  from: DerivedFrom,
): Promise<{ readonly iv: string; readonly sealed: string }> {
  const sealingKey = await derive(about, from);
  try {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', sealingKey, iv).setAAD(boundTo(about));
    const sealed = Buffer.concat([cipher.update(key), cipher.final(), cipher.getAuthTag()]);
    return { iv: iv.toString('base64url'), sealed: sealed.toString('base64url') };
  } finally {
    sealingKey.fill(0);
  }
}

/** The 32 bytes, or null when the secret, the device or anything the seal is bound to is another. */
export async function openSealedKey(
  seal: { readonly iv: string; readonly sealed: string },
  about: SealedAbout,
  from: DerivedFrom,
): Promise<Uint8Array | null> {
  const sealingKey = await derive(about, from);
  const key = secretBytes(32);
  try {
    const bytes = Buffer.from(seal.sealed, 'base64url');
    const iv = Buffer.from(seal.iv, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, iv, { authTagLength: 16 });
    decipher.setAAD(boundTo(about)).setAuthTag(bytes.subarray(32));
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
