import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import './window-api.ts';

declare global {
  /** In the main process: what became of each download. */
  var downloads: string[];
}

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk({ args: ['--use-fake-device-for-media-stream'] });
  await desk.page.getByRole('heading', { level: 1 }).waitFor();
});
afterAll(() => desk?.close({ forget: true }));

describe('the page asks for', () => {
  /** Each is asked in a click, for without one Chromium refuses before the program is asked. Answers what it was told. */
  const asked = async (which: string): Promise<string> => {
    await desk.page.evaluate((name) => {
      const asks: Record<string, () => Promise<unknown> | unknown> = {
        notifications: () => Notification.requestPermission(),
        geolocation: () =>
          new Promise((resolve) => {
            navigator.geolocation.getCurrentPosition(
              () => resolve('granted'),
              (fault) => resolve(fault.code === fault.PERMISSION_DENIED ? 'denied' : `fault ${fault.code}`),
            );
          }),
        camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
        microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
        screen: () => navigator.mediaDevices.getDisplayMedia({ video: true }),
        clipboard: () => navigator.clipboard.readText(),
        midi: () =>
          (navigator as { requestMIDIAccess?: (o: object) => unknown }).requestMIDIAccess?.({ sysex: true }),
        usb: () =>
          (navigator as { usb?: { requestDevice: (o: object) => unknown } }).usb?.requestDevice({
            filters: [],
          }),
        hid: async () => {
          type Hid = { requestDevice: (o: object) => Promise<unknown[]> };
          const found = await (navigator as { hid?: Hid }).hid?.requestDevice({ filters: [] });
          return found?.length === 0 ? 'denied' : 'granted';
        },
        serial: () => (navigator as { serial?: { requestPort: () => unknown } }).serial?.requestPort(),
        bluetooth: () =>
          (navigator as { bluetooth?: { requestDevice: (o: object) => unknown } }).bluetooth?.requestDevice({
            acceptAllDevices: true,
          }),
        idle: () =>
          (
            window as { IdleDetector?: { requestPermission: () => unknown } }
          ).IdleDetector?.requestPermission(),
        fonts: async () => {
          type Fonts = { queryLocalFonts?: () => Promise<unknown[]> };
          return (await (window as Fonts).queryLocalFonts?.())?.length === 0 ? 'denied' : 'granted';
        },
        windows: () => (window as { getScreenDetails?: () => unknown }).getScreenDetails?.(),
        wake: () => navigator.wakeLock.request('screen'),
        files: () => (window as { showOpenFilePicker?: () => unknown }).showOpenFilePicker?.(),
        pointer: async () => {
          await document.documentElement.requestPointerLock();
          return 'granted';
        },
      };
      const cover = document.createElement('button');
      cover.id = 'attack';
      cover.style.cssText = 'position:fixed;inset:0;z-index:9999';
      cover.addEventListener('click', async () => {
        try {
          const answer = await asks[name]?.();
          cover.dataset.answer =
            typeof answer === 'string' ? answer : answer === undefined ? 'absent' : 'granted';
        } catch (error) {
          cover.dataset.answer = (error as Error).name;
        }
      });
      document.body.append(cover);
    }, which);
    await desk.page.mouse.click(200, 200);
    const cover = desk.page.locator('#attack[data-answer]');
    await cover.waitFor();
    const answer = await cover.getAttribute('data-answer');
    await desk.page.evaluate(() => document.getElementById('attack')?.remove());
    return answer ?? '';
  };

  test.each([
    ['notifications', 'denied'],
    ['geolocation', 'denied'],
    ['camera', 'NotAllowedError'],
    ['microphone', 'NotAllowedError'],
    ['screen', /NotAllowedError|NotSupportedError/],
    ['clipboard', 'NotAllowedError'],
    ['midi', /NotAllowedError|SecurityError/],
    ['usb', /NotFoundError|SecurityError/],
    ['hid', /denied|SecurityError/],
    ['serial', /NotFoundError|SecurityError/],
    ['bluetooth', /absent|NotFoundError|SecurityError/],
    ['idle', /denied|NotAllowedError/],
    ['fonts', /denied|NotAllowedError|SecurityError/],
    ['windows', /NotAllowedError/],
    ['wake', 'NotAllowedError'],
    ['pointer', /NotAllowedError|WrongDocumentError|SecurityError|UnknownError/],
  ])('%s, and is not given it', async (which, answer) => {
    const told = await asked(which);
    if (typeof answer === 'string') expect(told).toBe(answer);
    else expect(told).toMatch(answer);
  });

  test('what it may do, and hears “denied” to each', async () => {
    const states = await desk.page.evaluate(() =>
      Promise.all(
        [
          'notifications',
          'geolocation',
          'camera',
          'microphone',
          'clipboard-read',
          'midi',
          'idle-detection',
          'local-fonts',
        ].map((name) =>
          navigator.permissions
            .query({ name: name as PermissionName })
            .then((status) => `${name} ${status.state}`),
        ),
      ),
    );
    expect(states.filter((state) => !state.endsWith('denied'))).toEqual([]);
  });
});

test('what the page would download lands nowhere', async () => {
  await desk.app.evaluate(({ session }) => {
    globalThis.downloads = [];
    session.defaultSession.on('will-download', (event, item) => {
      globalThis.downloads.push(event.defaultPrevented ? 'refused' : 'let');
      // Were it let through, a dialogue would wait for somebody.
      if (!event.defaultPrevented) item.cancel();
    });
  });
  const before = readdirSync(desk.home, { recursive: true, encoding: 'utf8' });
  for (const address of ['blob', 'data:text/plain,secret', 'app://desk/index.html']) {
    await desk.page.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to === 'blob' ? URL.createObjectURL(new Blob(['secret'])) : to;
      link.download = 'taken-away.txt';
      document.body.append(link);
      link.click();
      link.remove();
    }, address);
  }
  await expect
    .poll(() => desk.app.evaluate(() => globalThis.downloads))
    .toEqual(['refused', 'refused', 'refused']);
  const after = readdirSync(desk.home, { recursive: true, encoding: 'utf8' });
  expect(after.filter((name) => name.includes('taken-away') && !before.includes(name))).toEqual([]);
  expect(existsSync(path.join(desk.home, 'Downloads'))).toBe(false);
});
