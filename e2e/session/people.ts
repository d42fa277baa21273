import type { Page } from 'playwright';
import { OWNER } from '../support/prepared-homes.ts';

export { OWNER };

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

/** At the sign-in of a prepared trust: its owner, by the screen. */
export async function signInAsOwner(page: Page): Promise<void> {
  await signIn(page);
  await page.getByRole('navigation', { name: 'Main' }).waitFor();
}
