import { plainName } from '../../electron/domain/access/access-key.ts';
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
  holding: (c) => `${open(`${c}.end_date`)} AND ${open(`${c}.account_end`)}`,
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
  readyForLosses(db, spec);
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
      ? ` OR (d.state IN (${STATE.superseded}, ${STATE.changed}) AND NOT EXISTS (SELECT 1 FROM temp.${stage} s
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

/** Records of whoever has c's number or, where c names an ESR account alone, of whose that was confirmed to be; those that are one person too. */
const OWN = `SELECT p.person_id FROM main.person p WHERE c.employee_number <> '' AND p.employee_number = c.employee_number`;
const OWN_ACCOUNT = `SELECT a.person_id FROM main.account_person a
    WHERE c.employee_number = '' AND a.username = upper(c.username) AND a.person_id IS NOT NULL`;
const recordsOf = (own: string): string => `${own}
    UNION SELECT x.canonical_id FROM main.same_person x WHERE x.person_id IN (${own})
    UNION SELECT y.person_id FROM main.same_person y
      WHERE y.canonical_id IN (${own} UNION SELECT z.canonical_id FROM main.same_person z WHERE z.person_id IN (${own}))`;

/**
 * A person of whom the file says the same under another number, by their account or in another spelling loses nothing.
 * Needs the function `same_words`, and the indexes of {@link readyForLosses}.
 */
function notRenamed(table: StagedTable, stage: string, inForce: (row: string) => string): string {
  const says = SAYS[table];
  if (says === undefined) return '';
  const same = `(same_words(s.${says}) = same_words(c.${says})${table === 'holding' ? ' OR s.urp = c.urp' : ''}) AND ${inForce('s')}`;
  const records = recordsOf(table === 'holding' ? `${OWN} UNION ${OWN_ACCOUNT}` : OWN);
  const byNumber = `s.employee_number = c.employee_number${table === 'holding' ? " AND (s.employee_number <> '' OR upper(s.username) = upper(c.username))" : ''}`;
  const byOther = `s.employee_number IN (SELECT o.employee_number FROM main.person o WHERE o.person_id IN (${records}))`;
  const byAccount = `s.employee_number = '' AND upper(s.username) IN (
      SELECT a.username FROM main.account_person a WHERE a.person_id IN (${records}))`;
  return [byNumber, byOther, ...(table === 'holding' ? [byAccount] : [])]
    .map((whose) => ` AND NOT EXISTS (SELECT 1 FROM temp.${stage} s WHERE ${whose} AND ${same})`)
    .join('');
}

function readyForLosses(db: StoreConnection, { table, stage }: TableSpec): void {
  if (SAYS[table] === undefined) return;
  db.function('same_words', { deterministic: true }, (name) => plainName(String(name ?? '')));
  db.exec(`CREATE INDEX IF NOT EXISTS temp.${stage}_number ON ${stage} (employee_number)`);
  if (table === 'holding')
    db.exec(
      `CREATE INDEX IF NOT EXISTS temp.${stage}_account ON ${stage} (upper(username)) WHERE employee_number = ''`,
    );
}
