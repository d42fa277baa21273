import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { SHIPPED_STRETCHING } from '../../electron/adapters/keys/seal.ts';
import { readKeyring, unwrapWithPhrase } from '../../electron/adapters/keys/wraps.ts';
import { goFile, goName, largeTrust } from '../imports/go-builder.ts';
import { ownFiles } from '../imports/own-files.ts';
import {
  type Account,
  addUser,
  check,
  choose,
  createTrust,
  dryRun,
  firstSignIn,
  importWhole,
  signInAs,
  standing,
  startImport,
  typeSignIn,
  whenWriting,
} from '../imports/steps.ts';
import { type Desk, launchDesk, processTree } from '../support/launch-desk.ts';
import { approve, goTo, key, openRequest, panel, recordAuthorisation, signOut } from '../support/main-job.ts';
import { markedTrust } from './marked-trust.ts';
import { digits, letters, needlesOf, secretNeedles } from './markers.ts';
import { type Hit, lookFor, scanFolder, scanProcess, scanText } from './scan.ts';

// Every field of every person, and every secret that is typed, carries a text of its own; none of them may stand in any
// byte that the program leaves behind, however it ends.
const files = ownFiles('canary');
const trust = markedTrust(files);
const typed = new Map<string, string>();
const type = (what: string, text: string): string => {
  typed.set(what, text);
  return text;
};
const account = (who: string): Account => ({
  displayName: type(`${who}: name in the program`, letters(`${who} display name`)),
  username: type(`${who}: username`, letters(`${who} login`)),
  password: type(`${who}: password`, `${letters(`${who} password`)}-Kettle-7`),
});
const OWNER = account('owner');
const NUMBER_OF = (who: string) => type(`${who}: number in the program`, digits(`${who} in the program`, 8));

let desk: Desk;
let phrase = '';
/** Looks for every marker, the phrase and the store's key. */
let look: ReturnType<typeof lookFor>;

async function arm(): Promise<void> {
  const words = phrase.split(' ');
  // A few words of the phrase in a row are no accident, however they are parted.
  const runs = words
    .slice(2)
    .flatMap((_, i) => [
      [`phrase from word ${i + 1}`, words.slice(i, i + 3).join(' ')] as const,
      [`phrase as a list from word ${i + 1}`, words.slice(i, i + 3).join('","')] as const,
    ]);
  const ring = readKeyring(path.join(desk.userData, 'stores', 'trust', 'keyring.json'));
  if (ring.kind !== 'present') throw new Error('the store has no keyring');
  const unwrapped = await unwrapWithPhrase(ring.keyring, phrase, SHIPPED_STRETCHING);
  if (!unwrapped.ok) throw new Error('the phrase on the screen does not open the store');
  look = lookFor([
    ...needlesOf(new Map([...trust.markers, ...typed, ...runs])),
    ...secretNeedles('the data key', Buffer.from(unwrapped.key)),
  ]);
}

/** Everything the program has left on the disk so far, and what it has said. */
function left(): { readonly hits: readonly Hit[]; readonly files: readonly string[] } {
  const scan = scanFolder(desk.home, look);
  return { hits: [...scan.hits, ...scanText('output', desk.output(), look)], files: scan.files };
}

/** What shows of the program while it runs. */
async function shown(): Promise<readonly Hit[]> {
  const processes = processTree(desk.pid).flatMap((pid) => scanProcess(pid, look).hits);
  const titles = await desk.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => `${window.getTitle()} ${window.webContents.getTitle()}`),
  );
  return [...processes, ...titles.flatMap((title) => scanText('window title', title, look))];
}

