import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CardInReader, CardsState } from '../../electron/contract/cards.contract.ts';
import { inspectScreen } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import { signIn } from '../support/main-job.ts';
import { openPrepared } from '../support/prepared-homes.ts';
import { heading } from './people.ts';

// Every face of the sign-in screen for cards. The states are told to the page in the program's place; e2e/cards has real cards.
const CARD: CardInReader = {
  readerId: 'reader 0, card 1',
  readerName: 'SCM Microsystems SCR 3310 00 00',
  label: 'PIV_II',
  uuid: '300100000002',
  standing: 'good',
  sentence: '',
  expiresAt: '2028-10-20T22:09:00.000Z',
  tries: 'full',
  ownKeypad: false,
  enrolment: 'enrolled',
};
const READY: CardsState['module'] = { state: 'ready', name: 'OpenSC', sentence: '' };
const holding = (...cards: readonly (Partial<CardInReader> | null)[]): CardsState => ({
  module: READY,
  readers: cards.map((change, index) => ({
    name: `Reader ${index}`,
    card: change === null ? null : { ...CARD, ...change },
  })),
});

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('training');
});
afterAll(() => desk?.close({ forget: true }));

/** The page is told so, and is answered so when it asks. */
const tell = (state: CardsState) =>
  desk.app.evaluate(({ BrowserWindow, ipcMain }, cards) => {
    ipcMain.removeHandler('cards:getState');
    ipcMain.handle('cards:getState', () => ({ ok: true, data: cards }));
    BrowserWindow.getAllWindows()[0]?.webContents.send('cards:changed', cards);
  }, state);
/** What `session:signInByCard` answers from now on; its inputs are kept. */
const answerSignIn = (refusal: {
  readonly code: string;
  readonly message: string;
  readonly details: Readonly<Record<string, string | number>>;
}) =>
  desk.app.evaluate(({ ipcMain }, answer) => {
    const kept = globalThis as unknown as { asked: unknown[] };
    kept.asked = [];
    ipcMain.removeHandler('session:signInByCard');
    ipcMain.handle('session:signInByCard', (_, input: unknown) => {
      kept.asked.push(input);
      return { ok: false, correlationId: 'of-the-test', ...answer };
    });
  }, refusal);
const asked = () => desk.app.evaluate(() => (globalThis as unknown as { asked: unknown[] }).asked);

const passcode = () => desk.page.getByRole('textbox', { name: 'Passcode' });
const signInButton = () => desk.page.getByRole('button', { name: 'Sign in', exact: true });
const choice = () => desk.page.getByRole('radiogroup', { name: 'How to sign in' });

test('who has no card is shown nothing of them', async () => {
  await desk.page.getByRole('textbox', { name: 'Username' }).waitFor();
  expect(await choice().count()).toBe(0);
  expect(await desk.page.getByText(/smartcard/i).count()).toBe(0);
});

test('a card that is put in while somebody types a password leaves the form to them', async () => {
  await desk.page.getByLabel('Password', { exact: true }).pressSequentially('half of a pass');
  await tell(holding({}));
  await choice().waitFor();
  expect(await desk.page.getByLabel('Password', { exact: true }).inputValue()).toBe('half of a pass');
  expect(await passcode().count()).toBe(0);
  await tell(holding(null));
});

test('an empty reader asks for the card, and a card asks for its passcode', async () => {
  await choice().getByText('Smartcard').click();
  await desk.page.getByText('Put the card in the reader').waitFor();
  expect(await signInButton().isDisabled()).toBe(true);
  await inspectScreen(desk, 'card-empty');
  await tell(holding({}));
  await passcode().waitFor();
  await expect.poll(() => passcode().evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await passcode().getAttribute('type')).toBe('password');
  expect(await passcode().getAttribute('autocomplete')).toBe('off');
  await inspectScreen(desk, 'card-good');
});

