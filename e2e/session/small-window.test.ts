import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { CardsState } from '../../electron/contract/cards.contract.ts';
import { inspectScreen, resize } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import { signIn } from '../support/main-job.ts';
import { openPrepared } from '../support/prepared-homes.ts';

// The smallest window that people work in: what a refused sign-in says and the button to try again are both in sight, unscrolled.

const HOLDING: CardsState = {
  module: { state: 'ready', name: 'OpenSC', sentence: '' },
  readers: [
    {
      name: 'Reader 0',
      card: {
        readerId: 'reader 0, card 1',
        readerName: 'SCM Microsystems SCR 3310 00 00',
        label: 'PIV_II',
        uuid: '300100000002',
        standing: 'good',
        sentence: '',
        expiresAt: '2028-10-20T22:09:00.000Z',
        tries: 'low',
        ownKeypad: false,
        enrolment: 'enrolled',
      },
    },
  ],
};

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('training');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-small-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close({ forget: true }));

const signInButton = () => desk.page.getByRole('button', { name: 'Sign in', exact: true });
const fault = () => desk.page.getByRole('alert').last();
/** Wholly in the window as it stands, and nothing over it. */
const isInSight = (what: ReturnType<typeof signInButton>) =>
  what.evaluate((part) => {
    const { top, bottom, left, right } = part.getBoundingClientRect();
    const fits = top >= 0 && left >= 0 && bottom <= innerHeight && right <= innerWidth;
    const edges = [top + 1, bottom - 1].map((y) => document.elementFromPoint((left + right) / 2, y));
    return fits && edges.every((found) => part.contains(found));
  });
const bothInSight = async () => {
  expect(await isInSight(fault()), 'what is said').toBe(true);
  expect(await isInSight(signInButton()), 'the button').toBe(true);
};
const answerByCard = (message: string, details: Readonly<Record<string, string | number>>) =>
  desk.app.evaluate(
    ({ ipcMain }, answer) => {
      ipcMain.removeHandler('session:signInByCard');
      ipcMain.handle('session:signInByCard', () => ({ ok: false, correlationId: 'of-the-test', ...answer }));
    },
    { code: details.waitSeconds === undefined ? 'CARD_REFUSED' : 'WAIT', message, details },
  );
/** Told in the program's place: e2e/cards has real cards. */
const turnToCard = async () => {
  await desk.app.evaluate(({ BrowserWindow, ipcMain }, cards) => {
    ipcMain.removeHandler('cards:getState');
    ipcMain.handle('cards:getState', () => ({ ok: true, data: cards }));
    BrowserWindow.getAllWindows()[0]?.webContents.send('cards:changed', cards);
  }, HOLDING);
  await desk.page.getByRole('radiogroup', { name: 'How to sign in' }).getByText('Smartcard').click();
};
const tryCard = async () => {
  await desk.page.getByRole('textbox', { name: 'Passcode' }).fill('1234');
  await desk.page.keyboard.press('Enter');
};

test('a password that is not right', async () => {
  await resize(desk, 760, 560);
  await desk.page.getByRole('textbox', { name: 'Username' }).fill('officer');
  await desk.page.getByLabel('Password', { exact: true }).fill('not the password');
  await desk.page.keyboard.press('Enter');
  await fault().getByText('not right').waitFor();
  await bothInSight();
  await inspectScreen(desk, 'small-password');
});

test('a passcode that is not right, of a card with few tries', async () => {
  await turnToCard();
  await resize(desk, 760, 560);
  await answerByCard('The passcode is not right. A wrong passcode was tried before: few tries are left.', {
    reason: 'wrong-pin',
    tries: 'low',
  });
  await tryCard();
  await fault().getByText('The passcode is not right.').waitFor();
  await bothInSight();
  await inspectScreen(desk, 'small-card');
});

test('under the notice that the card was taken out, with a wait to come', async () => {
  await desk.page.getByText('Username and password').click();
  await signIn(desk, 'officer');
  await desk.page.keyboard.press('Control+l');
  await desk.page.getByText('Somebody else may sign in too').waitFor();
  await turnToCard();
  await resize(desk, 760, 560);
  await answerByCard('Too many wrong tries were made for this card.', { waitSeconds: 300 });
  await tryCard();
  await desk.page.getByText('You can try again in').waitFor();
  await bothInSight();
  await inspectScreen(desk, 'small-card-locked');
});
