import { afterAll, beforeAll, expect, test } from 'vitest';
import { heading, OWNER, signIn, signInAsOwner } from '../session/people.ts';
import type { Desk } from '../support/launch-desk.ts';
import { openPrepared } from '../support/prepared-homes.ts';

const FIRST = 'wintry harbour candles at noon';
const NEXT = 'seventeen purple umbrellas';

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('owner-alone');
  await signInAsOwner(desk.page);
  const ended = await desk.page.evaluate(async (firstPassword) => {
    const person = { employeeNumber: null, roles: ['officer' as const], firstPassword };
    const stays = { ...person, username: 'stays', displayName: 'Officer who stays' };
    const left = { ...person, username: 'left', displayName: 'Officer who left' };
    await window.api.users.add(stays);
    const added = await window.api.users.add(left);
    return added.ok && (await window.api.users.end({ id: added.data.id, reason: 'left the trust' })).ok;
  }, FIRST);
  expect(ended).toBe(true);
  await desk.page.reload();
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
  await heading(desk.page, 'Users').waitFor();
});
afterAll(() => desk?.close({ forget: true }));

const openActions = async (name: string) => {
  await desk.page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  return desk.page.getByRole('menuitem', { name: /^Reset the password/ });
};

test('is offered for who may sign in: not for an ended account, and not for one’s own', async () => {
  const ended = desk.page.getByRole('table', { name: 'Ended accounts' });
  await ended.getByRole('row', { name: /Officer who left/ }).waitFor();
  expect(await ended.getByRole('button').count()).toBe(0);
  expect(await desk.page.getByRole('button', { name: /^Actions for/ }).count()).toBe(2);
  const own = await openActions(OWNER.displayName);
  expect(await own.isDisabled()).toBe(true);
  expect(await own.textContent()).toContain('menu under your name');
  await desk.page.keyboard.press('Escape');
  await own.waitFor({ state: 'detached' });
  expect(await (await openActions('Officer who stays')).isEnabled()).toBe(true);
  await desk.page.keyboard.press('Escape');
});

test('gives a first password that opens, and that must be changed before anything else', async () => {
  await (await openActions('Officer who stays')).click();
  const dialog = desk.page.getByRole('dialog', { name: 'Reset the password of Officer who stays' });
  const submit = dialog.getByRole('button', { name: 'Reset the password' });
  await dialog.getByLabel(/^First password/).fill('stays');
  await dialog.getByText(/not enough/).waitFor();
  await submit.click();
  await dialog.getByText('Choose a stronger password').waitFor();
  await dialog.getByLabel(/^First password/).fill(NEXT);
  await dialog.getByText(/Strength: (very )?strong$/).waitFor();
  await submit.click();
  await dialog.waitFor({ state: 'detached' });
  await desk.page.keyboard.press('Control+l');
  await heading(desk.page, /^Sign in/).waitFor();
  const told = await desk.page.evaluate(
    (password) => window.api.session.signIn({ username: 'stays', password }),
    FIRST,
  );
  expect(told).toMatchObject({ ok: false, code: 'WRONG_CREDENTIALS' });
  await signIn(desk.page, NEXT, 'stays');
  await heading(desk.page, 'Choose your own password').waitFor();
  const answer = await desk.page.evaluate(() => window.api.home.get({}));
  expect(answer).toMatchObject({ ok: false, code: 'MUST_CHANGE_PASSWORD' });
});
