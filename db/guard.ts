import type Database from 'better-sqlite3';
import { classifyStoreError, StoreError, type StoreErrorCode } from './store-error.ts';

type Connection = Database.Database;
type AnyStatement = Database.Statement<unknown[], unknown>;

/** Frames of the WAL after which it is copied into the store's file: as SQLite would by itself, some 4 MiB. */
const CHECKPOINT_FRAMES = 1_000;

export interface Guard {
  /** Why the connection refuses further work; null while it is sound. */
  readonly refusal: () => StoreErrorCode | null;
  /** From here on it refuses all work: another connection to the same file found the disk or a page at fault. */
  readonly refuse: (code: StoreErrorCode) => void;
  /** Copies what the WAL holds into the store's file, as far as readers allow. Throws StoreError where the disk fails. */
  readonly checkpoint: () => void;
}

/**
 * Makes a connection refuse everything after the disk failed it once or a page proved damaged, and turns SQLite's disk
 * errors into StoreErrors on the way. After a failed fsync the kernel may drop the page and report success the next
 * time (https://wiki.postgresql.org/wiki/Fsync_Errors), so a retry proves nothing: only closing, opening and verifying does.
 * It is done to the connection itself, so that no caller (drizzle included) can forget it.
 *
 * So is the checkpoint. SQLite's own runs after a commit and drops its error: the WAL would be copied again at the next
 * commit, into a file whose disk has failed, and nobody told. The connection must have it off (`wal_autocheckpoint=0`).
 */
export function guardConnection(db: Connection, checkpointFrames = CHECKPOINT_FRAMES): Guard {
  let refused: StoreErrorCode | null = null;

  const attempt = <T>(work: () => T): T => {
    if (refused !== null) throw new StoreError(refused);
    try {
      return work();
    } catch (error) {
      const code = classifyStoreError(error);
      if (code === null) throw error;
      if (code === 'DISK_FAILED' || code === 'STORE_DAMAGED') refused = code;
      throw error instanceof StoreError ? error : new StoreError(code, { cause: error });
    }
  };

  const plain = {
    prepare: db.prepare.bind(db) as (sql: string) => AnyStatement,
    exec: db.exec.bind(db),
    pragma: db.pragma.bind(db),
    transaction: db.transaction.bind(db) as (work: Work) => Transaction,
  };

  // Read once, before any work: preparing it for each commit would cost more than asking it.
  const frames = plain.prepare('PRAGMA wal_checkpoint(NOOP)').raw();
  const checkpoint = (): void => {
    attempt(() => plain.pragma('wal_checkpoint(PASSIVE)'));
  };
  /** What is committed is safe in the WAL, so a disk without room for the copy is no failure of the commit: it is tried again. */
  const checkpointWhenLarge = (): void => {
    if (db.inTransaction) return;
    const [, all = 0, copied = 0] = attempt(() => frames.get()) as readonly number[];
    if (all - copied < checkpointFrames) return;
    try {
      checkpoint();
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'DISK_FULL')) throw error;
    }
  };
  const write: Attempt = (work) => {
    const result = attempt(work);
    checkpointWhenLarge();
    return result;
  };

  const guarded = {
    prepare: (sql: string) =>
      guardStatement(
        attempt(() => plain.prepare(sql)),
        attempt,
        write,
      ),
    exec: (sql: string) => write(() => plain.exec(sql)),
    pragma: (source: string, options?: Database.PragmaOptions) =>
      attempt(() => plain.pragma(source, options)),
    transaction: (work: Work) => guardTransaction(plain.transaction(work), write),
  };
  for (const [name, value] of Object.entries(guarded)) {
    Object.defineProperty(db, name, { value, configurable: true });
  }
  return {
    refusal: () => refused,
    refuse: (code) => {
      refused ??= code;
    },
    checkpoint,
  };
}

type Attempt = <T>(work: () => T) => T;
type Work = (...args: unknown[]) => unknown;
type Transaction = Database.Transaction<Work>;

function guardStatement(statement: AnyStatement, attempt: Attempt, write: Attempt): AnyStatement {
  const run = statement.run.bind(statement);
  const get = statement.get.bind(statement);
  const all = statement.all.bind(statement);
  const iterate = statement.iterate.bind(statement);
  // What changes rows may also answer some (RETURNING).
  const through = statement.readonly ? attempt : write;
  statement.run = (...args) => through(() => run(...args));
  statement.get = (...args) => through(() => get(...args));
  statement.all = (...args) => through(() => all(...args));
  statement.iterate = (...args) =>
    guardRows(
      attempt(() => iterate(...args)),
      attempt,
    );
  return statement;
}

function* guardRows(rows: IterableIterator<unknown>, attempt: Attempt): IterableIterator<unknown> {
  try {
    for (let next = attempt(() => rows.next()); next.done !== true; next = attempt(() => rows.next())) {
      yield next.value;
    }
  } finally {
    rows.return?.();
  }
}

/** COMMIT is where an fsync fails, and better-sqlite3 runs it inside the transaction function. */
function guardTransaction(transaction: Transaction, attempt: Attempt): Transaction {
  const wrap = (run: Work): Work =>
    function (this: unknown, ...args) {
      return attempt(() => run.apply(this, args));
    };
  const guarded = wrap(transaction);
  return Object.assign(guarded, {
    default: guarded,
    deferred: wrap(transaction.deferred),
    immediate: wrap(transaction.immediate),
    exclusive: wrap(transaction.exclusive),
  });
}
