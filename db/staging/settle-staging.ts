import { type ManagerColumn, readManagerColumn } from '../../electron/domain/register/go-manager.ts';
import type { Slipped } from '../../electron/domain/register/go-tally.ts';
import type { SettledFile, SharedNumber } from '../../electron/services/imports/import-ports.ts';
import type { StoreConnection } from '../connection.ts';
import type { TableSpec } from './table-specs.ts';

// What can be told of a GO file only once all of its rows are staged.

/** Shared numbers that are named; the rest is counted. */
const NAMED = 5;

type Failed = SettledFile['failed'][number];

interface Found {
  readonly failed: readonly Failed[];
  readonly shortened: number;
}

/** Takes out rows that repeat an earlier one. Needs the stage's key index. */
function takeOutRepeats(db: StoreConnection, spec: TableSpec, hold: (id: string) => void): readonly Failed[] {
  const { stage, key, heldBy } = spec;
  const saysTheSame = spec.columns.map(({ column }) => `f.${column} IS s.${column}`).join(' AND ');
  const same = key.map((column) => `s.${column} = d.${column}`).join(' AND ');
  const rows = db
    .prepare<[], { row: number; line: number; id: string; alike: number }>(
      `SELECT s.rowid AS row, s.line, s.${heldBy} AS id,
         (SELECT ${saysTheSame} FROM temp.${stage} f WHERE f.rowid = d.first) AS alike
       FROM temp.${stage} s
       JOIN (SELECT ${key.join(', ')}, min(rowid) AS first FROM temp.${stage}
             GROUP BY ${key.join(', ')} HAVING count(*) > 1) d ON ${same}
       WHERE s.rowid > d.first ORDER BY s.line`,
    )
    .all();
  const remove = db.prepare(`DELETE FROM temp.${stage} WHERE rowid = ?`);
  return rows.map(({ row, line, id, alike }) => {
    remove.run(row);
    hold(id);
    const reason =
      alike === 1
        ? 'It repeats an earlier row.'
        : 'It has the key of an earlier row and says something else.';
    return { table: spec.table, line, reason };
  });
}

interface DatedRow {
  readonly row: number;
  readonly line: number;
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
}

/**
 * ESR's rows of one id follow one another. A row that runs on into the next ends the day before it; one that lies within
 * another contradicts it and fails.
 */
function putInSequence(db: StoreConnection, spec: TableSpec, hold: (id: string) => void): Found {
  const { stage, heldBy: id, startColumn: from, endColumn: to } = spec;
  if (from === null || to === null) return { failed: [], shortened: 0 };
  const rows = db
    .prepare<[], DatedRow>(
      `SELECT rowid AS row, line, ${id} AS id, ${from} AS "from", ${to} AS "to" FROM temp.${stage}
       WHERE ${id} IN (SELECT ${id} FROM temp.${stage} GROUP BY ${id} HAVING count(*) > 1) ORDER BY ${id}, ${from}`,
    )
    .all();
  const shorten = db.prepare(`UPDATE temp.${stage} SET ${to} = date(?, '-1 day') WHERE rowid = ?`);
  const remove = db.prepare(`DELETE FROM temp.${stage} WHERE rowid = ?`);
  const failed: Failed[] = [];
  let shortened = 0;
  let before: DatedRow | null = null;
  for (const row of rows) {
    if (before !== null && before.id === row.id && (before.to === null || before.to >= row.from)) {
      if (row.to !== null && (before.to === null || row.to < before.to)) {
        remove.run(row.row);
        hold(row.id);
        failed.push({
          table: spec.table,
          line: row.line,
          reason: 'Its dates lie within those of another row.',
        });
        continue;
      }
      shorten.run(row.from, before.row);
      shortened += 1;
    }
    before = row;
  }
  return { failed, shortened };
}

/** Rows whose fields are not the file's: see {@link Slipped}. */
function takeOutSlipped(
  db: StoreConnection,
  { stage, heldBy, table }: TableSpec,
  { fields, usual, before, lines }: Slipped,
  hold: (id: string) => void,
): readonly Failed[] {
  const rows = db
    .prepare<[{ before: number; lines: string }], { row: number; line: number; id: string }>(
      `SELECT rowid AS row, line, ${heldBy} AS id FROM temp.${stage}
       WHERE line < @before OR line IN (SELECT value FROM json_each(@lines)) ORDER BY line`,
    )
    .all({ before: before ?? 0, lines: JSON.stringify(lines) });
  const remove = db.prepare(`DELETE FROM temp.${stage} WHERE rowid = ?`);
  const reason = `It has ${fields} fields, and the others of its type have ${usual}.`;
  return rows.map(({ row, line, id }) => {
    remove.run(row);
    hold(id);
    return { table, line, reason };
  });
}

