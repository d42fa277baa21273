import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { explainFailure, Refusal } from './failure.mjs';
import { run } from './run.mjs';

/** Where the unpacked program lies afterwards. */
export const packagedDir = (root) => path.join(root, 'release', 'linux-unpacked');

/** What a release must be made from: the official build, of the version that package.json names. */
export function requireReleasable(runtime) {
  if (runtime.source === 'official' && runtime.version === runtime.wanted) return;
  throw new Refusal(
    `A release is only made with the official Electron ${runtime.wanted}, and this machine has a substitute (${runtime.source}, ${runtime.version}).`,
    'Run “npm run setup -- --retry” where Electron’s release host is reached, then package again.',
  );
}

const targets = (release) => {
  if (!release) return ['--dir'];
  return process.platform === 'win32' ? ['--win', 'nsis'] : ['--linux', 'deb'];
};

/**
 * Packages the built program by electron-builder, with the Electron that set-up recorded.
 * @param {import('./electron.mjs').Runtime} runtime
 * @param {{release?: boolean}} [options] a release makes the installer, and refuses a substitute runtime
 */
export async function makePackage(root, runtime, { release = false } = {}) {
  if (release) requireReleasable(runtime);
  await build(root, runtime);
  fs.rmSync(path.join(root, 'release'), { recursive: true, force: true });
  const args = [
    path.join(root, 'node_modules', 'electron-builder', 'cli.js'),
    ...targets(release),
    '--config',
    'electron-builder.yml',
    `-c.electronDist=${runtime.dir}`,
    `-c.electronVersion=${runtime.version}`,
    '--publish=never',
  ];
  const result = await run(process.execPath, args, { cwd: root, timeoutMs: 10 * 60_000 });
  if (result.code === 0) return result.output;
  const { cause, sentence, mend } = explainFailure(result.timedOut ? 'timed out' : result.output);
  if (cause === 'disk' || cause === 'permission') throw new Refusal(`Packaging stopped: ${sentence}.`, mend);
  throw new Refusal(
    `${result.output.trim()}\n\nPackaging stopped.`,
    'Mend what is named above and run it again.',
  );
}
