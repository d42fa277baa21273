// A child that opens the store in the folder it is given by the RSA key of a card beside it; then locks, as it is told.

import { createPrivateKey, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { loadKeytar } from '../../../../adapters/keys/keychain.ts';
import { LEAST_STRETCHING } from '../../../../adapters/keys/testing/least-stretching.ts';
import { MIGRATIONS } from '../../../../testing/real-store.ts';
import { machineContext, machineUptime } from '../../ambient.ts';
import { createVault } from '../../vault.ts';

const dir = process.argv[2] ?? '';
const card = { uuid: process.argv[3] ?? '', keyFingerprint: new Uint8Array(32).fill(1) };
const cardKey = createPrivateKey(readFileSync(join(dir, 'card.pem')));
const vault = createVault({
  userDataDir: dir,
  migrationsDir: MIGRATIONS,
  context: machineContext(),
  newStoreId: randomUUID,
  keychainPort: loadKeytar,
  uptime: machineUptime,
  stretching: LEAST_STRETCHING,
});
const told = async (said: string): Promise<string> => {
  process.stdout.write(`${said}\n`);
  const [data] = (await once(process.stdin, 'data')) as [Buffer];
  return data.toString().trim();
};

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (how: { readonly type: 'minor' }) => void;

const challenge = await vault.cardChallenge(card);
if (challenge?.binding !== 'signature') throw new Error('not enrolled');
const opened = await vault.unlockByCard({
  ...card,
  signature: sign('sha256', challenge.wrapMessage, cardKey),
});
if (!opened.ok) throw new Error(opened.reason);
opened.store.access.settings.write('k', 'v');
// Enrolling seals the key anew: it must leave no more of it than opening does.
const { salt, message } = vault.newCardWrap();
await vault.enrolCard({ ...card, salt, binding: 'signature', signature: sign('sha256', message, cardKey) });
// What lies in the engine's own heap is moved by this, and its old place is not wiped.
collect({ type: 'minor' });
collect({ type: 'minor' });
await told('OPEN');
vault.close();
await told('LEFT');
process.exit(0);
