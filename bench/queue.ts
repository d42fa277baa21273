import { setTimeout as pause } from 'node:timers/promises';
import type { PageLink } from './lib/cdp.ts';
import { call, SIGN_IN_FORM, SIGNED_IN, waitFor } from './lib/desk.ts';
import { AT_PAGE, type Expected, FILTER, GRID } from './lib/queue-page.ts';
import { type Figure, median } from './lib/report.ts';
import { type Bench, OWNER } from './lib/tools.ts';
import { openWindow } from './lib/windows.ts';

type Sort = { readonly by: string; readonly direction: 'asc' | 'desc' };
interface Listed {
  readonly total: number;
  readonly rows: readonly { readonly reference: string; readonly person: string; readonly access: string }[];
}

const OLDEST_FIRST: Sort = { by: 'submittedAt', direction: 'asc' };
const HEADERS = ['Reference', 'Status', 'Person', 'Access', 'Last change'] as const;
const SORT_KEY = {
  Reference: 'reference',
  Status: 'status',
  Person: 'person',
  Access: 'access',
  'Last change': 'changedAt',
};

/** Milliseconds from an action to its rows on the screen, and of the core's answers alone. */
interface Taken {
  readonly open: number[];
  readonly type: number[];
  readonly sort: number[];
  readonly scroll: number[];
  readonly core: number[];
}

/** One person's look at the queue, from home: nothing that the page shows was read before. */
class Visit {
  private readonly page: PageLink;
  private readonly taken: Taken;
  private text = '';
  private sort = OLDEST_FIRST;

  constructor(page: PageLink, taken: Taken) {
    this.page = page;
    this.taken = taken;
  }

  /** What the list must show, asked of the core past the page's own memory. */
  private async list(offset: number, limit = 1): Promise<Listed> {
    const input = {
      filter: { text: this.text, statuses: [], access: null, objected: false },
      sort: this.sort,
      offset,
      limit,
    };
    const { ms, listed } = await this.page.evaluate<{ ms: number; listed: Listed }>(`(async () => {
      const began = performance.now();
      const { data } = await window.api.requests.list(${JSON.stringify(input)});
      return { ms: performance.now() - began, listed: data };
    })()`);
    this.taken.core.push(ms);
    return listed;
  }

  private async expected(index = 0): Promise<Expected> {
    const { total, rows } = await this.list(index);
    return { total, index, reference: rows[0]?.reference ?? null };
  }

  /** Looks for the rows from the next event of this kind on; `act` is what a person does. */
  private async time(event: string, expected: Expected, act: () => Promise<unknown>): Promise<number> {
    await this.page.evaluate(`__bench.expect(${JSON.stringify(event)}, ${JSON.stringify(expected)})`);
    await act();
    return this.page.evaluate<number>('__bench.shown');
  }

  private async press(key: string, text?: string): Promise<void> {
    const code = text === undefined ? {} : { text };
    await this.page.send('Input.dispatchKeyEvent', { type: 'keyDown', key, ...code });
    await this.page.send('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }

  private async click(expression: string): Promise<void> {
    const at = await this.page.evaluate<{ x: number; y: number }>(`__bench.middleOf(${expression})`);
    const button = { ...at, button: 'left', clickCount: 1 };
    await this.page.send('Input.dispatchMouseEvent', { type: 'mousePressed', ...button });
    await this.page.send('Input.dispatchMouseEvent', { type: 'mouseReleased', ...button });
  }

  async open(): Promise<void> {
    const expected = await this.expected();
    this.taken.open.push(
      await this.time('click', expected, () =>
        this.click('[...document.querySelectorAll("nav a")].find((a) => a.textContent.includes("Requests"))'),
      ),
    );
  }

  async type(word: string): Promise<void> {
    await this.page.evaluate(`${FILTER}.focus()`);
    for (const letter of word) {
      this.text += letter;
      const expected = await this.expected();
      this.taken.type.push(await this.time('input', expected, () => this.press(letter, letter)));
    }
    this.text = '';
    const all = await this.expected();
    await this.page.evaluate(`${FILTER}.select()`);
    // Back to a list that was shown before: not counted.
    await this.time('input', all, () =>
      this.page.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        key: 'Backspace',
        code: 'Backspace',
        windowsVirtualKeyCode: 8,
      }),
    );
  }

