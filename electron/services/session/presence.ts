import type { DeviceKind, SignInWay } from '../../contract/common.ts';
import type { EventPayload } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { SignedIn } from '../ground/permit.ts';
import type { Clock, StoredUser } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import { DEFAULT_SETTINGS, readSettings } from '../ground/store-settings.ts';
import type { WriteGate } from '../ground/write-gate.ts';
import { isGlassBroken, readDevice } from './device.ts';
import { recordArrival } from './record-arrival.ts';
import { TRAINING_ACCOUNTS } from './training.ts';
import type { Vault } from './vault.ts';

export type LockReason = SessionState['lockedBecause'];

export interface PresenceOptions {
  readonly clock: Clock;
  readonly vault: Vault;
  readonly onChange: (state: EventPayload<'session:changed'>) => void;
  /** Stops long work and waits for its end: it holds a connection to the store. */
  readonly stopJobs: () => Promise<void>;
  /** The gate of the commands: a session begins and ends between two of them, never within one. */
  readonly gate: WriteGate;
}

/** How somebody comes in: by card with the reader it is in, so that taking it out can be noticed. */
export type Arrival =
  | { readonly way: Exclude<SignInWay, 'card'> }
  | { readonly way: 'card'; readonly readerId: string };

export type Presence = ReturnType<typeof createPresence>;

const DAY_MS = 86_400_000;

