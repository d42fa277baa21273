import { spawn } from 'node:child_process';
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Desk, type DeskOptions, launchDesk } from '../support/launch-desk.ts';
import { type RunFacts, writeStarter } from '../support/run.ts';

let open: Desk[] = [];
const launch = async (options?: DeskOptions): Promise<Desk> => {
  const desk = await launchDesk(options);
  open.push(desk);
  return desk;
};
afterEach(async () => {
  for (const desk of open) await desk.close();
  open = [];
});

const boundsOf = (desk: Desk) =>
  desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
const windowFile = (desk: Desk): string => path.join(desk.userData, 'window.json');
const remembered = (desk: Desk): unknown => JSON.parse(readFileSync(windowFile(desk), 'utf8'));

describe('the window', () => {
  test('comes back where and as large as it was left', async () => {
    const first = await launch();
    expect(await boundsOf(first)).toMatchObject({ width: 1280, height: 820 });
    const left = { x: 120, y: 60, width: 900, height: 620 };
    await first.app.evaluate(({ BrowserWindow }, bounds) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(bounds);
    }, left);
    await expect.poll(() => boundsOf(first)).toEqual(left);
    await first.close();
    expect(remembered(first)).toEqual({ ...left, maximized: false });
    const second = await launch({ userData: first.userData });
    expect(await boundsOf(second)).toEqual(left);
  });

  test('comes back onto a screen when its screen is gone, and from a file that is damaged', async () => {
    const first = await launch();
    await first.close();
    const onScreen = async (state: string): Promise<Desk> => {
      writeFileSync(windowFile(first), state);
      const desk = await launch({ userData: first.userData });
      const seen = await desk.app.evaluate(({ BrowserWindow, screen }) => {
        const window = BrowserWindow.getAllWindows()[0]?.getBounds();
        const area = screen.getPrimaryDisplay().workArea;
        return (
          window !== undefined &&
          window.width <= area.width &&
          window.height <= area.height &&
          window.x + 80 <= area.x + area.width &&
          window.x + window.width >= area.x + 80 &&
          window.y >= area.y &&
          window.y + 40 <= area.y + area.height
        );
      });
      expect(seen, state).toBe(true);
      await desk.close();
      return desk;
    };
    await onScreen('{"x":-5000,"y":9000,"width":900,"height":620,"maximized":false}');
    await onScreen('{"x":10,"y":10,"width":9000,"height":8000,"maximized":false}');
    await onScreen('{"x":1e999,"y":"left","wid');
    expect(remembered(first)).toMatchObject({ width: 1280, height: 820, maximized: false });
  });
});

test('a second start brings the first window to the front and ends', async () => {
  const desk = await launch();
  // Shown first: on a slow machine its own first showing would come after the hiding, and look like the second start's doing.
  const isSeen = () =>
    desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
  await expect.poll(isSeen, { timeout: 15_000 }).toBe(true);
  await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await isSeen()).toBe(false);
  const second = spawn(desk.start.executable, [...desk.start.args], {
    env: desk.start.env,
    cwd: desk.home,
    stdio: 'ignore',
  });
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect
    .poll(() =>
      desk.app.evaluate(({ BrowserWindow }) => {
        const windows = BrowserWindow.getAllWindows();
        return { windows: windows.length, seen: windows[0]?.isVisible(), focused: windows[0]?.isFocused() };
      }),
    )
    .toEqual({ windows: 1, seen: true, focused: true });
});

/** Electron calls itself packaged when its executable is not named “electron”: the same files under the program's name. */
function asPackaged(run: RunFacts): RunFacts {
  const folder = path.join(run.folder, 'as-packaged');
  mkdirSync(folder);
  for (const name of readdirSync(run.electronDir)) {
    if (name !== 'electron') symlinkSync(path.join(run.electronDir, name), path.join(folder, name));
  }
  const program = path.join(folder, 'esr-access-desk');
  copyFileSync(path.join(run.electronDir, 'electron'), program);
  expect(statSync(program).mode & 0o111).not.toBe(0);
  return { ...run, executable: writeStarter(run.folder, program, run.runAs ?? undefined) };
}

test('developer tools stay shut in the packaged program', async () => {
  const facts = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;
  const desk = await launch({ run: asPackaged(facts) });
  await desk.page.keyboard.press('F12');
  await desk.page.keyboard.press('Control+Shift+I');
  const found = await desk.app.evaluate(
    ({ app, BrowserWindow }) =>
      new Promise<object>((resolve) => {
        const [ours] = BrowserWindow.getAllWindows();
        ours?.webContents.openDevTools({ mode: 'detach' });
        // The control, asked for later: a window without the guard, in the same program, gets its tools.
        const other = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
        other.webContents.once('devtools-opened', () => {
          const open = ours?.webContents.isDevToolsOpened();
          other.destroy();
          resolve({ packaged: app.isPackaged, open });
        });
        void other.loadURL('about:blank').then(() => other.webContents.openDevTools({ mode: 'detach' }));
      }),
  );
  expect(found).toEqual({ packaged: true, open: false });
});
