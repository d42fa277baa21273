import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { requireSandbox, requireWindow } from './lib/desktop.mjs';
import { endWith } from './lib/failure.mjs';
import { WINDOW_LANES } from './lib/lanes.mjs';
import { makePackage } from './lib/package.mjs';
import { root } from './lib/paths.mjs';
import { notesOf, runStages, slowestOf, toolStage, vitestStage } from './lib/stages.mjs';
import { setUp } from './setup.mjs';

const say = (line) => console.log(`test    ${line}`);

/** `--only types,unit` leaves the other stages out; `unit` and `e2e` are several. */
function wantedStages() {
  const at = process.argv.indexOf('--only');
  return at < 0 ? undefined : (process.argv[at + 1] ?? '').split(',');
}

const whole = async (work) => {
  await work();
  return { passed: 1, failed: 0, output: '' };
};

/** Side by side goes only what measures no time: a second load makes the tests fail that hold a second against the clock. */
function plan(ready) {
  const { runtime } = ready;
  const bin = (...parts) => path.join(root, 'node_modules', ...parts);
  const biome = [process.execPath, bin('@biomejs', 'biome', 'bin', 'biome')];
  const tsc = [process.execPath, bin('typescript', 'bin', 'tsc')];
  const needsWindow = (stage) => ({
    ...stage,
    work: async () => {
      requireWindow(ready);
      requireSandbox(runtime.dir);
      return stage.work();
    },
  });
  const types = toolStage(
    'types',
    [
      [...tsc, '-b'],
      [...tsc, '-p', 'tsconfig.tests.json'],
    ],
    { root },
  );
  const lint = toolStage('lint', [[...biome, 'ci', '.', '--colors=off', '--max-diagnostics=30']], { root });
  const built = { name: 'build', work: () => whole(() => build(root, runtime)) };
  const tests = (name, what) => vitestStage(name, what, { root, runtime });
  const packaged = { name: 'package', work: () => whole(() => makePackage(root, runtime)) };
  return [
    [[types], [lint, built, packaged]],
    [[needsWindow(tests('smoke', { project: 'package' }))]],
    ...['pure', 'real', 'clock'].map((lane) => [[tests(lane, { project: `node-${lane}`, group: 'unit' })]]),
    WINDOW_LANES.map((folders, at) => [
      needsWindow(tests(`e2e-${at + 1}`, { project: 'e2e', folders, group: 'e2e', again: true })),
    ]),
  ];
}

let cutOff = () => undefined;
try {
  const began = performance.now();
  const ready = await setUp();
  const only = wantedStages();
  const steps = plan(ready).map((step) =>
    step.map((lane) =>
      lane.filter(({ name, group }) => !only || only.includes(name) || only.includes(group)),
    ),
  );
  // Whoever stops the run, by a signal or by a limit of their own, is told what it was at.
  cutOff = () => {
    say('was cut off.');
    for (const line of slowestOf(steps)) say(line);
  };
  process.once('exit', cutOff);
  // Homes that tests are copied from are made once for all lanes; see e2e/support/prepared-homes.ts.
  const homes = fs.mkdtempSync(path.join(os.tmpdir(), 'esr-prepared-'));
  process.env.ESR_PREPARED_HOMES = homes;
  process.once('exit', () => fs.rmSync(homes, { recursive: true, force: true }));
  const { passed, failed } = await runStages(root, steps, say);
  for (const line of [...slowestOf(steps), ...notesOf(steps)]) say(line);
  say(`everything took ${((performance.now() - began) / 1000).toFixed(0)} s.`);
  if (failed > 0) process.exitCode = 1;
  console.log(`${passed} passed, ${failed} failed`);
} catch (error) {
  endWith(error);
  console.log('0 passed, 1 failed');
} finally {
  process.off('exit', cutOff);
}
