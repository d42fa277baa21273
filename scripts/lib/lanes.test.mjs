import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_FOLDERS, UNIT_LANES, WINDOW_LANES } from './lanes.mjs';
import { root } from './paths.mjs';

const files = fs
  .readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
  .filter((file) => !/(^|\/)(node_modules|out|dist|\.electron)\//.test(file));
const tests = files.filter((file) => /\.test\.(ts|tsx|mjs)$/.test(file));
const isIn = (file, { include, exclude }) => {
  const matches = (glob) => path.posix.matchesGlob(file, glob);
  return include.some(matches) && !exclude.some(matches);
};

test('every file of tests is in one lane, and in one alone', () => {
  expect(tests.length, 'the control').toBeGreaterThan(100);
  const lanesOf = (file) => [
    ...Object.entries(UNIT_LANES).flatMap(([name, lane]) => (isIn(file, lane) ? [name] : [])),
    ...[...WINDOW_LANES, PACKAGE_FOLDERS].flatMap((folders, at) =>
      folders.some((folder) => file.startsWith(`${folder}/`)) ? [`windows ${at + 1}`] : [],
    ),
  ];
  expect(tests.filter((file) => lanesOf(file).length !== 1).map((file) => [file, lanesOf(file)])).toEqual([]);
});

/** What a file imports by a relative path, and the names of the packages. */
function importsOf(file) {
  const text = fs.readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'|^import '([^']+)'/gm)].map(
    ([, from, bare]) => from ?? bare,
  );
}

test('what is in the pure lane reaches no process, no store and no keychain, through whatever it imports', () => {
  const impure =
    /^(better-sqlite3|keytar|pkcs11js|@node-rs\/argon2|playwright|electron|node:(child_process|worker_threads|net))$/;
  const seen = new Map();
  const reach = (file, from) => {
    if (seen.has(file)) return;
    seen.set(file, from);
    for (const name of importsOf(file)) {
      if (!name.startsWith('.')) {
        if (impure.test(name)) seen.set(name, file);
        continue;
      }
      const next = path.posix.join(path.posix.dirname(file), name);
      if (/\.(ts|tsx|mjs)$/.test(next) && files.includes(next)) reach(next, file);
    }
  };
  for (const file of tests.filter((each) => isIn(each, UNIT_LANES.pure))) reach(file, '');
  expect(seen.size, 'the control').toBeGreaterThan(100);
  expect([...seen].filter(([name]) => impure.test(name))).toEqual([]);
});

test('who holds something against the wall clock is in the lane for it', () => {
  const timed = tests.filter(
    (file) =>
      Object.values(UNIT_LANES).some((lane) => isIn(file, lane)) &&
      /expect\([^;]*performance\.now\(\)[^;]*\)\s*\.toBeLess/.test(
        fs.readFileSync(path.join(root, file), 'utf8'),
      ),
  );
  expect(timed.length, 'the control').toBeGreaterThan(2);
  expect(timed.filter((file) => !isIn(file, UNIT_LANES.clock))).toEqual([]);
});
