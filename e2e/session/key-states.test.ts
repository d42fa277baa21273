import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Desk, launchDesk, newHome, placeFor } from '../support/launch-desk.ts';
import { openPrepared } from '../support/prepared-homes.ts';
import type { RunFacts } from '../support/run.ts';
import { heading, OWNER, signIn, signInAsOwner } from './people.ts';

const run = JSON.parse(process.env.ESR_DESK_RUN ?? '{}') as RunFacts;
let desk: Desk;
const open: Desk[] = [];
const launch = async (options: Parameters<typeof launchDesk>[0]): Promise<Desk> => {
  const one = await launchDesk(options);
  open.push(one);
  return one;
};
beforeAll(async () => {
  desk = await openPrepared('owner-alone');
  open.push(desk);
  await signInAsOwner(desk.page);
});
afterAll(async () => {
  for (const one of open) await one.close();
});

const folder = (): string => path.join(desk.userData, 'stores', 'trust');
const main = (one: Desk) => one.page.getByRole('main').textContent();

test('a store that a second program has open says who has it', async () => {
  const { home, userData } = placeFor(run, newHome(run));
  symlinkSync(path.join(desk.userData, 'stores'), path.join(userData, 'stores'));
  // The same keychain: it is the store that is taken, not the key that is missing.
  const { DBUS_SESSION_BUS_ADDRESS } = desk.secrets.env;
  const second = await launch({ userData, env: { DBUS_SESSION_BUS_ADDRESS } });
  expect(path.dirname(second.userData)).toBe(home);
  await heading(second.page, 'The store is open elsewhere').waitFor();
  const said = await main(second);
  expect(said).toContain(`${run.runAs?.name ?? os.userInfo().username} on ${os.hostname()}`);
  expect(said).toContain('Close the other one, then try again');
  // Once it is closed there, trying again is enough.
  await desk.page.evaluate(() => window.api.session.signOut({}));
  await second.page.getByRole('button', { name: 'Try again' }).click();
  await heading(second.page, /^Sign in to Trust of the test/).waitFor();
  await second.close();
});

test('a store that a second program has opened meanwhile is not signed in to', async () => {
  const { userData } = placeFor(run, newHome(run));
  symlinkSync(path.join(desk.userData, 'stores'), path.join(userData, 'stores'));
  const second = await launch({
    userData,
    env: { DBUS_SESSION_BUS_ADDRESS: desk.secrets.env.DBUS_SESSION_BUS_ADDRESS },
  });
  await heading(second.page, /^Sign in/).waitFor();
  await signIn(second.page);
  await second.page.getByRole('navigation', { name: 'Main' }).waitFor();
  const answer = await desk.page.evaluate(
    ({ username, password }) => window.api.session.signIn({ username, password }),
    OWNER,
  );
  expect(answer).toMatchObject({ ok: false, code: 'STORE_IN_USE' });
  await second.close();
});

/** With owners and rights: what only root may read would be another fault than the one meant. */
const copy = (from: string, to: string): void => {
  execFileSync('cp', ['-a', from, to]);
};

describe('beside a store that was', () => {
  const FAULTS: readonly [string, (at: string) => void, string][] = [
    ['emptied', (at) => truncateSync(path.join(at, 'store.db'), 0), 'The store is damaged'],
    ['taken away', (at) => rmSync(path.join(at, 'store.db')), 'The store’s file is missing'],
    [
      'robbed of its description',
      (at) => rmSync(path.join(at, 'scheme.json')),
      'The store’s description is missing',
    ],
    [
      'given a description that is none',
      (at) => writeFileSync(path.join(at, 'scheme.json'), '{'),
      'The store’s description is missing',
    ],
    [
      'robbed of its keyring',
      (at) => rmSync(path.join(at, 'keyring.json')),
      'The store’s key file is missing',
    ],
  ];
  test.each(FAULTS)(
    '%s stands a screen of its own, with what is safe and what to do',
    async (_, spoil, title) => {
      const kept = `${folder()}.kept`;
      renameSync(folder(), kept);
      copy(kept, folder());
      try {
        spoil(folder());
        await desk.page.reload();
        await heading(desk.page, title).waitFor();
        const said = await main(desk);
        expect(said).toMatch(/What happened.*What is safe.*What to do/s);
        expect(said).not.toMatch(/\/(tmp|var|home)\/|Error:|undefined|sqlite/i);
        expect(await desk.page.getByLabel('Password').count()).toBe(0);
      } finally {
        rmSync(folder(), { recursive: true });
        renameSync(kept, folder());
      }
      await desk.page.getByRole('button', { name: 'Try again' }).click();
      await heading(desk.page, /^Sign in to Trust of the test/).waitFor();
    },
  );

  test('written over at its beginning says so when its password is right, and changes nothing', async () => {
    const kept = `${folder()}.kept`;
    copy(folder(), kept);
    const file = path.join(folder(), 'store.db');
    const bytes = readFileSync(file);
    bytes.fill(0x5a, 512, 3_000);
    writeFileSync(file, bytes);
    await desk.page.reload();
    await heading(desk.page, /^Sign in/).waitFor();
    await signIn(desk.page);
    await desk.page
      .getByText(/damaged/i)
      .first()
      .waitFor();
    await desk.page
      .getByText(/backup/i)
      .first()
      .waitFor();
    expect(readFileSync(file).equals(bytes)).toBe(true);
    writeFileSync(file, readFileSync(path.join(kept, 'store.db')));
    rmSync(kept, { recursive: true });
  });
});

describe('without the keychain', () => {
  beforeAll(async () => {
    await desk.close();
  });
  test.each([
    ['absent from the bus', { keychain: 'absent' }, 'This PC’s keychain does not answer'],
    ['locked', { keychain: 'locked' }, 'This PC’s keychain is locked'],
    [
      'and without a bus',
      { keychain: 'absent', env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' } },
      'This PC’s keychain does not answer',
    ],
  ] as const)('%s, its own screen says what is safe', async (_, options, title) => {
    const one = await launch({ userData: desk.userData, ...options });
    await heading(one.page, title).waitFor();
    const said = await main(one);
    expect(said).toContain('The store is whole and encrypted');
    expect(await one.page.getByLabel('Password').count()).toBe(0);
    expect(await one.page.getByRole('note', { name: 'Environment' }).textContent()).toContain('LIVE');
    await one.close();
  });

  test('makes no new secret for a store that is there: with it back, the password still opens', async () => {
    desk = await launch({ userData: desk.userData });
    await heading(desk.page, /^Sign in/).waitFor();
    await signIn(desk.page);
    await desk.page.getByRole('navigation', { name: 'Main' }).waitFor();
  });
});
