import { blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** The ledger: append-only. Triggers (migration 0001) refuse update and delete on all three tables. */
export const ledgerEvents = sqliteTable(
  'ledger_event',
  {
    seq: integer().primaryKey(),
    at: text().notNull(),
    actorId: text('actor_id'),
    operation: text().notNull(),
    subjectKind: text('subject_kind'),
    subjectId: text('subject_id'),
    outcome: text({ enum: ['done', 'refused'] }).notNull(),
    /** Plain words for the list, free of personal data. It is part of the hashed event as well. */
    sentence: text().notNull(),
    /** The canonical JSON whose bytes are the leaf. The columns above are its index and are compared with it by `ledger:verify`. */
    event: text().notNull(),
    leafHash: blob('leaf_hash', { mode: 'buffer' }).notNull(),
  },
  (t) => [
    index('ledger_subject').on(t.subjectKind, t.subjectId),
    index('ledger_operation').on(t.operation),
    index('ledger_actor').on(t.actorId),
  ],
);

/** Hashes of the complete subtrees of the RFC 6962 tree, so that an append and a proof read only log2(n) of them. */
export const ledgerNodes = sqliteTable(
  'ledger_node',
  {
    level: integer().notNull(),
    position: integer().notNull(),
    hash: blob({ mode: 'buffer' }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.level, t.position] })],
);

/** Salt and value behind each commitment of an event, kept apart so that an export can leave them out. */
export const ledgerDisclosures = sqliteTable(
  'ledger_disclosure',
  {
    seq: integer().notNull(),
    field: text().notNull(),
    salt: text().notNull(),
    value: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.seq, t.field] })],
);
