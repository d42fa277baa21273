// A child that runs the core on the folder it is given, signs in and lets a job use the store; then leaves as it is told.
import { once } from 'node:events';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { LEAST_STRETCHING } from '../adapters/keys/testing/least-stretching.ts';
import { keychainOf } from '../adapters/keys/testing/own-keychain.ts';
import { createCore } from '../main/core/core.ts';
import { OWNER } from './real-core.ts';
import { MIGRATIONS, RESOURCES } from './real-store.ts';

const core = createCore({
  start: {
    userDataDir: process.argv[2] ?? '',
    resourcesDir: RESOURCES,
    migrationsDir: MIGRATIONS,
    jobThreadFile: join(import.meta.dirname, '..', 'main', 'core', 'job-thread.ts'),
    packagedAs: null,
  },
  stretching: LEAST_STRETCHING,
  keychainPort: keychainOf(process.argv[3] ?? ''),
  tell: () => undefined,
  onException: (error) => process.stderr.write(String(error)),
});
const call = async (operation: 'session:signIn' | 'ledger:verify' | 'session:signOut', input: object) => {
  const answer = await core.dispatch(operation, input, 'correlation');
  if (!answer.ok) throw new Error(answer.message);
};
const told = async (said: string): Promise<string> => {
  process.stdout.write(`${said}\n`);
  const [data] = (await once(process.stdin, 'data')) as [Buffer];
  return data.toString().trim();
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void;

for (let next = 'in'; next !== 'end'; ) {
  await call('session:signIn', { username: OWNER.username, password: OWNER.password });
  await call('ledger:verify', {});
  // What lies in the engine's own heap is moved by this, and its old place is not wiped.
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  const way = await told('OPEN');
  const began = performance.now();
  await (way === 'lock' ? core.lock('idle') : call('session:signOut', {}));
  next = await told(`LEFT ${Math.round(performance.now() - began)}`);
}
process.exit(0);
