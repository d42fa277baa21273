import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compileEnv, explainCompiling, headersBeside, isCompiled } from './card-module.mjs';
import { isDebianLike, missingFrom } from './debian.mjs';
import { stillRefused } from './electron-official.mjs';
import { checkExecutable, checkTarball, REGISTRY_COPY } from './electron-registry.mjs';
import { asRefusal, explainFailure, Refusal } from './failure.mjs';
import { completeLock, platformOf } from './lock.mjs';
import { differenceFromLock, lockFitsManifest } from './node-modules.mjs';
import { isNewEnough, requireNode } from './node-version.mjs';
import { requireReleasable } from './package.mjs';
import { countsOf, runStages } from './stages.mjs';
import { fingerprint, isUntouched, readRecord, stampOf, writeRecord } from './stamp.mjs';
import { takeTurn } from './turn.mjs';

let folder;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'setup-parts-'));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const file = (name, content) => {
  const at = path.join(folder, name);
  fs.writeFileSync(at, content);
  return at;
};

describe('the registry copy', () => {
  const content = Buffer.from('the recorded package');
  const expected = {
    ...REGISTRY_COPY,
    integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
    executableSha256: createHash('sha256').update(content).digest('hex'),
  };

  test('is taken when it is byte for byte the recorded one', async () => {
    const at = file('copy.tgz', content);
    await expect(checkTarball(at, expected)).resolves.toBeUndefined();
    await expect(checkExecutable(at, expected)).resolves.toBeUndefined();
  });

  test.each([
    ['one bit turned', (bytes) => bytes.map((byte, at) => (at === 3 ? byte ^ 1 : byte))],
    ['one byte more', (bytes) => Buffer.concat([bytes, Buffer.from([0])])],
    ['one byte less', (bytes) => bytes.subarray(0, -1)],
    ['nothing in it', () => Buffer.alloc(0)],
  ])('is refused with %s', async (_, tamper) => {
    const at = file('copy.tgz', tamper(content));
    await expect(checkTarball(at, expected)).rejects.toThrow(/not the package that was recorded/);
    await expect(checkExecutable(at, expected)).rejects.toThrow(/not the one that was recorded/);
  });

  test('is not something a release is made from', () => {
    const runtime = { source: 'registry', version: '45.4.1', wanted: '45.4.1' };
    expect(() => requireReleasable(runtime)).toThrow(Refusal);
    expect(() => requireReleasable({ ...runtime, source: 'given' })).toThrow(Refusal);
    expect(() => requireReleasable({ ...runtime, source: 'official', version: '42.0.0' })).toThrow(Refusal);
    expect(requireReleasable({ ...runtime, source: 'official' })).toBeUndefined();
  });
});

describe('the stamp', () => {
  test('is the same for the same parts in any order, and another for any change', () => {
    const stamp = stampOf({ lock: 'a', node: '20.19.0' });
    expect(stampOf({ node: '20.19.0', lock: 'a' })).toBe(stamp);
    expect(stampOf({ node: '20.19.1', lock: 'a' })).not.toBe(stamp);
    expect(stampOf({ node: 'a', lock: '20.19.0' })).not.toBe(stamp);
    expect(stampOf({ lock: 'a' })).not.toBe(stamp);
  });

  test('sees that a file was changed or taken away', () => {
    const at = file('electron', 'abc');
    const seen = fingerprint(at);
    expect(isUntouched(at, seen)).toBe(true);
    fs.writeFileSync(at, 'abcd');
    expect(isUntouched(at, seen)).toBe(false);
    fs.rmSync(at);
    expect(isUntouched(at, seen)).toBe(false);
    expect(isUntouched(at, undefined)).toBe(false);
  });

  test('takes a torn record for none', () => {
    const at = path.join(folder, 'stamp.json');
    expect(readRecord(at)).toBeUndefined();
    writeRecord(at, '{"stamp":"a"}');
    expect(readRecord(at)).toEqual({ stamp: 'a' });
    fs.writeFileSync(at, '{"stamp":');
    expect(readRecord(at)).toBeUndefined();
  });
});

