import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { backUp, listBackups } from '../../../db/backup.ts';
import {
  openStore,
  proveCopy,
  readStoreHolder,
  type Store,
  type StoreConnection,
} from '../../../db/connection.ts';
import { migrateStore } from '../../../db/migrate.ts';
import { createRegisterReader } from '../../../db/repositories/register-reader.ts';
import { createStoreAccess } from '../../../db/repositories/store-access.ts';
import { finishInterruptedRestore, restoreBackup } from '../../../db/restore.ts';
import {
  type AttemptsRecord,
  createAttemptsFile,
  openAttemptsRecord,
} from '../../adapters/keys/attempts-record.ts';
import { readKeyState, STORE_FILES } from '../../adapters/keys/key-state.ts';
import { createKeychain, type KeychainPort } from '../../adapters/keys/keychain.ts';
import {
  isRecordedKey,
  makeScheme,
  readScheme,
  type SchemeRecord,
  writeScheme,
} from '../../adapters/keys/scheme-record.ts';
import {
  createDataKey,
  emptyKeyring,
  type Keyring,
  personWrapId,
  readKeyring,
  removePeople,
  removeWrap,
  setPasswordWrap,
  setRecoveryWrap,
  unwrapWithPassword,
  unwrapWithPhrase,
  writeKeyring,
} from '../../adapters/keys/wraps.ts';
import type { StoreName } from '../../contract/session.contract.ts';
import type { ServiceContext } from '../../services/ports.ts';
import { ServiceError } from '../../services/service-error.ts';
import type {
  AttemptResult,
  OpenStore,
  StoreDescription,
  UnlockResult,
  Vault,
} from '../../services/session/vault.ts';
import { explainKeyState } from './key-state-words.ts';

export interface VaultOptions {
  readonly userDataDir: string;
  readonly migrationsDir: string;
  readonly context: ServiceContext;
  readonly newStoreId: () => string;
  readonly keychainPort: () => Promise<KeychainPort>;
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
}

const NAMES: readonly StoreName[] = ['trust', 'training'];
const KEPT_BACKUPS = 14;
const RECOVERY = 'recovery';

interface Opened {
  readonly folder: string;
  readonly store: Store;
  readonly key: Uint8Array;
  readonly face: OpenStore;
}

