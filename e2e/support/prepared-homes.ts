import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Account, addUser, createTrust, firstSignIn, importWhole, signInAs } from '../imports/steps.ts';
import { type Desk, type DeskOptions, launchDesk, newHome } from './launch-desk.ts';
import { openTraining, sampleFile, signOut } from './main-job.ts';
import { makeOnce } from './make-once.ts';
import type { RunFacts } from './run.ts';

/** Of every prepared trust. */
export const OWNER: Account = {
  displayName: 'Owner of the test store',
  username: 'test.owner',
  password: 'seven-tugboats-lean-north-at-dawn',
};
const TRUST = 'Trust of the test';

/** The officers of `trust`, each with a password of their own. */
export const OFFICERS: readonly [Account, Account] = [
  { displayName: 'First officer', username: 'officer.one', password: 'violet-Harbour-4-thistle' },
  { displayName: 'Second officer', username: 'officer.two', password: 'copper-Lantern-9-meadow' },
];

/** What somebody did on a PC before a test begins, by the ordinary screens; answers the recovery phrase, where there is one. */
const HOMES = {
  training: async (desk: Desk) => {
    await openTraining(desk);
    return '';
  },
  /** A trust's store with its owner alone. */
  'owner-alone': (desk: Desk) => createTrust(desk, OWNER, TRUST),
  /** A trust's store with its owner, two officers, and the sample's register with what people hold. */
  trust: async (desk: Desk) => {
    const phrase = await createTrust(desk, OWNER, TRUST);
    await importWhole(desk, sampleFile('GO_919_TST_GOF_20261102_00000101.DAT'));
    await importWhole(desk, sampleFile('holdings-1.csv'), /starting position/);
    for (const [at, { password, ...officer }] of OFFICERS.entries()) {
      const first = { ...officer, password: 'amber-Kestrel-3-lagoon' };
      await addUser(desk, first, String(90_000_001 + at));
      await signOut(desk);
      await firstSignIn(desk, first, password);
      await signOut(desk);
      await signInAs(desk, OWNER);
    }
    return phrase;
  },
} satisfies Record<string, (desk: Desk) => Promise<string>>;
export type HomeName = keyof typeof HOMES;

/** What of a home is kept: the program's own data and the keychain's, not what belongs to one start of it. */
const KEPT = ['user-data', 'keyring'];

/** With owners and rights: the home belongs to the account that the window runs as. */
const copy = (from: string, to: string): void => {
  execFileSync('cp', ['-a', ...KEPT.map((part) => path.join(from, part)), to]);
};

async function make(name: HomeName, run: RunFacts, at: string): Promise<void> {
  const desk = await launchDesk({ run });
  let phrase: string;
  try {
    phrase = await HOMES[name](desk);
  } finally {
    await desk.close();
  }
  const store = path.join(desk.userData, 'stores', name === 'training' ? 'training' : 'trust');
  rmSync(path.join(store, 'backups'), { recursive: true, force: true });
  copy(desk.home, at);
  writeFileSync(path.join(at, 'phrase'), phrase, { mode: 0o600 });
  rmSync(desk.home, { recursive: true, force: true });
}

/**
 * Opens the program on a copy of a home that was made once a run: its store closed, nobody signed in, without backups. The screen is
 * the one to sign in at.
 */
export async function openPrepared(
  name: HomeName,
  options: Omit<DeskOptions, 'userData'> = {},
): Promise<Desk & { readonly phrase: string }> {
  const run = options.run ?? (JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts);
  const folder = process.env.ESR_PREPARED_HOMES ?? mkdtempSync(path.join(run.folder, 'prepared-'));
  const prepared = await makeOnce(folder, `windows-${name}`, (at) => make(name, run, at));
  const home = newHome(run);
  copy(prepared, home);
  const desk = await launchDesk({ ...options, run, userData: path.join(home, 'user-data') });
  await desk.page.getByLabel('Username').waitFor({ timeout: 60_000 });
  return { ...desk, phrase: readFileSync(path.join(prepared, 'phrase'), 'utf8') };
}
