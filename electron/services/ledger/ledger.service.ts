import type { Input, Output } from '../../contract/contract.ts';
import { userNames } from '../requests/request-detail.ts';
import type { OpenStore } from '../session/vault.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function listLedger(
  store: OpenStore,
  { filter, offset, limit }: Input<'ledger:list'>,
): Output<'ledger:list'> {
  const { ledger, users } = store.access;
  const nameOf = userNames(store);
  const people = users.list();
  const { actor, ...rest } = filter;
  const actorId =
    actor === null ? null : (people.find(({ displayName }) => displayName === actor)?.id ?? 'nobody');
  const { total, rows } = ledger.list({ ...rest, actorId }, { offset, limit });
  return {
    total,
    rows: rows.map((row) => ({
      seq: row.seq,
      at: row.at,
      actor: row.actorId === null ? 'The program' : nameOf(row.actorId),
      operation: row.operation,
      subject: row.subjectKind === null ? '' : `${row.subjectKind} ${row.subjectId ?? ''}`.trim(),
      outcome: row.outcome,
      sentence: row.sentence,
      leafHash: toHex(row.leafHash),
    })),
    operations: [...ledger.operations()],
    actors: people.map(({ displayName }) => displayName),
    size: ledger.size(),
    rootHash: toHex(ledger.root()),
  };
}
