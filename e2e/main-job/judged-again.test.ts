import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import {
  approve,
  importFile,
  openRequest,
  openTraining,
  panel,
  readStory,
  recordAuthorisation,
  sampleFile,
  signIn,
  signOut,
} from '../support/main-job.ts';

// An approval whose training ran out behind it, in the real window: marked, withheld, recorded all the same.
const reference = readStory().get('ready-core') ?? '';

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  desk.page.setDefaultTimeout(20_000);
  await openTraining(desk);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk.close());

/** The sample's training file with every status that counted as passed taken back. */
function trainingRunOut(): string {
  const text = readFileSync(sampleFile('training.csv'), 'utf8').replaceAll(
    ',Compliant,',
    ',Compliant - Expired,',
  );
  const folder = path.join(desk.home, 'files');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const file = path.join(folder, 'training-run-out.csv');
  writeFileSync(file, `Run date: 02-Nov-2026 07:30:00\r\n${text}`, { mode: 0o644 });
  return file;
}

test('an import that takes the ground from an approval says so, and the queue lists it', async () => {
  const { page } = desk;
  await signIn(desk, 'officer');
  await openRequest(desk, reference);
  await recordAuthorisation(desk);
  await approve(desk);
  expect(await importFile(desk, trainingRunOut())).toMatch(/approved and no longer grantable/);
  await page.getByRole('navigation').getByRole('link', { name: 'Requests' }).click();
  await page.getByRole('button', { name: /^Not grantable: [1-9]/ }).click();
  await page.getByRole('row', { name: new RegExp(`${reference}.*Not grantable`) }).waitFor();
  await signOut(desk);
});

test('the keying steps are withheld, and the page says what no longer holds', async () => {
  const { page } = desk;
  await signIn(desk, 'officer2');
  await openRequest(desk, reference);
  await panel(page, 'Approved, and no longer grantable').waitFor();
  await page.getByText('Information governance training has not been passed.').first().waitFor();
  expect(await page.getByRole('list', { name: 'Keying steps' }).count()).toBe(0);
  for (const name of ['Withdraw the approval…', 'Ask the Caldicott Guardian…'])
    expect(await page.getByRole('button', { name }).isEnabled()).toBe(true);
});

test('what stands in ESR already is recorded with the warning', async () => {
  const { page } = desk;
  await page.getByRole('button', { name: 'It is in ESR already…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('It is no longer grantable').waitFor();
  await dialog.getByRole('button', { name: 'Record it all the same' }).click();
  await panel(page, 'Waiting for the next holdings extract').waitFor();
  await page.getByText(/Recorded as standing in ESR although it was no longer grantable/).waitFor();
  const raised = page.getByRole('region', { name: 'Exceptions of this request' });
  await raised.getByText('Keyed, no longer grantable').waitFor();
  await inspectScreen(desk, 'request-with-exception');
  await raised.getByRole('link', { name: 'See Exceptions' }).click();
  await page.getByRole('heading', { level: 1, name: 'Exceptions' }).waitFor();
});
