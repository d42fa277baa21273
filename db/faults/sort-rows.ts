// A child that sorts much with little cache and looks, in the middle of it, into the temporary files it has open: SQLite
// deletes them at once, so no folder shows them. Says how many it has and whether the marker stands in one.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { openTestStore } from '../testing/store-folder.ts';

const [file = '', tempStore = 'MEMORY', marker = ''] = process.argv.slice(2);
const store = openTestStore(file);
if (tempStore !== 'MEMORY') store.db.pragma(`temp_store=${tempStore}`);
store.db.pragma('cache_size=10');

let rows = 0;
let temporary = 0;
let marked = 0;
for (const _row of store.db.prepare('SELECT words FROM note ORDER BY words || id').iterate()) {
  if (rows++ === 0) {
    for (const content of openTemporaryFiles()) {
      temporary++;
      if (content.includes(marker)) marked++;
    }
  }
}
process.stdout.write(`${JSON.stringify({ rows, temporary, marked })}\n`);
store.close();
process.exit(0);

function openTemporaryFiles(): readonly Buffer[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    const descriptor = `/proc/self/fd/${name}`;
    try {
      return readlinkSync(descriptor).includes('etilqs_') ? [readFileSync(descriptor)] : [];
    } catch {
      return []; // the one that listed the folder
    }
  });
}
