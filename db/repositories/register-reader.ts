import { count, desc } from 'drizzle-orm';
import type { ImportKind } from '../../electron/contract/imports.contract.ts';
import type { PersonFacts } from '../../electron/domain/access/prerequisites.ts';
import type { IsoDate } from '../../electron/domain/dates.ts';
import type { Slice } from '../../electron/services/ports.ts';
import type {
  AsNumberRow,
  AssignmentDetail,
  HoldingRow,
  ImportRecord,
  LatestImport,
  PersonDetail,
  PersonSummary,
  RegisterReader,
  TrainingRow,
} from '../../electron/services/register-reader.ts';
import type { StoreConnection } from '../connection.ts';
import { imports } from '../schema/register.ts';
import { overConnection } from './drizzle.ts';

/** SQL for "in force on @today" of a table's effective-dated rows. */
const inForce = (t: string) =>
  `${t}.until_import_id is null and ${t}.effective_from <= @today and (${t}.effective_to is null or ${t}.effective_to >= @today)`;

const currentAssignment = (t: string) =>
  `${inForce(t)} and (${t}.assignment_end_date is null or ${t}.assignment_end_date >= @today)`;

// An applicant (APL) or a leaver (EX_EMP) is in the register but not in post.
const inPost = (t: string) =>
  `(${t}.termination_date is null or ${t}.termination_date >= @today) and coalesce(${t}.system_person_type, 'EMP') not like 'EX%' and coalesce(${t}.system_person_type, 'EMP') <> 'APL'`;

const fullName = (t: string) =>
  `trim(coalesce(nullif(${t}.preferred_name, ''), ${t}.first_name, '') || ' ' || ${t}.last_name)`;

// The row in force today; for somebody not there today, the row nearest to it.
const PERSON = `select person_id as personId, ${fullName('p')} as name, employee_number as employeeNumber, office_email as email,
    smartcard_uuid as smartcardUuid, hire_date as hireDate, termination_date as terminationDate, system_person_type as personType,
    (${inForce('p')} and ${inPost('p')}) as current
  from person p where p.employee_number = @employeeNumber and p.until_import_id is null
  order by (${inForce('p')}) desc, p.effective_from desc limit 1`;

const ASSIGNMENTS = `select a.assignment_number as assignmentNumber, coalesce(po.position_name, a.position_name) as position,
    po.position_number as positionNumber, o.name as organisation,
    (select ${fullName('sp')} from person sp where sp.person_id = a.supervisor_person_id and ${inForce('sp')}) as supervisor,
    (select sp.employee_number from person sp where sp.person_id = a.supervisor_person_id and ${inForce('sp')}) as supervisorNumber,
    (select ${fullName('mp')} from person mp where mp.person_id = a.department_manager_person_id and ${inForce('mp')}) as lineManager,
    (select mp.employee_number from person mp where mp.person_id = a.department_manager_person_id and ${inForce('mp')}) as lineManagerNumber,
    (select count(*) from assignment r where r.supervisor_assignment_id = a.assignment_id and ${currentAssignment('r')}) as directReports,
    (upper(coalesce(a.primary_assignment, '')) in ('Y', 'YES', 'TRUE', '1')) as "primary",
    a.effective_from as "from", coalesce(a.assignment_end_date, a.effective_to) as "to", coalesce(a.user_status, a.system_status) as status,
    (${currentAssignment('a')}) as current
  from assignment a
  left join position po on po.position_id = a.position_id and ${inForce('po')}
  left join organisation o on o.organisation_id = a.organisation_id and ${inForce('o')}
  where a.person_id = @personId and a.until_import_id is null
  order by current desc, "primary" desc, a.assignment_number, a.effective_from desc`;

type Flagged<T> = { readonly [K in keyof T]: T[K] extends boolean ? number : T[K] };

