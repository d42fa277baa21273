import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectScreen } from '../support/inspect-screen.ts';
import type { Desk } from '../support/launch-desk.ts';
import { openRequest, panel, readStory, recordAuthorisation, signIn, signOut } from '../support/main-job.ts';
import '../shell/window-api.ts';
import { openPrepared } from '../support/prepared-homes.ts';

/** `ESR_DESK_PICTURES=1` writes the dialog and the signature to out/e2e. */
const pictures = process.env.ESR_DESK_PICTURES === '1';
const PASSWORD = 'practice-as-officer';

let desk: Desk;
let folder: string;
const reference = readStory().get('ready-core') ?? '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'esr-signature-'));
  desk = await openPrepared('training');
  await signIn(desk, 'owner');
  expect(await setPolicy('card-or-password')).toBe(true);
  await signOut(desk);
  await signIn(desk, 'officer');
  await openRequest(desk, reference);
  await recordAuthorisation(desk);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await desk?.close({ forget: true });
});

const setPolicy = (policy: 'none' | 'card-or-password' | 'card') =>
  desk.page.evaluate(async (wanted) => {
    const now = await window.api.security.getCardSettings({});
    if (!now.ok) return false;
    const { settings } = now.data;
    const signatures = { ...settings.signatures, 'approve-request': wanted };
    return (await window.api.security.changeCardSettings({ ...settings, signatures })).ok;
  }, policy);
const dialog = () => desk.page.getByRole('dialog', { name: 'Sign the approval' });
const approveButton = () => desk.page.getByRole('button', { name: 'Approve', exact: true });
const shownText = async () =>
  (await dialog().getByRole('region', { name: 'Text that is signed' }).textContent()) ?? '';
const picture = async (name: string) => void (pictures && (await desk.screenshot(name)));
const clipboard = () => desk.app.evaluate(({ clipboard: board }) => board.readText());

function verify(text: string, cms: string, certificates: string, attime: string | null): void {
  const put = (name: string, content: string): string => {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return file;
  };
  const when = attime === null ? [] : ['-partial_chain', '-attime', attime];
  execFileSync(
    'openssl',
    [
      ...['cms', '-verify', '-binary', '-inform', 'PEM', '-in', put('signature.pem', cms)],
      ...['-content', put('text.txt', text), '-CAfile', put('certificates.pem', certificates)],
      ...['-purpose', 'any', ...when, '-out', path.join(folder, 'checked.txt')],
    ],
    { stdio: 'pipe' },
  );
}

test('approving shows what is signed, with what, and that a password is the weaker signature', async () => {
  await approveButton().click();
  const text = await shownText();
  expect(text).toMatch(/^APPROVAL OF ACCESS TO ESR\n\nTrust: /);
  expect(text).toContain(reference);
  await dialog()
    .getByText(/This is the weaker signature/)
    .waitFor();
  await inspectScreen(desk, 'signing-password');
  // On paper the whole text and nothing else.
  await desk.page.emulateMedia({ media: 'print' });
  expect(await desk.page.locator('#root').isVisible()).toBe(false);
  const paper = dialog().getByRole('region', { name: 'Text that is signed' });
  expect(await paper.evaluate((part) => part.scrollHeight - part.clientHeight)).toBeLessThanOrEqual(0);
  expect(await dialog().getByRole('button', { name: 'Cancel' }).isVisible()).toBe(false);
  await picture('signing-printed');
  await desk.page.emulateMedia({ media: null });
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await dialog().getByText('Type your password').waitFor();
  // The dialog closes without deciding anything.
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await panel(desk.page, 'Approve').waitFor();
});

test('a wrong password decides nothing, and is not left in its field', async () => {
  await approveButton().click();
  const field = dialog().getByLabel(/^Your password/);
  await field.fill('not the password');
  await desk.page.keyboard.press('Enter');
  await dialog().getByText('Nothing was decided', { exact: true }).waitFor();
  expect(await field.inputValue()).toBe('');
  await picture('signing-wrong-password');
});

