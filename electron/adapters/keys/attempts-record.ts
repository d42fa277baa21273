import {
  type AttemptsContent,
  attemptsKeys,
  type Count,
  emptyAttempts,
  loadAttempts,
  MOST_PROVEN,
  MOST_REFUSALS,
  MOST_STRANGERS,
  openRefusal,
  type RefusedSignIn,
  saveAttempts,
  sealRefusal,
} from './attempts-file.ts';

export type { RefusedSignIn } from './attempts-file.ts';

export interface AttemptState {
  /** Wrong tries since the last right one, or LOCKED_AT when the record was tampered with. */
  readonly failures: number;
  /** For how long, in ms from now, no attempt is taken; 0 when one may be made now. */
  readonly waitMs: number;
  readonly locked: boolean;
}

export interface AttemptsRecord {
  readonly stateOf: (wrapId: string) => AttemptState;
  /**
   * On disk before it answers: a kill right after a wrong try does not take it back. Throws KeyFileError.
   * Count a try before the password is derived and take it back with `recordSuccess`: many tries sent at once would
   * otherwise all be let through before the first is counted.
   */
  readonly recordFailure: (wrapId: string) => AttemptState;
  readonly recordSuccess: (wrapId: string) => void;
  readonly queueRefusal: (refusal: RefusedSignIn) => void;
  /** `lost`: refusals that were queued and cannot be read any more. `tampered`: the file was deleted, altered or put back. */
  readonly readRefusals: () => {
    readonly refusals: readonly RefusedSignIn[];
    readonly lost: number;
    readonly tampered: boolean;
  };
  /** Call when the ledger events are committed. */
  readonly clearRefusals: () => void;
  /** Of the file as it is: the keychain is to remember it before a refusal is told (see `Keychain.keepSequence`). */
  readonly sequence: () => number;
}

export interface AttemptsPlace {
  readonly file: string;
  readonly storeId: string;
  readonly deviceSecret: Uint8Array;
  /** The highest sequence number that the keychain was told of this file; 0 when none. */
  readonly keptSequence: number;
  /** Ms since the computer was started, sleep included. */
  readonly uptime: () => number;
  /** Is there a wrap of this id? Its tries are counted apart, whatever else was tried. */
  readonly isWayIn: (wrapId: string) => boolean;
}

/** From so many wrong tries on, each further one costs the longest wait. */
export const LOCKED_AT = 10;
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Where tries are counted once so many strange names were tried that no more are kept one by one. */
const OVERFLOW = 'overflow';

/** Made together with the keyring, so that a missing file later is a sign of tampering and not of a first start. */
export function createAttemptsFile({
  file,
  storeId,
  deviceSecret,
  keptSequence,
}: Omit<AttemptsPlace, 'uptime' | 'isWayIn'>): void {
  saveAttempts(file, attemptsKeys(storeId, deviceSecret), emptyAttempts(keptSequence));
}

/**
 * Opens the record; a file that is missing, not ours or older than the keychain remembers counts as locked for everybody, never as
 * a fresh start. Counts end by a right try or a reset alone.
 */
export function openAttemptsRecord(place: AttemptsPlace): AttemptsRecord {
  const { file, keptSequence, isWayIn } = place;
  const keys = attemptsKeys(place.storeId, place.deviceSecret);
  const uptime = () => Math.max(0, Math.floor(place.uptime()));
  // Read anew each time: of two tries at once, each with a record of its own, neither may write over the other's count.
  const load = (): { readonly content: AttemptsContent; readonly fresh: boolean } => {
    const loaded = loadAttempts(file, keys, uptime());
    if (loaded === null || loaded.content.sequence < keptSequence)
      return { content: tamperedWith(uptime(), keptSequence), fresh: true };
    const content = sinceRestart(loaded.content, uptime());
    return { content, fresh: loaded.fresh || content !== loaded.content };
  };
  const read = (): AttemptsContent => load().content;
  const change = (next: (content: AttemptsContent) => AttemptsContent): AttemptsContent => {
    const before = read();
    const content = { ...next(before), sequence: before.sequence + 1 };
    saveAttempts(file, keys, content);
    return content;
  };
  if (load().fresh) change((content) => content);

  return {
    stateOf: (wrapId) => stateFrom(read(), wrapId, uptime(), isWayIn),
    recordFailure: (wrapId) =>
      stateFrom(
        change((content) => withFailure(content, wrapId, uptime(), isWayIn)),
        wrapId,
        uptime(),
        isWayIn,
      ),
    recordSuccess: (wrapId) => void change((content) => withSuccess(content, wrapId)),
    queueRefusal: (refusal) => void change((content) => withRefusal(content, keys.seal, refusal)),
    readRefusals: () => {
      const content = read();
      const opened = content.refusals.map((sealed) => openRefusal(keys.seal, sealed));
      const refusals = opened.filter((each) => each !== null);
      return { refusals, lost: content.lost + opened.length - refusals.length, tampered: content.tampered };
    },
    clearRefusals: () => void change((content) => ({ ...content, refusals: [], lost: 0, tampered: false })),
    sequence: () => read().sequence,
  };
}

