import fs from 'node:fs';
import { explainFailure, Refusal } from './failure.mjs';
import { run } from './run.mjs';

/**
 * What compiling the card module, a window, a virtual display, a real keychain, the tests' disk faults (strace) and their smartcards need
 * (a token in software; a reader, its service and its module). Where a second name is given, newer releases (Debian 13, Ubuntu 24.04) call
 * the same library by it.
 */
export const DEBIAN_PACKAGES = [
  ['python3'],
  ['make'],
  ['g++'],
  ['xvfb'],
  ['libgtk-3-0', 'libgtk-3-0t64'],
  ['libnss3'],
  ['libasound2', 'libasound2t64'],
  ['libgbm1'],
  ['libxss1'],
  ['libatk-bridge2.0-0', 'libatk-bridge2.0-0t64'],
  ['libsecret-1-0'],
  ['dbus'],
  ['dbus-x11'],
  ['gnome-keyring'],
  ['strace'],
  ['softhsm2'],
  ['opensc'],
  ['pcscd'],
  ['vsmartcard-vpcd'],
];

/** @param {string} osRelease the text of /etc/os-release */
export function isDebianLike(osRelease) {
  const ids = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]+)"?$/gm)].flatMap((match) =>
    match[1].split(' '),
  );
  return ids.includes('debian') || ids.includes('ubuntu');
}

/** @param {ReadonlySet<string>} installed @returns {string[][]} the entries of DEBIAN_PACKAGES that are absent */
export function missingFrom(installed) {
  return DEBIAN_PACKAGES.filter((names) => !names.some((name) => installed.has(name)));
}

async function installedPackages() {
  const names = DEBIAN_PACKAGES.flat();
  // It ends with 1 as soon as one name is unknown, and still prints the others.
  const { output, missing } = await run('dpkg-query', [
    '-W',
    '-f',
    `$\{Package} $\{db:Status-Status}\n`,
    ...names,
  ]);
  if (missing) return undefined;
  const lines = output.split('\n').map((line) => line.split(' '));
  return new Set(lines.filter(([, status]) => status === 'installed').map(([name]) => name));
}

async function choose(alternatives) {
  for (const name of alternatives) {
    const { code, output } = await run('apt-cache', ['show', '--no-all-versions', name]);
    if (code === 0 && output.includes('Package:')) return name;
  }
  return alternatives[0];
}

async function chooseAll(entries) {
  const names = [];
  for (const alternatives of entries) names.push(await choose(alternatives));
  return names;
}

async function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const result = await run('apt-get', ['-y', '-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
    env,
    timeoutMs: 15 * 60_000,
  });
  if (result.code === 0) return;
  const { sentence, mend } = explainFailure(result.timedOut ? 'timed out' : result.output);
  throw new Refusal(`The Debian packages that the program needs could not be installed: ${sentence}.`, mend);
}

/**
 * Installs the Debian packages when that is possible, and otherwise says what to ask an administrator for.
 * @param {(line: string) => void} say
 * @returns {Promise<{missing: string[], command?: string}>} what is still missing, with the command that would mend it
 */
export async function provideDebianPackages(say, isRoot = process.getuid?.() === 0) {
  if (process.platform !== 'linux' || !fs.existsSync('/etc/os-release')) return { missing: [] };
  if (!isDebianLike(fs.readFileSync('/etc/os-release', 'utf8'))) return { missing: [] };
  const installed = await installedPackages();
  if (!installed) return { missing: [] };
  let missing = missingFrom(installed);
  if (missing.length === 0) return { missing: [] };
  if (isRoot) {
    say(`installing ${missing.length} Debian packages that the compiler, the window and the tests need …`);
    await apt(['update']);
    await apt(['install', '--no-install-recommends', ...(await chooseAll(missing))]);
    missing = missingFrom((await installedPackages()) ?? new Set());
    if (missing.length === 0) return { missing: [] };
  }
  const names = await chooseAll(missing);
  return { missing: names, command: `sudo apt-get install --no-install-recommends ${names.join(' ')}` };
}
