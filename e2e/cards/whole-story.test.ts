import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CARD_OF, type CardDesk, openCardDesk, type PersonsCard, PIN } from '../support/card/card-desk.ts';
import { openRequest, panel, readStory, recordAuthorisation } from '../support/main-job.ts';
import { shownSignature, takeOutside } from '../support/signature.ts';

// One officer's morning in one test, by keyboard and mouse alone once an owner has set smartcards up: in by card, locked when the card is
// pulled, back to the same words, refused by password on a trust PC, an approval signed on the card, and openssl's word on it.
const REQUEST = readStory().get('ready-core') ?? '';
const WORDS = 'was this asked for by the right ward?';

let desk: CardDesk;
let card: PersonsCard;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'esr-story-'));
  desk = await openCardDesk();
  card = desk.makeCard({ uuid: CARD_OF.officer });
  await desk.setUpCards({
    signatures: {
      'approve-request': 'card',
      exception: 'card-or-password',
      'urgent-removal': 'none',
      'audit-sign-off': 'card-or-password',
    },
  });
  await desk.link('officer');
  await card.insert(desk.pcsc.slots[0]);
  await desk.enrol('officer', card);
  await desk.must('session:signOut', {});
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk?.close({ forget: true });
});

const signInByCard = async () => {
  await desk.page.getByRole('textbox', { name: 'Passcode' }).fill(PIN);
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
};
const dialog = (name: string) => desk.page.getByRole('dialog', { name });

test('in by card, locked without it, back, refused by password, an approval signed, and sound outside the program', async () => {
  const { page } = desk;
  await signInByCard();
  await openRequest(desk, REQUEST);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Withdraw' }).click();
  const withdraw = dialog('Withdraw the request');
  await withdraw.getByRole('textbox', { name: 'Reason' }).fill(WORDS);
  await expect.poll(async () => (await desk.must('drafts:list', {})).drafts.length).toBe(1);

  await card.remove();
  await page.getByText('The smartcard was taken out').waitFor();
  expect(await page.content()).not.toContain(WORDS);

  await card.insert(desk.pcsc.slots[0]);
  await signInByCard();
  await withdraw.getByText('Kept from before.').waitFor();
  expect(await withdraw.getByRole('textbox', { name: 'Reason' }).inputValue()).toBe(WORDS);
  await withdraw.getByRole('button', { name: 'Cancel' }).click();

  await page.keyboard.press('Control+l');
  await page.getByText('It was locked by hand').waitFor();
  await page.getByText('Username and password', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Username' }).fill('officer');
  await page.getByRole('textbox', { name: 'Password' }).fill('practice-as-officer');
  await page.keyboard.press('Enter');
  await page.getByText('Your card is asked for').waitFor();
  expect((await desk.must('session:getState', {})).user).toBeNull();
  await signInByCard();

  await page.getByRole('heading', { level: 1, name: new RegExp(REQUEST) }).waitFor();
  await recordAuthorisation(desk);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const sign = dialog('Sign the approval');
  await sign.getByLabel(/^Your passcode/).fill(PIN);
  await sign.getByRole('button', { name: 'Sign and approve' }).click();
  await panel(page, 'Key it into ESR').waitFor();
  await shownSignature(desk).getByText('Sound', { exact: true }).waitFor();
  const check = await takeOutside(desk, folder);
  check();
  appendFileSync(path.join(folder, 'text.txt'), ' ');
  expect(check).toThrow(/verif|digest/i);
});
