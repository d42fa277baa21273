import { type AttemptsRecord, openAttemptsRecord } from '../../../adapters/keys/attempts-record.ts';
import {
  type Keyring,
  personWrapId,
  unwrapWithPassword,
  unwrapWithPhrase,
} from '../../../adapters/keys/wraps.ts';
import type { Clock } from '../../../services/ports.ts';
import { ServiceError } from '../../../services/service-error.ts';
import type { AttemptResult, Vault } from '../../../services/session/vault.ts';
import { deviceSecret, filesIn, type KeychainFor, readBeside } from './store-folder.ts';

type Refused = Exclude<AttemptResult, { ok: true }>;
export type PasswordTry = { readonly ok: true; readonly key: Uint8Array } | Refused;
/** `secretLost`: this PC has no device secret for the store, so that people's wraps open nothing here. */
export type PhraseTry =
  | { readonly ok: true; readonly key: Uint8Array; readonly secretLost: boolean }
  | Refused;

export interface SignInTries {
  /** One counted try; the key when it was right. Every refusal is queued for the ledger before the answer is given. */
  readonly byPassword: (folder: string, username: string, password: string) => Promise<PasswordTry>;
  /** One counted try of the phrase on a keyring; nothing is opened or moved yet. */
  readonly byPhrase: (folder: string, keyring: Keyring, phrase: string) => Promise<PhraseTry>;
  /** The refusals that wait for the ledger. */
  readonly refusals: (folder: string) => ReturnType<Vault['refusedSignIns']>;
}

const RECOVERY = 'recovery';
const LOCK_OUT_SECONDS = 600;

export function createSignInTries(clock: Clock, keychainFor: KeychainFor): SignInTries {
  const recordOf = (folder: string, storeId: string, secret: Uint8Array): AttemptsRecord =>
    openAttemptsRecord(filesIn(folder).attempts, storeId, secret, clock.now());

  const stopped = (attempts: AttemptsRecord, wrapId: string): Refused | null => {
    const { waitUntil, locked } = attempts.stateOf(wrapId, clock.now());
    if (waitUntil === null) return null;
    const waitSeconds = Math.max(1, Math.ceil((Date.parse(waitUntil) - Date.parse(clock.now())) / 1000));
    return locked && waitSeconds > LOCK_OUT_SECONDS
      ? { ok: false, reason: 'locked' }
      : { ok: false, reason: 'wait', waitSeconds };
  };

  return {
    byPassword: async (folder, username, password) => {
      const { scheme, keyring } = readBeside(folder);
      const secret = await deviceSecret(keychainFor(folder), scheme.storeId);
      try {
        const attempts = recordOf(folder, scheme.storeId, secret);
        const wrapId = personWrapId(secret, username);
        const wait = stopped(attempts, wrapId);
        const queue = (reason: 'refused' | 'throttled') =>
          attempts.queueRefusal({
            at: clock.now(),
            username: username.slice(0, 200),
            reason,
            way: 'password',
          });
        if (wait !== null) {
          queue('throttled');
          return wait;
        }
        // Counted before it is tried, and taken back when it was right: a program that is killed meanwhile has tried all the same.
        const { failures } = attempts.recordFailure(wrapId, clock.now());
        const result = await unwrapWithPassword(keyring, { username, password, deviceSecret: secret });
        if (result.ok) {
          attempts.recordSuccess(wrapId);
          return result;
        }
        queue('refused');
        return { ok: false, reason: 'refused', triesLeft: Math.max(0, 10 - failures) };
      } finally {
        secret.fill(0);
      }
    },

    byPhrase: async (folder, keyring, phrase) => {
      const reading = await keychainFor(folder).readDeviceSecret(keyring.storeId);
      if (reading.state === 'locked' || reading.state === 'unavailable') {
        throw new ServiceError(
          'KEY_STATE',
          'This PC’s keychain cannot be reached. Unlock or start it, then try again.',
        );
      }
      const secretLost = reading.state === 'absent';
      const attempts = secretLost ? null : recordOf(folder, keyring.storeId, reading.secret);
      if (!secretLost) reading.secret.fill(0);
      const queue = (reason: 'refused' | 'not-a-phrase' | 'throttled') =>
        attempts?.queueRefusal({ at: clock.now(), username: '', reason, way: 'recovery' });
      const wait = attempts === null ? null : stopped(attempts, RECOVERY);
      if (wait !== null) {
        queue('throttled');
        return wait;
      }
      attempts?.recordFailure(RECOVERY, clock.now());
      const result = await unwrapWithPhrase(keyring, phrase);
      if (!result.ok) {
        queue(result.reason);
        return { ok: false, reason: 'refused', triesLeft: null };
      }
      attempts?.recordSuccess(RECOVERY);
      return { ok: true, key: result.key, secretLost };
    },

    refusals: async (folder) => {
      const { scheme } = readBeside(folder);
      const secret = await deviceSecret(keychainFor(folder), scheme.storeId);
      const attempts = recordOf(folder, scheme.storeId, secret);
      secret.fill(0);
      const { refusals, lost, tampered } = attempts.readRefusals();
      return { refusals, lost, tampered, recorded: () => attempts.clearRefusals() };
    },
  };
}
