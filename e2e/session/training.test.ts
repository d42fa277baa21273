import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, launchDesk } from '../support/launch-desk.ts';
import { heading } from './people.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await launchDesk();
});
afterAll(() => desk?.close({ forget: true }));

/** Everything the page's process holds in its memory, as text, after it has thrown away what nobody needs. */
async function memoryOfThePage(): Promise<string> {
  const client = await desk.page.context().newCDPSession(desk.page);
  const parts: string[] = [];
  client.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await client.send('HeapProfiler.collectGarbage');
  await client.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await client.detach();
  return parts.join('');
}

/** As a heap snapshot writes text: what is not ASCII by its code. */
const inSnapshot = (text: string): string =>
  text.replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`,
  );

let shown: readonly string[] = [];

test('the training store is opened from the first screen and shows its accounts', async () => {
  await heading(desk.page, 'Welcome').waitFor();
  await desk.page.getByRole('button', { name: 'Open the training store' }).click();
  await desk.page.getByRole('heading', { name: 'Training accounts' }).waitFor({ timeout: 60_000 });
  expect(await desk.page.getByRole('note', { name: 'Environment' }).textContent()).toMatch(/TPLY/);
  expect(await desk.page.getByRole('row').count()).toBeGreaterThan(3);
});

test('an officer of the training store sees the queue, under TPLY', async () => {
  const account = desk.page.getByRole('row', { name: /Corporate Systems officer/ }).first();
  await account.getByRole('button').click();
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Requests' }).click();
  await heading(desk.page, 'Requests').waitFor();
  expect(await desk.page.getByRole('note', { name: 'Environment' }).textContent()).toMatch(/TPLY/);
  const rows = await desk.page.evaluate(async () => {
    const answer = await window.api.requests.list({
      filter: { text: '', statuses: [], access: null, objected: false },
      sort: { by: 'submittedAt', direction: 'asc' },
      offset: 0,
      limit: 8,
    });
    return answer.ok ? answer.data.rows.map(({ reference, person }) => ({ reference, person })) : [];
  });
  expect(rows.length).toBe(8);
  await desk.page
    .getByText(rows[0]?.reference ?? '')
    .first()
    .waitFor();
  const page = await desk.page.content();
  shown = rows.flatMap(({ reference, person }) => [reference, person]).filter((text) => page.includes(text));
  expect(shown.length).toBeGreaterThan(5);
});

test('a lock takes the queue off the screen and out of the page’s memory', async () => {
  // The control: what is on the screen is found in the memory by this way of looking.
  const before = await memoryOfThePage();
  expect(shown.filter((text) => before.includes(inSnapshot(text))).length).toBe(shown.length);
  await desk.page.keyboard.press('Control+l');
  await desk.page.getByText('It was locked by hand').waitFor();
  const page = await desk.page.content();
  expect(shown.filter((text) => page.includes(text))).toEqual([]);
  await expect
    .poll(
      async () => {
        const after = await memoryOfThePage();
        return shown.filter((text) => after.includes(inSnapshot(text)));
      },
      { timeout: 20_000, interval: 500 },
    )
    .toEqual([]);
});
