import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import {
  approve,
  goTo,
  openRequest,
  panel,
  readStory,
  recordAuthorisation,
  signIn,
  signOut,
} from '../support/main-job.ts';
import { openPrepared } from '../support/prepared-homes.ts';

// An exception to the procedure (5.1.1) in the real window: asked by an officer, decided and signed by the Caldicott Guardian,
// approved and keyed by two officers, end-dated. In the training store, whose policy has exceptions signed, by password here.
const REFERENCE = readStory().get('missing-smartcard') ?? '';
const UNMANAGED = readStory().get('missing-authorisation') ?? '';
const REASON = 'covers the winter until the card is made';
/** Half a year from today: the program takes no day that is past. */
const UNTIL = new Date(Date.now() + 182 * 86_400_000).toISOString().slice(0, 10);
const [YEAR = '', MONTH = '', DAY = ''] = UNTIL.split('-');
const SHOWN = `${Number(DAY)} ${new Date(Date.UTC(2000, Number(MONTH) - 1)).toLocaleString('en-GB', { month: 'short', timeZone: 'UTC' }).slice(0, 3)} ${YEAR}`;

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('training');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close({ forget: true }));

const dialog = (name: string) => desk.page.getByRole('dialog', { name });
const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
const asked = () => desk.page.getByRole('region', { name: 'Next step' });

test('an officer asks for it where the approval is closed, and sees what it would be from', async () => {
  await signIn(desk, 'officer');
  await openRequest(desk, REFERENCE);
  await recordAuthorisation(desk);
  expect(await button('Approve').isDisabled()).toBe(true);
  await button('Ask the Caldicott Guardian…').click();
  const ask = dialog('Ask for an exception');
  await ask.getByText(/Smartcard or virtual smartcard/).waitFor();
  await ask.getByText(/no smartcard for this person/).waitFor();
  await ask.getByRole('button', { name: 'Ask the Guardian' }).click();
  await ask.getByText('Say why in a few words').waitFor();
  await ask.getByRole('textbox', { name: 'Reason' }).fill(REASON);
  await inspectScreen(desk, 'exception-ask');
  await ask.getByRole('button', { name: 'Ask the Guardian' }).click();
  await panel(desk.page, 'With the Caldicott Guardian').waitFor();
  await asked().getByText(REASON).waitFor();
  await inspectScreen(desk, 'exception-asked');
});

test('the Guardian finds it from home, and what they typed outlives a lock', async () => {
  await signOut(desk);
  await signIn(desk, 'guardian');
  await desk.page.getByRole('link', { name: /^With the Caldicott Guardian/ }).click();
  await desk.page.getByRole('row', { name: new RegExp(REFERENCE) }).waitFor();
  // The screen of the same name is about something else, and says where theirs are.
  await goTo(desk, 'Exceptions');
  await desk.page.getByRole('link', { name: 'the queue, with the Guardian' }).click();
  await desk.page.getByRole('row', { name: new RegExp(REFERENCE) }).dblclick();
  await panel(desk.page, 'Decide on the exception').waitFor();
  await inspectScreen(desk, 'exception-to-decide');
  await button('Decide…').click();
  const decide = dialog('Decide on the exception');
  await decide.getByRole('button', { name: 'Grant the exception' }).click();
  await decide.getByText('Choose one of the two').waitFor();
  await decide.getByRole('radio', { name: 'Grant it, until a day' }).check();
  await decide.getByLabel(/^The access ends by/).fill('2020-01-31');
  await decide.getByRole('textbox', { name: 'Reason' }).fill('the need is real');
  await decide.getByText('This day is past').waitFor();
  await decide.getByLabel(/^The access ends by/).fill(UNTIL);
  await desk.page.keyboard.press('Control+l');
  await desk.page.getByText('It was locked by hand').waitFor();
  await signIn(desk, 'guardian');
  await decide.getByText('Kept from before.').waitFor();
  expect(await decide.getByLabel(/^The access ends by/).inputValue()).toBe(UNTIL);
  expect(await decide.getByRole('radio', { name: 'Grant it, until a day' }).isChecked()).toBe(true);
  await inspectScreen(desk, 'exception-decide');
});

