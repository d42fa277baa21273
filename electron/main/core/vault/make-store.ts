import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createAttemptsFile } from '../../../adapters/keys/attempts-record.ts';
import { makeScheme, type SchemeRecord, writeScheme } from '../../../adapters/keys/scheme-record.ts';
import type { Stretching } from '../../../adapters/keys/seal.ts';
import {
  createDataKey,
  emptyKeyring,
  setPasswordWrap,
  setRecoveryWrap,
  writeKeyring,
} from '../../../adapters/keys/wraps.ts';
import type { ServiceContext } from '../../../services/ground/ports.ts';
import { ServiceError } from '../../../services/ground/service-error.ts';
import type { CreateStoreOptions } from '../../../services/session/vault.ts';
import { openMigrated } from './open-store.ts';
import { discardStore, filesIn, type KeychainFor } from './store-folder.ts';

export interface StoreToMake extends CreateStoreOptions {
  readonly folder: string;
  readonly storeId: string;
}

export interface MakingParts {
  readonly keychainFor: KeychainFor;
  readonly migrationsDir: string;
  readonly context: ServiceContext;
  readonly stretching: Stretching;
}

/** Makes a store whole, or not at all, and leaves it closed. The caller opens it with the key, and zeroes it. */
export async function makeStore(
  wanted: StoreToMake,
  { keychainFor, migrationsDir, context, stretching }: MakingParts,
): Promise<{ readonly key: Uint8Array; readonly scheme: SchemeRecord }> {
  const { folder, name, storeId } = wanted;
  // Cut short while its sample was loaded: nobody has worked in it, and it would stand in the way for ever.
  if (name === 'training' && existsSync(filesIn(folder).loadingMark))
    await discardStore(folder, keychainFor(folder));
  if (existsSync(folder))
    throw new ServiceError('STORE_EXISTS', 'There is a store here already. Sign in to it.');
  const making = `${folder}.making`;
  rmSync(making, { recursive: true, force: true });
  mkdirSync(making, { recursive: true, mode: 0o700 });
  const keychain = keychainFor(making);
  const made = await keychain.createDeviceSecret(storeId, 'new-store');
  if (made.state !== 'present') {
    rmSync(making, { recursive: true, force: true });
    throw new ServiceError(
      'KEY_STATE',
      'This PC’s keychain cannot be reached, so no store was made. Unlock or start it, then try again.',
    );
  }
  const key = createDataKey();
  try {
    const sealing = { key, secret: made.secret, stretching };
    const scheme = await writeBeside(making, wanted, sealing, context.clock.now());
    // Named into place only when it is whole, so that a crash half-way leaves no store to be locked out of.
    const first = openMigrated({ folder: making, name, key, scheme, mode: 'create' }, migrationsDir, context);
    try {
      wanted.prepare(first.face);
    } finally {
      first.store.close();
    }
    if (name === 'training') writeFileSync(filesIn(making).loadingMark, '');
    renameSync(making, folder);
    return { key, scheme };
  } catch (error) {
    key.fill(0);
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(folder)) await keychain.removeDeviceSecret(storeId);
    throw error;
  } finally {
    made.secret.fill(0);
  }
}

/** The ways in, the record of tries and the scheme record of a new store. */
async function writeBeside(
  folder: string,
  { name, trustName, vpd, environment, recoveryPhrase, passwords, storeId }: StoreToMake,
  {
    key,
    secret,
    stretching,
  }: { readonly key: Uint8Array; readonly secret: Uint8Array; readonly stretching: Stretching },
  now: string,
): Promise<SchemeRecord> {
  const files = filesIn(folder);
  const scheme = makeScheme(key, {
    storeId,
    environment,
    training: name === 'training',
    trust: { vpd, name: trustName },
    created: now,
  });
  let keyring = await setRecoveryWrap(emptyKeyring(storeId), key, recoveryPhrase, stretching);
  for (const person of passwords) {
    keyring = await setPasswordWrap(keyring, key, { ...person, deviceSecret: secret }, stretching);
  }
  writeKeyring(files.keyring, keyring);
  createAttemptsFile({ file: files.attempts, storeId, deviceSecret: secret, keptSequence: 0 });
  writeScheme(files.scheme, scheme);
  return scheme;
}
