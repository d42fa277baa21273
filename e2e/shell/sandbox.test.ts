import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { operationNames } from '../../electron/contract/contract.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import './window-api.ts';

describe('a page that turned hostile', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await launchDesk();
    await desk.page.getByRole('heading', { level: 1 }).waitFor();
  });
  afterAll(() => desk?.close({ forget: true }));

  test('runs in a process that the kernel has confined', () => {
    const values = desk.rendererSeccomp();
    expect(values.length).toBeGreaterThan(0);
    expect(new Set(values)).toEqual(new Set([2]));
  });

  test('finds nothing of Node or Electron in its world', async () => {
    const found = await desk.page.evaluate(() =>
      ['require', 'process', 'module', 'exports', 'Buffer', 'global', '__dirname', '__filename']
        .concat([
          'setImmediate',
          'clearImmediate',
          'ipcRenderer',
          'electron',
          'contextBridge',
          'electronBinding',
        ])
        .filter((name) => name in window || name in globalThis),
    );
    expect(found).toEqual([]);
  });

  test('is given the operations of the contract and not one function more', async () => {
    const given = await desk.page.evaluate(() =>
      Object.entries(window.api as unknown as Record<string, object>).flatMap(([area, verbs]) =>
        typeof verbs === 'function' ? [area] : Object.keys(verbs).map((verb) => `${area}:${verb}`),
      ),
    );
    expect(given.sort()).toEqual([...operationNames, 'on'].sort());
  });

  test('reaches no other world through the functions it is given', async () => {
    const foreign = await desk.page.evaluate(() => {
      const strangers: string[] = [];
      const seen = new Set<unknown>();
      const walk = (value: unknown, path: string): void => {
        if ((typeof value !== 'object' && typeof value !== 'function') || value === null || seen.has(value))
          return;
        seen.add(value);
        const home = typeof value === 'function' ? Function.prototype : Object.prototype;
        // A function of the preload's world would bring that world's Function, and with it `ipcRenderer`.
        if (Object.getPrototypeOf(value) !== home) strangers.push(path);
        for (const key of Reflect.ownKeys(value)) {
          if (key === 'prototype' || key === 'arguments' || key === 'caller') continue;
          walk((value as Record<PropertyKey, unknown>)[key], `${path}.${String(key)}`);
        }
      };
      walk(window.api, 'api');
      return { strangers, walked: seen.size };
    });
    expect(foreign.strangers).toEqual([]);
    expect(foreign.walked).toBeGreaterThan(operationNames.length);
  });

  test('cannot put its own functions in place of the bridge', async () => {
    const after = await desk.page.evaluate(async () => {
      const page = window as unknown as { api: Record<string, Record<string, unknown>> };
      const attempts: ReadonlyArray<() => unknown> = [
        () => {
          page.api = {};
        },
        () => {
          (page.api.app as Record<string, unknown>).about = () => 'mine';
        },
        () => {
          page.api.mine = {};
        },
        () => Reflect.deleteProperty(window, 'api'),
        () => Reflect.deleteProperty(page.api, 'session'),
        () => Object.defineProperty(window, 'api', { value: {} }),
        () => Object.setPrototypeOf(page.api, { mine: 1 }),
      ];
      for (const attempt of attempts) {
        try {
          attempt();
        } catch {
          // Refused aloud is as good as refused in silence.
        }
      }
      return {
        about: (await window.api.app.about({})).ok,
        session: typeof page.api.session,
        mine: 'mine' in page.api,
      };
    });
    expect(after).toEqual({ about: true, session: 'object', mine: false });
  });

  test('changes nothing in the preload by overwriting what every page is made of', async () => {
    const seen = await desk.page.evaluate(async () => {
      const caught: string[] = [];
      const note = (what: string): void => {
        caught.push(what);
      };
      const keep = {
        includes: Array.prototype.includes,
        call: Function.prototype.call,
        apply: Function.prototype.apply,
        // biome-ignore lint/suspicious/noThenProperty: kept, to be put back.
        then: Promise.prototype.then,
        split: String.prototype.split,
        test: RegExp.prototype.test,
      };
      try {
        Array.prototype.includes = () => true;
        // biome-ignore lint/suspicious/noThenProperty: overwriting `then` is the attack.
        Promise.prototype.then = function (this: Promise<unknown>, ...args: never[]) {
          note('then');
          return Reflect.apply(keep.then, this, args);
        } as typeof Promise.prototype.then;
        Function.prototype.call = function (this: (...args: never[]) => unknown, ...args: unknown[]) {
          if (args.some((arg) => arg !== null && typeof arg === 'object' && 'invoke' in arg))
            note('ipcRenderer');
          return Reflect.apply(this, args[0], args.slice(1) as never[]);
        };
        String.prototype.split = (() => ['app', 'evil']) as typeof String.prototype.split;
        Object.defineProperty(Object.prototype, 'invoke', { configurable: true, get: () => note('invoke') });
        Object.defineProperty(Object.prototype, 'path', { configurable: true, get: () => '/etc/passwd' });
        let refused = false;
        try {
          window.api.on('electron:anything' as 'data:changed', () => note('event'));
        } catch {
          refused = true;
        }
        const about = await window.api.app.about({});
        const file = await window.api.imports.offerFile({} as File);
        return { refused, about: about.ok, file: file.ok ? 'taken' : file.code, caught };
      } finally {
        Array.prototype.includes = keep.includes;
        Function.prototype.call = keep.call;
        // biome-ignore lint/suspicious/noThenProperty: put back as it was.
        Promise.prototype.then = keep.then;
        String.prototype.split = keep.split;
        Reflect.deleteProperty(Object.prototype, 'invoke');
        Reflect.deleteProperty(Object.prototype, 'path');
      }
    });
    expect(seen).toMatchObject({ refused: true, about: true, file: 'INVALID_INPUT' });
    expect(seen.caught.filter((what) => what !== 'then')).toEqual([]);
  });

  test('hears of an event what was told, and never who told it', async () => {
    const heard = await desk.page.evaluate(
      () =>
        new Promise<{ count: number; keys: string[] }>((resolve) => {
          const stop = window.api.on('app:themeChanged', (...args: unknown[]) => {
            stop();
            resolve({ count: args.length, keys: args.flatMap((arg) => Object.keys(arg as object)) });
          });
          void window.api.app.setTheme({ theme: 'dark' });
        }),
    );
    expect(heard).toEqual({ count: 1, keys: ['theme', 'dark'] });
  });

  test('gets no bridge in a frame of its own making', async () => {
    const inside = await desk.page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const view = frame.contentWindow as (Window & Record<string, unknown>) | null;
      const found = ['api', 'require', 'process', 'ipcRenderer'].filter(
        (name) => view !== null && name in view,
      );
      frame.remove();
      return { made: view !== null, found };
    });
    expect(inside).toEqual({ made: true, found: [] });
  });
});
