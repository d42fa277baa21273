/** A sign-in that was refused before the store was open, waiting to become a ledger event at the next sign-in. */
export interface RefusedSignIn {
  /** ISO UTC instant. */
  readonly at: string;
  /** As typed; sealed on disk. */
  readonly username: string;
  readonly reason: 'refused' | 'throttled' | 'not-a-phrase';
  readonly way: 'password' | 'recovery';
}

export interface AttemptState {
  readonly failures: number;
  /** ISO UTC instant before which no attempt is taken, or null. */
  readonly waitUntil: string | null;
  /** The file was deleted, altered or made elsewhere: the count starts at the lock-out minimum. */
  readonly tampered: boolean;
}

export interface AttemptsRecord {
  readonly stateOf: (wrapId: string, now: string) => AttemptState;
  readonly recordFailure: (wrapId: string, now: string) => AttemptState;
  readonly recordSuccess: (wrapId: string, now: string) => void;
  readonly queueRefusal: (refusal: RefusedSignIn) => void;
  /** `lost` counts refusals that were queued but cannot be read any more. */
  readonly readRefusals: () => { readonly refusals: readonly RefusedSignIn[]; readonly lost: number };
  /** Call in the same breath as the ledger events are committed. */
  readonly clearRefusals: () => void;
}

/** Made together with the keyring, so that a missing file later is a sign of tampering and not of a first start. */
export function createAttemptsFile(_file: string, _storeId: string, _deviceSecret: Uint8Array): void {
  throw new Error('to come');
}

export function openAttemptsRecord(
  _file: string,
  _storeId: string,
  _deviceSecret: Uint8Array,
): AttemptsRecord {
  throw new Error('to come');
}