/** How long after the n-th wrong try the next is taken, in ms: 0, 0, 5 s, doubling, at most 15 min. */
export function waitAfter(failures: number): number {
  if (failures < FREE_TRIES) return 0;
  if (failures >= LOCKED_AT) return LONGEST_WAIT_MS;
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES), LONGEST_WAIT_MS);
}

const tamperedWith = (uptime: number, sequence: number): AttemptsContent => ({
  ...emptyAttempts(sequence),
  floor: { failures: LOCKED_AT, uptime },
  tampered: true,
});

const NO_COUNT: Count = { failures: 0, uptime: 0 };

/**
 * An uptime lower than the one noted is one after a restart, of which only the time since is certain: waits count from it, also when
 * the uptime is later above the one noted. A restart that is not seen (it is above at the first look) shortens no wait either: less
 * is counted then than has passed. The same content where none is seen.
 */
function sinceRestart(content: AttemptsContent, uptime: number): AttemptsContent {
  const isBefore = (count: Count | null): boolean => count !== null && count.uptime > uptime;
  if (![content.floor, ...Object.values(content.counts)].some(isBefore)) return content;
  const since = <C extends Count | null>(count: C) =>
    count !== null && isBefore(count) ? { ...count, uptime: 0 } : count;
  const counts = Object.fromEntries(Object.entries(content.counts).map(([id, count]) => [id, since(count)]));
  return { ...content, counts, floor: since(content.floor) };
}

type IsWayIn = AttemptsPlace['isWayIn'];

function stateFrom(content: AttemptsContent, wrapId: string, uptime: number, isWayIn: IsWayIn): AttemptState {
  const shared = isWayIn(wrapId) ? NO_COUNT : (content.counts[OVERFLOW] ?? NO_COUNT);
  const counts = [
    content.counts[wrapId] ?? shared,
    content.proven.includes(wrapId) ? NO_COUNT : (content.floor ?? NO_COUNT),
  ];
  const failures = Math.max(...counts.map((count) => count.failures));
  const waits = counts.map((count) => waitAfter(count.failures) - (uptime - count.uptime));
  return { failures, waitMs: Math.max(0, ...waits), locked: failures >= LOCKED_AT };
}

function withFailure(
  content: AttemptsContent,
  wrapId: string,
  uptime: number,
  isWayIn: IsWayIn,
): AttemptsContent {
  const { counts } = content;
  // Nobody's count is pushed out by trying many names: past the limit, new strange names share one count.
  const apart =
    counts[wrapId] !== undefined || isWayIn(wrapId) || Object.keys(counts).length < MOST_STRANGERS;
  const id = apart ? wrapId : OVERFLOW;
  const failures = stateFrom(content, id, uptime, isWayIn).failures + 1;
  return { ...content, counts: { ...counts, [id]: { failures, uptime } } };
}

function withSuccess(content: AttemptsContent, wrapId: string): AttemptsContent {
  const { [wrapId]: _own, [OVERFLOW]: _shared, ...counts } = content.counts;
  const proven = content.floor === null ? [] : [...new Set([...content.proven, wrapId])].slice(-MOST_PROVEN);
  return { ...content, counts, proven };
}

function withRefusal(content: AttemptsContent, key: Buffer, refusal: RefusedSignIn): AttemptsContent {
  if (content.refusals.length >= MOST_REFUSALS) return { ...content, lost: content.lost + 1 };
  return { ...content, refusals: [...content.refusals, sealRefusal(key, refusal)] };
}
