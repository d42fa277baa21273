import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate as drizzleMigrate } from 'drizzle-orm/better-sqlite3/migrator';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore, proveCopy, type Store, type StoreConnection } from './connection.ts';
import { type MigrationReport, type MigrationStep, migrateStore } from './migrate.ts';
import { type TestMigration, writeMigrations } from './testing/migration-folder.ts';
import { codeOf, createTestStore, makeFolder, NOW, testKey } from './testing/store-folder.ts';

let folder: ReturnType<typeof makeFolder>;
let store: Store;
let control: Store;
let dir: string;
let backups: string;
beforeEach(() => {
  folder = makeFolder('migrate');
  dir = join(folder.dir, 'migrations');
  backups = join(folder.dir, 'copies');
  store = createTestStore(join(folder.dir, 'store.db'));
  control = createTestStore(join(folder.dir, 'control.db'));
});
afterEach(() => {
  store.close();
  control.close();
  folder.remove();
});

const ours = (onStep?: (step: MigrationStep) => void): MigrationReport =>
  migrateStore(store.db, {
    migrationsDir: dir,
    backupDir: backups,
    now: NOW,
    proveCopy: (file) => proveCopy(file, testKey()),
    ...(onStep === undefined ? {} : { onStep }),
  });
const drizzles = (): void => drizzleMigrate(drizzle(control.db), { migrationsFolder: dir });
const count = (db: StoreConnection, table: string): unknown =>
  db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
const has = (db: StoreConnection, table: string): boolean =>
  db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(table) !== undefined;

const family: TestMigration = {
  tag: '0000_family',
  when: 100,
  statements: [
    'CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)',
    'CREATE TABLE child (id INTEGER PRIMARY KEY, parent_id INTEGER REFERENCES parent(id) ON DELETE CASCADE)',
    "INSERT INTO parent VALUES (1, 'one')",
    'INSERT INTO child VALUES (1, 1), (2, 1)',
  ],
};
/** What drizzle-kit generates to rebuild a table. */
const rebuild: TestMigration = {
  tag: '0001_rebuild',
  when: 200,
  statements: [
    'PRAGMA foreign_keys=OFF;',
    'CREATE TABLE __new_parent (id INTEGER PRIMARY KEY, name TEXT NOT NULL)',
    'INSERT INTO __new_parent SELECT id, name FROM parent',
    'DROP TABLE parent',
    'ALTER TABLE __new_parent RENAME TO parent',
    'PRAGMA foreign_keys=ON;',
  ],
};
const table = (tag: string, when: number): TestMigration => ({
  tag,
  when,
  statements: [`CREATE TABLE ${tag.slice(5)} (id INTEGER PRIMARY KEY)`],
});

