import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contract, type OperationName, operationNames } from '../../contract/contract.ts';
import { ERROR_CODES } from '../../contract/errors.ts';
import type { Operation } from '../../contract/operation.ts';
import { receive } from '../../services/ground/receive.ts';
import { ServiceError } from '../../services/ground/service-error.ts';
import { MARKER, throwEverything } from '../../testing/hostile.ts';
import { settle } from '../../testing/prepared-homes.ts';
import { makePc, OWNER, type Pc, type Running } from '../../testing/real-core.ts';

// Every operation of the core, over all that lies behind the frame's check. e2e/shell has a sample of the same in a real page, and what
// only a page can do: other frames, other origins, forged files.

/** 10,000 payloads an operation in the nightly run: ESR_NIGHTLY=1. */
const RANDOM = process.env.ESR_NIGHTLY === '1' ? 10_000 : 40;
const names = operationNames.filter((name) => !('shell' in contract[name]));
const entry = (name: OperationName): Operation => contract[name];

let pc: Pc;
let running: Running;
const exceptions: unknown[] = [];
const send = (name: OperationName, input: unknown) =>
  receive(
    {
      name,
      handler: (parsed, correlationId) => running.core.dispatch(name, parsed, correlationId),
      onException: (error) => exceptions.push(error),
    },
    input,
  );

/** As the page has it. What a page cannot send, structured cloning refuses here as well. */
function offerApi(): void {
  const api: Record<string, Record<string, (input: unknown) => unknown>> = {};
  for (const name of names) {
    const [area = '', verb = ''] = name.split(':');
    api[area] = { ...api[area], [verb]: async (input) => send(name, structuredClone(input)) };
  }
  Object.assign(globalThis, { api });
}

async function faultsOf(name: OperationName): Promise<readonly string[]> {
  const outcomes = await throwEverything({ name, valid: contract[name].example, marker: MARKER });
  expect(outcomes.length).toBeGreaterThanOrEqual(30);
  return outcomes
    .filter(({ said }) => said !== 'INVALID_INPUT' && said !== 'not carried')
    .map(({ attempt, said }) => `${name} given ${attempt}: ${said}`);
}

beforeAll(() => {
  pc = makePc('sweep');
  running = pc.start();
  offerApi();
});
afterAll(async () => {
  Reflect.deleteProperty(globalThis, 'api');
  await pc.close();
});

it('every example is one that its operation takes, so that only the hostile part of it can be refused', () => {
  const refused = operationNames.filter((name) => !entry(name).input.safeParse(entry(name).example).success);
  expect(refused).toEqual([]);
});

/** Told once, so that one of them fails one test. The keychain is the whole run's, and another test locks it for a moment. */
function noException(): void {
  const told = [...exceptions.splice(0), ...pc.exceptions.splice(0)].filter(
    (one) => !(one instanceof ServiceError && one.code === 'KEY_STATE'),
  );
  expect(told.map((one) => (one instanceof Error ? (one.stack ?? one.message) : String(one)))).toEqual([]);
}

describe('before sign-in', () => {
  it.each(names)('%s refuses everything hostile as INVALID_INPUT', async (name) => {
    expect(await faultsOf(name)).toEqual([]);
  });

  it('says NOT_SIGNED_IN to everything that is not for anyone', async () => {
    const answers: string[] = [];
    for (const name of names.filter((each) => entry(each).may !== 'anyone')) {
      const answer = await send(name, entry(name).example);
      answers.push(`${name} ${answer.ok ? 'ok' : answer.code}`);
    }
    expect(answers.filter((answer) => !answer.endsWith(' NOT_SIGNED_IN'))).toEqual([]);
    expect(answers.length).toBeGreaterThan(40);
  });
});

describe('signed in as the owner', () => {
  beforeAll(async () => {
    await running.core.close();
    await pc.close();
    pc = makePc('sweep-owner');
    await settle(pc, 'trust');
    running = pc.start();
    await running.signIn(OWNER.username, OWNER.password);
  });
  const ledgerSize = async () => (await running.call('ledger:list', contract['ledger:list'].example)).size;
  const nothingHappened = async (before: number) => {
    expect(await ledgerSize()).toBe(before);
    expect(await running.call('session:getState', {})).toMatchObject({
      user: { username: OWNER.username.toLowerCase() },
    });
    noException();
  };

  it('everything hostile is refused as INVALID_INPUT, by every operation, and leaves no event', async () => {
    const before = await ledgerSize();
    const faults: string[] = [];
    for (const name of names) faults.push(...(await faultsOf(name)));
    expect(faults).toEqual([]);
    await nothingHappened(before);
  });

  it.each(names)('%s refuses whatever else has not its shape, in any place of it', async (name) => {
    const { example, input } = entry(name);
    const before = await ledgerSize();
    const keys = Object.keys(example as object);
    const anything = fc.anything({ withBigInt: true, withDate: true, withMap: true, withSparseArray: true });
    const place = keys.length === 0 ? fc.constant(null) : fc.option(fc.constantFrom(...keys));
    await fc.assert(
      fc.asyncProperty(anything, place, async (value, at) => {
        const payload = at === null ? value : { ...(example as object), [at]: value };
        // What it takes is nothing hostile, and would be done.
        if (input.safeParse(payload).success) return;
        expect(await send(name, payload)).toMatchObject({ ok: false, code: 'INVALID_INPUT' });
      }),
      { numRuns: RANDOM },
    );
    await nothingHappened(before);
  });

  /** These would end the session, or make another store. */
  const LEAVES: readonly OperationName[] = [
    'session:selectStore',
    'session:openTraining',
    'session:signIn',
    'session:signOut',
    'session:lock',
    'session:recover',
    'session:restoreBackup',
  ];
  it.each(names.filter((each) => !LEAVES.includes(each)))(
    '%s answers its example by what its contract says, or by one of the refusals it names',
    async (name) => {
      const { output, errors, example } = entry(name);
      // Two backups of one instant are refused.
      pc.advance(1_000);
      const answer = await send(name, example);
      if (answer.ok) {
        const parsed = output.safeParse(answer.data);
        expect(parsed.success ? [] : parsed.error.issues).toEqual([]);
      } else {
        expect(ERROR_CODES).toContain(answer.code);
        expect([...errors, 'NOT_PERMITTED']).toContain(answer.code);
      }
      noException();
    },
  );
});
