import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUp } from '../backup.ts';
import { openStore, proveCopy } from '../connection.ts';
import { codeOf, makeFolder, NOW, openTestStore, testKey } from '../testing/store-folder.ts';
import {
  countWholeEvents,
  createEventStore,
  type Ending,
  type Manner,
  startAppender,
} from './event-store.ts';
import { readTrace, underStrace } from './strace.ts';

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder('full');
});
afterEach(() => folder.remove());

async function append(
  file: string,
  manner: Manner,
  events: number,
  under: readonly string[] = [],
): Promise<Ending> {
  const child = startAppender(file, manner, { events, under });
  child.go();
  const ending = await child.ended;
  expect(ending.errors).toBe('');
  return ending;
}

describe('a write that finds no space (made by strace)', () => {
  test.each([12, 25, 60])('from the %dth on: told plainly, and nothing acknowledged is lost', async (nth) => {
    const file = join(folder.dir, 'store.db');
    const trace = join(folder.dir, 'trace');
    createEventStore(file);
    const under = underStrace(trace, 'pwrite64', `pwrite64:error=ENOSPC:when=${nth}+`);
    const ending = await append(file, 'commit-first', 100, under);
    expect(readTrace(trace).injected, 'the fault was delivered').toBeGreaterThan(0);
    expect(ending).toMatchObject({ failed: 'DISK_FULL', next: 'DISK_FULL' });
    expect(countWholeEvents(file)).toBe(ending.acknowledged);
  });
});

// Needs root to mount; the tests above need none and prove the same of the store.
describe.runIf(process.getuid?.() === 0)('a disk that is really full', () => {
  let disk: string;
  let file: string;
  const ballast = (): string => join(disk, 'ballast');
  beforeEach(() => {
    disk = join(folder.dir, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', disk]);
    file = join(disk, 'store.db');
    createEventStore(file);
    writeFileSync(ballast(), Buffer.alloc(4_000_000));
  });
  // Lazily: a test that fails leaves its store open, and the disk must not outlive it.
  afterEach(() => execFileSync('umount', ['-l', disk]));

  function fillUp(): void {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'rest'), Buffer.alloc(bavail * bsize));
  }

  test('is told plainly, loses nothing, and works on when there is space again', async () => {
    const ending = await append(file, 'commit-first', 100_000);
    expect(ending.failed).toBe('DISK_FULL');
    expect(['DISK_FULL', 'ok']).toContain(ending.next); // a smaller event may still fit
    expect(ending.acknowledgements).toBeGreaterThan(100);
    rmSync(ballast());
    const kept = countWholeEvents(file);
    expect(kept).toBe(ending.acknowledged + (ending.next === 'ok' ? 1 : 0));
    expect((await append(file, 'commit-first', 3)).failed).toBeUndefined();
    expect(countWholeEvents(file)).toBe(kept + 3);
  });

  test('the control: a writer that acknowledges first loses what did not fit, and this test sees it', async () => {
    const ending = await append(file, 'acknowledge-first', 100_000);
    expect(ending.failed).toBe('DISK_FULL');
    rmSync(ballast());
    // Counted, not numbered: the write after it, if that fits, is given the number of the lost one.
    expect(countWholeEvents(file)).toBeLessThan(ending.acknowledgements);
  });

  test('the same connection goes on when there is space again', () => {
    const store = openTestStore(file);
    store.db.exec('CREATE TABLE note (words TEXT)');
    fillUp();
    const insert = store.db.prepare('INSERT INTO note VALUES (?)');
    expect(codeOf(() => insert.run('x'.repeat(500_000)))).toBe('DISK_FULL');
    expect(store.refusal()).toBeNull();
    rmSync(ballast());
    insert.run('x'.repeat(500_000));
    expect(store.db.prepare('SELECT count(*) FROM note').pluck().get()).toBe(1);
    store.close();
  });

  test('opening on a full disk is DISK_FULL, and harms nothing', () => {
    fillUp();
    expect(codeOf(() => openTestStore(file))).toBe('DISK_FULL');
    rmSync(ballast());
    expect(countWholeEvents(file)).toBe(0);
  });

  test('a backup that does not fit is told, leaves nothing half-made and prunes nothing', () => {
    const store = openStore({ file, key: testKey(), mode: 'job' });
    store.db.exec('CREATE TABLE note (words BLOB); INSERT INTO note VALUES (zeroblob(500000))');
    const take = (now: string): unknown =>
      backUp(store.db, {
        dir: join(disk, 'backups'),
        now,
        keep: 1,
        companions: [],
        verify: (copy) => proveCopy(copy, testKey()),
      });
    take(NOW);
    fillUp();
    expect(codeOf(() => take('2026-11-21T17:04:02.000Z'))).toBe('DISK_FULL');
    expect(readdirSync(join(disk, 'backups'))).toEqual(['2026-11-20T17-04-02-000Z']);
    expect(
      readFileSync(join(disk, 'backups', '2026-11-20T17-04-02-000Z', 'store.db')).length,
    ).toBeGreaterThan(500_000);
    store.close();
  });
});
