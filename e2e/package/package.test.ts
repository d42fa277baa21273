import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchPackaged, type PackagedDesk } from '../support/launch-packaged.ts';
import { openTraining, signIn } from '../support/main-job.ts';
import { openRun, type Run, writeStarter } from '../support/run.ts';
import { stageFolder } from '../support/staging.ts';

const packaged = path.resolve(import.meta.dirname, '..', '..', 'release', 'linux-unpacked');
const NAME = 'esr-access-desk';

describe.skipIf(process.platform !== 'linux')('the packaged program', () => {
  let run: Run;
  let executable: string;

  beforeAll(async () => {
    if (!existsSync(path.join(packaged, NAME)))
      throw new Error('There is no package: run “npm run package” first.');
    run = await openRun();
    executable = path.join(run.runAs ? stageFolder(packaged, run.folder) : packaged, NAME);
  });
  afterAll(() => run?.close());

  describe('in its window', () => {
    let desk: PackagedDesk;
    beforeAll(async () => {
      desk = await launchPackaged(run, executable, { args: ['--inspect=0'] });
    });
    afterAll(() => desk?.close());

    test('opens and shows its first screen', async () => {
      await desk.page.locator('h1').first().waitFor({ timeout: 30_000 });
      expect(await desk.page.title()).toContain('ESR Access Desk');
      expect((await desk.page.locator('h1').first().textContent())?.trim()).not.toBe('');
      await desk.page.screenshot({
        path: path.join(import.meta.dirname, '..', '..', 'out', 'e2e', 'packaged.png'),
      });
    });

    test('makes, encrypts and opens a store with the modules it carries', async () => {
      await openTraining(desk);
      await signIn(desk, 'officer');
      expect(existsSync(path.join(desk.home, 'user-data', 'stores', 'training', 'store.db'))).toBe(true);
    });

    test('has a sandbox that the kernel confirms', () => {
      const values = desk.rendererSeccomp();
      expect(values.length).toBeGreaterThan(0);
      expect(new Set(values)).toEqual(new Set([2]));
    });

    test('opens no inspector of its main process when asked to', () => {
      expect(desk.complaints()).toContain('DevTools listening');
      expect(desk.complaints()).not.toContain('Debugger listening');
    });
  });

  test('does not double as a Node that runs any script', () => {
    const asNode = (program: string): string => {
      const starter = writeStarter(run.folder, program, run.runAs ?? undefined);
      return spawnSync(starter, ['-e', 'console.error(6 * 7)'], {
        env: { PATH: process.env.PATH, HOME: run.folder, ELECTRON_RUN_AS_NODE: '1' },
        encoding: 'utf8',
        timeout: 20_000,
        killSignal: 'SIGKILL',
      }).stderr;
    };
    expect(asNode(executable)).not.toMatch(/^42$/m);
    // The control: the same question to the same runtime before its fuse was blown.
    expect(asNode(path.join(run.electronDir, 'electron'))).toMatch(/^42$/m);
  });

  test('has every fuse as decided, and none that nobody decided on', async () => {
    const { version: _, ...wire } = await getCurrentFuseWire(path.join(packaged, NAME));
    const { ENABLE: on, DISABLE: off } = FuseState;
    expect(wire).toEqual({
      [FuseV1Options.RunAsNode]: off,
      [FuseV1Options.EnableCookieEncryption]: on,
      [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: off,
      [FuseV1Options.EnableNodeCliInspectArguments]: off,
      [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: on,
      [FuseV1Options.OnlyLoadAppFromAsar]: on,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: off,
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: off,
      [FuseV1Options.WasmTrapHandlers]: on,
    });
  });

  test('carries what it needs and nothing of the workshop', () => {
    const resources = path.join(packaged, 'resources');
    expect(readdirSync(resources).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
    // Electron, which runs this test, reads into the archive.
    const files = readdirSync(path.join(resources, 'app.asar'), { recursive: true, encoding: 'utf8' }).map(
      (file) => `/${file}`,
    );
    for (const needed of [
      '/out/main/index.js',
      '/out/main/card-process.js',
      '/out/renderer/index.html',
      '/db/migrations/meta/_journal.json',
    ]) {
      expect(files).toContain(needed);
    }
    const native = files.filter((file) => file.endsWith('.node'));
    // Compiled at set-up, for the machine it was compiled on.
    const compiled = '/node_modules/pkcs11js/build/Release/pkcs11.node';
    expect(native).toContain(compiled);
    const prebuilt = native.filter((file) => file !== compiled);
    expect(prebuilt.every((file) => file.includes(`${process.platform}-${process.arch}`))).toBe(true);
    expect(prebuilt).toHaveLength(3);
    expect(
      files.filter((file) => /^\/node_modules\/pkcs11js\/(src|includes|build\/(?!Release\b))/.test(file)),
    ).toEqual([]);
    const workshop =
      /^\/(e2e|scripts|bench|electron|renderer)\/|^\/node_modules\/(react|vite|vitest|electron|playwright|typescript)\/|\.test\.|\.map$/;
    expect(files.filter((file) => workshop.test(file))).toEqual([]);
  });
});
