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
import { newHome, placeFor } from '../support/launch-desk.ts';
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
  const main = path.join(folder, 'out', 'main');
  const holding = readdirSync(main, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => path.join(main, file))
    .filter((file) => readFileSync(file, 'utf8').includes(from));
  expect(holding).toHaveLength(1);
  for (const file of holding) writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  return folder;
}

test('a program without a handler for an operation of its contract says so, on the screen and in its log, and goes no further', async () => {
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
    const log = path.join(userData, 'logs', 'main.log');
    await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8')).toContain('"what":"start"');
  } finally {
    // A message waits for somebody to press its button, and there is nobody.
    await stopChild(child, 100);
  }
});
