import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { heading, OWNER } from './people.ts';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** `ESR_DESK_PICTURES=1` also writes every screen to out/e2e, in both looks and both sizes. */
const pictures = process.env.ESR_DESK_PICTURES === '1';

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
  desk.page.setDefaultTimeout(15_000);
  await heading(desk.page, 'Welcome').waitFor();
});
afterAll(() => desk?.close({ forget: true }));

async function resize(width: number, height: number): Promise<void> {
  await desk.app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect.poll(() => desk.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Serious and critical faults of the screen as it stands, in both looks; and whether it fits a small window. */
async function inspect(name: string): Promise<void> {
  const faults: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await desk.page.evaluate((to) => window.api.app.setTheme({ theme: to }), theme);
    await desk.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
    // Colours that still fade from the other look would be measured half-way.
    await desk.page.evaluate(() =>
      Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))),
    );
    await desk.page.evaluate(axe);
    const found = await desk.page.evaluate(() =>
      (
        window as unknown as {
          axe: {
            run: (where: Document, how: object) => Promise<{ violations: unknown[]; passes: unknown[] }>;
          };
        }
      ).axe.run(document, { resultTypes: ['violations'] }),
    );
    expect(found.passes.length).toBeGreaterThan(10);
    for (const { id, impact, nodes } of found.violations as Violation[]) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      for (const { target, failureSummary } of nodes) {
        faults.push(
          `${name}, ${theme}: ${id} at ${target.join(' ')}: ${(failureSummary ?? '').replaceAll('\n', ' ')}`,
        );
      }
    }
    if (pictures) await desk.screenshot(`${name}-${theme}-1280`);
    await resize(760, 560);
    const fits = () =>
      desk.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    await expect.poll(fits, { message: `${name}, ${theme}, fits a window of 760` }).toBe(true);
    if (pictures) await desk.screenshot(`${name}-${theme}-760`);
    await resize(1280, 820);
  }
  expect(faults).toEqual([]);
}

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
  ['Settings', 'settings'],
  ['Ledger', 'ledger'],
])('%s', async (label, name) => {
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: label }).click();
  await desk.page.getByRole('main').getByRole('heading', { level: 1 }).waitFor();
  await expect.poll(() => desk.page.locator('.mantine-Skeleton-root').count()).toBe(0);
  await inspect(name);
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
