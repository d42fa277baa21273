import { setTimeout as pause } from 'node:timers/promises';
import { SIGN_IN_FORM, waitFor } from './lib/desk.ts';
import type { Figure } from './lib/report.ts';
import type { Bench } from './lib/tools.ts';
import { type Home, openWindow } from './lib/windows.ts';

/** Chromium's clock when the page was navigated to, in ms of CLOCK_MONOTONIC, and what the page noted since then. */
interface Paints {
  readonly navigatedAt: number;
  readonly firstPaint: number;
  readonly usable: number;
}

/** Nothing is attached to the page before this, so that looking does not slow what is looked at. */
const LEAVE_ALONE_MS = 2_500;

async function startOnce(
  home: Home,
  app: string,
  program: boolean,
): Promise<Paints & { readonly ms: number }> {
  const window = openWindow(home, app);
  try {
    await pause(LEAVE_ALONE_MS);
    const page = await window.link();
    await waitFor(page, 'first paint', 'performance.getEntriesByName("first-contentful-paint").length > 0');
    if (program) {
      await waitFor(
        page,
        'sign-in',
        `performance.getEntriesByName("sign-in-usable").length > 0 && ${SIGN_IN_FORM}`,
      );
    }
    await page.send('Performance.enable');
    const { metrics } = await page.send<{ metrics: readonly { name: string; value: number }[] }>(
      'Performance.getMetrics',
    );
    const navigatedAt = (metrics.find(({ name }) => name === 'NavigationStart')?.value ?? Number.NaN) * 1000;
    const [firstPaint = 0, usable = 0] = await page.evaluate<readonly number[]>(
      '["first-contentful-paint", "sign-in-usable"].map((name) => performance.getEntriesByName(name)[0]?.startTime ?? 0)',
    );
    page.close();
    const ms = navigatedAt + Math.max(firstPaint, usable) - window.spawnedAt;
    return { navigatedAt: navigatedAt - window.spawnedAt, firstPaint, usable, ms };
  } finally {
    await window.stop();
  }
}

/** From spawning the process to a sign-in form that is painted and takes the keyboard, over an empty window's first paint. */
export async function benchColdStart({ tools, runs, say }: Bench): Promise<readonly Figure[]> {
  const ours: number[] = [];
  const theirs: number[] = [];
  const desk = await tools.trustHome();
  const empty = await tools.emptyHome();
  // One start of each beforehand: files in the page cache and a profile folder, as on the second day of use.
  await startOnce(empty, tools.emptyApp, false);
  await startOnce(desk, tools.program, true);
  for (let i = 0; i < runs; i += 1) {
    const a = await startOnce(empty, tools.emptyApp, false);
    const b = await startOnce(desk, tools.program, true);
    theirs.push(a.ms);
    ours.push(b.ms);
    say(
      `empty ${a.ms.toFixed(0)} ms (page asked for at ${a.navigatedAt.toFixed(0)}); ` +
        `desk ${b.ms.toFixed(0)} ms (page ${b.navigatedAt.toFixed(0)}, paint +${b.firstPaint.toFixed(0)}, form +${b.usable.toFixed(0)})`,
    );
  }
  return [
    {
      name: 'Cold start to a usable sign-in screen, over an empty window',
      judged: 'ratio',
      target: 1.5,
      ours: { what: 'to the sign-in form', unit: 'ms', values: ours },
      theirs: { what: 'to the first paint of one word', unit: 'ms', values: theirs },
      note: 'Files are in the page cache; the session bus and the keyring run already.',
    },
  ];
}
