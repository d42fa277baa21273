import type { JsonObject, JsonValue } from '../../domain/ledger/canonical-json.ts';
import type { AccountKey, Actor, Clock, LedgerRepository, SignatureRow, StoreAccess } from './ports.ts';

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

/** A signature over a decision, and what the decision's event says of it. */
export interface Signed {
  readonly signature: Omit<SignatureRow, 'seq'>;
  readonly detail: JsonObject;
  /** A key that was made for it, which the account signs with from now on; null where there was one, and with a card. */
  readonly madeKey: AccountKey | null;
}

/** As `record`, with the signature under what happened, where there is one. */
export function recordSigned(
  { ledger, signatures }: Pick<StoreAccess, 'ledger' | 'signatures'>,
  clock: Clock,
  actor: Actor,
  happening: Happening,
  signed: Signed | null,
): void {
  if (signed !== null && signed.madeKey !== null) {
    signatures.setAccountKey(actor.userId, signed.madeKey);
    record(ledger, clock, actor, {
      operation: 'signing.makeAccountKey',
      subject: { kind: 'user', id: actor.userId },
      sentence: 'A key was made for signing by password.',
    });
  }
  const detail = signed === null ? happening.detail : { ...happening.detail, signature: signed.detail };
  const { seq } = record(ledger, clock, actor, { ...happening, ...(detail === undefined ? {} : { detail }) });
  if (signed !== null) signatures.insert({ ...signed.signature, seq });
}
