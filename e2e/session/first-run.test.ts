import path from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SHIPPED_STRETCHING } from '../../electron/adapters/keys/seal.ts';
import { readKeyring } from '../../electron/adapters/keys/wraps.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { heading, OWNER, signIn } from './people.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
});
afterAll(() => desk?.close());

/** Presses Tab until the keyboard is there; a screen whose every control can be reached needs no mouse. */
async function tabTo(target: Locator): Promise<void> {
  const isThere = () =>
    target.evaluate((one) => one === document.activeElement || one.contains(document.activeElement));
  for (let presses = 0; presses < 40; presses += 1) {
    if (await isThere()) return;
    await desk.page.keyboard.press('Tab');
  }
  throw new Error(`Forty presses of Tab do not reach ${target}`);
}

/** A field by its label, with or without the star of what must be filled in. */
const labelled = (label: string): Locator => desk.page.getByLabel(new RegExp(`^${label}( \\*)?$`));

async function type(label: string, text: string): Promise<void> {
  const field = labelled(label);
  await tabTo(field);
  await desk.page.keyboard.press('Control+A');
  await desk.page.keyboard.type(text);
  expect(await field.inputValue()).toBe(text);
}

const next = async (): Promise<void> => {
  await tabTo(desk.page.getByRole('button', { name: 'Next' }));
  await desk.page.keyboard.press('Enter');
};
const step = (name: string) =>
  desk.page.getByRole('button', { name: new RegExp(name) }).and(desk.page.locator('[aria-current="step"]'));

