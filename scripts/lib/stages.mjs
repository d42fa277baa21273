import fs from 'node:fs';
import path from 'node:path';
import { Refusal } from './failure.mjs';
import { createProgress, slowestFiles } from './progress.mjs';
import { run } from './run.mjs';

/**
 * @typedef {object} Outcome of one stage
 * @property {number} passed
 * @property {number} failed
 * @property {number} [skipped]
 * @property {string} output shown when something failed
 * @property {import('./progress.mjs').FileTime[]} [times] of its files of tests
 *
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} [group] another name it is called by, with others
 * @property {() => Promise<Outcome>} work
 * @property {() => import('./progress.mjs').FileTime[]} [times] of its files of tests so far, while it runs and after
 * @property {() => string[]} [notes] what failed, by name, and what failed at first and passed when it was run again
 */

/**
 * A stage that is one program, or several in turn: it passes as a whole or fails as a whole. These say nothing until they end,
 * so that they have a limit by the clock: many times what they take on a slow machine that is busy.
 */
export function toolStage(name, commands, { root, minutes = 30 }) {
  return {
    name,
    work: async () => {
      let output = '';
      for (const [program, ...args] of commands) {
        const env = { ...process.env, NO_COLOR: '1' };
        const result = await run(program, args, { cwd: root, env, timeoutMs: minutes * 60_000 });
        output += result.timedOut
          ? `${result.output}\nIt did not end within ${minutes} minutes.`
          : result.output;
        if (result.code !== 0) return { passed: 0, failed: 1, output };
      }
      return { passed: 1, failed: 0, output };
    },
  };
}

/**
 * Reads vitest's JSON report.
 * @param {{numPassedTests: number, numFailedTests: number, numPendingTests: number, success: boolean,
 *   testResults?: {status: string, assertionResults: {status: string}[]}[]} | undefined} report
 * @param {number} code vitest's exit code
 * @returns {{passed: number, failed: number, skipped: number}} a file that failed outside its tests, and a run that
 *   failed outside any file, count as one failure each
 */
export function countsOf(report, code) {
  const passed = report?.numPassedTests ?? 0;
  const isBroken = (file) =>
    file.status === 'failed' && !file.assertionResults.some((result) => result.status === 'failed');
  const failed = (report?.numFailedTests ?? 0) + (report?.testResults ?? []).filter(isBroken).length;
  const wrong = code !== 0 || report?.success !== true;
  return { passed, failed: failed === 0 && wrong ? 1 : failed, skipped: report?.numPendingTests ?? 0 };
}

/** What a file of tests may be silent for, beyond the limit of the test that it is at. */
const SILENT_MINUTES = 4;

/** More files than this that fail are no accident of a busy machine, and are not tried again. */
const MOST_AGAIN = 3;

/**
 * @param {{testResults?: {name: string, status: string}[]} | undefined} report vitest's JSON report
 * @returns {string[]} the files with a failure
 */
export const failedFilesOf = (report) =>
  (report?.testResults ?? []).filter(({ status }) => status === 'failed').map(({ name }) => name);