describe('node_modules', () => {
  const lock = {
    '': {},
    'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' },
    'node_modules/b-win32-x64': { version: '2.0.0', optional: true },
  };
  const present = { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-a' } };

  test('matches without the packages of other platforms', () => {
    expect(differenceFromLock(lock, present)).toBeUndefined();
  });

  test.each([
    ['missing', {}],
    ['another version', { 'node_modules/a': { version: '1.0.1', integrity: 'sha512-a' } }],
    ['another build', { 'node_modules/a': { version: '1.0.0', integrity: 'sha512-b' } }],
    ['one too many', { ...present, 'node_modules/c': { version: '1.0.0' } }],
    ['an optional one of another version', { ...present, 'node_modules/b-win32-x64': { version: '2.0.1' } }],
  ])('does not match when one is %s', (_, found) => {
    expect(differenceFromLock(lock, found)).toEqual(expect.any(String));
  });

  test('asks for a lock that was made from this package.json', () => {
    const manifest = { dependencies: { a: '1.0.0', b: '2.0.0' } };
    expect(lockFitsManifest(manifest, { dependencies: { b: '2.0.0', a: '1.0.0' } })).toBe(true);
    expect(lockFitsManifest(manifest, { dependencies: { a: '1.0.0' } })).toBe(false);
    expect(lockFitsManifest({ ...manifest, devDependencies: { c: '1.0.0' } }, manifest)).toBe(false);
  });
});

describe('the module that is compiled here', () => {
  test.each([
    [
      'Python 3 was not found',
      'gyp ERR! find Python\ngyp ERR! stack Error: Could not find any Python installation to use',
    ],
    ['“make” was not found', 'gyp ERR! build error\ngyp ERR! stack Error: not found: make'],
    ['there is no C++ compiler', 'make: g++: No such file or directory\ngyp ERR! build error'],
    ['there is no C++ compiler', '/bin/sh: 1: g++: not found\ngyp ERR! build error'],
    ['there is no C++ compiler', 'make: *** [pkcs11.target.mk:114: dl.o] Error 127\ngyp ERR! build error'],
    [
      'the headers of this Node lie neither beside it nor could they be downloaded',
      'gyp http GET https://example.invalid/headers.tar.gz\ngyp ERR! stack FetchError: request failed, reason: getaddrinfo ENOTFOUND',
    ],
    ['the disk is full', 'cc1plus: error: No space left on device\ngyp ERR! build error'],
    ['error: ‘x’ was not declared', 'main.cpp:1: error: ‘x’ was not declared\ngyp ERR! build error'],
  ])('%s', (sentence, output) => {
    const found = explainCompiling(output);
    expect(found.sentence).toBe(sentence);
    expect(found.mend.endsWith('.')).toBe(true);
  });

  test('is not blamed for another failure of npm', () => {
    expect(explainCompiling('npm error code ENOTFOUND')).toBeUndefined();
  });

  test('takes the headers beside the running Node, and those that somebody named before them', () => {
    const exec = path.join(folder, 'bin', 'node');
    expect(headersBeside(exec)).toBeUndefined();
    expect(compileEnv({ A: '1' }, exec)).toEqual({ A: '1' });
    fs.mkdirSync(path.join(folder, 'include', 'node'), { recursive: true });
    file(path.join('include', 'node', 'node_api.h'), '');
    expect(compileEnv({ A: '1' }, exec)).toEqual({ A: '1', npm_config_nodedir: folder });
    expect(compileEnv({ npm_config_nodedir: '/theirs' }, exec)).toEqual({ npm_config_nodedir: '/theirs' });
  });

  test('is missed where it is not', () => {
    expect(isCompiled(folder)).toBe(false);
    const at = path.join('node_modules', 'pkcs11js', 'build', 'Release');
    fs.mkdirSync(path.join(folder, at), { recursive: true });
    file(path.join(at, 'pkcs11.node'), '');
    expect(isCompiled(folder)).toBe(true);
  });
});

