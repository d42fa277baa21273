import { setTimeout as pause } from 'node:timers/promises';
import { hashRaw } from '@node-rs/argon2';
import { newKdf, SHIPPED_STRETCHING } from '../electron/adapters/keys/seal.ts';
import type { PageLink } from './lib/cdp.ts';
import { call, chooseFile, SIGN_IN_FORM, waitFor } from './lib/desk.ts';
import { FRAMES } from './lib/frames.ts';
import type { Figure } from './lib/report.ts';
import { type Bench, OWNER } from './lib/tools.ts';
import { writeTrustFiles } from './lib/trust-files.ts';
import { type Home, openWindow } from './lib/windows.ts';

/** design.md: "After a lock the data key is gone from every process within a second"; the answer comes after the keys are wiped. */
const LOCK_MS = 1_000;
/** A frame later than this is seen as a hitch. */
const FRAME_MS = 100;

interface Visit {
  readonly signInMs: number;
  readonly lockMs: number;
}

const FINISHED = `(async () => {
  const began = performance.now();
  const answer = await WORK;
  if (!answer.ok) throw new Error(answer.code + ': ' + answer.message);
  return performance.now() - began;
})()`;
const timed = (page: PageLink, work: string): Promise<number> =>
  page.evaluate<number>(FINISHED.replace('WORK', work));

const signIn = (page: PageLink): Promise<number> =>
  timed(page, `window.api.session.signIn(${JSON.stringify(OWNER)})`);

async function visit(page: PageLink): Promise<Visit> {
  const signInMs = await signIn(page);
  return { signInMs, lockMs: await lock(page) };
}
/** The longest frame of a sign-in: in visits of their own, since to draw each frame takes a part of the cores that Argon2id is measured on. */
async function watched(page: PageLink): Promise<number> {
  await page.evaluate('__frames.start()');
  await signIn(page);
  const longest = await page.evaluate<number>('__frames.longest()');
  await lock(page);
  return longest;
}
const lock = (page: PageLink): Promise<number> =>
  timed(page, `window.api.session.lock({ because: 'by-hand' })`);

/** With the parameters of a password's wrap. */
function bareArgon2id(): Promise<Uint8Array> {
  const { memoryKiB, passes, lanes, salt } = newKdf(SHIPPED_STRETCHING);
  const salted = Buffer.from(salt, 'base64url');
  return hashRaw(OWNER.password, {
    algorithm: 2, // Argon2id: the package's own name for it is a const enum
    memoryCost: memoryKiB,
    timeCost: passes,
    parallelism: lanes,
    salt: salted,
    outputLen: 32,
  });
}

/** Until the window has drawn what the lock left to be drawn: Argon2id takes both cores, and would share them with it. */
const settled = (): Promise<void> => pause(400);

/** The whole sign-in and the whole lock, over the one thing of a sign-in that must be slow; and the frames meanwhile. */
async function visits(home: Home, app: string, runs: number) {
  const window = openWindow(home, app);
  const all: Visit[] = [];
  const argon: number[] = [];
  const frames: number[] = [];
  try {
    const page = await window.link();
    await waitFor(page, 'sign-in', SIGN_IN_FORM);
    await page.evaluate(FRAMES);
    const bare = async (): Promise<void> => {
      await settled();
      const began = performance.now();
      await bareArgon2id();
      argon.push(performance.now() - began);
    };
    const whole = async (): Promise<void> => {
      await settled();
      all.push(await visit(page));
    };
    // Each comes first in turn: what a lock leaves to be done would otherwise always fall on the same side.
    for (let i = 0; i < runs; i += 1) {
      for (const side of i % 2 === 0 ? [bare, whole] : [whole, bare]) await side();
      if (i % 3 === 0) frames.push(await watched(page));
    }
    page.close();
  } finally {
    await window.stop();
  }
  return { all, argon, frames };
}