/** Who is signed in, and how they come and go. One session at a time: the program is one window on one PC. */
export function createPresence({ clock, vault, onChange, stopJobs, gate }: PresenceOptions) {
  let user: StoredUser | null = null;
  let arrival: Arrival | null = null;
  let device: DeviceKind = 'trust';
  let lockedBecause: LockReason = null;
  let endProblem: string | null = null;
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
      way: arrival?.way ?? null,
      device,
      brokenGlass: user === null || store === null ? [] : brokenGlass(store),
      endProblem,
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
  const brokenGlass = (store: OpenStore): SessionState['brokenGlass'] =>
    store.access.users
      .list()
      .filter((each) => isGlassBroken(each, clock.now()))
      .map(({ displayName, glassUntil }) => ({ displayName, until: glassUntil ?? '' }));
  const changed = async (): Promise<SessionState> => {
    const now = await state();
    onChange(now);
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
  /** Once a day also for people who never sign out but let the PC lock; nothing is worth keeping at an account's first sign-in. */
  const isBackupDue = (person: StoredUser): boolean => {
    const [latest] = vault.listBackups();
    if (latest === undefined) return person.lastSignInAt !== null;
    return Date.parse(clock.now()) - Date.parse(latest.takenAt) > DAY_MS;
  };
  /** A full or failed disk must never keep the store open: the session ends all the same, and the sign-in screen tells. */
  const endAnyway = (step: () => void) => {
    try {
      step();
    } catch (error) {
      endProblem ??= error instanceof Error ? error.message : 'The session did not end well.';
    }
  };
  const end = async (because: LockReason) => {
    await stopJobs();
    endProblem = null;
    const store = vault.open();
    if (store !== null && user !== null) {
      const actor = toActor(user);
      const operation = because === null ? 'session.signOut' : 'session.lock';
      const sentence = because === null ? 'Signed out' : `Locked (${because})`;
      endAnyway(() =>
        store.access.transaction(() => record(store.access.ledger, clock, actor, { operation, sentence })),
      );
      if (because === null) backUpQuietly();
    }
    endAnyway(vault.close);
    user = null;
    arrival = null;
    lockedBecause = because;
  };

  return {
    state,
    changed,
    backUpQuietly,
    backupProblem: () => backupProblem,
    backUpNow: () => {
      const backup = vault.backUp();
      backupProblem = null;
      return backup;
    },
    signedIn: (): SignedIn | null => (user === null ? null : toActor(user)),
    requireSession: (): { readonly store: OpenStore; readonly user: StoredUser } => {
      const store = vault.open();
      if (store === null || user === null) {
        throw new ServiceError('NOT_SIGNED_IN', 'You are not signed in. Sign in, then try again.');
      }
      return { store, user };
    },
    /** The account of who is signed in was changed by themselves. */
    update: (next: StoredUser): void => {
      user = next;
    },
    forgetLock: (): void => {
      lockedBecause = null;
    },
    /** While the training store is being made nothing else may begin: `alone` refuses. */
    setMakingTraining: (making: boolean): void => {
      makingTraining = making;
    },

    /**
     * Ends the session there was, and works alone: the job is stopped before the gate is waited for, since it may hold it; a
     * command at work is waited for, since it may be about to seal the key that leaving wipes.
     */
    alone: async <T>(work: () => Promise<T>): Promise<T> => {
      if (makingTraining) {
        throw new ServiceError('BUSY', 'The training store is being made. Wait for it, or cancel it first.');
      }
      await stopJobs();
      return gate.hold(async () => {
        if (user !== null) await end(null);
        return work();
      });
    },

    /** The reader with the card that who is signed in came in by. */
    cardReader: (): string | null => (user !== null && arrival?.way === 'card' ? arrival.readerId : null),
    device: (): DeviceKind => device,
    /** Which kind of PC this is, in a store that was just opened. */
    readDevice: async (store: OpenStore): Promise<DeviceKind> =>
      readDevice(store.access.settings, await vault.deviceId()),
    setDevice: (kind: DeviceKind): void => {
      device = kind;
    },

    /** The store is open, and who it was opened for has an account that has not ended: they come in. */
    enter: async (store: OpenStore, found: StoredUser, how: Arrival): Promise<SessionState> => {
      const { waiting, deviceId } = await vault.arrival();
      const here = readDevice(store.access.settings, deviceId);
      const now = clock.now();
      const signedIn: StoredUser = {
        ...found,
        lastSignInAt: now,
        lastWay: how.way,
        ...consequences(found, how, here, now),
      };
      store.access.transaction(() => {
        store.access.users.update(signedIn);
        recordArrival(store.access.ledger, clock, waiting, toActor(signedIn), how.way);
        recordConsequences(store, clock, found, signedIn);
      });
      if (waiting.refusals.length > 0 || waiting.lost > 0 || waiting.tampered) waiting.recorded();
      user = signedIn;
      arrival = how;
      device = here;
      lockedBecause = null;
      endProblem = null;
      if (isBackupDue(found)) backUpQuietly();
      return changed();
    },

    leave: async (because: LockReason): Promise<SessionState> => {
      if (user === null) return state();
      await stopJobs();
      await gate.hold(async () => {
        if (user !== null) await end(because);
      });
      return changed();
    },

    /** Ends the program: a training store in the making is thrown away, and no key stays. */
    shutDown: async (): Promise<void> => {
      await stopJobs();
      await gate.hold(async () => {
        if (user !== null) await end(null);
        vault.close();
      });
    },
  };
}

/** No way back after the first card on a trust PC; and a recovery lets the password in for a day, or it would have been for nothing. */
function consequences(found: StoredUser, how: Arrival, device: DeviceKind, now: string): Partial<StoredUser> {
  if (how.way === 'card' && device === 'trust' && found.cardOnlySince === null) return { cardOnlySince: now };
  if (how.way === 'recovery phrase' && found.cardOnlySince !== null && !isGlassBroken(found, now)) {
    return { glassUntil: new Date(Date.parse(now) + DAY_MS).toISOString() };
  }
  return {};
}

function recordConsequences(store: OpenStore, clock: Clock, before: StoredUser, after: StoredUser): void {
  const subject = { kind: 'user', id: after.id };
  const { ledger } = store.access;
  if (after.cardOnlySince !== before.cardOnlySince) {
    record(ledger, clock, toActor(after), {
      operation: 'users.cardOnly',
      subject,
      sentence: 'First sign-in by card on a trust PC: a trust PC takes the password of this account no more',
    });
  }
  if (after.glassUntil !== before.glassUntil) {
    record(ledger, clock, toActor(after), {
      operation: 'users.breakGlass',
      subject,
      sentence: 'The recovery phrase lets the password of this account in again for a day',
      detail: { until: after.glassUntil },
    });
  }
}

export const toActor = (user: StoredUser): SignedIn => ({
  userId: user.id,
  displayName: user.displayName,
  employeeNumber: user.employeeNumber,
  roles: user.roles,
  mustChangePassword: user.mustChangePassword,
});
