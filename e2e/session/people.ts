import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { Desk } from '../support/launch-desk.ts';
import '../shell/window-api.ts';

export const OWNER = {
  displayName: 'Owner of the test store',
  username: 'test.owner',
  password: 'seven-tugboats-lean-north-at-dawn',
} as const;

/** Makes the trust's store through the bridge, for tests that begin where it is there. Leaves the owner signed in. */
export async function makeStore(desk: Desk, environment: 'LIVE' | 'TPLY' = 'LIVE'): Promise<void> {
  const made = await desk.page.evaluate(
    async ({ owner, kind }) => {
      const phrase = await window.api.session.proposeRecoveryPhrase({});
      if (!phrase.ok) return phrase.code;
      const answer = await window.api.session.createTrustStore({
        trustName: 'Trust of the test',
        vpd: '919',
        environment: kind,
        owner: { ...owner, employeeNumber: null },
        recoveryPhrase: phrase.data.words.join(' '),
      });
      return answer.ok ? 'made' : answer.code;
    },
    { owner: OWNER, kind: environment },
  );
  expect(made).toBe('made');
}

export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });

export async function signIn(
  page: Page,
  password: string = OWNER.password,
  username: string = OWNER.username,
) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel(/^Password( \*)?$/).fill(password);
  await page.keyboard.press('Enter');
}
