import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardPort } from '../../services/cards/card-port.ts';
import { cardFailure } from '../../services/cards/card-words.ts';
import { CARD_TIMES, type CardTimes, createCardHost } from './card-host.ts';
import { type Fault, makeFaultyModule } from './testing/faulty-module.ts';
import { type ForkedCardProcess, forkCardProcess } from './testing/fork-card-process.ts';
import { makeSoftToken, type SoftToken } from './testing/soft-token.ts';

const PIN = '271828';
/** More than any start takes on a machine that is busy, and nothing tried again within a test. */
const PATIENT: CardTimes = {
  ...CARD_TIMES,
  start: 120_000,
  silence: 120_000,
  sign: 60_000,
  retry: [600_000],
};

const ends: (() => unknown)[] = [];
let dir: string;
let token: SoftToken;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'card-faults-'));
  token = makeSoftToken({ dir, label: 'Card of a test', pin: PIN, keys: [{ id: '01', type: 'rsa' }] });
  ends.push(token.close);
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function host(times: CardTimes = PATIENT) {
  const processes: ForkedCardProcess[] = [];
  const states: string[] = [];
  const port = createCardHost(() => {
    const child = forkCardProcess(token.env);
    processes.push(child);
    return child;
  }, times);
  port.onChange(() => states.push(port.now().module.state));
  ends.push(port.close);
  return { port, processes, states };
}

const reaches = (port: CardPort, state: string) => expect.poll(() => port.now().module.state).toBe(state);
const isAlive = ({ pid }: ForkedCardProcess): boolean => existsSync(`/proc/${pid}`);
const noneIsLeft = (processes: readonly ForkedCardProcess[]) =>
  expect.poll(() => processes.filter(isAlive).length).toBe(0);
const faulty = (fault: Fault) => makeFaultyModule(dir, fault);
const signOn = (port: CardPort) => {
  const readerId = port.now().readers[0]?.token?.readerId ?? '';
  return port.sign({ readerId, keyId: '01', pin: PIN, messages: [Buffer.from('text')] });
};

describe('the list of modules', () => {
  it('when it is empty starts nothing', async () => {
    const { port, processes } = host();
    port.configure([]);
    expect(port.now()).toEqual({ module: { state: 'off', name: null }, readers: [] });
    expect(processes).toEqual([]);
    expect(await signOn(port)).toEqual({ ok: false, reason: 'module-failed', tries: 'unknown' });
  });

  it('with no file that is there is `missing`, and leaves no process', async () => {
    const { port, processes } = host();
    port.configure(['/nowhere/at-all.so']);
    expect(port.now().module.state).toBe('starting');
    await reaches(port, 'missing');
    expect(port.now().module.name).toBeNull();
    await noneIsLeft(processes);
  });

  it.each(['no library', 'a library that is no module', 'refuses'] as const)(
    'with %s alone is `failed` and names the file',
    async (what) => {
      const file = join(dir, 'driver.so');
      writeFileSync(file, 'This is a text.');
      const library = createRequire(import.meta.url).resolve('pkcs11js/build/Release/pkcs11.node');
      const path = { 'no library': file, 'a library that is no module': library, refuses: '' }[what];
      const { port, processes } = host();
      port.configure([path || faulty('refuses').path]);
      await reaches(port, 'failed');
      expect(port.now().module.name).toMatch(/^(driver\.so|pkcs11\.node|refuses\.so)$/);
      expect(await signOn(port)).toMatchObject({ reason: 'module-failed' });
      await noneIsLeft(processes);
    },
  );

  it('is gone through until one loads, which is named', async () => {
    const file = join(dir, 'driver.so');
    writeFileSync(file, 'This is a text.');
    const { port } = host();
    port.configure(['/nowhere/at-all.so', file, faulty('refuses').path, token.modulePath]);
    await reaches(port, 'ready');
    expect(port.now().module.name).toContain('libsofthsm2.so');
    expect(await signOn(port)).toMatchObject({ ok: true });
  });

  it('said again changes nothing while it works; another list starts another process', async () => {
    const { port, processes } = host();
    port.configure([token.modulePath]);
    await reaches(port, 'ready');
    const readerId = port.now().readers[0]?.token?.readerId;
    port.configure([token.modulePath]);
    expect(port.now().readers[0]?.token?.readerId).toBe(readerId);
    expect(processes).toHaveLength(1);
    port.configure(['/nowhere/at-all.so', token.modulePath]);
    await reaches(port, 'ready');
    expect(port.now().readers[0]?.token?.readerId).not.toBe(readerId);
    port.configure([]);
    expect(port.now()).toEqual({ module: { state: 'off', name: null }, readers: [] });
    await noneIsLeft(processes);
  });
});