describe('a lock file without some platform packages', () => {
  test('is made whole, with the platforms read off the names', () => {
    const packages = {
      '': {},
      'node_modules/tool': {
        version: '1.2.3',
        dev: true,
        optionalDependencies: {
          '@t/cli-linux-arm64-musl': '1.2.3',
          '@t/cli-linux-x64': '1.2.3',
          fsevents: '~2.3.0',
        },
      },
      'node_modules/@t/cli-linux-x64': { version: '1.2.3', optional: true },
    };
    const { packages: whole, added } = completeLock(packages);
    expect(added).toEqual(['node_modules/@t/cli-linux-arm64-musl']);
    expect(whole['node_modules/@t/cli-linux-arm64-musl']).toEqual({
      version: '1.2.3',
      dev: true,
      optional: true,
      os: ['linux'],
      cpu: ['arm64'],
      libc: ['musl'],
    });
    expect(completeLock(whole).added).toEqual([]);
  });

  test.each([
    ['@x/binding-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['@x/binding-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    ['@x/binding-linux-arm-musleabihf', { os: ['linux'], cpu: ['arm'], libc: ['musl'] }],
    ['@x/cli-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['left-pad', {}],
  ])('%s', (name, platform) => expect(platformOf(name)).toEqual(platform));
});

describe('what is said when a step cannot be done', () => {
  test.each([
    ['network', 'npm error code ENOTFOUND'],
    ['network', 'TypeError: fetch failed'],
    ['certificate', 'npm error code SELF_SIGNED_CERT_IN_CHAIN'],
    ['permission', "EACCES: permission denied, mkdir '/x'"],
    ['disk', 'npm error code ENOSPC'],
    ['lock', 'npm error Missing: a@1.0.0 from lock file'],
    ['integrity', 'npm error code EINTEGRITY'],
    ['unknown', 'Segmentation fault'],
  ])('%s: %s', (cause, text) => {
    const found = explainFailure(text);
    expect(found.cause).toBe(cause);
    expect(found.mend.endsWith('.')).toBe(true);
  });

  test('keeps a refusal as it is and explains the rest', () => {
    const refusal = new Refusal('One.', 'Two.');
    expect(asRefusal('Three', refusal)).toBe(refusal);
    const full = asRefusal('Set-up stopped', Object.assign(new Error('write'), { code: 'ENOSPC' }));
    expect(full.message).toBe('Set-up stopped: the disk is full.');
  });
});

describe('the machine', () => {
  test.each([
    ['20.19.0', true],
    ['22.0.0', true],
    ['20.18.9', false],
    ['18.20.4', false],
  ])('Node %s: %s', (version, enough) => {
    expect(isNewEnough(version)).toBe(enough);
    if (!enough) expect(() => requireNode(version)).toThrow(Refusal);
  });

  test('knows Debian and its relatives', () => {
    expect(isDebianLike('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe(true);
    expect(isDebianLike('ID=linuxmint\nID_LIKE="ubuntu debian"\n')).toBe(true);
    expect(isDebianLike('ID=fedora\n')).toBe(false);
  });

  test('takes a library by its newer name, too', () => {
    const missing = missingFrom(new Set(['libgtk-3-0t64', 'xvfb'])).map(([name]) => name);
    expect(missing).not.toContain('libgtk-3-0');
    expect(missing).not.toContain('xvfb');
    expect(missing).toContain('gnome-keyring');
    expect(missing).toEqual(
      expect.arrayContaining(['python3', 'make', 'g++', 'softhsm2', 'vsmartcard-vpcd']),
    );
  });

  test('remembers for a day that the release host refused', () => {
    const memory = { version: '45.4.1', at: '2026-11-20T12:00:00.000Z', reason: '' };
    const at = Date.parse(memory.at);
    expect(stillRefused(memory, '45.4.1', at + 3_600_000)).toBe(true);
    expect(stillRefused(memory, '45.4.1', at + 25 * 3_600_000)).toBe(false);
    expect(stillRefused(memory, '45.4.1', at - 3_600_000)).toBe(false);
    expect(stillRefused(memory, '46.0.0', at)).toBe(false);
    expect(stillRefused(undefined, '45.4.1', at)).toBe(false);
  });
});

describe('two set-ups in one clone', () => {
  test('take turns', async () => {
    const order = [];
    const leave = await takeTurn(folder, () => order.push('first waits'));
    const second = takeTurn(folder, () => {
      order.push('second waits');
      leave();
    });
    (await second)();
    expect(order).toEqual(['second waits']);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  test('pass over one that was killed', async () => {
    fs.writeFileSync(path.join(folder, 'setup.pid'), '4194303');
    const leave = await takeTurn(folder, () => expect.unreachable());
    leave();
  });
});

describe('the stages', () => {
  const stage = (name, failed = 0) => ({ name, work: async () => ({ passed: 2, failed, output: '' }) });

  test('go on side by side, stop after the step that failed, and are added up', async () => {
    const said = [];
    const steps = [[[stage('one')], [stage('two', 1), stage('never')]], [[stage('nor-this')]]];
    const total = await runStages(folder, steps, (line) => said.push(line.split(' ')[0]));
    expect(total).toEqual({ passed: 4, failed: 1 });
    expect(said.sort()).toEqual(['one', 'two']);
  });
});

describe('adding up', () => {
  test('a run that fails outside any test counts as a failure', () => {
    const report = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, success: true };
    expect(countsOf(report, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
    expect(countsOf(report, 1)).toEqual({ passed: 3, failed: 1, skipped: 1 });
    expect(countsOf({ ...report, numFailedTests: 2, success: false }, 1).failed).toBe(2);
    expect(countsOf(undefined, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(countsOf(undefined, 0).failed).toBe(1);
    const broken = { status: 'failed', assertionResults: [{ status: 'skipped' }] };
    const counted = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    const files = { ...report, numFailedTests: 1, success: false, testResults: [broken, counted] };
    expect(countsOf(files, 1).failed).toBe(2);
  });
});
