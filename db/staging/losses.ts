import type { Losses, StagedTable } from '../../electron/services/imports/import-ports.ts';
import type { StoreConnection } from '../connection.ts';
import { STATE } from './difference-sql.ts';
import type { TableSpec } from './table-specs.ts';

/** People named of those who would lose something; the rest is counted. */
const NAMED = 20;

/** When a row of a table about people is in force, by @day: what is over already is no loss. */
const IN_FORCE: Readonly<Partial<Record<StagedTable, (row: string) => string>>> = {
  person: (c) => `${dated(c)} AND ${open(`${c}.termination_date`)}`,
  assignment: (c) => `${dated(c)} AND ${open(`${c}.assignment_end_date`)}`,
  holding: (c) => open(`${c}.end_date`),
  'as-number': () => '@day IS NOT NULL',
  training: (c) => open(`${c}.expires_on`),
};
const open = (column: string) => `(${column} IS NULL OR ${column} >= @day)`;
const dated = (c: string) => `${c}.effective_from <= @day AND ${open(`${c}.effective_to`)}`;

const NUMBER_OF = {
  assignment: `coalesce((SELECT p.employee_number FROM main.person p
    WHERE p.person_id = c.person_id AND p.until_import_id IS NULL LIMIT 1), c.assignment_number)`,
  other: 'c.employee_number',
} as const;

/** What the difference of one table, as it now stands in temp.difference, takes from people; null for other tables. */
export function lossesOf(db: StoreConnection, spec: TableSpec, day: string): Losses | null {
  const inForce = IN_FORCE[spec.table];
  if (!inForce) return null;
  const known =
    db
      .prepare<[object], number>(
        `SELECT count(*) FROM main.${spec.register} c WHERE c.until_import_id IS NULL AND ${inForce('c')}`,
      )
      .pluck()
      .get({ day }) ?? 0;
  const lost = lostRows(spec, inForce);
  const number = spec.table === 'assignment' ? NUMBER_OF.assignment : NUMBER_OF.other;
  const counts = db
    .prepare<[object], { lost: number; peopleCount: number }>(
      `SELECT count(*) AS lost, count(DISTINCT ${number}) AS peopleCount ${lost}`,
    )
    .get({ day });
  if (!counts || counts.lost === 0) return { known, lost: 0, people: [], peopleCount: 0 };
  const people = db
    .prepare<[object], Losses['people'][number]>(
      `SELECT number, (SELECT trim(coalesce(nullif(p.preferred_name, ''), p.first_name, '') || ' ' || p.last_name)
         FROM main.person p WHERE p.employee_number = number AND p.until_import_id IS NULL
         ORDER BY p.effective_from DESC LIMIT 1) AS name
       FROM (SELECT DISTINCT ${number} AS number ${lost} ORDER BY 1 LIMIT @named)`,
    )
    .all({ day, named: NAMED });
  return { known, ...counts, people };
}

/** Rows that end; of holdings also those that go on being stated and no longer work. */
function lostRows({ register, stage, table, identity }: TableSpec, inForce: (row: string) => string): string {
  const over =
    table === 'holding'
      ? ` OR (d.state = ${STATE.superseded} AND NOT EXISTS (SELECT 1 FROM temp.${stage} s
          WHERE ${identity.map((n) => `s.${n} IS c.${n}`).join(' AND ')} AND ${inForce('s')}))`
      : '';
  return `FROM temp.difference d JOIN main.${register} c ON c.row_id = d.current_row
    WHERE (d.state = ${STATE.ended}${over}) AND ${inForce('c')}${notRenamed(table, stage, inForce)}`;
}

/** What a row says of its person, where the file may state the same of them under another of their names. */
const SAYS: Readonly<Partial<Record<StagedTable, string>>> = {
  holding: 'exported_name',
  'as-number': 'as_number',
  training: 'competence',
};

/** Numbers of whoever has c's number: present and past, and of records that are one person. */
const NUMBERS_OF_PERSON = `SELECT o.employee_number FROM main.person o WHERE o.person_id IN (
    SELECT p.person_id FROM main.person p WHERE p.employee_number = c.employee_number
    UNION SELECT x.canonical_id FROM main.person p JOIN main.same_person x ON x.person_id = p.person_id
      WHERE p.employee_number = c.employee_number
    UNION SELECT y.person_id FROM main.person p JOIN main.same_person y ON y.canonical_id = p.person_id
      WHERE p.employee_number = c.employee_number)`;

/** A person who was renumbered loses nothing. */
function notRenamed(table: StagedTable, stage: string, inForce: (row: string) => string): string {
  const says = SAYS[table];
  if (says === undefined) return '';
  return ` AND NOT EXISTS (SELECT 1 FROM temp.${stage} s
    WHERE s.employee_number IN (${NUMBERS_OF_PERSON}) AND s.${says} = c.${says} AND ${inForce('s')})`;
}
