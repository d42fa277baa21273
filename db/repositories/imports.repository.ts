import { columnMapping, rememberedColumns } from '../../electron/contract/imports.contract.ts';
import type { ImportRepository, RememberedColumns } from '../../electron/services/imports/import-ports.ts';
import type { StoreConnection } from '../connection.ts';
import { imports } from '../schema/register.ts';
import { overConnection } from './drizzle.ts';
import { once } from './kept-statements.ts';
import { COUNT_ROWS } from './register-reader.ts';

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');

/** The imports' own rows, remembered mappings, and the few things of the register that an import asks. */
export function createImportRepository(db: StoreConnection): ImportRepository {
  const orm = overConnection(db);
  const isSomebodys = once(() =>
    db
      .prepare<[string], number>(
        'select exists (select 1 from person where employee_number = ? and until_import_id is null)',
      )
      .pluck(),
  );
  return {
    insert: (row) => {
      orm.insert(imports).values(row).run();
    },
    countRows: (kind) => db.prepare<[], number>(COUNT_ROWS[kind]).pluck().get() ?? 0,
    lastRun: () =>
      db
        .prepare<[], number>(
          "select sequence from import where kind in ('go-full', 'go-changes') and undone_at is null order by rowid desc limit 1",
        )
        .pluck()
        .get() ?? null,
    latest: (kinds) =>
      db
        .prepare<string[], { id: string; sha256: string }>(
          `select id, sha256 from import where kind in (${marks(kinds)}) and undone_at is null order by rowid desc limit 1`,
        )
        .get(...kinds) ?? null,
    newestTakenAt: (kinds) =>
      db
        .prepare<string[], string | null>(
          `select max(taken_at) from import where kind in (${marks(kinds)}) and undone_at is null`,
        )
        .pluck()
        .get(...kinds) ?? null,
    peopleByNumber: () =>
      new Map(
        db
          .prepare<[], [string, string]>(
            // The latest dated row last, so that it is the one the map keeps.
            `select employee_number, trim(coalesce(nullif(preferred_name, ''), first_name, '') || ' ' || last_name)
             from person where until_import_id is null order by effective_from`,
          )
          .raw()
          .all(),
      ),
    isSomebodys: (employeeNumber) => isSomebodys().get(employeeNumber) === 1,
    positionNumbers: () =>
      new Set(
        db
          .prepare<[], string>('select position_number from position where until_import_id is null')
          .pluck()
          .all(),
      ),
    newestHoldings: () =>
      db
        .prepare<[], string | null>(
          "select max(min(taken_at, imported_at)) from import where kind = 'holdings' and taken_at is not null and undone_at is null",
        )
        .pluck()
        .get() ?? null,
    recordUnread: (importId, written) => {
      const insert = db.prepare(
        'insert into unread_person (import_id, written) values (?, ?) on conflict do nothing',
      );
      for (const one of written) insert.run(importId, one);
    },
    unreadAtStart: () => {
      const start = db
        .prepare<[], { id: string; takenAt: string }>(
          `select id, coalesce(taken_at, imported_at) as takenAt from import where id = coalesce(
             (select import_id from starting_position order by row_id desc limit 1),
             (select id from import where starting_position = 1 and undone_at is null order by rowid desc limit 1))`,
        )
        .get();
      if (!start) return { written: [], takenAt: null };
      const written = db
        .prepare<[string], string>('select written from unread_person where import_id = ?')
        .pluck()
        .all(start.id);
      return { written, takenAt: start.takenAt };
    },
    readMapping: (kind, signature) => {
      const text = db
        .prepare<[string, string], string>(
          'select mapping from column_mapping where kind = ? and signature = ?',
        )
        .pluck()
        .get(kind, signature);
      return text === undefined ? null : remembered(JSON.parse(text));
    },
    saveMapping: (kind, signature, columns, savedAt) => {
      db.prepare(
        `insert into column_mapping (kind, signature, mapping, saved_at) values (?, ?, ?, ?)
         on conflict (kind, signature) do update set mapping = excluded.mapping, saved_at = excluded.saved_at`,
      ).run(kind, signature, JSON.stringify({ columns: columns.mapping, dates: columns.dates }), savedAt);
    },
  };
}

/** Null where it is neither; the columns alone, where it was kept before dates were. */
function remembered(kept: unknown): RememberedColumns | null {
  const both = rememberedColumns.safeParse(kept);
  if (both.success) return { mapping: both.data.columns, dates: both.data.dates };
  const columns = columnMapping.safeParse(kept);
  return columns.success ? { mapping: columns.data, dates: {} } : null;
}
