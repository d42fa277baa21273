import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface TestMigration {
  readonly tag: string;
  /** The journal's `when`, which only drizzle's own migrator heeds. */
  readonly when: number;
  readonly statements: readonly string[];
}

/** Writes a folder as drizzle-kit does, replacing what was there. */
export function writeMigrations(dir: string, migrations: readonly TestMigration[]): string {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, 'meta'), { recursive: true });
  const entries = migrations.map(({ tag, when }, idx) => ({
    idx,
    version: '6',
    when,
    tag,
    breakpoints: true,
  }));
  writeFileSync(
    join(dir, 'meta', '_journal.json'),
    JSON.stringify({ version: '7', dialect: 'sqlite', entries }),
  );
  for (const { tag, statements } of migrations) {
    writeFileSync(join(dir, `${tag}.sql`), statements.join('\n--> statement-breakpoint\n'));
  }
  return dir;
}
