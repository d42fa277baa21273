import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';

const KEPT = 200_000;

/**
 * Runs a program to its end and keeps the tail of what it said.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number, show?: boolean,
 *   hear?: (line: string) => void, whyStop?: () => string | null}} [options]
 *   `show` passes the output on to this terminal instead of keeping it. `hear` is given what the program writes to its
 *   file descriptor 3, by lines. `whyStop` is asked every second; its sentence ends the program.
 * @returns {Promise<{code: number, output: string, timedOut: boolean, stopped: string | null, missing: boolean, ms: number}>}
 *   `missing` when there is no such program; `code` is -1 when it did not end by itself; `stopped` says why it was made to.
 */
export function run(command, args, options = {}) {
  const began = performance.now();
  return new Promise((resolve) => {
    const ownGroup = process.platform !== 'win32' && !options.show;
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.show ? 'inherit' : ['ignore', 'pipe', 'pipe', ...(options.hear ? ['pipe'] : [])],
      detached: ownGroup,
      windowsHide: true,
    });
    let output = '';
    let timedOut = false;
    let stopped = null;
    const keep = (chunk) => {
      output = (output + chunk).slice(-KEPT);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    if (options.hear && child.stdio[3]) createInterface({ input: child.stdio[3] }).on('line', options.hear);
    const stop = (signal) => {
      try {
        if (ownGroup && child.pid) process.kill(-child.pid, signal);
        else child.kill(signal);
      } catch {
        // It ended between the decision and the signal.
      }
    };
    // A group of its own does not hear the terminal's Ctrl+C, so it is passed on.
    const interrupt = (signal) => {
      stop(options.show ? signal : 'SIGTERM');
      // What is shown ends by itself, tidily; its end is waited for.
      if (!options.show) process.exit(130);
    };
    if (process.platform !== 'win32') process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const timer = options.timeoutMs
      ? setTimeout(() => {
          timedOut = true;
          stop('SIGKILL');
        }, options.timeoutMs)
      : undefined;
    const watching = options.whyStop
      ? setInterval(() => {
          stopped ??= options.whyStop();
          if (stopped !== null) stop('SIGKILL');
        }, 1000)
      : undefined;
    const end = (code, missing) => {
      clearTimeout(timer);
      clearInterval(watching);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve({ code, output, timedOut, stopped, missing, ms: performance.now() - began });
    };
    child.once('error', (error) => {
      keep(`${error.message}\n`);
      end(-1, 'code' in error && error.code === 'ENOENT');
    });
    child.once('close', (code) => end(code ?? -1, false));
  });
}

/**
 * How to start npm without a shell: by its JavaScript file where that is known, so that it is found on Windows too.
 * @returns {[command: string, ...args: string[]]}
 */
export function npmCommand(env = process.env, execPath = process.execPath) {
  const beside = path.dirname(execPath);
  const candidates = [
    env.npm_execpath?.endsWith('npm-cli.js') ? env.npm_execpath : undefined,
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const file = candidates.find((candidate) => candidate && fs.existsSync(candidate));
  return file ? [execPath, file] : ['npm'];
}
