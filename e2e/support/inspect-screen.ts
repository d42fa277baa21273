import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'vitest';
import type { Desk } from './launch-desk.ts';
import '../shell/window-api.ts';

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** `ESR_DESK_PICTURES=1` also writes every screen to out/e2e, in both looks and both sizes. */
const pictures = process.env.ESR_DESK_PICTURES === '1';

/** Gives the window this much room inside, and returns when the page has it. */
export async function resize(desk: Desk, width: number, height: number): Promise<void> {
  await desk.app.evaluate(
    ({ BrowserWindow }, size) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height);
    },
    { width, height },
  );
  await expect.poll(() => desk.page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
}

/** Serious and critical faults of the screen as it stands, in both looks; and whether it fits a small window. */
export async function inspectScreen(desk: Desk, name: string): Promise<void> {
  const faults: string[] = [];
  for (const theme of ['light', 'dark'] as const) {
    await desk.page.evaluate((to) => window.api.app.setTheme({ theme: to }), theme);
    await desk.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
    // Colours that still fade from the other look would be measured half-way.
    await desk.page.evaluate(() =>
      Promise.all(document.getAnimations().map((one) => one.finished.catch(() => undefined))),
    );
    await desk.page.evaluate(axe);
    const found = await desk.page.evaluate(() =>
      (
        window as unknown as {
          axe: {
            run: (where: Document, how: object) => Promise<{ violations: unknown[]; passes: unknown[] }>;
          };
        }
      ).axe.run(document, { resultTypes: ['violations'] }),
    );
    expect(found.passes.length).toBeGreaterThan(10);
    for (const { id, impact, nodes } of found.violations as Violation[]) {
      if (impact !== 'serious' && impact !== 'critical') continue;
      for (const { target, failureSummary } of nodes) {
        faults.push(
          `${name}, ${theme}: ${id} at ${target.join(' ')}: ${(failureSummary ?? '').replaceAll('\n', ' ')}`,
        );
      }
    }
    if (pictures) await desk.screenshot(`${name}-${theme}-1280`);
    await resize(desk, 760, 560);
    const fits = () =>
      desk.page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    await expect.poll(fits, { message: `${name}, ${theme}, fits a window of 760` }).toBe(true);
    if (pictures) await desk.screenshot(`${name}-${theme}-760`);
    await resize(desk, 1280, 820);
  }
  expect(faults).toEqual([]);
}