beforeAll(async () => {
  desk = await launchDesk();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk
      .screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`)
      .catch(() => 'the window is gone');
});
afterAll(() => desk?.close());

describe('the work of a day', () => {
  let first: Account;
  let second: Account;

  test('the store, its people and its files', async () => {
    phrase = await createTrust(desk, OWNER);
    await arm();
    const officers = [account('first officer'), account('second officer')] as const;
    await addUser(desk, officers[0], NUMBER_OF('first officer'));
    await addUser(desk, officers[1], NUMBER_OF('second officer'));
    await importWhole(desk, trust.files.go);
    await importWhole(desk, trust.files.asNumbers);
    await importWhole(desk, trust.files.training);
    await importWhole(desk, trust.files.holdings, /starting position/);
    expect(await importWhole(desk, trust.files.formsCsv)).toMatch(/1 new/);
    expect(await importWhole(desk, trust.files.formsJson)).toMatch(/1 new/);
    await signOut(desk);
    const wrong = { ...OWNER, password: type('a wrong password', letters('wrong password')) };
    await typeSignIn(desk, { ...wrong, username: type('an unknown username', letters('unknown username')) });
    await desk.page.getByText(/not right/).waitFor();
    first = await firstSignIn(desk, officers[0], type('first own password', `${letters('own 1')}-Kettle-7`));
    await signOut(desk);
    second = await firstSignIn(
      desk,
      officers[1],
      type('second own password', `${letters('own 2')}-Kettle-7`),
    );
    await signOut(desk);
    await arm();
  });

  test('one request up to its approval, with a search, a saved view and a form returned', async () => {
    const { page } = desk;
    await signInAs(desk, first);
    await goTo(desk, 'People');
    await page.keyboard.press('/');
    await page.keyboard.type(trust.beneficiary.lastName);
    await page.getByRole('row', { name: new RegExp(trust.beneficiary.lastName) }).dblclick();
    await page.getByText(trust.beneficiary.number).first().waitFor();
    await goTo(desk, 'Requests');
    await page.keyboard.press('/');
    await page.keyboard.type(type('what was searched for', letters('searched for')));
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByLabel('Name of the view').fill(type('name of a view', letters('name of a view')));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: /^View: / }).waitFor();
    await openRequest(desk, trust.returned);
    await page.getByRole('button', { name: 'Return the form…' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('What is missing').fill(type('what is missing', letters('what is missing', 20)));
    await dialog.getByRole('button', { name: 'Return the form', exact: true }).click();
    await panel(page, 'Waiting for a corrected form').waitFor();
    await openRequest(desk, trust.reference);
    await recordAuthorisation(desk);
    await approve(desk);
    await signOut(desk);
  });

  test('keyed, copied, verified, and the exception settled', async () => {
    const { page } = desk;
    await signInAs(desk, second);
    await openRequest(desk, trust.reference);
    const steps = page.getByRole('list', { name: 'Keying steps' });
    for (const button of await steps.getByRole('button', { name: /^Copy/ }).all()) await button.click();
    expect(await desk.app.evaluate(async ({ clipboard }) => clipboard.readText())).not.toBe('');
    await key(desk);
    // ESR writes whole seconds: one that began after the keying.
    await importWhole(desk, trust.writeLaterHoldings(new Date(Date.now() + 1_000)));
    await openRequest(desk, trust.reference);
    await panel(page, 'Verified and closed').waitFor();
    await goTo(desk, 'Exceptions');
    await page.getByRole('row', { name: /Payroll Administration/ }).dblclick();
    await page.getByRole('button', { name: 'Settle…' }).click();
    await page.getByLabel('What was done').fill(type('what was done about it', letters('what was done', 20)));
    await page.getByRole('button', { name: 'Settle', exact: true }).click();
    await page.getByText('No open exceptions').waitFor();
    await arm();
  });

  test('leaves nothing of anybody in a file, an argument, an environment or a title while it is open', async () => {
    await desk.page.getByRole('navigation').getByRole('link', { name: 'Home' }).click();
    await desk.page.getByRole('heading', { level: 1, name: /^Good / }).waitFor();
    expect(await shown()).toEqual([]);
    await goTo(desk, 'People');
    await desk.page.getByRole('row', { name: new RegExp(trust.beneficiary.lastName) }).dblclick();
    await desk.page.getByText(trust.beneficiary.username).first().waitFor();
    expect(await shown()).toEqual([]);
    await openRequest(desk, trust.reference);
    expect(await shown()).toEqual([]);
    const { hits, files: seen } = left();
    expect(hits).toEqual([]);
    for (const part of ['stores/trust/store.db', 'stores/trust/store.db-wal', 'stores/trust/keyring.json'])
      expect(seen).toContain(`user-data/${part}`);
    expect(seen).toContain('stdout.log');
    expect(seen.some((file) => /Local Storage|Session Storage|DIPS|Cache/.test(file))).toBe(true);
  });

  test('nor after the sign-out with its backup', async () => {
    await signOut(desk);
    const { hits, files: seen } = left();
    expect(hits).toEqual([]);
    expect(seen.filter((file) => /backups\/.*\/store\.db$/.test(file)).length).toBeGreaterThan(0);
    expect(await shown()).toEqual([]);
  });

  test('the control: the page had the markers, and the same look finds them in its memory alone', async () => {
    await signInAs(desk, second);
    await openRequest(desk, trust.reference);
    const text = await desk.page.locator('body').textContent();
    const found = new Set(scanText('page', text ?? '', look).map(({ what }) => what));
    for (const what of ['justification', 'beneficiary: last name', 'ticket reference', 'manager as typed'])
      expect(found).toContain(what);
  });
});

describe('however it ends', () => {
  test('a page that crashes leaves no dump, and comes back locked, at the sign-in', async () => {
    await crashPage();
    await expect.poll(pageSays).toContain('The window stopped working and was opened again.');
    const [url, session, picture] = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const state = await contents?.executeJavaScript('window.api.session.getState({})');
      return [contents?.getURL(), state, (await contents?.capturePage())?.toPNG().toString('base64')];
    });
    const pictures = path.resolve(import.meta.dirname, '..', '..', 'out', 'e2e');
    mkdirSync(pictures, { recursive: true });
    writeFileSync(path.join(pictures, 'privacy-window-stopped.png'), Buffer.from(picture ?? '', 'base64'));
    expect(url).toBe('app://desk/index.html');
    expect(session).toMatchObject({ ok: true, data: { user: null, lockedBecause: 'window-stopped' } });
    const { hits, files: seen } = left();
    expect(hits).toEqual([]);
    expect(seen.filter(isDump)).toEqual([]);
    expect(readFileSync(path.join(desk.userData, 'logs', 'main.log'), 'utf8')).toMatch(
      /\{"what":"window","code":"(crashed|killed|abnormal-exit)"\}/,
    );
  });

  test('a page that crashes again and again ends the program, and says so', async () => {
    const ended = once(desk.app.process(), 'exit');
    await desk.app.evaluate(({ dialog, app }) => {
      // A box that waits for a click would hold the whole program; what it says is what counts.
      dialog.showErrorBox = (_title, content) => app.setName(content);
      app.on('quit', () => console.error(app.getName()));
    });
    for (let again = 0; again < 2; again++) {
      await crashPage();
      await expect.poll(pageSays).toContain('Sign in to go on.');
    }
    await crashPage();
    await ended;
    expect(desk.output()).toContain('The window stopped several times in a row, so the program ends.');
    expect(left().hits).toEqual([]);
    await desk.close();
    desk = await launchDesk({ userData: desk.userData });
    await signInAs(desk, OWNER);
  });

  test('the power goes amid an import: nothing of it stays, neither in the store nor beside it', async () => {
    const before = await standing(desk);
    const name = goName(102);
    const lastName = type('everybody’s last name', letters('everybody'));
    const file = files.write(
      name,
      goFile(name, largeTrust(30_000, lastName)),
      trust.markers.get('folder of the files') ?? '.',
    );
    await arm();
    await choose(desk, file);
    await check(desk);
    await dryRun(desk);
    const writing = whenWriting(desk.page, 'look');
    await startImport(desk);
    await writing;
    const open = processTree(desk.pid).flatMap((pid) => scanProcess(pid, look).hits);
    await desk.kill();
    expect(open).toEqual([]);
    expect(left().hits).toEqual([]);
    expect(left().files.filter(isDump)).toEqual([]);
    await desk.close();

    desk = await launchDesk({ userData: desk.userData });
    await signInAs(desk, OWNER);
    const { ledger: _before, ...was } = before;
    const { ledger: _after, ...is } = await standing(desk);
    expect(is).toEqual(was);
    expect(left().hits).toEqual([]);
  });

  test('the program itself crashes: no dump, no key', async () => {
    const ended = once(desk.app.process(), 'exit');
    void desk.app.evaluate(() => process.crash()).catch(() => undefined);
    await ended;
    expect(left().hits).toEqual([]);
    expect(left().files.filter(isDump)).toEqual([]);
  });
});

const isDump = (file: string): boolean => /\.dmp$|(^|\/)core(\.\d+)?$/.test(file);

const crashPage = (): Promise<void> =>
  desk.app.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((crashed) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.once('render-process-gone', () => crashed());
        contents?.forcefullyCrashRenderer();
      }),
  );

/** Read past Playwright, to which a page that has crashed once is lost for good. */
const pageSays = (): Promise<string> =>
  desk.app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined || contents.isCrashed()) return '';
    return String(await contents.executeJavaScript('document.body.textContent'));
  });

describe('the controls: the same look finds', () => {
  const marker = letters('control');
  const find = lookFor(needlesOf(new Map([['control', marker]])));

  test.each([
    ['UTF-8', Buffer.from(`before ${marker} after`)],
    ['UTF-8', Buffer.from(`before ${marker.toLowerCase()} after`)],
    ['UTF-16LE', Buffer.from(`before ${marker} after`, 'utf16le')],
    ['UTF-16LE', Buffer.concat([Buffer.alloc(1), Buffer.from(marker, 'utf16le')])],
    ['base64 at 0', Buffer.from(Buffer.from(`abc${marker}xyz`).toString('base64'))],
    ['base64 at 1', Buffer.from(Buffer.from(`abcd${marker}xyz`).toString('base64'))],
    ['base64 at 2', Buffer.from(Buffer.from(`abcde${marker}xyz`).toString('base64'))],
  ])('a marker written into the home as %s', (encoding, bytes) => {
    const file = path.join(desk.home, 'tmp', 'control.bin');
    writeFileSync(file, bytes);
    const { hits } = scanFolder(desk.home, find);
    expect(hits).toContainEqual({ where: 'tmp/control.bin', what: 'control', encoding });
    rmSync(file);
  });

  test('a marker in the name of a file', () => {
    const file = path.join(desk.home, 'tmp', `${marker}.tmp`);
    writeFileSync(file, '');
    expect(scanFolder(desk.home, find).hits).toHaveLength(1);
    rmSync(file);
  });

  test('a key written as hexadecimal digits', () => {
    const secret = Buffer.from(letters('control', 30)).map((byte) => byte ^ 0x8a);
    const found = lookFor(secretNeedles('a key', Buffer.from(secret)))(
      Buffer.from(`"${Buffer.from(secret).toString('hex')}"`),
    );
    expect(found.map((needle) => needle.encoding)).toEqual(['hex']);
  });

  test.each([
    ['MEMORY', 0],
    ['DEFAULT', 1],
  ])('in a temporary file of a large sort with temp_store %s: %i', async (tempStore, expected) => {
    const folder = files.makeFolder(`spill-${tempStore}`);
    const script = path.join(import.meta.dirname, 'spill.ts');
    const child = spawn(process.execPath, [script, path.join(folder, 'store.db'), tempStore, marker], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '', SQLITE_TMPDIR: folder },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit');
    await once(child.stdout, 'data');
    const { hits } = scanProcess(child.pid ?? 0, find);
    // Its own argument names the marker; what counts is the file.
    const spilt = hits.filter(({ where }) => where.includes('etilqs_'));
    expect(spilt.map(({ encoding }) => encoding)).toEqual(expected === 0 ? [] : ['UTF-8']);
    expect(scanFolder(folder, find).hits).toEqual([]);
    child.stdin.end('\n');
    await ended;
  });
});
