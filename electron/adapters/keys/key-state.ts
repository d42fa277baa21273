import type { SchemeRecord } from './scheme-record.ts';

/** Every state the store's keys can be in; each has its own screen. */
export type KeyState =
  | { readonly state: 'no-store' }
  | { readonly state: 'ready'; readonly scheme: SchemeRecord }
  | { readonly state: 'keychain-unavailable'; readonly scheme: SchemeRecord; readonly reason: string }
  | { readonly state: 'keychain-locked'; readonly scheme: SchemeRecord }
  | { readonly state: 'device-secret-missing'; readonly scheme: SchemeRecord }
  | { readonly state: 'keyring-missing'; readonly scheme: SchemeRecord }
  | { readonly state: 'scheme-missing' }
  | { readonly state: 'store-damaged'; readonly scheme: SchemeRecord | null }
  | { readonly state: 'store-newer' }
  | {
      readonly state: 'store-in-use';
      readonly scheme: SchemeRecord | null;
      readonly holder: KeyHolder | null;
    }
  | { readonly state: 'open'; readonly scheme: SchemeRecord };

export interface KeyHolder {
  readonly host: string;
  readonly user: string;
  readonly pid: number;
  readonly since: string;
}

export interface KeyStatePorts {
  /** Has this process the store open? */
  readonly isOpen: () => boolean;
  /** Who else has it (`readStoreHolder` of db/store-lock.ts); false when nobody. */
  readonly heldBy: (storeFile: string) => KeyHolder | null | false;
  readonly keychain: { readonly readDeviceSecret: import('./keychain.ts').Keychain['readDeviceSecret'] };
}

/** Names of what lies in the store's folder. */
export const STORE_FILES = {
  store: 'store.db',
  scheme: 'scheme.json',
  keyring: 'keyring.json',
  attempts: 'attempts.json',
  backups: 'backups',
} as const;

/** Decides which screen comes first, without any key. Never makes, mends or deletes anything. */
export async function readKeyState(_folder: string, _ports: KeyStatePorts): Promise<KeyState> {
  throw new Error('to come');
}