export function settleTable(
  db: StoreConnection,
  spec: TableSpec,
  slipped: readonly Slipped[],
  hold: (id: string) => void,
): Found {
  const odd = slipped.flatMap((one) => takeOutSlipped(db, spec, one, hold));
  const repeats = takeOutRepeats(db, spec, hold);
  const { failed, shortened } = putInSequence(db, spec, hold);
  return { failed: [...odd, ...repeats, ...failed], shortened };
}

/** Employee numbers of more than one person id: of the file, and of the register where the file says only what changed. */
export function findSharedNumbers(
  db: StoreConnection,
  person: TableSpec,
  whole: boolean,
): SettledFile['shared'] {
  const stated = `SELECT employee_number, person_id FROM temp.${person.stage}`;
  const known = `SELECT c.employee_number, c.person_id FROM main.person c
    WHERE c.until_import_id IS NULL AND c.employee_number IN (SELECT employee_number FROM temp.${person.stage})
      AND c.person_id NOT IN (SELECT person_id FROM temp.${person.stage})
      AND c.person_id NOT IN (SELECT id FROM temp.gone WHERE stage = '${person.stage}')`;
  const all = whole ? stated : `${stated} UNION ALL ${known}`;
  const shared = db
    .prepare<[], string>(
      `SELECT employee_number FROM (${all}) GROUP BY employee_number HAVING min(person_id) <> max(person_id)`,
    )
    .pluck()
    .all();
  if (shared.length === 0) return { count: 0, first: [] };
  // Whose they are is asked of those few alone.
  const rows = db
    .prepare<[string], { employeeNumber: string; ids: string }>(
      `SELECT employee_number AS employeeNumber, group_concat(DISTINCT person_id) AS ids FROM (${all})
       WHERE employee_number IN (SELECT value FROM json_each(?)) GROUP BY employee_number ORDER BY employee_number`,
    )
    .all(JSON.stringify(shared));
  const first = rows
    .slice(0, NAMED)
    .map(({ employeeNumber, ids }): SharedNumber => ({ employeeNumber, personIds: ids.split(',').sort() }));
  return { count: rows.length, first };
}

/** Decides what column 18 of the assignments means, and leaves person ids in it. `values`: all that stand in it. */
export function settleManagers(
  db: StoreConnection,
  specs: { readonly person: TableSpec; readonly assignment: TableSpec },
  values: ReadonlySet<string>,
): ManagerColumn {
  const { person, assignment } = specs;
  const first = (spec: TableSpec, answer: string) =>
    db
      .prepare<[string, string], string>(
        `SELECT ${answer} FROM temp.${spec.stage} WHERE ${spec.heldBy} = ?
         UNION ALL SELECT ${answer} FROM main.${spec.register} WHERE ${spec.heldBy} = ? AND until_import_id IS NULL LIMIT 1`,
      )
      .pluck();
  const personOf = first(person, 'person_id');
  const holderOf = first(assignment, 'person_id');
  const holders = new Map<string, string>();
  let people = 0;
  for (const value of values) {
    if (personOf.get(value, value) !== undefined) people += 1;
    const holder = holderOf.get(value, value);
    if (holder !== undefined) holders.set(value, holder);
  }
  const column = readManagerColumn({ people, assignments: holders.size, values: values.size });
  if (column.reading === 'assignment') replaceByHolders(db, assignment, holders);
  return column;
}

/** An assignment that nobody is known to hold names no person. */
function replaceByHolders(
  db: StoreConnection,
  { stage }: TableSpec,
  holders: ReadonlyMap<string, string>,
): void {
  db.exec('CREATE TEMP TABLE manager (assignment TEXT PRIMARY KEY, person TEXT) WITHOUT ROWID');
  const insert = db.prepare('INSERT INTO temp.manager (assignment, person) VALUES (?, ?)');
  for (const [held, holder] of holders) insert.run(held, holder);
  db.prepare(
    `UPDATE temp.${stage} SET department_manager_person_id =
       (SELECT person FROM temp.manager WHERE assignment = department_manager_person_id)
     WHERE department_manager_person_id IS NOT NULL`,
  ).run();
  db.exec('DROP TABLE temp.manager');
}