/** Reads and checks a register, then writes it: to its end, or locked as it begins to write. The import's answer, or the lock's time. */
const IMPORT = (ending: 'whole' | 'locked'): string => `(async () => {
  const ok = async (asked) => { const a = await asked; if (!a.ok) throw new Error(a.code + ': ' + a.message); return a.data; };
  const { fileId } = await ok(window.api.imports.offerFile(document.querySelector('#bench-file').files[0]));
  const options = { fileId, kind: 'go', mapping: null, dates: null, takenAt: null, startingPosition: null, reason: null };
  __frames.start();
  const { sha256 } = await ok(window.api.imports.preview(options));
  if (${JSON.stringify(ending)} === 'whole') {
    await ok(window.api.imports.apply({ ...options, sha256 }));
    return __frames.longest();
  }
  const locked = new Promise((resolve, reject) => {
    const stop = window.api.on('jobs:progress', ({ phase }) => {
      if (phase !== 'Writing') return;
      stop();
      const began = performance.now();
      ok(window.api.session.lock({ because: 'by-hand' })).then(() => resolve(performance.now() - began), reject);
    });
  });
  const cut = window.api.imports.apply({ ...options, sha256 });
  const took = await locked;
  if ((await cut).ok) throw new Error('the import was not cut short');
  return took;
})()`;

async function imports(home: Home, app: string, file: string, runs: number) {
  const window = openWindow(home, app);
  const locks: number[] = [];
  try {
    const page = await window.link();
    await waitFor(page, 'sign-in', SIGN_IN_FORM);
    await page.evaluate(FRAMES);
    const once = async (ending: 'whole' | 'locked'): Promise<number> => {
      await call(page, 'session:signIn', OWNER);
      await chooseFile(page, file);
      return page.evaluate<number>(IMPORT(ending));
    };
    for (let i = 0; i < runs; i += 1) locks.push(await once('locked'));
    const frame = await once('whole');
    page.close();
    return { locks, frame };
  } finally {
    await window.stop();
  }
}

/** How long a sign-in and a lock take, and whether the window goes on meanwhile and during an import. */
export async function benchSession({ tools, options, runs, say }: Bench): Promise<readonly Figure[]> {
  const { all, argon, frames: signInFrames } = await visits(await tools.largeHome(), tools.program, 3 * runs);
  const column = (name: keyof Visit): readonly number[] => all.map((one) => one[name]);
  const [register] = writeTrustFiles(`${tools.run.folder}/trust-files`, options);
  if (register === undefined) throw new Error('the generator wrote no register');
  const locks: number[] = [];
  const frames: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    const { locks: some, frame } = await imports(
      await tools.newTrustHome(),
      tools.program,
      register.file,
      Math.ceil(runs / 3),
    );
    locks.push(...some);
    frames.push(frame);
  }
  say(`longest frames during an import: ${frames.map((ms) => ms.toFixed(0)).join(', ')} ms`);
  const people = options.people.toLocaleString('en-GB');
  return [
    {
      name: 'Sign-in by password, over its Argon2id alone',
      judged: 'ratio',
      target: 1.2,
      ours: { what: 'large store', unit: 'ms', values: column('signInMs') },
      theirs: { what: 'one Argon2id of the same parameters', unit: 'ms', values: argon },
    },
    {
      name: 'Sign-in by password: longest frame',
      judged: 'p95',
      target: FRAME_MS,
      ours: { what: 'large store', unit: 'ms', values: signInFrames },
    },
    {
      name: 'Lock, until the keys are wiped',
      judged: 'p95',
      target: LOCK_MS,
      ours: { what: 'large store', unit: 'ms', values: column('lockMs') },
    },
    {
      name: `Lock amid writing an import of ${people} people`,
      judged: 'p95',
      target: LOCK_MS,
      ours: { what: 'the import cut short', unit: 'ms', values: locks },
    },
    {
      name: `Import of ${people} people: longest frame`,
      judged: 'p95',
      target: FRAME_MS,
      ours: { what: 'check and import', unit: 'ms', values: frames },
    },
  ];
}
