import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  CARD_OF,
  type CardDesk,
  openCardDesk,
  type PersonsCard,
  wrongPin,
} from '../support/card/card-desk.ts';
import { runPkcs11Tool } from '../support/card/run-pkcs11-tool.ts';
import { openRequest, panel, readStory, recordAuthorisation } from '../support/main-job.ts';
import type { RunFacts } from '../support/run.ts';
import { shownSignature, takeOutside } from '../support/signature.ts';

/** `ESR_DESK_PICTURES=1` writes the dialogs to out/e2e. */
const pictures = process.env.ESR_DESK_PICTURES === '1';

let desk: CardDesk;
let card: PersonsCard;
let other: PersonsCard;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'esr-signature-'));
  desk = await openCardDesk();
  await desk.setUpCards();
  const { settings } = await desk.must('security:getCardSettings', {});
  await desk.must('security:changeCardSettings', {
    ...settings,
    signatures: { ...settings.signatures, 'approve-request': 'card-or-password' },
  });
  await desk.link('officer');
  card = desk.makeCard({ uuid: CARD_OF.officer });
  other = desk.makeCard({ uuid: CARD_OF.officer2 });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk?.close({ forget: true });
});

const dialog = () => desk.page.getByRole('dialog');
const picture = async (name: string) => void (pictures && (await desk.screenshot(name)));
const goTo = async (screen: string) =>
  desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: screen }).click();

test('another’s card is told before a passcode is spent; the right one is enrolled by an owner', async () => {
  await desk.signInAs('owner');
  await goTo('Users');
  await desk.page.getByRole('button', { name: 'Actions for Training officer' }).click();
  await desk.page.getByRole('menuitem', { name: /^Enrol the card/ }).click();
  await other.insert(desk.pcsc.slots[0]);
  await dialog().getByText('This is another card than the account’s').waitFor();
  await picture('enrol-other-card');
  const passcode = dialog().getByLabel(/^Passcode, typed by/);
  expect(await passcode.count()).toBe(0);
  await other.remove();
  await dialog().getByText('Put the card in the reader').waitFor();
  await card.insert(desk.pcsc.slots[0]);
  await passcode.fill(wrongPin());
  await desk.page.keyboard.press('Enter');
  await dialog().getByText('The card was not enrolled').waitFor();
  await dialog()
    .getByText(/few tries are left/)
    .first()
    .waitFor();
  await picture('enrol-wrong-passcode');
  await passcode.fill(card.pin);
  await desk.page.keyboard.press('Enter');
  await dialog().waitFor({ state: 'detached' });
  await desk.page
    .getByRole('row', { name: /Training officer officer/ })
    .getByText('Card, enrolled')
    .waitFor();
  await picture('users-enrolled');
});

const signedPasscode = () => dialog().getByLabel(/^Your passcode/);
const openSigning = async () => {
  await desk.page.getByRole('button', { name: 'Approve', exact: true }).click();
  await dialog()
    .getByText(/with your smartcard/)
    .waitFor();
};
/** What the dialog says of the card's tries, among the facts above the box. */
const saysOfTries = (words: string) => dialog().getByRole('definition').filter({ hasText: words }).waitFor();

/** A wrong passcode, given to the card by another program. */
const spendElsewhere = async () => {
  const { runAs } = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;
  const args = ['--list-objects', '--type', 'privkey'];
  await runPkcs11Tool(desk.pcsc, runAs ?? undefined, desk.home, args, wrongPin(2));
};

test('signing says the tries before one is spent, clears the box after each refusal, and sees a try that was spent elsewhere', async () => {
  await desk.signInAs('officer');
  await openRequest(desk, readStory().get('ready-core') ?? '');
  await recordAuthorisation(desk);
  await openSigning();
  await saysOfTries('No wrong passcode was tried');
  expect(await signedPasscode().inputValue()).toBe('');
  const spent = () => 3 - card.triesLeft();
  expect(spent()).toBe(0);

  await signedPasscode().fill(wrongPin());
  await desk.page.keyboard.press('Enter');
  await dialog().getByRole('alert').getByText('The passcode is not right.').waitFor();
  expect(await signedPasscode().inputValue(), 'what was typed is gone').toBe('');
  await saysOfTries('few tries are left');
  expect(spent()).toBe(1);
  // An empty box spends nothing.
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await dialog().getByText('Type the passcode').waitFor();
  expect(spent()).toBe(1);
  await picture('signing-card-wrong');

  await spendElsewhere();
  await saysOfTries('This is the last try');
  expect(spent()).toBe(2);
  await picture('signing-card-last');
  // What cannot be a passcode of this card is refused before it, and does not stay in the box either.
  await signedPasscode().fill('1');
  await desk.page.keyboard.press('Enter');
  await dialog().getByText('No try was spent').waitFor();
  expect(await signedPasscode().inputValue()).toBe('');
  expect(spent()).toBe(2);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await panel(desk.page, 'Approve').waitFor();
});

test('an approval is signed by the card, and its signature is sound', async () => {
  await openSigning();
  expect(await signedPasscode().inputValue()).toBe('');
  await signedPasscode().fill(card.pin);
  await picture('signing-card');
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await dialog().waitFor({ state: 'detached' });
  await panel(desk.page, 'Key it into ESR').waitFor();
  const signature = shownSignature(desk);
  await signature.getByText('Sound', { exact: true }).waitFor();
  await signature.getByText(/with their smartcard/).waitFor();
  await signature.scrollIntoViewIfNeeded();
  await picture('signature-card');
  const run = await takeOutside(desk, folder);
  run();
  appendFileSync(path.join(folder, 'text.txt'), ' ');
  expect(run).toThrow(/verif|digest/i);
});

test('the next signature asks for the passcode again', async () => {
  await openRequest(desk, readStory().get('keyed-not-seen') ?? '');
  await recordAuthorisation(desk);
  await openSigning();
  expect(await signedPasscode().inputValue()).toBe('');
  const asked = card.answered('sign');
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await dialog().getByText('Type the passcode').waitFor();
  expect(card.answered('sign'), 'the card is not asked without it').toBe(asked);
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await panel(desk.page, 'Approve').waitFor();
});
