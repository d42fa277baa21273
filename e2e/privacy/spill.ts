// A child that sorts much with little cache, stops in the middle of it and says SORTING: what SQLite then keeps in a
// temporary file is there to be found. The second argument is MEMORY as the program has it, or another for the control.
import { openStore } from '../../db/connection.ts';

const [file = '', tempStore = 'MEMORY', marker = ''] = process.argv.slice(2);
const key = new Uint8Array(32).fill(0x5a);
const { db } = openStore({ file, key, mode: 'create', now: '2026-11-20T17:04:02.000Z' });
db.exec('CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT)');
const insert = db.prepare('INSERT INTO note (words) VALUES (?)');
db.transaction(() => {
  for (let i = 0; i < 20_000; i++) insert.run(`${marker} ${'padding '.repeat(20)}${i % 7}`);
})();
if (tempStore !== 'MEMORY') db.pragma(`temp_store=${tempStore}`);
db.pragma('cache_size=10');
const rows = db.prepare('SELECT words FROM note ORDER BY words || id').iterate();
rows.next();
process.stdout.write('SORTING\n');
process.stdin.once('data', () => {
  rows.return?.();
  process.exit(0);
});
