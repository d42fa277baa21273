import type Database from 'better-sqlite3';
import { classifyStoreError, StoreError, type StoreErrorCode } from './store-error.ts';

type Connection = Database.Database;
type AnyStatement = Database.Statement<unknown[], unknown>;

/**
 * Makes a connection refuse everything after the disk failed it once or a page proved damaged, and turns SQLite's disk
 * errors into StoreErrors on the way. After a failed fsync the kernel may drop the page and report success the next
 * time (https://wiki.postgresql.org/wiki/Fsync_Errors), so a retry proves nothing: only closing, opening and verifying does.
 * It is done to the connection itself, so that no caller (drizzle included) can forget it.
 */
export function guardConnection(db: Connection): { readonly refusal: () => StoreErrorCode | null } {
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

  const guarded = {
    prepare: (sql: string) =>
      guardStatement(
        attempt(() => plain.prepare(sql)),
        attempt,
      ),
    exec: (sql: string) => attempt(() => plain.exec(sql)),
    pragma: (source: string, options?: Database.PragmaOptions) =>
      attempt(() => plain.pragma(source, options)),
    transaction: (work: Work) => guardTransaction(plain.transaction(work), attempt),
  };
  for (const [name, value] of Object.entries(guarded)) {
    Object.defineProperty(db, name, { value, configurable: true });
  }
  return { refusal: () => refused };
}

type Attempt = <T>(work: () => T) => T;
type Work = (...args: unknown[]) => unknown;
type Transaction = Database.Transaction<Work>;

function guardStatement(statement: AnyStatement, attempt: Attempt): AnyStatement {
  const run = statement.run.bind(statement);
  const get = statement.get.bind(statement);
  const all = statement.all.bind(statement);
  const iterate = statement.iterate.bind(statement);
  statement.run = (...args) => attempt(() => run(...args));
  statement.get = (...args) => attempt(() => get(...args));
  statement.all = (...args) => attempt(() => all(...args));
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
