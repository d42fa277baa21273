import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import { goTo, signIn, signOut } from '../support/main-job.ts';
import { openPrepared } from '../support/prepared-homes.ts';
import { shownSignature, takeOutside } from '../support/signature.ts';

// A team lead signs off the audit log in the real window: what was verified, in words that hold its root hash, sound outside too.
const REVIEWED = 'all approvals of the month against their forms';

let desk: Desk;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'esr-sign-off-'));
  desk = await openPrepared('training');
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk?.close({ forget: true });
});

const button = (name: string) => desk.page.getByRole('button', { name, exact: true });
const dialog = (name: string) => desk.page.getByRole('dialog', { name });
async function verify(): Promise<void> {
  await goTo(desk, 'Ledger');
  await button('Verify the ledger').click();
  await desk.page.getByText('The ledger is sound').waitFor();
}

test('an owner verifies, and is not asked to sign off what they did themselves', async () => {
  await signIn(desk, 'owner');
  await verify();
  expect(await button('Sign off the review…').count()).toBe(0);
  await signOut(desk);
});

test('a team lead signs for the root that was just found, by the text they see', async () => {
  await signIn(desk, 'teamlead');
  await goTo(desk, 'Ledger');
  expect(await button('Sign off the review…').count()).toBe(0);
  await verify();
  await inspectScreen(desk, 'ledger-verified');
  await button('Sign off the review…').click();
  const words = dialog('Sign off the audit log');
  await words.getByRole('button', { name: 'Sign off' }).click();
  await words.getByText('Say it in a few words').waitFor();
  await words.getByRole('textbox', { name: 'What you reviewed' }).fill(REVIEWED);
  await inspectScreen(desk, 'sign-off');
  await words.getByRole('button', { name: 'Sign off' }).click();
  const sign = dialog('Sign the review of the audit log');
  const text = (await sign.getByRole('region', { name: 'Text that is signed' }).textContent()) ?? '';
  expect(text).toMatch(/^AUDIT LOG SIGNED OFF\n/);
  expect(text).toMatch(/\nRoot hash \(RFC 6962, SHA-256\): [0-9a-f]{64}\n/);
  expect(text).toContain(`\nReviewed: ${REVIEWED}\n`);
  expect(text).toContain('\nSigned off before: never\n');
  await inspectScreen(desk, 'sign-off-text');
  // Back to the words, and nothing is lost.
  await sign.getByRole('button', { name: 'Cancel' }).click();
  expect(await words.getByRole('textbox', { name: 'What you reviewed' }).inputValue()).toBe(REVIEWED);
  await words.getByRole('button', { name: 'Sign off' }).click();
  await sign.getByLabel(/^Your password/).fill('practice-as-teamlead');
  await sign.getByRole('button', { name: 'Sign it off' }).click();
  await sign.waitFor({ state: 'detached' });
  await desk.page.getByText('Signed off.', { exact: true }).waitFor();
  const signature = shownSignature(desk);
  await signature.getByText('Sound', { exact: true }).waitFor();
  await signature.getByText(/^Audit sign-off, signed/).waitFor();
  await signature.scrollIntoViewIfNeeded();
  await inspectScreen(desk, 'signed-off');
  await desk.page
    .getByRole('grid', { name: 'Ledger' })
    .getByText(/^Signed off the audit log/)
    .first()
    .waitFor();
  const check = await takeOutside(desk, folder);
  check();
  appendFileSync(path.join(folder, 'text.txt'), ' ');
  expect(check).toThrow(/verif|digest/i);
});

test('the next one names the one before', async () => {
  await verify();
  await button('Sign off the review…').click();
  await dialog('Sign off the audit log').getByRole('textbox', { name: 'What you reviewed' }).fill('the rest');
  await dialog('Sign off the audit log').getByRole('button', { name: 'Sign off' }).click();
  const sign = dialog('Sign the review of the audit log');
  const text = (await sign.getByRole('region', { name: 'Text that is signed' }).textContent()) ?? '';
  expect(text).toMatch(/\nSigned off before: [\d,]+ events, on \d/);
});
