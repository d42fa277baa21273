import type { KeyState, StoreName } from '../../contract/session.contract.ts';
import type { IsoInstant } from '../../domain/dates.ts';
import type { StoreAccess } from '../ports.ts';
import type { RegisterReader } from '../register-reader.ts';

/** A port: the stores on this PC, their keys and ways in. Holds the data key; nothing else in the program sees it. */
export interface Vault {
  readonly stores: () => readonly StoreDescription[];
  readonly selected: () => StoreDescription | null;
  readonly select: (name: StoreName | null) => void;
  readonly keyState: () => Promise<{ readonly state: KeyState; readonly explanation: string }>;
  /**
   * Makes key, wraps and store, prepared whole before it is there at all, and leaves it open. Refused with STORE_EXISTS
   * when anything of one is there, but for a training store whose loading was cut short.
   */
  readonly create: (options: CreateStoreOptions) => Promise<OpenStore>;
  /** A training store counts once its sample is loaded: keep it then, or throw it away where that failed. The trust's store is never thrown away. */
  readonly keepTraining: () => void;
  readonly discardTraining: () => Promise<void>;
  /** Opens by a person's password. Counts and throttles attempts, across restarts. */
  readonly unlock: (username: string, password: string) => Promise<UnlockResult>;
  /** Opens by the recovery phrase, renewing this PC's device secret if it was lost. */
  readonly unlockByPhrase: (phrase: string) => Promise<UnlockResult>;
  /** Is this the person's password? Counted and throttled as a sign-in is. */
  readonly checkPassword: (username: string, password: string) => Promise<AttemptResult>;
  readonly setPassword: (username: string, password: string) => Promise<void>;
  readonly removePassword: (username: string) => Promise<void>;
  /** Refused sign-ins that wait for the ledger; `recorded` says they are in it. */
  readonly refusedSignIns: () => Promise<{
    readonly refusals: readonly RefusedSignIn[];
    readonly lost: number;
    /** The record of tries was deleted or altered since the last sign-in. */
    readonly tampered: boolean;
    readonly recorded: () => void;
  }>;
  readonly open: () => OpenStore | null;
  readonly close: () => void;
  readonly backUp: () => { readonly takenAt: IsoInstant };
  readonly listBackups: () => readonly {
    readonly id: string;
    readonly takenAt: IsoInstant;
    readonly bytes: number;
  }[];
  /** Puts a backup in the store's place (the present files are moved aside) and opens it by the phrase. */
  readonly restoreBackup: (id: string, phrase: string) => Promise<UnlockResult>;
}

export interface StoreDescription {
  readonly name: StoreName;
  readonly trustName: string;
  readonly vpd: string;
  readonly environment: 'LIVE' | 'TPLY';
}

export interface CreateStoreOptions {
  readonly name: StoreName;
  readonly trustName: string;
  readonly vpd: string;
  readonly environment: 'LIVE' | 'TPLY';
  readonly recoveryPhrase: string;
  readonly passwords: readonly { readonly username: string; readonly password: string }[];
  /** Writes what a store begins with; where it throws, no store was made. */
  readonly prepare: (store: OpenStore) => void;
}

/** An open store: what the services work on. */
export interface OpenStore {
  readonly description: StoreDescription;
  readonly access: StoreAccess;
  readonly register: RegisterReader;
}

export interface RefusedSignIn {
  readonly at: IsoInstant;
  readonly username: string;
  readonly reason: string;
  readonly way: string;
}

export type AttemptResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'refused'; readonly triesLeft: number | null }
  | { readonly ok: false; readonly reason: 'wait'; readonly waitSeconds: number }
  | { readonly ok: false; readonly reason: 'locked' };

export type UnlockResult =
  | { readonly ok: true; readonly store: OpenStore }
  | Exclude<AttemptResult, { readonly ok: true }>;
