import { mkdirSync } from 'node:fs';
import type { Run } from '../../e2e/support/run.ts';
import type { PageLink } from './cdp.ts';
import { call, importFile, waitFor } from './desk.ts';
import { writeTrustFiles } from './trust-files.ts';
import { copyProgram, type Home, openHome, openWindow, writeEmptyApp } from './windows.ts';

export interface Options {
  readonly people: number;
  readonly requests: number;
  /** The built program to measure. */
  readonly program: string;
}

/** What every benchmark is given. */
export interface Bench {
  readonly tools: Tools;
  readonly options: Options;
  readonly runs: number;
  readonly say: (line: string) => void;
}

export interface Tools {
  readonly run: Run;
  /** Copies that nobody builds into. */
  readonly program: string;
  readonly emptyApp: string;
  readonly emptyHome: () => Promise<Home>;
  /** With the training store in it. */
  readonly trainingHome: () => Promise<Home>;
  /** With a trust's store and nobody but its owner in it: what a trust's PC starts with, and no training accounts on the screen. */
  readonly trustHome: () => Promise<Home>;
  /** The same, another one each time. */
  readonly newTrustHome: () => Promise<Home>;
  /** With a trust's store of `people` and `requests`, made by the ordinary imports. */
  readonly largeHome: () => Promise<Home>;
  readonly close: () => Promise<void>;
}

export const OFFICER = { username: 'officer', password: 'practice-as-officer' };
export const OWNER = { username: 'bench.owner', password: 'quiet-harbour-lanterns-77' };

/** Homes are made once a run, when first asked for, and shared by the benchmarks. */
export function makeTools(run: Run, options: Options, say: (line: string) => void): Tools {
  const program = copyProgram(run, options.program, 'program');
  const opened: Home[] = [];
  const once = (make: () => Promise<Home>): (() => Promise<Home>) => {
    let made: Promise<Home> | null = null;
    return () => {
      made ??= make().then((home) => {
        opened.push(home);
        return home;
      });
      return made;
    };
  };
  const trainingHome = once(async () => {
    const home = await openHome(run);
    say('making the training store');
    await withPage(home, program, async (page) => {
      await call(page, 'session:openTraining', {});
    });
    return home;
  });
  const newTrustHome = async () => {
    const home = await openHome(run);
    say('making a trust’s store');
    await withPage(home, program, createTrust);
    return home;
  };
  const trustHome = once(newTrustHome);
  const largeHome = once(async () => {
    const home = await openHome(run);
    say(
      `making a trust of ${options.people} people with ${options.requests} requests by the ordinary imports`,
    );
    const files = writeTrustFiles(`${run.folder}/trust-files`, options);
    await withPage(home, program, async (page) => {
      await createTrust(page);
      for (const { file, options: how } of files) say(await importFile(page, file, how));
    });
    return home;
  });
  mkdirSync(`${run.folder}/trust-files`, { recursive: true, mode: 0o755 });
  return {
    run,
    program,
    emptyApp: writeEmptyApp(run),
    emptyHome: once(() => openHome(run)),
    trainingHome,
    trustHome,
    newTrustHome: async () => {
      const home = await newTrustHome();
      opened.push(home);
      return home;
    },
    largeHome,
    close: async () => {
      for (const home of opened) await home.close();
    },
  };
}

async function createTrust(page: PageLink): Promise<void> {
  const { words } = await call<{ words: readonly string[] }>(page, 'session:proposeRecoveryPhrase', {});
  await call(page, 'session:createTrustStore', {
    trustName: 'Benchmark Trust',
    vpd: '919',
    environment: 'TPLY',
    owner: { ...OWNER, displayName: 'Benchmark Owner', employeeNumber: null },
    recoveryPhrase: words.join(' '),
  });
}

async function withPage(home: Home, program: string, work: (page: PageLink) => Promise<void>): Promise<void> {
  const window = openWindow(home, program);
  try {
    const page = await window.link();
    await waitFor(page, 'the program', 'window.api && document.querySelector("button")');
    await work(page);
    page.close();
  } finally {
    await window.stop();
  }
}
