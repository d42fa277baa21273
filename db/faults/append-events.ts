// A child that appends events as the program does, says what it was told about each, and is made to fail by its parent.
// Says: "A <n>" event n is acknowledged · "E <code>" a write failed so · "N <code|ok>" what the write after that was told ·
// "T <n>" the store was closed after n acknowledged events.
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import type { StoreConnection } from '../connection.ts';
import { openTestStore } from '../testing/store-folder.ts';
import type { Manner } from './event-store.ts';

const [file = '', manner = 'commit-first', events = '100000'] = process.argv.slice(2);

/** Written at once and in order; a pipe that is full for a moment is tried again. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

function makeAppender(db: StoreConnection): (acknowledge: (seq: number) => void) => number {
  const last = db.prepare('SELECT seq, leaf FROM event ORDER BY seq DESC LIMIT 1');
  const addEvent = db.prepare('INSERT INTO event (seq, leaf, words) VALUES (?, ?, ?)');
  const addWork = db.prepare('INSERT INTO work (seq) VALUES (?)');
  return (acknowledge) =>
    db
      .transaction(() => {
        const before = last.get() as { seq: number; leaf: Buffer } | undefined;
        const seq = (before?.seq ?? 0) + 1;
        const words = randomBytes(randomInt(100, 6_000));
        const leaf = createHash('sha256')
          .update(before?.leaf ?? '')
          .update(words)
          .digest();
        addEvent.run(seq, leaf, words);
        addWork.run(seq);
        acknowledge(seq);
        return seq;
      })
      .immediate();
}

function appendAll(db: StoreConnection, how: Manner, most: number): number {
  const early = how === 'acknowledge-first' ? (seq: number): void => say(`A ${seq}`) : (): void => {};
  const append = makeAppender(db);
  let acknowledged = 0;
  for (let i = 0; i < most; i++) {
    try {
      const seq = append(early);
      if (how !== 'acknowledge-first') say(`A ${seq}`);
      acknowledged++;
    } catch (error) {
      say(`E ${codeOf(error)}`);
      try {
        append(early);
        say('N ok');
      } catch (again) {
        say(`N ${codeOf(again)}`);
      }
      break;
    }
  }
  return acknowledged;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : String(error);

say('READY');
await once(process.stdin, 'data');
// So few, so that checkpoints too are under way when the fault comes.
const CHECKPOINT_FRAMES = 40;
const store = openTestStore(file, undefined, undefined, { checkpointFrames: CHECKPOINT_FRAMES });
// The control: the connection as the driver gives it, without what db/guard.ts put over it.
if (manner === 'unguarded')
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(store.db))) {
    Reflect.deleteProperty(store.db, name);
  }
if (manner === 'unguarded') store.db.pragma(`wal_autocheckpoint=${CHECKPOINT_FRAMES}`);
if (manner === 'normal-sync') store.db.pragma('synchronous=NORMAL');
const told = appendAll(store.db, manner as Manner, Number(events));
try {
  store.close();
  say(`T ${told}`);
} catch (error) {
  say(`T ${codeOf(error)}`);
}
process.exit(0);
