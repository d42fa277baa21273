import fs from 'node:fs';
import path from 'node:path';
import { explainFailure, Refusal } from './failure.mjs';
import { run } from './run.mjs';
import { readRecord, stampOf, writeRecord } from './stamp.mjs';

/** Everything that ends up in out/, and the tools' versions by way of the lock. */
const SOURCES = ['electron', 'renderer', 'db', 'resources'];
const FILES = ['package.json', 'package-lock.json', 'electron.vite.config.ts'];
const PRODUCTS = ['out/main/index.js', 'out/preload', 'out/renderer/index.html'];

const isSource = (name) => !/\.test\.tsx?$|\.md$/.test(name);

function* filesBelow(folder) {
  if (!fs.existsSync(folder)) return;
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const at = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(at);
    else if (isSource(entry.name)) yield at;
  }
}

/** One hash over the names, sizes and times of every source file. */
export function sourcesStamp(root) {
  const parts = {};
  for (const file of [
    ...SOURCES.flatMap((folder) => [...filesBelow(path.join(root, folder))]),
    ...FILES.map((name) => path.join(root, name)),
  ]) {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    if (found) parts[path.relative(root, file)] = `${found.size} ${found.mtimeMs}`;
  }
  return stampOf(parts);
}

/** Whether out/ was built from the sources as they are now. */
export function isBuilt(root) {
  if (!PRODUCTS.every((name) => fs.existsSync(path.join(root, name)))) return false;
  return readRecord(path.join(root, 'out', 'build.json'))?.sources === sourcesStamp(root);
}

/**
 * Builds main, preload and renderer when a source has changed since they were built.
 * @param {string} root
 * @param {{executable: string}} runtime
 * @returns {Promise<{built: boolean, output: string}>}
 */
export async function build(root, runtime) {
  if (isBuilt(root)) return { built: false, output: '' };
  // Taken before the build: a file saved meanwhile makes the next one build again.
  const sources = sourcesStamp(root);
  const tool = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const env = { ...process.env, ELECTRON_EXEC_PATH: runtime.executable };
  const result = await run(process.execPath, [tool, 'build'], { cwd: root, env, timeoutMs: 5 * 60_000 });
  if (result.code !== 0) {
    const { cause, sentence, mend } = explainFailure(result.timedOut ? 'timed out' : result.output);
    if (cause === 'disk' || cause === 'permission')
      throw new Refusal(`The build stopped: ${sentence}.`, mend);
    throw new Refusal(
      `${result.output.trim()}\n\nThe build stopped.`,
      'Mend what is named above and run it again.',
    );
  }
  writeRecord(path.join(root, 'out', 'build.json'), JSON.stringify({ sources }));
  return { built: true, output: result.output };
}
