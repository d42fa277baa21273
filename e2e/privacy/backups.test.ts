import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRecoveryPhrase } from '../../electron/adapters/keys/wraps.ts';
import { ownFiles } from '../imports/own-files.ts';
import { createTrust, importWhole, OWNER, signInAs, standing } from '../imports/steps.ts';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { goTo, signOut } from '../support/main-job.ts';
import { markedTrust } from './marked-trust.ts';
import { needlesOf } from './markers.ts';
import { lookFor, scanFolder } from './scan.ts';

// Backups as a person meets them: made by signing out, shown in the settings, restored by the phrase from the sign-in.
const trust = markedTrust(ownFiles('backups'));
const look = lookFor(needlesOf(trust.markers));
let desk: Desk;
let phrase = '';
let earlier: Record<string, unknown>;

const store = (...parts: string[]): string => path.join(desk.userData, 'stores', 'trust', ...parts);
const backups = (): readonly string[] => readdirSync(store('backups')).sort();

beforeAll(async () => {
  desk = await launchDesk();
  desk.page.setDefaultTimeout(20_000);
  phrase = await createTrust(desk);
  await importWhole(desk, trust.files.go);
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close());

test('signing out makes one, encrypted, and the settings show it', async () => {
  const { ledger: _, ...standingNow } = await standing(desk);
  earlier = standingNow;
  await signOut(desk);
  expect(backups()).toHaveLength(1);
  const [made = ''] = backups();
  expect(readdirSync(store('backups', made)).sort()).toEqual(['keyring.json', 'scheme.json', 'store.db']);
  const bytes = readFileSync(store('backups', made, 'store.db'));
  expect(bytes.length).toBeGreaterThan(50_000);
  expect(bytes.subarray(0, 16).toString('latin1')).not.toContain('SQLite format');
  expect(scanFolder(store('backups'), look).hits).toEqual([]);
  await signInAs(desk, OWNER);
  await goTo(desk, 'Settings');
  await desk.page.getByText(/^Last backup .*1 copy kept$/).waitFor();
  await desk.screenshot('backups-settings');
});

test('a wrong phrase restores nothing', async () => {
  const { page } = desk;
  await importWhole(desk, trust.files.asNumbers);
  await signOut(desk);
  expect(backups()).toHaveLength(2);
  const before = readFileSync(store('store.db'));
  await page.getByRole('button', { name: 'Restore a backup' }).click();
  await page
    .getByRole('radiogroup', { name: /^Backup/ })
    .getByRole('radio')
    .last()
    .check();
  await page.getByLabel(/^Recovery phrase/).fill(createRecoveryPhrase());
  await page.getByRole('button', { name: 'Restore this backup' }).click();
  await page.getByText(/does not open the backup\. Check every word and their order\./).waitFor();
  await desk.screenshot('backups-wrong-phrase');
  expect(readFileSync(store('store.db')).equals(before)).toBe(true);
  expect(readdirSync(store()).filter((name) => /^(set-aside|restore)-/.test(name))).toEqual([]);
});

test('the phrase brings the earlier state back and sets the present one aside', async () => {
  const { page } = desk;
  const before = readFileSync(store('store.db'));
  await page.getByLabel(/^Recovery phrase/).fill(phrase);
  await page.getByRole('button', { name: 'Restore this backup' }).click();
  await page.getByText(/^The store is as it was on .* What was there before is set aside\./).waitFor();
  await desk.screenshot('backups-in-place');
  const [aside = ''] = readdirSync(store()).filter((name) => name.startsWith('set-aside-'));
  expect(readFileSync(store(aside, 'store.db')).equals(before)).toBe(true);
  await signInAs(desk, OWNER);
  const { ledger, ...now } = await standing(desk);
  expect(now).toEqual(earlier);
  await goTo(desk, 'Ledger');
  await page.getByText(/^Restored the backup .* the store before it was set aside/).waitFor();
  await desk.screenshot('backups-restored');
  expect(ledger).toBeDefined();
});

test('fifteen sign-outs leave the last fourteen', async () => {
  const { page } = desk;
  const [oldest = ''] = backups();
  await page.evaluate(async ({ username, password }) => {
    const { session } = window.api;
    for (let i = 0; i < 15; i++) {
      await session.signOut({});
      const answer = await session.signIn({ username, password });
      if (!answer.ok) throw new Error(answer.message);
    }
  }, OWNER);
  expect(backups()).toHaveLength(14);
  expect(backups()).not.toContain(oldest);
  await page.getByRole('heading', { level: 1, name: /^Good / }).waitFor();
  await goTo(desk, 'Settings');
  await page.getByText(/^Last backup .*14 copies kept$/).waitFor();
  expect(scanFolder(desk.home, look).hits).toEqual([]);
});
