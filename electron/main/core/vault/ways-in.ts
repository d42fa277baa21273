import { rmSync } from 'node:fs';
import { createAttemptsFile } from '../../../adapters/keys/attempts-record.ts';
import { cardWrapId, setCardWrap } from '../../../adapters/keys/card-wraps.ts';
import type { Stretching } from '../../../adapters/keys/seal.ts';
import {
  type Keyring,
  personWrapId,
  removePeople,
  removeWrap,
  setPasswordWrap,
  writeKeyring,
} from '../../../adapters/keys/wraps.ts';
import { ServiceError } from '../../../services/ground/service-error.ts';
import type { NewCardWrap, PersonsWays, WaysIn as Ways, WaysHere } from '../../../services/session/vault.ts';
import { filesIn, type KeychainFor, readBeside, withDeviceSecret } from './store-folder.ts';
import type { TriesRecords } from './tries-record.ts';

/** The open store's folder and data key; the key stays the vault's. */
interface OpenFolder {
  readonly folder: string;
  readonly key: Uint8Array;
}

export interface WaysIn {
  /** Sets the person's password on an open store, and forgets their wrong tries. */
  readonly setPassword: (open: OpenFolder, username: string, password: string) => Promise<void>;
  readonly removePassword: (folder: string, username: string) => Promise<void>;
  readonly waysOf: (folder: string, people: readonly PersonsWays[]) => Promise<readonly WaysHere[]>;
  /** Binds the open store to a card, and forgets its refused tries. Wipes the signature. */
  readonly enrolCard: (open: OpenFolder, wrap: NewCardWrap) => Promise<void>;
  readonly removeCard: (folder: string, uuid: string) => Promise<void>;
  /** The phrase was right, so this PC may have a secret again; what was bound to the lost one opens nothing any more. */
  readonly renewSecret: (folder: string, keyring: Keyring) => Promise<void>;
}

/** 1024 bits: no RSA signature is shorter, and none of an elliptic curve, which differs each time, is as long. */
const SHORTEST_SIGNATURE = 128;

export function createWaysIn(
  keychainFor: KeychainFor,
  records: TriesRecords,
  stretching: Stretching,
): WaysIn {
  /** Adds a wrap, and forgets the wrong tries that were counted against it. */
  const add = async (
    { folder, key }: OpenFolder,
    makeRing: (keyring: Keyring, secret: Uint8Array) => Promise<Keyring> | Keyring,
    wrapId: (secret: Uint8Array) => string,
  ): Promise<void> => {
    const { keyring } = readBeside(folder);
    const { record, secret } = await records.open(folder, keyring);
    try {
      const ring = await makeRing(keyring, secret);
      // Locked meanwhile: the key was wiped, and a wrap of zeros would open nothing.
      if (key.every((byte) => byte === 0))
        throw new ServiceError('NOT_SIGNED_IN', 'You are not signed in. Sign in, then try again.');
      writeKeyring(filesIn(folder).keyring, ring);
      record.recordSuccess(wrapId(secret));
    } finally {
      secret.fill(0);
    }
  };
  const remove = (folder: string, wrapId: (secret: Uint8Array) => string): Promise<void> =>
    withDeviceSecret(keychainFor, folder, ({ keyring, secret }) =>
      writeKeyring(filesIn(folder).keyring, removeWrap(keyring, wrapId(secret))),
    );

  return {
    setPassword: (open, username, password) =>
      add(
        open,
        (keyring, deviceSecret) =>
          setPasswordWrap(keyring, open.key, { username, password, deviceSecret }, stretching),
        (secret) => personWrapId(secret, username),
      ),
    removePassword: (folder, username) => remove(folder, (secret) => personWrapId(secret, username)),
    waysOf: (folder, people) =>
      withDeviceSecret(keychainFor, folder, ({ keyring, secret }) => {
        const there = new Set(keyring.wraps.map(({ id }) => id));
        return people.map(({ username, cardUuid }) => ({
          password: there.has(personWrapId(secret, username)),
          card: cardUuid !== null && there.has(cardWrapId(secret, cardUuid)),
        }));
      }),

    enrolCard: async (open, { uuid, keyFingerprint, salt, signature }) => {
      try {
        if (signature !== null && signature.length < SHORTEST_SIGNATURE)
          throw new RangeError('No key can be derived from so short a signature.');
        await add(
          open,
          (keyring, deviceSecret) =>
            setCardWrap(keyring, open.key, { uuid, keyFingerprint, deviceSecret }, { salt, signature }),
          (secret) => cardWrapId(secret, uuid),
        );
      } finally {
        signature?.fill(0);
      }
    },
    removeCard: (folder, uuid) => remove(folder, (secret) => cardWrapId(secret, uuid)),

    renewSecret: async (folder, keyring) => {
      const { storeId } = keyring;
      const keychain = keychainFor(folder);
      const renewed = await keychain.createDeviceSecret(storeId, 'recovered-by-phrase');
      const kept = await keychain.readSequence(storeId);
      if (renewed.state !== 'present' || kept.state !== 'present') {
        if (renewed.state === 'present') renewed.secret.fill(0);
        throw new ServiceError(
          'KEY_STATE',
          'This PC’s keychain did not take a new secret. Unlock or start it, then try again.',
        );
      }
      const files = filesIn(folder);
      const { secret: deviceSecret } = renewed;
      writeKeyring(files.keyring, removePeople(keyring));
      createAttemptsFile({ file: files.attempts, storeId, deviceSecret, keptSequence: kept.sequence });
      // Its MAC was made with the lost secret; it is written again from the store.
      rmSync(files.cards, { force: true });
      deviceSecret.fill(0);
    },
  };
}

/** How many ways into the store there are, by its keyring. */
export function countWays({ wraps }: Keyring): Ways {
  const cards = { signature: 0, device: 0 };
  for (const wrap of wraps) if (wrap.kind === 'card') cards[wrap.binding] += 1;
  return {
    passwords: wraps.filter(({ kind }) => kind === 'password').length,
    cards,
    recovery: wraps.some(({ kind }) => kind === 'recovery'),
  };
}
