import { count, desc } from 'drizzle-orm';
import { type ImportKind, importKind } from '../../electron/contract/imports.contract.ts';
import type { PersonFacts } from '../../electron/domain/access/prerequisites.ts';
import type { IsoDate } from '../../electron/domain/dates.ts';
import { isPost, type PostRow, remarkOn, whyNoPost } from '../../electron/domain/people/posts.ts';
import type { HoldingSeen } from '../../electron/domain/requests/verification-facts.ts';
import type {
  AsNumberRow,
  AssignmentDetail,
  HoldingRow,
  ImportRecord,
  LatestImport,
  PersonDetail,
  RegisterReader,
  TrainingRow,
} from '../../electron/services/ground/register-reader.ts';
import type { PersonNames, WhoIsWho } from '../../electron/services/ground/who-is-who.ts';
import type { StoreConnection } from '../connection.ts';
import { imports } from '../schema/register.ts';
import { overConnection } from './drizzle.ts';
import { keepStatements } from './kept-statements.ts';
import { inForce, isReport, onTheStaff } from './post-sql.ts';
import { createPostsEnd } from './posts-end.ts';
import { createPeopleSearch } from './search-people.ts';
import { createWhoIsWho } from './who-is-who.repository.ts';

const fullName = (t: string) =>
  `trim(coalesce(nullif(${t}.preferred_name, ''), ${t}.first_name, '') || ' ' || ${t}.last_name)`;

/** Pairs of the number asked with one of what its person goes by, as JSON: a person has several numbers and records. */
const ASKED = `n.value ->> '$[0]'`;
const NAME = `n.value ->> '$[1]'`;

// Of each person the row in force today first, a record in employment before one that has ended; else the row nearest to today.
const PEOPLE = `select ${ASKED} as asked, person_id as personId, ${fullName('p')} as name, employee_number as employeeNumber,
    office_email as email, smartcard_uuid as smartcardUuid, hire_date as hireDate, termination_date as terminationDate,
    system_person_type as personType, (${inForce('p')} and ${onTheStaff('p')}) as current
  from json_each(@pairs) n cross join person p on p.person_id = ${NAME} and p.until_import_id is null
  order by (${inForce('p')}) desc, (${onTheStaff('p')}) desc, p.effective_from desc`;

const ASSIGNMENTS = `select a.person_id as personId, a.assignment_number as assignmentNumber,
    coalesce(po.position_name, a.position_name) as position, po.position_number as positionNumber, o.name as organisation,
    (select ${fullName('sp')} from person sp where sp.person_id = a.supervisor_person_id and ${inForce('sp')}) as supervisor,
    (select sp.employee_number from person sp where sp.person_id = a.supervisor_person_id and ${inForce('sp')}) as supervisorNumber,
    (select ${fullName('mp')} from person mp where mp.person_id = a.department_manager_person_id and ${inForce('mp')}) as lineManager,
    (select mp.employee_number from person mp where mp.person_id = a.department_manager_person_id and ${inForce('mp')}) as lineManagerNumber,
    (select count(*) from assignment r where r.supervisor_assignment_id = a.assignment_id and ${isReport('r')}) as directReports,
    (upper(coalesce(a.primary_assignment, '')) in ('Y', 'YES', 'TRUE', '1')) as "primary",
    a.assignment_type as assignmentType, a.system_status as systemStatus, a.user_status as userStatus,
    a.effective_from as effectiveFrom, a.effective_to as effectiveTo, a.assignment_end_date as assignmentEndDate,
    a.last_working_day as lastWorkingDay, a.contract_end_date as contractEndDate
  from json_each(@people) n cross join assignment a on a.person_id = n.value and a.until_import_id is null
  left join position po on po.position_id = a.position_id and ${inForce('po')}
  left join organisation o on o.organisation_id = a.organisation_id and ${inForce('o')}
  order by "primary" desc, a.assignment_number, a.effective_from desc`;

// An export without the column leaves '' in what is part of the row's key.
const HELD = `urp, exported_name as exportedName, nullif(username, '') as username,
    nullif(start_date, '') as startDate, end_date as endDate, account_start as accountStart, account_end as accountEnd`;
