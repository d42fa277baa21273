import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeFaultyModule } from '../../electron/adapters/cards/testing/faulty-module.ts';
import { CARD_OF, type CardDesk, openCardDesk, type PersonsCard, PIN } from '../support/card/card-desk.ts';
import { inspectScreen } from '../support/inspect-screen.ts';

// A driver that never answers, as a person meets it at the window: it is given its time, then stopped and said so.

let desk: CardDesk;
let card: PersonsCard;
beforeAll(async () => {
  desk = await openCardDesk();
  await desk.setUpCards();
  await desk.link('officer');
  card = desk.makeCard({ uuid: CARD_OF.officer });
  await desk.enrol('officer', card);
  await desk.must('session:signOut', {});
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await desk.screenshot('failed-card-hangs');
});
afterAll(() => desk?.close({ forget: true }));

const passcode = () => desk.page.getByRole('textbox', { name: /^Passcode/ });
const navigation = () => desk.page.getByRole('navigation', { name: 'Main' });
const signInWith = async (pin: string) => {
  await passcode().fill(pin);
  await desk.page.keyboard.press('Enter');
};
const byPassword = async (account: string) => {
  const choice = desk.page.getByRole('radiogroup', { name: 'How to sign in' });
  await choice.getByText('Username and password').click();
  await desk.page.getByRole('textbox', { name: 'Username' }).fill(account);
  await desk.page.getByLabel('Password', { exact: true }).fill(`practice-as-${account}`);
  await desk.page.keyboard.press('Enter');
};

test('card software that hangs in a signature is stopped and said so; the window goes on, and a password still opens it', async () => {
  const { page } = desk;
  const module = makeFaultyModule(desk.home, 'hangs-on-sign', desk.pcsc.module);
  await desk.setUpCards({ modulePaths: [module.path] });
  await desk.must('session:signOut', {});
  await signInWith(PIN);
  await page.getByText('The card is being asked.').waitFor();
  await expect.poll(module.hasBegun).toBe(true);
  expect(await passcode().inputValue(), 'what was typed is gone').toBe('');
  await inspectScreen(desk, 'card-asked-and-hangs');
  await page
    .getByText('The card software did not answer and was stopped. Take the card out')
    .waitFor({ timeout: 40_000 });
  // Once, and not a second time as the fault of the try.
  expect(await page.getByText('did not answer and was stopped').count()).toBe(1);
  await inspectScreen(desk, 'card-hung-in-signature');
  expect((await desk.must('session:getState', {})).user).toBeNull();
  expect(card.triesLeft(), 'no try was spent').toBe(3);

  // Started again by itself, and it hangs again: meanwhile somebody signs in by password, and stays in when it is stopped.
  await passcode().waitFor();
  await page.getByRole('alert').getByText('The card’s driver did not answer and was stopped').waitFor();
  await inspectScreen(desk, 'card-after-a-hang');
  await signInWith(PIN);
  await page.getByText('The card is being asked.').waitFor();
  await byPassword('owner');
  await navigation().waitFor();
  const moduleState = async () => (await desk.must('cards:getState', {})).module.state;
  await expect.poll(moduleState, { timeout: 40_000 }).toBe('hung');
  expect((await desk.must('session:getState', {})).user).toMatchObject({ username: 'owner' });

  await desk.setUpCards();
  await desk.must('session:signOut', {});
  await signInWith(PIN);
  await navigation().waitFor();
});
