import { join } from 'node:path';
import { app, type BrowserWindow, nativeTheme, powerMonitor } from 'electron';
import {
  contract,
  type EventName,
  type EventPayload,
  type OperationName,
  operationNames,
} from '../contract/contract.ts';
import type { Operation } from '../contract/operation.ts';
import type { Handler } from '../services/ground/receive.ts';
import { startCardRelay } from './cards/card-relay.ts';
import type { CoreHost } from './core/core-host.ts';
import { registerOperations } from './ipc/registrar.ts';
import { shellHandlers } from './ipc/shell-handlers.ts';
import { describeError } from './logging/describe-error.ts';
import { openLog } from './logging/log.ts';
import { watchIdle } from './platform/idle.ts';
import { APP_ORIGIN } from './security/app-protocol.ts';
import { loadFirstPage } from './windows/main-window.ts';
import { reopenAfterCrash } from './windows/reopen-after-crash.ts';

export interface Begun {
  readonly core: CoreHost;
  readonly window: BrowserWindow;
  readonly userDataDir: string;
  readonly preferencesFile: string;
}

/** The composition root of the shell: everything that the first picture of the window need not wait for. Called once. */
export function bootstrap({ core, window, userDataDir, preferencesFile }: Begun): void {
  const log = openLog(userDataDir);
  const tell = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    // A crashed page hears nothing; it asks for the state when it is opened again.
    if (!window.isDestroyed() && !window.webContents.isCrashed()) window.webContents.send(name, payload);
  };

  const cards = startCardRelay(core, window, join(app.getAppPath(), 'out', 'main', 'card-process.js'));
  let signedIn = false;
  let idleMinutes = 10;
  core.listen({
    onEvent: (name, payload) => {
      if (name === 'session:changed') {
        const state = payload as EventPayload<'session:changed'>;
        signedIn = state.user !== null;
        idleMinutes = state.idleMinutes;
        // Old addresses of the page may name a request or a person.
        if (!signedIn && !window.isDestroyed()) window.webContents.navigationHistory.clear();
      }
      tell(name, payload);
    },
    onCard: cards.onCard,
    onLog: (level, entry) => void log.write(level, entry),
    onCrash: (error) => void log.write('error', describeError('core', error)),
  });

  nativeTheme.on('updated', () =>
    tell('app:themeChanged', { theme: nativeTheme.themeSource, dark: nativeTheme.shouldUseDarkColors }),
  );
  registerOperations({
    handlers: allHandlers(
      core,
      shellHandlers({ core, log, preferencesFile, isSignedIn: () => signedIn, tell }),
    ),
    ourPage: () => (window.isDestroyed() ? null : window.webContents),
    origin: APP_ORIGIN,
    onException: (error, operation, correlationId) =>
      void log.write('error', describeError(operation, error, correlationId)),
  });

  reopenAfterCrash(window, {
    lock: () => core.lock('window-stopped'),
    load: () => loadFirstPage(window),
    onGone: (reason) => void log.write('error', { what: 'window', code: reason }),
    quit: () => app.quit(),
  });
  app.on('second-instance', () => {
    if (window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  watchIdle(powerMonitor, {
    isSignedIn: () => signedIn,
    idleMinutes: () => idleMinutes,
    lock: (because) => void core.lock(because),
  });
}

function allHandlers(
  core: CoreHost,
  shell: ReadonlyMap<OperationName, Handler>,
): ReadonlyMap<OperationName, Handler> {
  return new Map(
    operationNames.map((name): [OperationName, Handler] => {
      const own = shell.get(name);
      if (own !== undefined) return [name, own];
      const operation: Operation = contract[name];
      if (operation.shell === true) throw new Error(`No handler for ${name}`);
      return [name, (input, correlationId) => core.call(name, input, correlationId)];
    }),
  );
}
