import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Page } from 'playwright';
import { environmentOf, newHome, placeFor, rendererSeccomp } from './launch-desk.ts';
import { stopChild } from './processes.ts';
import { type RunFacts, writeStarter } from './run.ts';
import { startSecretService } from './secret-service.ts';

export interface PackagedDesk {
  readonly browser: Browser;
  readonly page: Page;
  readonly home: string;
  /** Everything it wrote to its error output. */
  readonly complaints: () => string;
  readonly rendererSeccomp: () => readonly number[];
  readonly close: () => Promise<void>;
}

const DEVTOOLS = /DevTools listening on (ws:\/\/127\.0\.0\.1:\d+\/\S+)/;

/** Playwright hangs where it attaches while the page is being made, so the page is waited for by asking the port itself. */
async function pageIsThere(endpoint: string): Promise<void> {
  const list = `http://${new URL(endpoint).host}/json/list`;
  for (const end = performance.now() + 60_000; performance.now() < end; await pause(50)) {
    const targets = (await (await fetch(list)).json()) as readonly {
      type: string;
      url: string;
      title: string;
    }[];
    if (targets.some(({ type, url, title }) => type === 'page' && url.startsWith('app://') && title !== ''))
      return;
  }
  throw new Error('The packaged program showed no page in 60 s.');
}

/**
 * Opens the packaged program. Its inspector is fused off, so that Playwright's own way in is shut; it is driven by
 * Chromium's remote debugging instead, which reaches its pages and nothing else.
 * @param executable readable for the account of the run
 */
export async function launchPackaged(
  run: RunFacts,
  executable: string,
  options: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<PackagedDesk> {
  const { home, userData, temporary } = placeFor(run, newHome(run));
  const secrets = await startSecretService(home, run.runAs ?? undefined);
  const starter = writeStarter(run.folder, executable, run.runAs ?? undefined);
  const args = [
    `--user-data-dir=${userData}`,
    '--remote-debugging-port=0',
    '--lang=en-GB',
    ...(options.args ?? []),
  ];
  const child = spawn(starter, args, {
    cwd: home,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...environmentOf(run, { home, userData, temporary }, secrets), ...options.env },
  });
  let complaints = '';
  const close = async (): Promise<void> => {
    await stopChild(child, 15_000);
    await secrets.stop();
  };
  try {
    const endpoint = await new Promise<string>((resolve, reject) => {
      const late = (): void =>
        reject(new Error(`The packaged program opened no window in 60 s.\n${complaints}`));
      const timer = setTimeout(late, 60_000);
      child.once('exit', () => clearTimeout(timer));
      child.once('exit', (code) =>
        reject(new Error(`The packaged program ended with code ${code}.\n${complaints}`)),
      );
      child.once('error', reject);
      createInterface({ input: child.stderr }).on('line', (line) => {
        complaints += `${line}\n`;
        const found = DEVTOOLS.exec(line)?.[1];
        if (!found) return;
        clearTimeout(timer);
        resolve(found);
      });
    });
    await pageIsThere(endpoint);
    const browser = await chromium.connectOverCDP(endpoint);
    const [context] = browser.contexts();
    if (!context) throw new Error('The packaged program has no browser context.');
    const page = context.pages()[0] ?? (await context.waitForEvent('page', { timeout: 60_000 }));
    await page.waitForLoadState('domcontentloaded');
    return {
      browser,
      page,
      home,
      complaints: () => complaints,
      rendererSeccomp: () => rendererSeccomp(child.pid ?? 0),
      close: async () => {
        await browser.close().catch(() => undefined);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
