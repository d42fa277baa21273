import { afterAll, beforeAll, expect, test } from 'vitest';
import { heading, OWNER, signIn, signInAsOwner } from '../session/people.ts';
import type { Desk } from '../support/launch-desk.ts';
import { openPrepared } from '../support/prepared-homes.ts';

const FIRST = 'wintry harbour candles at noon';
/** `ESR_DESK_PICTURES=1` writes the dialogs to out/e2e. */
const pictures = process.env.ESR_DESK_PICTURES === '1';

let desk: Desk;
beforeAll(async () => {
  desk = await openPrepared('owner-alone');
  await signInAsOwner(desk.page);
  const added = await desk.page.evaluate(async (firstPassword) => {
    const answer = await window.api.users.add({
      username: 'stays',
      displayName: 'Officer who stays',
      employeeNumber: '90000001',
      roles: ['officer'],
      firstPassword,
    });
    return answer.ok;
  }, FIRST);
  expect(added).toBe(true);
  await desk.page.reload();
  await desk.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' }).click();
  await heading(desk.page, 'Users and roles').waitFor();
});
afterAll(() => desk?.close({ forget: true }));

const row = (name: string) => desk.page.getByRole('table', { name: 'Users' }).getByRole('row', { name });
const act = async (name: string, item: RegExp) => {
  await desk.page.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
  return desk.page.getByRole('menuitem', { name: item });
};
const dialog = () => desk.page.getByRole('dialog');
const drafts = () =>
  desk.page.evaluate(async () => {
    const kept = await window.api.drafts.list({});
    return kept.ok ? kept.data.drafts.map(({ value }) => value).join() : '';
  });
/** Who was locked comes back to the same screen. */
const lockAndReturn = async () => {
  await desk.page.keyboard.press('Control+l');
  await heading(desk.page, /^Sign in/).waitFor();
  await signIn(desk.page);
  await heading(desk.page, 'Users and roles').waitFor();
};
const closeMenu = async () => {
  await desk.page.keyboard.press('Escape');
  await desk.page.getByRole('menu').waitFor({ state: 'detached' });
};
const picture = async (name: string) => void (pictures && (await desk.screenshot(name)));

test('one owner alone is a standing warning, and the row says how each comes in', async () => {
  await desk.page.getByText('There is only one system owner.').waitFor();
  const own = row(OWNER.displayName);
  await own.getByText('Signed in now').waitFor();
  await own.getByText('by password').waitFor();
  await own.getByText('No card linked').waitFor();
  await row('Officer who stays').getByText('Never').waitFor();
});

test('one’s own roles are closed with the reason, and the program refuses them as well', async () => {
  const item = await act(OWNER.displayName, /^Change roles/);
  expect(await item.isDisabled()).toBe(true);
  expect(await item.textContent()).toContain('Nobody changes their own roles');
  await picture('users-own-menu');
  await closeMenu();
  // By keyboard: the closed line can be reached and does nothing, and Escape leads back to where one was.
  await desk.page.keyboard.press('Enter');
  await desk.page.getByRole('menu').waitFor();
  const focused = () => desk.page.evaluate(() => document.activeElement?.textContent ?? '');
  await expect.poll(focused).toContain('Nobody changes their own roles');
  await desk.page.keyboard.press('Enter');
  expect(await dialog().count()).toBe(0);
  await desk.page.keyboard.press('ArrowDown');
  await expect.poll(focused).toContain('Link a card');
  await closeMenu();
  expect(await desk.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(
    `Actions for ${OWNER.displayName}`,
  );
  const answer = await desk.page.evaluate(async () => {
    const session = await window.api.session.getState({});
    const id = session.ok ? (session.data.user?.id ?? '') : '';
    return window.api.users.changeRoles({ id, roles: ['owner', 'officer'], reason: 'said in a test' });
  });
  expect(answer).toMatchObject({ ok: false, code: 'REFUSED' });
});

test('roles that check one another are refused in the dialog, which keeps what was chosen; others are taken', async () => {
  await (await act('Officer who stays', /^Change roles/)).click();
  await dialog().getByRole('button', { name: 'Change the roles' }).click();
  await dialog().getByText('These are the roles as they are').waitFor();
  await dialog().getByRole('checkbox', { name: 'Team lead' }).check();
  await dialog()
    .getByRole('textbox', { name: /^Reason/ })
    .fill('covers for the team lead');
  await dialog().getByRole('button', { name: 'Change the roles' }).click();
  await dialog()
    .getByText(/cannot be one person/)
    .waitFor();
  await picture('users-roles-refused');
  expect(await dialog().getByRole('checkbox', { name: 'Team lead' }).isChecked()).toBe(true);
  await dialog().getByRole('checkbox', { name: 'Team lead' }).uncheck();
  await dialog().getByRole('checkbox', { name: 'System owner' }).check();
  await dialog().getByRole('button', { name: 'Change the roles' }).click();
  await dialog().waitFor({ state: 'detached' });
  await row('Officer who stays').getByText('Corporate Systems officer, System owner').waitFor();
  // Two owners now; the officer who is one is a warning of another kind.
  await desk.page.getByText(/is Corporate Systems officer|is System owner/).waitFor();
  expect(await desk.page.getByText('There is only one system owner.').count()).toBe(0);
});

test('a card’s number is cleaned, kept, and refused for a second account', async () => {
  await (await act('Officer who stays', /^Link a card/)).click();
  const number = dialog().getByLabel(/^Number on the card/);
  await number.fill('3001 0000 000');
  await dialog().getByRole('button', { name: 'Link the card' }).click();
  await dialog().getByText('this has 11').waitFor();
  await number.fill(' 3001-0000 0001 ');
  await picture('users-link-card');
  await dialog().getByRole('button', { name: 'Link the card' }).click();
  await dialog().waitFor({ state: 'detached' });
  await row('Officer who stays').getByText('Card, not enrolled').waitFor();
  await row('Officer who stays').getByText('3001 0000 0001').waitFor();
  await (await act(OWNER.displayName, /^Link a card/)).click();
  await dialog()
    .getByLabel(/^Number on the card/)
    .fill('300100000001');
  await dialog().getByRole('button', { name: 'Link the card' }).click();
  await dialog().getByText('another account’s already').waitFor();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'detached' });
});

