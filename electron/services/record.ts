import type { JsonObject, JsonValue } from '../domain/ledger/canonical-json.ts';
import type { Actor, Clock, LedgerRepository } from './ports.ts';

export interface Happening {
  readonly operation: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly outcome?: 'done' | 'refused';
  /** Plain words without personal data. */
  readonly sentence: string;
  readonly detail?: JsonObject;
  readonly personal?: Readonly<Record<string, JsonValue>>;
}

/** Appends one event to the ledger, within the caller's transaction. */
export function record(
  ledger: LedgerRepository,
  clock: Clock,
  actor: Actor | null,
  happening: Happening,
): { readonly seq: number } {
  return ledger.append({
    at: clock.now(),
    actor,
    operation: happening.operation,
    subject: happening.subject ?? null,
    outcome: happening.outcome ?? 'done',
    sentence: happening.sentence,
    detail: happening.detail ?? {},
    personal: happening.personal ?? {},
  });
}
