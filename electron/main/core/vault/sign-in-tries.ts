import type { AttemptsRecord } from '../../../adapters/keys/attempts-record.ts';
import { cardWrapId, unwrapWithCard } from '../../../adapters/keys/card-wraps.ts';
import type { Stretching } from '../../../adapters/keys/seal.ts';
import {
  type Keyring,
  personWrapId,
  type Unwrapped,
  unwrapWithPassword,
  unwrapWithPhrase,
} from '../../../adapters/keys/wraps.ts';
import type { Clock } from '../../../services/ground/ports.ts';
import { ServiceError } from '../../../services/ground/service-error.ts';
import type {
  Arrived,
  AttemptResult,
  CardKey,
  RefusedSignIn,
  Vault,
  WaitingRefusals,
} from '../../../services/session/vault.ts';
import { deviceIdOf } from './cards.ts';
import { type KeychainFor, readBeside } from './store-folder.ts';
import type { OpenTries, TriesRecords } from './tries-record.ts';

type Refused = Exclude<AttemptResult, { ok: true }>;
/** `arrived`: what the record and the secret, both in hand, say for the sign-in. */
export type KeyTry = { readonly ok: true; readonly key: Uint8Array; readonly arrived: Arrived } | Refused;
/** `secretLost`: this PC has no device secret for the store, so that people's wraps open nothing here. */
export type PhraseTry =
  | { readonly ok: true; readonly key: Uint8Array; readonly secretLost: boolean }
  | Refused;

export interface SignInTries {
  /** One counted try; the key when it was right. Every refusal is queued for the ledger before the answer is given. */
  readonly byPassword: (folder: string, username: string, password: string) => Promise<KeyTry>;
  /** As `byPassword`. Wipes the signature. */
  readonly byCard: (folder: string, card: CardKey, signature: Uint8Array | null) => Promise<KeyTry>;
  /** One counted try of the phrase on a keyring; nothing is opened or moved yet. */
  readonly byPhrase: (folder: string, keyring: Keyring, phrase: string) => Promise<PhraseTry>;
  /** The refusals that wait for the ledger. */
  readonly refusals: (folder: string) => ReturnType<Vault['refusedSignIns']>;
  readonly queueRefusal: (folder: string, refusal: Omit<RefusedSignIn, 'at'>) => Promise<void>;
}

/** A way in that is counted: whose tries these are, and what makes the key. */
interface CountedWay {
  readonly username: string;
  readonly way: 'password' | 'card';
  readonly wrapId: (secret: Uint8Array) => string;
  readonly unwrap: (keyring: Keyring, secret: Uint8Array) => Promise<Unwrapped> | Unwrapped;
}

const RECOVERY = 'recovery';
const LOCK_OUT_MS = 600_000;

