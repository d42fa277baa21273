import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newHome, placeFor, processTree } from '../support/launch-desk.ts';
import { stopChild } from '../support/processes.ts';
import type { RunFacts } from '../support/run.ts';

const run = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;

/** The program with one line of its main process written otherwise. */
function changedProgram(name: string, from: string, to: string): string {
  const folder = path.join(run.folder, name);
  mkdirSync(path.join(folder, 'out'), { recursive: true });
  for (const part of readdirSync(run.app)) {
    if (part !== 'out') symlinkSync(path.join(run.app, part), path.join(folder, part));
  }
  for (const part of ['preload', 'renderer']) {
    symlinkSync(path.join(run.app, 'out', part), path.join(folder, 'out', part));
  }
  cpSync(path.join(run.app, 'out', 'main'), path.join(folder, 'out', 'main'), { recursive: true });
  const file = path.join(folder, 'out', 'main', 'index.js');
  const text = readFileSync(file, 'utf8');
  expect(text.split(from)).toHaveLength(2);
  writeFileSync(file, text.replace(from, to));
  return folder;
}

const isRenderer = (pid: number): boolean => {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, 'utf8').includes('--type=renderer');
};

test('a program without a handler for an operation of its contract says so and opens no window', async () => {
  const app = changedProgram('without-a-handler', '"app:about": () =>', '"app:missing": () =>');
  const { home, userData } = placeFor(run, newHome(run));
  const child = spawn(run.executable, [app, `--user-data-dir=${userData}`], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: home, ...run.display },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const look = (more: unknown): void => {
        text += String(more);
        if (text.includes('could not start')) resolve(text);
      };
      child.stderr.on('data', look);
      child.once('exit', () => resolve(text));
    });
    expect(said).toContain('No handler for app:about');
    expect(processTree(child.pid ?? 0).filter(isRenderer)).toEqual([]);
    expect(readFileSync(path.join(userData, 'logs', 'main.log'), 'utf8')).toContain('"what":"start"');
  } finally {
    // A message waits for somebody to press its button, and there is nobody.
    await stopChild(child, 100);
  }
});
