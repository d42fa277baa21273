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

const OFFICER = 'Training officer';
const broken = () => desk.page.getByRole('note', { name: 'Glass is broken' });
const passcode = () => desk.page.getByRole('textbox', { name: 'Passcode' });
const signIn = async (pin: string) => {
  await passcode().fill(pin);
  await desk.page.keyboard.press('Enter');
};
const byPassword = async (name: string) => {
  await desk.page.getByText('Username and password', { exact: true }).click();
  await desk.page.getByRole('textbox', { name: 'Username' }).fill(name);
  await desk.page.getByRole('textbox', { name: 'Password' }).fill(`practice-as-${name}`);
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
  await byPassword('officer');
  await page.getByText('Your card is asked for').waitFor();
  await passcode().waitFor();
  await desk.screenshot('card-required');
  await byPassword('owner');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(await page.evaluate(() => window.location.hash)).toMatch(/^(#\/)?$/);

  await desk.must('users:breakGlass', {
    id: await desk.idOf('officer'),
    hours: 2,
    reason: 'the card is being replaced',
  });
  await broken().getByText(/until/).waitFor();
  await desk.screenshot('broken-glass');
});

test('under the banner the list of requests is shorter, and comes back with the request that was gone on to in sight', async () => {
  const { page } = desk;
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests' }).click();
  const grid = page.getByRole('grid', { name: 'Requests' });
  await grid.getByRole('row').nth(1).dblclick();
  const standing = (place: number) => page.getByText(new RegExp(`^${place} of [\\d,]+$`)).waitFor();
  const isRowInSight = async () => {
    await page.getByRole('link', { name: 'Back to the queue' }).click();
    const chosen = grid.locator('[aria-selected="true"]');
    await chosen.waitFor();
    return chosen.evaluate((row) => {
      const list = row.closest('[role="grid"]')?.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      return list !== undefined && top >= list.top && bottom <= list.bottom;
    });
  };
  // One after the other past the foot of the list: whichever is the last, its row is never cut off by it.
  for (let at = 2; at <= 14; at += 1) {
    await standing(at - 1);
    await page.getByRole('button', { name: 'Next request' }).click();
    await standing(at);
    expect(await isRowInSight(), `the row of the ${at}th request`).toBe(true);
    await page.keyboard.press('Enter');
  }
});

test('an owner stops it under Users: the banner goes, the password is refused again, and the ledger has it', async () => {
  const { page } = desk;
  const goTo = (screen: string) =>
    page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();
  await goTo('Users');
  await page.getByRole('button', { name: `Actions for ${OFFICER}`, exact: true }).click();
  await page.getByRole('menuitem', { name: 'Stop letting the password in…' }).click();
  const dialog = page.getByRole('dialog', { name: `Stop letting the password of ${OFFICER} in` });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('the new card works');
  const row = page.getByRole('table', { name: 'Users' }).getByRole('row', { name: OFFICER });
  await row.getByText(/^Password let in until/).waitFor();
  await dialog.getByRole('button', { name: 'Stop it now' }).click();
  await dialog.waitFor({ state: 'detached' });
  await broken().waitFor({ state: 'detached' });
  await row.getByText(/^Password let in until/).waitFor({ state: 'detached' });

  await page.keyboard.press('Control+l');
  await page.getByText('Somebody else may sign in too').waitFor();
  await byPassword('officer');
  await page.getByText('Your card is asked for').waitFor();
  expect((await desk.must('session:getState', {})).user).toBeNull();
  await byPassword('owner');
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
  expect(await broken().count()).toBe(0);

  await goTo('Ledger');
  const ledger = page.getByRole('grid', { name: 'Ledger' });
  await ledger.getByText('A trust PC takes the password of an account no more').waitFor();
  const rows = await ledger.getByRole('row').allTextContents();
  // The newest comes first.
  const ended = rows.findIndex((text) => text.includes('users.endBreakGlass'));
  expect(rows[ended]).toMatch(/Training owner.*Done/);
  const refused = rows.findIndex((text) => text.includes('Sign-in by password refused'));
  expect(rows[refused]).toContain('Refused');
  expect(refused).toBeGreaterThanOrEqual(0);
  expect(refused, 'refused after it was stopped').toBeLessThan(ended);
  await desk.screenshot('glass-ended-ledger');
});