describe('the traps of drizzle’s migrator', () => {
  test('1: rebuilding a parent table keeps its cascading children', () => {
    writeMigrations(dir, [family]);
    ours();
    drizzles();
    writeMigrations(dir, [family, rebuild]);
    ours();
    drizzles();
    expect(count(control.db, 'child'), 'the control: drizzle’s own migrator empties them').toBe(0);
    expect(count(store.db, 'child')).toBe(2);
    expect(store.db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(() => store.db.exec('INSERT INTO child VALUES (3, 99)')).toThrow('FOREIGN KEY');
  });

  test('2: a migration merged late with an older timestamp is applied', () => {
    const [first, late, last] = [table('0000_first', 100), table('0001_late', 200), table('0002_last', 300)];
    writeMigrations(dir, [first, last]);
    ours();
    drizzles();
    writeMigrations(dir, [first, late, last]);
    expect(ours().applied).toEqual(['0001_late']);
    drizzles();
    expect(has(control.db, 'late'), 'the control: drizzle’s own migrator skips it').toBe(false);
    expect(has(store.db, 'late')).toBe(true);
  });

  test('3: a store of a newer version is refused, and nothing in it is touched', () => {
    const [first, second] = [table('0000_first', 100), table('0001_second', 200)];
    writeMigrations(dir, [first, second]);
    ours();
    drizzles();
    writeMigrations(dir, [first, table('0001_other', 300)]);
    expect(codeOf(() => ours())).toBe('STORE_NEWER');
    expect(has(store.db, 'other')).toBe(false);
    expect(drizzles, 'the control: drizzle’s own migrator says nothing').not.toThrow();
    expect(has(control.db, 'other')).toBe(true);
  });
});

describe('the runner', () => {
  test('applies once, in the journal’s order, telling each step', () => {
    writeMigrations(dir, [family, rebuild]);
    const steps: string[] = [];
    expect(
      ours((step) => steps.push(`${step.index}/${step.total} ${step.tag} ${step.stage}`)).applied,
    ).toEqual(['0000_family', '0001_rebuild']);
    expect(steps).toEqual([
      '1/2 0000_family applying',
      '1/2 0000_family done',
      '2/2 0001_rebuild applying',
      '2/2 0001_rebuild done',
    ]);
    expect(ours()).toEqual({ applied: [], copies: [] });
  });

  test('a migration changed after it was applied is refused; other line ends are no change', () => {
    writeMigrations(dir, [family]);
    ours();
    const file = join(dir, '0000_family.sql');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect(ours().applied).toEqual([]);
    writeFileSync(file, `${readFileSync(file, 'utf8')}--> statement-breakpoint\nDROP TABLE child`);
    expect(() => ours()).toThrow('changed after it was applied');
    expect(count(store.db, 'child')).toBe(2);
  });

  test.each<[string, readonly string[], string]>([
    ['a statement that fails', ['CREATE TABLE half (x)', 'CREATE TABLE broken ('], 'incomplete input'],
    [
      'rows left without a parent',
      ['CREATE TABLE half (x)', 'DELETE FROM parent'],
      'would leave rows of child',
    ],
  ])('%s leaves the store as it was', (_what, statements, words) => {
    writeMigrations(dir, [family]);
    ours();
    writeMigrations(dir, [family, { tag: '0001_bad', when: 200, statements }]);
    for (let attempt = 0; attempt < 2; attempt++) expect(() => ours()).toThrow(words);
    expect(has(store.db, 'half')).toBe(false);
    expect(count(store.db, 'child')).toBe(2);
    expect(store.db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(readdirSync(backups), 'failing at every start keeps one copy').toEqual(['before-0001_bad.db']);
  });

  test('a faulty folder is told before anything is done', () => {
    writeMigrations(dir, [family, rebuild]);
    rmSync(join(dir, '0001_rebuild.sql'));
    expect(() => ours()).toThrow('its file is missing');
    expect(has(store.db, 'parent')).toBe(false);
    rmSync(dir, { recursive: true });
    expect(() => ours()).toThrow('journal');
  });

  test('the program’s own migrations apply to a new store, once', () => {
    dir = join(import.meta.dirname, 'migrations');
    expect(ours().applied.length).toBeGreaterThan(0);
    expect(ours().applied).toEqual([]);
    expect(store.db.pragma('foreign_key_check')).toEqual([]);
  });
});

describe('the copy before a migration', () => {
  test('is none for a new store, then one each, encrypted, and as the store was before', () => {
    writeMigrations(dir, [family]);
    ours();
    expect(existsSync(backups)).toBe(false);
    store.db.exec("INSERT INTO parent VALUES (2, 'MARKER-IN-THE-COPY')");
    writeMigrations(dir, [family, rebuild, table('0002_third', 300)]);
    const { copies } = ours();
    expect(copies.map((copy) => copy.slice(backups.length + 1))).toEqual([
      'before-0001_rebuild.db',
      'before-0002_third.db',
    ]);
    for (const copy of copies) {
      expect(readFileSync(copy).includes('MARKER-IN-THE-COPY')).toBe(false);
      expect(
        codeOf(() => proveCopy(copy, testKey(1))),
        'another key',
      ).toBe('STORE_DAMAGED');
      const seen = openStore({ file: copy, key: testKey(), mode: 'read' });
      expect(seen.db.prepare('SELECT name FROM parent WHERE id = 2').pluck().get()).toBe(
        'MARKER-IN-THE-COPY',
      );
      expect(has(seen.db, 'third')).toBe(false);
      seen.close();
    }
  });

  test('that is not sound stops the migration', () => {
    writeMigrations(dir, [family]);
    ours();
    writeMigrations(dir, [family, rebuild]);
    const refuse = (): never => {
      throw new Error('not sound');
    };
    const options = { migrationsDir: dir, backupDir: backups, now: NOW, proveCopy: refuse };
    expect(() => migrateStore(store.db, options)).toThrow('not sound');
    expect(count(store.db, 'child')).toBe(2);
    expect(readdirSync(backups)).toEqual([]);
    expect(ours().applied).toEqual(['0001_rebuild']);
  });
});