export function createRegisterReader(db: StoreConnection): RegisterReader {
  const detail = (employeeNumber: string, today: IsoDate): PersonDetail | null => {
    const person = db
      .prepare<[object], Flagged<Omit<PersonDetail, 'assignments'>>>(PERSON)
      .get({ employeeNumber, today });
    if (person === undefined) return null;
    const assignments = db
      .prepare<[object], Flagged<AssignmentDetail>>(ASSIGNMENTS)
      .all({ personId: person.personId, today })
      .map((row) => ({ ...row, primary: row.primary === 1, current: row.current === 1 }));
    return { ...person, current: person.current === 1, assignments };
  };
  const holdingsOf = (employeeNumber: string) =>
    db
      .prepare<[string], HoldingRow>(
        // An export without the column leaves '' in what is part of the row's key.
        `select urp, exported_name as exportedName, nullif(username, '') as username, nullif(start_date, '') as startDate,
           end_date as endDate from holding where employee_number = ? and until_import_id is null order by urp, start_date`,
      )
      .all(employeeNumber);
  return {
    personDetail: detail,
    personFacts: (employeeNumber, today) => {
      const person = detail(employeeNumber, today);
      return person === null ? null : toFacts(person, holdingsOf(employeeNumber));
    },
    searchPeople: (text, today, slice) => searchPeople(db, text, today, slice),
    holdingsOf,
    asNumbersOf: (employeeNumber) =>
      db
        .prepare<[string], AsNumberRow>(
          `select as_number as asNumber, position_number as positionNumber, issued_on as issuedOn from as_number
           where employee_number = ? and until_import_id is null order by as_number`,
        )
        .all(employeeNumber),
    trainingOf: (employeeNumber) =>
      db
        .prepare<[string], TrainingRow>(
          `select competence, status, expires_on as expiresOn from training
           where employee_number = ? and until_import_id is null order by competence`,
        )
        .all(employeeNumber),
    countHolders: (today) =>
      new Map(
        db
          .prepare<[object], { urp: string; n: number }>(
            `select urp, count(distinct employee_number) as n from holding
             where until_import_id is null and urp is not null and (end_date is null or end_date >= @today) group by urp`,
          )
          .all({ today })
          .map(({ urp, n }) => [urp, n]),
      ),
    sources: () => sources(db),
    listImports: ({ offset, limit }) => {
      const orm = overConnection(db);
      const total = orm.select({ n: count() }).from(imports).get()?.n ?? 0;
      const rows: readonly ImportRecord[] = orm
        .select()
        .from(imports)
        .orderBy(desc(imports.importedAt), desc(imports.id))
        .limit(limit)
        .offset(offset)
        .all();
      return { total, rows };
    },
  };
}

function toFacts(person: PersonDetail, holdings: readonly HoldingRow[]): PersonFacts {
  const named = (employeeNumber: string | null, name: string | null) =>
    employeeNumber === null || name === null ? null : { employeeNumber, name };
  return {
    employeeNumber: person.employeeNumber,
    name: person.name,
    current: person.current,
    startsOn: person.hireDate,
    terminatedOn: person.terminationDate,
    personType: person.personType,
    hasSmartcard: person.smartcardUuid !== null && person.smartcardUuid !== '',
    username: holdings.find(({ username }) => username !== null)?.username ?? null,
    assignments: person.assignments
      .filter(({ current }) => current)
      .map((assignment) => ({
        assignmentNumber: assignment.assignmentNumber,
        positionNumber: assignment.positionNumber,
        supervisor: named(assignment.supervisorNumber, assignment.supervisor),
        lineManager: named(assignment.lineManagerNumber, assignment.lineManager),
        directReports: assignment.directReports,
      })),
  };
}

function searchPeople(db: StoreConnection, text: string, today: IsoDate, { offset, limit }: Slice) {
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean).slice(0, 5);
  const values: Record<string, string | number> = { today, limit, offset };
  const clauses = words.map((word, index) => {
    values[`w${index}`] = `${word.replace(/[\\%_]/g, '\\$&')}%`;
    const like = `like @w${index} escape '\\'`;
    return `and (p.last_name ${like} or p.first_name ${like} or p.preferred_name ${like} or p.employee_number ${like})`;
  });
  const where = `where ${inForce('p')} ${clauses.join(' ')}`;
  const total =
    db.prepare<[object], number>(`select count(*) from person p ${where}`).pluck().get(values) ?? 0;
  const rows = db
    .prepare<[object], Flagged<PersonSummary>>(
      `select p.person_id as personId, ${fullName('p')} as name, p.employee_number as employeeNumber,
         a.position_name as position, o.name as organisation, (${inPost('p')}) as current
       from (select * from person p ${where} order by p.last_name, p.first_name, p.employee_number limit @limit offset @offset) p
       left join assignment a on a.row_id = (select x.row_id from assignment x where x.person_id = p.person_id and ${currentAssignment('x')}
         order by upper(coalesce(x.primary_assignment, '')) in ('Y', 'YES') desc, x.assignment_number limit 1)
       left join organisation o on o.organisation_id = a.organisation_id and ${inForce('o')}
       order by p.last_name, p.first_name, p.employee_number`,
    )
    .all(values)
    .map((row) => ({ ...row, current: row.current === 1 }));
  return { total, rows };
}

const TABLE_OF: Readonly<Record<ImportKind, string>> = {
  go: 'person',
  holdings: 'holding',
  oneforms: 'request',
  'as-numbers': 'as_number',
  training: 'training',
};

function sources(db: StoreConnection): ReadonlyMap<ImportKind, LatestImport> {
  const found = new Map<ImportKind, LatestImport>();
  const latest = db.prepare<[string, string], Omit<LatestImport, 'rows'>>(
    `select id as importId, taken_at as takenAt, imported_at as importedAt from import
     where kind = ? or kind = ? order by imported_at desc, rowid desc limit 1`,
  );
  for (const kind of Object.keys(TABLE_OF) as ImportKind[]) {
    const record = kind === 'go' ? latest.get('go-full', 'go-changes') : latest.get(kind, kind);
    if (record === undefined) continue;
    const current = kind === 'oneforms' ? '' : 'where until_import_id is null';
    const rows =
      db.prepare<[], number>(`select count(*) from ${TABLE_OF[kind]} ${current}`).pluck().get() ?? 0;
    found.set(kind, { ...record, rows });
  }
  return found;
}
