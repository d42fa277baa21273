import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrateStore } from './migrate.ts';
import { createTestStore, makeFolder, NOW } from './testing/store-folder.ts';

// Rows made by the version before, as they stand after it.

const MIGRATIONS = join(import.meta.dirname, 'migrations');
let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder('rows-of-before');
});
afterEach(() => folder.remove());

/** A store as the program that knew no migration from `tag` on left it. */
function storeBefore(tag: string) {
  const before = join(folder.dir, 'before');
  cpSync(MIGRATIONS, before, { recursive: true });
  const file = join(before, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: readonly { readonly tag: string }[] };
  const at = journal.entries.findIndex((entry) => entry.tag === tag);
  expect(at).toBeGreaterThan(0);
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, at) }));
  const { db, close } = createTestStore(join(folder.dir, 'store.db'));
  const migrate = (migrationsDir: string) =>
    migrateStore(db, {
      ...{ migrationsDir, backupDir: join(folder.dir, 'copies'), now: NOW },
      proveCopy: () => undefined,
    });
  migrate(before);
  return { db, close, migrate: () => migrate(MIGRATIONS) };
}

it.each([
  ['first-day-without', '2027-01-01'],
  ['last-day', '2026-12-31'],
])('ends of the starting position that were last days are as ESR writes them: %s', (meaning, end) => {
  const { db, close, migrate } = storeBefore('0015_ends_as_esr_writes_them');
  const add = db.prepare(
    "insert into starting_position (employee_number, urp, from_date, until_date, import_id) values ('1', 'A', null, ?, 'i')",
  );
  for (const until of ['2026-12-31', null]) add.run(until);
  db.prepare("insert into setting (key, value) values ('settings', ?)").run(
    JSON.stringify({ endDateMeaning: meaning }),
  );
  migrate();
  const untils = db.prepare<[], string | null>('select until_date from starting_position').pluck().all();
  expect(untils).toEqual([end, null]);
  close();
});
