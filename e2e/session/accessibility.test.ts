import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { heading, OWNER } from './people.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  await heading(desk.page, 'Welcome').waitFor();
});
afterAll(() => desk?.close({ forget: true }));

const inspect = (name: string) => inspectScreen(desk, name);

const button = (name: string) => desk.page.getByRole('button', { name });
const field = (label: string) => desk.page.getByLabel(new RegExp(`^${label}( \\*)?$`));

test('the first screen', () => inspect('first-run'));

test('the steps that make a store', async () => {
  await button('Create the trust’s store').click();
  await button('Next').click();
  await desk.page.getByText('Enter the trust’s name').waitFor();
  await inspect('wizard-1-trust');
  await field('Name of the trust').fill('Trust of the test');
  await field('VPD number').fill('919');
  await desk.page.getByRole('radio', { name: 'TPLY' }).check();
  await button('Next').click();
  await field('Name').fill(OWNER.displayName);
  await field('Username').fill(OWNER.username);
  await field('Password').fill('password1');
  await desk.page.getByText(/not enough/).waitFor();
  await button('Next').click();
  await inspect('wizard-2-owner');
  await field('Password').fill(OWNER.password);
  await field('The same again').fill(OWNER.password);
  await desk.page.getByText(/Strength: (?!.*not enough)(?!not yet)/).waitFor();
  await button('Next').click();
  const list = desk.page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem');
  await expect.poll(() => list.count()).toBe(24);
  const words = (await list.allTextContents()).map((text) => text.replace(/[\d\s]+/g, ''));
  await button('Next').click();
  await inspect('wizard-3-phrase');
  await desk.page.getByRole('checkbox', { name: 'I have written it down' }).check();
  await button('Next').click();
  await button('Create the store').click();
  await inspect('wizard-4-confirm');
  for (const one of await desk.page.getByLabel(/^Word \d+$/).all()) {
    const label = await one.evaluate((input) => (input as HTMLInputElement).labels?.[0]?.textContent ?? '');
    await one.fill(words[Number(label.replace(/\D/g, '')) - 1] ?? '');
  }
  await button('Create the store').click();
  await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
});

test.each([
  ['Home', 'home'],
  ['Requests', 'requests'],
  ['Imports', 'imports'],
  ['Users', 'users'],
  ['Security', 'security'],
  ['Settings', 'settings'],
  ['Ledger', 'ledger'],
])('%s', async (label, name) => {
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: label }).click();
  await desk.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => desk.page.locator('.mantine-Skeleton-root').count()).toBe(0);
  await inspect(name);
});

test('what is done with an account', async () => {
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
  const actions = button(`Actions for ${OWNER.displayName}`);
  await actions.click();
  await desk.page.getByRole('menu').waitFor();
  await inspect('users-menu');
  await desk.page.getByRole('menuitem', { name: /^Link a card/ }).click();
  await desk.page.getByRole('dialog').getByRole('button', { name: 'Link the card' }).click();
  await inspect('users-link-card');
  await desk.page.getByRole('dialog').getByRole('textbox').fill('300100000001');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await actions.click();
  await desk.page.getByRole('menuitem', { name: /^Enrol the card/ }).click();
  await desk.page.getByRole('dialog').getByText('Smartcards are not set up').waitFor();
  await inspect('users-enrol');
  await button('Cancel').click();
});

test('the command palette, the account menu and the keyboard help', async () => {
  await desk.page.keyboard.press('Control+k');
  await desk.page.getByRole('dialog').waitFor();
  await inspect('palette');
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.page.keyboard.press('?');
  await desk.page.getByRole('dialog').waitFor();
  await inspect('keyboard-help');
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('dialog').waitFor({ state: 'detached' });
  await desk.page.getByRole('button', { name: /^Account:/ }).click();
  await desk.page.getByRole('menu').waitFor();
  await inspect('account-menu');
  await desk.page.keyboard.press('Escape');
});

test('sign-in, after a lock and a wrong password', async () => {
  await desk.page.keyboard.press('Control+l');
  await heading(desk.page, /^Sign in/).waitFor();
  await field('Username').fill(OWNER.username);
  await field('Password').fill('this is not it');
  await desk.page.keyboard.press('Enter');
  await desk.page.getByText(/left\./).waitFor();
  await inspect('sign-in');
});

test('recovery by the phrase, and the backups', async () => {
  await button('Use the recovery phrase').click();
  await inspect('recover');
  await button('Back').click();
  await button('Restore a backup').click();
  await inspect('restore');
});
