import type { EventPayload, Input } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { AccessCatalogue } from '../../domain/access/catalogue.ts';
import type { JsonValue } from '../../domain/ledger/canonical-json.ts';
import { judgePassword } from '../../domain/people/password-policy.ts';
import type { SignedIn } from '../permit.ts';
import type { ServiceContext, StoredUser } from '../ports.ts';
import { record } from '../record.ts';
import { ServiceError } from '../service-error.ts';
import { DEFAULT_SETTINGS, readSettings, writeSettings } from '../settings/store-settings.ts';
import type { WriteGate } from '../write-gate.ts';
import { TRAINING_ACCOUNTS, TRAINING_TRUST } from './training.ts';
import type { AttemptResult, OpenStore, Vault } from './vault.ts';

export interface SessionOptions {
  readonly context: ServiceContext;
  readonly vault: Vault;
  readonly defaultCatalogue: () => AccessCatalogue;
  readonly createRecoveryPhrase: () => string;
  readonly isRecoveryPhrase: (words: string) => boolean;
  /** 0 to 4, with advice in plain words. */
  readonly strengthOf: (
    password: string,
    about: readonly string[],
  ) => Promise<{ score: number; advice: readonly string[] }>;
  readonly onChange: (state: EventPayload<'session:changed'>) => void;
  /** Stops long work and waits for its end: it holds a connection to the store. */
  readonly stopJobs: () => Promise<void>;
  /** The gate of the commands: a session begins and ends between two of them, never within one. */
  readonly gate: WriteGate;
  /** Fills a new training store through the ordinary imports. */
  readonly loadSampleTrust: (store: OpenStore, actor: SignedIn) => Promise<void>;
}

export type SessionService = ReturnType<typeof createSessionService>;

type LockReason = SessionState['lockedBecause'];

const DAY_MS = 86_400_000;

