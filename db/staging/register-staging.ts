import { addDays } from '../../electron/domain/dates.ts';
import type { GoMode } from '../../electron/domain/register/go-envelope.ts';
import type { HoldingSeen } from '../../electron/domain/requests/verification-facts.ts';
import type {
  Difference,
  RegisterStaging,
  RowHolder,
  StagedRows,
  StagedTable,
} from '../../electron/services/imports/import-ports.ts';
import { isEmpty, withoutIndexes } from '../bulk-load.ts';
import type { StoreConnection } from '../connection.ts';
import { type DifferenceSql, differenceSql, STATE } from './difference-sql.ts';
import { lossesOf } from './losses.ts';
import { PEOPLE_INDEX_TABLES, renewPeopleIndex } from './people-index.ts';
import { renewRequestNames } from './request-names.ts';
import { findSharedNumbers, settleManagers, settleTable } from './settle-staging.ts';
import { type TableSpec, tableSpecs } from './table-specs.ts';

/** Tables that say how people are found. */
const PEOPLE_TABLES: readonly StagedTable[] = ['person', 'assignment'];

/** Rows handled between two looks at cancel. */
const PIECE = 20_000;
/** Rows staged by one statement: starting one takes as long as a row. */
const TOGETHER = 16;

/** One table while a file is staged. */
interface OpenTable {
  readonly spec: TableSpec;
  readonly sql: DifferenceSql;
  readonly insert: (values: Readonly<Record<string, unknown>>, line: number) => void;
  /** Writes what waits to be staged together. */
  readonly flush: () => void;
  readonly keyProperties: readonly string[];
  /** Keys of the rows staged, of a file that is the whole of its kind; null where `settle` finds what repeats. */
  readonly seen: Set<string> | null;
  holdsAll: boolean;
  isHeld: ((holder: RowHolder) => boolean) | null;
}

const HOLDINGS_READ = `SELECT nullif(employee_number, '') AS employeeNumber, nullif(username, '') AS username, urp,
  exported_name AS asExported, nullif(start_date, '') AS startDate, end_date AS endDate,
  account_start AS accountStart, account_end AS accountEnd FROM temp.stage_holding`;

type Step = (done: number) => void;

/**
 * Staging in TEMP tables, which `temp_store=MEMORY` keeps off the disk, and the set-based difference. The difference is
 * one pass of SQL for each table; a table without current rows needs none.
 */
