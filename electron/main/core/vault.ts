import { rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { backUp, listBackups } from '../../../db/backup.ts';
import {
  proveCopy,
  readStoreHolder,
  type Store,
  type StoreConnection,
  type StoreErrorCode,
} from '../../../db/connection.ts';
import { finishInterruptedRestore, restoreBackup } from '../../../db/restore.ts';
import { readKeyState, STORE_FILES } from '../../adapters/keys/key-state.ts';
import type { KeychainPort } from '../../adapters/keys/keychain.ts';
import type { SchemeRecord } from '../../adapters/keys/scheme-record.ts';
import type { Stretching } from '../../adapters/keys/seal.ts';
import { readKeyring } from '../../adapters/keys/wraps.ts';
import type { StoreName } from '../../contract/session.contract.ts';
import type { OpenStore, StoreDescription } from '../../services/ground/open-store.ts';
import type { ServiceContext } from '../../services/ground/ports.ts';
import { ServiceError } from '../../services/ground/service-error.ts';
import type { Arrived, UnlockResult, Vault } from '../../services/session/vault.ts';
import { explainKeyState } from './key-state-words.ts';
import { createStoreCards } from './vault/cards.ts';
import { makeStore } from './vault/make-store.ts';
import { openMigrated } from './vault/open-store.ts';
import { createSignInTries } from './vault/sign-in-tries.ts';
import {
  describeStore,
  discardStore,
  filesIn,
  isStoreThere,
  keychains,
  readBeside,
} from './vault/store-folder.ts';
import { createTriesRecords } from './vault/tries-record.ts';
import { countWays, createWaysIn } from './vault/ways-in.ts';
import { wipeStack } from './vault/wipe-stack.ts';

export interface VaultOptions {
  readonly userDataDir: string;
  readonly migrationsDir: string;
  readonly context: ServiceContext;
  readonly newStoreId: () => string;
  readonly keychainPort: () => Promise<KeychainPort>;
  /** Ms since the computer was started, sleep included: what waits after wrong tries are measured by. */
  readonly uptime: () => number;
  /** What a new password or phrase is sealed with; wraps that are there keep what they were made with. */
  readonly stretching: Stretching;
}

/** What a job thread is given to open the same store. */
export interface JobAccess {
  readonly file: string;
  /** In shared memory, so that the thread zeroes this very copy once the store is open: a message would leave others behind. */
  readonly key: Uint8Array;
  readonly description: StoreDescription;
}

export interface CoreVault extends Vault {
  /** For reading beside the services: never kept, since a lock closes it. */
  readonly connection: () => StoreConnection;
  readonly jobAccess: () => JobAccess;
  /** Makes the open store refuse further work, for what a job's connection to it met. */
  readonly refuse: (fault: StoreErrorCode) => void;
}

const NAMES: readonly StoreName[] = ['trust', 'training'];
const KEPT_BACKUPS = 14;

interface Opened {
  readonly folder: string;
  readonly store: Store;
  readonly key: Uint8Array;
  readonly face: OpenStore;
  /** What the unlocking had in hand, for the sign-in that follows it; asked for once. */
  readonly arrived: Arrived | null;
}

/** Which store is chosen, whether it is open, and with which key: the one place that keeps any of the three. */
export function createVault(options: VaultOptions): CoreVault {
  const { context, userDataDir, migrationsDir, stretching } = options;
  const { clock } = context;
  const keychainFor = keychains(options.keychainPort);
  const records = createTriesRecords(keychainFor, options.uptime);
  const tries = createSignInTries(clock, keychainFor, records, stretching);
  const waysIn = createWaysIn(keychainFor, records, stretching);
  const cards = createStoreCards(keychainFor);
  /** Undefined until somebody has said; null where they asked for the choice, and even the only store is not taken for them. */
  let selected: StoreName | null | undefined;
  let opened: Opened | null = null;

  const folderOf = (name: StoreName) => join(userDataDir, 'stores', name);
  const describe = (name: StoreName) => describeStore(name, folderOf(name));
  const there = () => NAMES.filter((name) => isStoreThere(folderOf(name)));
  const current = (): StoreName | null => {
    if (opened !== null) return opened.face.description.name;
    const names = there();
    if (selected === null) return null;
    if (selected !== undefined && names.includes(selected)) return selected;
    return names.length === 1 ? (names[0] ?? null) : null;
  };
  const chosen = (): { readonly name: StoreName; readonly folder: string } => {
    const name = current();
    if (name === null)
      throw new ServiceError(
        'KEY_STATE',
        'There is no store to open. Create the trust’s store or open the training store.',
      );
    return { name, folder: folderOf(name) };
  };
  const backups = () => {
    const name = current();
    return name === null ? [] : listBackups(filesIn(folderOf(name)).backups);
  };

  const keyState: Vault['keyState'] = async () => {
    if (opened !== null) return { state: 'open', explanation: '' };
    const name = current();
    if (name === null) return { state: 'no-store', explanation: '' };
    const folder = folderOf(name);
    finishInterruptedRestore(filesIn(folder).store, clock.now());
    const key = await readKeyState(folder, {
      isOpen: () => false,
      heldBy: readStoreHolder,
      keychain: keychainFor(folder),
    });
    return explainKeyState(key);
  };

  /** The key is the vault's from here on: kept while the store is open, zeroed by `close`, or at once where it does not open. */
  const openWith = (
    folder: string,
    name: StoreName,
    key: Uint8Array,
    scheme: SchemeRecord,
    arrived: Arrived | null = null,
  ): OpenStore => {
    try {
      const { store, face } = openMigrated(
        { folder, name, key, scheme, mode: 'open' },
        migrationsDir,
        context,
      );
      opened = { folder, store, key, face, arrived };
      selected = name;
      return face;
    } catch (error) {
      key.fill(0);
      wipeStack();
      throw error;
    }
  };
  const openByPhrase = async (
    folder: string,
    name: StoreName,
    tried: { readonly key: Uint8Array; readonly secretLost: boolean },
  ): Promise<UnlockResult> => {
    let face: OpenStore;
    try {
      const { scheme, keyring } = readBeside(folder);
      face = openWith(folder, name, tried.key, scheme);
      if (tried.secretLost) await waysIn.renewSecret(folder, keyring);
    } catch (error) {
      close();
      tried.key.fill(0);
      throw error;
    }
    return { ok: true, store: face };
  };
  const close = () => {
    if (opened === null) return;
    const { store, key } = opened;
    opened = null;
    try {
      store.close();
    } finally {
      key.fill(0);
      wipeStack();
    }
  };
  const requireOpen = (): Opened => {
    if (opened === null)
      throw new ServiceError('NOT_SIGNED_IN', 'You are not signed in. Sign in, then try again.');
    return opened;
  };

  return {
    stores: () => there().map(describe),
    selected: () => {
      const name = current();
      return name === null ? null : describe(name);
    },
    select: (name) => {
      close();
      selected = name;
    },
    keyState,
    open: () => opened?.face ?? null,
    close,

    create: async (wanted) => {
      close();
      const { name } = wanted;
      const folder = folderOf(name);
      const parts = { keychainFor, migrationsDir, context, stretching };
      const { key, scheme } = await makeStore({ ...wanted, folder, storeId: options.newStoreId() }, parts);
      return openWith(folder, name, key, scheme);
    },
    keepTraining: () => rmSync(filesIn(folderOf('training')).loadingMark, { force: true }),
    discardTraining: async () => {
      close();
      const folder = folderOf('training');
      await discardStore(folder, keychainFor(folder));
      selected = undefined;
    },

    unlock: async (username, password) => {
      close();
      const { name, folder } = chosen();
      const result = await tries.byPassword(folder, username, password);
      if (!result.ok) return result;
      const { scheme } = readBeside(folder);
      return { ok: true, store: openWith(folder, name, result.key, scheme, result.arrived) };
    },
    unlockByPhrase: async (phrase) => {
      close();
      const { name, folder } = chosen();
      const tried = await tries.byPhrase(folder, readBeside(folder).keyring, phrase);
      return tried.ok ? openByPhrase(folder, name, tried) : tried;
    },
    checkPassword: async (username, password) => {
      const result = await tries.byPassword(requireOpen().folder, username, password);
      if (!result.ok) return result;
      result.key.fill(0);
      return { ok: true };
    },
    setPassword: async (username, password) => waysIn.setPassword(requireOpen(), username, password),
    removePassword: async (username) => waysIn.removePassword(requireOpen().folder, username),
    hasPassword: async (username) => {
      const [ways] = await waysIn.waysOf(chosen().folder, [{ username, cardUuid: null }]);
      return ways?.password ?? false;
    },
    waysOf: async (people) => waysIn.waysOf(chosen().folder, people),

    cardEnrolment: async (card) => cards.enrolment(chosen().folder, card),
    cardChallenge: async (card) => cards.challenge(chosen().folder, card),
    unlockByCard: async ({ signature, ...card }) => {
      close();
      const { name, folder } = chosen();
      const result = await tries.byCard(folder, card, signature);
      if (!result.ok) return result;
      const { scheme } = readBeside(folder);
      return { ok: true, store: openWith(folder, name, result.key, scheme, result.arrived) };
    },
    newCardWrap: () => cards.newWrap(requireOpen().folder),
    enrolCard: async (wrap) => waysIn.enrolCard(requireOpen(), wrap),
    removeCard: async (uuid) => waysIn.removeCard(requireOpen().folder, uuid),
    ways: () => countWays(readBeside(chosen().folder).keyring),
    deviceId: async () => cards.deviceId(chosen().folder),
    cardSettings: async () => {
      const name = current();
      if (name === null) return { state: 'none' };
      try {
        return await cards.settings(folderOf(name));
      } catch (error) {
        // Thrown away while the keychain was asked: a training store whose loading was cut short.
        if (current() !== name) return { state: 'none' };
        throw error;
      }
    },
    writeCardSettings: async (settings) => cards.writeSettings(requireOpen().folder, settings),
    queueRefusal: async (refusal) => tries.queueRefusal(chosen().folder, refusal),
    refusedSignIns: async () => tries.refusals(requireOpen().folder),
    arrival: async () => {
      const { folder, arrived } = requireOpen();
      if (arrived !== null) {
        opened = { ...requireOpen(), arrived: null };
        return arrived;
      }
      const [waiting, deviceId] = await Promise.all([tries.refusals(folder), cards.deviceId(folder)]);
      return { waiting, deviceId };
    },

    backUp: () => {
      const { folder, store, key } = requireOpen();
      const files = filesIn(folder);
      const { takenAt } = backUp(store.db, {
        dir: files.backups,
        now: clock.now(),
        keep: KEPT_BACKUPS,
        companions: [files.keyring, files.scheme],
        verify: (file) => proveCopy(file, key),
      });
      return { takenAt };
    },
    listBackups: () =>
      backups().map(({ folder, takenAt, size }) => ({ id: basename(folder), takenAt, bytes: size })),
    restoreBackup: async (id, phrase) => {
      close();
      const name = current();
      const backup = backups().find(({ folder }) => basename(folder) === id);
      if (name === null || backup === undefined)
        throw new ServiceError('NOT_FOUND', 'This backup is not here any more. Choose another.');
      const keyring = readKeyring(join(backup.folder, STORE_FILES.keyring));
      if (keyring.kind !== 'present')
        throw new ServiceError('STORE_DAMAGED', 'This backup is not whole. Choose another.');
      const folder = folderOf(name);
      // The phrase is tried on the backup itself before anything is moved.
      const tried = await tries.byPhrase(folder, keyring.keyring, phrase);
      if (!tried.ok) return tried;
      try {
        restoreBackup({ backup, storeFile: filesIn(folder).store, now: clock.now() });
      } catch (error) {
        tried.key.fill(0);
        throw error;
      }
      return openByPhrase(folder, name, tried);
    },

    connection: () => requireOpen().store.db,
    refuse: (fault) => opened?.store.refuse(fault),
    jobAccess: () => {
      const { store, key, face } = requireOpen();
      const shared = new Uint8Array(new SharedArrayBuffer(key.length));
      shared.set(key);
      return { file: store.file, key: shared, description: face.description };
    },
  };
}
