import { setTimeout as pause } from 'node:timers/promises';
import { call, SIGN_IN_FORM, SIGNED_IN, waitFor } from './lib/desk.ts';
import type { Figure } from './lib/report.ts';
import { type Bench, OFFICER, OWNER } from './lib/tools.ts';
import { type Home, openWindow, type WorkingSet } from './lib/windows.ts';

/** Both are looked at as long after their last step; no collection is asked for. */
const SETTLE_MS = 5_000;

async function emptyOnce(home: Home, app: string): Promise<WorkingSet> {
  const window = openWindow(home, app);
  try {
    const page = await window.link();
    await waitFor(page, 'first paint', 'performance.getEntriesByName("first-contentful-paint").length > 0');
    page.close();
    await pause(SETTLE_MS);
    return window.workingSet();
  } finally {
    await window.stop();
  }
}

async function queueOnce(home: Home, app: string, who: typeof OFFICER): Promise<WorkingSet> {
  const window = openWindow(home, app);
  try {
    const page = await window.link();
    await waitFor(page, 'sign-in', SIGN_IN_FORM);
    await call(page, 'session:signIn', who);
    await waitFor(page, 'home', SIGNED_IN);
    await page.evaluate(
      '[...document.querySelectorAll("nav a")].find((a) => /Requests/.test(a.textContent)).click()',
    );
    await waitFor(
      page,
      'queue',
      'document.querySelector("[role=grid][aria-busy=false] [aria-rowindex=\\"5\\"]")',
    );
    page.close();
    await pause(SETTLE_MS);
    return window.workingSet();
  } finally {
    await window.stop();
  }
}

const parts = ({ byType }: WorkingSet): string =>
  Object.entries(byType)
    .map(([type, mb]) => `${type} ${mb.toFixed(0)}`)
    .join(', ');

/** Working set of all processes with the queue open, on the training store and on the large one, over an empty window's. */
export async function benchMemory({ tools, options, runs, say }: Bench): Promise<readonly Figure[]> {
  const ours: number[] = [];
  const large: number[] = [];
  const theirs: number[] = [];
  const trust = await tools.largeHome();
  const desk = await tools.trainingHome();
  const empty = await tools.emptyHome();
  for (let i = 0; i < runs; i += 1) {
    const a = await emptyOnce(empty, tools.emptyApp);
    const b = await queueOnce(desk, tools.program, OFFICER);
    const c = await queueOnce(trust, tools.program, OWNER);
    theirs.push(a.total);
    ours.push(b.total);
    large.push(c.total);
    say(`empty ${a.total.toFixed(0)} MB (${parts(a)}); queue ${b.total.toFixed(0)} MB (${parts(b)})`);
    say(`queue of the large store ${c.total.toFixed(0)} MB (${parts(c)})`);
  }
  return [
    {
      name: 'Memory with the queue open, over an empty window',
      judged: 'ratio',
      target: 1.4,
      ours: { what: 'training store, queue open', unit: 'MB', values: ours },
      theirs: { what: 'one word', unit: 'MB', values: theirs },
      note: 'Resident memory of every process but the zygotes, summed, as app.getAppMetrics() counts it; nothing is collected by force.',
    },
    {
      name: `Memory with a queue of ${options.requests.toLocaleString('en-GB')} open, over an empty window`,
      judged: 'ratio',
      target: 1.4,
      ours: { what: 'large store, queue open', unit: 'MB', values: large },
      theirs: { what: 'one word', unit: 'MB', values: theirs },
    },
  ];
}
