import { sql } from 'drizzle-orm';
import { blob, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import type { Span } from '../../electron/domain/access/effective-access.ts';

/** The work: what the team is doing. Every change comes from a named command, in one transaction with its ledger event. */
export const requests = sqliteTable(
  'request',
  {
    rowId: integer('row_id').primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    reference: text().notNull(),
    status: text({
      enum: [
        'unmatched',
        'new',
        'returned',
        'with-guardian',
        'authorised',
        'approved',
        'keyed',
        'not-seen',
        'verified',
        'withdrawn',
      ],
    }).notNull(),
    /** Counts every change of the request, so that a step taken on an old screen is refused. */
    revision: integer().notNull(),
    formVersion: integer('form_version').notNull(),
    submittedAt: text('submitted_at').notNull(),
    changedAt: text('changed_at').notNull(),
    /** As the register has the person now; as the form does where nobody is matched. */
    person: text().notNull(),
    /** What the queue is put in order by: `nameOrder` of the person as shown. */
    nameOrder: text('name_order').notNull().default(''),
    /** Names under which the person stood here before, a line each: they are found by them. */
    formerNames: text('former_names').notNull().default(''),
    /** Everything the queue is searched by, in words of `domain/people/search-words.ts`. Empty: not written yet. */
    words: text().notNull().default(''),
    beneficiaryNumber: text('beneficiary_number').notNull(),
    employeeNumber: text('employee_number'),
    /** What is shown and sorted by: the catalogue's name, or the form's words while nobody has said which. */
    access: text().notNull(),
    /** The catalogue's name, null while unknown. */
    urp: text(),
    keyedAt: text('keyed_at'),
    /** Why an approval no longer holds, in a few words; null while it does. */
    objection: text(),
    /** The domain's Request as canonical JSON: the columns above are its index. */
    snapshot: text().notNull(),
  },
  (t) => [
    uniqueIndex('request_id').on(t.id),
    uniqueIndex('request_reference').on(t.reference),
    // One an order of the queue, each with what the queue is filtered by: a wide row is read only once it is known to be shown.
    index('request_by_status').on(t.status, t.submittedAt, t.access),
    index('request_by_submitted').on(t.submittedAt, t.status, t.access),
    index('request_by_changed').on(t.changedAt, t.status, t.access),
    index('request_by_person').on(t.nameOrder, t.status, t.access),
    index('request_by_reference').on(t.reference, t.status, t.access),
    index('request_by_access').on(t.access, t.status),
    index('request_employee').on(t.employeeNumber, t.urp),
    index('request_without_words').on(t.id).where(sql`words = ''`),
    index('request_objected').on(t.objection).where(sql`objection is not null`),
    // Few of the closed ones rest on an exception, and every import asks which.
    index('request_excepted')
      .on(t.employeeNumber)
      .where(sql`status = 'verified' and snapshot ->> '$.progress.exception.decision.granted'`),
  ],
);

export const requestVersions = sqliteTable(
  'request_version',
  {
    requestId: text('request_id').notNull(),
    version: integer().notNull(),
    receivedAt: text('received_at').notNull(),
    importId: text('import_id').notNull(),
    form: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.requestId, t.version] })],
);

/** Exceptions that a comparison with an extract raised: what was keyed and what ESR shows do not agree. */
export const findings = sqliteTable(
  'finding',
  {
    id: text().primaryKey(),
    kind: text({
      enum: [
        'keyed-but-not-seen',
        'seen-with-other-dates',
        'held-past-approval',
        'seen-but-never-approved',
        'keyed-no-longer-grantable',
      ],
    }).notNull(),
    requestId: text('request_id'),
    employeeNumber: text('employee_number').notNull(),
    /** ESR's PersonId of the same person, since a number may change hands; null where nobody knew it, and in old findings. */
    personId: text('person_id'),
    person: text().notNull(),
    urp: text().notNull(),
    username: text(),
    importId: text('import_id').notNull(),
    raisedAt: text('raised_at').notNull(),
    extractTakenAt: text('extract_taken_at').notNull(),
    /** The access as the extract names it; null in findings from before it was kept. */
    exportedName: text('exported_name'),
    /** All that makes it this finding (see the domain's `Raised.about`); null in findings from before dates were compared. */
    about: text(),
    /** Whether it is about a request's keying, or about an access that nothing vouches for; null in old ones, whose kind says it. */
    subject: text({ enum: ['request', 'access'] }),
    /** Days on which ESR shows the access, and those keyed, approved or accepted here. */
    shown: text({ mode: 'json' }).$type<Span>(),
    approved: text({ mode: 'json' }).$type<Span>(),
    sentence: text().notNull(),
    nextAction: text('next_action').notNull(),
    settledAt: text('settled_at'),
    /** Null where the program settled it, by an extract. */
    settledBy: text('settled_by'),
    settlement: text(),
    /** Once set, what a person settled is over: the same thing seen again is a new finding. */
    causeGoneAt: text('cause_gone_at'),
  },
  (t) => [
    index('finding_open').on(t.settledAt, t.raisedAt),
    index('finding_subject').on(t.employeeNumber, t.urp),
    index('finding_request').on(t.requestId).where(sql`request_id is not null`),
  ],
);

