import type { QueueFilter, QueueRow, QueueSort } from '../../electron/contract/requests.contract.ts';
import { canonicalJson } from '../../electron/domain/ledger/canonical-json.ts';
import {
  type AccessRequest,
  type OneFormContent,
  REQUEST_STATUSES,
  type RequestStatus,
} from '../../electron/domain/requests/request.ts';
import type {
  RequestOfPersonRow,
  RequestRepository,
  RequestToVerifyRow,
  RequestVersion,
  Slice,
  StoredRequest,
} from '../../electron/services/ground/ports.ts';
import type { StoreConnection } from '../connection.ts';
import { once } from './kept-statements.ts';
import { matchQuery } from './match-query.ts';
import { addFormerName, requestFoundBy } from './request-words.ts';

interface Row {
  readonly revision: number;
  readonly changed_at: string;
  readonly person: string;
  readonly snapshot: string;
}

/** How each order of the queue is walked: by its own index, which also holds what the queue is filtered by. */
const ORDERS: Readonly<
  Record<QueueSort['by'], { readonly index: string; readonly columns: readonly string[] }>
> = {
  submittedAt: { index: 'request_by_submitted', columns: ['submitted_at'] },
  reference: { index: 'request_by_reference', columns: ['reference'] },
  person: { index: 'request_by_person', columns: ['name_order'] },
  access: { index: 'request_by_access', columns: ['access'] },
  // Within a status, what has waited longest.
  status: { index: 'request_by_status', columns: ['status', 'submitted_at'] },
  changedAt: { index: 'request_by_changed', columns: ['changed_at'] },
};

/** Up to so many finds of a search are looked up one by one; among more, the order is walked and each row asked whether it was found. */
const FEW = 64;

export function createRequestRepository(db: StoreConnection): RequestRepository {
  const insert = db.prepare(`insert into request
    (id, reference, status, revision, form_version, submitted_at, changed_at, person, name_order, former_names, words, beneficiary_number, employee_number, access, urp, keyed_at, objection, snapshot)
    values (@id, @reference, @status, @revision, @formVersion, @submittedAt, @changedAt, @person, @nameOrder, @formerNames, @words, @beneficiaryNumber, @employeeNumber, @access, @urp, @keyedAt, @objection, @snapshot)`);
  /** `found`: what it is found by has changed as well, so that its words are written into the index anew. */
  const updateSql = (
    found: string,
  ) => `update request set reference = @reference, status = @status, revision = @revision, form_version = @formVersion,
    submitted_at = @submittedAt, changed_at = @changedAt, ${found} beneficiary_number = @beneficiaryNumber, employee_number = @employeeNumber,
    access = @access, urp = @urp, keyed_at = @keyedAt, objection = @objection, snapshot = @snapshot where id = @id and revision = @expected`;
  const update = db.prepare(
    updateSql('person = @person, name_order = @nameOrder, former_names = @formerNames, words = @words,'),
  );
  const updateRest = db.prepare(updateSql(''));
  const byId = db.prepare<[string], Row>(
    'select revision, changed_at, person, snapshot from request where id = ?',
  );
  const byReference = db.prepare<[string], Row>(
    'select revision, changed_at, person, snapshot from request where reference = ?',
  );
  const references = db.prepare<[], string>('select reference from request order by reference').pluck();
  const foundBy = db.prepare<
    [string],
    { person: string; former: string; reference: string; number: string; access: string; words: string }
  >(
    `select person, former_names as former, reference, beneficiary_number as number, access, words
     from request where id = ?`,
  );
  const versionsOf = db.prepare<[string], VersionRow>(
    'select version, received_at, import_id, form from request_version where request_id = ? order by version',
  );
  const addVersion = db.prepare(
    'insert into request_version (request_id, version, received_at, import_id, form) values (?, ?, ?, ?, ?)',
  );

  const ofPerson = once(() => db.prepare<[string], OfPersonRow>(OF_PERSON));

  return {
    get: (id) => toStored(byId.get(id)),
    byReference: (reference) => toStored(byReference.get(reference)),
    references: () => references.iterate(),
    insert: (stored) => {
      const rest = restOf(stored);
      insert.run({ ...rest, ...foundColumns(rest, stored.person, '') });
    },
    update: (stored, expectedRevision) => {
      const before = foundBy.get(stored.request.id);
      const formerNames = before ? addFormerName(before.former, before.person, stored.person) : '';
      const rest = { ...restOf(stored), expected: expectedRevision };
      const isFoundAlike =
        before !== undefined &&
        before.words !== '' &&
        before.person === stored.person &&
        before.former === formerNames &&
        before.reference === rest.reference &&
        before.number === rest.beneficiaryNumber &&
        before.access === rest.access;
      const { changes } = isFoundAlike
        ? updateRest.run(rest)
        : update.run({ ...rest, ...foundColumns(rest, stored.person, formerNames) });
      if (changes !== 1) throw new Error('the request is not at the revision it was read at');
    },
    addVersion: (id, version) => {
      addVersion.run(id, version.version, version.receivedAt, version.importId, canonicalJson(version.form));
    },
    versions: (id) => versionsOf.all(id).map(toVersion),
    list: (filter, sort, slice) => list(db, filter, sort, slice),
    countByStatus: () => countByStatus(db),
    toVerify: () =>
      db
        .prepare<[], RequestToVerifyRow>(
          `select id as requestId, reference, status, employee_number as employeeNumber, ${PERSON_ID}, urp, keyed_at as keyedAt,
             snapshot ->> '$.progress.keyed.startDate' as keyedFrom, snapshot ->> '$.progress.keyed.endDate' as keyedEnd,
             ${APPROVED_UNTIL} as approvedUntil,
             (select gone_since from approval_gone g where g.request_id = request.id) as goneSince
           from request where status in ('approved', 'keyed', 'not-seen', 'verified') and ${MATCHED}`,
        )
        .iterate(),
    ofPerson: (employeeNumbers) => ofPerson().all(JSON.stringify(employeeNumbers)).map(toOfPerson),
    ofEverybody: () => db.prepare<[], OfPersonRow>(OF_EVERYBODY).all().map(toOfPerson),
    unmatched: () =>
      db
        .prepare<[], { id: string; beneficiaryNumber: string }>(
          "select id, beneficiary_number as beneficiaryNumber from request where status = 'unmatched'",
        )
        .all(),
    approvedIds: () =>
      db
        .prepare<[], string>("select id from request where status = 'approved' order by row_id")
        .pluck()
        .all(),
    countObjected: () =>
      db.prepare<[], number>('select count(*) from request where objection is not null').pluck().get() ?? 0,
    oldestOpen: () =>
      db
        .prepare<[], string | null>(
          "select min(submitted_at) from request where status in ('unmatched', 'new', 'with-guardian', 'authorised', 'approved')",
        )
        .pluck()
        .get() ?? null,
  };
}

