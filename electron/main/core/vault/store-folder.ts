import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_FILES } from '../../../adapters/keys/key-state.ts';
import { createKeychain, type Keychain, type KeychainPort } from '../../../adapters/keys/keychain.ts';
import { readScheme, type SchemeRecord } from '../../../adapters/keys/scheme-record.ts';
import { type Keyring, readKeyring } from '../../../adapters/keys/wraps.ts';
import type { StoreName } from '../../../contract/session.contract.ts';
import type { StoreDescription } from '../../../services/ground/open-store.ts';
import { ServiceError } from '../../../services/ground/service-error.ts';
import { KEYCHAIN_WORDS } from '../key-state-words.ts';

/** Every path of one store: the file itself and what lies beside it. */
export const filesIn = (folder: string) => ({
  store: join(folder, STORE_FILES.store),
  scheme: join(folder, STORE_FILES.scheme),
  keyring: join(folder, STORE_FILES.keyring),
  attempts: join(folder, STORE_FILES.attempts),
  cards: join(folder, STORE_FILES.cards),
  backups: join(folder, STORE_FILES.backups),
  beforeMigration: join(folder, 'before-migration'),
  /** A training store whose sample is still being loaded, or whose loading was cut short, does not count as one. */
  loadingMark: join(folder, 'loading'),
});

export const isStoreThere = (folder: string): boolean =>
  existsSync(folder) && !existsSync(filesIn(folder).loadingMark);

/** What the scheme record says of a store, or what its place alone says where the record cannot be read. */
export function describeStore(name: StoreName, folder: string): StoreDescription {
  const reading = readScheme(filesIn(folder).scheme);
  if (reading.kind === 'present') return descriptionOf(name, reading.record);
  return name === 'training'
    ? { name, trustName: 'Sample Trust (training)', vpd: '', environment: 'TPLY' }
    : { name, trustName: 'This trust', vpd: '', environment: 'LIVE' };
}

export const descriptionOf = (name: StoreName, { trust, environment }: SchemeRecord): StoreDescription => ({
  name,
  trustName: trust.name,
  vpd: trust.vpd,
  environment,
});

/** Everything that lies beside the store, or the refusal that its own screen explains. */
export function readBeside(folder: string): { readonly scheme: SchemeRecord; readonly keyring: Keyring } {
  const files = filesIn(folder);
  const scheme = readScheme(files.scheme);
  const keyring = readKeyring(files.keyring);
  if (scheme.kind !== 'present' || keyring.kind !== 'present') {
    throw new ServiceError(
      'KEY_STATE',
      'A file beside the store is missing or damaged. Restore a backup with the recovery phrase.',
    );
  }
  return { scheme: scheme.record, keyring: keyring.keyring };
}

export type KeychainFor = (folder: string) => Keychain;

/** The keychain as seen from one store: it makes no new secret where a store is there. */
export const keychains =
  (port: () => Promise<KeychainPort>): KeychainFor =>
  (folder) =>
    createKeychain({ port, storeExists: () => existsSync(filesIn(folder).store) });

/** The store's device secret; the caller zeroes it. Throws KEY_STATE where the keychain does not give it. */
export async function deviceSecret(keychain: Keychain, storeId: string): Promise<Uint8Array> {
  const reading = await keychain.readDeviceSecret(storeId);
  switch (reading.state) {
    case 'present':
      return reading.secret;
    case 'absent':
      throw new ServiceError('KEY_STATE', KEYCHAIN_WORDS['device-secret-missing']);
    case 'locked':
      throw new ServiceError('KEY_STATE', KEYCHAIN_WORDS['keychain-locked']);
    case 'unavailable':
      throw new ServiceError('KEY_STATE', KEYCHAIN_WORDS['keychain-unavailable']);
  }
}

/** The keyring beside the store and the device secret, for one piece of work; the secret is zeroed after it. Throws KEY_STATE. */
export async function withDeviceSecret<T>(
  keychainFor: KeychainFor,
  folder: string,
  work: (beside: { readonly keyring: Keyring; readonly secret: Uint8Array }) => T,
): Promise<T> {
  const secret = await deviceSecret(keychainFor(folder), readBeside(folder).scheme.storeId);
  try {
    // Read again after the wait, so that nothing that was written meanwhile is written over.
    return work({ keyring: readBeside(folder).keyring, secret });
  } finally {
    secret.fill(0);
  }
}

/** Throws a store away with its secret: only a training store that was never whole, or is not wanted. */
export async function discardStore(folder: string, keychain: Keychain): Promise<void> {
  const scheme = readScheme(filesIn(folder).scheme);
  rmSync(folder, { recursive: true, force: true });
  if (scheme.kind === 'present') await keychain.removeDeviceSecret(scheme.record.storeId);
}
