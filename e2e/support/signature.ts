import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Desk } from './launch-desk.ts';

/** The newest signature that the request's screen shows. */
export const shownSignature = ({ page }: Desk) =>
  page.getByRole('region', { name: 'Signatures' }).getByRole('article').first();

/** Saves what the screen lets be copied, as it says; answers the check that the screen gives out, to be run on those files without this program. */
export async function takeOutside(desk: Desk, folder: string): Promise<() => void> {
  const signature = shownSignature(desk);
  for (const [what, name] of [
    ['the text', 'text.txt'],
    ['the signature', 'signature.pem'],
    ['the certificates', 'certificates.pem'],
  ] as const) {
    await signature.getByRole('button', { name: `Copy ${what}` }).click();
    await signature.getByText(`Copied ${what}`).waitFor();
    writeFileSync(path.join(folder, name), await desk.app.evaluate(({ clipboard }) => clipboard.readText()));
  }
  await signature.getByText('Check it without this program').click();
  const command = (await signature.locator('code').textContent()) ?? '';
  return () => void execFileSync('/bin/sh', ['-c', command], { cwd: folder, stdio: 'pipe' });
}
