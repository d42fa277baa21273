import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright';
import { esrDate } from '../../electron/domain/dates.ts';
import { generateSampleTrust } from '../../scripts/sample-trust/generate.ts';
import type { Desk } from './launch-desk.ts';

/** The steps of the main job as a person does them, for the end-to-end test and the tour alike. */

const project = path.resolve(import.meta.dirname, '..', '..');
/** The files that the training store was made of, and the later ones beside them. */
export const sampleFile = (name: string): string => path.join(project, 'resources', 'sample-trust', name);

export interface StoryEntry {
  readonly id: string;
  readonly reference: string;
}

/** References of the sample's forms, by what the manifest says of them. */
export function readStory(): ReadonlyMap<string, string> {
  const manifest = JSON.parse(readFileSync(sampleFile('manifest.json'), 'utf8')) as {
    story: readonly StoryEntry[];
  };
  return new Map(manifest.story.map(({ id, reference }) => [id, reference]));
}

/** Any window of the program: opened by Playwright, or the packaged one. */
type Window = Pick<Desk, 'page'>;

export async function openTraining({ page }: Window): Promise<void> {
  await page.getByRole('button', { name: 'Open the training store' }).click();
  await page.getByRole('textbox', { name: 'Username' }).waitFor({ timeout: 90_000 });
}

export async function signIn({ page }: Window, account: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Username' }).fill(account);
  await page.getByLabel('Password', { exact: true }).fill(`practice-as-${account}`);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  // After a lock the same person comes back to where they were, so the screen may be any.
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}

export async function signOut({ page }: Desk): Promise<void> {
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('textbox', { name: 'Username' }).waitFor({ timeout: 30_000 });
}

export const goTo = async ({ page }: Desk, screen: string): Promise<void> => {
  await page.getByRole('navigation').getByRole('link', { name: screen }).click();
  await page.getByRole('heading', { level: 1, name: screen }).waitFor();
};

/** Opens a request by typing its reference into the queue's filter. */
export async function openRequest(desk: Desk, reference: string): Promise<void> {
  const { page } = desk;
  await goTo(desk, 'Requests');
  const clear = page.getByRole('button', { name: 'Clear filter' });
  if (await clear.isEnabled()) await clear.click();
  await page.keyboard.press('/');
  await page.keyboard.type(reference);
  await page
    .getByRole('row', { name: new RegExp(reference) })
    .first()
    .dblclick();
  await page.getByRole('heading', { level: 1, name: new RegExp(reference) }).waitFor();
}

export const panel = (page: Page, title: string) => page.getByRole('heading', { name: title, exact: true });

/** The officer's own sign of what state a request is in. */
export const recordAuthorisation = async ({ page }: Desk): Promise<void> => {
  await page.getByRole('button', { name: 'Record the authorisation' }).click();
  await panel(page, 'Approve').waitFor();
};

export const approve = async ({ page }: Desk): Promise<void> => {
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  await panel(page, 'Key it into ESR').waitFor();
};

export const key = async ({ page }: Desk): Promise<void> => {
  await page.getByRole('button', { name: 'I have keyed this' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Record as keyed' }).click();
  await panel(page, 'Waiting for the next holdings extract').waitFor();
};

export async function chooseFile(desk: Desk, file: string): Promise<void> {
  await goTo(desk, 'Imports');
  await desk.page.locator('input[type=file]').setInputFiles(file);
  await desk.page.getByRole('button', { name: 'Check the file' }).waitFor();
}

/** Chooses a file, checks it, imports it, and answers what the program says of it. */
export async function importFile(desk: Desk, file: string): Promise<string> {
  const { page } = desk;
  await chooseFile(desk, file);
  await page.getByRole('button', { name: 'Check the file' }).click();
  const start = page.getByRole('button', { name: /^Import/ });
  await start.waitFor({ timeout: 60_000 });
  const why = page.getByRole('textbox', { name: /^Why is it taken\?/ });
  if ((await why.count()) > 0) await why.fill('It is what the test is about.');
  await start.click();
  const done = page.getByRole('status').filter({ hasText: 'was imported' });
  await done.waitFor({ timeout: 60_000 });
  return (await done.textContent()) ?? '';
}

/**
 * The holdings extract that ESR would send after the keying: the sample's second one, run at this moment. Its people and requests
 * are the committed sample's, since all come from one seed.
 */
export function laterHoldings(folder: string, runAt: Date): string {
  mkdirSync(folder, { recursive: true });
  const pieces = new Map<string, Buffer>();
  const { holdings2 } = generateSampleTrust({ people: 500, seed: 1, asOf: '2026-11-02' }, (name, bytes) => {
    if (name === 'holdings-2.csv') pieces.set(name, Buffer.concat([...bytes]));
    else for (const _ of bytes);
  });
  const london = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  const part = Object.fromEntries(london.formatToParts(runAt).map(({ type, value }) => [type, value]));
  const month = (part.month ?? '').slice(0, 3);
  const run = `${part.day}-${month}-${part.year} ${part.hour}:${part.minute}:${part.second}`;
  // Keyed today, as the dialog suggests: an extract verifies only the dates that were keyed.
  const keyedOn = `${part.day}-${month}-${part.year}`;
  const text = holdings2.granted.reduce(
    (rows, { userName, responsibility, startDate }) =>
      rows.replace(
        new RegExp(`(,${userName},[^\\r\\n]*,${responsibility},)${esrDate(startDate)},`),
        `$1${keyedOn},`,
      ),
    (pieces.get('holdings-2.csv') ?? Buffer.alloc(0)).toString('utf8'),
  );
  const file = path.join(folder, `holdings-${runAt.getTime()}.csv`);
  writeFileSync(file, text.replace(/Run date: [^\r\n,]*/, `Run date: ${run}`), { mode: 0o644 });
  return file;
}
