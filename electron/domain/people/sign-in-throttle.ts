/** How long a person waits after wrong passwords. Pure: the record is stored by the caller and survives restarts. */
import { type IsoInstant, instantMs } from '../dates.ts';

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
 * a clock nobody can set; the larger of the two elapsed times counts. A clock found behind the last failure counts as
 * no time passed, and the wait starts again from there: a clock set back neither shortens the wait nor, once it had run
 * years ahead, keeps somebody out for years.
 */
export function judgeSignIn(
  record: SignInRecord,
  now: IsoInstant,
  uptimeElapsedMs: number | null = null,
  policy: ThrottlePolicy = DEFAULT_THROTTLE,
): SignInVerdict {
  if (record.failures >= policy.lockedAt) {
    const sentence = `This account is locked after ${record.failures} wrong attempts. Next: ask the system owner to release it, or use the recovery phrase.`;
    return { kind: 'locked', record, sentence };
  }
  const triesLeft = policy.lockedAt - record.failures;
  if (record.lastFailureAt === null) return { kind: 'open', record, triesLeft };
  const byClock = instantMs(now) - instantMs(record.lastFailureAt);
  const anchored = byClock < 0 ? { ...record, lastFailureAt: now } : record;
  const elapsed = Math.max(0, byClock, uptimeElapsedMs ?? 0);
  const waitMs = waitAfter(record.failures, policy) - elapsed;
  if (waitMs <= 0) return { kind: 'open', record: anchored, triesLeft };
  const sentence = `Too many wrong attempts. Next: try again in ${showWait(waitMs)}; ${tries(triesLeft)} before the account is locked.`;
  return { kind: 'wait', record: anchored, waitMs, sentence };
}

/** After a failure. Store it before the answer is shown, so that a kill between the two costs a try, not saves one. */
export function afterFailure(record: SignInRecord, now: IsoInstant): SignInRecord {
  return { failures: record.failures + 1, lastFailureAt: now };
}

/** After a success, and when the owner or recovery releases a locked account. */
export function released(): SignInRecord {
  return NO_FAILURES;
}

/** The wait that follows this many failures in a row, in milliseconds. */
function waitAfter(failures: number, policy: ThrottlePolicy): number {
  if (failures < policy.firstWaitAt) return 0;
  return Math.min(policy.longestWaitMs, policy.firstWaitMs * 2 ** (failures - policy.firstWaitAt));
}

function showWait(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function tries(left: number): string {
  return left === 1 ? '1 try is left' : `${left} tries are left`;
}