/** One line for each test that failed: its file, its name, and the first line of why. */
export const failuresOf = (report, root = '') =>
  (report?.testResults ?? []).flatMap(({ name, status, message, assertionResults }) => {
    const file = path.relative(root, name);
    const why = (text) => String(text ?? '').split('\n')[0];
    const tests = assertionResults.filter((result) => result.status === 'failed');
    if (tests.length === 0) return status === 'failed' ? [`${file}: ${why(message)}`] : [];
    return tests.map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${why(failureMessages?.[0])}`);
  });

/**
 * The counts of a run of which `files` were run again: theirs are those of the second run, so that a file that fails twice fails.
 * @param {{report: object, counts: {passed: number, failed: number, skipped: number}}} first
 * @param {{passed: number, failed: number, skipped: number}} second of the files alone
 */
export function afterAgain({ report, counts }, files, second) {
  const inFiles = report.testResults
    .filter(({ name }) => files.includes(name))
    .flatMap(({ assertionResults }) => assertionResults);
  const passedBefore = inFiles.filter(({ status }) => status === 'passed').length;
  const failedBefore = inFiles.filter(({ status }) => status === 'failed').length;
  return {
    passed: counts.passed - passedBefore + second.passed,
    failed: second.failed,
    skipped: Math.max(0, counts.skipped - (inFiles.length - passedBefore - failedBefore)) + second.skipped,
  };
}

/**
 * A stage that is one vitest project, or a part of one, run by Electron as Node. It has no limit by the clock: it is stopped
 * when one of its files says nothing for some minutes, and says which and where.
 * @param {string} name
 * @param {{project: string, folders?: readonly string[], group?: string, silentMinutes?: number, again?: boolean}} what
 *   `folders`: these alone. `again`: a file that fails is run once more, by itself, and the run says which
 */
export function vitestStage(name, what, { root, runtime }) {
  const { project, folders = [], group, silentMinutes = SILENT_MINUTES, again = false } = what;
  const runs = [];
  const times = () => runs.flatMap((progress) => progress.times());
  const notes = [];
  const once = async (parts, called) => {
    // Of its own for each: a file that is run again has not ended.
    const progress = createProgress();
    runs.push(progress);
    const file = path.join(root, 'out', 'test', `${called}.json`);
    fs.rmSync(file, { force: true });
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const args = [
      'run',
      ...parts,
      '--project',
      project,
      '--reporter=default',
      `--reporter=${path.join(import.meta.dirname, 'progress-reporter.mjs')}`,
      '--reporter=json',
      `--outputFile=${file}`,
    ];
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' };
    const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
    const result = await run(runtime.executable, [vitest, ...args], {
      cwd: root,
      env,
      hear: (line) => progress.hear(JSON.parse(line)),
      whyStop: () => progress.silence(silentMinutes * 60_000),
    });
    const report = fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : undefined;
    const counts = countsOf(report, result.code);
    return { report, counts, result, output: result.output + whyStopped(result, progress.times()) };
  };
  return {
    name,
    group,
    times,
    notes: () => notes,
    work: async () => {
      const first = await once(folders, name);
      const { report, counts, output } = first;
      notes.push(...failuresOf(report, root).map((line) => `failed: ${line}`));
      const files = again && first.result.stopped === null ? failedFilesOf(report) : [];
      if (files.length === 0 || files.length > MOST_AGAIN) return { ...counts, output };
      const second = await once(files, `${name}-again`);
      notes.push(...failuresOf(second.report, root).map((line) => `failed again: ${line}`));
      if (second.counts.failed === 0)
        notes.push(...files.map((file) => `passed when run again: ${path.relative(root, file)}`));
      return {
        ...afterAgain(first, files, second.counts),
        output: `${output}\nRun again:\n${second.output}`,
      };
    },
  };
}

/** What is added to the output of a run that was stopped: why, what was running, and what had been slow until then. */
export function whyStopped({ stopped }, times) {
  if (stopped === null) return '';
  return `\n${stopped} So the run was stopped.\nThe slowest files until then:\n${slowestFiles(times).join('\n')}`;
}

/**
 * For the end of every run, and for one that is cut off half-way: the slowest files of all stages that ran.
 * @param {readonly (readonly (readonly Stage[])[])[]} steps
 */
export function slowestOf(steps) {
  const times = steps.flat(2).flatMap(({ times }) => times?.() ?? []);
  return times.length === 0 ? [] : ['the slowest files of tests:', ...slowestFiles(times)];
}

/** What failed in all stages that ran, by name: said last, where somebody who sees only the end finds it. */
export const notesOf = (steps) => steps.flat(2).flatMap(({ notes }) => notes?.() ?? []);

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`.padStart(8);

async function runOne(root, stage, say) {
  const began = performance.now();
  let outcome;
  try {
    outcome = await stage.work();
  } catch (error) {
    const text = error instanceof Refusal ? `${error.message}\n${error.mend}` : String(error?.stack ?? error);
    outcome = { passed: 0, failed: 1, output: text };
  }
  const log = path.join(root, 'out', 'test', `${stage.name}.log`);
  fs.mkdirSync(path.dirname(log), { recursive: true });
  fs.writeFileSync(log, outcome.output);
  const verdict = outcome.failed > 0 ? 'FAILED' : 'ok';
  const skipped = outcome.skipped ? `, ${outcome.skipped} skipped` : '';
  const count = `${outcome.passed} passed, ${outcome.failed} failed${skipped}`;
  say(`${stage.name.padEnd(8)} ${verdict.padEnd(6)} ${seconds(performance.now() - began)}  ${count}`);
  if (outcome.failed > 0) console.log(`\n${outcome.output.split('\n').slice(-250).join('\n').trim()}\n`);
  return outcome;
}

/** One stage after the other, until one fails. */
async function runLane(root, lane, say) {
  const outcomes = [];
  for (const stage of lane) {
    outcomes.push(await runOne(root, stage, say));
    if (outcomes.at(-1).failed > 0) break;
  }
  return outcomes;
}

/**
 * Runs the steps in order and the lanes of one step side by side; stops after the first step in which a stage failed.
 * @param {string} root
 * @param {readonly (readonly (readonly Stage[])[])[]} steps each a list of lanes
 * @param {(line: string) => void} say
 * @returns {Promise<{passed: number, failed: number}>} totals over all stages that ran
 */
export async function runStages(root, steps, say) {
  const total = { passed: 0, failed: 0 };
  for (const step of steps) {
    const lanes = await Promise.all(step.map((lane) => runLane(root, lane, say)));
    for (const outcome of lanes.flat()) {
      total.passed += outcome.passed;
      total.failed += outcome.failed;
    }
    if (total.failed > 0) break;
  }
  return total;
}
