import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract, type OperationName, operationNames } from '../../electron/contract/contract.ts';
import { MARKER, throwEverything } from '../../electron/testing/hostile.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';

import './window-api.ts';

const OWNER = { username: 'owner', password: 'seven-tugboats-lean-north-at-dawn' };
/** What the bridge cannot copy never reaches the program. */
const UNCARRIED = [
  'a function',
  'a function alone',
  'a symbol',
  'a promise',
  'a node of the page',
  '5,000 levels',
];

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  await desk.page.getByRole('heading', { level: 1 }).waitFor();
});
afterAll(() => desk?.close({ forget: true }));

const call = (name: OperationName, input: unknown) =>
  desk.page.evaluate(
    async ([operation, what]) => {
      const [area = '', verb = ''] = (operation as string).split(':');
      const api = window.api as unknown as Record<
        string,
        Record<string, (input: unknown) => Promise<unknown>>
      >;
      const answer = await api[area]?.[verb]?.(what);
      return answer as { ok: boolean; code?: string; data?: unknown };
    },
    [name, input] as const,
  );

/** Everything hostile at one operation: what was wrong with the answers. */
async function faultsOf(name: OperationName): Promise<readonly string[]> {
  const outcomes = await desk.page.evaluate(throwEverything, {
    name,
    valid: contract[name].example,
    marker: MARKER,
  });
  expect(outcomes.length).toBeGreaterThanOrEqual(30);
  return outcomes
    .filter(
      ({ attempt, said }) =>
        said !== 'INVALID_INPUT' && !(said === 'not carried' && UNCARRIED.includes(attempt)),
    )
    .map(({ attempt, said }) => `${name} given ${attempt}: ${said}`);
}

