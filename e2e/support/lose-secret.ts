import { spawnSync } from 'node:child_process';
import path from 'node:path';
import type { Desk } from './launch-desk.ts';
import { asAccount } from './processes.ts';
import { type RunFacts, recordedElectron } from './run.ts';

/** Run by the program's own Electron, as whoever the window belongs to: an entry is that account's alone. */
const AS_CLIENT = `
const { createRequire } = require('node:module');
const keytar = createRequire(process.env.APP + '/package.json')('keytar');
const SERVICE = 'ESR Access Desk';
(async () => {
  const given = JSON.parse(process.env.ENTRIES);
  for (const { account, password } of given) await keytar.setPassword(SERVICE, account, password);
  if (given.length > 0) return;
  const found = await keytar.findCredentials(SERVICE);
  for (const { account } of found) await keytar.deletePassword(SERVICE, account);
  process.stdout.write(JSON.stringify(found));
})();
`;

/**
 * Takes every entry of the program out of the keychain, as a profile that was made anew does, and leaves the keychain itself alone.
 * @returns puts them back as they were
 */
export function loseSecret(desk: Desk, run: RunFacts): () => void {
  const client = (entries: string): string => {
    const { args, env } = desk.start;
    const electron = path.join(run.electronDir, path.basename(recordedElectron().executable));
    const [program, ...rest] = asAccount([electron, '-e', AS_CLIENT], run.runAs ?? undefined);
    const { status, stdout, stderr } = spawnSync(program, rest, {
      env: { ...env, ELECTRON_RUN_AS_NODE: '1', APP: args[0] ?? '', ENTRIES: entries },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`The keychain’s entries could not be changed: ${stderr}`);
    return stdout;
  };
  const taken = client('[]');
  if (taken === '[]') throw new Error('The keychain held no entry of the program.');
  return () => void client(taken);
}
