import { copyFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { classifyStoreError, openStore, proveCopy, readStoreHolder, StoreError } from './connection.ts';
import { ended, said, startChild } from './testing/child.ts';
import { codeOf, createTestStore, makeFolder, NOW, openTestStore, testKey } from './testing/store-folder.ts';

let folder: ReturnType<typeof makeFolder>;
let file: string;
beforeEach(() => {
  folder = makeFolder('connection');
  file = join(folder.dir, 'store.db');
});
afterEach(() => folder.remove());

function fill(rows = 2_000): void {
  const store = createTestStore(file);
  store.db.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL)');
  const insert = store.db.prepare('INSERT INTO note (words) VALUES (?)');
  store.db.transaction(() => {
    for (let i = 0; i < rows; i++) insert.run(`note ${i} ${'x'.repeat(80)}`);
  })();
  store.close();
}

function flipByte(at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
}

describe('opening', () => {
  test('a created store opens again with its key and keeps its rows', () => {
    fill(3);
    const store = openTestStore(file);
    expect(store.db.prepare('SELECT count(*) FROM note').pluck().get()).toBe(3);
    store.close();
  });

  test.each(['create', 'open', 'job', 'read'] as const)(
    'every setting holds on a connection of mode %s',
    (mode) => {
      if (mode !== 'create') fill(1);
      const holder = mode === 'job' || mode === 'read' ? openTestStore(file) : undefined;
      const store =
        mode === 'create'
          ? createTestStore(file)
          : mode === 'open'
            ? openTestStore(file)
            : openStore({ file, key: testKey(), mode });
      const seen = (name: string): unknown => store.db.pragma(name, { simple: true });
      expect(seen('journal_mode')).toBe('wal');
      expect(seen('synchronous')).toBe(2);
      expect(seen('temp_store')).toBe(2);
      expect(seen('foreign_keys')).toBe(1);
      expect(seen('trusted_schema')).toBe(0);
      expect(seen('cell_size_check')).toBe(1);
      expect(seen('recursive_triggers')).toBe(1);
      expect(seen('busy_timeout')).toBe(5000);
      expect(seen('query_only')).toBe(mode === 'read' ? 1 : 0);
      expect(Number(seen('cache_size'))).toBeLessThanOrEqual(-4096);
      store.close();
      holder?.close();
    },
  );

  test('only its owner may read the file and its companions', () => {
    const store = createTestStore(file);
    store.db.exec('CREATE TABLE t (x)');
    for (const part of ['', '-wal', '-shm', '.holder.json']) {
      expect(statSync(`${file}${part}`).mode & 0o077, part).toBe(0);
    }
    store.close();
  });

  test('the caller keeps the key as it was', () => {
    const key = testKey(7);
    createTestStore(file, key).close();
    expect(key).toEqual(testKey(7));
  });

  test('a read connection refuses to write', () => {
    fill(1);
    const store = openStore({ file, key: testKey(), mode: 'read' });
    expect(() => store.db.exec("INSERT INTO note (words) VALUES ('no')")).toThrow();
    store.close();
  });

  test('INSERT OR REPLACE cannot slip past a trigger that refuses deletion', () => {
    const { db, close } = createTestStore(file);
    db.exec(`CREATE TABLE event (id INTEGER PRIMARY KEY, words TEXT);
      CREATE TRIGGER event_stays BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'append only'); END;
      INSERT INTO event VALUES (1, 'first')`);
    const replace = (): unknown => db.exec("INSERT OR REPLACE INTO event VALUES (1, 'forged')");
    expect(replace).toThrow('append only');
    db.pragma('recursive_triggers=OFF'); // the control: SQLite's default lets it through
    expect(replace).not.toThrow();
    close();
  });
});