type OfPersonRow = Omit<RequestOfPersonRow, 'conflicts'> & { readonly conflicts: string | null };

const PERSON_ID = "snapshot ->> '$.progress.personId' as personId";
/** Last day of the exception that a request rests on; null where it rests on none. */
const APPROVED_UNTIL = `case when snapshot ->> '$.progress.exception.decision.granted'
  then snapshot ->> '$.progress.exception.decision.until' end`;
const OF_PERSON_COLUMNS = `id as requestId, reference, status, employee_number as employeeNumber, ${PERSON_ID}, urp,
    snapshot ->> '$.progress.keyed.endDate' as keyedEnd, ${APPROVED_UNTIL} as approvedUntil,
    case when snapshot ->> '$.progress.exception.decision.granted'
      then coalesce(snapshot -> '$.progress.exception.conflicts', '[]') end as conflicts`;
/** By the person's own index: a person has few requests, and a status has thousands. */
const OF_PERSON = `select ${OF_PERSON_COLUMNS} from request indexed by request_employee
  where employee_number in (select value from json_each(?)) and urp is not null
    and status in ('approved', 'keyed', 'not-seen', 'verified')`;
const MATCHED = 'employee_number is not null and urp is not null';
const OF_EVERYBODY = `select ${OF_PERSON_COLUMNS} from request where status in ('approved', 'keyed', 'not-seen') and ${MATCHED}
  union all select ${OF_PERSON_COLUMNS} from request indexed by request_excepted
  where status = 'verified' and snapshot ->> '$.progress.exception.decision.granted' and ${MATCHED}`;

const toOfPerson = ({ conflicts, ...row }: OfPersonRow): RequestOfPersonRow => ({
  ...row,
  conflicts: conflicts === null ? null : (JSON.parse(conflicts) as readonly string[]),
});

/** By what the queue finds it. */
function foundColumns(rest: ReturnType<typeof restOf>, person: string, formerNames: string) {
  return { ...requestFoundBy({ ...rest, person, formerNames }), formerNames, person };
}