test('the decision is signed over the very words that are shown', async () => {
  await dialog('Decide on the exception').getByRole('button', { name: 'Grant the exception' }).click();
  const sign = dialog('Sign the decision on the exception');
  const text = (await sign.getByRole('region', { name: 'Text that is signed' }).textContent()) ?? '';
  for (const part of [
    `Request: ${REFERENCE}, `,
    `\nWhy: ${REASON}\n`,
    `\nDecision: granted, for access that ends no later than ${SHOWN}\n`,
    '\nBecause: the need is real\n',
    '\nDecided as Caldicott Guardian by: Training Caldicott Guardian (',
  ])
    expect(text).toContain(part);
  await inspectScreen(desk, 'exception-sign');
  // Back to the form, and nothing is lost.
  await sign.getByRole('button', { name: 'Cancel' }).click();
  await dialog('Decide on the exception').getByRole('button', { name: 'Grant the exception' }).click();
  await sign.getByLabel(/^Your password/).fill('not the password');
  await desk.page.keyboard.press('Enter');
  await sign.getByText('Nothing was decided', { exact: true }).waitFor();
  await sign.getByLabel(/^Your password/).fill('practice-as-guardian');
  await sign.getByRole('button', { name: 'Sign and grant' }).click();
  await sign.waitFor({ state: 'detached' });
  await panel(desk.page, 'Approve').waitFor();
  await asked().getByText(`made an exception as Caldicott Guardian`).waitFor();
  const signature = desk.page.getByRole('region', { name: 'Signatures' }).getByRole('article');
  await signature.getByText('Sound', { exact: true }).waitFor();
  await signature.getByText(/^Decision on an exception, signed/).waitFor();
  expect(await button('Approve').isDisabled()).toBe(true);
  await desk.page.getByText('Only a Corporate Systems officer takes this step.').waitFor();
});

test('an officer approves, another keys it, with an end no later than the exception’s', async () => {
  await signOut(desk);
  await signIn(desk, 'officer');
  await openRequest(desk, REFERENCE);
  await desk.page.getByText(/made an exception as Caldicott Guardian until/).waitFor();
  await inspectScreen(desk, 'exception-granted');
  await approve(desk);
  await signOut(desk);
  await signIn(desk, 'officer2');
  await openRequest(desk, REFERENCE);
  await button('I have keyed this…').click();
  const keying = dialog('I have keyed this');
  const end = keying.getByLabel(/^End date in ESR/);
  expect(await end.inputValue()).toBe(UNTIL);
  await end.fill('');
  await keying.getByRole('button', { name: 'Record as keyed' }).click();
  await keying.getByText(new RegExp(`exception, which ends on ${SHOWN}`)).waitFor();
  await end.fill(UNTIL);
  await keying.getByRole('button', { name: 'Record as keyed' }).click();
  await panel(desk.page, 'Waiting for the next holdings extract').waitFor();
  await signOut(desk);
});

test('one that is refused leaves the form to be returned, and says who refused it and why', async () => {
  await signIn(desk, 'officer');
  await openRequest(desk, UNMANAGED);
  await button('Ask the Caldicott Guardian…').click();
  await dialog('Ask for an exception').getByRole('textbox', { name: 'Reason' }).fill(REASON);
  await button('Ask the Guardian').click();
  await panel(desk.page, 'With the Caldicott Guardian').waitFor();
  await signOut(desk);
  await signIn(desk, 'guardian');
  await openRequest(desk, UNMANAGED);
  await button('Decide…').click();
  const decide = dialog('Decide on the exception');
  await decide.getByRole('radio', { name: 'Refuse it' }).check();
  expect(await decide.getByLabel(/^The access ends by/).count()).toBe(0);
  await decide.getByRole('textbox', { name: 'Reason' }).fill('the manager can be asked');
  await decide.getByRole('button', { name: 'Refuse the exception' }).click();
  const sign = dialog('Sign the decision on the exception');
  await sign.getByLabel(/^Your password/).fill('practice-as-guardian');
  await sign.getByRole('button', { name: 'Sign and refuse' }).click();
  await panel(desk.page, 'Return the form').waitFor();
  await asked().getByText('refused an exception').waitFor();
  await asked().getByText('the manager can be asked').waitFor();
  await signOut(desk);
});