export function createRegisterStaging(db: StoreConnection): RegisterStaging {
  const specs = tableSpecs();
  const open = new Map<StagedTable, OpenTable>();
  const managers = new Set<string>();
  let mode: GoMode = 'full';
  /** Null = losses are not asked for. */
  let day: string | null = null;

  const tableOf = (name: StagedTable): OpenTable => {
    const table = open.get(name);
    if (!table) throw new Error(`the table ${name} is not being staged`);
    return table;
  };
  /** Rows staged one by one, each its own transaction, would each ask how large the WAL is. */
  let begun = false;
  const flush = () => {
    for (const table of open.values()) table.flush();
  };
  const end = () => {
    flush();
    if (begun) db.exec('COMMIT');
    begun = false;
  };
  const forget = () => {
    const stages = Object.values(specs).map(({ stage }) => stage);
    for (const table of [...stages, 'difference', 'held', 'gone', ...PEOPLE_INDEX_TABLES])
      db.exec(`DROP TABLE IF EXISTS temp.${table}`);
  };
  const clear = () => {
    open.clear();
    managers.clear();
    if (begun && db.inTransaction) db.exec('ROLLBACK');
    begun = false;
    day = null;
    forget();
  };

  const hold = (table: OpenTable, id: string | null) => {
    if (id === null) table.holdsAll = true;
    else db.prepare('INSERT OR IGNORE INTO temp.held (stage, id) VALUES (?, ?)').run(table.spec.stage, id);
  };

  return {
    begin: (tables, asked) => {
      clear();
      mode = asked;
      db.exec('BEGIN');
      begun = true;
      db.exec(`CREATE TEMP TABLE difference (stage_row INTEGER, current_row INTEGER, state INTEGER NOT NULL, end_on TEXT);
        CREATE TEMP TABLE held (stage TEXT, id TEXT, PRIMARY KEY (stage, id)) WITHOUT ROWID;
        CREATE TEMP TABLE gone (stage TEXT, id TEXT, PRIMARY KEY (stage, id)) WITHOUT ROWID;`);
      for (const name of tables) open.set(name, openTable(db, specs[name], mode));
    },
    add: <T extends StagedTable>(name: T, row: StagedRows[T], line = 0) => {
      const table = tableOf(name);
      const values = row as unknown as Readonly<Record<string, unknown>>;
      if (table.seen) {
        const key = table.keyProperties.map((p) => values[p]).join('\u0000');
        if (table.seen.has(key)) return false;
        table.seen.add(key);
      }
      const manager = values.departmentManagerPersonId;
      if (typeof manager === 'string') managers.add(manager);
      table.insert(values, line);
      return true;
    },
    remove: (entity, id) => {
      const { sql, spec, flush: writeOut } = tableOf(entity);
      writeOut();
      db.prepare(sql.removeStaged).run(id);
      // What a full file does not state ends anyway.
      if (mode === 'changes')
        db.prepare('INSERT OR IGNORE INTO temp.gone (stage, id) VALUES (?, ?)').run(spec.stage, id);
    },
    hold: (name, id) => hold(tableOf(name), id),
    settle: (slipped) => {
      flush();
      const found = [...open.values()].map((table) => {
        db.exec(table.sql.lookupKey);
        const own = slipped.filter(({ entity }) => entity === table.spec.table);
        return settleTable(db, table.spec, own, (id) => hold(table, id));
      });
      const specsOf = { person: tableOf('person').spec, assignment: tableOf('assignment').spec };
      const settled = {
        failed: found.flatMap(({ failed }) => failed),
        shortened: found.reduce((sum, { shortened }) => sum + shortened, 0),
        shared: findSharedNumbers(db, specsOf.person, mode === 'full'),
        managers: settleManagers(db, specsOf, managers),
      };
      // Nothing more is looked up for an empty register, and the memory is wanted.
      for (const { spec, sql } of open.values())
        if (mode === 'full' && isEmpty(db, spec.register)) db.exec(sql.dropKey);
      return settled;
    },
    end,
    holdBy: (name, isHeld) => {
      tableOf(name).isHeld = isHeld;
    },
    asOf: (given) => {
      day = given;
    },
    unreadPeople: () => {
      const [person, assignment] = [tableOf('person'), tableOf('assignment')];
      const personIds = db
        .prepare<[string, string], string>(
          `SELECT id FROM temp.held WHERE stage = ?
           UNION SELECT a.person_id FROM temp.held h JOIN main.assignment a ON a.assignment_id = h.id WHERE h.stage = ?`,
        )
        .pluck()
        .all(person.spec.stage, assignment.spec.stage);
      return { everybody: person.holdsAll || assignment.holdsAll, personIds };
    },
    holdingsRead: () => db.prepare<[], HoldingSeen>(HOLDINGS_READ).all(),
    historyCounts: () => [...open.values()].map((table) => asHistory(db, table, null)),
    keepAsHistory: (importId) => [...open.values()].map((table) => asHistory(db, table, importId)),
    compare: (endedOn, step) =>
      [...open.values()].map((table) => {
        const before = countCurrent(db, table);
        if (before === 0) return { table: table.spec.table, counts: allNew(db, table), before, losses: null };
        const counts = classify(db, table, mode, endedOn, step);
        return { table: table.spec.table, counts, before, losses: losses(db, table, mode, day) };
      }),
    apply: (importId, endedOn, step) => {
      if (begun) throw new Error('the file is still being read');
      if (!db.inTransaction) throw new Error('the register is written in the import’s own transaction');
      let done = 0;
      const advance: Step = (rows) => {
        done += rows;
        step(done);
      };
      return [...open.values()].map((table) =>
        applyTable(db, table, { mode, importId, endedOn, day }, advance),
      );
    },
    renewPeople: (importId, today) => {
      if (!PEOPLE_TABLES.some((name) => open.has(name))) return;
      // What a GO file states is in the register now, and its memory is wanted for the index.
      if (open.has('person')) forget();
      renewRequestNames(db, renewPeopleIndex(db, importId, today), today);
    },
    clear,
  };
}