/** Who is signed in to which store. One session at a time: the program is one window on one PC. */
export function createSessionService(options: SessionOptions) {
  const { context, vault, gate } = options;
  const { clock, ids } = context;
  let user: StoredUser | null = null;
  let lockedBecause: LockReason = null;
  let backupProblem: string | null = null;
  let makingTraining = false;

  const state = async (): Promise<SessionState> => {
    const selected = vault.selected();
    const store = vault.open();
    const { state: keyState, explanation } = await vault.keyState();
    return {
      store: selected?.name ?? null,
      stores: vault.stores().map(({ name, trustName, environment }) => ({ name, trustName, environment })),
      keyState,
      explanation,
      trust: selected && { name: selected.trustName, vpd: selected.vpd, environment: selected.environment },
      user: user && {
        id: user.id,
        username: user.username,
        displayName: user.displayName,
        roles: [...user.roles],
        mustChangePassword: user.mustChangePassword,
      },
      lockedBecause,
      idleMinutes: (store === null ? DEFAULT_SETTINGS : readSettings(store.access.settings)).idleMinutes,
      trainingAccounts:
        selected?.name === 'training'
          ? TRAINING_ACCOUNTS.map(({ username, password, displayName, roles }) => ({
              username,
              password,
              displayName,
              roles: [...roles],
            }))
          : [],
    };
  };
  const changed = async (): Promise<SessionState> => {
    const now = await state();
    options.onChange(now);
    return now;
  };

  const backUpQuietly = () => {
    try {
      vault.backUp();
      backupProblem = null;
    } catch (error) {
      // The session must end all the same; the problem is shown in Settings and at the next sign-in.
      backupProblem = error instanceof Error ? error.message : 'The backup failed.';
    }
  };
  const leave = async (because: LockReason) => {
    await options.stopJobs();
    const store = vault.open();
    if (store !== null && user !== null) {
      const actor = toActor(user);
      const operation = because === null ? 'session.signOut' : 'session.lock';
      const sentence = because === null ? 'Signed out' : `Locked (${because})`;
      try {
        store.access.transaction(() => record(store.access.ledger, clock, actor, { operation, sentence }));
      } catch {
        // A full or failed disk must never keep the store open: locking comes first.
      }
      if (because === null) backUpQuietly();
    }
    vault.close();
    user = null;
    lockedBecause = because;
  };

  /**
   * Ends the session there was, and works alone: the job is stopped before the gate is waited for, since it may hold it; a
   * command at work is waited for, since it may be about to seal the key that leaving wipes.
   */
  const alone = async <T>(work: () => Promise<T>): Promise<T> => {
    if (makingTraining) {
      throw new ServiceError('BUSY', 'The training store is being made. Wait for it, or cancel it first.');
    }
    await options.stopJobs();
    return gate.hold(async () => {
      if (user !== null) await leave(null);
      return work();
    });
  };

  const enter = async (store: OpenStore, username: string, way: string): Promise<SessionState> => {
    const found = store.access.users.byUsername(username);
    if (found === null || found.endedAt !== null) {
      vault.close();
      throw new ServiceError(
        'WRONG_CREDENTIALS',
        'The username or the password is not right. Check both and try again.',
      );
    }
    const waiting = await vault.refusedSignIns();
    const signedIn: StoredUser = { ...found, lastSignInAt: clock.now() };
    store.access.transaction(() => {
      for (const refusal of waiting.refusals) {
        record(store.access.ledger, { ...clock, now: () => refusal.at }, null, {
          operation: 'session.signIn',
          outcome: 'refused',
          sentence: 'Sign-in refused',
          detail: { reason: refusal.reason, way: refusal.way },
          personal: { username: refusal.username },
        });
      }
      if (waiting.tampered) {
        record(store.access.ledger, clock, null, {
          operation: 'session.attemptsAltered',
          outcome: 'refused',
          sentence: 'The record of sign-in attempts on this PC was deleted or altered',
        });
      }
      if (waiting.lost > 0) {
        record(store.access.ledger, clock, null, {
          operation: 'session.refusalsLost',
          outcome: 'refused',
          sentence: `${waiting.lost} refused sign-ins could not be read from this PC`,
        });
      }
      store.access.users.update(signedIn);
      record(store.access.ledger, clock, toActor(signedIn), {
        operation: 'session.signIn',
        sentence: 'Signed in',
        detail: { way },
      });
    });
    waiting.recorded();
    user = signedIn;
    lockedBecause = null;
    const [latest] = vault.listBackups();
    if (latest !== undefined && Date.parse(clock.now()) - Date.parse(latest.takenAt) > DAY_MS)
      backUpQuietly();
    return changed();
  };

  const fillTraining = async (store: OpenStore): Promise<void> => {
    try {
      const owner = store.access.users.byUsername(TRAINING_ACCOUNTS[0].username);
      if (owner === null) throw new Error('the training store has no owner');
      await options.loadSampleTrust(store, toActor(owner));
      vault.keepTraining();
      backUpQuietly();
      vault.close();
    } catch (error) {
      await vault.discardTraining();
      await changed();
      throw error;
    } finally {
      makingTraining = false;
    }
  };

  const requireGoodPassword = async (
    password: string,
    username: string,
    trustName: string,
  ): Promise<void> => {
    const { score } = await options.strengthOf(password, [username, trustName, 'esr']);
    const verdict = judgePassword({ password, username, trustName, score });
    if (!verdict.ok) throw new ServiceError('WEAK_PASSWORD', verdict.sentences.join(' '));
  };
  const requireSession = (): { readonly store: OpenStore; readonly user: StoredUser } => {
    const store = vault.open();
    if (store === null || user === null) {
      throw new ServiceError('NOT_SIGNED_IN', 'You are not signed in. Sign in, then try again.');
    }
    return { store, user };
  };

  return {
    state,
    requireSession,
    signedIn: (): SignedIn | null => (user === null ? null : toActor(user)),
    backupProblem: () => backupProblem,

    selectStore: ({ store }: Input<'session:selectStore'>) =>
      alone(async () => {
        vault.select(store);
        lockedBecause = null;
        return changed();
      }),

    judgePassword: async ({ password, about }: Input<'session:judgePassword'>) => {
      const { score, advice } = await options.strengthOf(password, about);
      const verdict = judgePassword({ password, username: about[0] ?? '', trustName: about[1] ?? '', score });
      return { score, acceptable: verdict.ok, advice: verdict.ok ? [] : [...verdict.sentences, ...advice] };
    },

    proposeRecoveryPhrase: () => ({ words: options.createRecoveryPhrase().split(' ') }),

    createTrustStore: async (input: Input<'session:createTrustStore'>) => {
      const { trustName, vpd, environment, owner, recoveryPhrase } = input;
      await requireGoodPassword(owner.password, owner.username, trustName);
      if (!options.isRecoveryPhrase(recoveryPhrase)) {
        throw new ServiceError(
          'REFUSED',
          'These are not the words of a recovery phrase. Ask for a new phrase and confirm it.',
        );
      }
      return alone(async () => {
        const store = await vault.create({
          name: 'trust',
          trustName,
          vpd,
          environment,
          recoveryPhrase,
          passwords: [{ username: owner.username, password: owner.password }],
          prepare: (made) =>
            initialise(made, options.defaultCatalogue(), context, [
              { ...owner, roles: ['owner'], mustChangePassword: false },
            ]),
        });
        return enter(store, owner.username, 'password');
      });
    },

    openTraining: async () => {
      const store = await alone(async () => {
        if (vault.stores().some(({ name }) => name === 'training')) {
          vault.select('training');
          return null;
        }
        makingTraining = true;
        try {
          return await vault.create({
            ...TRAINING_TRUST,
            recoveryPhrase: options.createRecoveryPhrase(),
            passwords: TRAINING_ACCOUNTS,
            prepare: (made) => initialise(made, options.defaultCatalogue(), context, TRAINING_ACCOUNTS),
          });
        } catch (error) {
          makingTraining = false;
          throw error;
        }
      });
      // Outside the gate, which the job that loads the sample takes when it writes.
      if (store !== null) await fillTraining(store);
      return changed();
    },

    // One at a time: tries sent side by side would all be weighed against the same count.
    signIn: ({ username, password }: Input<'session:signIn'>) =>
      alone(async () => {
        const result = await vault.unlock(username, password);
        if (!result.ok)
          throw refusal(result, 'The username or the password is not right. Check both and try again.');
        return enter(result.store, username, 'password');
      }),

    /** Ends the program: a training store in the making is thrown away, and no key stays. */
    shutDown: async () => {
      await options.stopJobs();
      await gate.hold(async () => {
        if (user !== null) await leave(null);
        vault.close();
      });
    },

    leave: async (because: LockReason) => {
      if (user === null) return state();
      await options.stopJobs();
      await gate.hold(async () => {
        if (user !== null) await leave(because);
      });
      return changed();
    },

    changePassword: async ({ present, next }: Input<'session:changePassword'>) => {
      const { store, user: person } = requireSession();
      const checked = await vault.checkPassword(person.username, present);
      if (!checked.ok) throw refusal(checked, 'Your present password is not right. Type it again.');
      if (present === next)
        throw new ServiceError('WEAK_PASSWORD', 'The new password is the old one. Choose another.');
      await requireGoodPassword(next, person.username, store.description.trustName);
      await vault.setPassword(person.username, next);
      const updated = { ...person, mustChangePassword: false };
      store.access.transaction(() => {
        store.access.users.update(updated);
        record(store.access.ledger, clock, toActor(updated), {
          operation: 'session.changePassword',
          sentence: 'Changed the own password',
        });
      });
      user = updated;
      return changed();
    },

    recover: async ({ recoveryPhrase, username, newPassword }: Input<'session:recover'>) => {
      await requireGoodPassword(newPassword, username, vault.selected()?.trustName ?? '');
      return alone(async () => {
        const result = await vault.unlockByPhrase(recoveryPhrase);
        if (!result.ok)
          throw refusal(
            result,
            'This recovery phrase does not open the store. Check every word and their order.',
          );
        const found = result.store.access.users.byUsername(username);
        if (found === null || found.endedAt !== null || !found.roles.includes('owner')) {
          vault.close();
          throw new ServiceError(
            'NOT_FOUND',
            'There is no owner account of that name. Recovery sets the password of an owner.',
          );
        }
        await vault.setPassword(username, newPassword);
        result.store.access.transaction(() =>
          record(result.store.access.ledger, clock, null, {
            operation: 'session.recover',
            subject: { kind: 'user', id: found.id },
            sentence: 'Opened by the recovery phrase, and set a new password for an owner',
          }),
        );
        return enter(result.store, username, 'recovery phrase');
      });
    },

    listBackups: () => ({ backups: vault.listBackups().map((backup) => ({ ...backup, verified: true })) }),

    restoreBackup: ({ id, recoveryPhrase }: Input<'session:restoreBackup'>) =>
      alone(async () => {
        if (!vault.listBackups().some((backup) => backup.id === id)) {
          throw new ServiceError('NOT_FOUND', 'This backup is not here any more. Choose another.');
        }
        const result = await vault.restoreBackup(id, recoveryPhrase);
        if (!result.ok)
          throw refusal(
            result,
            'This recovery phrase does not open the backup. Check every word and their order.',
          );
        result.store.access.transaction(() =>
          record(result.store.access.ledger, clock, null, {
            operation: 'store.restore',
            sentence: `Restored the backup ${id}; the store before it was set aside`,
          }),
        );
        vault.close();
        return changed();
      }),

    backUpNow: () => {
      const { store, user: person } = requireSession();
      const backup = vault.backUp();
      backupProblem = null;
      store.access.transaction(() =>
        record(store.access.ledger, clock, toActor(person), {
          operation: 'store.backUp',
          sentence: 'Made a backup',
        }),
      );
      return backup;
    },

    addPassword: vault.setPassword,
    removePassword: vault.removePassword,
    requireGoodPassword,
    newId: ids.next,
  };
}

