import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileCardModule, isCompiled, isUsable } from './lib/card-module.mjs';
import { DEBIAN_PACKAGES, provideDebianPackages } from './lib/debian.mjs';
import { provideElectron, recordedRuntime } from './lib/electron.mjs';
import { asRefusal, endWith } from './lib/failure.mjs';
import { installNodeModules, reasonToInstall } from './lib/node-modules.mjs';
import { requireNode } from './lib/node-version.mjs';
import { electronHome, root } from './lib/paths.mjs';
import { readRecord, stampOf, writeRecord } from './lib/stamp.mjs';
import { takeTurn } from './lib/turn.mjs';

const say = (line) => console.log(`set-up  ${line}`);
const seconds = (began) => `${((performance.now() - began) / 1000).toFixed(1)} s`;

const wantedElectron = () =>
  JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).devDependencies.electron;

/** What the last completed set-up was for: a change of any of these sends it through every step again. */
const currentStamp = () =>
  stampOf({
    lock: fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'),
    node: process.versions.node,
    debian: DEBIAN_PACKAGES.flat().join(' '),
    platform: `${process.platform}-${process.arch}`,
    root,
  });

/** The quick way: everything is as the last set-up left it. */
function alreadySetUp() {
  const stamp = readRecord(path.join(electronHome(), 'stamp.json'));
  if (stamp?.stamp !== currentStamp() || stamp.missing.length > 0 || reasonToInstall(root)) return undefined;
  if (!isCompiled(root)) return undefined;
  return recordedRuntime(root, wantedElectron());
}

async function allSteps(options) {
  say(`Node ${process.versions.node} is new enough.`);
  // Before the packages: one of them is compiled.
  const debian = await provideDebianPackages(say);
  if (debian.command) {
    say(
      'some Debian packages are missing; not all of the program can be built, opened or tested here until an administrator runs:',
    );
    say(`  ${debian.command}`);
  }
  const reason = reasonToInstall(root);
  if (reason) {
    say(`installing the packages that package-lock.json names (${reason}) …`);
    const began = performance.now();
    await installNodeModules(root);
    say(`packages installed in ${seconds(began)}.`);
  }
  if (!(await isUsable(root))) {
    say('compiling the module that talks to smartcards …');
    await compileCardModule(root);
  }
  const wanted = wantedElectron();
  const runtime =
    (!options.given && !options.retry && recordedRuntime(root, wanted)) ||
    (await provideElectron({ root, wanted, now: Date.now(), say, ...options }));
  const note = { stamp: currentStamp(), missing: debian.missing, command: debian.command };
  writeRecord(path.join(electronHome(), 'stamp.json'), JSON.stringify(note));
  return { runtime, missing: debian.missing, command: debian.command };
}

/**
 * Makes a fresh clone ready, or sees in a moment that it is.
 * @param {{given?: string, retry?: boolean}} [options] a folder with an Electron to use; whether to ask for the official
 *   one again although it was refused today
 * @returns {Promise<{runtime: import('./lib/electron.mjs').Runtime, missing: string[], command?: string}>}
 */
export async function setUp(options = {}) {
  const began = performance.now();
  requireNode();
  try {
    if (!options.given && !options.retry) {
      const runtime = alreadySetUp();
      if (runtime) {
        const registry =
          runtime.source === 'registry' ? ', the registry copy: development and tests only' : '';
        say(`nothing to do (${seconds(began)}; Electron ${runtime.version}${registry}).`);
        return { runtime, missing: [] };
      }
    }
    const leave = await takeTurn(electronHome(), () =>
      say('another set-up is at work here; waiting for it …'),
    );
    try {
      const result = await allSteps(options);
      say(`done in ${seconds(began)}.`);
      return result;
    } finally {
      leave();
    }
  } catch (error) {
    throw asRefusal('Set-up stopped', error);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href) {
  const args = process.argv.slice(2);
  const folder = args.indexOf('--electron');
  const given = folder >= 0 ? args[folder + 1] : process.env.ELECTRON_OVERRIDE_DIST_PATH;
  setUp({ ...(given ? { given } : {}), retry: args.includes('--retry') }).catch(endWith);
}