/**
 * Access that ESR already showed when the trust began, accepted by a person. It vouches from and until the dates it had
 * then, and no longer once an extract has shown that it is gone. What was written is kept; whom and what it means is worked
 * out when it is needed.
 */
export const startingPositions = sqliteTable(
  'starting_position',
  {
    rowId: integer('row_id').primaryKey({ autoIncrement: true }),
    employeeNumber: text('employee_number').notNull(),
    /** ESR's PersonId of the same person, since a number may change hands; null where nobody knew it, and in old positions. */
    personId: text('person_id'),
    username: text(),
    /** Null in positions from before it was kept. */
    exportedName: text('exported_name'),
    /** The catalogue's name then; in old positions `?` and the exported name. */
    urp: text(),
    fromDate: text('from_date'),
    untilDate: text('until_date'),
    importId: text('import_id').notNull(),
    /** When the extract was taken that showed it no more. */
    goneSince: text('gone_since'),
  },
  (t) => [index('starting_position_holder').on(t.employeeNumber, t.urp)],
);

/** Verified requests whose access an extract has shown to be gone: their approval vouches no longer. */
export const approvalsGone = sqliteTable('approval_gone', {
  requestId: text('request_id').primaryKey(),
  importId: text('import_id').notNull(),
  goneSince: text('gone_since').notNull(),
});

/** Whom an import could not read whole, by the text that names them; `*` = it might be anybody. */
export const unreadPeople = sqliteTable(
  'unread_person',
  {
    importId: text('import_id').notNull(),
    written: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.importId, t.written] })],
);

export const columnMappings = sqliteTable(
  'column_mapping',
  {
    kind: text().notNull(),
    signature: text().notNull(),
    mapping: text().notNull(),
    savedAt: text('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.signature] })],
);

export const users = sqliteTable('user', {
  id: text().primaryKey(),
  /** Lower case. */
  username: text().notNull().unique(),
  displayName: text('display_name').notNull(),
  employeeNumber: text('employee_number'),
  roles: text().notNull(),
  createdAt: text('created_at').notNull(),
  lastSignInAt: text('last_sign_in_at'),
  endedAt: text('ended_at'),
  mustChangePassword: integer('must_change_password', { mode: 'boolean' }).notNull(),
  lastWay: text('last_way', { enum: ['password', 'card', 'recovery phrase'] }),
  /** 12 digits of the NHS smartcard that is theirs. */
  cardUuid: text('card_uuid').unique(),
  /** Since then a trust PC takes the card and not the password. */
  cardOnlySince: text('card_only_since'),
  glassUntil: text('glass_until'),
});

/** Signatures of decisions. Each is named by its hash in the ledger event `seq`, in whose transaction it was written. */
export const signatures = sqliteTable(
  'signature',
  {
    id: text().primaryKey(),
    seq: integer().notNull().unique(),
    decision: text().notNull(),
    subjectId: text('subject_id').notNull(),
    signedAt: text('signed_at').notNull(),
    signerId: text('signer_id').notNull(),
    means: text({ enum: ['card', 'account-key'] }).notNull(),
    /** Exactly what was shown and signed, UTF-8. */
    text: text().notNull(),
    /** Detached CMS, DER. */
    cms: blob({ mode: 'buffer' }).notNull(),
    /** The signer's certificate, DER. */
    certificate: blob({ mode: 'buffer' }).notNull(),
    /** What was above it then, PEM. */
    chain: text().notNull(),
  },
  (t) => [index('signature_subject').on(t.subjectId)],
);

/** The keys of those who sign without a card; as safe as the store, and no safer. */
export const accountKeys = sqliteTable('account_key', {
  userId: text('user_id').primaryKey(),
  certificate: blob({ mode: 'buffer' }).notNull(),
  privateScalar: blob('private_scalar', { mode: 'buffer' }).notNull(),
});

/** What somebody has typed and not sent; their own alone, and no event of the ledger. */
export const drafts = sqliteTable(
  'draft',
  {
    userId: text('user_id').notNull(),
    key: text().notNull(),
    value: text().notNull(),
    savedAt: text('saved_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.userId, t.key] })],
);

export const savedViews = sqliteTable(
  'saved_view',
  {
    id: text().primaryKey(),
    userId: text('user_id').notNull(),
    name: text().notNull(),
    filter: text().notNull(),
    sort: text().notNull(),
  },
  (t) => [uniqueIndex('saved_view_name').on(t.userId, t.name)],
);

/** Settings and the access catalogue: one JSON value a key. */
export const settings = sqliteTable('setting', { key: text().primaryKey(), value: text().notNull() });