const HOLDINGS = `select ${ASKED} as asked, ${HELD}
    from json_each(@pairs) n cross join holding h on h.employee_number = ${NAME} and h.until_import_id is null
  union all
  select ${ASKED} as asked, ${HELD}
    from json_each(@accounts) n cross join holding h
      on upper(h.username) = ${NAME} and h.employee_number = '' and h.until_import_id is null
  order by urp, exportedName, startDate`;

const AS_NUMBERS = `select ${ASKED} as asked, as_number as asNumber, position_number as positionNumber, issued_on as issuedOn
  from json_each(@pairs) n cross join as_number s on s.employee_number = ${NAME} and s.until_import_id is null
  order by as_number, position_number`;

const TRAINING = `select ${ASKED} as asked, competence, status, expires_on as expiresOn
  from json_each(@pairs) n cross join training t on t.employee_number = ${NAME} and t.until_import_id is null
  order by competence, expires_on`;

type Flagged<T> = { readonly [K in keyof T]: T[K] extends boolean ? number : T[K] };

type Asked<T> = T & { readonly asked: string };
type PersonRow = Flagged<Omit<PersonDetail, 'assignments'>>;
type AssignmentRow = PostRow &
  Omit<Flagged<AssignmentDetail>, 'from' | 'to' | 'status' | 'current'> & { readonly personId: string };
type Kept = ReturnType<typeof keepStatements>;

/** A person as the screens show them, and of each assignment what the rules of posts ask. */
interface PersonRead {
  readonly detail: PersonDetail;
  readonly posts: readonly {
    readonly assignment: AssignmentDetail;
    readonly row: AssignmentRow;
    /** Numbers of its own record, where the person has several. */
    readonly employment: readonly string[] | undefined;
  }[];
  readonly noPost: string | null;
}

/** Whoever is asked about, by everything they go by. */
interface Subject extends PersonNames {
  readonly asked: string;
}

const NAMELESS: PersonNames = { personIds: [], employeeNumbers: [], formerNumbers: [], usernames: [] };

/** Each pair as SQL takes it. */
function pairsOf(subjects: readonly Subject[], names: Exclude<keyof Subject, 'asked'>): string {
  return JSON.stringify(subjects.flatMap((subject) => subject[names].map((name) => [subject.asked, name])));
}

export function createRegisterReader(
  db: StoreConnection,
  who: WhoIsWho = createWhoIsWho(db),
): RegisterReader {
  const kept = keepStatements(db);
  const subjectsOf = (numbers: readonly string[]): readonly Subject[] =>
    numbers.map((asked) => {
      const person = who.personOf(asked);
      return { asked, ...(person.kind === 'person' ? who.namesOf(person.key) : NAMELESS) };
    });
  const listed = <R>(sql: string, subjects: readonly Subject[]): ReadonlyMap<string, readonly R[]> => {
    const pairs = pairsOf(subjects, 'employeeNumbers');
    const accounts = sql === HOLDINGS ? { accounts: pairsOf(subjects, 'usernames') } : {};
    return grouped(kept.all<Asked<R>>(sql, { pairs, ...accounts }), ({ asked }) => asked, unasked<R>);
  };
  const listedOf = <R>(sql: string, number: string): readonly R[] =>
    listed<R>(sql, subjectsOf([number])).get(number) ?? [];
  return {
    personDetail: (employeeNumber, today) =>
      readPeople(kept, subjectsOf([employeeNumber]), today).get(employeeNumber)?.detail ?? null,
    knownOf: (numbers, today) => {
      const subjects = subjectsOf(numbers);
      const people = readPeople(kept, subjects, today);
      const holdings = listed<HoldingRow>(HOLDINGS, subjects);
      const asNumbers = listed<AsNumberRow>(AS_NUMBERS, subjects);
      const training = listed<TrainingRow>(TRAINING, subjects);
      return new Map(
        numbers.map((number) => {
          const held = holdings.get(number) ?? [];
          const found = people.get(number);
          return [
            number,
            {
              person: found ? toFacts(found, held) : null,
              holdings: held,
              asNumbers: asNumbers.get(number) ?? [],
              training: training.get(number) ?? [],
            },
          ];
        }),
      );
    },
    lastDayOfPosts: createPostsEnd(db, who),
    searchPeople: createPeopleSearch(db),
    holdingsOf: (number) => listedOf<HoldingRow>(HOLDINGS, number),
    asNumbersOf: (number) => listedOf<AsNumberRow>(AS_NUMBERS, number),
    trainingOf: (number) => listedOf<TrainingRow>(TRAINING, number),
    allHoldings: () => kept.all<HoldingSeen>(ALL_HOLDINGS, {}),
    countHolders: (ends) =>
      new Map(kept.all<{ urp: string; n: number }>(HOLDERS, { ends }).map(({ urp, n }) => [urp, n])),
    sources: () => sources(kept),
    anyUnread: () => {
      const ids = [...sources(kept).values()].map(({ importId }) => importId);
      return kept.value<number>(ANY_UNREAD, { ids: JSON.stringify(ids) }) === 1;
    },
    lastReadWhole: (kind, names) => {
      const found = kept.get<LatestImport & { readonly at: number }>(LATEST_WHOLE, {
        kind,
        names: JSON.stringify(names),
      });
      if (found === undefined) return null;
      const { at: _, ...rest } = found;
      return rest;
    },
    registerReadWhole: (names) => {
      const runs = kept.all<LatestImport & { unread: number; states: number }>(GO_RUNS, {
        names: JSON.stringify(names),
      });
      // Up to the first that states them, of those that could be read; what came before it does not matter any more.
      const whole = runs.findIndex(({ unread, states }) => unread === 0 && states === 1);
      const since = whole === -1 ? runs : runs.slice(0, whole + 1);
      const found = since[since.findLastIndex(({ unread }) => unread === 1) + 1];
      if (found === undefined) return null;
      const { unread: _u, states: _s, ...rest } = found;
      return rest;
    },
    countRows: (kind) => kept.value<number>(COUNT_ROWS[kind]) ?? 0,
    listImports: ({ offset, limit }) => {
      const orm = overConnection(db);
      const total = orm.select({ n: count() }).from(imports).get()?.n ?? 0;
      const rows = orm
        .select()
        .from(imports)
        .orderBy(desc(imports.importedAt), desc(imports.id))
        .limit(limit)
        .offset(offset)
        .all();
      const first = new Set(kept.all<{ id: string }>(FIRST_OF_KINDS, {}).map(({ id }) => id));
      return { total, rows: rows.map((row) => ({ ...row, first: first.has(row.id) })) };
    },
  };
}

