import type { Locator, Page } from 'playwright';
import type { Desk } from '../support/launch-desk.ts';
import { goTo } from '../support/main-job.ts';

/** What a person does to make the trust's store and to import into it. */

export interface Account {
  readonly displayName: string;
  readonly username: string;
  readonly password: string;
}

export const OWNER: Account = {
  displayName: 'Owner of the test',
  username: 'owner',
  password: 'marble-Kettle-7-orchard',
};

const judged = async ({ page }: Desk): Promise<void> => {
  await page.getByText(/^Strength: (?!not yet)(?!.*not enough)/).waitFor();
};

/** Makes the trust's store from the first screen on; answers the recovery phrase as it was shown. */
export async function createTrust(
  desk: Desk,
  owner: Account = OWNER,
  trust = 'Harrowby and Vale NHS Trust',
): Promise<string> {
  const { page } = desk;
  const next = () => page.getByRole('button', { name: 'Next', exact: true }).click();
  await page.getByRole('button', { name: 'Create the trust’s store' }).click();
  await page.getByLabel('Name of the trust').fill(trust);
  await page.getByLabel('VPD number').fill('919');
  await page.getByRole('radio', { name: 'LIVE' }).check();
  await next();
  await page.getByLabel(/^Name/).fill(owner.displayName);
  await page.getByLabel(/^Username/).fill(owner.username);
  await page.getByLabel(/^Password/).fill(owner.password);
  await page.getByLabel(/^The same again/).fill(owner.password);
  await judged(desk);
  await next();
  const list = page.getByRole('list', { name: 'Recovery phrase' });
  await list.waitFor();
  const words = (await list.getByRole('listitem').allTextContents()).map((word) =>
    word.replace(/^\d+/, '').trim(),
  );
  await page.getByLabel('I have written it down').check();
  await next();
  const asked = page.locator('label').filter({ hasText: /^Word \d+$/ });
  await asked.first().waitFor();
  for (const label of await asked.allTextContents()) {
    await page.getByLabel(label, { exact: true }).fill(words[Number(/\d+/.exec(label)?.[0]) - 1] ?? '');
  }
  await page.getByRole('button', { name: 'Create the store' }).click();
  await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor({ timeout: 30_000 });
  return words.join(' ');
}

