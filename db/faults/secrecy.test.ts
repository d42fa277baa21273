import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import SqlCipher from '@signalapp/sqlcipher';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { searchMemory } from '../../e2e/support/search-memory.ts';
import { ended, said, startChild } from '../testing/child.ts';
import { createTestStore, makeFolder, testKey } from '../testing/store-folder.ts';
import { makeKnownKey } from './memory.ts';

const MARKER = 'MARKER-7f3a-SURNAME-OF-NOBODY';
const HEX = Buffer.from(testKey()).toString('hex');

let folder: ReturnType<typeof makeFolder>;
let file: string;
beforeEach(() => {
  folder = makeFolder('secrecy');
  file = join(folder.dir, 'store.db');
});
afterEach(() => folder.remove());

/** The files, of all in the folder, in which the marker stands in UTF-8 or UTF-16. */
function filesWith(marker: string): readonly string[] {
  return readdirSync(folder.dir).filter((name) => {
    const bytes = readFileSync(join(folder.dir, name));
    return bytes.includes(marker) || bytes.includes(Buffer.from(marker, 'utf16le'));
  });
}

function writeMarkers(db: Database.Database, rows: number): void {
  db.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT); CREATE INDEX note_words ON note (words)');
  const insert = db.prepare('INSERT INTO note (words) VALUES (?)');
  db.transaction(() => {
    for (let i = 0; i < rows; i++) insert.run(`${MARKER} ${'padding '.repeat(20)}${i % 7}`);
  })();
}

describe('on the disk', () => {
  test('an independent reader opens the file as SQLCipher 4 with the raw key, and not without', () => {
    const store = createTestStore(file);
    writeMarkers(store.db, 10);
    store.close();
    const reader = new SqlCipher(file);
    reader.pragma(`key = "x'${HEX}'"`);
    expect(reader.pragma('cipher_version', { simple: true })).toMatch(/^4\./);
    const rows = reader.prepare('SELECT words FROM note').all() as { words: string }[];
    expect(rows).toHaveLength(10);
    expect(rows[0]?.words).toContain(MARKER);
    reader.close();
    const keyless = new SqlCipher(file);
    expect(() => keyless.prepare('SELECT words FROM note').all()).toThrow();
    keyless.close();
  });

  test('what is written stands in no byte of the store, its WAL or its index file', () => {
    const store = createTestStore(file);
    writeMarkers(store.db, 3_000);
    expect(readdirSync(folder.dir)).toEqual(
      expect.arrayContaining(['store.db', 'store.db-wal', 'store.db-shm']),
    );
    expect(filesWith(MARKER), 'while open').toEqual([]);
    expect(filesWith(HEX)).toEqual([]);
    store.close();
    expect(filesWith(MARKER), 'after closing').toEqual([]);
    expect(readFileSync(file).subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
  });

  test('the control: the same scan finds the marker in an unencrypted database and its WAL', () => {
    const plain = new Database(join(folder.dir, 'plain.db'));
    plain.pragma('journal_mode=WAL');
    writeMarkers(plain, 10);
    expect(filesWith(MARKER)).toContain('plain.db-wal');
    plain.close();
    expect(filesWith(MARKER)).toEqual(['plain.db']);
  });
});

describe('in temporary files', () => {
  async function sort(tempStore: string): Promise<unknown> {
    const store = createTestStore(file);
    writeMarkers(store.db, 30_000);
    store.close();
    const temp = join(folder.dir, 'temp');
    mkdirSync(temp);
    const script = join(import.meta.dirname, 'sort-rows.ts');
    const end = await ended(startChild(script, [file, tempStore, MARKER], { env: { SQLITE_TMPDIR: temp } }));
    expect(end.err).toBe('');
    expect(readdirSync(temp)).toEqual([]);
    return JSON.parse(end.out);
  }

  test('a large sort writes none', async () => {
    expect(await sort('MEMORY')).toEqual({ rows: 30_000, temporary: 0, marked: 0 });
  });

  test('the control: with temp_store at its default it writes plain text to one', async () => {
    const seen = await sort('DEFAULT');
    expect(seen).toMatchObject({ rows: 30_000, temporary: 1, marked: 1 });
  });
});

describe('in memory', () => {
  test('the key is in no byte of the process once the store is closed (control: it is while open)', async () => {
    const key = makeKnownKey();
    const hex = Buffer.from(Buffer.from(key).toString('hex'));
    const child = startChild(join(import.meta.dirname, 'hold-key.ts'), [file]);
    const end = ended(child);
    const pid = child.pid ?? 0;
    const counts = () => {
      const [raw, asHex] = searchMemory(pid, [key, hex]);
      return { raw, hex: asHex };
    };
    await said(child, 'OPEN');
    const open = counts();
    const zeroed = said(child, 'ZEROED');
    child.stdin?.write('\n');
    await zeroed;
    const held = counts();
    const closed = said(child, 'CLOSED');
    child.stdin?.write('\n');
    await closed;
    const after = counts();
    child.stdin?.write('\n');
    await end;
    expect(open.raw).toBeGreaterThan(0);
    expect(held.raw, 'the cipher needs it while the store is open').toBeGreaterThan(0);
    expect(after).toEqual({ raw: 0, hex: 0 });
  });
});
