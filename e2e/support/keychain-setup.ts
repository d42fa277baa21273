import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startSecretService } from './secret-service.ts';

const installed = (program: string): boolean =>
  (process.env.PATH ?? '').split(path.delimiter).some((folder) => existsSync(path.join(folder, program)));

/**
 * Gives the unit tests a real keychain of their own, never the one of whoever runs them. Without the programs for it
 * there is none, and the tests that need one fail by name.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.platform !== 'linux' || !installed('gnome-keyring-daemon') || !installed('dbus-daemon')) return;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'esr-keychain-'));
  const secrets = await startSecretService(folder, undefined);
  Object.assign(process.env, secrets.env);
  return async () => {
    await secrets.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