function openTable(db: StoreConnection, spec: TableSpec, mode: GoMode): OpenTable {
  const sql = differenceSql(spec);
  db.exec(sql.createStage);
  if (mode === 'changes') db.exec(sql.uniqueKey);
  const one = db.prepare<unknown[]>(sql.insert(1));
  const several = db.prepare<unknown[]>(sql.insert(TOGETHER));
  let waiting: unknown[][] = [];
  const flush = () => {
    for (const row of waiting) one.run(row);
    waiting = [];
  };
  const properties = spec.columns.map((c) => c.property);
  const keyProperties = spec.columns.filter((c) => spec.key.includes(c.column)).map((c) => c.property);
  return {
    spec,
    sql,
    keyProperties,
    insert: (values, line) => {
      const row = properties.map((p) => values[p]);
      if (spec.lined) row.push(line);
      waiting.push(row);
      if (waiting.length < TOGETHER) return;
      several.run(waiting.flat());
      waiting = [];
    },
    flush,
    seen: mode === 'full' && !spec.lined ? new Set() : null,
    holdsAll: false,
    isHeld: null,
  };
}

/** The file's own day: a delete takes hold on the day before it. */
function dayAfter(endedOn: string): string {
  return endedOn === '' ? '' : addDays(endedOn, 1);
}

function countCurrent(db: StoreConnection, { sql }: OpenTable): number {
  return db.prepare<[], number>(sql.countCurrent).pluck().get() ?? 0;
}

function lastRow(db: StoreConnection, table: string): number {
  return db.prepare<[], number>(`SELECT coalesce(max(rowid), 0) FROM temp.${table}`).pluck().get() ?? 0;
}

function allNew(db: StoreConnection, { spec }: OpenTable): Difference['counts'] {
  const staged = db.prepare<[], number>(`SELECT count(*) FROM temp.${spec.stage}`).pluck().get() ?? 0;
  return { new: staged, changed: 0, ended: 0, unchanged: 0 };
}

/** Fills temp.difference for one table. */
function classify(
  db: StoreConnection,
  table: OpenTable,
  mode: GoMode,
  endedOn: string,
  step: Step,
): Difference['counts'] {
  const { sql, spec } = table;
  db.exec('DELETE FROM temp.difference');
  db.exec(sql.lookupKey);
  const beside = mode === 'changes' || table.holdsAll ? 'stated' : 'held';
  const day = { day: dayAfter(endedOn) };
  if (sql.clipStaged) db.prepare(sql.clipStaged[beside]).run(day);
  if (sql.classifyOverlapped) db.prepare(sql.classifyOverlapped[beside]).run(day);
  if (sql.classifyTrimmed) db.prepare(sql.classifyTrimmed[beside]).run();
  inPieces(lastRow(db, spec.stage), step, (bounds) => db.prepare(sql.classify).run(bounds));
  // A row that failed without saying whose it was might be about anybody, so then nobody is ended.
  if (mode === 'full' && !table.holdsAll) {
    db.prepare(sql.classifyEnded).run();
    keepHeld(db, table);
  }
  if (mode === 'changes' && spec.endColumn !== null) {
    // A table without a start column has no such parameter to bind in part of it, but always @endedOn.
    db.prepare(sql.classifyDeleted).run({ endedOn });
  }
  step(0);
  return countStates(db);
}

