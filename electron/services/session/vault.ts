import type { CardSettings } from '../../contract/security.contract.ts';
import type { KeyState, StoreName } from '../../contract/session.contract.ts';
import type { IsoInstant } from '../../domain/dates.ts';
import type { OpenStore, StoreDescription } from '../ground/open-store.ts';

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
  readonly hasPassword: (username: string) => Promise<boolean>;
  /** Which ways in each of these people has on this PC, in their order: one question to the keychain for all of them. */
  readonly waysOf: (people: readonly PersonsWays[]) => Promise<readonly WaysHere[]>;

  // Cards. Each of these throws KEY_STATE where the keychain does not give the store's secret.
  /** Is the store on this PC bound to this card, and to this key of it? Needs no open store. */
  readonly cardEnrolment: (card: CardKey) => Promise<CardEnrolment>;
  /** What this card must do to open the store; null where it is not enrolled, or with another key. Needs no open store. */
  readonly cardChallenge: (card: CardKey) => Promise<CardChallenge | null>;
  /**
   * Opens by a card's signature over `cardChallenge`'s message; null for one bound to the device alone: there, whoever calls has
   * made sure of the card by a challenge of its own. Counted and throttled as passwords are, refusals queued under the UUID. The
   * signature is wiped.
   */
  readonly unlockByCard: (card: CardKey & { readonly signature: Uint8Array | null }) => Promise<UnlockResult>;
  /** For a new wrap of the open store: what the card is to sign, and the salt that `enrolCard` is given again. */
  readonly newCardWrap: () => { readonly salt: Uint8Array; readonly message: Uint8Array };
  /**
   * Binds the open store to a card, in place of an earlier key of the same card, and forgets its refused tries. The signature
   * (PKCS#1 v1.5 over `newCardWrap`'s message: the same each time) is wiped; null for the binding to the device alone.
   */
  readonly enrolCard: (wrap: NewCardWrap) => Promise<void>;
  readonly removeCard: (uuid: string) => Promise<void>;
  /** How many ways into the chosen store there are on this PC; for the security screen. */
  readonly ways: () => WaysIn;
  /** Names this PC in the store's settings: the same as long as its keychain keeps the store's secret. base64url, 43 characters. */
  readonly deviceId: () => Promise<string>;
  /** What cards need before the store is open. `none` also where there is no store, and after a renewal of the device secret. */
  readonly cardSettings: () => Promise<CardSettingsReading>;
  /** Writes them beside the open store; the master copy is in its settings. Throws KeyFileError too. */
  readonly writeCardSettings: (settings: CardSettingsBeside) => Promise<void>;

  /** A sign-in that was refused outside the vault (by a card's certificate, say); needs no open store. */
  readonly queueRefusal: (refusal: Omit<RefusedSignIn, 'at'>) => Promise<void>;
  readonly refusedSignIns: () => Promise<WaitingRefusals>;
  /**
   * What a sign-in asks of an open store besides: `refusedSignIns` and `deviceId` in one. Right after an `unlock` or `unlockByCard` it
   * is what these had in hand, so that the keychain, which takes milliseconds for each question, is not asked again.
   */
  readonly arrival: () => Promise<Arrived>;
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

/** Refused sign-ins that wait for the ledger; `recorded` says they are in it. */
export interface WaitingRefusals {
  readonly refusals: readonly RefusedSignIn[];
  readonly lost: number;
  /** The record of tries was deleted or altered since the last sign-in. */
  readonly tampered: boolean;
  readonly recorded: () => void;
}

export interface Arrived {
  readonly waiting: WaitingRefusals;
  readonly deviceId: string;
}

export interface RefusedSignIn {
  readonly at: IsoInstant;
  /** As typed, at most 200 characters are kept; of a card its UUID; empty where neither is known. */
  readonly username: string;
  /** A word of small letters and hyphens, at most 40: `refused`, `throttled`, `not-a-phrase`, or a card's standing or failure. */
  readonly reason: string;
  readonly way: 'password' | 'recovery' | 'card';
}

/** A card, and which of its keys: SHA-256 of the certificate's public key (CertificateTools.keyFingerprint). */
export interface CardKey {
  /** 12 digits. */
  readonly uuid: string;
  readonly keyFingerprint: Uint8Array;
}

/** `renewed`: enrolled on this PC, with another key. */
export type CardEnrolment = 'enrolled' | 'none' | 'renewed';

/** `signature`: the key comes out of the card's own signature. `device`: the device secret alone opens it, the card only proves itself. */
export type CardBinding = 'signature' | 'device';

export type CardChallenge =
  | { readonly binding: 'signature'; readonly storeId: string; readonly wrapMessage: Uint8Array }
  | { readonly binding: 'device'; readonly storeId: string; readonly wrapMessage: null };

export type NewCardWrap = CardKey & { readonly salt: Uint8Array } & (
    | { readonly binding: 'signature'; readonly signature: Uint8Array }
    | { readonly binding: 'device'; readonly signature: null }
  );

/** A person by what their ways in are named after. */
export interface PersonsWays {
  readonly username: string;
  readonly cardUuid: string | null;
}

export interface WaysHere {
  readonly password: boolean;
  /** With whichever key. */
  readonly card: boolean;
}

export interface WaysIn {
  readonly passwords: number;
  readonly cards: { readonly signature: number; readonly device: number };
  readonly recovery: boolean;
}

export type CardSettingsBeside = Omit<CardSettings, 'signatures'>;

export type CardSettingsReading =
  | { readonly state: 'present'; readonly settings: CardSettingsBeside }
  | { readonly state: 'none' }
  /** Not written by this program on this PC for this store, or not whole. */
  | { readonly state: 'altered' };

export type AttemptResult =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'refused'; readonly triesLeft: number | null }
  | { readonly ok: false; readonly reason: 'wait'; readonly waitSeconds: number }
  | { readonly ok: false; readonly reason: 'locked' };

export type UnlockResult =
  | { readonly ok: true; readonly store: OpenStore }
  | Exclude<AttemptResult, { readonly ok: true }>;
