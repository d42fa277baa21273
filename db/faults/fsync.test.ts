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

async function append(manner: Manner, events: number, inject?: string): Promise<Ending> {
  const child = startAppender(file, manner, { events, under: underStrace(trace, 'fsync,fdatasync', inject) });
  child.go();
  const ending = await child.ended;
  expect(ending.errors).toBe('');
  return ending;
}

describe('a failed fsync', { timeout: 30_000 }, () => {
  // The first and third are of the WAL's beginning, the second is the folder's; then one for each commit, and among
  // them those of checkpoints. Each fails once only, so that a retry would seem to succeed.
  test.each([1, 3, 4, 9, 14, 18])(
    'the %dth: a commit that failed is told plainly and nothing more is taken; nothing acknowledged is lost',
    async (nth) => {
      const ending = await append('commit-first', 40, `fsync,fdatasync:error=EIO:when=${nth}`);
      const { injected, struck } = readTrace(trace);
      expect(injected, 'the fault was delivered').toBe(1);
      // SQLite keeps a fault of an automatic checkpoint to itself: what it was to copy stays in the WAL, which is on the disk,
      // and is copied again. Events are of random size, so which of them is followed by a checkpoint is not known before.
      const told = struck === file ? [undefined, undefined] : ['DISK_FAILED', 'DISK_FAILED'];
      expect([ending.failed, ending.next], 'the write, and the write after it').toEqual(told);
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

describe('a commit is on the disk before it is acknowledged', { timeout: 30_000 }, () => {
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
