// A child that opens a store with a key it makes in place (so that no copy travels), works, and closes on request.
import { once } from 'node:events';
import { openStore } from '../connection.ts';
import { makeKnownKey } from './memory.ts';

const file = process.argv[2] ?? '';
const key = makeKnownKey();
const step = async (said: string): Promise<void> => {
  process.stdout.write(`${said}\n`);
  await once(process.stdin, 'data');
};

const store = openStore({ file, key, mode: 'create', now: '2026-11-20T17:04:02.000Z' });
store.db.exec("CREATE TABLE note (words TEXT); INSERT INTO note VALUES ('x')");
const job = openStore({ file, key, mode: 'job' });
job.db.prepare('SELECT * FROM note').all();
await step('OPEN');
key.fill(0);
await step('ZEROED');
job.close();
store.close();
await step('CLOSED');
process.exit(0);
