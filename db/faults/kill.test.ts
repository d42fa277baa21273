import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolder } from '../testing/store-folder.ts';
import {
  countWholeEvents,
  createEventStore,
  type Ending,
  type Manner,
  startAppender,
} from './event-store.ts';

/** 200 in every run; 1,000 by hand: KILL_CYCLES=1000. */
const CYCLES = Number(process.env['KILL_CYCLES'] ?? 200);
const LANES = 2;
/** A store is checked whole after each kill, so it is followed by a new one before that takes longer than the writing. */
const CYCLES_A_STORE = 25;

let folder: ReturnType<typeof makeFolder>;
beforeEach(() => {
  folder = makeFolder('kill');
});
afterEach(() => folder.remove());

interface Cycle extends Ending {
  readonly kept: number;
}

/** Stores killed again and again; the next child starts up while this one writes. */
async function killCycles(
  name: string,
  manner: Manner,
  cycles: number,
  seen: (cycle: Cycle) => void,
): Promise<void> {
  const fileOf = (cycle: number): string =>
    join(folder.dir, `${name}-${Math.floor(cycle / CYCLES_A_STORE)}.db`);
  let next = startAppender(fileOf(0), manner);
  try {
    for (let i = 0; i < cycles; i++) {
      if (i % CYCLES_A_STORE === 0) createEventStore(fileOf(i));
      const child = next;
      await child.ready;
      next = startAppender(fileOf(i + 1), manner);
      child.go();
      await child.acknowledged(randomInt(1, 12));
      for (let turns = randomInt(0, 12); turns > 0; turns--) await turn();
      child.kill();
      const ending = await child.ended;
      seen({ ...ending, kept: countWholeEvents(fileOf(i)) });
    }
  } finally {
    next.kill();
    await next.ended;
  }
}

/** Whoever is killed leaves nothing of what was compiled; one child that ends by itself leaves it to all the others. */
async function leaveCompiled(): Promise<void> {
  const file = join(folder.dir, 'first.db');
  createEventStore(file);
  const first = startAppender(file, 'commit-first', { events: 1 });
  first.go();
  expect(await first.ended).toMatchObject({ acknowledgements: 1, closed: '1' });
}

test(`${CYCLES} kill -9 in the middle of writing lose no acknowledged event and keep no half of one`, {
  timeout: 240_000 + CYCLES * 5_000,
}, async () => {
  await leaveCompiled();
  let cycles = 0;
  let unacknowledged = 0;
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    killCycles(`lane-${lane}`, 'commit-first', Math.ceil(CYCLES / LANES), (cycle) => {
      cycles++;
      expect(cycle.signal, cycle.errors).toBe('SIGKILL');
      expect(cycle.acknowledgements).toBeGreaterThan(0);
      expect(cycle.kept).toBeGreaterThanOrEqual(cycle.acknowledged);
      // At most the one event whose acknowledgement the kill cut off.
      expect(cycle.kept - cycle.acknowledged).toBeLessThanOrEqual(1);
      unacknowledged += cycle.kept - cycle.acknowledged;
    }),
  );
  await Promise.all(lanes);
  expect(cycles).toBeGreaterThanOrEqual(CYCLES);
  console.log(`${cycles} kills; ${unacknowledged} landed between the commit on disk and its acknowledgement`);
});

test('the control: a writer that acknowledges before it commits loses events, and this test sees it', async () => {
  let lost = 0;
  await killCycles('control', 'acknowledge-first', 15, (cycle) => {
    if (cycle.kept < cycle.acknowledged) lost++;
  });
  expect(lost).toBeGreaterThan(0);
});
