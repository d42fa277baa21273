/** One entry of the ledger: what was done or refused, by whom, to what. Its canonical bytes are the Merkle leaf. */
import { canonicalBytes, type JsonObject } from './canonical-json.ts';
import type { Commitment } from './commitment.ts';

export interface LedgerActor {
  /** The account's id, not the person's name or number. */
  readonly id: string;
  readonly roles: readonly string[];
}

export interface LedgerSubject {
  readonly kind: string;
  readonly id: string;
}

export type LedgerOutcome = 'done' | 'refused';

export interface LedgerEvent {
  readonly v: 1;
  /** Position in the log, from 0; equals the leaf index. */
  readonly seq: number;
  /** ISO instant, UTC. */
  readonly at: string;
  /** Null where nobody is signed in: a refused sign-in, a recovery. */
  readonly actor: LedgerActor | null;
  readonly operation: string;
  readonly subject: LedgerSubject | null;
  readonly outcome: LedgerOutcome;
  readonly detail: JsonObject;
  readonly personal: Readonly<Record<string, Commitment>>;
}

/**
 * Canonical bytes of the event. Takes the named fields only, so a stray property of a caller's object (a whole row,
 * say) can never reach the log. Throws `NotCanonicalError`.
 */
export function encodeEvent(event: LedgerEvent): Uint8Array {
  if (!Number.isSafeInteger(event.seq) || event.seq < 0)
    throw new RangeError('seq must be a whole number from 0');
  return canonicalBytes({
    v: event.v,
    seq: event.seq,
    at: event.at,
    actor: event.actor && { id: event.actor.id, roles: event.actor.roles },
    operation: event.operation,
    subject: event.subject && { kind: event.subject.kind, id: event.subject.id },
    outcome: event.outcome,
    detail: event.detail,
    personal: Object.fromEntries(
      Object.entries(event.personal).map(([field, { sha256 }]) => [field, { sha256 }] as const),
    ),
  });
}
