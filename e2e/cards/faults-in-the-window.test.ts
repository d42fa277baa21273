import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CARD_OF, type CardDesk, openCardDesk, type PersonsCard, PIN } from '../support/card/card-desk.ts';
import { inspectScreen } from '../support/inspect-screen.ts';
import { loseSecret } from '../support/lose-secret.ts';
import type { RunFacts } from '../support/run.ts';

// What stands around a card and fails, as a person meets it at the window: the keychain, the card software, a key that cannot be a
// key of the store. Each says in a sentence what to do next, and nothing is lost by it.

const run = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;
let desk: CardDesk;
let card: PersonsCard;
/** How often the card had signed before the window asked it to; who gives it a passcode has it sign. */
let asked: number;
beforeAll(async () => {
  desk = await openCardDesk();
  await desk.setUpCards();
  await desk.link('officer');
  await desk.link('officer2');
  card = desk.makeCard({ uuid: CARD_OF.officer });
  await desk.enrol('officer', card);
  asked = card.answered('sign');
  await desk.must('session:signOut', {});
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-card-fault-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close({ forget: true }));

const passcode = () => desk.page.getByRole('textbox', { name: /^Passcode/ });
const heading = (name: string | RegExp) => desk.page.getByRole('heading', { level: 1, name }).waitFor();
const navigation = () => desk.page.getByRole('navigation', { name: 'Main' });
const tryAgain = () => desk.page.getByRole('button', { name: 'Try again' });
/** As a person does: a prompt that nobody answered may hold the keychain for a moment after it was opened. */
const tryUntilOpen = () =>
  expect
    .poll(
      async () => {
        if (
          await tryAgain()
            .isEnabled({ timeout: 100 })
            .catch(() => false)
        )
          await tryAgain().click();
        return passcode().isVisible();
      },
      { timeout: 30_000, interval: 500 },
    )
    .toBe(true);
const accountMenu = () => desk.page.getByRole('button', { name: /^Account: / });
const choice = () => desk.page.getByRole('radiogroup', { name: 'How to sign in' });
const signInWith = async (pin: string) => {
  await passcode().fill(pin);
  await desk.page.keyboard.press('Enter');
};
const byPassword = async (account: string) => {
  await choice().getByText('Username and password').click();
  await desk.page.getByRole('textbox', { name: 'Username' }).fill(account);
  await desk.page.getByLabel('Password', { exact: true }).fill(`practice-as-${account}`);
  await desk.page.keyboard.press('Enter');
};
const besideStore = (name: string): Buffer =>
  readFileSync(path.join(desk.userData, 'stores', 'training', name));
/** The store and the ways into it, to be found as they were. */
const kept = () =>
  ['store.db', 'keyring.json', 'cards.json'].map((name) => besideStore(name).toString('base64'));

test('a keychain that is locked while the card is in: no try is spent, and unlocked the card opens the store', async () => {
  const before = kept();
  await passcode().waitFor();
  desk.secrets.lock();
  await signInWith(PIN);
  await heading('This PC’s keychain is locked');
  await inspectScreen(desk, 'card-keychain-locked');
  expect(card.answered('sign'), 'the card was not asked').toBe(asked);
  await tryAgain().click();
  await desk.page.getByText('Looked again: it is still so.').waitFor();
  expect(kept()).toEqual(before);

  desk.secrets.unlock();
  await tryUntilOpen();
  await signInWith(PIN);
  await navigation().waitFor();
  await desk.must('session:signOut', {});
});

test('a card that is put in while the keychain is locked is met by the same screen', async () => {
  await passcode().waitFor();
  await card.remove();
  await desk.page.getByText('Put the card in the reader').waitFor();
  desk.secrets.lock();
  await card.insert(desk.pcsc.slots[0]);
  await heading('This PC’s keychain is locked');
  desk.secrets.unlock();
  await tryUntilOpen();
  await passcode().waitFor();
});

test('signed out under a locked keychain, the card settings are read once it is open: the card is a way in again', async () => {
  await signInWith(PIN);
  await navigation().waitFor();
  desk.secrets.lock();
  await desk.must('session:signOut', {});
  await heading('This PC’s keychain is locked');
  desk.secrets.unlock();
  await tryUntilOpen();
  await signInWith(PIN);
  await navigation().waitFor();
  await desk.must('session:signOut', {});
});

test('the keychain’s entry for the store is lost: the recovery phrase is named and offered, and put back the card opens it', async () => {
  const before = kept();
  const giveBack = loseSecret(desk, run);
  await signInWith(PIN);
  await heading('This PC’s part of the key is missing');
  await desk.page.getByText('Use the recovery phrase. It makes a new secret').waitFor();
  await inspectScreen(desk, 'card-secret-lost');
  await desk.page.getByRole('button', { name: 'Use the recovery phrase' }).click();
  await desk.page.getByRole('heading', { level: 1, name: /recovery phrase/i }).waitFor();
  await inspectScreen(desk, 'card-secret-lost-phrase');
  expect(kept()).toEqual(before);

  giveBack();
  await desk.page.getByRole('button', { name: /Back/ }).click();
  await tryUntilOpen();
  await signInWith(PIN);
  await navigation().waitFor();
  await desk.must('session:signOut', {});
});

test('a card with a P-256 key is enrolled and signs in at the window, and the Security screen says what the key cannot do', async () => {
  const { page } = desk;
  await card.remove();
  await desk.untilEmpty();
  const curve = desk.makeCard({ uuid: CARD_OF.officer2, keyType: 'p256' });
  await byPassword('officer2');
  await navigation().waitFor();
  await curve.insert(desk.pcsc.slots[0]);
  await accountMenu().click();
  await page.getByRole('menuitem', { name: 'Enrol my smartcard' }).click();
  await signInWith(PIN);
  await page.getByText('Your card is enrolled').waitFor();
  await desk.must('session:signOut', {});
  await signInWith(PIN);
  await accountMenu().click();
  await page.getByText('Signed in by smartcard on a trust PC').waitFor();
  await page.keyboard.press('Escape');
  await curve.remove();
  await page.getByText('The smartcard was taken out').waitFor();

  await byPassword('owner');
  await navigation().getByRole('link', { name: 'Security' }).click();
  const binding = page.getByRole('listitem').filter({ hasText: 'How cards open the store' });
  await binding.getByText('1 of the cards cannot give a part of the key', { exact: false }).waitFor();
  expect(await binding.textContent()).toMatch(/^Look at this.*To do: Cards with RSA keys do better/);
  await binding.scrollIntoViewIfNeeded();
  await inspectScreen(desk, 'security-curve-card');
  await desk.must('session:signOut', {});
});

test('card software that is not where the settings say: whoever needs a card is told so, and an owner mends the path', async () => {
  const { page } = desk;
  await desk.setUpCards({ modulePaths: ['/nowhere/opensc-pkcs11.so'] });
  await desk.must('session:signOut', {});
  await byPassword('officer');
  await page.getByText('Your card is asked for').waitFor();
  await page.getByText('The card software is not where the settings say').waitFor();
  await inspectScreen(desk, 'card-module-missing');
  expect(await passcode().count()).toBe(0);

  await byPassword('owner');
  await navigation().getByRole('link', { name: 'Security' }).click();
  await page.getByRole('region', { name: 'Card software now' }).getByText('Not found').waitFor();
  await page.getByRole('textbox', { name: /^Card software/ }).fill(desk.pcsc.module);
  await page.getByRole('button', { name: 'Save card settings' }).click();
  await page
    .getByRole('region', { name: 'Card software now' })
    .getByText('Not found')
    .waitFor({ state: 'detached' });
  await desk.must('session:signOut', {});
  await card.insert(desk.pcsc.slots[0]);
  await signInWith(PIN);
  await navigation().waitFor();
  await desk.must('session:signOut', {});
});
