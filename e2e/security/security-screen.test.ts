import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeTestCa, selfSigned } from '../../electron/adapters/certificates/testing/test-ca.ts';
import { securityCheck } from '../../electron/contract/security.contract.ts';
import { heading, signIn, signInAsOwner } from '../session/people.ts';
import type { Desk } from '../support/launch-desk.ts';
import { openPrepared } from '../support/prepared-homes.ts';

/** `ESR_DESK_PICTURES=1` writes the screen to out/e2e, light and dark, large, small and as it is printed. */
const pictures = process.env.ESR_DESK_PICTURES === '1';
const NOW = new Date().toISOString();

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('owner-alone');
  await signInAsOwner(desk.page);
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Security' }).click();
  await heading(desk.page, 'Security').waitFor();
});
afterAll(() => desk?.close({ forget: true }));

const section = (name: string) => desk.page.getByRole('region', { name, exact: true });
const checkNamed = (title: string) =>
  section('State of security')
    .getByRole('listitem')
    .filter({ has: desk.page.getByText(title, { exact: true }) });
const form = () => desk.page.getByRole('form', { name: 'Card settings' });
const save = () => form().getByRole('button', { name: 'Save card settings' });
const anchorsField = () => form().getByRole('textbox', { name: /^Issuers that are trusted/ });
const ruleField = () => form().getByRole('textbox', { name: /^Where the card number stands/ });
const savedSettings = () =>
  desk.page.evaluate(async () => {
    const answer = await window.api.security.getCardSettings({});
    return answer.ok ? answer.data.settings : null;
  });
const picture = async (name: string) => {
  if (!pictures) return;
  await desk.screenshot(name);
  await desk.page.screenshot({ path: path.resolve('out/e2e', `${name}-whole.png`), fullPage: true });
};

test('every check has a word, a sentence, and what to do unless it is in order', async () => {
  const items = section('State of security').getByRole('listitem');
  await expect.poll(() => items.count()).toBe(securityCheck.shape.id.options.length);
  for (const text of await items.allTextContents()) {
    expect(text).toMatch(/^(In order|Look at this|Mend this now)/);
    expect(text.includes('To do:')).toBe(!text.startsWith('In order'));
  }
  // One owner: amber, with the way there.
  const owners = checkNamed('Owners and roles');
  expect(await owners.textContent()).toMatch(/^Look at this/);
  expect(await owners.getByRole('link', { name: 'Go to Users' }).getAttribute('href')).toBe('#/users');
  await picture('security-checks');
});

test('this PC is marked with a reason, and the checks follow', async () => {
  const part = section('This PC');
  await part.getByText('A trust PC', { exact: true }).waitFor();
  await part.getByRole('button', { name: 'Mark as a remote device…' }).click();
  const dialog = desk.page.getByRole('dialog', { name: 'Mark this PC as a remote device' });
  await dialog.getByRole('button', { name: 'Mark as a remote device' }).click();
  await dialog.getByText('Say why in a few words').waitFor();
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('taken home for a week');
  // A lock in the middle of it takes nothing, and asks again what was being asked.
  await desk.page.keyboard.press('Control+l');
  await desk.page.getByText('It was locked by hand').waitFor();
  await signIn(desk.page);
  await dialog.getByText('Kept from before.').waitFor();
  expect(await dialog.getByRole('textbox', { name: /^Reason/ }).inputValue()).toBe('taken home for a week');
  await dialog.getByRole('button', { name: 'Mark as a remote device' }).click();
  await dialog.waitFor({ state: 'detached' });
  await part.getByText('A remote device', { exact: true }).waitFor();
  const check = checkNamed('This PC');
  await expect.poll(() => check.textContent()).toMatch(/^Look at this/);
});

