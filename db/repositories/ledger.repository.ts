import type { JsonValue } from '../../electron/domain/ledger/canonical-json.ts';
import { commitPersonal } from '../../electron/domain/ledger/commitment.ts';
import { encodeEvent, type LedgerEvent } from '../../electron/domain/ledger/event.ts';
import { appendLeaf, leafHash, rootAt } from '../../electron/domain/ledger/merkle.ts';
import type {
  Ids,
  LedgerFilter,
  LedgerRepository,
  LedgerRow,
  NewLedgerEvent,
  Sha256,
  Slice,
  StoredLedgerRow,
} from '../../electron/services/ground/ports.ts';
import type { StoreConnection } from '../connection.ts';

interface Row {
  readonly seq: number;
  readonly at: string;
  readonly actor_id: string | null;
  readonly operation: string;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly outcome: 'done' | 'refused';
  readonly sentence: string;
  readonly event: string;
  readonly leaf_hash: Buffer;
}

const decoder = new TextDecoder();
const COLUMNS = 'seq, at, actor_id, operation, subject_kind, subject_id, outcome, sentence, event, leaf_hash';

export function createLedgerRepository(db: StoreConnection, ids: Ids, sha256: Sha256): LedgerRepository {
  const insertEvent = db.prepare(
    `insert into ledger_event (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertNode = db.prepare('insert into ledger_node (level, position, hash) values (?, ?, ?)');
  const insertDisclosure = db.prepare(
    'insert into ledger_disclosure (seq, field, salt, value) values (?, ?, ?, ?)',
  );
  const selectNode = db
    .prepare<[number, number], Buffer>('select hash from ledger_node where level = ? and position = ?')
    .pluck();
  const selectDisclosures = db.prepare<[number], { field: string; salt: string; value: string }>(
    'select field, salt, value from ledger_disclosure where seq = ? order by field',
  );
  const selectBySubject = db.prepare<[string, string], Row>(
    `select ${COLUMNS} from ledger_event where subject_kind = ? and subject_id = ? order by seq`,
  );
  const selectSize = db.prepare<[], number>('select coalesce(max(seq) + 1, 0) from ledger_event').pluck();

  const readNode = (level: number, index: number): Buffer => {
    const hash = selectNode.get(level, index);
    if (hash === undefined) throw new Error('the ledger lacks a node of its tree');
    return hash;
  };
  const size = () => selectSize.get() ?? 0;

  const append = (event: NewLedgerEvent) => {
    if (!db.inTransaction)
      throw new Error('a ledger event is written with the work it tells of, in one transaction');
    const seq = size();
    const { commitments, disclosures } = commitPersonal(event.personal, ids.salt, sha256);
    const bytes = encodeEvent(toLedgerEvent(seq, event, commitments));
    const leaf = leafHash(bytes, sha256);
    const { newNodes, root } = appendLeaf(seq, leaf, readNode, sha256);
    const { actor, subject } = event;
    insertEvent.run(
      seq,
      event.at,
      actor?.userId ?? null,
      event.operation,
      subject?.kind ?? null,
      subject?.id ?? null,
      event.outcome,
      event.sentence,
      decoder.decode(bytes),
      leaf,
    );
    for (const node of newNodes) insertNode.run(node.level, node.index, node.hash);
    for (const { field, salt, value } of disclosures)
      insertDisclosure.run(seq, field, salt, JSON.stringify(value));
    return { seq, rootHash: root };
  };

  return {
    append,
    size,
    root: () => rootAt(size(), readNode, sha256),
    list: (filter, slice) => list(db, filter, slice),
    bySubject: (kind, id) => selectBySubject.all(kind, id).map(toRow),
    recent: (limit) =>
      db
        .prepare<[number], Row>(`select ${COLUMNS} from ledger_event order by seq desc limit ?`)
        .all(limit)
        .map(toRow),
    operations: () =>
      db.prepare<[], string>('select distinct operation from ledger_event order by operation').pluck().all(),
    stream: (fromSeq) => stream(db, fromSeq),
    readNode: (level, index) => selectNode.get(level, index) ?? null,
    countNodes: () => db.prepare<[], number>('select count(*) from ledger_node').pluck().get() ?? 0,
    countDisclosures: () =>
      db.prepare<[], number>('select count(*) from ledger_disclosure').pluck().get() ?? 0,
    disclosuresOf: (seq) =>
      selectDisclosures
        .all(seq)
        .map(({ field, salt, value }) => ({ field, salt, value: JSON.parse(value) as JsonValue })),
  };
}

function toLedgerEvent(
  seq: number,
  event: NewLedgerEvent,
  commitments: LedgerEvent['personal'],
): LedgerEvent {
  return {
    v: 1,
    seq,
    at: event.at,
    actor: event.actor && { id: event.actor.userId, roles: event.actor.roles },
    operation: event.operation,
    subject: event.subject,
    outcome: event.outcome,
    detail: { ...event.detail, sentence: event.sentence },
    personal: commitments,
  };
}

function list(db: StoreConnection, filter: LedgerFilter, { offset, limit }: Slice) {
  const where: string[] = [];
  const values: (string | number)[] = [];
  const add = (clause: string, value: string | null) => {
    if (value === null) return;
    where.push(clause);
    values.push(value);
  };
  const text = filter.text.trim();
  add("sentence like ? escape '\\'", text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`);
  add('operation = ?', filter.operation);
  add('outcome = ?', filter.outcome);
  add('at >= ?', filter.from);
  add('at <= ?', filter.to);
  if (filter.actorIds !== null) {
    where.push(`actor_id in (${filter.actorIds.map(() => '?').join(', ')})`);
    values.push(...filter.actorIds);
  }
  const clause = where.length === 0 ? '' : `where ${where.join(' and ')}`;
  const total =
    db
      .prepare<(string | number)[], number>(`select count(*) from ledger_event ${clause}`)
      .pluck()
      .get(...values) ?? 0;
  const rows = db
    .prepare<(string | number)[], Row>(
      `select ${COLUMNS} from ledger_event ${clause} order by seq desc limit ? offset ?`,
    )
    .all(...values, limit, offset)
    .map(toRow);
  return { total, rows };
}

const STREAM_PAGE = 1000;

// Pages, not one open cursor: a cursor would hold the connection for as long as the verification lasts.
function* stream(db: StoreConnection, fromSeq: number): IterableIterator<StoredLedgerRow> {
  const page = db.prepare<[number, number], Row>(
    `select ${COLUMNS} from ledger_event where seq >= ? order by seq limit ?`,
  );
  let next = fromSeq;
  for (;;) {
    const rows = page.all(next, STREAM_PAGE);
    for (const row of rows) yield { ...toRow(row), event: row.event };
    const last = rows.at(-1);
    if (last === undefined || rows.length < STREAM_PAGE) return;
    next = last.seq + 1;
  }
}

const toRow = (row: Row): LedgerRow => ({
  seq: row.seq,
  at: row.at,
  actorId: row.actor_id,
  operation: row.operation,
  subjectKind: row.subject_kind,
  subjectId: row.subject_id,
  outcome: row.outcome,
  sentence: row.sentence,
  leafHash: row.leaf_hash,
});
