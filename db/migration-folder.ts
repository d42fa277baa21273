import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Migration {
  readonly tag: string;
  /** SHA-256 of the file, hex, with line ends as LF: a checkout on Windows must not count as a change. */
  readonly hash: string;
  readonly statements: readonly string[];
}

/** A fault of the program's own migrations or of the tables they make; nothing was changed. */
export class MigrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MigrationError';
  }
}

const BREAKPOINT = '--> statement-breakpoint';

/** What drizzle-kit wrote, in the journal's order. Throws MigrationError when a part is missing or named twice. */
export function readMigrationFolder(dir: string): readonly Migration[] {
  const journalFile = join(dir, 'meta', '_journal.json');
  if (!existsSync(journalFile)) throw new MigrationError('The journal of the migrations is missing.');
  const tags = readTags(JSON.parse(readFileSync(journalFile, 'utf8')));
  if (new Set(tags).size !== tags.length) throw new MigrationError('The journal names a migration twice.');
  return tags.map((tag) => {
    const file = join(dir, `${tag}.sql`);
    if (!existsSync(file))
      throw new MigrationError(`Migration ${tag} is in the journal, but its file is missing.`);
    const text = readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
    const statements = text
      .split(BREAKPOINT)
      .map((statement) => statement.trim())
      .filter((statement) => statement !== '');
    return { tag, hash: createHash('sha256').update(text).digest('hex'), statements };
  });
}

function readTags(journal: unknown): readonly string[] {
  const entries =
    typeof journal === 'object' && journal !== null && 'entries' in journal ? journal.entries : null;
  if (!Array.isArray(entries)) throw new MigrationError('The journal of the migrations has no entries.');
  return entries.map((entry: unknown) => {
    const tag = typeof entry === 'object' && entry !== null && 'tag' in entry ? entry.tag : null;
    if (typeof tag !== 'string' || !/^[\w-]+$/.test(tag))
      throw new MigrationError('The journal has an entry without a tag.');
    return tag;
  });
}
