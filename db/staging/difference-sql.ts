import type { TableSpec } from './table-specs.ts';

/**
 * What the difference says of one row. Superseded: its thing is still stated, but not by a row of this key. Trimmed: it
 * keeps the days before a row that is stated from a later day on.
 */
export const STATE = {
  unchanged: 0,
  new: 1,
  changed: 2,
  ended: 3,
  endDated: 4,
  superseded: 5,
  trimmed: 6,
} as const;

/** Whose current rows may stand beside what a file states of them: everybody's of a changes file, or those held back. */
export type Beside = 'stated' | 'held';

/** Every statement of one table's staging and difference. All names come from the schema, none from a file. */
export interface DifferenceSql {
  readonly createStage: string;
  readonly uniqueKey: string;
  readonly lookupKey: string;
  readonly dropKey: string;
  /** So many rows in one statement. */
  readonly insert: (rows: number) => string;
  readonly removeStaged: string;
  readonly countCurrent: string;
  /** Staged rows against current ones, into temp.difference. */
  readonly classify: string;
  /** Current rows that a full file states no more. */
  readonly classifyEnded: string;
  /** Staged rows without an end stop before a future row of the register that stays. @day is the file's. */
  readonly clipStaged: Readonly<Record<Beside, string>> | null;
  /** Current rows whose days a staged row of another key states: one row in force on any day. @day as above. */
  readonly classifyOverlapped: Readonly<Record<Beside, string>> | null;
  readonly classifyTrimmed: Readonly<Record<Beside, string>> | null;
  /** Current rows that a changes file deletes. @endedOn is the last day they hold. */
  readonly classifyDeleted: string;
  /** Supersedes current rows; @from and @to bound temp.difference's rowid. */
  readonly supersede: string;
  readonly insertNew: string;
  readonly insertEndDated: string;
  /** Into an empty table; @from and @to bound the stage's rowid. */
  readonly insertAll: string;
  readonly refreshVolatile: string | null;
  /** Whom the rows that would end are about, with the difference's rowid. */
  readonly endedHolders: string | null;
  /** Rows of the stage that no row of the register states, current or past. @importId. */
  readonly countHistory: string;
  readonly insertHistory: string;
}