/** Takes back the endings of whoever could not be read whole. */
function keepHeld(db: StoreConnection, { sql, isHeld }: OpenTable): void {
  if (isHeld === null || sql.endedHolders === null) return;
  const ending = db.prepare<[], RowHolder & { readonly id: number }>(sql.endedHolders).all();
  const keep = db.prepare('DELETE FROM temp.difference WHERE rowid = ?');
  for (const { id, ...holder } of ending) if (isHeld(holder)) keep.run(id);
}

const losses = (db: StoreConnection, { spec }: OpenTable, mode: GoMode, day: string | null) =>
  mode === 'full' && day !== null ? lossesOf(db, spec, day) : null;

/** Rows that the register has never stated are kept as over already; `importId` null only counts them. */
function asHistory(db: StoreConnection, table: OpenTable, importId: string | null): Difference {
  const { sql, spec } = table;
  const before = countCurrent(db, table);
  const staged = allNew(db, table).new;
  const added =
    importId === null
      ? (db.prepare<[], number>(sql.countHistory).pluck().get() ?? 0)
      : db.prepare(sql.insertHistory).run({ importId }).changes;
  const counts = { new: added, changed: 0, ended: 0, unchanged: staged - added };
  return { table: spec.table, counts, before, losses: null };
}

function countStates(db: StoreConnection): Difference['counts'] {
  const rows = db
    .prepare<[], { state: number; n: number }>(
      'SELECT state, count(*) AS n FROM temp.difference GROUP BY state',
    )
    .all();
  const of = (...states: readonly number[]) =>
    rows.reduce((sum, row) => sum + (states.includes(row.state) ? row.n : 0), 0);
  return {
    new: of(STATE.new),
    changed: of(STATE.changed, STATE.superseded, STATE.trimmed),
    ended: of(STATE.ended, STATE.endDated),
    unchanged: of(STATE.unchanged),
  };
}

interface Writing {
  readonly mode: GoMode;
  readonly importId: string;
  readonly endedOn: string;
  readonly day: string | null;
}

function applyTable(
  db: StoreConnection,
  table: OpenTable,
  { mode, importId, endedOn, day }: Writing,
  step: Step,
): Difference {
  const { sql, spec } = table;
  const before = countCurrent(db, table);
  if (before === 0) {
    const counts = allNew(db, table);
    const fill = () => {
      const insert = db.prepare(sql.insertAll);
      inPieces(lastRow(db, spec.stage), step, (bounds) => insert.run({ ...bounds, importId }));
    };
    if (isEmpty(db, spec.register)) withoutIndexes(db, spec.register, fill, () => step(0));
    else fill();
    return { table: spec.table, counts, before, losses: null };
  }
  const counts = classify(db, table, mode, endedOn, () => step(0));
  const taken = losses(db, table, mode, day);
  const rows = lastRow(db, 'difference');
  const supersede = db.prepare(sql.supersede);
  const insertNew = db.prepare(sql.insertNew);
  // All of the old goes before any of the new: a key may stand only once among the current rows.
  inPieces(
    rows,
    () => step(0),
    (bounds) => supersede.run({ ...bounds, importId }),
  );
  inPieces(rows, step, (bounds) => insertNew.run({ ...bounds, importId }));
  if (spec.endColumn !== null) db.prepare(sql.insertEndDated).run({ from: 0, to: rows, importId });
  if (sql.refreshVolatile !== null) db.prepare(sql.refreshVolatile).run();
  return { table: spec.table, counts, before, losses: taken };
}

/** Runs `work` over rowids 1 to `last` in pieces, with `step(rows done)` after each. */
function inPieces(last: number, step: Step, work: (bounds: { from: number; to: number }) => void): void {
  for (let from = 1; from <= last; from += PIECE) {
    const to = Math.min(from + PIECE - 1, last);
    work({ from, to });
    step(to - from + 1);
  }
}