test('a passcode is gone with its card, and as soon as it is sent', async () => {
  await passcode().fill('1234');
  await tell(holding(null));
  await passcode().waitFor({ state: 'detached' });
  await tell(holding({ readerId: 'reader 0, card 2' }));
  expect(await passcode().inputValue()).toBe('');
  await answerSignIn({
    code: 'CARD_REFUSED',
    message: 'The passcode is not right.',
    details: { reason: 'wrong-pin', tries: 'low' },
  });
  await passcode().fill('1234');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('alert').getByText('The passcode is not right.').waitFor();
  expect(await passcode().inputValue()).toBe('');
  expect(await asked()).toEqual([{ readerId: 'reader 0, card 2', pin: '1234' }]);
  expect(await desk.page.getByText('Type the passcode').count()).toBe(0);
});

test.each<[string, Partial<CardInReader>, RegExp]>([
  ['card-low', { tries: 'low' }, /few tries are left/],
  ['card-last', { tries: 'last' }, /This is the last try/],
  [
    'card-unchecked',
    {
      standing: 'revocation-unchecked',
      sentence: 'Whether the card was revoked could not be checked: the list ended on 3 Nov 2026.',
    },
    /could not be checked/,
  ],
])('%s: said before a try is spent, and still usable', async (name, change, words) => {
  await tell(holding(change));
  await desk.page.getByText(words).waitFor();
  await passcode().waitFor();
  expect(await signInButton().isDisabled()).toBe(false);
  await inspectScreen(desk, name);
});

test.each<[string, Partial<CardInReader>, RegExp]>([
  ['card-locked', { tries: 'locked' }, /Have it unlocked by the Registration Authority/],
  [
    'card-expired',
    {
      standing: 'expired',
      sentence:
        'The certificate on this card ended on 1 Nov 2026. Have it renewed by the Registration Authority.',
      enrolment: 'none',
    },
    /Have it renewed/,
  ],
  ['card-none', { enrolment: 'none' }, /Sign in by password and choose “Enrol my smartcard”/],
  ['card-renewed', { enrolment: 'renewed' }, /A system owner signs in and enrols it again/],
])('%s: the next step is said, and no passcode is asked for', async (name, change, words) => {
  await tell(holding(change));
  await desk.page.getByText(words).waitFor();
  expect(await passcode().count()).toBe(0);
  expect(await signInButton().isDisabled()).toBe(true);
  if (change.standing === 'expired') expect(await desk.page.getByText('not enrolled').count()).toBe(0);
  await inspectScreen(desk, name);
});

test('a reader with its own keys has no field, and Enter begins', async () => {
  await answerSignIn({
    code: 'CARD_REFUSED',
    message: 'The passcode is not right.',
    details: { reason: 'wrong-pin', tries: 'last' },
  });
  await tell(holding({ ownKeypad: true }));
  await desk.page.getByText(/keypad/).waitFor();
  expect(await passcode().count()).toBe(0);
  await expect.poll(() => signInButton().evaluate((button) => button === document.activeElement)).toBe(true);
  await inspectScreen(desk, 'card-keypad');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('alert').getByText('The passcode is not right.').waitFor();
  expect(await asked()).toEqual([{ readerId: CARD.readerId, pin: '' }]);
});

test('of two cards one is chosen, by the keyboard too', async () => {
  await tell(
    holding({}, { readerId: 'reader 1, card 1', readerName: 'Another reader', uuid: '300100000003' }),
  );
  const cards = desk.page.getByRole('radiogroup', { name: 'Which card' });
  await cards.waitFor();
  expect(await passcode().count()).toBe(0);
  await inspectScreen(desk, 'card-two');
  await cards.getByRole('radio', { name: '3001 0000 0002' }).focus();
  await desk.page.keyboard.press('Space');
  await passcode().waitFor();
  await desk.page.keyboard.press('ArrowDown');
  expect(await cards.getByRole('radio', { name: '3001 0000 0003' }).isChecked()).toBe(true);
  await answerSignIn({ code: 'WAIT', message: 'Too many tries.', details: { waitSeconds: 75 } });
  await passcode().fill('1234');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByText(/You can try again in 1 minute/).waitFor();
  expect(await asked()).toEqual([{ readerId: 'reader 1, card 1', pin: '1234' }]);
  expect(await signInButton().isDisabled()).toBe(true);
});