export function createVault(options: VaultOptions): CoreVault {
  const { context, userDataDir } = options;
  const { clock } = context;
  let selected: StoreName | null = null;
  let opened: Opened | null = null;

  const folderOf = (name: StoreName) => join(userDataDir, 'stores', name);
  const inFolder = (folder: string) => ({
    store: join(folder, STORE_FILES.store),
    scheme: join(folder, STORE_FILES.scheme),
    keyring: join(folder, STORE_FILES.keyring),
    attempts: join(folder, STORE_FILES.attempts),
    backups: join(folder, STORE_FILES.backups),
  });
  /** A training store whose sample is still being loaded, or whose loading was cut short, does not count as one. */
  const loadingMark = (folder: string) => join(folder, 'loading');
  const exists = (name: StoreName) => existsSync(folderOf(name)) && !existsSync(loadingMark(folderOf(name)));
  const keychainFor = (folder: string) =>
    createKeychain({ port: options.keychainPort, storeExists: () => existsSync(inFolder(folder).store) });

  const describe = (name: StoreName): StoreDescription => {
    const reading = readScheme(inFolder(folderOf(name)).scheme);
    if (reading.kind !== 'present') {
      return {
        name,
        trustName: name === 'training' ? 'Sample Trust (training)' : 'This trust',
        vpd: '',
        environment: name === 'training' ? 'TPLY' : 'LIVE',
      };
    }
    const { trust, environment } = reading.record;
    return { name, trustName: trust.name, vpd: trust.vpd, environment };
  };
  const stores = () => NAMES.filter(exists).map(describe);
  const current = (): StoreName | null => {
    if (opened !== null) return opened.face.description.name;
    if (selected !== null && exists(selected)) return selected;
    const there = NAMES.filter(exists);
    return there.length === 1 ? (there[0] ?? null) : null;
  };
  const currentFolder = (): string => {
    const name = current();
    if (name === null)
      throw new ServiceError(
        'KEY_STATE',
        'There is no store to open. Create the trust’s store or open the training store.',
      );
    return folderOf(name);
  };

  const keyState: Vault['keyState'] = async () => {
    if (opened !== null) return { state: 'open', explanation: '' };
    const name = current();
    if (name === null) return { state: 'no-store', explanation: '' };
    const folder = folderOf(name);
    finishInterruptedRestore(inFolder(folder).store, clock.now());
    const key = await readKeyState(folder, {
      isOpen: () => false,
      heldBy: readStoreHolder,
      keychain: keychainFor(folder),
    });
    return explainKeyState(key);
  };

  /** Everything that lies beside the store, or the refusal that its own screen explains. */
  const readBeside = (folder: string): { readonly scheme: SchemeRecord; readonly keyring: Keyring } => {
    const files = inFolder(folder);
    const scheme = readScheme(files.scheme);
    const keyring = readKeyring(files.keyring);
    if (scheme.kind !== 'present' || keyring.kind !== 'present') {
      throw new ServiceError(
        'KEY_STATE',
        'A file beside the store is missing or damaged. Restore a backup with the recovery phrase.',
      );
    }
    return { scheme: scheme.record, keyring: keyring.keyring };
  };
  const deviceSecret = async (folder: string, storeId: string): Promise<Uint8Array> => {
    const reading = await keychainFor(folder).readDeviceSecret(storeId);
    if (reading.state === 'present') return reading.secret;
    throw new ServiceError(
      'KEY_STATE',
      'This PC’s keychain did not give the store’s secret. Try again, or use the recovery phrase.',
    );
  };

  const openIn = (
    folder: string,
    name: StoreName,
    key: Uint8Array,
    scheme: SchemeRecord,
    mode: 'create' | 'open',
  ): { readonly store: Store; readonly face: OpenStore } => {
    const files = inFolder(folder);
    const now = clock.now();
    const store =
      mode === 'create'
        ? openStore({ file: files.store, key, mode, now })
        : openStore({
            file: files.store,
            key,
            mode,
            now,
            isRecordedKey: (candidate) => isRecordedKey(scheme, candidate),
          });
    try {
      migrateStore(store.db, {
        migrationsDir: options.migrationsDir,
        backupDir: join(folder, 'before-migration'),
        now,
        proveCopy: (file) => proveCopy(file, key),
      });
      const description = {
        name,
        trustName: scheme.trust.name,
        vpd: scheme.trust.vpd,
        environment: scheme.environment,
      };
      const face = {
        description,
        access: createStoreAccess(store.db, context),
        register: createRegisterReader(store.db),
      };
      return { store, face };
    } catch (error) {
      store.close();
      throw error;
    }
  };
  /** The key is the vault's from here on: kept while the store is open, zeroed by `close`, or at once where it does not open. */
  const openWith = (folder: string, name: StoreName, key: Uint8Array, scheme: SchemeRecord): OpenStore => {
    try {
      const { store, face } = openIn(folder, name, key, scheme, 'open');
      opened = { folder, store, key, face };
      selected = name;
      return face;
    } catch (error) {
      key.fill(0);
      throw error;
    }
  };
  const close = () => {
    if (opened === null) return;
    const { store, key } = opened;
    opened = null;
    try {
      store.close();
    } finally {
      key.fill(0);
    }
  };

  const attemptsFor = (folder: string, storeId: string, secret: Uint8Array): AttemptsRecord =>
    openAttemptsRecord(inFolder(folder).attempts, storeId, secret, clock.now());

  const stopped = (attempts: AttemptsRecord, wrapId: string): Exclude<AttemptResult, { ok: true }> | null => {
    const { waitUntil, locked } = attempts.stateOf(wrapId, clock.now());
    if (waitUntil === null) return null;
    const waitSeconds = Math.max(1, Math.ceil((Date.parse(waitUntil) - Date.parse(clock.now())) / 1000));
    return locked && waitSeconds > 600
      ? { ok: false, reason: 'locked' }
      : { ok: false, reason: 'wait', waitSeconds };
  };

  /** One counted try; the key when it was right. Every refusal is queued for the ledger before the answer is given. */
  const tryPassword = async (
    folder: string,
    username: string,
    password: string,
  ): Promise<{ readonly ok: true; readonly key: Uint8Array } | Exclude<AttemptResult, { ok: true }>> => {
    const { scheme, keyring } = readBeside(folder);
    const secret = await deviceSecret(folder, scheme.storeId);
    try {
      const attempts = attemptsFor(folder, scheme.storeId, secret);
      const wrapId = personWrapId(secret, username);
      const wait = stopped(attempts, wrapId);
      const queue = (reason: 'refused' | 'throttled') =>
        attempts.queueRefusal({ at: clock.now(), username: username.slice(0, 200), reason, way: 'password' });
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
  };

  const saveKeyring = (folder: string, keyring: Keyring) => writeKeyring(inFolder(folder).keyring, keyring);

  /** One counted try of the phrase on a keyring; nothing is opened or moved yet. */
  const tryPhrase = async (
    folder: string,
    keyring: Keyring,
    phrase: string,
  ): Promise<
    | { readonly ok: true; readonly key: Uint8Array; readonly secretLost: boolean }
    | Exclude<AttemptResult, { ok: true }>
  > => {
    const reading = await keychainFor(folder).readDeviceSecret(keyring.storeId);
    if (reading.state === 'locked' || reading.state === 'unavailable') {
      throw new ServiceError(
        'KEY_STATE',
        'This PC’s keychain cannot be reached. Unlock or start it, then try again.',
      );
    }
    const secretLost = reading.state === 'absent';
    const attempts = secretLost ? null : attemptsFor(folder, keyring.storeId, reading.secret);
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
  };

  /** The phrase was right, so this PC may have a secret again; wraps bound to the lost one open nothing any more. */
  const renewSecret = async (folder: string, keyring: Keyring): Promise<void> => {
    const renewed = await keychainFor(folder).createDeviceSecret(keyring.storeId, 'recovered-by-phrase');
    if (renewed.state !== 'present') {
      throw new ServiceError(
        'KEY_STATE',
        'This PC’s keychain did not take a new secret. Unlock or start it, then try again.',
      );
    }
    saveKeyring(folder, removePeople(keyring));
    createAttemptsFile(inFolder(folder).attempts, keyring.storeId, renewed.secret);
    renewed.secret.fill(0);
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
      if (tried.secretLost) await renewSecret(folder, keyring);
    } catch (error) {
      close();
      tried.key.fill(0);
      throw error;
    }
    return { ok: true, store: face };
  };

  const discard = async (folder: string): Promise<void> => {
    const scheme = readScheme(inFolder(folder).scheme);
    rmSync(folder, { recursive: true, force: true });
    if (scheme.kind === 'present') await keychainFor(folder).removeDeviceSecret(scheme.record.storeId);
  };

  const requireOpen = (): Opened => {
    if (opened === null)
      throw new ServiceError('NOT_SIGNED_IN', 'You are not signed in. Sign in, then try again.');
    return opened;
  };
  const backups = () => {
    const name = current();
    return name === null ? [] : listBackups(inFolder(folderOf(name)).backups);
  };

  return {
    stores,
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

    create: async ({ name, trustName, vpd, environment, recoveryPhrase, passwords, prepare }) => {
      close();
      const folder = folderOf(name);
      // Cut short while its sample was loaded: nobody has worked in it, and it would stand in the way for ever.
      if (name === 'training' && existsSync(loadingMark(folder))) await discard(folder);
      if (existsSync(folder))
        throw new ServiceError('STORE_EXISTS', 'There is a store here already. Sign in to it.');
      const making = `${folder}.making`;
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { recursive: true, mode: 0o700 });
      const storeId = options.newStoreId();
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
        const about = {
          storeId,
          environment,
          training: name === 'training',
          trust: { vpd, name: trustName },
          created: clock.now(),
        };
        const scheme = makeScheme(key, about);
        let keyring = await setRecoveryWrap(emptyKeyring(storeId), key, recoveryPhrase);
        for (const person of passwords) {
          keyring = await setPasswordWrap(keyring, key, { ...person, deviceSecret: made.secret });
        }
        const files = inFolder(making);
        saveKeyring(making, keyring);
        createAttemptsFile(files.attempts, storeId, made.secret);
        writeScheme(files.scheme, scheme);
        // Named into place only when it is whole, so that a crash half-way leaves no store to be locked out of.
        const first = openIn(making, name, key, scheme, 'create');
        try {
          prepare(first.face);
        } finally {
          first.store.close();
        }
        if (name === 'training') writeFileSync(loadingMark(making), '');
        renameSync(making, folder);
        return openWith(folder, name, key, scheme);
      } catch (error) {
        key.fill(0);
        rmSync(making, { recursive: true, force: true });
        if (!existsSync(folder)) await keychain.removeDeviceSecret(storeId);
        throw error;
      } finally {
        made.secret.fill(0);
      }
    },

    keepTraining: () => rmSync(loadingMark(folderOf('training')), { force: true }),
    discardTraining: async () => {
      close();
      await discard(folderOf('training'));
      selected = null;
    },

    unlock: async (username, password) => {
      close();
      const folder = currentFolder();
      const result = await tryPassword(folder, username, password);
      if (!result.ok) return result;
      const { scheme } = readBeside(folder);
      return { ok: true, store: openWith(folder, current() ?? 'trust', result.key, scheme) };
    },
    unlockByPhrase: async (phrase) => {
      close();
      const folder = currentFolder();
      const name = current() ?? 'trust';
      const tried = await tryPhrase(folder, readBeside(folder).keyring, phrase);
      return tried.ok ? openByPhrase(folder, name, tried) : tried;
    },
    checkPassword: async (username, password) => {
      const result = await tryPassword(requireOpen().folder, username, password);
      if (!result.ok) return result;
      result.key.fill(0);
      return { ok: true };
    },
    setPassword: async (username, password) => {
      const { folder, key } = requireOpen();
      const { scheme, keyring } = readBeside(folder);
      const secret = await deviceSecret(folder, scheme.storeId);
      try {
        saveKeyring(
          folder,
          await setPasswordWrap(keyring, key, { username, password, deviceSecret: secret }),
        );
        attemptsFor(folder, scheme.storeId, secret).recordSuccess(personWrapId(secret, username));
      } finally {
        secret.fill(0);
      }
    },
    removePassword: async (username) => {
      const { folder } = requireOpen();
      const { scheme, keyring } = readBeside(folder);
      const secret = await deviceSecret(folder, scheme.storeId);
      saveKeyring(folder, removeWrap(keyring, personWrapId(secret, username)));
      secret.fill(0);
    },
    refusedSignIns: async () => {
      const { folder } = requireOpen();
      const { scheme } = readBeside(folder);
      const secret = await deviceSecret(folder, scheme.storeId);
      const attempts = attemptsFor(folder, scheme.storeId, secret);
      secret.fill(0);
      const { refusals, lost, tampered } = attempts.readRefusals();
      return { refusals, lost, tampered, recorded: () => attempts.clearRefusals() };
    },

    backUp: () => {
      const { folder, store, key } = requireOpen();
      const files = inFolder(folder);
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
      const tried = await tryPhrase(folder, keyring.keyring, phrase);
      if (!tried.ok) return tried;
      try {
        restoreBackup({ backup, storeFile: inFolder(folder).store, now: clock.now() });
      } catch (error) {
        tried.key.fill(0);
        throw error;
      }
      return openByPhrase(folder, name, tried);
    },

    connection: () => requireOpen().store.db,
    jobAccess: () => {
      const { store, key, face } = requireOpen();
      const shared = new Uint8Array(new SharedArrayBuffer(key.length));
      shared.set(key);
      return { file: store.file, key: shared, description: face.description };
    },
  };
}
