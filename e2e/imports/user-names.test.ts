import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { sampleFile } from '../support/main-job.ts';
import { GO_FULL } from './bad-files.ts';
import { ownFiles } from './own-files.ts';
import {
  addUser,
  check,
  choose,
  createTrust,
  dryRun,
  finished,
  firstSignIn,
  importButton,
  importWhole,
} from './steps.ts';

// Holdings that name ESR accounts and no employee numbers: whose each account is, said once on a screen of its own.
const files = ownFiles('user-names');
const OFFICER = {
  displayName: 'Officer of the test',
  username: 'officer',
  password: 'lantern-Meadow-4-harbour',
};
let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  desk.page.setDefaultTimeout(30_000);
  await createTrust(desk);
  await addUser(desk, OFFICER, '90000002');
  await desk.page.keyboard.press('Control+l');
  await firstSignIn(desk, OFFICER, 'copper-Window-9-thistle');
  await importWhole(desk, sampleFile(GO_FULL));
  await importWhole(desk, sampleFile('holdings-1.csv'), /starting position/);
}, 300_000);
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close());

/** The sample's second export without its first column, and one account more that nobody has. */
const withoutNumbers = (): string => {
  const [title = '', run = '', header = '', ...rows] = readFileSync(
    sampleFile('holdings-2.csv'),
    'utf8',
  ).split(/\r?\n/);
  const cut = (line: string) => line.slice(line.indexOf(',') + 1);
  const stranger = '919ZZUNKNOWN01,"Unknown, Zz",919 Local Reports,01-Jan-2026,,';
  return [title, run, cut(header), ...rows.filter(Boolean).map(cut), stranger, ''].join('\r\n');
};

test('an account is nobody’s until a person confirms it, by hand or all that ESR stated', async () => {
  const { page } = desk;
  await choose(desk, files.write('accounts.csv', withoutNumbers()));
  await check(desk);
  const card = await dryRun(desk);
  // Until somebody confirms an account, what it has is nobody's: so the import asks why it is taken.
  await card.getByLabel(/^Why is it taken/).fill('the export names accounts alone now');
  await importButton(desk).click();
  await finished(desk);
  await page.getByRole('link', { name: /^Say whose \d+ user names are$/ }).click();
  await page.getByRole('heading', { level: 1, name: 'User names' }).waitFor();
  await page.getByText(/accounts wait to be confirmed\. ESR’s own exports say whose/).waitFor();
  await page.getByRole('grid', { name: 'User names to confirm' }).waitFor();
  await inspectScreen(desk, 'user-names');
  await page.getByRole('button', { name: /^Confirm the [\d,]+ accounts that ESR stated$/ }).click();
  await page
    .getByText(/^\d+ accounts? waits? to be confirmed\. ESR’s exports say of none whose it is\.$/)
    .waitFor();
  await page.getByLabel('Search user names').fill('zzunknown');
  await page.getByRole('gridcell', { name: '919ZZUNKNOWN01' }).click();
  const dialog = page.getByRole('dialog', { name: '919ZZUNKNOWN01', exact: true });
  await dialog.getByText(/No export named a person with it/).waitFor();
  await inspectScreen(desk, 'user-name-of-nobody');
  await dialog.getByRole('button', { name: 'Nobody’s account' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Confirmed', { exact: true }).first().click();
  await page.getByRole('gridcell', { name: '919ZZUNKNOWN01' }).click();
  await dialog.getByText('Nobody’s account.').waitFor();
  await inspectScreen(desk, 'user-name-confirmed');
  await dialog.getByRole('button', { name: 'Take back…' }).click();
  await page.getByLabel('Reason').fill('it is somebody’s after all');
  await page.getByRole('button', { name: 'Take back', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => window.api.accounts.count({}))).toMatchObject({ ok: true });
}, 240_000);