export function createSignInTries(
  clock: Clock,
  keychainFor: KeychainFor,
  records: TriesRecords,
  stretching: Stretching,
): SignInTries {
  const counted = async (folder: string, way: CountedWay): Promise<KeyTry> => {
    const { keyring } = readBeside(folder);
    const tries = await records.open(folder, keyring);
    const { record, secret } = tries;
    try {
      const wrapId = way.wrapId(secret);
      const queue = async (reason: 'refused' | 'throttled') => {
        const username = way.username.slice(0, 200);
        record.queueRefusal({ at: clock.now(), username, reason, way: way.way });
        await tries.kept();
      };
      const wait = stopped(record, wrapId);
      if (wait !== null) {
        await queue('throttled');
        return wait;
      }
      // Counted before it is tried, and taken back when it was right: a program that is killed meanwhile has tried all the same.
      const { failures } = record.recordFailure(wrapId);
      const result = await rememberedWith(tries, way.unwrap(keyring, secret));
      if (result.ok) {
        record.recordSuccess(wrapId);
        return { ...result, arrived: { waiting: waitingIn(record), deviceId: deviceIdOf(secret) } };
      }
      await queue('refused');
      return { ok: false, reason: 'refused', triesLeft: Math.max(0, 10 - failures) };
    } finally {
      secret.fill(0);
    }
  };

  return {
    byPassword: (folder, username, password) =>
      counted(folder, {
        username,
        way: 'password',
        wrapId: (secret) => personWrapId(secret, username),
        unwrap: (keyring, deviceSecret) =>
          unwrapWithPassword(keyring, { username, password, deviceSecret }, stretching),
      }),

    byCard: async (folder, card, signature) => {
      try {
        return await counted(folder, {
          username: card.uuid,
          way: 'card',
          wrapId: (secret) => cardWrapId(secret, card.uuid),
          unwrap: (keyring, deviceSecret) => unwrapWithCard(keyring, { ...card, deviceSecret }, signature),
        });
      } finally {
        signature?.fill(0);
      }
    },

    byPhrase: async (folder, keyring, phrase) => {
      const secretLost = await isSecretLost(keychainFor(folder), keyring.storeId);
      const tries = secretLost ? null : await records.open(folder, keyring);
      tries?.secret.fill(0);
      const queue = async (reason: 'refused' | 'not-a-phrase' | 'throttled') => {
        tries?.record.queueRefusal({ at: clock.now(), username: '', reason, way: 'recovery' });
        await tries?.kept();
      };
      const wait = tries === null ? null : stopped(tries.record, RECOVERY);
      if (wait !== null) {
        await queue('throttled');
        return wait;
      }
      tries?.record.recordFailure(RECOVERY);
      const trying = unwrapWithPhrase(keyring, phrase, stretching);
      const result = await (tries === null ? trying : rememberedWith(tries, trying));
      if (!result.ok) {
        await queue(result.reason);
        return { ok: false, reason: 'refused', triesLeft: null };
      }
      tries?.record.recordSuccess(RECOVERY);
      return { ok: true, key: result.key, secretLost };
    },

    refusals: async (folder) => {
      const { record, secret } = await records.open(folder, readBeside(folder).keyring);
      secret.fill(0);
      return waitingIn(record);
    },

    queueRefusal: async (folder, { username, reason, way }) => {
      const tries = await records.open(folder, readBeside(folder).keyring);
      tries.secret.fill(0);
      tries.record.queueRefusal({ at: clock.now(), username: username.slice(0, 200), reason, way });
      await tries.kept();
    },
  };
}

/** The keychain is told while the key is worked out, and no outcome is known before it was. Throws KEY_STATE. */
async function rememberedWith(tries: OpenTries, trying: Promise<Unwrapped> | Unwrapped): Promise<Unwrapped> {
  const [told, tried] = await Promise.allSettled([tries.kept(), trying]);
  if (tried.status === 'rejected') throw tried.reason;
  if (told.status === 'fulfilled') return tried.value;
  if (tried.value.ok) tried.value.key.fill(0);
  throw told.reason;
}

function waitingIn(record: AttemptsRecord): WaitingRefusals {
  return { ...record.readRefusals(), recorded: () => record.clearRefusals() };
}

function stopped(attempts: AttemptsRecord, wrapId: string): Refused | null {
  const { waitMs, locked } = attempts.stateOf(wrapId);
  if (waitMs === 0) return null;
  return locked && waitMs > LOCK_OUT_MS
    ? { ok: false, reason: 'locked' }
    : { ok: false, reason: 'wait', waitSeconds: Math.ceil(waitMs / 1000) };
}

async function isSecretLost(keychain: ReturnType<KeychainFor>, storeId: string): Promise<boolean> {
  const reading = await keychain.readDeviceSecret(storeId);
  if (reading.state === 'present') reading.secret.fill(0);
  if (reading.state === 'locked' || reading.state === 'unavailable') {
    throw new ServiceError(
      'KEY_STATE',
      'This PC’s keychain cannot be reached. Unlock or start it, then try again.',
    );
  }
  return reading.state === 'absent';
}
