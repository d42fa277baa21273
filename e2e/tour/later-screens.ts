import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { check, choose, createTrust, dryRun, importWhole, OWNER, putAside } from '../imports/steps.ts';
import type { Desk } from '../support/launch-desk.ts';
import {
  approve,
  chooseFile,
  goTo,
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
import type { TourTools } from '../support/run-tour.ts';

export type Shoot = (desk: Desk, name: string) => Promise<void>;

/** Screens that need a file of their own: what a file asks, whose accounts are, what no longer holds, and the owner's ways back. */
export async function laterScreens(tools: TourTools, shoot: Shoot): Promise<void> {
  await whatFilesAsk(tools, shoot);
  await whatNoLongerHolds(tools, shoot);
}

/** The same screen in the smallest window that people work in. */
async function shootSmall(desk: Desk, name: string, shoot: Shoot): Promise<void> {
  await resize(desk, 900, 640);
  await shoot(desk, `${name}-small`);
  await resize(desk, 1280, 820);
}

async function resize({ app, page }: Desk, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await page.waitForFunction(([w, h]) => innerWidth === w && innerHeight === h, [width, height]);
}

const write = (desk: Desk, name: string, text: string): string => {
  const folder = path.join(desk.home, 'files');
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const file = path.join(folder, name);
  writeFileSync(file, text, { mode: 0o644 });
  return file;
};
const rowsOf = (name: string): readonly string[] => readFileSync(sampleFile(name), 'utf8').split(/\r?\n/);

async function whatFilesAsk({ launch, say }: TourTools, shoot: Shoot): Promise<void> {
  say('What files ask, and a first file that was wrong.');
  const desk = await launch();
  const { page } = desk;
  await createTrust(desk, OWNER, 'Sample NHS Foundation Trust');
  const twoWays = [
    '"Generated 18/11/2026 07:15, data as at 16/11/2026"',
    'Employee Number,User Name,Responsibility,Start Date,End Date',
    '10000002,919AABLE01,919 Local Reports,03/04/2026,30-Nov-2026',
    '10000003,919BBAKE01,919 Local Reports,11/25/2025,31-Dec-4712',
    '',
  ];
  await choose(desk, write(desk, 'holdings-month-first.csv', twoWays.join('\r\n')));
  const question = page.getByLabel('How the dates of Start date are written');
  await question.scrollIntoViewIfNeeded();
  await shoot(desk, 'import-dates');
  await shootSmall(desk, 'import-dates', shoot);
  await putAside(desk);
  const goFull = 'GO_919_TST_GOF_20261102_00000101.DAT';
  await importWhole(desk, sampleFile(goFull));
  await page.getByRole('grid', { name: 'Past imports' }).getByRole('row').filter({ hasText: goFull }).click();
  await page.getByRole('button', { name: 'Undo the import…' }).click();
  const undo = page.getByRole('dialog', { name: 'Undo an import' });
  await undo.getByText(/rows that it brought go/).waitFor();
  await undo.getByRole('textbox', { name: 'Reason' }).fill('It came from the test system.');
  await shoot(desk, 'import-undo');
  await shootSmall(desk, 'import-undo', shoot);
  await undo.getByRole('button', { name: 'Undo the import' }).click();
  await undo.waitFor({ state: 'detached' });
  const past = page.getByRole('row').filter({ hasText: goFull });
  await past.getByText('undone').waitFor();
  await past.scrollIntoViewIfNeeded();
  await shoot(desk, 'import-undone');
  await desk.close();
}

async function whatNoLongerHolds({ launch, say }: TourTools, shoot: Shoot): Promise<void> {
  say('A file that would take much, user names, and an approval that no longer holds.');
  const form = readStory().get('ready-core') ?? '';
  const desk = await launch();
  const { page } = desk;
  await openTraining(desk);
  await signIn(desk, 'officer');
  await openRequest(desk, form);
  await recordAuthorisation(desk);
  await approve(desk);

  const [title = '', run = '', header = '', ...rows] = rowsOf('holdings-2.csv');
  const half = rows.filter((_, i) => i % 2 === 0);
  await chooseFile(desk, write(desk, 'holdings-half.csv', [title, run, header, ...half, ''].join('\r\n')));
  await check(desk);
  await (await dryRun(desk)).getByRole('textbox', { name: /^Why is it taken/ }).scrollIntoViewIfNeeded();
  await shoot(desk, 'import-loses-much');
  await shootSmall(desk, 'import-loses-much', shoot);
  await putAside(desk);

  const cut = (line: string): string => line.slice(line.indexOf(',') + 1);
  const stranger = '919ZZUNKNOWN01,"Unknown, Zz",919 Local Reports,01-Jan-2026,,';
  const accounts = [title, run, cut(header), ...rows.filter(Boolean).map(cut), stranger, ''];
  await importFile(desk, write(desk, 'holdings-accounts.csv', accounts.join('\r\n')));
  await goTo(desk, 'User names');
  await page.getByRole('grid', { name: 'User names to confirm' }).getByRole('row').nth(1).waitFor();
  await shoot(desk, 'user-names');
  await shootSmall(desk, 'user-names', shoot);
  await page.getByLabel('Search user names').fill('zzunknown');
  await page.getByRole('gridcell', { name: '919ZZUNKNOWN01' }).click();
  const whose = page.getByRole('dialog', { name: '919ZZUNKNOWN01', exact: true });
  await whose.getByText(/No export named a person with it/).waitFor();
  await shoot(desk, 'user-name');
  await whose.getByRole('button', { name: 'Close' }).click();

  const text = rowsOf('training.csv').join('\r\n').replaceAll(',Compliant,', ',Compliant - Expired,');
  await importFile(desk, write(desk, 'training.csv', `Run date: 02-Nov-2026 07:30:00\r\n${text}`));
  await goTo(desk, 'Requests');
  await page.getByRole('button', { name: /^Not grantable: [1-9]/ }).click();
  await page.getByRole('row', { name: new RegExp(`${form}.*Not grantable`) }).waitFor();
  await shoot(desk, 'requests-not-grantable');
  await shootSmall(desk, 'requests-not-grantable', shoot);
  await openRequest(desk, form);
  await panel(page, 'Approved, and no longer grantable').waitFor();
  await shoot(desk, 'request-not-grantable');
  await shootSmall(desk, 'request-not-grantable', shoot);
  await signOut(desk);

  await signIn(desk, 'owner');
  await goTo(desk, 'Exceptions');
  await page.getByRole('button', { name: 'Take the starting position anew…' }).click();
  const anew = page.getByRole('dialog', { name: 'Take the starting position anew' });
  await anew.waitFor();
  await shoot(desk, 'starting-position');
  await anew.getByRole('button', { name: 'Cancel' }).click();
  await goTo(desk, 'Imports');
  await page
    .getByRole('grid', { name: 'Past imports' })
    .getByRole('row')
    .filter({ hasText: 'GO, full' })
    .click();
  await shoot(desk, 'import-past');
  await page.getByRole('button', { name: 'Undo the import…' }).click();
  await page.getByText('It cannot be undone any more.').waitFor();
  await shoot(desk, 'import-undo-refused');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await goTo(desk, 'Settings');
  await page.getByLabel('Status words that mean passed').first().scrollIntoViewIfNeeded();
  await shoot(desk, 'settings-training');
  await desk.close();
}
