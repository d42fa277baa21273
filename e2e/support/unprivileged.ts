import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { type Account, asAccount } from './processes.ts';

/** What a person can mend: shown as its sentence, without a stack. */
export class CannotOpen extends Error {}

/**
 * Whom Electron runs as. Chromium's sandbox means nothing for root (it only starts with --no-sandbox, and then the
 * renderer's Seccomp is 0), so root hands over to the account that owns nothing.
 * @returns undefined when the present user is unprivileged already
 */
export function unprivilegedAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((entry) => entry.split(':'))
    .find(([name]) => name === 'nobody');
  if (!line)
    throw new CannotOpen('There is no account “nobody” to run Electron as; run this as an ordinary user.');
  return { uid: Number(line[2]), gid: Number(line[3]), name: 'nobody' };
}

/** Whether everybody may enter this folder, and every folder above it. */
export function isOpenToAll(folder: string): boolean {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

/**
 * Makes sure that Chromium can build its sandbox for `runAs`: by user namespaces where the kernel lets it, else by the
 * set-uid helper, which only root can prepare.
 */
export function ensureSandbox(electronDir: string, runAs: Account | undefined): void {
  const [program, ...args] = asAccount(['unshare', '--user', '--map-root-user', 'true'], runAs);
  if (spawnSync(program, args, { stdio: 'ignore' }).status === 0) return;
  const helper = path.join(electronDir, 'chrome-sandbox');
  if (!existsSync(helper)) throw new CannotOpen(`User namespaces are off and ${helper} is missing.`);
  if (statSync(helper).uid === 0 && (statSync(helper).mode & 0o4000) !== 0) return;
  if (process.getuid?.() !== 0) {
    throw new CannotOpen(
      `This kernel does not let ordinary users build a sandbox. Ask an administrator to run: ` +
        `sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
    );
  }
  chownSync(helper, 0, 0);
  chmodSync(helper, 0o4755);
}
