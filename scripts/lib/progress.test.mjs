import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { root } from './paths.mjs';
import { createProgress, slowestFiles } from './progress.mjs';
import { slowestOf, vitestStage } from './stages.mjs';

const MINUTE = 60_000;
const started = (file, progress) => progress.hear({ what: 'file', file });

describe('the progress of a run', () => {
  let at;
  let progress;
  beforeEach(() => {
    at = 5_000;
    progress = createProgress(() => at);
  });

  test('stops nothing while files go on saying something, however long they run together', () => {
    started('a.test.ts', progress);
    for (let step = 0; step < 100; step += 1) {
      at += 3 * MINUTE;
      progress.hear({ what: 'said', file: 'a.test.ts', test: `test ${step}` });
      expect(progress.silence(4 * MINUTE)).toBeNull();
    }
    expect(progress.times()).toEqual([
      { file: 'a.test.ts', ms: 300 * MINUTE, ended: false, test: 'test 99' },
    ]);
  });

  test('names the file that says nothing, what it was at, and not one that has ended or goes on', () => {
    started('ended.test.ts', progress);
    progress.hear({ what: 'ended', file: 'ended.test.ts' });
    started('hangs.test.ts', progress);
    progress.hear({ what: 'said', file: 'hangs.test.ts', test: 'a lock > by hand' });
    at += 4 * MINUTE;
    started('goes-on.test.ts', progress);
    expect(progress.silence(4 * MINUTE)).toBeNull();
    at += 1;
    expect(progress.silence(4 * MINUTE)).toBe(
      'hangs.test.ts has said nothing for 4.0 minutes, in “a lock > by hand”.',
    );
  });

  test('gives a test the time that it asked for, and the limit after it', () => {
    progress.hear({ what: 'said', file: 'a.test.ts', test: 'a large file', mayTakeMs: 2 * MINUTE });
    at += 6 * MINUTE;
    expect(progress.silence(4 * MINUTE)).toBeNull();
    at += 1;
    expect(progress.silence(4 * MINUTE)).toContain('a large file');
  });

  test('counts no silence from before the run began, while other stages ran', () => {
    at += 60 * MINUTE;
    progress = createProgress(() => at);
    at += 6 * MINUTE;
    expect(progress.silence(4 * MINUTE)).toBeNull();
    at += 1;
    expect(progress.silence(4 * MINUTE)).toContain('6.0 minutes');
  });

  test('stops a run in which no file begins, or none after the last', () => {
    at += 6 * MINUTE;
    expect(progress.silence(4 * MINUTE)).toBeNull();
    at += 1;
    expect(progress.silence(4 * MINUTE)).toBe('No file of tests has said anything for 6.0 minutes.');
    started('a.test.ts', progress);
    progress.hear({ what: 'ended', file: 'a.test.ts' });
    at += 6 * MINUTE;
    expect(progress.silence(4 * MINUTE)).toBeNull();
    at += 1;
    expect(progress.silence(4 * MINUTE)).not.toBeNull();
  });

  test('is told as the slowest files, with those that had not ended', () => {
    const times = [
      { file: 'quick.test.ts', ms: 10, ended: true, test: '' },
      { file: 'slow.test.ts', ms: 61_250, ended: true, test: '' },
      { file: 'cut.test.ts', ms: 5, ended: false, test: 'opens' },
      { file: 'middle.test.ts', ms: 900, ended: true, test: '' },
    ];
    expect(slowestFiles(times, 2)).toEqual([
      '  61.3 s  slow.test.ts',
      '   0.9 s  middle.test.ts',
      '   0.0 s  cut.test.ts  (was running: opens)',
    ]);
  });
});

describe('a stage of real tests', () => {
  let folder;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'esr-stage-'));
    fs.symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    fs.writeFileSync(
      path.join(folder, 'vitest.config.mjs'),
      "export default { test: { name: 'tiny', testTimeout: 1_000, pool: 'forks' } };",
    );
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (name, body) =>
    fs.writeFileSync(path.join(folder, name), `import { beforeAll, expect, test } from 'vitest';\n${body}`);
  const stage = (silentMinutes, again = false) =>
    vitestStage(
      'tiny',
      { project: 'tiny', silentMinutes, again },
      { root: folder, runtime: { executable: process.execPath } },
    );

  test('counts what passed and failed, and knows how long each file took', async () => {
    write('one.test.mjs', "beforeAll(() => undefined); test('is so', () => expect(1).toBe(1));");
    write('two.test.mjs', "test('is not so', () => expect(1).toBe(2));");
    const one = stage(1);
    expect(await one.work()).toMatchObject({ passed: 1, failed: 1 });
    expect(
      one
        .times()
        .map(({ file, ended }) => [file, ended])
        .sort(),
    ).toEqual([
      ['one.test.mjs', true],
      ['two.test.mjs', true],
    ]);
    expect(slowestOf([[[one]]])).toHaveLength(3);
  }, 60_000);

  test('runs a file that failed once more, alone, counts what it did then, and says both', async () => {
    const mark = path.join(folder, 'was-here');
    write('sound.test.mjs', "test('is so', () => expect(1).toBe(1));");
    write(
      'late.test.mjs',
      `import { existsSync, writeFileSync } from 'node:fs';
       const was = existsSync('${mark}'); writeFileSync('${mark}', '');
       test('comes', () => expect(was).toBe(true)); test('goes', () => undefined);`,
    );
    const one = stage(1, true);
    expect(await one.work()).toMatchObject({ passed: 3, failed: 0, skipped: 0 });
    expect(one.notes()).toEqual([
      expect.stringMatching(/^failed: late\.test\.mjs: comes: /),
      'passed when run again: late.test.mjs',
    ]);
    expect(
      one
        .times()
        .map(({ file }) => file)
        .sort(),
    ).toEqual(['late.test.mjs', 'late.test.mjs', 'sound.test.mjs']);
    write('late.test.mjs', "test('comes', () => expect(1).toBe(2));");
    const other = stage(1, true);
    expect(await other.work()).toMatchObject({ passed: 1, failed: 1 });
    expect(other.notes().map((note) => note.split(': ')[0])).toEqual(['failed', 'failed again']);
  }, 60_000);

  test('is stopped when a file hangs where vitest itself cannot end it, and says which and where', async () => {
    // vitest tells what has begun a moment after it has, and not at all from a process that computes without end.
    const never = 'async () => { await new Promise((go) => setTimeout(go, 500)); for (;;); }';
    write('hangs.test.mjs', `test('passes', () => undefined); test('never ends', ${never});`);
    const { failed, output } = await stage(1 / 10).work();
    expect(failed).toBe(1);
    expect(output).toMatch(
      /hangs\.test\.mjs has said nothing for 0\.\d minutes, in “never ends”\. So the run/,
    );
    expect(output).toMatch(/\d s {2}hangs\.test\.mjs {2}\(was running: never ends\)/);
  }, 60_000);
});