test('a request that changes under the reader’s eyes: the text is read again, the dialog says so, and signing begins anew', async () => {
  const before = await shownText();
  await dialog()
    .getByLabel(/^Your password/)
    .fill(PASSWORD);
  const changed = await desk.page.evaluate(async (wanted) => {
    const list = await window.api.requests.list({
      filter: { text: wanted, statuses: [], access: null, objected: false },
      sort: { by: 'submittedAt', direction: 'asc' },
      offset: 0,
      limit: 1,
    });
    const row = list.ok ? list.data.rows[0] : undefined;
    if (row === undefined) return false;
    const detail = await window.api.requests.get({ id: row.id });
    if (!detail.ok || detail.data.access === null) return false;
    const { id, revision } = detail.data;
    const undone = await window.api.requests.undo({ id, revision, reason: 'said in a test' });
    if (!undone.ok) return false;
    const again = await window.api.requests.get({ id });
    if (!again.ok) return false;
    return (await window.api.requests.recordAuthorisation({ id, revision: again.data.revision })).ok;
  }, reference);
  expect(changed).toBe(true);
  await dialog().getByText('It changed meanwhile').waitFor();
  await expect.poll(shownText).not.toBe(before);
  expect(await shownText()).toContain(reference);
  expect(
    await dialog()
      .getByLabel(/^Your password/)
      .inputValue(),
  ).toBe('');
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await dialog().getByText('Type your password').waitFor();
  await picture('signing-changed');
});

test('the password signs; the signature is shown sound, and openssl accepts it as it is copied', async () => {
  const signed = await shownText();
  await dialog()
    .getByLabel(/^Your password/)
    .fill(PASSWORD);
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await dialog().waitFor({ state: 'detached' });
  await panel(desk.page, 'Key it into ESR').waitFor();
  const list = desk.page.getByRole('region', { name: 'Signatures' });
  const one = list.getByRole('article');
  await one.getByText('Sound', { exact: true }).waitFor();
  expect(await one.count()).toBe(1);
  await one.getByText(/somebody knew the password/).waitFor();
  await one.getByText('Text that was signed').click();
  expect(await one.getByRole('region', { name: 'Text that was signed' }).textContent()).toBe(signed);
  const copied: string[] = [];
  for (const what of ['the text', 'the signature', 'the certificates']) {
    await one.getByRole('button', { name: `Copy ${what}` }).click();
    await one.getByText(`Copied ${what}`).waitFor();
    copied.push(await clipboard());
  }
  const [text = '', cms = '', certificates = ''] = copied;
  expect(text).toBe(signed);
  await one.getByText('Check it without this program').click();
  const command = (await one.locator('code').textContent()) ?? '';
  const attime = /-attime (\d+)/.exec(command)?.[1] ?? '';
  await one.scrollIntoViewIfNeeded();
  await inspectScreen(desk, 'signature-sound');
  verify(text, cms, certificates, null);
  verify(text, cms, certificates, attime);
  expect(() => verify(text.replace('Approved by', 'Refused by'), cms, certificates, null)).toThrow(
    /verif|digest/i,
  );
});

test('by card only: without a reader nothing can be signed, and no password is asked for', async () => {
  await signOut(desk);
  await signIn(desk, 'owner');
  expect(await setPolicy('card')).toBe(true);
  await signOut(desk);
  await signIn(desk, 'officer');
  await openRequest(desk, readStory().get('keyed-not-seen') ?? '');
  await recordAuthorisation(desk);
  await approveButton().click();
  await dialog()
    .getByText(/with your smartcard/)
    .waitFor();
  await dialog().getByText('Smartcards are not set up on this PC').waitFor();
  expect(
    await dialog()
      .getByLabel(/password|passcode/i)
      .count(),
  ).toBe(0);
  await dialog().getByRole('button', { name: 'Sign and approve' }).click();
  await picture('signing-no-card');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await panel(desk.page, 'Approve').waitFor();
});
