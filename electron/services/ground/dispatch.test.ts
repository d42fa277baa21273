import { describe, expect, it } from 'vitest';
import { contract, operationNames } from '../../contract/contract.ts';
import type { Operation } from '../../contract/operation.ts';
import { createDispatch } from './dispatch.ts';
import type { Handlers } from './handlers.ts';
import type { SignedIn } from './permit.ts';
import { CancelledError } from './ports.ts';
import { ServiceError } from './service-error.ts';
import { createWriteGate } from './write-gate.ts';

const officer: SignedIn = {
  userId: 'u1',
  displayName: 'The officer',
  employeeNumber: '90000001',
  roles: ['officer'],
  mustChangePassword: false,
};
const STEP = { id: 'r1', revision: 0 };

function dispatching(handlers: Readonly<Record<string, (input: unknown) => unknown>>) {
  const seen = { exceptions: [] as unknown[][], changed: [] as (readonly string[])[] };
  const gate = createWriteGate();
  const who: { user: SignedIn | null } = { user: officer };
  const dispatch = createDispatch({
    handlers: handlers as unknown as Handlers,
    signedIn: () => who.user,
    gate,
    explain: (error) =>
      error instanceof RangeError
        ? { code: 'DISK_FULL', message: 'The disk is full.', details: { free: 0 } }
        : null,
    onException: (...told) => seen.exceptions.push(told),
    onChanged: (areas) => seen.changed.push(areas),
  });
  return { dispatch, gate, seen, who };
}

describe('an exception', () => {
  it('answers UNEXPECTED with the correlation id, and no word of the exception', async () => {
    const secret = new TypeError('Cannot read surname of CANARY');
    const { dispatch, seen } = dispatching({
      'requests:list': () => {
        throw secret;
      },
      'requests:approve': () => Promise.reject(secret),
    });
    for (const operation of ['requests:list', 'requests:approve'] as const) {
      const answer = await dispatch(operation, STEP, 'c-17');
      expect(answer).toMatchObject({ ok: false, code: 'UNEXPECTED', correlationId: 'c-17' });
      expect(JSON.stringify(answer)).not.toMatch(/CANARY|surname|TypeError/);
    }
    expect(seen.exceptions).toEqual([
      [secret, 'requests:list', 'c-17'],
      [secret, 'requests:approve', 'c-17'],
    ]);
    expect(seen.changed).toEqual([]);
  });

  it('in telling the screens what changed does not turn a done command into "nothing was changed"', async () => {
    const told: unknown[] = [];
    const dispatch = createDispatch({
      handlers: { 'requests:approve': () => ({ done: true }) } as unknown as Handlers,
      signedIn: () => officer,
      gate: createWriteGate(),
      explain: () => null,
      onException: (error) => told.push(error),
      onChanged: () => {
        throw new Error('the window is gone');
      },
    });
    expect(await dispatch('requests:approve', STEP, 'c')).toEqual({ ok: true, data: { done: true } });
    expect(told).toHaveLength(1);
  });

  it.each([
    ['users:end', ['users', 'security', 'cards', 'home', 'ledger']],
    ['cards:enrol', ['cards', 'users', 'security', 'home', 'ledger']],
    ['requests:approve', ['requests', 'signing', 'home', 'ledger']],
    ['drafts:keep', undefined],
  ] as const)('after %s the screens read again what it changed', async (name, areas) => {
    const { dispatch, seen, who } = dispatching({ [name]: () => ({ done: true }) });
    who.user = { ...officer, roles: ['owner', 'officer'] };
    await dispatch(name, {}, 'c');
    expect(seen.changed[0]).toEqual(areas);
  });

  it('a refusal is answered in its own words, and is no exception', async () => {
    const errors = {
      'requests:list': new ServiceError('STALE', 'It has changed.', { revision: 3 }),
      'requests:get': new CancelledError(),
      'views:list': new RangeError('ENOSPC'),
    };
    const { dispatch, seen } = dispatching(
      Object.fromEntries(Object.entries(errors).map(([name, error]) => [name, () => Promise.reject(error)])),
    );
    const answers = [];
    for (const name of Object.keys(errors) as (keyof typeof errors)[]) {
      answers.push(await dispatch(name, {}, 'c'));
    }
    expect(answers).toMatchObject([
      { code: 'STALE', message: 'It has changed.', details: { revision: 3 } },
      { code: 'CANCELLED' },
      { code: 'DISK_FULL', details: { free: 0 } },
    ]);
    expect(seen.exceptions).toEqual([]);
  });
});

describe('the gate', () => {
  it('holds commands back while a job writes, and no query', async () => {
    const reached: string[] = [];
    const { dispatch, gate } = dispatching(
      Object.fromEntries(operationNames.map((name) => [name, () => void reached.push(name)])),
    );
    const held = await gate.acquire();
    const queries = operationNames.filter((name) => (contract[name] as Operation).kind === 'query');
    for (const name of queries) await dispatch(name, {}, 'c');
    expect(reached.length).toBeGreaterThan(10);
    const before = [...reached];
    const waiting = dispatch('requests:withdraw', STEP, 'c');
    await dispatch('requests:list', {}, 'c');
    expect(reached).toEqual([...before, 'requests:list']);
    held.release();
    await waiting;
    expect(reached.at(-1)).toBe('requests:withdraw');
  });

  it('asks again who is signed in when a command has waited: nobody acts by another’s click', async () => {
    const reached: unknown[] = [];
    const { dispatch, gate, who } = dispatching({ 'requests:withdraw': (input) => reached.push(input) });
    for (const next of [null, { ...officer, roles: ['team-lead'] as const }, { ...officer, userId: 'u2' }]) {
      who.user = officer;
      const held = await gate.acquire();
      const waiting = dispatch('requests:withdraw', STEP, 'c');
      who.user = next;
      held.release();
      expect(await waiting).toMatchObject({ ok: false });
    }
    expect(reached).toEqual([]);
    who.user = officer;
    expect(await dispatch('requests:withdraw', STEP, 'c')).toMatchObject({ ok: true });
  });
});
