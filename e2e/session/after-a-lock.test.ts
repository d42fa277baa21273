import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SessionState } from '../../electron/contract/session.contract.ts';
import { inspectScreen } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import { goTo, importFile, openRequest, readStory, sampleFile, signIn } from '../support/main-job.ts';
import { openPrepared } from '../support/prepared-homes.ts';
import { heading } from './people.ts';

// What a lock takes from the page, and what its owner, and nobody else, finds again.
const WORDS = 'asked for by the wrong ward';
const REQUEST = readStory().get('ready-core') ?? '';

const UNKEEPABLE =
  /^What you type here cannot be kept: if the program locks before you finish, it is lost\.$/;

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('training');
  await signIn(desk, 'officer');
});
afterAll(() => desk?.close({ forget: true }));

const place = () => desk.page.evaluate(() => window.location.hash);
const reason = () => desk.page.getByRole('dialog').getByRole('textbox', { name: 'Reason' });
const drafts = () =>
  desk.page.evaluate(async () => {
    const answer = await window.api.drafts.list({});
    return answer.ok ? answer.data.drafts.map(({ value }) => value).join() : answer.code;
  });
async function lock(): Promise<void> {
  await desk.page.keyboard.press('Control+l');
  await desk.page.getByText('It was locked by hand').waitFor();
}