test('software that hangs is said, and signing in by password is still there', async () => {
  await tell({
    module: {
      state: 'hung',
      name: 'OpenSC',
      sentence: 'The card software did not answer and was stopped. Take the card out and put it in again.',
    },
    readers: [],
  });
  await desk.page.getByText('did not answer and was stopped').waitFor();
  await inspectScreen(desk, 'card-hung');
  await choice().getByText('Username and password').click();
  await desk.page.getByRole('textbox', { name: 'Username' }).waitFor();
});

test('a card that is put in while nobody types is turned to', async () => {
  await tell(holding({}));
  await passcode().waitFor();
});

test('what was said of one card is not said over another', async () => {
  await answerSignIn({
    code: 'CARD_REFUSED',
    message: 'The passcode is not right.',
    details: { reason: 'wrong-pin', tries: 'low' },
  });
  await passcode().fill('1234');
  await desk.page.keyboard.press('Enter');
  const fault = desk.page.getByRole('alert').getByText('The passcode is not right.');
  await fault.waitFor();
  await tell(holding({ readerId: 'reader 0, card 9', uuid: '300100000003' }));
  await desk.page.getByText('3001 0000 0003').waitFor();
  expect(await fault.count()).toBe(0);
});

test('a lock because of the card waits for a card, and says that it was taken out', async () => {
  await tell(holding(null));
  const now = await desk.page.evaluate(async () => {
    const answer = await window.api.session.getState({});
    return answer.ok ? answer.data : null;
  });
  // The screen is new after a lock, as it is when somebody has been signed in: another one in between makes it so here.
  const told = (state: object) =>
    desk.app.evaluate(
      ({ BrowserWindow }, session) =>
        BrowserWindow.getAllWindows()[0]?.webContents.send('session:changed', session),
      { ...now, ...state },
    );
  await told({ keyState: 'no-store', stores: [], store: null, trust: null });
  await heading(desk.page, 'Welcome').waitFor();
  await told({ lockedBecause: 'card-removed' });
  await desk.page.getByText('The smartcard was taken out').waitFor();
  await desk.page.getByText('Put the card in the reader').waitFor();
  await inspectScreen(desk, 'card-removed');
  await told({});
});

const accountMenu = () => desk.page.getByRole('button', { name: /^Account: / });
const enrolItem = () => desk.page.getByRole('menuitem', { name: 'Enrol my smartcard' });

test('enrolment is offered while a card is in that needs it, and says what follows', async () => {
  await choice().getByText('Username and password').click();
  await signIn(desk, 'officer');
  await accountMenu().click();
  await desk.page.getByText('Signed in by password on a trust PC').waitFor();
  expect(await enrolItem().count()).toBe(0);
  await tell(holding({ enrolment: 'none' }));
  await enrolItem().waitFor();
  await inspectScreen(desk, 'account-menu-card');
  await enrolItem().click();
  await desk.page.getByText('a trust PC takes the card and not your password').waitFor();
  await passcode().waitFor();
  await expect.poll(() => passcode().evaluate((field) => field === document.activeElement)).toBe(true);
  await inspectScreen(desk, 'enrol-my-card');
  await tell(holding({ enrolment: 'renewed' }));
  await desk.page.getByText(/a second person stands by/).waitFor();
  expect(await passcode().count()).toBe(0);
  expect(await desk.page.getByRole('button', { name: 'Enrol', exact: true }).isDisabled()).toBe(true);
  await inspectScreen(desk, 'enrol-renewed');
});
