import fs from 'node:fs';
import path from 'node:path';
import { explainFailure } from './failure.mjs';
import { run } from './run.mjs';

const REACH_MS = 6_000;
const DOWNLOAD_MS = 15 * 60_000;
const REMEMBER_MS = 24 * 60 * 60_000;

/** @returns {{version: string, dir: string, executable: string} | undefined} the official runtime, where it is installed */
export function installedOfficial(root) {
  const at = path.join(root, 'node_modules', 'electron');
  try {
    const { version } = JSON.parse(fs.readFileSync(path.join(at, 'package.json'), 'utf8'));
    const inside = fs.readFileSync(path.join(at, 'path.txt'), 'utf8');
    const dir = path.join(at, 'dist');
    const present = fs.readFileSync(path.join(dir, 'version'), 'utf8').trim().replace(/^v/, '');
    const executable = path.join(dir, inside);
    return present === version && fs.existsSync(executable) ? { version, dir, executable } : undefined;
  } catch {
    return undefined;
  }
}

/** A mirror or a proxy of the user's own is taken on trust: only the installer knows how to go through it. */
const goesAnotherWay = (env) =>
  Boolean(env.ELECTRON_MIRROR ?? env.npm_config_electron_mirror ?? env.ELECTRON_GET_USE_PROXY);

async function isReached(version) {
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(REACH_MS) });
    await answer.body?.cancel();
    return answer.ok ? undefined : `the release host answered ${answer.status}`;
  } catch (error) {
    const cause = error instanceof Error ? `${error.message} ${error.cause ?? ''}` : String(error);
    return explainFailure(cause).sentence;
  }
}

/**
 * Tries the official download once, and gives up within seconds where the release host is not reached.
 * @returns {Promise<string | undefined>} why it could not be had, or undefined when it is installed
 */
export async function installOfficial(root, version, env = process.env) {
  if (!goesAnotherWay(env)) {
    const reason = await isReached(version);
    if (reason) return reason;
  }
  const installer = path.join(root, 'node_modules', 'electron', 'install.js');
  const result = await run(process.execPath, [installer], { cwd: root, env, timeoutMs: DOWNLOAD_MS });
  if (result.code === 0 && installedOfficial(root)) return undefined;
  return explainFailure(result.timedOut ? 'timed out' : result.output).sentence;
}

/**
 * Whether a refusal is fresh enough not to be asked for again.
 * @param {{version: string, at: string} | undefined} memory what was written when it failed
 * @param {number} now milliseconds since 1970
 */
export function stillRefused(memory, version, now) {
  if (!memory || memory.version !== version) return false;
  const age = now - Date.parse(memory.at);
  return age >= 0 && age < REMEMBER_MS;
}
