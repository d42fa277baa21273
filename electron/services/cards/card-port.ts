import type { CardTries } from '../../contract/cards.contract.ts';

/**
 * A port: the cards in this PC's readers, by PKCS#11 (v2.40), in a process of its own that is stopped when a driver hangs.
 * It answers facts; what they mean is decided elsewhere. It keeps no passcode.
 */
export interface CardPort {
  /** What was seen last. Never waits for a driver. */
  readonly now: () => CardsSeen;
  /** Called after each change of `now`. Answers how to stop listening. */
  readonly onChange: (listener: () => void) => () => void;
  /** The modules to try, in order, by absolute path; the first that loads is used from now on. */
  readonly configure: (modulePaths: readonly string[]) => void;
  /** One login with the passcode, one signature for each message in order, and out again. */
  readonly sign: (request: CardSignRequest) => Promise<CardSignResult>;
  readonly close: () => Promise<void>;
}

export interface CardsSeen {
  readonly module: CardModule;
  readonly readers: readonly { readonly name: string; readonly token: CardToken | null }[];
}

export interface CardModule {
  /** `off`: none configured. `missing`: no file of the list is there. `failed`: none loads. `hung`: it did not answer in time. */
  readonly state: 'off' | 'starting' | 'ready' | 'missing' | 'failed' | 'hung';
  /** The library's own description and the file's name: shown, and free of personal data. */
  readonly name: string | null;
}

export interface CardToken {
  /** Names this card in this reader until it is taken out: put in again it has another. */
  readonly readerId: string;
  readonly label: string;
  readonly tries: CardTries;
  /** CKF_PROTECTED_AUTHENTICATION_PATH: the passcode is typed on the reader. */
  readonly ownKeypad: boolean;
  readonly certificates: readonly CardCertificate[];
}

export interface CardCertificate {
  /** CKA_ID, hex: the private key of the same id signs. */
  readonly keyId: string;
  readonly der: Uint8Array;
}

export interface CardSignRequest {
  readonly readerId: string;
  readonly keyId: string;
  /** Empty where the reader has its own keypad. */
  readonly pin: string;
  readonly messages: readonly Uint8Array[];
}

/**
 * `signatures`: RSASSA-PKCS1-v1_5 with SHA-256 (CKM_SHA256_RSA_PKCS), or ECDSA with SHA-256 as r || s (PKCS#11's and IEEE P1363's
 * form). `cardMs`: the time spent in the driver, for the benchmark.
 */
export type CardSignResult =
  | { readonly ok: true; readonly signatures: readonly Uint8Array[]; readonly cardMs: number }
  | {
      readonly ok: false;
      readonly reason: CardFailure;
      readonly tries: CardTries;
      /** The CKR_ value (PKCS#11, 5.1) of a failure that nobody has a word for; left out where no module said one. */
      readonly code?: number;
    };

/** `wrong-pin` has spent a try; `pin-unfit` (too short, too long, a letter where digits are asked) has not. */
export type CardFailure =
  | 'wrong-pin'
  | 'pin-locked'
  | 'pin-unfit'
  | 'card-gone'
  | 'key-missing'
  | 'timed-out'
  | 'module-failed';