function grouped<T, R = T>(
  rows: readonly T[],
  keyOf: (row: T) => string,
  made: (row: T) => R,
): ReadonlyMap<string, readonly R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(made(row));
    else groups.set(keyOf(row), [made(row)]);
  }
  return groups;
}

function unasked<T>({ asked: _, ...row }: Asked<T>): T {
  return row as unknown as T;
}

function readPeople(
  kept: Kept,
  subjects: readonly Subject[],
  today: IsoDate,
): ReadonlyMap<string, PersonRead> {
  const people = grouped(
    kept.all<Asked<PersonRow>>(PEOPLE, { pairs: pairsOf(subjects, 'personIds'), today }),
    ({ asked }) => asked,
    unasked,
  );
  const ids = subjects.flatMap(({ personIds }) => personIds);
  const rows = grouped(
    kept.all<AssignmentRow>(ASSIGNMENTS, { people: JSON.stringify([...new Set(ids)]), today }),
    ({ personId }) => personId,
    (row) => row,
  );
  const read = new Map<string, PersonRead>();
  for (const { asked, personIds } of subjects) {
    const records = people.get(asked) ?? [];
    const [person] = records;
    if (!person) continue;
    const card = records.find(({ smartcardUuid }) => smartcardUuid !== null && smartcardUuid !== '');
    const known = { ...person, smartcardUuid: person.smartcardUuid || (card?.smartcardUuid ?? null) };
    read.set(
      asked,
      readPerson(
        known,
        personIds.flatMap((id) => rows.get(id) ?? []),
        today,
        { staff: staffOf(records), numbers: records.length > 1 ? numbersOf(kept, personIds) : null },
      ),
    );
  }
  return read;
}

/** The records of one person: somebody who came back, or whose record was made anew, has several. */
interface Records {
  /** Those on the staff today. Where there is one, a post of another is none: that employment has ended. */
  readonly staff: ReadonlySet<string>;
  /** Employee numbers of each record, past ones too; null where there is one record alone. */
  readonly numbers: ReadonlyMap<string, readonly string[]> | null;
}

const staffOf = (records: readonly PersonRow[]): ReadonlySet<string> =>
  new Set(records.filter(({ current }) => current === 1).map(({ personId }) => personId));