/** The program's log may name operations and codes, and nothing that anybody typed. */
const logOf = (): string => {
  const file = path.join(desk.userData, 'logs', 'main.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
};

/** What the shell answers, a file, and inputs of each form; electron/main/core/hostile-sweep.test.ts has every operation of the core. */
const SAMPLE: readonly OperationName[] = [
  ...operationNames.filter((name) => 'shell' in contract[name]),
  'session:getState',
  'session:signIn',
  'settings:change',
  'drafts:keep',
  'requests:list',
  'requests:key',
  'imports:offerFile',
  'imports:preview',
  'jobs:current',
];

test('the page has every operation by its name, how to listen, and nothing else', async () => {
  const offered = await desk.page.evaluate(() =>
    Object.entries(window.api).flatMap(([area, verbs]) =>
      typeof verbs === 'function' ? [area] : Object.keys(verbs).map((verb) => `${area}:${verb}`),
    ),
  );
  expect(offered.toSorted()).toEqual([...operationNames, 'on'].toSorted());
});

describe('before sign-in', () => {
  test.each(SAMPLE)('%s refuses everything hostile as INVALID_INPUT', async (name) => {
    expect(await faultsOf(name)).toEqual([]);
  });

  test('says NOT_SIGNED_IN to what is not for anyone', async () => {
    for (const name of ['app:copyText', 'drafts:keep', 'requests:list', 'requests:key'] as const)
      expect((await call(name, contract[name].example)).code, name).toBe('NOT_SIGNED_IN');
  });
});

describe('signed in as the owner', () => {
  beforeAll(async () => {
    const proposed = await call('session:proposeRecoveryPhrase', {});
    const { words } = proposed.data as { words: string[] };
    const made = await call('session:createTrustStore', {
      ...contract['session:createTrustStore'].example,
      owner: { ...OWNER, displayName: 'The owner', employeeNumber: null },
      recoveryPhrase: words.join(' '),
    });
    expect(made).toMatchObject({ ok: true, data: { user: { username: OWNER.username } } });
  });

  const ledgerSize = async (): Promise<number> =>
    ((await call('ledger:list', contract['ledger:list'].example)).data as { size: number }).size;

  test('everything hostile is refused as INVALID_INPUT, and leaves no event', async () => {
    const before = await ledgerSize();
    const faults: string[] = [];
    for (const name of SAMPLE) faults.push(...(await faultsOf(name)));
    expect(faults).toEqual([]);
    expect(await ledgerSize()).toBe(before);
    expect((await call('session:getState', {})).data).toMatchObject({ user: { username: OWNER.username } });
  });

  test('a request of the right shape that is far too large is not even looked at', async () => {
    const mapping = (fields: number) =>
      Object.fromEntries(Array.from({ length: fields }, (_, at) => [`field ${at}`, 'x'.repeat(250)]));
    const preview = (fields: number) =>
      call('imports:preview', { ...contract['imports:preview'].example, mapping: mapping(fields) });
    expect(await preview(10)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await preview(1_200)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
  });

  test.each(operationNames.filter((name) => 'shell' in contract[name]))(
    '%s, which the shell answers, answers what its contract says',
    async (name) => {
      const answer = await call(name, contract[name].example);
      const parsed = contract[name].output.safeParse(answer.data);
      expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
    },
  );

  test('a path that the page made up is no file that somebody chose', async () => {
    const answers = await desk.page.evaluate(async () => {
      const offer = window.api.imports.offerFile as unknown as (
        what: unknown,
      ) => Promise<{ ok: boolean; code?: string }>;
      const forged = Object.create(File.prototype, { path: { value: '/etc/passwd', enumerable: true } });
      const named = new File(['x'], '/etc/passwd');
      Object.defineProperty(named, 'path', { value: '/etc/passwd' });
      const tries = ['/etc/passwd', { path: '/etc/passwd' }, ['/etc/passwd'], forged, named, new Blob(['x'])];
      return Promise.all(
        tries.map((what) =>
          offer(what).then(
            (answer) => answer.code ?? 'taken',
            () => 'not carried',
          ),
        ),
      );
    });
    expect(answers.filter((code) => code !== 'INVALID_INPUT' && code !== 'not carried')).toEqual([]);
    // The control: a file that was really chosen gets as far as being looked at.
    await desk.page.evaluate(() => {
      const chooser = document.createElement('input');
      chooser.type = 'file';
      chooser.id = 'chooser';
      document.body.append(chooser);
    });
    await desk.page.setInputFiles('#chooser', path.join(import.meta.dirname, 'window-api.ts'));
    const chosen = await desk.page.evaluate(async () => {
      const chooser = document.getElementById('chooser') as HTMLInputElement;
      const answer = await window.api.imports.offerFile((chooser.files as FileList)[0] as File);
      chooser.remove();
      return answer.ok ? 'taken' : answer.code;
    });
    expect(['taken', 'FILE_REFUSED']).toContain(chosen);
  });
});

describe('another page', () => {
  /** Opens a page with our own preload, asks through it, and answers what it was told. */
  const askFrom = (address: string) =>
    desk.app.evaluate(async ({ app, BrowserWindow }, url) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: {
          preload: `${app.getAppPath()}/out/preload/preload.cjs`,
          sandbox: true,
          contextIsolation: true,
        },
      });
      await window.loadURL(url);
      const said: unknown = await window.webContents.executeJavaScript(
        'Promise.all([api.session.getState({}), api.users.list({}), api.app.setTheme({ theme: "dark" })])',
      );
      window.destroy();
      return said as { ok: boolean; code?: string; data?: unknown }[];
    }, address);

  test.each([
    'data:text/html,<h1>A stranger</h1>',
    'about:blank',
    'app://desk/index.html',
    'app://desk/nothing.js',
  ])('with our own bridge at %s is told NOT_PERMITTED', async (address) => {
    const answers = await askFrom(address);
    expect(answers.map(({ ok, code, data }) => ({ ok, code, data }))).toEqual(
      Array.from({ length: 3 }, () => ({ ok: false, code: 'NOT_PERMITTED', data: undefined })),
    );
  });

  test('in our own window is told NOT_PERMITTED too', async () => {
    const answers = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      await window?.loadURL('data:text/html,<h1>A stranger</h1>');
      const said: unknown = await window?.webContents.executeJavaScript(
        'Promise.all([api.session.getState({}), api.users.list({})])',
      );
      await window?.loadURL('app://desk/index.html');
      return said as { ok: boolean; code?: string }[];
    });
    expect(answers.map(({ code }) => code)).toEqual(['NOT_PERMITTED', 'NOT_PERMITTED']);
    await desk.page.getByRole('heading', { level: 1 }).waitFor();
    expect((await call('session:getState', {})).ok).toBe(true);
  });
});

test('nothing that was thrown lies in the log, and nothing in it was unexpected', () => {
  expect(logOf()).not.toContain(MARKER);
  expect(
    logOf()
      .split('\n')
      .filter((line) => line.includes('[error]') && !line.includes('"screen"')),
  ).toEqual([]);
});
