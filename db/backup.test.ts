import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Backup, backUp, finishInterruptedRestore, listBackups, restoreBackup } from './backup.ts';
import { openStore, proveCopy, type Store } from './connection.ts';
import { codeOf, createTestStore, makeFolder, NOW, openTestStore, testKey } from './testing/store-folder.ts';

let folder: ReturnType<typeof makeFolder>;
let store: Store;
let file: string;
let dir: string;
const path = (name: string): string => join(folder.dir, name);
beforeEach(() => {
  folder = makeFolder('backup');
  file = path('store.db');
  dir = path('backups');
  store = createTestStore(file);
  store.db.exec("CREATE TABLE note (words TEXT); INSERT INTO note VALUES ('MARKER-FIRST')");
  writeFileSync(path('keyring.json'), 'keyring one');
  writeFileSync(path('scheme.json'), 'scheme one');
});
afterEach(() => {
  store.close();
  folder.remove();
});

const take = (day: number, more: { keep?: number; verify?: (f: string) => void } = {}): Backup =>
  backUp(store.db, {
    dir,
    now: `2026-11-${String(day).padStart(2, '0')}T17:04:02.000Z`,
    keep: 14,
    companions: [path('keyring.json'), path('scheme.json')],
    verify: (copy) => proveCopy(copy, testKey()),
    ...more,
  });
const days = (): readonly number[] => listBackups(dir).map((backup) => Number(backup.takenAt.slice(8, 10)));
const words = (at: string): unknown => {
  const seen = openStore({ file: at, key: testKey(), mode: 'read' });
  try {
    return seen.db.prepare('SELECT words FROM note').pluck().all();
  } finally {
    seen.close();
  }
};

