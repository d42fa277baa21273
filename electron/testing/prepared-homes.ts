import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeOnce } from '../../e2e/support/make-once.ts';
import type { KeychainPort } from '../adapters/keys/keychain.ts';
import { createTrust, makePc, NEXT_PASSWORD, OWNER, type Pc, type Running } from './real-core.ts';

/** The second owner of `two-owners`, whose password is theirs already. */
export const SECOND_OWNER = {
  username: 'oscar.second',
  displayName: 'The second owner',
  employeeNumber: '90000007',
  password: NEXT_PASSWORD,
};
const FIRST_PASSWORD = 'a first password of nobody';

/** What was done on a PC before a test begins, by the program's own operations; answers the recovery phrase, where there is one. */
const HOMES = {
  /** A trust's store with its owner alone. */
  trust: createTrust,
  'two-owners': async (running: Running) => {
    const recoveryPhrase = await createTrust(running);
    const { password, ...second } = SECOND_OWNER;
    await running.call('users:add', { ...second, roles: ['owner'], firstPassword: FIRST_PASSWORD });
    await running.call('session:signOut', {});
    await running.signIn(second.username, FIRST_PASSWORD);
    await running.call('session:changePassword', { present: FIRST_PASSWORD, next: password });
    return recoveryPhrase;
  },
  training: async (running: Running) => {
    await running.call('session:openTraining', {});
    return '';
  },
} satisfies Record<string, (running: Running) => Promise<string>>;
type HomeName = keyof typeof HOMES;

interface Prepared {
  readonly recoveryPhrase: string;
  /** What the keychain held for the stores in it; test secrets, in a temporary folder that goes with the run. */
  readonly secrets: readonly { readonly account: string; readonly secret: string }[];
}

const SERVICE = 'ESR Access Desk';
/** Of the run, where vitest was started with one; of this process otherwise. */
const folder = process.env.ESR_PREPARED_HOMES ?? mkdtempSync(join(tmpdir(), 'esr-prepared-'));

/**
 * Gives a PC that is new a home that was made once a run: its stores closed, nobody signed in, without backups, and what the
 * keychain held.
 */
export async function settle(pc: Pc, name: HomeName): Promise<{ readonly recoveryPhrase: string }> {
  const home = await makeOnce(folder, `core-${name}`, (at) => make(name, at));
  const { recoveryPhrase, secrets } = JSON.parse(
    readFileSync(join(home, 'prepared.json'), 'utf8'),
  ) as Prepared;
  cpSync(join(home, 'data'), pc.dir, { recursive: true });
  const keychain = await pc.keychain();
  for (const { account, secret } of secrets) await keychain.setPassword(SERVICE, account, secret);
  return { recoveryPhrase };
}

async function make(name: HomeName, at: string): Promise<void> {
  const pc = makePc(`prepared-${name}`);
  try {
    const running = pc.start();
    const recoveryPhrase = await HOMES[name](running);
    await running.core.close();
    const store = join(pc.dir, 'stores', name === 'training' ? 'training' : 'trust');
    rmSync(join(store, 'backups'), { recursive: true, force: true });
    const { storeId } = JSON.parse(readFileSync(join(store, 'scheme.json'), 'utf8')) as { storeId: string };
    const content: Prepared = { recoveryPhrase, secrets: await secretsOf(await pc.keychain(), storeId) };
    cpSync(pc.dir, join(at, 'data'), { recursive: true });
    writeFileSync(join(at, 'prepared.json'), JSON.stringify(content), { mode: 0o600 });
  } finally {
    await pc.close();
  }
}

async function secretsOf(keychain: KeychainPort, storeId: string): Promise<Prepared['secrets']> {
  const secrets: { account: string; secret: string }[] = [];
  for (const account of [storeId, `${storeId} sign-in tries`]) {
    const secret = await keychain.getPassword(SERVICE, account);
    if (secret !== null) secrets.push({ account, secret });
  }
  return secrets;
}

/** A PC with its home, the program started and nobody signed in. */
export async function atTheDoor(
  pc: Pc,
): Promise<{ readonly running: Running; readonly recoveryPhrase: string }> {
  const { recoveryPhrase } = await settle(pc, 'trust');
  return { running: pc.start(), recoveryPhrase };
}

/** As `atTheDoor`, and the owner is signed in. */
export async function atWork(
  pc: Pc,
): Promise<{ readonly running: Running; readonly recoveryPhrase: string }> {
  const begun = await atTheDoor(pc);
  await begun.running.signIn(OWNER.username, OWNER.password);
  return begun;
}