const NUMBERS = `select distinct person_id as personId, employee_number as employeeNumber
  from json_each(@people) n cross join person p on p.person_id = n.value`;

function numbersOf(kept: Kept, personIds: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const rows = kept.all<{ personId: string; employeeNumber: string | null }>(NUMBERS, {
    people: JSON.stringify(personIds),
  });
  const known = rows.filter(
    (row): row is { personId: string; employeeNumber: string } => row.employeeNumber !== null,
  );
  return grouped(
    known,
    ({ personId }) => personId,
    ({ employeeNumber }) => employeeNumber,
  );
}

function readPerson(
  person: PersonRow,
  all: readonly AssignmentRow[],
  today: IsoDate,
  { staff, numbers }: Records,
): PersonRead {
  const isPresent = ({ personId }: AssignmentRow) => staff.size === 0 || staff.has(personId);
  const rows = all.filter(isPresent);
  const posts = all
    .map((row) => ({
      row,
      assignment: { ...toDetail(row), current: isPresent(row) && isPost(row, today) },
      employment: numbers?.get(row.personId),
    }))
    // The sort keeps what the statement ordered: the primary one first.
    .toSorted((a, b) => Number(b.assignment.current) - Number(a.assignment.current));
  const assignments = posts.map(({ assignment }) => assignment);
  const inPost = assignments.some(({ current }) => current);
  // Of somebody with no post, the row of which most is known: in force today, or else the latest.
  const nearest =
    rows.find((row) => row.effectiveFrom <= today && (row.effectiveTo ?? today) >= today) ?? rows[0];
  return {
    detail: { ...person, current: person.current === 1 && inPost, assignments },
    posts,
    noPost: inPost || !nearest ? null : whyNoPost(nearest, today),
  };
}

function toDetail(row: AssignmentRow): Omit<AssignmentDetail, 'current'> {
  return {
    assignmentNumber: row.assignmentNumber,
    position: row.position,
    positionNumber: row.positionNumber,
    organisation: row.organisation,
    supervisor: row.supervisor,
    supervisorNumber: row.supervisorNumber,
    lineManager: row.lineManager,
    lineManagerNumber: row.lineManagerNumber,
    directReports: row.directReports,
    primary: row.primary === 1,
    from: row.effectiveFrom,
    to: row.assignmentEndDate ?? row.effectiveTo,
    status: row.userStatus ?? row.systemStatus,
  };
}

function toFacts({ detail, posts, noPost }: PersonRead, holdings: readonly HoldingRow[]): PersonFacts {
  const named = (employeeNumber: string | null, name: string | null) =>
    employeeNumber === null || name === null ? null : { employeeNumber, name };
  return {
    employeeNumber: detail.employeeNumber,
    name: detail.name,
    current: detail.current,
    startsOn: detail.hireDate,
    terminatedOn: detail.terminationDate,
    personType: detail.personType,
    hasSmartcard: detail.smartcardUuid !== null && detail.smartcardUuid !== '',
    username: accountOf(holdings),
    noPost,
    assignments: posts
      .filter(({ assignment }) => assignment.current)
      .map(({ assignment, row, employment }) => ({
        ...(employment === undefined ? {} : { employment }),
        assignmentNumber: assignment.assignmentNumber,
        positionNumber: assignment.positionNumber,
        supervisor: named(assignment.supervisorNumber, assignment.supervisor),
        lineManager: named(assignment.lineManagerNumber, assignment.lineManager),
        directReports: assignment.directReports,
        remark: remarkOn(row),
      })),
  };
}

/** The account that lasts longest: one that was shut is not where access is keyed while another is open. */
function accountOf(holdings: readonly HoldingRow[]): string | null {
  const named = holdings.filter(({ username }) => username !== null);
  const lasts = ({ accountEnd }: HoldingRow) => accountEnd ?? '9999-12-31';
  return (
    named.reduce<HoldingRow | null>((best, row) => (best && lasts(best) >= lasts(row) ? best : row), null)
      ?.username ?? null
  );
}

const HOLDERS = `select urp, count(distinct employee_number) as n from holding
  where until_import_id is null and urp is not null and coalesce(end_date, @ends) >= @ends and coalesce(account_end, @ends) >= @ends
  group by urp`;

const currentRows = (table: string): string => `select count(*) from ${table} where until_import_id is null`;