export function differenceSql(spec: TableSpec): DifferenceSql {
  const { register, stage, key, identity, heldBy, endColumn, startColumn, volatile } = spec;
  const names = spec.columns.map((c) => c.column);
  const list = names.join(', ');
  const compared = names.filter((n) => !key.includes(n) && !volatile.includes(n));
  const same = (columns: readonly string[], a: string, b: string) =>
    // A key may hold a date that is not there, and nothing equals nothing here.
    columns.map((n) => `${a}.${n} IS ${b}.${n}`).join(' AND ');
  const differs = compared.length === 0 ? '0' : compared.map((n) => `s.${n} IS NOT c.${n}`).join(' OR ');
  const current = (alias: string) => `${alias}.until_import_id IS NULL`;
  const between = 'BETWEEN @from AND @to';
  const lasting = names.filter((n) => !volatile.includes(n));
  const isNew = `NOT EXISTS (SELECT 1 FROM main.${register} c WHERE ${same(lasting, 'c', 's')})`;
  const stated = (columns: readonly string[]) =>
    `EXISTS (SELECT 1 FROM temp.${stage} s WHERE ${same(columns, 's', 'c')})`;
  const outlasts = endColumn === null ? '0' : `(c.${endColumn} IS NULL OR c.${endColumn} > @endedOn)`;
  const began = startColumn === null ? '1' : `c.${startColumn} <= @endedOn`;
  return {
    createStage: `CREATE TEMP TABLE ${stage} (${list}${spec.lined ? ', line INTEGER' : ''})`,
    uniqueKey: `CREATE UNIQUE INDEX temp.${stage}_key ON ${stage} (${key.join(', ')})`,
    lookupKey: `CREATE INDEX IF NOT EXISTS temp.${stage}_key ON ${stage} (${key.join(', ')})`,
    dropKey: `DROP INDEX temp.${stage}_key`,
    insert: (rows) => `INSERT OR REPLACE INTO temp.${stage} (${list}${spec.lined ? ', line' : ''})
      VALUES ${Array.from({ length: rows }, () => `(${names.map(() => '?').join(', ')}${spec.lined ? ', ?' : ''})`).join(', ')}`,
    removeStaged: `DELETE FROM temp.${stage} WHERE ${identity[0]} = ?`,
    countCurrent: `SELECT count(*) FROM main.${register} c WHERE ${current('c')}`,
    classify: `INSERT INTO temp.difference (stage_row, current_row, state)
      SELECT s.rowid, c.row_id, CASE
        WHEN c.row_id IS NULL THEN CASE
          WHEN EXISTS (SELECT 1 FROM main.${register} k WHERE ${same(identity, 'k', 's')} AND ${current('k')})
          THEN ${STATE.changed} ELSE ${STATE.new} END
        WHEN ${differs} THEN ${STATE.changed}
        ELSE ${STATE.unchanged} END
      FROM temp.${stage} s LEFT JOIN main.${register} c ON ${same(key, 'c', 's')} AND ${current('c')}
      WHERE s.rowid ${between}`,
    classifyEnded: `INSERT INTO temp.difference (stage_row, current_row, state)
      SELECT NULL, c.row_id, CASE WHEN ${stated(identity)} THEN ${STATE.superseded} ELSE ${STATE.ended} END
      FROM main.${register} c
      WHERE ${current('c')} AND NOT ${stated(key)}
        AND c.${heldBy} NOT IN (SELECT id FROM temp.held WHERE stage = '${stage}')`,
    ...overlapSql(spec, stated(key)),
    classifyDeleted: `INSERT INTO temp.difference (stage_row, current_row, state, end_on)
      SELECT NULL, c.row_id, CASE WHEN ${began} THEN ${STATE.endDated} ELSE ${STATE.ended} END, @endedOn
      FROM main.${register} c
      WHERE ${current('c')} AND c.${heldBy} IN (SELECT id FROM temp.gone WHERE stage = '${stage}')
        AND ${outlasts} AND NOT ${stated(key)} AND ${NOT_YET_SAID}`,
    supersede: `UPDATE main.${register} SET until_import_id = @importId
      WHERE row_id IN (SELECT current_row FROM temp.difference
        WHERE rowid ${between} AND state > ${STATE.new} AND current_row IS NOT NULL)`,
    insertNew: `INSERT INTO main.${register} (from_import_id, ${list})
      SELECT @importId, ${names.map((n) => `s.${n}`).join(', ')}
      FROM temp.difference d JOIN temp.${stage} s ON s.rowid = d.stage_row
      WHERE d.rowid ${between} AND d.state IN (${STATE.new}, ${STATE.changed})`,
    insertEndDated: `INSERT INTO main.${register} (from_import_id, ${list})
      SELECT @importId, ${names.map((n) => (n === endColumn ? 'd.end_on' : `c.${n}`)).join(', ')}
      FROM temp.difference d JOIN main.${register} c ON c.row_id = d.current_row
      WHERE d.rowid ${between} AND d.state IN (${STATE.endDated}, ${STATE.trimmed})`,
    insertAll: `INSERT INTO main.${register} (from_import_id, ${list})
      SELECT @importId, ${list} FROM temp.${stage} WHERE rowid ${between}`,
    endedHolders:
      heldBy === 'employee_number'
        ? `SELECT d.rowid AS id, c.employee_number AS employeeNumber,
             ${names.includes('username') ? "nullif(c.username, '')" : 'NULL'} AS username
           FROM temp.difference d JOIN main.${register} c ON c.row_id = d.current_row WHERE d.state = ${STATE.ended}`
        : null,
    countHistory: `SELECT count(*) FROM temp.${stage} s WHERE ${isNew}`,
    insertHistory: `INSERT INTO main.${register} (from_import_id, until_import_id, ${list})
      SELECT @importId, @importId, ${list} FROM temp.${stage} s WHERE ${isNew}`,
    refreshVolatile:
      volatile.length === 0
        ? null
        : `UPDATE main.${register} AS c SET ${volatile.map((n) => `${n} = s.${n}`).join(', ')}
      FROM temp.difference d JOIN temp.${stage} s ON s.rowid = d.stage_row
      WHERE d.state = ${STATE.unchanged} AND c.row_id = d.current_row
        AND (${volatile.map((n) => `c.${n} IS NOT s.${n}`).join(' OR ')})`,
  };
}

