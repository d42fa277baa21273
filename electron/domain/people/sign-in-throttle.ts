/** How long a person waits after wrong passwords. Pure: the record is stored by the caller and survives restarts. */
import type { IsoInstant } from '../dates.ts';

export interface SignInRecord {
  /** Failures in a row. */
  readonly failures: number;
  readonly lastFailureAt: IsoInstant | null;
}

export const NO_FAILURES: SignInRecord = { failures: 0, lastFailureAt: null };

export interface ThrottlePolicy {
  /** The wait begins with this failure. */
  readonly firstWaitAt: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  /** Locked from this failure on, until the owner or recovery releases. */
  readonly lockedAt: number;
}

export const DEFAULT_THROTTLE: ThrottlePolicy = {
  firstWaitAt: 3,
  firstWaitMs: 1_000,
  longestWaitMs: 15 * 60_000,
  lockedAt: 10,
};

/** `record` is what to store from now on: it differs only when the clock was found behind the last failure. */
export type SignInVerdict =
  | { readonly kind: 'open'; readonly record: SignInRecord; readonly triesLeft: number }
  | {
      readonly kind: 'wait';
      readonly record: SignInRecord;
      readonly waitMs: number;
      readonly sentence: string;
    }
  | { readonly kind: 'locked'; readonly record: SignInRecord; readonly sentence: string };

/**
 * May this account try now? `uptimeElapsedMs`, where the caller saw the last failure itself, is the time since then by
 * a clock nobody can set; the larger of the two elapsed times counts.
 */
export function judgeSignIn(
  _record: SignInRecord,
  _now: IsoInstant,
  _uptimeElapsedMs?: number | null,
  _policy: ThrottlePolicy = DEFAULT_THROTTLE,
): SignInVerdict {
  throw new Error('not written yet');
}

/** After a failure. Store it before the answer is shown, so that a kill between the two costs a try, not saves one. */
export function afterFailure(record: SignInRecord, now: IsoInstant): SignInRecord {
  return { failures: record.failures + 1, lastFailureAt: now };
}

/** After a success, and when the owner or recovery releases a locked account. */
export function released(): SignInRecord {
  return NO_FAILURES;
}
