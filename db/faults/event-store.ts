import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { startChild } from '../testing/child.ts';
import { createTestStore, openTestStore } from '../testing/store-folder.ts';

/** All but commit-first are controls: what must go wrong, and be seen to. */
export type Manner = 'commit-first' | 'acknowledge-first' | 'unguarded' | 'normal-sync';

/** A ledger in small: an event and its work in one transaction, each event's leaf hashed over the one before. */
export function createEventStore(file: string): void {
  const store = createTestStore(file);
  store.db.exec(`CREATE TABLE event (seq INTEGER PRIMARY KEY, leaf BLOB NOT NULL, words BLOB NOT NULL);
    CREATE TABLE work (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL UNIQUE REFERENCES event(seq))`);
  store.close();
}

/** Opens (which verifies after an unclean end), recomputes everything, and answers how many events there are. */
export function countWholeEvents(file: string): number {
  const store = openTestStore(file);
  try {
    let leaf: Uint8Array = new Uint8Array();
    let seq = 0;
    const rows = store.db.prepare<[], { seq: number; leaf: Buffer; words: Buffer }>(
      'SELECT * FROM event ORDER BY seq',
    );
    for (const row of rows.iterate()) {
      seq++;
      leaf = createHash('sha256').update(leaf).update(row.words).digest();
      if (row.seq !== seq || !row.leaf.equals(leaf))
        throw new Error(`Event ${seq} is missing or not what was written.`);
    }
    const unpaired = store.db.prepare(
      'SELECT count(*) FROM event LEFT JOIN work USING (seq) WHERE work.seq IS NULL',
    );
    if (unpaired.pluck().get() !== 0) throw new Error('An event was kept without its work.');
    return seq;
  } finally {
    store.close();
  }
}

export interface Ending {
  /** The highest event the child was told is safe; 0 when none. */
  readonly acknowledged: number;
  readonly acknowledgements: number;
  /** What the failed write was told, and the write after it. */
  readonly failed: string | undefined;
  readonly next: string | undefined;
  readonly closed: string | undefined;
  readonly signal: NodeJS.Signals | null;
  readonly errors: string;
}

export interface Appender {
  /** Lets it open the store and append. */
  readonly go: () => void;
  /** Resolves when it has acknowledged so many events; or has ended before. */
  readonly acknowledged: (count: number) => Promise<void>;
  readonly kill: () => void;
  readonly ready: Promise<void>;
  readonly ended: Promise<Ending>;
}

/** Starts the child of append-events.ts; it waits for `go`. `under`: the command that makes it fail. */
export function startAppender(
  file: string,
  manner: Manner,
  options: { readonly events?: number; readonly under?: readonly string[] } = {},
): Appender {
  const script = join(import.meta.dirname, 'append-events.ts');
  const child = startChild(script, [file, manner, String(options.events ?? 100_000)], {
    under: options.under ?? [],
  });
  let out = '';
  let errors = '';
  let acknowledgements = 0;
  let signal: NodeJS.Signals | null = null;
  const waiting: { readonly until: () => boolean; readonly resolve: () => void }[] = [];
  let over = false;
  const wake = (): void => {
    for (const each of waiting) if (over || each.until()) each.resolve();
  };
  const when = (until: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      waiting.push({ until, resolve });
      wake();
    });
  child.stdout?.on('data', (bytes: Buffer) => {
    const text = bytes.toString('latin1');
    acknowledgements += text.split('A ').length - 1;
    out += text;
    wake();
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    errors += bytes.toString();
  });
  child.stdin?.on('error', () => {}); // killed before it read
  child.once('error', (error) => {
    errors += error.message;
  });
  child.once('close', (_code, by) => {
    signal = by;
    over = true;
    wake();
  });
  return {
    go: () => void child.stdin?.write('go\n'),
    acknowledged: (count) => when(() => acknowledgements >= count),
    kill: () => void child.kill('SIGKILL'),
    ready: when(() => out.includes('READY')),
    ended: when(() => over).then(() => {
      // A last line without its end was never received, so it is no acknowledgement.
      const lines = out.slice(0, out.lastIndexOf('\n') + 1).split('\n');
      const told = (letter: string): string | undefined =>
        lines.findLast((line) => line.startsWith(`${letter} `))?.slice(2);
      const acks = lines.filter((line) => line.startsWith('A '));
      return {
        acknowledged: Number(told('A') ?? 0),
        acknowledgements: acks.length,
        failed: told('E'),
        next: told('N'),
        closed: told('T'),
        signal,
        errors,
      };
    }),
  };
}
