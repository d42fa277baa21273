import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeFolder } from '../testing/store-folder.ts';
import {
  countWholeEvents,
  createEventStore,
  type Ending,
  type Manner,
  startAppender,
} from './event-store.ts';
import { readTrace, underStrace } from './strace.ts';

let folder: ReturnType<typeof makeFolder>;
let file: string;
let trace: string;
beforeEach(() => {
  folder = makeFolder('fsync');
  file = join(folder.dir, 'store.db');
  trace = join(folder.dir, 'trace');
  createEventStore(file);
});
afterEach(() => folder.remove());

async function append(manner: Manner, events: number, inject?: string, only?: string): Promise<Ending> {
  const under = underStrace(trace, 'fsync,fdatasync', inject, only);
  const child = startAppender(file, manner, { events, under });
  child.go();
  const ending = await child.ended;
  expect(ending.errors).toBe('');
  return ending;
}

describe('a failed fsync', () => {
  // The first and third are of the WAL's beginning, the second is the folder's; then one for each commit, and among
  // them those of checkpoints. Each fails once only, so that a retry would seem to succeed.
  test.each([1, 3, 4, 9, 14, 18])(
    'the %dth: told plainly, nothing more is taken, nothing acknowledged is lost',
    async (nth) => {
      const ending = await append('commit-first', 40, `fsync,fdatasync:error=EIO:when=${nth}`);
      expect(readTrace(trace).injected, 'the fault was delivered').toBe(1);
      expect(ending.failed).toBe('DISK_FAILED');
      expect(ending.next, 'the write after it').toBe('DISK_FAILED');
      const kept = countWholeEvents(file); // opens, verifies every page, recomputes the chain
      expect(kept).toBeGreaterThanOrEqual(ending.acknowledged);
      expect(kept - ending.acknowledged).toBeLessThanOrEqual(1);
      const after = await append('commit-first', 3);
      expect(after.failed, 'opened again, it works').toBeUndefined();
      expect(countWholeEvents(file)).toBe(kept + 3);
    },
  );

  test('the control: the driver by itself goes on writing as if nothing had happened', async () => {
    const ending = await append('unguarded', 40, 'fsync,fdatasync:error=EIO:when=4');
    expect(readTrace(trace).injected).toBe(1);
    expect(ending.failed).toBe('SQLITE_IOERR_FSYNC');
    expect(ending.next).toBe('ok');
  });

  test('the control: without the fault nothing fails', async () => {
    const ending = await append('commit-first', 40);
    expect(ending).toMatchObject({ failed: undefined, acknowledgements: 40, closed: '40' });
  });
});

describe('a failed fsync of a checkpoint, which copies what is committed into the store’s file', () => {
  const onStoreFile = (manner: Manner, events: number): Promise<Ending> =>
    append(manner, events, 'fsync,fdatasync:error=EIO:when=1', file);

  test('after a commit: told plainly, nothing more is taken, nothing is lost', async () => {
    const ending = await onStoreFile('commit-first', 60);
    expect(readTrace(trace).injected, 'the fault was delivered').toBe(1);
    expect(ending).toMatchObject({ failed: 'DISK_FAILED', next: 'DISK_FAILED' });
    expect(ending.acknowledged, 'commits before the first checkpoint').toBeGreaterThan(2);
    expect(countWholeEvents(file), 'the commit it followed stands').toBe(ending.acknowledged + 1);
  });

  test('as the store is closed: told plainly, nothing is lost, and the next session verifies', async () => {
    const ending = await onStoreFile('commit-first', 3);
    expect(readTrace(trace).injected, 'the fault was delivered').toBe(1);
    expect(ending).toMatchObject({ failed: undefined, acknowledged: 3, closed: 'DISK_FAILED' });
    expect(existsSync(`${file}.holder.json`), 'the name of a session that did not end well').toBe(true);
    expect(countWholeEvents(file)).toBe(3);
  });

  test('the control: SQLite’s own checkpoint tells nobody', async () => {
    const ending = await onStoreFile('unguarded', 60);
    expect(readTrace(trace).injected).toBe(1);
    expect(ending).toMatchObject({ failed: undefined, acknowledgements: 60 });
  });
});

describe('a commit is on the disk before it is acknowledged', () => {
  test('every commit waits for the disk', async () => {
    await append('commit-first', 20);
    expect(readTrace(trace).calls).toBeGreaterThanOrEqual(20);
  });

  test('the control: with synchronous=NORMAL, as the driver is compiled, most do not', async () => {
    const ending = await append('normal-sync', 20);
    expect(ending.acknowledgements).toBe(20);
    expect(readTrace(trace).calls).toBeLessThan(20);
  });
});
