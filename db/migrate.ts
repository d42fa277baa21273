import type { StoreConnection } from './connection.ts';

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

/** Brings the store up to this program's schema, or throws: StoreError STORE_NEWER, or MigrationError for a faulty folder. */
export function migrateStore(_db: StoreConnection, _options: MigrateOptions): MigrationReport {
  throw new Error('to come');
}
