// A child that opens a store and holds it until it is killed or its input closes.
import { openTestStore } from './store-folder.ts';

const store = openTestStore(process.argv[2] ?? '');
process.stdout.write('HELD\n');
process.stdin.resume();
process.stdin.on('end', () => store.close());
