import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KeychainPort, loadKeytar } from '../../adapters/keys/keychain.ts';
import type { Stretching } from '../../adapters/keys/seal.ts';
import { createRecoveryPhrase } from '../../adapters/keys/wraps.ts';
import { createStrengthMeter } from '../../adapters/passwords/strength.ts';
import type { EventName, EventPayload } from '../../contract/contract.ts';
import type { SessionState } from '../../contract/session.contract.ts';
import type { AccessCatalogue } from '../../domain/access/catalogue.ts';
import { composeHandlers } from '../../services/areas.ts';
import type { CardPort } from '../../services/cards/card-port.ts';
import { createDispatch, type Dispatch } from '../../services/ground/dispatch.ts';
import type { ServiceContext } from '../../services/ground/ports.ts';
import { ServiceError } from '../../services/ground/service-error.ts';
import { createWriteGate } from '../../services/ground/write-gate.ts';
import { createSessionService } from '../../services/session/session.service.ts';
import { machineContext, machineUptime } from './ambient.ts';
import { createCardServices, watchCards } from './card-services.ts';
import { explainError } from './explain-error.ts';
import { createImportOperations } from './import-operations.ts';
import { createJobRunner } from './job-runner.ts';
import type { CoreStart, ShellLock } from './messages.ts';
import { isRecoveryPhrase } from './recovery-phrase.ts';
import { createVault } from './vault.ts';

export interface Core {
  readonly dispatch: Dispatch;
  readonly lock: (because: ShellLock) => Promise<void>;
  /** Leaves the session as a sign-out does, with its backup. */
  readonly close: () => Promise<void>;
}

export interface CoreOptions {
  readonly start: CoreStart;
  /** What a guess at a password costs. Handed in, so that no file, flag or variable of a shipped program says it. */
  readonly stretching: Stretching;
  readonly tell: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  readonly onException: (error: unknown, operation: string, correlationId: string) => void;
  /** The cards in this PC's readers, relayed by the main process; none where it is left out. */
  readonly cards?: CardPort;
  /** The machine's clock, ids and salts where it is left out. */
  readonly context?: ServiceContext;
  /** Ms since the machine was started; its own where it is left out. */
  readonly uptime?: () => number;
  /** The operating system's where it is left out. */
  readonly keychainPort?: () => Promise<KeychainPort>;
}

/** The composition root of the core: reads top to bottom, knows nothing of Electron. */
export function createCore(options: CoreOptions): Core {
  const { start, stretching, tell, onException } = options;
  const { context = machineContext(), uptime = machineUptime, keychainPort = loadKeytar } = options;
  const gate = createWriteGate();
  const vault = createVault({
    userDataDir: start.userDataDir,
    migrationsDir: start.migrationsDir,
    context,
    newStoreId: context.ids.next,
    keychainPort,
    uptime,
    stretching,
  });
  const runner = createJobRunner({
    threadFile: start.jobThreadFile,
    access: vault.jobAccess,
    gate,
    newId: context.ids.next,
    onStoreFault: vault.refuse,
    onProgress: (progress) => tell('jobs:progress', progress),
  });
  let follow: (state: SessionState) => void = () => undefined;
  const session = createSessionService({
    context,
    vault,
    defaultCatalogue: () => readCatalogueFile(start.resourcesDir),
    createRecoveryPhrase,
    isRecoveryPhrase,
    strengthOf: createStrengthMeter(),
    onChange: (state) => {
      tell('session:changed', state);
      follow(state);
    },
    stopJobs: runner.stop,
    gate,
    loadSampleTrust: async (_store, actor) => {
      const folder = join(start.resourcesDir, 'sample-trust');
      await runner.run('Making the training store', { kind: 'load-sample', folder, actor });
    },
  });
  const { cards, signing, security } = createCardServices(options, { context, vault, session, gate });
  follow = watchCards({ cards, security, session, port: options.cards, tell, onException });
  const handlers = composeHandlers({
    cards,
    signInByCard: cards.signIn,
    signing,
    security,
    sha256: context.sha256,
    clock: context.clock,
    vault,
    session,
    newId: context.ids.next,
    imports: createImportOperations({ context, runner, connection: vault.connection }),
    jobs: {
      current: () => ({ job: runner.current() }),
      cancel: ({ jobId }) => {
        if (!runner.cancel(jobId)) throw new ServiceError('NOT_FOUND', 'This work has ended already.');
        return { done: true };
      },
      verifyLedger: () => runner.run('Checking the ledger', { kind: 'verify-ledger' }),
    },
  });
  const dispatch = createDispatch({
    handlers,
    signedIn: session.signedIn,
    gate,
    explain: explainError,
    onException,
    onChanged: (areas) => tell('data:changed', { areas: [...areas] }),
  });
  return {
    dispatch,
    lock: async (because) => {
      await session.leave(because);
    },
    close: async () => {
      await session.shutDown();
      await options.cards?.close();
    },
  };
}

/** Shipped with the program and checked by a test; a store keeps its own copy from the day it is made. */
const readCatalogueFile = (resourcesDir: string): AccessCatalogue =>
  JSON.parse(readFileSync(join(resourcesDir, 'access-catalogue.json'), 'utf8')) as AccessCatalogue;
