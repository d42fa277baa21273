import type { SourceKind } from '../../electron/domain/register/undo-import.ts';
import type { ImportUndo } from '../../electron/services/imports/import-ports.ts';
import type { StoreConnection } from '../connection.ts';
import { SOURCE_OF_IMPORT as SOURCE } from '../repositories/register-reader.ts';
import { placeEverybody } from './people-index.ts';

/** What each kind of source fills. */
const TABLES: Readonly<Record<SourceKind, readonly string[]>> = {
  go: ['location', 'organisation', 'position', 'assignment', 'person'],
  holdings: ['holding'],
  oneforms: [],
  'as-numbers': ['as_number'],
  training: ['training'],
};
const FIND = `select id, ${SOURCE} as kind, sha256, file_name as fileName, undone_at is not null as undone,
    current_rows as rows, rowid as at from import where id = ?`;
const EARLIER = `select count(*) from import where rowid < @at and undone_at is null and ${SOURCE} = @kind`;
const LATER = `select ${SOURCE} from import where rowid > @at and undone_at is null order by rowid`;
// A step that an import or an undo took itself names it, but for one that a person takes on an import.
const STEPS = `select operation, count(*) as count from ledger_event
  where actor_id is not null and outcome = 'done'
    and seq > (select max(seq) from ledger_event where subject_kind = 'import' and subject_id = @id and operation = 'imports.apply')
    and (event ->> '$.detail.importId' is null or operation = 'imports.takeStartingPosition')
  group by operation order by operation`;

/** Takes a first import out of the store again. Deletes within the caller's transaction; the rules are the domain's. */
export function createImportUndo(db: StoreConnection): ImportUndo {
  const value = (sql: string, ...values: unknown[]): number =>
    db
      .prepare<unknown[], number>(sql)
      .pluck()
      .get(...values) ?? 0;
  return {
    find: (id) => {
      const found = db.prepare<[string], Found>(FIND).get(id);
      if (found === undefined) return null;
      const { at, rows, undone, ...rest } = found;
      const { kind } = rest;
      return {
        ...rest,
        rows: rows ?? 0,
        undone: undone === 1,
        earlier: value(EARLIER, { at, kind }),
        later: db.prepare<[{ at: number }], SourceKind>(LATER).pluck().all({ at }),
        steps: db.prepare<[{ id: string }], Step>(STEPS).all({ id }),
        proved:
          kind === 'holdings'
            ? value("select count(*) from request where status in ('verified', 'not-seen')")
            : 0,
      };
    },
    matched: () =>
      db.prepare<[], string>('select id from request where employee_number is not null').pluck().all(),
    raisedBy: (id) =>
      db
        .prepare<[string], string>('select id from finding where import_id = ? and settled_at is null')
        .pluck()
        .all(id),
    positions: (id) => value('select count(*) from starting_position where import_id = ?', id),
    takeOut: (id, kind, look) => {
      let rows = 0;
      for (const table of TABLES[kind]) {
        look();
        const all = value(`select not exists (select 1 from ${table} where from_import_id <> ?)`, id) === 1;
        // Without a condition SQLite drops whole pages: a register of 300,000 goes in a moment.
        const taken = all ? db.prepare(`delete from ${table}`).run() : takeFrom(db, table, id);
        rows += taken.changes;
      }
      if (kind === 'oneforms') rows += takeForms(db, id);
      db.prepare('delete from starting_position where import_id = ?').run(id);
      db.prepare('delete from unread_person where import_id = ?').run(id);
      // How its columns were read may be what was wrong with it, and no other file of the kind has come.
      db.prepare('delete from column_mapping where kind = ?').run(kind);
      return rows;
    },
    findAnew: (kind, today) => {
      if (kind === 'go') placeEverybody(db, today);
    },
    mark: (id, at, by) => {
      db.prepare('update import set undone_at = ?, undone_by = ? where id = ?').run(at, by, id);
    },
  };
}

interface Found {
  readonly id: string;
  readonly kind: SourceKind;
  readonly sha256: string;
  readonly fileName: string;
  readonly undone: number;
  readonly rows: number | null;
  readonly at: number;
}
interface Step {
  readonly operation: string;
  readonly count: number;
}

const takeFrom = (db: StoreConnection, table: string, id: string) =>
  db.prepare(`delete from ${table} where from_import_id = ?`).run(id);

/** The requests it brought, with their versions and what somebody had typed on them. */
function takeForms(db: StoreConnection, id: string): number {
  const brought = 'select request_id from request_version where import_id = @id';
  db.prepare(
    `delete from draft where exists (select 1 from (${brought}) b where draft.key like 'requests/' || b.request_id || '/%')`,
  ).run({ id });
  const { changes } = db.prepare(`delete from request where id in (${brought})`).run({ id });
  db.prepare('delete from request_version where import_id = @id').run({ id });
  return changes;
}