export const toActor = (user: StoredUser): SignedIn => ({
  userId: user.id,
  displayName: user.displayName,
  employeeNumber: user.employeeNumber,
  roles: user.roles,
  mustChangePassword: user.mustChangePassword,
});

function refusal(result: Exclude<AttemptResult, { ok: true }>, wrong: string): ServiceError {
  switch (result.reason) {
    case 'refused':
      return new ServiceError('WRONG_CREDENTIALS', wrong, { triesLeft: result.triesLeft });
    case 'wait':
      return new ServiceError('WAIT', 'There were several wrong attempts. Wait, then try again.', {
        waitSeconds: result.waitSeconds,
      });
    case 'locked':
      return new ServiceError(
        'LOCKED_OUT',
        'There were too many wrong attempts, so this way in is locked for a quarter of an hour. Wait, or use the recovery phrase.',
      );
  }
}

type FirstUser = Pick<
  StoredUser,
  'username' | 'displayName' | 'employeeNumber' | 'roles' | 'mustChangePassword'
>;

function initialise(
  store: OpenStore,
  catalogue: AccessCatalogue,
  { clock, ids }: ServiceContext,
  users: readonly FirstUser[],
): void {
  const { access, description } = store;
  access.transaction(() => {
    access.settings.write('catalogue', catalogue as unknown as JsonValue);
    writeSettings(access.settings, DEFAULT_SETTINGS);
    record(access.ledger, clock, null, {
      operation: 'store.create',
      sentence: `Made the store of VPD ${description.vpd} (${description.environment})`,
      detail: { vpd: description.vpd, environment: description.environment, catalogue: catalogue.version },
    });
    for (const { username, displayName, employeeNumber, roles, mustChangePassword } of users) {
      const id = ids.next();
      access.users.insert({
        id,
        username: username.toLowerCase(),
        displayName,
        employeeNumber,
        roles,
        createdAt: clock.now(),
        lastSignInAt: null,
        endedAt: null,
        mustChangePassword,
      });
      record(access.ledger, clock, null, {
        operation: 'users.add',
        subject: { kind: 'user', id },
        sentence: `Added an account (${roles.join(', ')})`,
        detail: { roles },
        personal: { username, displayName, employeeNumber },
      });
    }
  });
}
