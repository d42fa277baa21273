/** The data key, sealed once for each way in. Lies beside the store as keyring.json; holds no username and no secret. */
export interface Keyring {
  readonly version: 1;
  readonly storeId: string;
  readonly wraps: readonly KeyWrap[];
}

export interface KeyWrap {
  /** 'recovery', or a person's wrap id (see `personWrapId`). */
  readonly id: string;
  readonly kind: 'password' | 'recovery';
  readonly kdf: {
    readonly name: 'argon2id';
    readonly memoryKiB: number;
    readonly passes: number;
    readonly lanes: number;
    /** base64url, 16 bytes. */
    readonly salt: string;
  };
  /** base64url, 12 bytes. */
  readonly iv: string;
  /** base64url, 48 bytes: the sealed key and the tag. */
  readonly sealed: string;
}

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

export function createDataKey(): Uint8Array {
  throw new Error('to come');
}

/** 24 words of BIP-39's English list, 256 bits. Shown once and confirmed, never stored. */
export function createRecoveryPhrase(): string {
  throw new Error('to come');
}

export function emptyKeyring(_storeId: string): Keyring {
  throw new Error('to come');
}

/** HMAC-SHA256(device secret, "user:" + lower-case username), base64url: finds a person's wrap without naming them. */
export function personWrapId(_deviceSecret: Uint8Array, _username: string): string {
  throw new Error('to come');
}

/** Adds the person's wrap, or replaces the one they have. */
export async function setPasswordWrap(
  _ring: Keyring,
  _key: Uint8Array,
  _person: PersonWrap,
): Promise<Keyring> {
  throw new Error('to come');
}

/** Sets the one recovery wrap, replacing an earlier phrase. */
export async function setRecoveryWrap(_ring: Keyring, _key: Uint8Array, _phrase: string): Promise<Keyring> {
  throw new Error('to come');
}

export function removeWrap(_ring: Keyring, _wrapId: string): Keyring {
  throw new Error('to come');
}

/** After recovery on another machine: people's wraps were bound to the lost device secret and open nothing any more. */
export function removePeople(_ring: Keyring): Keyring {
  throw new Error('to come');
}

export async function unwrapWithPassword(_ring: Keyring, _person: PersonWrap): Promise<Unwrapped> {
  throw new Error('to come');
}

export async function unwrapWithPhrase(_ring: Keyring, _phrase: string): Promise<Unwrapped> {
  throw new Error('to come');
}

export function readKeyring(_file: string): KeyringReading {
  throw new Error('to come');
}

export function writeKeyring(_file: string, _ring: Keyring): void {
  throw new Error('to come');
}
