import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoreConnection } from './connection.ts';
import { onDisk, syncToDisk } from './durable.ts';

/**
 * An encrypted copy of the store as it is now, checked before it gets its name: a file of that name is always whole.
 * An earlier copy of the name is replaced.
 * `VACUUM INTO`, because `db.backup()` refuses an encrypted source. It does not sync its output, so that is done here
 * (https://sqlite.org/lang_vacuum.html). `prove` opens the copy with the key and throws when it is not sound.
 */
export function copyStore(db: StoreConnection, target: string, prove: (file: string) => void): void {
  const unfinished = `${target}.part`;
  onDisk(() => {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    rmSync(unfinished, { force: true });
  });
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
    onDisk(() => syncToDisk(unfinished, 'file'));
    prove(unfinished);
    onDisk(() => {
      renameSync(unfinished, target);
      syncToDisk(dirname(target), 'folder');
    });
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}
