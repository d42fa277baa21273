import fs from 'node:fs';
import path from 'node:path';
import { explainFailure, Refusal } from './failure.mjs';
import { npmCommand, run } from './run.mjs';

/** The one package that is compiled here: it has no prebuilt module for any platform. */
const PACKAGE = 'pkcs11js';
const MEND =
  'On Debian run “sudo apt-get install python3 make g++”, elsewhere install Python 3 and a C++ compiler, then run the same command again.';

export const cardModule = (root) =>
  path.join(root, 'node_modules', PACKAGE, 'build', 'Release', 'pkcs11.node');

/**
 * Where the headers of a Node lie that came with them, so that compiling needs no download.
 * @returns {string | undefined} the folder above `include/node`
 */
export function headersBeside(execPath = process.execPath) {
  const prefix = path.resolve(path.dirname(execPath), '..');
  return fs.existsSync(path.join(prefix, 'include', 'node', 'node_api.h')) ? prefix : undefined;
}

/** The environment in which npm may compile. What somebody has set by hand is left alone. */
export function compileEnv(env = process.env, execPath = process.execPath) {
  const headers = headersBeside(execPath);
  return headers && !env.npm_config_nodedir ? { ...env, npm_config_nodedir: headers } : env;
}

const CAUSES = [
  [/Could not find any Python|find Python/i, 'Python 3 was not found'],
  [/not found: make|make: not found|spawn make ENOENT/i, '“make” was not found'],
  [
    /(g\+\+|c\+\+|gcc|cc)(-\d+)?: (command )?not found|(g\+\+|c\+\+|cc): No such file|\bError 127\b|Could not find any Visual Studio/i,
    'there is no C++ compiler',
  ],
];

/**
 * Says what kept the compiler from its work.
 * @param {string} output what npm and node-gyp printed
 * @returns {{sentence: string, mend: string} | undefined} undefined when it was not about compiling
 */
export function explainCompiling(output) {
  if (!/gyp ERR!/.test(output)) return undefined;
  const found = CAUSES.find(([pattern]) => pattern.test(output));
  if (found) return { sentence: found[1], mend: MEND };
  const { cause } = explainFailure(output);
  if (cause === 'network' || cause === 'certificate') {
    return {
      sentence: 'the headers of this Node lie neither beside it nor could they be downloaded',
      mend: 'Use a Node that came with its “include/node” folder, or set npm_config_nodedir to one that did, then run the same command again.',
    };
  }
  const known = cause !== 'unknown' && explainFailure(output);
  if (known) return { sentence: known.sentence, mend: known.mend };
  const error =
    /error: .+/.exec(output)?.[0] ?? /gyp ERR! stack .+/.exec(output)?.[0] ?? 'it did not say why';
  return { sentence: error.slice(0, 300), mend: MEND };
}

/** @returns the refusal for a failure of npm that came from compiling, or undefined */
export function compilingRefusal(output) {
  const found = explainCompiling(output);
  if (!found) return undefined;
  return new Refusal(
    `The module that talks to smartcards (${PACKAGE}) could not be compiled: ${found.sentence}.`,
    found.mend,
  );
}

/** Whether it is there: what every start looks at. */
export const isCompiled = (root) => fs.existsSync(cardModule(root));

/** Whether it is there and this machine can load it: another machine's copy is there too. */
export async function isUsable(root) {
  if (!isCompiled(root)) return false;
  const { code } = await run(process.execPath, ['-e', 'require(process.argv[1])', cardModule(root)], {
    timeoutMs: 20_000,
  });
  return code === 0;
}

/** Compiles it alone and leaves everything else in node_modules as it is: other people may be working in it. */
export async function compileCardModule(root) {
  const [command, ...args] = npmCommand();
  const result = await run(
    command,
    [...args, 'rebuild', PACKAGE, '--ignore-scripts=false', '--foreground-scripts', '--loglevel=error'],
    { cwd: root, env: compileEnv(), timeoutMs: 5 * 60_000 },
  );
  if (result.code === 0 && (await isUsable(root))) return;
  const output = result.timedOut ? 'timed out' : result.output;
  const known = compilingRefusal(output);
  if (known) throw known;
  throw new Refusal(
    `The module that talks to smartcards (${PACKAGE}) could not be compiled: ${explainFailure(output).sentence}.`,
    MEND,
  );
}
