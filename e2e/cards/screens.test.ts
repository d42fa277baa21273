import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  CARD_OF,
  type CardDesk,
  openCardDesk,
  type PersonsCard,
  PIN,
  wrongPin,
} from '../support/card/card-desk.ts';

// The screens as a person meets them, with a card in a real reader: signing in, the lock, and coming back.
let desk: CardDesk;
let card: PersonsCard;
beforeAll(async () => {
  desk = await openCardDesk();
  desk.page.setDefaultTimeout(20_000);
  card = desk.makeCard({ uuid: CARD_OF.officer });
  await desk.setUpCards();
  await desk.link('officer');
  await card.insert(desk.pcsc.slots[0]);
  await desk.enrol('officer', card);
  await desk.must('session:signOut', {});
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-card-screen-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close({ forget: true }));

const passcode = () => desk.page.getByRole('textbox', { name: 'Passcode' });
const signIn = async (pin: string) => {
  await passcode().fill(pin);
  await desk.page.keyboard.press('Enter');
};
const heading = (name: string) => desk.page.getByRole('heading', { level: 1, name }).waitFor();

test('the sign-in screen turns to the card that is in, asks for its passcode, and tells the tries before another is spent', async () => {
  const { page } = desk;
  await passcode().waitFor();
  await page.getByText('No wrong passcode was tried').waitFor();
  await desk.screenshot('sign-in-card');
  await signIn(wrongPin());
  await page.getByRole('alert').getByText('The passcode is not right.').waitFor();
  expect(await passcode().inputValue(), 'what was typed is gone').toBe('');
  await page.getByText('A wrong passcode was tried before').first().waitFor();
  await desk.screenshot('sign-in-card-wrong');
  await signIn(PIN);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  await page.getByRole('button', { name: /^Account/ }).click();
  await page.getByText('Signed in by smartcard on a trust PC').waitFor();
  await page.keyboard.press('Escape');
});

test('pulled out, it locks; its holder comes back to the same request, with what was typed and not sent', async () => {
  const { page } = desk;
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests' }).click();
  await heading('Requests');
  await page.getByRole('grid', { name: 'Requests' }).getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Withdraw' }).click();
  const reason = page.getByRole('textbox', { name: 'Reason' });
  await reason.fill('the person asked for it not to be given');
  await expect.poll(async () => (await desk.must('drafts:list', {})).drafts.length).toBe(1);
  const place = await page.evaluate(() => window.location.hash);
  expect(place).toMatch(/^#\/requests\/.+/);

  await card.remove();
  await page.getByText('The smartcard was taken out').waitFor();
  await page.getByText('Somebody else may sign in too').waitFor();
  expect(await page.evaluate(() => window.location.hash), 'the page forgot').not.toContain('requests');
  expect(await page.content()).not.toContain('asked for it not to be given');
  await desk.screenshot('locked-by-card');

  await card.insert(desk.pcsc.slots[0]);
  await signIn(PIN);
  await reason.waitFor();
  expect(await reason.inputValue()).toBe('the person asked for it not to be given');
  expect(await page.evaluate(() => window.location.hash)).toBe(place);
  await page.getByText('Kept from before.').waitFor();
  await desk.screenshot('kept-draft');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect.poll(async () => (await desk.must('drafts:list', {})).drafts.length).toBe(0);
});

test('somebody else begins at home, and sees nothing of it; the account’s password is answered with its card', async () => {
  const { page } = desk;
  await page.keyboard.press('Control+l');
  await page.getByText('Somebody else may sign in too').waitFor();
  const password = async (name: string) => {
    await page.getByText('Username and password', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Username' }).fill(name);
    await page.getByRole('textbox', { name: 'Password' }).fill(`practice-as-${name}`);
    await page.keyboard.press('Enter');
  };
  await password('officer');
  await page.getByText('Your card is asked for').waitFor();
  await passcode().waitFor();
  await desk.screenshot('card-required');
  await password('owner');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(await page.evaluate(() => window.location.hash)).toMatch(/^(#\/)?$/);

  await desk.must('users:breakGlass', {
    id: await desk.idOf('officer'),
    hours: 2,
    reason: 'the card is being replaced',
  });
  await page.getByRole('note', { name: 'Glass is broken' }).getByText(/until/).waitFor();
  await desk.screenshot('broken-glass');
});