describe('the first start, by keyboard alone', () => {
  let words: readonly string[] = [];

  test('offers the two stores and nothing else', async () => {
    await heading(desk.page, 'Welcome').waitFor();
    const cards = desk.page.getByRole('main').getByRole('region');
    expect(await cards.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual([
      'Create the trust’s store',
      'Open the training store',
    ]);
    expect(await desk.page.getByRole('navigation').count()).toBe(0);
  });

  test('asks for the trust, and says what is missing', async () => {
    await tabTo(desk.page.getByRole('button', { name: 'Create the trust’s store' }));
    await desk.page.keyboard.press('Enter');
    await step('Trust').waitFor();
    await next();
    await desk.page.getByText('Enter the trust’s name').waitFor();
    await desk.page.getByText('Say whether this is LIVE or TPLY').waitFor();
    await type('Name of the trust', 'Trust of the test');
    await type('VPD number', '919');
    await tabTo(desk.page.getByRole('radio', { name: 'LIVE' }));
    await desk.page.keyboard.press('Space');
    expect(await desk.page.getByRole('radio', { name: 'LIVE' }).isChecked()).toBe(true);
    await next();
    await step('Owner').waitFor();
  });

  test('refuses a weak password with advice, and takes a strong one', async () => {
    await type('Name', OWNER.displayName);
    await type('Username', OWNER.username);
    await type('Password', 'password1');
    await type('The same again', 'password1');
    await desk.page.getByText(/not enough/).waitFor();
    const advice = await desk.page.locator('[role="status"]', { hasText: 'Strength' }).innerText();
    expect(advice.split('\n').filter((line) => line.trim() !== '').length).toBeGreaterThan(1);
    await next();
    await desk.page.getByText('Choose a stronger password').waitFor();
    expect(await step('Owner').count()).toBe(1);
    await tabTo(labelled('Name'));
    await type('Password', OWNER.password);
    await type('The same again', OWNER.password);
    await desk.page.getByText(/Strength: (?!.*not enough)/).waitFor();
    await next();
    await step('Recovery phrase').waitFor();
  });

  test('shows 24 words, and goes on only when somebody says they are written down', async () => {
    const list = desk.page.getByRole('list', { name: 'Recovery phrase' }).getByRole('listitem');
    await expect.poll(() => list.count()).toBe(24);
    words = (await list.allInnerTexts()).map((text) => text.replace(/[\d\s]+/g, ''));
    expect(new Set(words).size).toBeGreaterThan(15);
    await next();
    await desk.page.getByText('Write it down first: it is not shown again').waitFor();
    await tabTo(desk.page.getByRole('checkbox', { name: 'I have written it down' }));
    await desk.page.keyboard.press('Space');
    await next();
    await step('Confirm').waitFor();
    expect(await desk.page.getByRole('list', { name: 'Recovery phrase' }).count()).toBe(0);
  });

  test('finds a wrong word out, and makes the store with the right ones', async () => {
    const fields = desk.page.getByLabel(/^Word \d+$/);
    const labels = await fields.evaluateAll((all) =>
      (all as HTMLInputElement[]).map((one) => one.labels?.[0]?.textContent ?? ''),
    );
    expect(labels.length).toBeGreaterThanOrEqual(3);
    const wordOf = (label: string): string => words[Number(label.replace(/\D/g, '')) - 1] ?? '';
    for (const label of labels) await type(label, wordOf(label));
    await type(labels[1] ?? '', 'zzz');
    await tabTo(desk.page.getByRole('button', { name: 'Create the store' }));
    await desk.page.keyboard.press('Enter');
    await desk.page.getByText(`This is not ${(labels[1] ?? '').toLowerCase()}`, { exact: false }).waitFor();
    await type(labels[1] ?? '', wordOf(labels[1] ?? ''));
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  test('ends at home, with LIVE said as a word and the phrase gone from the page', async () => {
    expect(await desk.page.getByRole('note', { name: 'Environment' }).innerText()).toMatch(
      /LIVE[\s\S]*Trust of the test/,
    );
    const html = await desk.page.content();
    expect(html).not.toContain(words.slice(0, 3).join(' '));
    expect(html).not.toContain(OWNER.password);
  });
});

describe('the session', () => {
  test('ends by signing out, and a wrong password says how many tries are left', async () => {
    await desk.page.getByRole('button', { name: /^Account:/ }).click();
    await desk.page.getByRole('menuitem', { name: 'Sign out' }).click();
    await heading(desk.page, /^Sign in to Trust of the test/).waitFor();
    await signIn(desk.page, 'this is not it');
    const alert = desk.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.innerText()).toMatch(/tr(y|ies) left/);
    expect(await desk.page.getByLabel(/^Password( \*)?$/).inputValue()).toBe('');
  });

  test('an unknown name is told just what a wrong password is told', async () => {
    const toldTo = (username: string) =>
      desk.page.evaluate(async (name) => {
        const answer = await window.api.session.signIn({ username: name, password: 'this is not it' });
        return answer.ok ? 'in' : [answer.code, answer.message];
      }, username);
    expect(await toldTo('nobody.at.all')).toEqual(await toldTo(OWNER.username));
  });

  test('begins again with the right one', async () => {
    await desk.page.reload();
    await heading(desk.page, /^Sign in/).waitFor();
    await signIn(desk.page);
    await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
  });

  test('locked by Ctrl+L forgets what was shown, and nothing answers', async () => {
    await desk.page.keyboard.press('g');
    await desk.page.keyboard.press('u');
    await heading(desk.page, 'Users').waitFor();
    await desk.page
      .getByRole('cell', { name: new RegExp(OWNER.displayName) })
      .first()
      .waitFor();
    await desk.page.keyboard.press('Control+l');
    await heading(desk.page, /^Sign in/).waitFor();
    expect(await desk.page.getByText('It was locked by hand').count()).toBe(1);
    const html = await desk.page.content();
    expect(html).not.toContain(OWNER.displayName);
    expect(html).not.toContain(OWNER.username);
    expect(new URL(desk.page.url()).hash).not.toContain('users');
    const codes = await desk.page.evaluate(async () => {
      const answers = await Promise.all([
        window.api.users.list({}),
        window.api.home.get({}),
        window.api.settings.get({}),
        window.api.register.catalogue({}),
        window.api.app.copyText({ text: 'x' }),
      ]);
      return answers.map((answer) => (answer.ok ? 'answered' : answer.code));
    });
    expect(new Set(codes)).toEqual(new Set(['NOT_SIGNED_IN']));
  });

  test('keeps the look that was chosen, light, dark or the system’s, over a restart', async () => {
    const scheme = (one: Desk) => one.page.locator('html').getAttribute('data-mantine-color-scheme');
    const choose = async (word: string) => {
      await desk.page.getByRole('radiogroup', { name: 'Theme' }).getByText(word, { exact: true }).click();
    };
    for (const [word, theme] of [
      ['Light', 'light'],
      ['Dark', 'dark'],
    ] as const) {
      await choose(word);
      await expect.poll(() => scheme(desk)).toBe(theme);
    }
    await desk.close();
    desk = await launchDesk({ userData: desk.userData });
    await heading(desk.page, /^Sign in/).waitFor();
    await expect.poll(() => scheme(desk)).toBe('dark');
    expect(await desk.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
    await choose('System');
    await expect.poll(() => desk.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('system');
    for (const media of ['dark', 'light'] as const) {
      await desk.page.emulateMedia({ colorScheme: media });
      await expect.poll(() => scheme(desk)).toBe(media);
    }
  });

  test('opens the store again after the restart, by the same password', async () => {
    await signIn(desk.page);
    await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect(desk.output()).not.toContain(OWNER.password);
  });

  test('has stretched the password and the phrase at the whole cost that ships', () => {
    const ring = readKeyring(path.join(desk.userData, 'stores', 'trust', 'keyring.json'));
    const wraps = ring.kind === 'present' ? ring.keyring.wraps : [];
    expect(wraps.map(({ kind }) => kind).sort()).toEqual(['password', 'recovery']);
    for (const wrap of wraps) expect(wrap).toMatchObject({ kdf: SHIPPED_STRETCHING });
  });
});
