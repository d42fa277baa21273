import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Desk } from '../support/launch-desk.ts';
import {
  approve,
  goTo,
  importFile,
  key,
  laterHoldings,
  openRequest,
  panel,
  readStory,
  recordAuthorisation,
  sampleFile,
  signIn,
  signOut,
} from '../support/main-job.ts';
import { openPrepared } from '../support/prepared-homes.ts';

// The main job in the real window, on the training store: from the OneForm to "verified in ESR", with both kinds of exception.
const story = readStory();
const form = (id: string): string => {
  const reference = story.get(id);
  if (reference === undefined) throw new Error(`the sample has no story ${id}`);
  return reference;
};
const GRANTED = ['ready-core', 'ready-supervisor', 'ready-administrator', 'ready-manager'];
const KEYED = [...GRANTED, 'keyed-not-seen'];

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('training');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk.close());

test('an officer records the authorisation and approves what holds every prerequisite', async () => {
  await signIn(desk, 'officer');
  for (const id of KEYED) {
    await openRequest(desk, form(id));
    await recordAuthorisation(desk);
    await approve(desk);
  }
});

test('the officer who approved may not key it, and is told why', async () => {
  expect(await desk.page.getByRole('button', { name: /^I have keyed this/ }).isDisabled()).toBe(true);
  await desk.page.getByText(/person who approved the access may not also key it/).waitFor();
});

test('approval stays closed while a prerequisite is missing', async () => {
  for (const [id, sentence] of [
    ['missing-as-number', /Finance has not issued an AS number/],
    ['missing-smartcard', /shows no smartcard/],
    ['missing-hierarchy', /nobody reports to this person/],
    ['conflicting-urp', /HR Administration is held/],
  ] as const) {
    await openRequest(desk, form(id));
    await recordAuthorisation(desk);
    await desk.page.getByText(sentence).first().waitFor();
    expect(await desk.page.getByRole('button', { name: 'Approve', exact: true }).isDisabled()).toBe(true);
  }
});

test('a form without authorisation is returned with what is missing', async () => {
  await openRequest(desk, form('missing-authorisation'));
  await desk.page.getByRole('button', { name: 'Return the form…' }).first().click();
  const dialog = desk.page.getByRole('dialog');
  expect(await dialog.getByLabel('What is missing').inputValue()).toMatch(/authoris/i);
  await dialog.getByRole('button', { name: 'Return the form', exact: true }).click();
  await panel(desk.page, 'Waiting for a corrected form').waitFor();
  await signOut(desk);
});

test('another officer keys them, each value one click away', async () => {
  await signIn(desk, 'officer2');
  for (const id of KEYED) {
    await openRequest(desk, form(id));
    if (id === 'ready-core') {
      await desk.page
        .getByRole('list', { name: 'Keying steps' })
        .getByRole('button', { name: /Copy/ })
        .first()
        .click();
      const copied = await desk.app.evaluate(async ({ clipboard }) => clipboard.readText());
      expect(copied).not.toBe('');
    }
    await key(desk);
  }
});

test('an extract taken before the keying proves nothing, and says so', async () => {
  const said = await importFile(desk, sampleFile('holdings-2.csv'));
  expect(said).toMatch(/before/i);
  await openRequest(desk, form('ready-core'));
  await panel(desk.page, 'Waiting for the next holdings extract').waitFor();
});

test('the next extract verifies and closes what it shows, and raises what it does not', async () => {
  await importFile(desk, laterHoldings(desk.home, new Date()));
  for (const id of GRANTED) {
    await openRequest(desk, form(id));
    await panel(desk.page, 'Verified and closed').waitFor();
  }
  await openRequest(desk, form('keyed-not-seen'));
  await panel(desk.page, 'Keyed, but not seen in ESR').waitFor();
});

test('both kinds of exception are listed', async () => {
  await goTo(desk, 'Exceptions');
  await desk.page.getByText('Keyed but not seen').first().waitFor();
  await desk.page.getByText('Seen but never approved').first().waitFor();
  await desk.page.getByText('Payroll Super Administration').first().waitFor();
});

test('the changes file finds the person of an unmatched form', async () => {
  await importFile(desk, sampleFile('GO_919_TST_GOC_20261109_00000102.DAT'));
  await openRequest(desk, form('matched-by-changes'));
  await panel(desk.page, 'Record the line manager’s authorisation').waitFor();
  await signOut(desk);
});

test('the ledger holds every step and verifies', async () => {
  await signIn(desk, 'teamlead');
  await goTo(desk, 'Ledger');
  await desk.page
    .getByText(/verified in ESR|seen in/i)
    .first()
    .waitFor();
  await desk.page.getByRole('button', { name: /^Verify/ }).click();
  await desk.page
    .getByText(/events are as they were written/)
    .first()
    .waitFor({ timeout: 60_000 });
});
