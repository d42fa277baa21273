import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../services/ground/ports.ts';
import { createWriteGate } from '../../services/ground/write-gate.ts';
import type { JobTask } from './job-messages.ts';
import { createJobRunner } from './job-runner.ts';

const THREAD = join(import.meta.dirname, '..', '..', 'testing', 'job-that-waits.ts');
const WRITE = { kind: 'load-sample' } as JobTask;
const DIE_WAITING = { kind: 'verify-ledger' } as JobTask;
const THROW = { kind: 'preview' } as JobTask;

function running() {
  const gate = createWriteGate();
  const told: string[] = [];
  const keys: Uint8Array[] = [];
  const runner = createJobRunner({
    threadFile: THREAD,
    access: () => {
      const key = new Uint8Array(new SharedArrayBuffer(32)).fill(7);
      keys.push(key);
      const description = { name: 'trust', trustName: 'Eastmoor', vpd: '919', environment: 'TPLY' } as const;
      return { file: 'none', key, description };
    },
    gate,
    newId: () => 'job-1',
    onStoreFault: () => undefined,
    onProgress: ({ phase, state }) => told.push(`${phase} ${state}`),
  });
  const asked = () => expect.poll(() => told.some((line) => line.startsWith('Asking'))).toBe(true);
  return { gate, runner, told, keys, asked };
}

describe('a job', () => {
  it('waits for the gate, writes, and lets go; its copy of the key is wiped', async () => {
    const { gate, runner, told, keys, asked } = running();
    const held = await gate.acquire();
    const result = runner.run('Work', WRITE);
    await asked();
    await expect(runner.run('More work', WRITE)).rejects.toMatchObject({ code: 'BUSY' });
    expect(told.at(-1)).toBe('Asking running');
    held.release();
    expect(await result).toBe('written');
    expect(told.at(-1)).toBe('granted done');
    (await gate.acquire()).release();
    expect(runner.current()).toBeNull();
    expect(keys).toEqual([new Uint8Array(32)]);
  });

  it('that waits for the gate can be cancelled by who holds it, and does not take it afterwards', async () => {
    const { gate, runner, told, asked } = running();
    const held = await gate.acquire();
    const result = runner.run('Work', WRITE);
    const outcome = expect(result).rejects.toBeInstanceOf(CancelledError);
    await asked();
    // Stopping a job from within a command: without an answer to the job this would wait for ever.
    await runner.stop();
    await outcome;
    expect(told.at(-1)).toMatch(/cancelled$/);
    held.release();
    (await gate.acquire()).release();
  });

  it('that dies while it waits leaves the gate to others', async () => {
    const { gate, runner, keys } = running();
    const held = await gate.acquire();
    await expect(runner.run('Work', DIE_WAITING)).rejects.toThrow('ended without an answer');
    held.release();
    (await gate.acquire()).release();
    expect(keys).toEqual([new Uint8Array(32)]);
  });

  it('that throws is an exception, and the next one runs', async () => {
    const { runner } = running();
    await expect(runner.run('Work', THROW)).rejects.toBeInstanceOf(TypeError);
    expect(await runner.run('Work', WRITE)).toBe('written');
    expect(runner.cancel('job-1')).toBe(false);
    await runner.stop();
  });
});
