import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createCardHost } from '../electron/adapters/cards/card-host.ts';
import { forkCardProcess } from '../electron/adapters/cards/testing/fork-card-process.ts';
import { makeSoftToken, type SoftToken } from '../electron/adapters/cards/testing/soft-token.ts';
import { makeTestCa } from '../electron/adapters/certificates/testing/test-ca.ts';
import type { Output } from '../electron/contract/contract.ts';
import { DEFAULT_CARD_SETTINGS } from '../electron/services/cards/card-settings.ts';
import type { PageLink } from './lib/cdp.ts';
import { call, SIGN_IN_FORM, SIGNED_IN, waitFor } from './lib/desk.ts';
import { FRAMES } from './lib/frames.ts';
import type { Figure } from './lib/report.ts';
import { type Bench, OWNER } from './lib/tools.ts';
import { openWindow } from './lib/windows.ts';

const PIN = '482913';
const UUID = '555123456789';
/** Issue 3: what a sign-in by card takes beyond the card's own time. */
const BEYOND_MS = 300;
const FRAME_MS = 100;

/** Waits in the page until a card is seen, and answers its reader. */
const READER = `(async () => {
  for (;;) {
    const { data } = await window.api.cards.getState({});
    const found = data?.readers.find(({ card }) => card !== null);
    if (found) return found.card.readerId;
    await new Promise((done) => requestAnimationFrame(done));
  }
})()`;
const readerOf = (page: PageLink): Promise<string> => page.evaluate<string>(READER);

/** The owner's card, linked and enrolled by the ordinary operations. */
async function enrol(page: PageLink, token: SoftToken, trustAnchors: string): Promise<void> {
  await call(page, 'session:signIn', OWNER);
  await waitFor(page, 'home', SIGNED_IN);
  await call(page, 'security:changeCardSettings', {
    ...DEFAULT_CARD_SETTINGS,
    modulePaths: [token.modulePath],
    trustAnchors,
  });
  const { users } = await call<Output<'users:list'>>(page, 'users:list', {});
  const userId = users[0]?.id ?? '';
  await call(page, 'users:linkCard', { id: userId, uuid: UUID });
  await call(page, 'cards:enrol', { userId, readerId: await readerOf(page), pin: PIN });
  await call(page, 'session:lock', { because: 'by-hand' });
}

/** The driver's time for the two signatures of a sign-in, in a card process of our own on the same token. */
async function cardAlone(token: SoftToken, runs: number): Promise<readonly number[]> {
  const host = createCardHost(() => forkCardProcess(token.env));
  try {
    const seen = new Promise<void>((resolve) => {
      const look = (): void => {
        if (host.now().readers.some((reader) => reader.token !== null)) resolve();
      };
      host.onChange(look);
    });
    host.configure([token.modulePath]);
    await seen;
    const card = host.now().readers.find((reader) => reader.token !== null)?.token;
    const keyId = card?.certificates[0]?.keyId ?? '';
    const times: number[] = [];
    for (let i = 0; i < runs; i += 1) {
      const messages = [new Uint8Array(64), new Uint8Array(80)];
      const result = await host.sign({ readerId: card?.readerId ?? '', keyId, pin: PIN, messages });
      if (!result.ok) throw new Error(`the card alone: ${result.reason}`);
      times.push(result.cardMs);
    }
    return times;
  } finally {
    await host.close();
  }
}

/** A sign-in by card (SoftHSM) in the window, over the time that the card itself takes. */
export async function benchCard({ tools, runs, say }: Bench): Promise<readonly Figure[]> {
  const dir = path.join(tools.run.folder, 'tokens');
  mkdirSync(dir, { mode: 0o755 });
  const ca = makeTestCa({ now: new Date().toISOString() });
  const token = makeSoftToken({ dir, label: 'Benchmark card', pin: PIN, keys: [{ id: '01', type: 'rsa' }] });
  const publicKeySpkiDer = token.readPublicKey('01');
  const subject = `O=nhs,OU=People,CN=${UUID}`;
  token.putCertificate('01', ca.issue({ publicKeySpkiDer, subject, keyUsage: 'authentication' }));
  // The program runs as another account than this; the token is nobody's.
  execFileSync('chmod', ['-R', 'a+rwX', dir]);
  const alone = await cardAlone(token, runs);
  execFileSync('chmod', ['-R', 'a+rwX', dir]);
  const home = await tools.newTrustHome();
  const window = openWindow({ ...home, env: { ...home.env, ...token.env } }, tools.program);
  const took: number[] = [];
  const frames: number[] = [];
  try {
    const page = await window.link();
    await waitFor(page, 'sign-in', SIGN_IN_FORM);
    await page.evaluate(FRAMES);
    await enrol(page, token, ca.rootPem);
    for (let i = 0; i < runs; i += 1) {
      const readerId = await readerOf(page);
      await page.evaluate('__frames.start()');
      const began = await page.evaluate<number>('performance.now()');
      await call(page, 'session:signInByCard', { readerId, pin: PIN });
      took.push((await page.evaluate<number>('performance.now()')) - began);
      frames.push(await page.evaluate<number>('__frames.longest()'));
      await call(page, 'session:lock', { because: 'by-hand' });
    }
    page.close();
  } finally {
    await window.stop();
    token.close();
  }
  const own = [...alone].sort((a, b) => a - b)[Math.floor(alone.length / 2)] ?? 0;
  say(`the card alone takes ${own.toFixed(1)} ms for the two signatures of a sign-in`);
  return [
    {
      name: 'Sign-in by card: beyond the card’s own time',
      judged: 'p95',
      target: BEYOND_MS,
      ours: { what: 'SoftHSM, RSA-2048', unit: 'ms', values: took.map((ms) => ms - own) },
      theirs: { what: 'the card alone', unit: 'ms', values: alone },
    },
    {
      name: 'Sign-in by card: longest frame',
      judged: 'p95',
      target: FRAME_MS,
      ours: { what: 'SoftHSM', unit: 'ms', values: frames },
    },
  ];
}