test('who locks by hand in the middle of a word comes back to the same request, with every letter of it', async () => {
  await openRequest(desk, REQUEST);
  await desk.page.getByRole('button', { name: 'More' }).click();
  await desk.page.getByRole('menuitem', { name: 'Withdraw' }).click();
  await reason().fill(WORDS);
  const where = await place();
  expect(where).toMatch(/^#\/requests\/.+/);
  await lock();
  expect(await desk.page.content()).not.toContain(WORDS);
  expect(await place()).toMatch(/^(#\/)?$/);
  await signIn(desk, 'officer');
  await desk.page.getByText('Kept from before.').waitFor();
  expect(await reason().inputValue()).toBe(WORDS);
  expect(await place()).toBe(where);
  await inspectScreen(desk, 'kept-draft');
});

test('somebody else begins at home and is given nothing of it', async () => {
  await lock();
  await signIn(desk, 'officer2');
  await heading(desk.page, /^Good/).waitFor();
  expect(await place()).toMatch(/^(#\/)?$/);
  expect(await drafts()).toBe('');
  await openRequest(desk, REQUEST);
  await desk.page.getByRole('heading', { name: 'Prerequisites' }).waitFor();
  expect(await desk.page.getByRole('dialog').count()).toBe(0);
  expect(await desk.page.content()).not.toContain(WORDS);
});

test('its writer finds it where it belongs, begins at home after another’s session, and lets go of it', async () => {
  await lock();
  await signIn(desk, 'officer');
  await heading(desk.page, /^Good/).waitFor();
  expect(await drafts()).toContain(WORDS);
  await openRequest(desk, REQUEST);
  await desk.page.getByText('Kept from before.').waitFor();
  await desk.page.getByRole('button', { name: 'Discard it' }).click();
  expect(await reason().inputValue()).toBe('');
  expect(await desk.page.getByText('Kept from before.').count()).toBe(0);
  await expect.poll(drafts).toBe('');
});

const dialog = () => desk.page.getByRole('dialog');

test('what was done is kept no more', async () => {
  await reason().fill(WORDS);
  await expect.poll(drafts).toContain(WORDS);
  await dialog().getByRole('button', { name: 'Withdraw the request' }).click();
  await dialog().waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');
});

test('what was refused is kept still: a lock after it takes nothing', async () => {
  await desk.app.evaluate(({ ipcMain }) => {
    ipcMain.removeHandler('requests:reopen');
    ipcMain.handle('requests:reopen', () => ({
      ok: false,
      code: 'REFUSED',
      message: 'Refused by the test.',
      correlationId: 'of-the-test',
    }));
  });
  await desk.page.getByRole('button', { name: 'More' }).click();
  await desk.page.getByRole('menuitem', { name: 'Reopen' }).click();
  await reason().fill(WORDS);
  await expect.poll(drafts).toContain(WORDS);
  await dialog()
    .getByRole('button', { name: /^Reopen/ })
    .click();
  await dialog().getByText('Refused by the test.').waitFor();
  await lock();
  await signIn(desk, 'officer');
  await desk.page.getByText('Kept from before.').waitFor();
  expect(await reason().inputValue()).toBe(WORDS);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');
});

test('what cannot be kept is said while it is typed, and takes the keyboard from nobody', async () => {
  const keep = (value: string | null) =>
    desk.page.evaluate(async (text) => {
      for (let i = 0; i < 50; i += 1) await window.api.drafts.keep({ key: `another form ${i}`, value: text });
    }, value);
  await keep('{}');
  await desk.page.getByRole('button', { name: 'More' }).click();
  await desk.page.getByRole('menuitem', { name: 'Reopen' }).click();
  await reason().pressSequentially('asked for');
  const told = dialog().getByText(UNKEEPABLE);
  await told.waitFor();
  expect(await told.evaluate((part) => part.closest('[role="status"]') !== null)).toBe(true);
  expect(await reason().evaluate((field) => field === document.activeElement)).toBe(true);
  await desk.page.keyboard.type(' again');
  expect(await reason().inputValue()).toBe('asked for again');
  await inspectScreen(desk, 'unkeepable-draft');
  await lock();
  await signIn(desk, 'officer');
  await desk.page.getByRole('heading', { name: 'Prerequisites' }).waitFor();
  expect(await drafts()).not.toContain('asked for');

  await desk.page.getByRole('button', { name: 'More' }).click();
  await desk.page.getByRole('menuitem', { name: 'Reopen' }).click();
  await reason().fill('asked for');
  await told.waitFor();
  // Room again: the next letter is kept, and nothing is said any more.
  await keep(null);
  await reason().fill(WORDS);
  await told.waitFor({ state: 'detached' });
  expect(await drafts()).toContain(WORDS);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');
});

test('what was done about an exception is there again after a lock, in front of the same exception', async () => {
  await importFile(desk, sampleFile('holdings-2.csv'));
  await goTo(desk, 'Exceptions');
  const drawer = desk.page.getByRole('dialog', { name: 'Seen but never approved' });
  const question = desk.page.getByRole('dialog', { name: 'Settle the exception' });
  const done = question.getByRole('textbox', { name: 'What was done' });
  await desk.page
    .getByRole('row', { name: /Payroll Super Administration/ })
    .first()
    .dblclick();
  await drawer.getByRole('button', { name: 'Settle…' }).click();
  await done.fill(WORDS);
  await expect.poll(drafts).toContain(WORDS);
  const about = await drawer.textContent();
  await lock();
  expect(await desk.page.content()).not.toContain(WORDS);
  await signIn(desk, 'officer');
  await question.getByText('Kept from before.').waitFor();
  expect(await done.inputValue()).toBe(WORDS);
  expect(await drawer.textContent()).toBe(about);
  await expect.poll(() => done.evaluate((field) => field === document.activeElement)).toBe(true);
  await inspectScreen(desk, 'kept-finding');

  // Cancelled, it does not come back; the exception itself stays open before them.
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');
  await drawer.getByRole('button', { name: 'Settle…' }).click();
  expect(await done.inputValue()).toBe('');
  await done.fill(WORDS);
  await question.getByRole('button', { name: 'Settle', exact: true }).click();
  await drawer.waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');

  // And the same for one that is settled, in the other list.
  await desk.page.getByText('Settled', { exact: true }).click();
  await desk.page.getByRole('row', { name: new RegExp(WORDS) }).dblclick();
  await drawer.getByRole('button', { name: 'Reopen…' }).click();
  await reason().fill('it is seen again');
  await expect.poll(drafts).toContain('it is seen again');
  await lock();
  await signIn(desk, 'officer');
  await desk.page.getByText('Kept from before.').waitFor();
  expect(await reason().inputValue()).toBe('it is seen again');
  await drawer.getByText(WORDS).waitFor();
  await desk.page.getByRole('button', { name: 'Reopen', exact: true }).click();
  await drawer.waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');
});

/** Tells the page of a session as it is, with these words more: nobody's glass can be broken here, for want of a card. */
const tellBroken = async (brokenGlass: SessionState['brokenGlass']) => {
  const now = await desk.page.evaluate(async () => {
    const answer = await window.api.session.getState({});
    return answer.ok ? answer.data : null;
  });
  await desk.app.evaluate(
    ({ BrowserWindow }, state) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('session:changed', state),
    { ...now, brokenGlass },
  );
};

test('broken glass is said on every screen, read out, and cannot be put away', async () => {
  const banner = desk.page.getByRole('note', { name: 'Glass is broken' });
  expect(await banner.count()).toBe(0);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await tellBroken([
    { displayName: 'Training officer', until },
    { displayName: 'Second training officer', until },
  ]);
  await banner.getByText(/^Glass is broken: Training officer may use a password until \d/).waitFor();
  await banner.getByText(/^Glass is broken: Second training officer/).waitFor();
  expect(await banner.getByRole('button').count()).toBe(0);
  expect(await banner.evaluate((part) => part.closest('[role="status"]') !== null)).toBe(true);
  for (const screen of ['Requests', 'Home']) {
    await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
    await desk.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
    await expect.poll(() => desk.page.locator('.mantine-Skeleton-root').count()).toBe(0);
    // What stands below begins below it.
    const bottom = (await banner.boundingBox().then((box) => (box ? box.y + box.height : 0))) ?? 0;
    const title = await desk.page.getByRole('main').getByRole('heading', { level: 1 }).boundingBox();
    expect(title?.y ?? 0).toBeGreaterThan(bottom);
    await inspectScreen(desk, `broken-glass-${screen.toLowerCase()}`);
  }
  await tellBroken([]);
  await banner.waitFor({ state: 'detached' });
});
