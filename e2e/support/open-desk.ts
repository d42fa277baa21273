import { spawn } from 'node:child_process';
import path from 'node:path';
import { makeOwnFolder, openRun } from './run.ts';
import { startSecretService } from './secret-service.ts';
import { CannotOpen } from './unprivileged.ts';

/** Kept between starts, unlike everything else of a run; outside the project, which may be closed to the account. */
const HOME = '/var/tmp/esr-access-desk-of-root';

/** Opens the program on the present display for root, as the unprivileged account, with data that stays. */
async function main(): Promise<void> {
  const run = await openRun({ present: true });
  const home = makeOwnFolder(HOME, run.runAs);
  const secrets = await startSecretService(home, run.runAs ?? undefined);
  const userData = makeOwnFolder(path.join(home, 'user-data'), run.runAs);
  console.log(`start   Its data and its keychain lie in ${home}.`);
  const child = spawn(run.executable, [run.app, `--user-data-dir=${userData}`, ...process.argv.slice(2)], {
    stdio: 'inherit',
    cwd: home,
    env: {
      PATH: process.env.PATH,
      LANG: process.env.LANG,
      HOME: home,
      XDG_RUNTIME_DIR: home,
      ...run.display,
      ...secrets.env,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  process.exitCode = await new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  await secrets.stop();
  await run.close();
}

main().catch((error: unknown) => {
  console.error(error instanceof CannotOpen ? `\n${error.message}` : error);
  process.exitCode = 1;
});