  async sortBy(header: (typeof HEADERS)[number]): Promise<void> {
    const by = SORT_KEY[header];
    const turned = this.sort.by === by && this.sort.direction === 'asc';
    this.sort = { by, direction: turned ? 'desc' : 'asc' };
    const expected = await this.expected();
    this.taken.sort.push(
      await this.time('click', expected, () =>
        this.click(
          `[...document.querySelectorAll("[role=columnheader] button")].find((b) => b.textContent.startsWith("${header}"))`,
        ),
      ),
    );
  }

  async scrollTo(index: number): Promise<void> {
    const expected = await this.expected(index);
    this.taken.scroll.push(
      await this.time('scroll', expected, () => this.page.evaluate(`__bench.scrollTo(${index})`)),
    );
  }

  /** The beginnings of names and references, as a person would type them. */
  async words(count: number, total: number, seed: number): Promise<readonly string[]> {
    const words: string[] = [];
    for (let i = 0; i < count; i += 1) {
      const { rows } = await this.list(((seed + 1) * 7919 + i * 104_729) % total);
      const [row] = rows;
      const last = (row?.person ?? '')
        .split(/[\s,]+/)
        .filter((word) => /^\p{L}{4,}$/u.test(word))
        .at(-1);
      words.push(
        last === undefined || i % 4 === 3
          ? (row?.reference ?? 'OF').slice(0, 6)
          : last.slice(0, 4).toLowerCase(),
      );
    }
    return words;
  }
}

async function signIn(page: PageLink): Promise<void> {
  await waitFor(page, 'sign-in', SIGN_IN_FORM);
  await call(page, 'session:signIn', OWNER);
  await waitFor(page, 'home', SIGNED_IN);
  // What a person takes to find the next place to click.
  await pause(1_000);
}

/** The queue in the real window over the large store: every figure is from a real event to the rows on the screen. */
export async function benchQueue({ tools, options, runs, say }: Bench): Promise<readonly Figure[]> {
  const home = await tools.largeHome();
  const window = openWindow(home, tools.program);
  const taken: Taken = { open: [], type: [], sort: [], scroll: [], core: [] };
  try {
    const page = await window.link();
    await waitFor(page, 'sign-in', SIGN_IN_FORM);
    await page.evaluate(AT_PAGE);
    for (let run = 0; run < runs; run += 1) {
      await signIn(page);
      const visit = new Visit(page, taken);
      await visit.open();
      const total = await page.evaluate<number>(`Number(${GRID}.getAttribute("aria-rowcount")) - 1`);
      for (const word of await visit.words(1, total, run)) await visit.type(word);
      for (let i = 0; i < 3; i += 1) await visit.scrollTo(((run + 3) * 12_347 * (i + 1)) % total);
      for (const i of [0, 1, 2]) await visit.sortBy(HEADERS[(run + i) % HEADERS.length] ?? 'Person');
      await call(page, 'session:lock', { because: 'by-hand' });
      say(
        Object.entries(taken)
          .map(([what, all]) => `${what} ${median(all).toFixed(0)} (last ${all.at(-1)?.toFixed(0)})`)
          .join(', '),
      );
    }
    page.close();
  } finally {
    await window.stop();
  }
  const of = `of ${options.requests.toLocaleString('en-GB')} requests`;
  const figure = (name: string, values: readonly number[], what: string, target: number | null): Figure => ({
    name: `Queue ${of}: ${name}`,
    judged: 'p95',
    target,
    ours: { what, unit: 'ms', values },
  });
  return [
    figure('opening', taken.open, 'click to rows on the screen', 50),
    figure('typing a filter', taken.type, 'letter to rows on the screen', 50),
    figure('changing the order', taken.sort, 'click to rows on the screen', 50),
    figure('scrolling far', taken.scroll, 'scroll to rows on the screen', 50),
    figure('the core alone', taken.core, 'one row asked for to answered, over the bridge', null),
  ];
}