/** Every other column. */
function restOf({ request, revision, changedAt }: StoredRequest) {
  const { form, progress } = request;
  return {
    id: request.id,
    reference: form.reference,
    status: progress.status,
    revision,
    formVersion: request.formVersion,
    submittedAt: form.submittedAt,
    changedAt,
    beneficiaryNumber: form.beneficiary.number ?? '',
    employeeNumber: progress.beneficiary,
    access: request.urp ?? form.accessAsTyped,
    urp: request.urp,
    keyedAt: progress.keyed?.at ?? null,
    objection: progress.objection ? progress.objection.points.map(({ title }) => title).join('; ') : null,
    snapshot: canonicalJson(request),
  };
}

function toStored(row: Row | undefined): StoredRequest | null {
  if (row === undefined) return null;
  // Written by `restOf` above and by nothing else; the store's cipher authenticates every page.
  const request = JSON.parse(row.snapshot) as AccessRequest;
  return { request, revision: row.revision, changedAt: row.changed_at, person: row.person };
}

interface VersionRow {
  readonly version: number;
  readonly received_at: string;
  readonly import_id: string;
  readonly form: string;
}

const toVersion = (row: VersionRow): RequestVersion => ({
  version: row.version,
  receivedAt: row.received_at,
  importId: row.import_id,
  form: JSON.parse(row.form) as OneFormContent,
});

/** They are few beside the queue, so they are looked up by an index that holds no others. */
const OBJECTED = '+row_id in (select row_id from request where objection is not null)';

/** Conditions on the queue's rows; `few` when a search found so little that it leads the way. */
interface Narrowed {
  readonly where: readonly string[];
  readonly values: readonly string[];
  readonly few: boolean;
  /** Rows in all, where that is known already. */
  readonly total: number | null;
}

/** Null when the text holds no word, which finds nothing. */
function narrow(db: StoreConnection, filter: QueueFilter): Narrowed | null {
  const where: string[] = [];
  const values: string[] = [];
  if (filter.statuses.length > 0) {
    where.push(`status in (${filter.statuses.map(() => '?').join(', ')})`);
    values.push(...filter.statuses);
  }
  if (filter.access !== null) {
    where.push('access = ?');
    values.push(filter.access);
  }
  if (filter.objected) where.push(OBJECTED);
  if (filter.text.trim() === '') return { where, values, few: false, total: null };
  const query = matchQuery(filter.text);
  if (query === null) return null;
  const found =
    db
      .prepare<[string], number>('select count(*) from request_search where request_search match ?')
      .pluck()
      .get(query) ?? 0;
  const few = found <= FEW;
  const total = where.length === 0 ? found : null;
  // The plus keeps SQLite from looking up every find in the table.
  where.push(`${few ? '' : '+'}row_id in (select rowid from request_search where request_search match ?)`);
  values.push(query);
  return { where, values, few, total };
}

function list(db: StoreConnection, filter: QueueFilter, sort: QueueSort, { offset, limit }: Slice) {
  const narrowed = narrow(db, filter);
  if (narrowed === null) return { total: 0, rows: [] };
  const { where, values, few } = narrowed;
  const clause = where.length === 0 ? '' : `where ${where.join(' and ')}`;
  const by = (index: string) => (few ? '' : `indexed by ${index}`);
  const total =
    narrowed.total ??
    db
      .prepare<string[], number>(`select count(*) from request ${by('request_by_status')} ${clause}`)
      .pluck()
      .get(...values) ??
    0;
  const { index, columns } = ORDERS[sort.by];
  const order = [...columns, 'row_id'].map(
    (column) => `${column} ${sort.direction === 'asc' ? 'asc' : 'desc'}`,
  );
  const rows = db
    .prepare<(string | number)[], QueueRow>(
      `select id, reference, status, submitted_at as submittedAt, changed_at as changedAt, person,
         beneficiary_number as beneficiaryNumber, access, form_version as version, objection
       from request where row_id in (
         select row_id from request ${by(index)} ${clause} order by ${order.join(', ')} limit ? offset ?
       ) order by ${order.join(', ')}`,
    )
    .all(...values, limit, offset);
  return { total, rows };
}

function countByStatus(db: StoreConnection): Readonly<Record<RequestStatus, number>> {
  const counted = db
    .prepare<[], { status: RequestStatus; n: number }>(
      'select status, count(*) as n from request group by status',
    )
    .all();
  const counts = Object.fromEntries(REQUEST_STATUSES.map((status) => [status, 0])) as Record<
    RequestStatus,
    number
  >;
  for (const { status, n } of counted) counts[status] = n;
  return counts;
}