describe('backing up', () => {
  test('makes a dated folder with an encrypted copy and what is needed to open it', () => {
    const backup = take(1);
    expect(backup.takenAt).toBe('2026-11-01T17:04:02.000Z');
    expect(readdirSync(backup.folder).sort()).toEqual(['keyring.json', 'scheme.json', 'store.db']);
    expect(readFileSync(backup.storeFile).includes('MARKER-FIRST')).toBe(false);
    expect(codeOf(() => proveCopy(backup.storeFile, testKey(1)))).toBe('STORE_DAMAGED');
    expect(words(backup.storeFile)).toEqual(['MARKER-FIRST']);
    expect(listBackups(dir)).toEqual([backup]);
  });

  test('works on a job’s connection while the program writes', () => {
    const job = openStore({ file, key: testKey(), mode: 'job' });
    const backup = backUp(job.db, {
      dir,
      now: NOW,
      keep: 14,
      companions: [],
      verify: (copy) => {
        store.db.exec("INSERT INTO note VALUES ('meanwhile')");
        proveCopy(copy, testKey());
      },
    });
    job.close();
    expect(words(backup.storeFile)).toEqual(['MARKER-FIRST']);
    expect(words(file)).toEqual(['MARKER-FIRST', 'meanwhile']);
  });

  test('keeps the latest 14', () => {
    for (let day = 1; day <= 16; day++) take(day);
    expect(days()).toEqual([16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
  });

  test('a backup that fails prunes nothing and leaves nothing half-made', () => {
    for (let day = 1; day <= 3; day++) take(day);
    const damage = (copy: string): void => {
      const bytes = readFileSync(copy);
      bytes[5000] = (bytes[5000] ?? 0) ^ 0xff;
      writeFileSync(copy, bytes);
      proveCopy(copy, testKey());
    };
    expect(codeOf(() => take(4, { keep: 1, verify: damage }))).toBe('STORE_DAMAGED');
    rmSync(path('keyring.json'));
    expect(codeOf(() => take(5, { keep: 1 }))).toBe('DISK_FAILED');
    expect(readdirSync(dir)).toHaveLength(3);
    writeFileSync(path('keyring.json'), 'back');
    take(6, { keep: 1 });
    expect(days(), 'the control').toEqual([6]);
  });

  test('folders dated later by a wrong clock do not push the new one out; strange files stay', () => {
    for (let day = 20; day <= 25; day++) take(day);
    mkdirSync(join(dir, 'notes of the team'));
    mkdirSync(join(dir, '2026-11-09T17-04-02-000Z.part'));
    take(10, { keep: 3 });
    expect(days()).toEqual([25, 24, 10]);
    expect(existsSync(join(dir, 'notes of the team'))).toBe(true);
    expect(existsSync(join(dir, '2026-11-09T17-04-02-000Z.part'))).toBe(false);
  });
});

describe('restoring', () => {
  const later = '2026-11-20T18:00:00.000Z';
  const aside = (): string => path('set-aside-2026-11-20T18-00-00-000Z');
  let backup: Backup;
  beforeEach(() => {
    backup = take(1);
    store.db.exec("INSERT INTO note VALUES ('second')");
    writeFileSync(path('keyring.json'), 'keyring two');
  });

  test('puts the copy in place and moves the present store aside, whole', () => {
    store.close();
    expect(restoreBackup({ backup, storeFile: file, now: later }).setAside).toBe(aside());
    expect(words(join(aside(), 'store.db'))).toEqual(['MARKER-FIRST', 'second']);
    expect(existsSync(`${file}.holder.json`), 'the mark that makes the next session verify').toBe(true);
    expect(readFileSync(path('keyring.json'), 'utf8')).toBe('keyring one');
    expect(readFileSync(join(aside(), 'keyring.json'), 'utf8')).toBe('keyring two');
    const restored = openTestStore(file);
    expect(restored.db.prepare('SELECT words FROM note').pluck().all()).toEqual(['MARKER-FIRST']);
    restored.close();
    expect(existsSync(backup.storeFile), 'the backup stays').toBe(true);
    expect(finishInterruptedRestore(file, later)).toBe(false);
  });

  test('is refused while a session has the store', () => {
    expect(codeOf(() => restoreBackup({ backup, storeFile: file, now: later }))).toBe('STORE_IN_USE');
    expect(existsSync(aside())).toBe(false);
  });

  test('an incomplete backup changes nothing', () => {
    store.close();
    rmSync(join(backup.folder, 'scheme.json'));
    expect(codeOf(() => restoreBackup({ backup, storeFile: file, now: later }))).toBe('STORE_MISSING');
    expect(words(file)).toEqual(['MARKER-FIRST', 'second']);
  });

  test('works where no store is left', () => {
    store.close();
    for (const name of ['store.db', 'keyring.json', 'scheme.json']) rmSync(path(name));
    restoreBackup({ backup, storeFile: file, now: later });
    expect(words(file)).toEqual(['MARKER-FIRST']);
    expect(existsSync(aside())).toBe(false);
  });

  test('a crash at any point is finished at the next start', () => {
    store.close();
    writeFileSync(`${file}-wal`, 'a log of the old store');
    const steps = [
      'store.db-wal',
      'scheme.json',
      '>scheme.json',
      'keyring.json',
      '>keyring.json',
      'store.db',
      '>store.db',
    ];
    for (let done = 0; done <= steps.length; done++) {
      const at = join(folder.dir, `crash-${done}`);
      stageByHand(at, steps.slice(0, done));
      const crashed = join(at, 'store.db');
      expect(finishInterruptedRestore(crashed, later), `after ${done} steps`).toBe(true);
      expect(words(crashed)).toEqual(['MARKER-FIRST']);
      expect(readFileSync(join(at, 'keyring.json'), 'utf8')).toBe('keyring one');
      expect(readdirSync(join(at, 'set-aside-20Z')).sort()).toEqual([
        'keyring.json',
        'scheme.json',
        'store.db',
        'store.db-wal',
      ]);
      expect(existsSync(join(at, 'restore-20Z'))).toBe(false);
      expect(finishInterruptedRestore(crashed, later)).toBe(false);
    }
  });

  /** The folder as a crash leaves it: staged, noted, and the first steps of the exchange done. */
  function stageByHand(at: string, steps: readonly string[]): void {
    const names = ['store.db', 'keyring.json', 'scheme.json'];
    const [staged, moved] = [join(at, 'restore-20Z'), join(at, 'set-aside-20Z')];
    for (const each of [staged, moved]) mkdirSync(each, { recursive: true });
    for (const name of [...names, 'store.db-wal']) writeFileSync(join(at, name), readFileSync(path(name)));
    for (const name of names) writeFileSync(join(staged, name), readFileSync(join(backup.folder, name)));
    writeFileSync(join(at, 'store.db.restore.json'), JSON.stringify({ version: 1, stamp: '20Z' }));
    for (const step of steps) {
      if (step.startsWith('>')) renameSync(join(staged, step.slice(1)), join(at, step.slice(1)));
      else renameSync(join(at, step), join(moved, step));
    }
  }
});