const GO_TABLES = ['location', 'organisation', 'position', 'person', 'assignment'] as const;

/** What is counted of each source; asked when an import has written it, and kept with the import. */
export const COUNT_ROWS: Readonly<Record<ImportKind, string>> = {
  // Everything that the file states, as its report and the past imports count it.
  go: `select ${GO_TABLES.map((table) => `(${currentRows(table)})`).join(' + ')}`,
  holdings: currentRows('holding'),
  oneforms: 'select count(*) from request',
  'as-numbers': currentRows('as_number'),
  training: currentRows('training'),
};

/**
 * The age of what is known is that of the last import that read something. An older extract of holdings that came in later
 * is history, and renews nothing.
 */
const ALL_HOLDINGS = `select nullif(employee_number, '') as employeeNumber, nullif(username, '') as username, urp,
  exported_name as asExported, nullif(start_date, '') as startDate, end_date as endDate, account_start as accountStart,
  account_end as accountEnd from holding where until_import_id is null`;
const NEWEST_FIRST = `order by case kind when 'holdings' then coalesce(min(taken_at, imported_at), imported_at)
  else imported_at end desc, imported_at desc, rowid desc limit 1`;
const IMPORT_READ = `select rowid as at, id as importId, taken_at as takenAt, imported_at as importedAt, current_rows as rows
  from import where kind = @kind and (failed < read or read = 0) and undone_at is null`;
const LATEST = `${IMPORT_READ} ${NEWEST_FIRST}`;
/** The same, of those in which every row of a person could be read; @names is JSON. */
const LATEST_WHOLE = `${IMPORT_READ} and not exists (select 1 from unread_person u where u.import_id = import.id
  and (u.written = '*' or u.written in (select value from json_each(@names)))) ${NEWEST_FIRST}`;
/** Which source an import's row is of: a full and a changes file of ESR are one. */
export const SOURCE_OF_IMPORT = `case when kind in ('go-full', 'go-changes') then 'go' else kind end`;
/** Those that stand. */
const FIRST_OF_KINDS = `select id from import where rowid in (select min(rowid) from import where undone_at is null
  group by ${SOURCE_OF_IMPORT})`;
const ANY_UNREAD = `select exists (select 1 from unread_person where import_id in (select value from json_each(@ids)))
    or exists (select 1 from unread_person u join import i on i.id = u.import_id where i.kind in ('go-full', 'go-changes')
      and i.undone_at is null and i.rowid >= coalesce((select max(rowid) from import where kind = 'go-full' and undone_at is null), 0))`;
const UNREAD_HERE = `exists (select 1 from unread_person u where u.import_id = i.id
  and (u.written = '*' or u.written in (select value from json_each(@names))))`;
const STATES = (
  table: string,
) => `exists (select 1 from ${table} r where r.from_import_id = i.id and r.person_id in (
  select person_id from person where employee_number in (select value from json_each(@names))))`;
/** Newest first: whether each says anything of the person, and whether some of it could not be read. */
const GO_RUNS = `select i.id as importId, i.taken_at as takenAt, i.imported_at as importedAt, i.current_rows as rows,
    ${UNREAD_HERE} as unread, (i.kind = 'go-full' or ${STATES('person')} or ${STATES('assignment')}) as states
  from import i where i.kind in ('go-full', 'go-changes') and i.undone_at is null and i.rowid >= coalesce((
    select max(rowid) from import i where kind = 'go-full' and undone_at is null and not ${UNREAD_HERE}), 0)
  order by i.rowid desc`;

/** Six look-ups by index, and no count: every look at a request asks this. */
function sources(kept: Kept): ReadonlyMap<ImportKind, LatestImport> {
  const latest = (kind: ImportRecord['kind']) =>
    kept.get<LatestImport & { readonly at: number }>(LATEST, { kind });
  const found = new Map<ImportKind, LatestImport>();
  for (const kind of importKind.options) {
    const [first, second] = kind === 'go' ? [latest('go-full'), latest('go-changes')] : [latest(kind)];
    const isSecond =
      second !== undefined &&
      (first === undefined ||
        second.importedAt > first.importedAt ||
        (second.importedAt === first.importedAt && second.at > first.at));
    const record = isSecond ? second : first;
    if (record === undefined) continue;
    const { at: _, ...rest } = record;
    found.set(kind, rest);
  }
  return found;
}
