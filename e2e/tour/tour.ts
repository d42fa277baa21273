import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Api } from '../../electron/contract/contract.ts';
import {
  addUser,
  check,
  choose,
  createTrust,
  dryRun,
  importWhole,
  OWNER,
  putAside,
  typeSignIn,
} from '../imports/steps.ts';
import type { Desk } from '../support/launch-desk.ts';
import {
  approve,
  chooseFile,
  goTo,
  importFile,
  key,
  laterHoldings,
  openRequest,
  openTraining,
  readStory,
  recordAuthorisation,
  sampleFile,
  signIn,
  signOut,
} from '../support/main-job.ts';
import type { TourTools } from '../support/run-tour.ts';
import { laterScreens, type Shoot } from './later-screens.ts';

const docs = path.resolve(import.meta.dirname, '..', '..', 'docs', 'screens');

/** Walks the program as its users do, and takes a picture of every screen, light and dark. `--docs` keeps them in docs/screens. */
export async function tour(tools: TourTools): Promise<void> {
  const shoot = bothThemes(tools);
  await firstRun(tools, shoot);
  await mainJob(tools, shoot);
  await trustStore(tools, shoot);
  await keyStates(tools, shoot);
  await laterScreens(tools, shoot);
  if (process.argv.includes('--docs')) keepPictures(tools.pictures);
}

/** One picture in each theme. The pointer is moved away, so that nothing is shown hovered. */
const bothThemes =
  ({ picture }: TourTools): Shoot =>
  async (desk, name) => {
    await desk.page.mouse.move(0, 0);
    for (const theme of ['light', 'dark'] as const) {
      await setTheme(desk, theme);
      await picture(desk, `${name}-${theme}`);
    }
    await setTheme(desk, 'light');
  };

async function setTheme({ page }: Desk, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(async (chosen) => {
    await (window as unknown as { readonly api: Api }).api.app.setTheme({ theme: chosen });
  }, theme);
  await page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
  // Colours fade from one theme to the other.
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined))),
  );
}

const PASSWORD = 'lantern orbit velvet 1948 harbour';

async function firstRun({ launch, say }: TourTools, shoot: Shoot): Promise<void> {
  say('First run: creating the trust’s store.');
  const desk = await launch();
  const { page } = desk;
  await page.getByRole('button', { name: 'Create the trust’s store' }).waitFor();
  await shoot(desk, 'first-run');
  await page.getByRole('button', { name: 'Create the trust’s store' }).click();
  await page.getByLabel('Name of the trust').fill('Sample NHS Foundation Trust');
  await page.getByLabel('VPD number').fill('919');
  await page.getByRole('radio', { name: /^LIVE/ }).check();
  await shoot(desk, 'create-trust');
  await page.getByRole('button', { name: /^(Next|Continue)/ }).click();
  await page.getByRole('textbox', { name: /^Name/ }).fill('System Owner');
  await page.getByRole('textbox', { name: 'Username' }).fill('owner');
  await page
    .getByLabel(/^Password/)
    .first()
    .fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await page.getByText(/^Strength: /).waitFor();
  await shoot(desk, 'create-owner');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('list', { name: 'Recovery phrase' }).waitFor();
  await shoot(desk, 'create-phrase');
  await page.getByLabel('I have written it down').check();
  await page.getByRole('button', { name: 'Next' }).click();
  await page
    .getByLabel(/^Word \d+$/)
    .first()
    .waitFor();
  await shoot(desk, 'create-confirm');
  await desk.close();
}