describe('a driver that hangs', () => {
  it.each(['hangs-on-load', 'hangs-on-slots'] as const)('%s: `hung`, named and killed', async (fault) => {
    const module = faulty(fault);
    let { port, processes } = host({ ...PATIENT, start: 3_000 });
    port.configure([module.path]);
    await reaches(port, 'hung');
    if (!module.hasBegun()) {
      // On a machine so busy that not even the process had begun.
      ({ port, processes } = host({ ...PATIENT, start: 30_000 }));
      port.configure([module.path]);
      await reaches(port, 'hung');
    }
    expect(module.hasBegun()).toBe(true);
    expect(port.now()).toMatchObject({ module: { name: expect.stringContaining(fault) }, readers: [] });
    await noneIsLeft(processes);
    expect(processes).toHaveLength(1);
  });

  it('in a signature: `timed-out`, nobody knows about the tries, and nothing is left', async () => {
    const module = faulty('hangs-on-sign');
    const { port, processes } = host({ ...PATIENT, sign: 1_500 });
    port.configure([module.path]);
    await reaches(port, 'ready');
    const [first, second] = await Promise.all([signOn(port), signOn(port)]);
    expect(module.hasBegun()).toBe(true);
    expect(first).toEqual({ ok: false, reason: 'timed-out', tries: 'unknown' });
    // It waited for its turn, and its PIN was never used.
    expect(second).toEqual({ ok: false, reason: 'module-failed', tries: 'unknown' });
    expect(port.now()).toMatchObject({ module: { state: 'hung' }, readers: [] });
    await noneIsLeft(processes);
  });

  it('is tried again by itself, and when it is configured again', async () => {
    const module = faulty('hangs-on-slots');
    const { port, processes } = host({ ...PATIENT, start: 800, retry: [200, 600_000] });
    port.configure([module.path]);
    await expect.poll(() => processes.length).toBe(2);
    expect(port.now().module.state).toBe('hung');
    await noneIsLeft(processes);
    port.configure([module.path]);
    expect(processes).toHaveLength(3);
    await reaches(port, 'hung');
    await noneIsLeft(processes);
  });

  it('while it only watches is noticed by its silence', async () => {
    const { port, processes } = host({ ...PATIENT, silence: 3_000 });
    port.configure([token.modulePath]);
    await reaches(port, 'ready');
    process.kill(processes[0]?.pid ?? 0, 'SIGSTOP');
    await reaches(port, 'hung');
    await noneIsLeft(processes);
  });

  it('is not held up by: `now` answers at once, and closing ends it', async () => {
    const { port, processes } = host({ ...PATIENT, end: 100 });
    const module = faulty('hangs-on-load');
    port.configure([module.path]);
    await expect.poll(module.hasBegun).toBe(true);
    const began = performance.now();
    expect(port.now().module.state).toBe('starting');
    expect(performance.now() - began).toBeLessThan(5);
    await port.close();
    await noneIsLeft(processes);
  });
});

describe('a driver that crashes', () => {
  it.each(['crashes-on-load', 'crashes-on-slots'] as const)('%s: `failed`, and named', async (fault) => {
    const module = faulty(fault);
    const { port, processes } = host();
    port.configure([module.path]);
    await reaches(port, 'failed');
    expect(module.hasBegun()).toBe(true);
    expect(port.now()).toMatchObject({ module: { name: expect.stringContaining(fault) }, readers: [] });
    await noneIsLeft(processes);
  });

  it('or refuses a signature in its own way: `module-failed`, with the code that it said', async () => {
    const { port } = host();
    port.configure([faulty('refuses-to-sign').path]);
    await reaches(port, 'ready');
    // CKR_DEVICE_MEMORY: PKCS#11 v2.40, 5.1.
    expect(await signOn(port)).toMatchObject({ ok: false, reason: 'module-failed', code: 0x31 });
    expect(cardFailure('module-failed', 'unknown', 0x31).message).toMatch(/tell IT\. Tell them error 31 of/);
  });

  it('in a signature: `module-failed`, and nobody knows about the tries', async () => {
    const { port } = host();
    port.configure([faulty('crashes-on-sign').path]);
    await reaches(port, 'ready');
    expect(await signOn(port)).toEqual({ ok: false, reason: 'module-failed', tries: 'unknown' });
    expect(port.now()).toMatchObject({ module: { state: 'failed' }, readers: [] });
  });
});

describe('a card process that is killed', () => {
  it('in the middle of a signature answers it, and the next process signs, with the card under another name', async () => {
    const module = faulty('hangs-on-sign');
    const { port, processes } = host({ ...PATIENT, retry: [100] });
    port.configure([module.path]);
    await reaches(port, 'ready');
    const readerId = port.now().readers[0]?.token?.readerId;
    const result = signOn(port);
    await expect.poll(module.hasBegun).toBe(true);
    process.kill(processes[0]?.pid ?? 0, 'SIGKILL');
    expect(await result).toEqual({ ok: false, reason: 'module-failed', tries: 'unknown' });
    await reaches(port, 'ready');
    expect(processes).toHaveLength(2);
    expect(port.now().readers[0]?.token?.readerId).not.toBe(readerId);
    port.configure([token.modulePath]);
    await reaches(port, 'ready');
    expect(await signOn(port)).toMatchObject({ ok: true });
  });
});