/** A current row of which the difference says nothing yet. */
const NOT_YET_SAID =
  'c.row_id NOT IN (SELECT current_row FROM temp.difference WHERE current_row IS NOT NULL)';

/**
 * ESR's rows of one id never overlap, so a current row whose days a file states under another start is not ESR's any more.
 * - Stated from the file's day or before: it replaces what it overlaps (a corrected start, or a later one).
 * - Stated from a later day on: what is in force today keeps the days until then.
 * - Without an end: a future row of the register that the file does not mention stays, and begins where it begins.
 * Of a full file this concerns those of whom a row failed: what the register has of them is left, but never twice a day.
 */
function overlapSql(
  { register, stage, identity, startColumn: from, endColumn: to }: TableSpec,
  stated: string,
): Pick<DifferenceSql, 'clipStaged' | 'classifyOverlapped' | 'classifyTrimmed'> {
  const [id] = identity;
  if (from === null || to === null) {
    return { clipStaged: null, classifyOverlapped: null, classifyTrimmed: null };
  }
  const scopes = {
    stated: `SELECT ${id} FROM temp.${stage}`,
    held: `SELECT id FROM temp.held WHERE stage = '${stage}'`,
  };
  const both = (sql: (scope: string) => string) => ({ stated: sql(scopes.stated), held: sql(scopes.held) });
  const gone = `c.${id} IN (SELECT id FROM temp.gone WHERE stage = '${stage}')`;
  const left = `c.until_import_id IS NULL AND NOT ${stated}`;
  const overlap = `s.${id} = c.${id} AND s.${from} <= coalesce(c.${to}, '9999') AND c.${from} <= coalesce(s.${to}, '9999')`;
  const future = `FROM main.${register} c WHERE c.${id} = t.${id} AND ${left} AND NOT ${gone}
    AND c.${from} > t.${from} AND c.${from} > @day`;
  return {
    clipStaged: both(
      (scope) => `UPDATE temp.${stage} AS t SET ${to} = (SELECT date(min(c.${from}), '-1 day') ${future})
        WHERE t.${to} IS NULL AND t.${id} IN (${scope}) AND EXISTS (SELECT 1 ${future})`,
    ),
    classifyOverlapped: both(
      (scope) => `INSERT INTO temp.difference (stage_row, current_row, state)
        SELECT NULL, c.row_id, ${STATE.superseded} FROM main.${register} c
        WHERE c.${id} IN (${scope}) AND ${left} AND EXISTS (SELECT 1 FROM temp.${stage} s
          WHERE ${overlap} AND (s.${from} <= @day OR s.${from} <= c.${from}))`,
    ),
    classifyTrimmed: both(
      (scope) => `INSERT INTO temp.difference (stage_row, current_row, state, end_on)
        SELECT NULL, c.row_id, ${STATE.trimmed}, (SELECT date(min(s.${from}), '-1 day') FROM temp.${stage} s WHERE ${overlap})
        FROM main.${register} c
        WHERE c.${id} IN (${scope}) AND ${left} AND NOT ${gone} AND ${NOT_YET_SAID}
          AND EXISTS (SELECT 1 FROM temp.${stage} s WHERE ${overlap})`,
    ),
  };
}
