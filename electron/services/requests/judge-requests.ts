import { checkPrerequisites } from '../../domain/access/prerequisites.ts';
import { judgeAgain } from '../../domain/requests/judged-again.ts';
import {
  factsOf,
  numbersOf,
  readSurroundings,
  type Store,
  type Surroundings,
} from '../ground/gather-facts.ts';
import type { Clock, StoredRequest } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import type { KnownOfPerson } from '../ground/register-reader.ts';

/** Requests whose facts are read together. */
const TOGETHER = 500;

export interface JudgedCounts {
  /** Approvals that held before and no longer do, or that something more now stands against. */
  readonly raised: number;
  readonly lifted: number;
}

/**
 * Judges every approval that is not keyed again, within the caller's transaction: by the program, each with an event of its own.
 * Facts are read for many requests at once.
 */
export function judgeApprovals(store: Store, clock: Clock, importId: string, look: () => void): JudgedCounts {
  const counts = { raised: 0, lifted: 0 };
  const ids = store.access.requests.approvedIds();
  // Everybody's numbers are read into memory next.
  if (ids.length === 0) return counts;
  const around = readSurroundings(store, clock, true);
  const known = new Map<string, KnownOfPerson>();
  for (let from = 0; from < ids.length; from += TOGETHER) {
    look();
    const some = ids.slice(from, from + TOGETHER).flatMap((id) => store.access.requests.get(id) ?? []);
    const numbers = some.flatMap(({ request }) => Object.values(numbersOf(around, request)));
    // Managers come again with every one of their staff, and are read once.
    const unread = numbers.flatMap((number) => (number === null || known.has(number) ? [] : [number]));
    for (const [number, one] of store.register.knownOf([...new Set(unread)], around.today)) {
      known.set(number, one);
    }
    for (const stored of some) {
      const { kind } = judgeStored(store, clock, around, stored, (number) => known.get(number), importId);
      if (kind !== 'unchanged') counts[kind] += 1;
    }
  }
  return counts;
}

/** Judges one request as of now and keeps what came of it; answers it as it then stands. */
export function judgeNow(store: Store, clock: Clock, stored: StoredRequest): StoredRequest {
  if (stored.request.progress.status !== 'approved') return stored;
  const around = readSurroundings(store, clock);
  const numbers = Object.values(numbersOf(around, stored.request)).filter((number) => number !== null);
  const known = store.register.knownOf([...new Set(numbers)], around.today);
  return judgeStored(store, clock, around, stored, (number) => known.get(number), null).stored;
}

function judgeStored(
  store: Store,
  clock: Clock,
  around: Surroundings,
  stored: StoredRequest,
  knownOf: (number: string) => KnownOfPerson | undefined,
  importId: string | null,
): { readonly kind: 'unchanged' | 'raised' | 'lifted'; readonly stored: StoredRequest } {
  const { request, revision } = stored;
  const now = clock.now();
  const prerequisites = checkPrerequisites(factsOf(around, request, knownOf));
  const judged = judgeAgain(request, prerequisites, { now, importId });
  if (judged.kind === 'unchanged') return { kind: 'unchanged', stored };
  const next = { ...stored, request: judged.next, revision: revision + 1, changedAt: now };
  store.access.requests.update(next, revision);
  record(store.access.ledger, clock, null, judged.event);
  return { kind: judged.kind, stored: next };
}