test('a bad rule is said while it is tried, refused when it is saved, and nothing changes', async () => {
  const before = await savedSettings();
  await form().getByText('Reads card number 3001 0000 0001').waitFor();
  expect(await save().isDisabled()).toBe(true);
  await ruleField().fill('CN=(\\d{12})');
  await form().getByText('not fixed at both ends').waitFor();
  await form().getByText('Not saved yet').waitFor();
  await save().click();
  const refused = form().getByRole('alert').filter({ hasText: 'The card settings were not saved' });
  await refused.getByText('not fixed at both ends').waitFor();
  await picture('security-rule-refused');
  expect(await savedSettings()).toEqual(before);
  await form().getByRole('button', { name: 'Discard the changes' }).click();
  expect(await ruleField().inputValue()).toBe(before?.subjectRule);
  expect(await save().isDisabled()).toBe(true);
});

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const leaf = selfSigned({
  subject: 'O=nhs,OU=People,CN=300100000001',
  keyUsage: 'authentication',
  notBefore: NOW,
  notAfter: new Date(Date.now() + 86_400_000).toISOString(),
  now: NOW,
});
const leafPem = `-----BEGIN CERTIFICATE-----\n${Buffer.from(leaf.der).toString('base64')}\n-----END CERTIFICATE-----\n`;

