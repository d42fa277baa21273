import { type AttemptsRecord, openAttemptsRecord } from '../../../adapters/keys/attempts-record.ts';
import type { Keyring } from '../../../adapters/keys/wraps.ts';
import { ServiceError } from '../../../services/ground/service-error.ts';
import { deviceSecret, filesIn, type KeychainFor } from './store-folder.ts';

/** The record of tries of one store, and the secret that it was opened with. */
export interface OpenTries {
  readonly record: AttemptsRecord;
  /** The caller zeroes it. */
  readonly secret: Uint8Array;
  /** Tells the keychain how far the record is written. Await it before a refusal is told. Throws KEY_STATE. */
  readonly kept: () => Promise<void>;
}

export interface TriesRecords {
  /** Throws KEY_STATE where the keychain does not answer. */
  readonly open: (folder: string, keyring: Keyring) => Promise<OpenTries>;
}

/** `uptime`: ms since the computer was started, sleep included. */
export function createTriesRecords(keychainFor: KeychainFor, uptime: () => number): TriesRecords {
  // One after the other: of two numbers told at once, the lower must not be the one that stays.
  let telling: Promise<unknown> = Promise.resolve();
  return {
    open: async (folder, { storeId, wraps }) => {
      const keychain = keychainFor(folder);
      const [secret, kept] = await Promise.all([
        deviceSecret(keychain, storeId),
        keychain.readSequence(storeId),
      ]);
      try {
        if (kept.state !== 'present') throw unreachable();
        const record = openAttemptsRecord({
          file: filesIn(folder).attempts,
          storeId,
          deviceSecret: secret,
          keptSequence: kept.sequence,
          uptime,
          isWayIn: (id) => wraps.some((wrap) => wrap.id === id),
        });
        const tell = async (): Promise<void> => {
          const told = await keychain.keepSequence(storeId, record.sequence());
          if (told.state !== 'kept') throw unreachable();
        };
        return {
          record,
          secret,
          kept: () => {
            const turn = telling.then(tell, tell);
            telling = turn.catch(() => undefined);
            return turn;
          },
        };
      } catch (error) {
        secret.fill(0);
        throw error;
      }
    },
  };
}

const unreachable = (): ServiceError =>
  new ServiceError('KEY_STATE', 'This PC’s keychain cannot be reached. Unlock or start it, then try again.');
