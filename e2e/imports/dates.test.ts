import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { ownFiles } from './own-files.ts';
import { check, choose, createTrust, dryRun, putAside } from './steps.ts';

// What the mapping screen says of dates and of the moment, and what a person may say otherwise.
const files = ownFiles('dates');
let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  desk.page.setDefaultTimeout(30_000);
  await createTrust(desk);
});
afterAll(() => desk?.close());

test('a column that can be read two ways asks, a moment can be corrected, and the check says what it changes', async () => {
  const { page } = desk;
  const file = files.write(
    'holdings-month-first.csv',
    [
      '"Generated 18/11/2026 07:15, data as at 16/11/2026"',
      'Employee Number,User Name,Responsibility,Start Date,End Date',
      '10000002,919AABLE01,919 Local Reports,03/04/2026,30-Nov-2026',
      '10000003,919BBAKE01,919 Local Reports,11/25/2025,31-Dec-4712',
      '',
    ].join('\r\n'),
  );
  await choose(desk, file);
  await page.getByText('11/25/2025 (line 4) can only be month first, and 03/04/2026 (line 3)').waitFor();
  await page.getByText('The file gives a day, 16 Nov 2026, and no time').waitFor();
  const button = page.getByRole('button', { name: 'Check the file' });
  expect(await button.isDisabled()).toBe(true);
  await page.getByText('Say how the dates of “Start Date” are written.').waitFor();
  await page.getByLabel('How the dates of Start date are written').scrollIntoViewIfNeeded();
  await inspectScreen(desk, 'imports-dates');
  await page.getByLabel('How the dates of Start date are written').selectOption('month-first');
  await page.getByLabel('When was the extract taken?').fill('2026-11-17T09:00');
  await page.getByText('You say another time than the file.').waitFor();
  await inspectScreen(desk, 'imports-dates-said');
  await check(desk);
  const card = await dryRun(desk);
  expect(await card.getByRole('list', { name: 'Remarks' }).textContent()).toContain(
    'You say that it was taken on 17 Nov 2026, 09:00; the file says 16 Nov 2026, 00:00.',
  );
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Take the file’s own' }).click();
  expect(await page.getByLabel('When was the extract taken?').inputValue()).toBe('2026-11-16T00:00');
  await putAside(desk);
});
