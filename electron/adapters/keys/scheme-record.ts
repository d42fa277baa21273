export type StoreEnvironment = 'LIVE' | 'TPLY';

/** What may be known of a store before its key is: no secret, nothing personal. */
export interface SchemeRecord {
  readonly version: 1;
  readonly cipher: 'sqlcipher-4';
  readonly kdf: { readonly password: 'argon2id+hkdf-sha256'; readonly recovery: 'argon2id+hkdf-sha256' };
  /** Hex of the first 16 bytes of HMAC-SHA256(data key, "esr-access-desk key fingerprint v1"). */
  readonly keyFingerprint: string;
  /** UUID; names the device secret's account in the keychain. */
  readonly storeId: string;
  readonly environment: StoreEnvironment;
  /** The training store says so; its sign-in names are shown on the sign-in screen. */
  readonly training: boolean;
  readonly trust: { readonly vpd: string; readonly name: string };
  /** ISO UTC instant. */
  readonly created: string;
}

export type SchemeReading =
  | { readonly kind: 'present'; readonly record: SchemeRecord }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'newer' };

export function keyFingerprint(_key: Uint8Array): string {
  throw new Error('to come');
}

/** For `isRecordedKey` of openStore; compares in constant time. */
export function isRecordedKey(_record: SchemeRecord, _key: Uint8Array): boolean {
  throw new Error('to come');
}

export function readScheme(_file: string): SchemeReading {
  throw new Error('to come');
}

export function writeScheme(_file: string, _record: SchemeRecord): void {
  throw new Error('to come');
}
