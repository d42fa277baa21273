import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import '../shell/window-api.ts';
import { signInAs } from '../imports/steps.ts';
import type { Desk } from './launch-desk.ts';
import { signOut } from './main-job.ts';
import { OFFICERS, OWNER, openPrepared } from './prepared-homes.ts';

const open: Desk[] = [];
afterAll(async () => {
  for (const desk of open) await desk.close({ forget: true });
});
const another = async () => {
  const desk = await openPrepared('trust');
  open.push(desk);
  return desk;
};

test('a prepared trust has its owner, two officers and a register, with its keychain, and no backup', async () => {
  const desk = await another();
  expect(existsSync(path.join(desk.userData, 'stores', 'trust', 'backups'))).toBe(false);
  for (const officer of OFFICERS) {
    await signInAs(desk, officer);
    expect(await desk.page.evaluate(() => window.api.session.getState({}))).toMatchObject({
      ok: true,
      data: { user: { username: officer.username, roles: ['officer'], mustChangePassword: false } },
    });
    await signOut(desk);
  }
  await signInAs(desk, OWNER);
  const sources = await desk.page.evaluate(() => window.api.imports.sources({}));
  const rows = sources.ok ? sources.data.sources.filter((source) => source.rows > 0) : [];
  expect(rows.length).toBeGreaterThan(0);
});

test('of two copies neither is changed by the other, and the phrase is of both', async () => {
  const [one, other] = [await another(), await another()];
  await signInAs(one, OWNER);
  await one.page.evaluate(async () => {
    const answer = await window.api.users.list({});
    const officer = answer.ok ? answer.data.users.find(({ roles }) => roles.includes('officer')) : undefined;
    await window.api.users.end({ id: officer?.id ?? '', reason: 'left the trust' });
  });
  const usersOf = (desk: Desk) =>
    desk.page.evaluate(async () => {
      const answer = await window.api.users.list({});
      return answer.ok ? answer.data.users.filter(({ endedAt }) => endedAt === null).length : -1;
    });
  expect(await usersOf(one)).toBe(2);
  await signInAs(other, OWNER);
  expect(await usersOf(other)).toBe(3);
  expect(other.home).not.toBe(one.home);
  expect(await openPhrase(other)).toBe(true);
});

async function openPhrase(desk: Desk & { readonly phrase: string }): Promise<boolean> {
  const newPassword = 'seventeen-Purple-umbrellas-9';
  const answer = await desk.page.evaluate((recovery) => window.api.session.recover(recovery), {
    recoveryPhrase: desk.phrase,
    username: OWNER.username,
    newPassword,
  });
  return answer.ok;
}