/** Types an account's name and password; the screen that follows is the caller's to wait for. */
export async function typeSignIn({ page }: Desk, { username, password }: Account): Promise<void> {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

export async function signInAs(desk: Desk, account: Account): Promise<void> {
  await typeSignIn(desk, account);
  // After a lock the same person comes back to where they were, so the screen may be any.
  await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
}

/** Adds a user with a first password, as the owner. */
export async function addUser(desk: Desk, user: Account, employeeNumber: string): Promise<void> {
  const { page } = desk;
  await goTo(desk, 'Users');
  await page.getByRole('button', { name: /^Add a user/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill(user.displayName);
  await dialog.getByLabel(/^Username/).fill(user.username);
  await dialog.getByLabel(/^ESR employee number/).fill(employeeNumber);
  await dialog.getByLabel(/officer/i).check();
  await dialog.getByLabel(/^First password/).fill(user.password);
  await judged(desk);
  await dialog.getByRole('button', { name: 'Add the user' }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** The first sign-in of somebody whose password another one has set. */
export async function firstSignIn(desk: Desk, user: Account, own: string): Promise<Account> {
  const { page } = desk;
  await typeSignIn(desk, user);
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  await page.getByLabel(/^Present password/).fill(user.password);
  await page.getByLabel(/^New password/).fill(own);
  await page.getByLabel(/^The same again/).fill(own);
  await judged(desk);
  await page.getByRole('button', { name: /^Change/ }).click();
  await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor();
  return { ...user, password: own };
}

/** Offers a file through the chooser that the screen opens. */
export async function choose(desk: Desk, file: string): Promise<void> {
  const { page } = desk;
  await goTo(desk, 'Imports');
  const opened = page.waitForEvent('filechooser');
  await page.getByText('Choose a file', { exact: true }).click();
  await (await opened).setFiles(file);
}

export const check = ({ page }: Desk): Promise<void> =>
  page.getByRole('button', { name: 'Check the file' }).click();

/** The card of the dry run, once it is there. */
export async function dryRun({ page }: Desk): Promise<Locator> {
  const card = page.getByRole('region', { name: /what the import would do$/ });
  await card.waitFor({ timeout: 60_000 });
  return card;
}

export const importButton = ({ page }: Desk): Locator =>
  page.getByRole('button', { name: 'Import', exact: true });

/** Presses Import; where the check asks why (a small register that a test's file would mostly end), it is told. */
export async function startImport(desk: Desk): Promise<void> {
  const why = desk.page.getByRole('textbox', { name: /^Why is it taken\?/ });
  if ((await why.count()) > 0) await why.fill('It is what the test is about.');
  await importButton(desk).click();
}

/** Words of the refusal on the screen, which is then closed. */
export async function readRefusal({ page }: Desk): Promise<string> {
  const alert = page.getByRole('alert').filter({ hasText: 'was not taken' });
  await alert.waitFor({ timeout: 60_000 });
  const words = (await alert.textContent()) ?? '';
  await alert.getByRole('button', { name: 'Close' }).click();
  return words;
}

/** Puts aside whatever file is in hand. */
export async function putAside({ page }: Desk): Promise<void> {
  const aside = page.getByRole('button', { name: 'Put it aside' });
  const back = page.getByRole('button', { name: 'Back', exact: true });
  if (await back.isVisible()) await back.click();
  if (await aside.isVisible()) await aside.click();
}

export async function finished({ page }: Desk): Promise<string> {
  const done = page.getByRole('status').filter({ hasText: 'was imported' });
  await done.waitFor({ timeout: 90_000 });
  return (await done.textContent()) ?? '';
}

/** Chooses, checks and imports; for holdings the first time, `starting` answers the question. */
export async function importWhole(desk: Desk, file: string, starting?: RegExp): Promise<string> {
  await choose(desk, file);
  await check(desk);
  const card = await dryRun(desk);
  if (starting !== undefined) await card.getByRole('radio', { name: starting }).check();
  await startImport(desk);
  return finished(desk);
}

/** Everything that an import could change: sources, past imports, requests, exceptions, and the ledger's root. */
export async function standing({ page }: Desk): Promise<Record<string, unknown>> {
  return page.evaluate(async () => {
    const { imports, requests, findings, ledger } = window.api;
    const every = { text: '', operation: null, actor: null, outcome: null, from: null, to: null };
    const answers = {
      sources: await imports.sources({}),
      imports: await imports.list({ offset: 0, limit: 100 }),
      requests: await requests.countByStatus({}),
      findings: await findings.list({ open: true, offset: 0, limit: 1 }),
      ledger: await ledger.list({ filter: every, offset: 0, limit: 1 }),
    };
    return Object.fromEntries(
      Object.entries(answers).map(([name, answer]) => {
        if (!answer.ok) throw new Error(`${name}: ${answer.code}`);
        return [name, answer.data];
      }),
    );
  });
}

/** Cancels or locks as a person would, or only answers, but at the first word of the writing, which may be over before a hand has moved. */
export function whenWriting(page: Page, what: 'cancel' | 'lock' | 'look'): Promise<void> {
  return page.evaluate(
    (todo) =>
      new Promise<void>((done) => {
        const stop = window.api.on('jobs:progress', ({ phase }) => {
          if (phase !== 'Writing') return;
          stop();
          const press = { key: 'l', code: 'KeyL', ctrlKey: true, bubbles: true };
          if (todo === 'lock') document.body.dispatchEvent(new KeyboardEvent('keydown', press));
          if (todo === 'cancel')
            document
              .querySelector<HTMLButtonElement>('section[aria-label="Work in progress"] button')
              ?.click();
          done();
        });
      }),
    what,
  );
}