test.each([
  ['a private key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), /private key/i],
  ['words', 'this is no certificate', /certificate/i],
  [
    'rubbish in a certificate’s clothes',
    '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
    /cannot be read/,
  ],
  ['what is no issuer', leafPem, /not an issuer/],
])(
  '%s is refused as a trusted issuer with a sentence of its own, and what was typed stays',
  async (_, pem, why) => {
    const before = await savedSettings();
    await anchorsField().fill(pem);
    await save().click();
    const refused = form().getByRole('alert').filter({ hasText: 'The card settings were not saved' });
    await refused.waitFor();
    expect(await refused.textContent()).toMatch(why);
    expect((await anchorsField().inputValue()).trim()).toBe(pem.trim());
    expect(await savedSettings()).toEqual(before);
    await form().getByRole('button', { name: 'Discard the changes' }).click();
    await refused.waitFor({ state: 'detached' });
  },
);

test('the bar stays in sight while there is something to save, and what the keyboard goes to comes up above it', async () => {
  const bar = () =>
    save().evaluate((button) => button.closest('[data-changed]')?.getBoundingClientRect().top ?? 0);
  await ruleField().fill('CN=^(\\d{12})$');
  await form().getByText('Not saved yet').waitFor();
  await ruleField().evaluate((field) => field.scrollIntoView({ block: 'center' }));
  expect(await bar()).toBeLessThan(await desk.page.evaluate(() => window.innerHeight));
  // The next field lies where the bar is; the keyboard goes to it, and it comes up.
  const lists = form().getByRole('textbox', { name: /^Revocation lists/ });
  const bottom = () => lists.evaluate((field) => field.getBoundingClientRect().bottom);
  await lists.evaluate((field) =>
    window.scrollBy(0, field.getBoundingClientRect().bottom - window.innerHeight + 1),
  );
  expect(await bottom()).toBeGreaterThan(await bar());
  await form()
    .getByRole('button', { name: 'Add from files…' })
    .evaluate((button) => button.focus({ preventScroll: true }));
  await desk.page.keyboard.press('Tab');
  expect(await lists.evaluate((field) => field === document.activeElement)).toBe(true);
  expect(await bottom()).toBeLessThanOrEqual(await bar());
  await form().getByRole('button', { name: 'Discard the changes' }).click();
  await form().getByText('Not saved yet').waitFor({ state: 'detached' });
});

test('more than can be kept across a lock is said to be so while it is typed, and the saying goes with it', async () => {
  const told = form().getByText(/^What you type here cannot be kept/);
  await anchorsField().fill('#'.repeat(19_000));
  await form().getByText('Not saved yet').waitFor();
  const kept = () =>
    desk.page.evaluate(async () => {
      const answer = await window.api.drafts.list({});
      return answer.ok ? (answer.data.drafts[0]?.value.length ?? 0) : -1;
    });
  await expect.poll(kept).toBeGreaterThan(19_000);
  expect(await told.count()).toBe(0);
  await anchorsField().fill('#'.repeat(20_001));
  await told.waitFor();
  expect(await anchorsField().evaluate((field) => field === document.activeElement)).toBe(true);
  // Where the person is, and not at the end of a long form.
  await anchorsField().evaluate((field) => field.scrollIntoView({ block: 'end' }));
  const below = () => told.evaluate((part) => part.getBoundingClientRect().bottom - window.innerHeight);
  expect(
    await form().evaluate((part) => part.getBoundingClientRect().bottom - window.innerHeight),
  ).toBeGreaterThan(0);
  expect(await below()).toBeLessThanOrEqual(0);
  await picture('security-unkeepable');
  await form().getByRole('button', { name: 'Discard the changes' }).click();
  await told.waitFor({ state: 'detached' });
  await expect.poll(kept).toBe(0);
});

test('a file with a private key never reaches the field; an issuer’s does, is saved, and is listed with its end', async () => {
  const ca = makeTestCa({ now: NOW });
  const put = (name: string, text: string) => {
    const file = path.join(desk.home, name);
    writeFileSync(file, text);
    return file;
  };
  const choose = form().locator('input[type=file]');
  await choose.setInputFiles(put('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()));
  await form().getByText('key.pem holds a private key').waitFor();
  expect(await anchorsField().inputValue()).toBe('');
  await choose.setInputFiles(put('root.pem', ca.rootPem));
  await expect.poll(() => anchorsField().inputValue()).toContain('BEGIN CERTIFICATE');
  await form()
    .getByRole('textbox', { name: /^Card software/ })
    .fill('OpenSC');
  await form().getByText('Write the whole path').waitFor();
  expect(await save().isDisabled()).toBe(true);
  await form()
    .getByRole('textbox', { name: /^Card software/ })
    .fill('/nowhere/cards.so\n');
  await form()
    .getByRole('radiogroup', { name: 'Approving a request is signed' })
    .getByRole('radio', { name: /^By card, or by password/ })
    .check();
  await form()
    .getByRole('radiogroup', { name: /decision on an exception is signed/ })
    .getByRole('radio', { name: /^By card only/ })
    .check();
  await form()
    .getByRole('radiogroup', { name: 'The sign-off of the audit log is signed' })
    .getByRole('radio', { name: /^No signature/ })
    .check();
  await picture('security-changed');
  // What is typed outlives a look at another screen.
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Settings' }).click();
  await heading(desk.page, 'Settings').waitFor();
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Security' }).click();
  await form().getByText('Not saved yet').waitFor();
  await save().click();
  await expect.poll(() => form().getByText('Not saved yet').count()).toBe(0);
  const list = form().getByRole('list', { name: 'Issuers that are trusted' });
  expect(await list.getByRole('listitem').count()).toBe(1);
  expect(await list.textContent()).toMatch(/Valid\s+until \d+ \w{3} \d{4}/);
  await section('Card software now').getByText('Not found').waitFor();
  expect(await savedSettings()).toMatchObject({
    modulePaths: ['/nowhere/cards.so'],
    signatures: { 'approve-request': 'card-or-password', exception: 'card', 'audit-sign-off': 'none' },
  });
});

test('printed, it is a review: the settings as facts, and no buttons', async () => {
  await desk.page.emulateMedia({ media: 'print' });
  expect(await form().isVisible()).toBe(false);
  expect(await desk.page.getByRole('button', { name: 'Check again' }).isVisible()).toBe(false);
  for (const policy of [/^By card, or by password/, /^By card only/, /^No signature/])
    await section('Smartcards').getByRole('definition').getByText(policy).waitFor();
  await desk.page.getByText(/^Security review of/).waitFor();
  await picture('security-printed');
  await desk.page.emulateMedia({ media: null });
  await form().waitFor();
});
