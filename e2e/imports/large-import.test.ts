import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Desk } from '../support/launch-desk.ts';
import { goTo, sampleFile } from '../support/main-job.ts';
import { OWNER, openPrepared } from '../support/prepared-homes.ts';
import { goFile, goName, largeTrust } from './go-builder.ts';
import { ownFiles } from './own-files.ts';
import {
  check,
  choose,
  dryRun,
  importButton,
  importWhole,
  putAside,
  signInAs,
  standing,
  startImport,
  whenWriting,
} from './steps.ts';

// Long work in the real window: it is seen, the window goes on meanwhile, and whatever ends it early changes nothing.
const files = ownFiles('large-import');
let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('trust');
  await signInAs(desk, OWNER);
  await importWhole(desk, sampleFile('oneforms.csv'));
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail')
    await desk.screenshot(`failed-${task.name.slice(0, 40).replaceAll(/\W+/g, '-')}`);
});
afterAll(() => desk?.close());

describe('a register of 30,000 people', () => {
  const name = goName(101);
  const large = files.write(name, goFile(name, largeTrust(30_000)), 'large');
  const huge = files.write(name, goFile(name, largeTrust(120_000)), 'huge');
  const phase = (words: RegExp) =>
    desk.page.getByRole('region', { name: 'Work in progress' }).getByText(words).waitFor();

  test('its check can be cancelled', async () => {
    const before = await standing(desk);
    await choose(desk, large);
    await check(desk);
    await desk.page.getByRole('button', { name: 'Cancel the check' }).click();
    await desk.page.getByText('Cancelled. Nothing was written.').waitFor();
    expect(await standing(desk)).toEqual(before);
  });

  test('the window goes on while it is checked and imported, and a cancel amid the writing changes nothing', async () => {
    const { page } = desk;
    const before = await standing(desk);
    await watchFrames(page);
    await check(desk);
    await phase(/Reading the file · [\d,]+ rows/);
    await desk.screenshot('imports-progress');
    expect(await (await dryRun(desk)).getByRole('status').textContent()).toMatch(/new, .* ended, 0 failed$/);
    const cancelled = whenWriting(page, 'cancel');
    await startImport(desk);
    await phase(/Reading the file · [\d,]+ rows/);
    // The queue is read and filtered meanwhile, as on any other day.
    await goTo(desk, 'Requests');
    await page.keyboard.press('/');
    await page.keyboard.type('SR0042317');
    await page.getByRole('row', { name: /SR0042317/ }).waitFor();
    await page.getByRole('button', { name: 'Clear filter' }).click();
    await cancelled;
    const frames = await longestFrame(page);
    console.log(`longest frame ${frames.longest.toFixed(0)} ms of ${frames.count}`);
    await goTo(desk, 'Imports');
    await page.getByText('Cancelled. Nothing was written.').waitFor();
    expect(await standing(desk)).toEqual(before);
    expect(frames.count).toBeGreaterThan(30);
  });

  test('a second long work is told in words what it waits for', async () => {
    const { page } = desk;
    await putAside(desk);
    await choose(desk, huge);
    await check(desk);
    await phase(/Reading the file · [\d,]+ rows/);
    expect(await page.locator('input[type=file]').first().isDisabled()).toBe(true);
    const answer = await secondImport(page, sampleFile('as-numbers.csv'));
    expect(answer).toMatchObject({ ok: false, code: 'BUSY' });
    expect(answer).toHaveProperty(
      'message',
      `“Checking ${name}” is still running. Wait for it, or cancel it first.`,
    );
    await goTo(desk, 'Ledger');
    await page.getByRole('button', { name: /^Verify/ }).click();
    await page.getByText(/is still running\. Wait for it, or cancel it first\./).waitFor();
    await desk.screenshot('imports-busy');
    const bar = page.getByRole('region', { name: 'Work in progress' });
    await bar.getByRole('button', { name: 'Cancel' }).click();
    await bar.waitFor({ state: 'detached' });
    await goTo(desk, 'Imports');
    await page.getByText('Cancelled. Nothing was written.').waitFor();
    await putAside(desk);
  });

  test('a lock amid the writing ends it and changes nothing', async () => {
    const { page } = desk;
    await choose(desk, large);
    await check(desk);
    await dryRun(desk);
    const { ledger: _before, ...before } = await standing(desk);
    const locked = whenWriting(page, 'lock');
    await startImport(desk);
    await locked;
    await page.getByLabel('Username').waitFor();
    await page.getByText('It was locked by hand.').waitFor();
    expect(await page.getByRole('region', { name: 'Work in progress' }).count()).toBe(0);
    await signInAs(desk, OWNER);
    const { ledger: _after, ...after } = await standing(desk);
    expect(after).toEqual(before);
    await goTo(desk, 'Imports');
    expect(await importButton(desk).count()).toBe(0);
  });

  test('it is imported whole in the end', async () => {
    expect(await importWhole(desk, large)).toMatch(/[\d,]+ new, [\d,]+ changed, [\d,]+ ended, 0 failed/);
    expect((await standing(desk)).sources).toMatchObject({
      sources: expect.arrayContaining([expect.objectContaining({ kind: 'go' })]),
    });
  });
});

async function watchFrames(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = { longest: 0, count: 0, last: performance.now(), on: true };
    Object.assign(window, { seenFrames: seen });
    const frame = (): void => {
      const now = performance.now();
      seen.longest = Math.max(seen.longest, now - seen.last);
      seen.last = now;
      seen.count += 1;
      if (seen.on) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}

async function longestFrame(page: Page): Promise<{ readonly longest: number; readonly count: number }> {
  return page.evaluate(() => {
    const { seenFrames: seen } = window as unknown as {
      seenFrames: { longest: number; count: number; on: boolean };
    };
    seen.on = false;
    return { longest: seen.longest, count: seen.count };
  });
}

/** Offers and checks a file past the screen, which takes no second one while it works. */
async function secondImport(page: Page, file: string): Promise<unknown> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    input.type = 'file';
    input.id = 'second-import';
    document.body.append(input);
  });
  await page.locator('#second-import').setInputFiles(file);
  return page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#second-import');
    const chosen = input?.files?.item(0);
    if (chosen === null || chosen === undefined) throw new Error('no file was chosen');
    const offered = await window.api.imports.offerFile(chosen);
    input?.remove();
    if (!offered.ok) return offered;
    return window.api.imports.preview({
      fileId: offered.data.fileId,
      kind: 'as-numbers',
      mapping: null,
      dates: null,
      takenAt: '2026-11-02T08:00:00.000Z',
      startingPosition: null,
      reason: null,
    });
  });
}