describe('refusing', () => {
  test('a missing store is STORE_MISSING, and none is made', () => {
    expect(codeOf(() => openTestStore(file))).toBe('STORE_MISSING');
    expect(codeOf(() => openStore({ file, key: testKey(), mode: 'read' }))).toBe('STORE_MISSING');
    expect(existsSync(file)).toBe(false);
  });

  test.each(['', '-wal', '-shm', '-journal'])('create is STORE_EXISTS where store.db%s lies', (suffix) => {
    writeFileSync(`${file}${suffix}`, 'anything');
    expect(codeOf(() => createTestStore(file))).toBe('STORE_EXISTS');
    expect(readFileSync(`${file}${suffix}`, 'utf8')).toBe('anything');
  });

  test('a key the scheme record does not know is WRONG_KEY, and the file is not touched', () => {
    fill();
    const before = readFileSync(file);
    expect(codeOf(() => openTestStore(file, testKey(1)))).toBe('WRONG_KEY');
    expect(readFileSync(file).equals(before)).toBe(true);
    openTestStore(file).close();
  });

  test('a wrong key tried on a store with a left-over WAL does it no harm', () => {
    const live = createTestStore(file);
    live.db.exec("CREATE TABLE note (words); INSERT INTO note VALUES ('kept')");
    const crashed = join(folder.dir, 'crashed.db'); // what a kill leaves: rows that are in the WAL only
    for (const suffix of ['', '-wal']) copyFileSync(`${file}${suffix}`, `${crashed}${suffix}`);
    live.close();
    expect(statSync(`${crashed}-wal`).size).toBeGreaterThan(4096);
    for (const mode of ['job', 'read'] as const) {
      expect(codeOf(() => openStore({ file: crashed, key: testKey(1), mode }))).toBe('STORE_DAMAGED');
    }
    const store = openTestStore(crashed);
    expect(store.db.prepare('SELECT words FROM note').pluck().all()).toEqual(['kept']);
    store.close();
  });

  test.each([
    ['in the salt', 3],
    ['on the first page', 200],
  ])('the right key on a file damaged %s is STORE_DAMAGED', (_where, at) => {
    fill();
    flipByte(at);
    expect(codeOf(() => openTestStore(file))).toBe('STORE_DAMAGED');
  });

  test('damage further in is found by the check of a copy, and stops a connection that meets it', () => {
    fill();
    flipByte(4096 * 20 + 100);
    expect(codeOf(() => proveCopy(file, testKey()))).toBe('STORE_DAMAGED');
    const store = openTestStore(file);
    expect(codeOf(() => store.db.prepare('SELECT sum(length(words)) FROM note').get())).toBe('STORE_DAMAGED');
    expect(store.refusal()).toBe('STORE_DAMAGED');
    expect(codeOf(() => store.db.exec("INSERT INTO note (words) VALUES ('no')"))).toBe('STORE_DAMAGED');
    store.close();
    expect(
      codeOf(() => openTestStore(file)),
      'the next session verifies',
    ).toBe('STORE_DAMAGED');
  });

  test('a truncated or emptied file is STORE_DAMAGED, never a new store', () => {
    fill();
    truncateSync(file, 4096 * 5);
    expect(codeOf(() => proveCopy(file, testKey()))).toBe('STORE_DAMAGED');
    truncateSync(file, 0);
    expect(codeOf(() => openTestStore(file))).toBe('STORE_DAMAGED');
    expect(statSync(file).size).toBe(0);
  });

  test('an unencrypted SQLite file in the store’s place is STORE_DAMAGED', () => {
    const plain = new Database(file);
    plain.exec('CREATE TABLE t (x)');
    plain.close();
    expect(codeOf(() => openTestStore(file))).toBe('STORE_DAMAGED');
    expect(codeOf(() => proveCopy(file, testKey()))).toBe('STORE_DAMAGED');
  });

  test('an error’s words hold neither the key nor the path', () => {
    fill();
    flipByte(200);
    try {
      openTestStore(file);
      expect.unreachable();
    } catch (error) {
      const words = `${(error as Error).message} ${(error as Error).stack}`;
      expect(words).not.toContain(folder.dir);
      expect(words).not.toContain('5a5a');
    }
  });

  test('a broken constraint is no condition of the store', () => {
    const { db, close } = createTestStore(file);
    db.exec('CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1)');
    try {
      db.exec('INSERT INTO t VALUES (1)');
      expect.unreachable();
    } catch (error) {
      expect(error).not.toBeInstanceOf(StoreError);
      expect(classifyStoreError(error)).toBeNull();
    }
    expect(db.prepare('SELECT count(*) FROM t').pluck().get()).toBe(1);
    close();
  });

  test('the codes of SQLite that mean the disk', () => {
    const sqlite = (code: string): unknown => new Database.SqliteError('x', code);
    expect(classifyStoreError(sqlite('SQLITE_FULL'))).toBe('DISK_FULL');
    expect(classifyStoreError(sqlite('SQLITE_IOERR_FSYNC'))).toBe('DISK_FAILED');
    expect(classifyStoreError(sqlite('SQLITE_IOERR_NOMEM'))).toBeNull();
    expect(classifyStoreError(sqlite('SQLITE_BUSY'))).toBeNull();
    expect(classifyStoreError(new Error('SQLITE_FULL'))).toBeNull();
  });
});

describe('one writer', () => {
  const holdScript = join(import.meta.dirname, 'testing', 'hold-store.ts');

  test('a second process is told who has it; a kill -9 frees it, and the next session verifies', async () => {
    fill(1);
    const child = startChild(holdScript, [file]);
    const end = ended(child);
    await said(child, 'HELD');
    try {
      openTestStore(file);
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: 'STORE_IN_USE', holder: { pid: child.pid, since: NOW } });
      expect((error as Error).message).not.toContain(String(child.pid));
    }
    expect(readStoreHolder(file)).toMatchObject({ pid: child.pid });
    child.kill('SIGKILL');
    await end;
    expect(readStoreHolder(file)).toBeNull();
    expect(existsSync(`${file}.holder.json`), 'the mark of an unclean end').toBe(true);
    openTestStore(file).close();
    expect(existsSync(`${file}.holder.json`)).toBe(false);
  });

  test('a second main connection in the same process is refused, job and read connections are not', () => {
    fill(1);
    const store = openTestStore(file);
    expect(codeOf(() => openTestStore(file))).toBe('STORE_IN_USE');
    const job = openStore({ file, key: testKey(), mode: 'job' });
    job.db.exec("INSERT INTO note (words) VALUES ('from the job')");
    expect(store.db.prepare('SELECT count(*) FROM note').pluck().get()).toBe(2);
    job.close();
    expect(
      codeOf(() => openTestStore(file)),
      'closing a job does not drop the lock',
    ).toBe('STORE_IN_USE');
    store.close();
    store.close();
    openTestStore(file).close();
  });

  test('after an unclean end a damaged page is found at once', () => {
    fill();
    flipByte(4096 * 20 + 100);
    const calm = openTestStore(file); // the control: after a clean end nothing reads that page
    calm.close();
    writeFileSync(`${file}.holder.json`, '{}');
    expect(codeOf(() => openTestStore(file))).toBe('STORE_DAMAGED');
    expect(
      codeOf(() => openTestStore(file)),
      'and again',
    ).toBe('STORE_DAMAGED');
  });

  test('a create that fails half-way leaves nothing behind', () => {
    writeFileSync(`${file}-shm`, '');
    expect(codeOf(() => createTestStore(file))).toBe('STORE_EXISTS');
    expect(existsSync(file)).toBe(false);
    expect(readStoreHolder(file)).toBeNull();
  });
});
