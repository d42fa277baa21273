import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../db/testing/store-folder.ts';
import type { KeychainPort } from '../adapters/keys/keychain.ts';
import { LEAST_STRETCHING } from '../adapters/keys/testing/least-stretching.ts';
import { keychainOf } from '../adapters/keys/testing/own-keychain.ts';
import { type Answer, contract, type Input, type OperationName, type Output } from '../contract/contract.ts';
import type { SessionState } from '../contract/session.contract.ts';
import { type Core, createCore } from '../main/core/core.ts';
import type { CardPort } from '../services/cards/card-port.ts';
import { MIGRATIONS, RESOURCES, testContext } from './real-store.ts';

export const OWNER = {
  username: 'Olive.Owner',
  displayName: 'The owner',
  password: 'kettle bicycle marmalade',
};
export const NEXT_PASSWORD = 'seventeen purple umbrellas';
const JOB_THREAD = join(import.meta.dirname, '..', 'main', 'core', 'job-thread.ts');

export interface Running {
  readonly core: Core;
  readonly ask: <N extends OperationName>(operation: N, input: Input<N>) => Promise<Answer<Output<N>>>;
  readonly call: <N extends OperationName>(operation: N, input: Input<N>) => Promise<Output<N>>;
  /** The refusal of an answer that must be one. */
  readonly refusal: <N extends OperationName>(
    operation: N,
    input: Input<N>,
  ) => Promise<Extract<Answer<unknown>, { readonly ok: false }>>;
  readonly signIn: (username: string, password: string) => Promise<SessionState>;
  readonly progress: string[];
  /** Every state of the session that the shell and the screens were told. */
  readonly states: SessionState[];
}

export type Pc = ReturnType<typeof makePc>;

/** A PC: one user-data folder, and what is under its name in the keychain of the test run. `start` starts the program's core on it, as often as asked. */
export function makePc(name: string) {
  const folder = makeFolder(name);
  const { context, advance } = testContext();
  // The machine is never started anew; attempts-record.test.ts does that, and sets clocks.
  const uptime = () => Date.parse(context.clock.now());
  const cores: Core[] = [];
  const exceptions: unknown[] = [];
  const keychainName = randomUUID();
  const keychain: () => Promise<KeychainPort> = keychainOf(keychainName);
  mkdirSync(join(folder.dir, 'data'));
  const pc = {
    dir: join(folder.dir, 'data'),
    store: (...parts: string[]) => join(folder.dir, 'data', 'stores', 'trust', ...parts),
    advance,
    exceptions,
    keychain,
    /** For a child that is to reach the same. */
    keychainName,
    start: ({
      cards,
      ...change
    }: {
      readonly resourcesDir?: string;
      readonly cards?: CardPort;
    } = {}): Running => {
      const progress: string[] = [];
      const states: SessionState[] = [];
      const core = createCore({
        start: {
          userDataDir: join(folder.dir, 'data'),
          resourcesDir: RESOURCES,
          migrationsDir: MIGRATIONS,
          jobThreadFile: JOB_THREAD,
          packagedAs: null,
          ...change,
        },
        stretching: LEAST_STRETCHING,
        tell: (event, payload) => {
          if (event === 'jobs:progress') progress.push((payload as { phase: string }).phase);
          if (event === 'session:changed') states.push(payload as SessionState);
        },
        onException: (error) => exceptions.push(error),
        context: { ...context, ids: { ...context.ids, next: randomUUID } },
        uptime,
        keychainPort: keychain,
        ...(cards === undefined ? {} : { cards }),
      });
      cores.push(core);
      return { core, progress, states, ...asking(core, exceptions) };
    },
    close: async () => {
      for (const core of cores) await core.close();
      folder.remove();
    },
  };
  return pc;
}

function asking(core: Core, exceptions: readonly unknown[]): Omit<Running, 'core' | 'progress' | 'states'> {
  const ask: Running['ask'] = async (operation, input) => {
    const answer = await core.dispatch(operation, contract[operation].input.parse(input), 'correlation');
    if (answer.ok) contract[operation].output.parse(answer.data);
    return answer as Answer<Output<typeof operation>>;
  };
  const call: Running['call'] = async (operation, input) => {
    const answer = await ask(operation, input);
    if (answer.ok) return answer.data;
    const cause = answer.code === 'UNEXPECTED' ? exceptions.at(-1) : undefined;
    throw new Error(`${operation} was refused: ${answer.code} ${answer.message}`, { cause });
  };
  return {
    ask,
    call,
    refusal: async (operation, input) => {
      const answer = await ask(operation, input);
      if (answer.ok) throw new Error(`${operation} was not refused`);
      return answer;
    },
    signIn: (username, password) => call('session:signIn', { username, password }),
  };
}

/** Makes the trust's store, and answers its recovery phrase; the owner is signed in. */
export async function createTrust({ call }: Running): Promise<string> {
  const { words } = await call('session:proposeRecoveryPhrase', {});
  const recoveryPhrase = words.join(' ');
  const owner = { ...OWNER, employeeNumber: '90000001' };
  await call('session:createTrustStore', {
    trustName: 'Eastmoor',
    vpd: '919',
    environment: 'TPLY',
    owner,
    recoveryPhrase,
  });
  return recoveryPhrase;
}
