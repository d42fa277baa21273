import type { Input, Output } from '../../contract/contract.ts';
import { userNames } from '../ground/account-names.ts';
import type { OpenStore } from '../ground/open-store.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

export function listLedger(
  store: OpenStore,
  { filter, offset, limit }: Input<'ledger:list'>,
): Output<'ledger:list'> {
  const { ledger, users } = store.access;
  const nameOf = userNames(store);
  const people = users.list();
  const { actor, ...rest } = filter;
  // Two accounts may show one name; the list is asked by what it shows.
  const actorIds =
    actor === null ? null : people.filter(({ displayName }) => displayName === actor).map(({ id }) => id);
  const { total, rows } = ledger.list({ ...rest, actorIds }, { offset, limit });
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
    actors: [...new Set(people.map(({ displayName }) => displayName))],
    size: ledger.size(),
    rootHash: toHex(ledger.root()),
  };
}