async function mainJob({ launch, say }: TourTools, shoot: Shoot): Promise<void> {
  const story = readStory();
  const form = (id: string): string => story.get(id) ?? id;
  say('The main job, on the training store.');
  const desk = await launch();
  const { page } = desk;
  await openTraining(desk);
  await shoot(desk, 'sign-in');
  await signIn(desk, 'officer');
  await shoot(desk, 'home');
  await goTo(desk, 'Requests');
  await page.getByText(form('ready-core')).first().waitFor();
  await shoot(desk, 'requests');
  await page.keyboard.press('?');
  await shoot(desk, 'keyboard');
  await page.keyboard.press('Escape');
  await openRequest(desk, form('missing-as-number'));
  await shoot(desk, 'request-missing');
  await openRequest(desk, form('unknown-number'));
  await shoot(desk, 'request-unmatched');
  await openRequest(desk, form('changed-form'));
  await shoot(desk, 'request-changed-form');
  for (const id of ['ready-core', 'keyed-not-seen']) {
    await openRequest(desk, form(id));
    if (id === 'ready-core') await shoot(desk, 'request-to-authorise');
    await recordAuthorisation(desk);
    if (id === 'ready-core') await shoot(desk, 'request-to-approve');
    await approve(desk);
  }
  await signOut(desk);

  say('The Caldicott Guardian decides on an exception.');
  await exception(desk, form('missing-smartcard'), shoot);

  say('A second officer keys what the first approved.');
  await signIn(desk, 'officer2');
  for (const id of ['ready-core', 'keyed-not-seen']) {
    await openRequest(desk, form(id));
    if (id === 'ready-core') await shoot(desk, 'request-to-key');
    await key(desk);
    if (id === 'ready-core') await shoot(desk, 'request-keyed');
  }
  await goTo(desk, 'Imports');
  await shoot(desk, 'imports');
  const later = laterHoldings(desk.home, new Date());
  await chooseFile(desk, later);
  await shoot(desk, 'import-mapping');
  await page.getByRole('button', { name: 'Check the file' }).click();
  await page.getByRole('button', { name: 'Import', exact: true }).waitFor({ timeout: 60_000 });
  await shoot(desk, 'import-dry-run');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('button', { name: 'Put it aside' }).click();
  await importFile(desk, later);
  await shoot(desk, 'import-done');
  await openRequest(desk, form('ready-core'));
  await shoot(desk, 'request-verified');
  await openRequest(desk, form('keyed-not-seen'));
  await shoot(desk, 'request-not-seen');
  await goTo(desk, 'Exceptions');
  await page.getByText('Payroll Super Administration').first().waitFor();
  await shoot(desk, 'exceptions');
  await goTo(desk, 'People');
  await page.getByRole('row').nth(3).waitFor();
  await shoot(desk, 'people');
  await page.getByRole('row').nth(3).click();
  await page.getByRole('heading', { name: 'Assignments' }).first().waitFor();
  await shoot(desk, 'person');
  await goTo(desk, 'Access catalogue');
  await shoot(desk, 'catalogue');
  await page.keyboard.press('Control+k');
  await page
    .getByRole('textbox', { name: /search/i })
    .last()
    .waitFor();
  await shoot(desk, 'palette');
  await page.keyboard.press('Escape');
  await signOut(desk);

  say('The team lead verifies the ledger; the owner looks after settings and users.');
  await signIn(desk, 'teamlead');
  await goTo(desk, 'Ledger');
  await page.getByRole('button', { name: /^Verify/ }).click();
  await page
    .getByText(/events are as they were written/)
    .first()
    .waitFor({ timeout: 60_000 });
  await shoot(desk, 'ledger');
  await page.getByRole('button', { name: 'Sign off the review…' }).click();
  await page
    .getByRole('textbox', { name: 'What you reviewed' })
    .fill('All approvals of the month against their forms.');
  await shoot(desk, 'sign-off');
  await page
    .getByRole('dialog', { name: 'Sign off the audit log' })
    .getByRole('button', { name: 'Sign off' })
    .click();
  const sign = page.getByRole('dialog', { name: 'Sign the review of the audit log' });
  await sign.getByLabel(/^Your password/).waitFor();
  await shoot(desk, 'sign-off-text');
  await sign.getByRole('button', { name: 'Cancel' }).click();
  await page
    .getByRole('dialog', { name: 'Sign off the audit log' })
    .getByRole('button', { name: 'Cancel' })
    .click();
  await signOut(desk);
  await signIn(desk, 'owner');
  await goTo(desk, 'Users');
  await shoot(desk, 'users');
  await page.getByRole('button', { name: /^Actions for Training officer$/ }).click();
  await page.getByRole('menu').waitFor();
  await shoot(desk, 'user-menu');
  await page.getByRole('menuitem', { name: /^Change roles/ }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(desk, 'change-roles');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await goTo(desk, 'Security');
  await page.getByRole('listitem').filter({ hasText: 'Owners and roles' }).waitFor();
  await shoot(desk, 'security');
  await page
    .getByRole('radiogroup', { name: 'Approving a request is signed' })
    .getByRole('radio', { name: /^By card, or by password/ })
    .check();
  await page.getByText('Not saved yet').waitFor();
  await shoot(desk, 'security-cards');
  await page.getByRole('button', { name: 'Save card settings' }).click();
  await page.getByText('Not saved yet').waitFor({ state: 'detached' });
  await goTo(desk, 'Settings');
  await shoot(desk, 'settings');
  await signOut(desk);
  await signedApproval(desk, form('formula-justification'), shoot);
  await page.getByRole('button', { name: 'Use the recovery phrase' }).click();
  await shoot(desk, 'recover');
  await page.getByRole('button', { name: /^Back/ }).click();
  await page.getByRole('button', { name: 'Restore a backup' }).click();
  await shoot(desk, 'restore');
  await page.getByRole('button', { name: /^Back/ }).click();
  await page.getByRole('button', { name: 'Use another store' }).click();
  await page.getByRole('heading', { name: 'Choose a store' }).waitFor();
  await shoot(desk, 'choose-store');
  await desk.close();
}

/** What an officer asks for, and what the Guardian reads, decides and signs. Nobody is signed in before or after. */
async function exception(desk: Desk, reference: string, shoot: Shoot): Promise<void> {
  const { page } = desk;
  await signIn(desk, 'officer');
  await openRequest(desk, reference);
  await recordAuthorisation(desk);
  await page.getByRole('button', { name: 'Ask the Caldicott Guardian…' }).click();
  const ask = page.getByRole('dialog', { name: 'Ask for an exception' });
  await ask.getByRole('textbox', { name: 'Reason' }).fill('Covers the winter until the card is made.');
  await shoot(desk, 'exception-ask');
  await ask.getByRole('button', { name: 'Ask the Guardian' }).click();
  await ask.waitFor({ state: 'detached' });
  await signOut(desk);
  await signIn(desk, 'guardian');
  await openRequest(desk, reference);
  await page.getByRole('button', { name: 'Decide…' }).waitFor();
  await shoot(desk, 'exception-to-decide');
  await page.getByRole('button', { name: 'Decide…' }).click();
  const decide = page.getByRole('dialog', { name: 'Decide on the exception' });
  await decide.getByRole('radio', { name: 'Grant it, until a day' }).check();
  await decide.getByLabel(/^The access ends by/).fill('2099-03-31');
  await decide.getByRole('textbox', { name: 'Reason' }).fill('The need is real and the card is ordered.');
  await shoot(desk, 'exception-decide');
  await decide.getByRole('button', { name: 'Grant the exception' }).click();
  const sign = page.getByRole('dialog', { name: 'Sign the decision on the exception' });
  await sign.getByLabel(/^Your password/).waitFor();
  await shoot(desk, 'exception-sign');
  await sign.getByLabel(/^Your password/).fill('practice-as-guardian');
  await sign.getByRole('button', { name: 'Sign and grant' }).click();
  await sign.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Signatures' }).getByRole('article').waitFor();
  await shoot(desk, 'exception-granted');
  await signOut(desk);
}

/** After the owner has had approvals signed: what an officer reads, signs, and finds again. */
async function signedApproval(desk: Desk, reference: string, shoot: Shoot): Promise<void> {
  const { page } = desk;
  await signIn(desk, 'officer');
  await openRequest(desk, reference);
  await recordAuthorisation(desk);
  await page.getByRole('button', { name: 'Approve', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Sign the approval' });
  await dialog.getByLabel(/^Your password/).waitFor();
  await shoot(desk, 'sign-approval');
  await dialog.getByLabel(/^Your password/).fill('practice-as-officer');
  await dialog.getByRole('button', { name: 'Sign and approve' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('region', { name: 'Signatures' }).getByRole('article').waitFor();
  await page.getByRole('region', { name: 'Signatures' }).scrollIntoViewIfNeeded();
  await shoot(desk, 'signature');
  await signOut(desk);
}

const NEWCOMER = {
  displayName: 'First officer',
  username: 'first.officer',
  password: 'cobalt-Meadow-31-lantern',
};

async function trustStore({ launch, say }: TourTools, shoot: Shoot): Promise<void> {
  say('The trust’s own store, on its first day.');
  const desk = await launch();
  const { page } = desk;
  await createTrust(desk, OWNER, 'Sample NHS Foundation Trust');
  await shoot(desk, 'live-home');
  await goTo(desk, 'Users');
  await page.getByRole('button', { name: /^Add a user/ }).click();
  await page.getByRole('dialog').waitFor();
  await shoot(desk, 'add-user');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await addUser(desk, NEWCOMER, '90000001');
  await importWhole(desk, sampleFile('GO_919_TST_GOF_20261102_00000101.DAT'));
  await choose(desk, sampleFile('holdings-1.csv'));
  await check(desk);
  await (await dryRun(desk)).scrollIntoViewIfNeeded();
  await shoot(desk, 'first-holdings');
  await putAside(desk);
  await page.getByRole('button', { name: /^Account: / }).click();
  await page.getByRole('menu').waitFor();
  await shoot(desk, 'account-menu');
  await page.getByRole('menuitem', { name: 'Change password' }).click();
  const password = page.getByRole('dialog', { name: 'Change password' });
  await password.waitFor();
  await shoot(desk, 'change-password');
  await password.getByRole('button', { name: 'Close' }).click();
  await password.waitFor({ state: 'detached' });
  await signOut(desk);
  await typeSignIn(desk, NEWCOMER);
  await page.getByRole('heading', { name: 'Choose your own password' }).waitFor();
  await shoot(desk, 'own-password');
  await desk.close();
}

async function keyStates({ launch, say }: TourTools, shoot: Shoot): Promise<void> {
  say('What the screen says when the way in is blocked.');
  const desk = await launch();
  await openTraining(desk);
  const { userData } = desk;
  await desk.close();
  const store = path.join(userData, 'stores', 'training');
  const without = await launch({ userData, keychain: 'absent' });
  await without.page.getByRole('heading', { level: 1 }).waitFor();
  await shoot(without, 'keychain-unavailable');
  await without.close();
  rmSync(path.join(store, 'keyring.json'));
  const broken = await launch({ userData });
  await broken.page.getByRole('heading', { level: 1 }).waitFor();
  await shoot(broken, 'keyring-missing');
  await broken.close();
}

function keepPictures(pictures: string): void {
  rmSync(docs, { recursive: true, force: true });
  mkdirSync(docs, { recursive: true });
  for (const file of readdirSync(pictures)) cpSync(path.join(pictures, file), path.join(docs, file));
}
