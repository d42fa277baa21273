import fs from 'node:fs';
import path from 'node:path';
import { compileEnv, compilingRefusal } from './card-module.mjs';
import { explainFailure, Refusal, requireSpace } from './failure.mjs';
import { npmCommand, run } from './run.mjs';

/**
 * Says whether node_modules holds exactly what package-lock.json names. Packages for other platforms may be absent.
 * @param {Record<string, LockEntry>} wanted `packages` of package-lock.json
 * @param {Record<string, LockEntry>} present `packages` of node_modules/.package-lock.json, which npm writes last
 * @returns {string | undefined} the first difference in words, or undefined when they match
 * @typedef {{version?: string, integrity?: string, link?: boolean, optional?: boolean, devOptional?: boolean}} LockEntry
 */
export function differenceFromLock(wanted, present) {
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '' || entry.link) continue;
    const found = present[place];
    if (!found) {
      if (entry.optional || entry.devOptional) continue;
      return `${place} is missing`;
    }
    if (found.version !== entry.version) return `${place} is ${found.version}, not ${entry.version}`;
    if (entry.integrity && found.integrity && found.integrity !== entry.integrity) {
      return `${place} is not the recorded build`;
    }
  }
  const extra = Object.keys(present).find((place) => place !== '' && !(place in wanted));
  return extra ? `${extra} is not in package-lock.json` : undefined;
}

/** Says whether package-lock.json was made from this package.json. */
export function lockFitsManifest(manifest, lockRoot) {
  const same = (key) => {
    const sorted = (value) => JSON.stringify(Object.entries(value ?? {}).sort());
    return sorted(manifest[key]) === sorted(lockRoot?.[key]);
  };
  return ['dependencies', 'devDependencies', 'optionalDependencies'].every(same);
}

const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));

/** @returns {string | undefined} why node_modules must be installed, or undefined when it is as recorded */
export function reasonToInstall(root) {
  const lock = readJson(path.join(root, 'package-lock.json'));
  if (!lockFitsManifest(readJson(path.join(root, 'package.json')), lock.packages?.[''])) {
    throw new Refusal(
      'package-lock.json does not describe what package.json asks for.',
      'Run “npm install” and then “npm run lock”, commit package-lock.json, and run the same command again.',
    );
  }
  const hidden = path.join(root, 'node_modules', '.package-lock.json');
  if (!fs.existsSync(hidden)) return 'node_modules is missing or was left half-way';
  return differenceFromLock(lock.packages, readJson(hidden).packages ?? {});
}

/** npm's own patience is over a minute for each try; a person at a terminal wants to know sooner. */
const QUICK_RETRIES = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];

/** Installs node_modules as locked. Never called while it matches: other people may be working in it. */
export async function installNodeModules(root) {
  requireSpace(root, 1_000, 'Installing the packages');
  const [command, ...args] = npmCommand();
  const result = await run(
    command,
    [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error', ...QUICK_RETRIES],
    {
      cwd: root,
      env: compileEnv(),
      timeoutMs: 15 * 60_000,
    },
  );
  if (result.missing) {
    throw new Refusal(
      'npm was not found.',
      'Install Node together with npm, then run the same command again.',
    );
  }
  if (result.code !== 0) {
    const compiling = !result.timedOut && compilingRefusal(result.output);
    if (compiling) throw compiling;
    const { sentence, mend } = explainFailure(result.timedOut ? 'timed out' : result.output);
    throw new Refusal(`The packages could not be installed: ${sentence}.`, mend);
  }
  const left = reasonToInstall(root);
  if (left) throw new Refusal(`npm finished, but ${left}.`, 'Run “npm ci” by hand and read what it says.');
}
