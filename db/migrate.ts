import { join } from 'node:path';
import type { StoreConnection } from './connection.ts';
import { copyStore } from './copy.ts';
import { type Migration, MigrationError, readMigrationFolder } from './migration-folder.ts';
import { StoreError } from './store-error.ts';

export { MigrationError } from './migration-folder.ts';

export interface MigrateOptions {
  /** The folder drizzle-kit writes: `meta/_journal.json` and one `<tag>.sql` each. */
  readonly migrationsDir: string;
  /** Where the copy before each migration goes. */
  readonly backupDir: string;
  /** ISO UTC instant, recorded with each migration. */
  readonly now: string;
  /** Opens the copy with the store's key and checks it (`proveCopy` of connection.ts); throws when it is not sound. */
  readonly proveCopy: (file: string) => void;
  readonly onStep?: (step: MigrationStep) => void;
}

export interface MigrationStep {
  readonly tag: string;
  /** 1-based position among those that are due. */
  readonly index: number;
  readonly total: number;
  readonly stage: 'copying' | 'applying' | 'done';
}

export interface MigrationReport {
  /** Tags applied now, in order; empty when the store was up to date. */
  readonly applied: readonly string[];
  /** Paths of the copies made, one for each applied migration (none for a brand-new store). */
  readonly copies: readonly string[];
}

/**
 * Brings the store up to this program's schema. Not drizzle's own migrator, for three reasons, each with a test: it opens
 * the transaction before a migration can switch foreign keys off, it skips a migration merged late with an older
 * timestamp, and it opens a store of a newer version without a word.
 * Throws StoreError STORE_NEWER (or a disk's), or MigrationError; each migration is applied whole or not at all.
 */
export function migrateStore(db: StoreConnection, options: MigrateOptions): MigrationReport {
  const known = readMigrationFolder(options.migrationsDir);
  const brandNew = isBrandNew(db);
  const due = findDue(known, readApplied(db));
  const copies: string[] = [];
  for (const [i, migration] of due.entries()) {
    const tell = (stage: MigrationStep['stage']): void =>
      options.onStep?.({ tag: migration.tag, index: i + 1, total: due.length, stage });
    if (!brandNew) {
      tell('copying');
      // One name for each migration: a program that fails at every start must not fill the disk with copies.
      const copy = join(options.backupDir, `before-${migration.tag}.db`);
      copyStore(db, copy, options.proveCopy);
      copies.push(copy);
    }
    tell('applying');
    apply(db, migration, options.now);
    tell('done');
  }
  return { applied: due.map((migration) => migration.tag), copies };
}

interface Applied {
  readonly tag: string;
  readonly hash: string;
}

/** Those not yet applied, by name and content; the order of applying is the journal's, whatever its timestamps say. */
function findDue(known: readonly Migration[], applied: readonly Applied[]): readonly Migration[] {
  const knownHashes = new Map(known.map((migration) => [migration.tag, migration.hash]));
  for (const { tag, hash } of applied) {
    const expected = knownHashes.get(tag);
    if (expected === undefined) throw new StoreError('STORE_NEWER');
    if (expected !== hash) {
      throw new MigrationError(
        `Migration ${tag} was changed after it was applied. Add a new migration instead.`,
      );
    }
  }
  const done = new Set(applied.map(({ tag }) => tag));
  return known.filter((migration) => !done.has(migration.tag));
}

function isBrandNew(db: StoreConnection): boolean {
  return db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
}

function readApplied(db: StoreConnection): readonly Applied[] {
  const table = db
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'store_migration'")
    .get();
  if (table === undefined) return [];
  return db.prepare<[], Applied>('SELECT tag, hash FROM store_migration ORDER BY applied_order').all();
}

/**
 * Foreign keys go off before the transaction, where alone SQLite heeds it: drizzle-kit rebuilds a table by dropping it,
 * which with keys on empties every `ON DELETE CASCADE` child (https://sqlite.org/lang_altertable.html, section 7).
 * The check before commit then finds a row the migration left without its parent.
 */
function apply(db: StoreConnection, migration: Migration, now: string): void {
  if (db.inTransaction) throw new MigrationError('Migrations cannot run inside a transaction.');
  db.pragma('foreign_keys=OFF');
  try {
    db.transaction(() => {
      db.exec(`CREATE TABLE IF NOT EXISTS store_migration (
        applied_order INTEGER PRIMARY KEY, tag TEXT NOT NULL UNIQUE, hash TEXT NOT NULL, applied_at TEXT NOT NULL) STRICT`);
      for (const statement of migration.statements) db.exec(statement);
      const orphans = db.prepare('SELECT "table" FROM pragma_foreign_key_check LIMIT 1').pluck().get();
      if (orphans !== undefined) {
        throw new MigrationError(
          `Migration ${migration.tag} would leave rows of ${String(orphans)} without what they refer to.`,
        );
      }
      db.prepare('INSERT INTO store_migration (tag, hash, applied_at) VALUES (?, ?, ?)').run(
        migration.tag,
        migration.hash,
        now,
      );
    }).immediate();
  } finally {
    db.pragma('foreign_keys=ON');
  }
  if (db.pragma('foreign_keys', { simple: true }) !== 1) throw new MigrationError('Foreign keys stayed off.');
}
