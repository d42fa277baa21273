import { createAttemptsFile, openAttemptsRecord } from '../../../adapters/keys/attempts-record.ts';
import {
  type Keyring,
  personWrapId,
  removePeople,
  removeWrap,
  setPasswordWrap,
  writeKeyring,
} from '../../../adapters/keys/wraps.ts';
import type { Clock } from '../../../services/ports.ts';
import { ServiceError } from '../../../services/service-error.ts';
import { deviceSecret, filesIn, type KeychainFor, readBeside } from './store-folder.ts';

export interface WaysIn {
  /** Sets the person's password on an open store, and forgets their wrong tries. */
  readonly setPassword: (
    open: { readonly folder: string; readonly key: Uint8Array },
    username: string,
    password: string,
  ) => Promise<void>;
  readonly removePassword: (folder: string, username: string) => Promise<void>;
  /** The phrase was right, so this PC may have a secret again; wraps bound to the lost one open nothing any more. */
  readonly renewSecret: (folder: string, keyring: Keyring) => Promise<void>;
}

export function createWaysIn(clock: Clock, keychainFor: KeychainFor): WaysIn {
  return {
    setPassword: async ({ folder, key }, username, password) => {
      const { scheme, keyring } = readBeside(folder);
      const files = filesIn(folder);
      const secret = await deviceSecret(keychainFor(folder), scheme.storeId);
      try {
        writeKeyring(
          files.keyring,
          await setPasswordWrap(keyring, key, { username, password, deviceSecret: secret }),
        );
        openAttemptsRecord(files.attempts, scheme.storeId, secret, clock.now()).recordSuccess(
          personWrapId(secret, username),
        );
      } finally {
        secret.fill(0);
      }
    },

    removePassword: async (folder, username) => {
      const { scheme, keyring } = readBeside(folder);
      const secret = await deviceSecret(keychainFor(folder), scheme.storeId);
      writeKeyring(filesIn(folder).keyring, removeWrap(keyring, personWrapId(secret, username)));
      secret.fill(0);
    },

    renewSecret: async (folder, keyring) => {
      const renewed = await keychainFor(folder).createDeviceSecret(keyring.storeId, 'recovered-by-phrase');
      if (renewed.state !== 'present') {
        throw new ServiceError(
          'KEY_STATE',
          'This PC’s keychain did not take a new secret. Unlock or start it, then try again.',
        );
      }
      const files = filesIn(folder);
      writeKeyring(files.keyring, removePeople(keyring));
      createAttemptsFile(files.attempts, keyring.storeId, renewed.secret);
      renewed.secret.fill(0);
    },
  };
}
