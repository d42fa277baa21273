import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Keychain } from './keychain.ts';
import { readScheme, type SchemeRecord } from './scheme-record.ts';
import { readKeyring } from './wraps.ts';

/** Every state the store's keys can be in; each has its own screen. */
export type KeyState =
  | { readonly state: 'no-store' }
  | { readonly state: 'ready'; readonly scheme: SchemeRecord }
  | { readonly state: 'keychain-unavailable'; readonly scheme: SchemeRecord; readonly reason: string }
  | { readonly state: 'keychain-locked'; readonly scheme: SchemeRecord }
  | { readonly state: 'device-secret-missing'; readonly scheme: SchemeRecord }
  | { readonly state: 'keyring-missing'; readonly scheme: SchemeRecord }
  | { readonly state: 'scheme-missing' }
  | { readonly state: 'store-missing'; readonly scheme: SchemeRecord | null }
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
  /** ISO UTC instant. */
  readonly since: string;
}

export interface KeyStatePorts {
  /** Has this process the store open? */
  readonly isOpen: () => boolean;
  /** Who else has it (`readStoreHolder` of db/connection.ts); 'unnamed' when it left no name, null when nobody has it. */
  readonly heldBy: (storeFile: string) => KeyHolder | 'unnamed' | null;
  readonly keychain: Pick<Keychain, 'readDeviceSecret'>;
}

/** Names of what lies in the store's folder. */
export const STORE_FILES = {
  store: 'store.db',
  scheme: 'scheme.json',
  keyring: 'keyring.json',
  attempts: 'attempts.json',
  cards: 'cards.json',
  backups: 'backups',
} as const;

/** Decides which screen comes first, without any key. Never makes, mends or deletes anything. */
export async function readKeyState(folder: string, ports: KeyStatePorts): Promise<KeyState> {
  const found = readFiles(folder);
  if (found.kind === 'nothing') return { state: 'no-store' };
  const { store, scheme } = found;
  const record = scheme.kind === 'present' ? scheme.record : null;
  if (ports.isOpen() && record !== null) return { state: 'open', scheme: record };
  const holder = found.storeThere ? ports.heldBy(store) : null;
  if (holder !== null) {
    return { state: 'store-in-use', scheme: record, holder: holder === 'unnamed' ? null : holder };
  }
  if (scheme.kind === 'newer') return { state: 'store-newer' };
  // An emptied file is there, and damaged.
  if (!found.storeThere)
    return { state: existsSync(store) ? 'store-damaged' : 'store-missing', scheme: record };
  if (record === null) return { state: 'scheme-missing' };
  const keyring = readKeyring(join(folder, STORE_FILES.keyring));
  if (keyring.kind === 'newer') return { state: 'store-newer' };
  // A keyring of another store opens nothing here, so it is as good as none.
  if (keyring.kind !== 'present' || keyring.keyring.storeId !== record.storeId) {
    return { state: 'keyring-missing', scheme: record };
  }
  return await askKeychain(record, ports.keychain);
}

type Found =
  | { readonly kind: 'nothing' }
  | {
      readonly kind: 'something';
      readonly store: string;
      /** A store file with something in it; an empty one is damage, never a new store. */
      readonly storeThere: boolean;
      readonly scheme: ReturnType<typeof readScheme>;
    };

/** Only looks at the store's size: opening and closing it here would drop the locks SQLite holds on it in this process. */
function readFiles(folder: string): Found {
  const path = (name: string): string => join(folder, name);
  const store = path(STORE_FILES.store);
  const traces = [
    store,
    `${store}-wal`,
    path(STORE_FILES.scheme),
    path(STORE_FILES.keyring),
    `${store}.restore.json`,
  ];
  if (!traces.some((trace) => existsSync(trace))) return { kind: 'nothing' };
  const size = statSync(store, { throwIfNoEntry: false })?.size ?? 0;
  return { kind: 'something', store, storeThere: size > 0, scheme: readScheme(path(STORE_FILES.scheme)) };
}

async function askKeychain(scheme: SchemeRecord, keychain: KeyStatePorts['keychain']): Promise<KeyState> {
  const reading = await keychain.readDeviceSecret(scheme.storeId);
  switch (reading.state) {
    case 'present':
      reading.secret.fill(0);
      return { state: 'ready', scheme };
    case 'absent':
      return { state: 'device-secret-missing', scheme };
    case 'locked':
      return { state: 'keychain-locked', scheme };
    case 'unavailable':
      return { state: 'keychain-unavailable', scheme, reason: reading.reason };
  }
}
