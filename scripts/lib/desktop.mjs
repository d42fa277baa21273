import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './failure.mjs';
import { run } from './run.mjs';

/** Whether a window opened here would be seen by somebody. */
export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);

export const isRoot = () => process.getuid?.() === 0;

/** Refuses to open a window where set-up could not provide what one needs. */
export function requireWindow({ missing, command }) {
  if (missing.length === 0) return;
  throw new Refusal(
    `A window cannot be opened here, because these Debian packages are missing: ${missing.join(', ')}.`,
    `Ask an administrator to run: ${command}`,
  );
}

/** An ordinary user's Electron needs user namespaces, or the set-uid helper that only an administrator can prepare. */
export function requireSandbox(electronDir) {
  if (process.platform !== 'linux' || isRoot()) return;
  const helper = path.join(electronDir, 'chrome-sandbox');
  const prepared =
    fs.existsSync(helper) && fs.statSync(helper).uid === 0 && (fs.statSync(helper).mode & 0o4000) !== 0;
  if (
    prepared ||
    spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' }).status === 0
  )
    return;
  throw new Refusal(
    'This kernel does not let ordinary users build Chromium’s sandbox, and the program does not run without it.',
    `Ask an administrator to run: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`,
  );
}

/**
 * Runs a TypeScript file of the project by Electron as Node, in this terminal.
 * @returns {Promise<number>} its exit code
 */
export async function runTypeScript(root, runtime, file, args = []) {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { code } = await run(runtime.executable, [path.join(root, file), ...args], {
    cwd: root,
    env,
    show: true,
  });
  return code;
}