test('the glass is whole where no card is asked for: the menu says so, and the program refuses', async () => {
  const item = await act('Officer who stays', /^Let the password in/);
  expect(await item.isDisabled()).toBe(true);
  expect(await item.textContent()).toContain('taken as it is');
  await picture('users-menu');
  await closeMenu();
  const answer = await desk.page.evaluate(async () => {
    const list = await window.api.users.list({});
    const id = list.ok ? (list.data.users.find(({ username }) => username === 'stays')?.id ?? '') : '';
    return window.api.users.breakGlass({ id, hours: 8, reason: 'said in a test' });
  });
  expect(answer).toMatchObject({ ok: false, code: 'REFUSED', message: expect.stringContaining('as it is') });
});

test('enrolling without a reader says what is missing, and asks for no passcode', async () => {
  await (await act('Officer who stays', /^Enrol the card/)).click();
  await dialog().getByText('An owner sets them up under Security').waitFor();
  expect(
    await dialog()
      .getByLabel(/^Passcode/)
      .count(),
  ).toBe(0);
  await picture('users-enrol-none');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'detached' });
});

test('what was typed for an account is there again after a lock, and gone when it is cancelled', async () => {
  await (await act('Officer who stays', /^Change roles/)).click();
  const reason = dialog().getByRole('textbox', { name: /^Reason/ });
  await reason.fill('moves to another team');
  await dialog().getByRole('checkbox', { name: 'System owner' }).uncheck();
  await expect.poll(drafts).toContain('"roles":"officer"');
  await lockAndReturn();
  await dialog().getByText('Kept from before').waitFor();
  expect(await reason.inputValue()).toBe('moves to another team');
  expect(await dialog().getByRole('checkbox', { name: 'System owner' }).isChecked()).toBe(false);
  await picture('users-kept');
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await dialog().waitFor({ state: 'detached' });
  await expect.poll(drafts).toBe('');
});

test('an account that is being added is there again after a lock, but for its first password', async () => {
  await desk.page.getByRole('button', { name: 'Add a user' }).click();
  await dialog().getByRole('textbox', { name: /^Name/ }).fill('Team lead who is to come');
  await dialog()
    .getByRole('textbox', { name: /^Username/ })
    .fill('to.come');
  await dialog()
    .getByLabel(/^ESR employee number/)
    .fill('90000002');
  await dialog().getByRole('checkbox', { name: 'Team lead' }).check();
  await dialog()
    .getByLabel(/^First password/)
    .fill(FIRST);
  await expect.poll(drafts).toContain('"roles":"team-lead"');
  expect(await drafts()).not.toContain(FIRST);
  await lockAndReturn();
  await dialog().getByText('Kept from before').waitFor();
  expect(await dialog().getByRole('textbox', { name: /^Name/ }).inputValue()).toBe(
    'Team lead who is to come',
  );
  expect(
    await dialog()
      .getByRole('textbox', { name: /^Username/ })
      .inputValue(),
  ).toBe('to.come');
  expect(
    await dialog()
      .getByLabel(/^ESR employee number/)
      .inputValue(),
  ).toBe('90000002');
  expect(await dialog().getByRole('checkbox', { name: 'Team lead' }).isChecked()).toBe(true);
  expect(
    await dialog()
      .getByLabel(/^First password/)
      .inputValue(),
  ).toBe('');
  expect(await desk.page.content()).not.toContain(FIRST);
  await picture('users-add-kept');
  await dialog()
    .getByLabel(/^First password/)
    .fill(FIRST);
  await dialog()
    .getByText(/Strong|Good|strong|good/)
    .first()
    .waitFor();
  await dialog().getByRole('button', { name: 'Add the user' }).click();
  await dialog().waitFor({ state: 'detached' });
  await row('Team lead who is to come').waitFor();
  await expect.poll(drafts).toBe('');
});
