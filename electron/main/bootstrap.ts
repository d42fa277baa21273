import { join } from 'node:path';
import { app, type BrowserWindow, Menu, nativeTheme, powerMonitor } from 'electron';
import {
  contract,
  type EventName,
  type EventPayload,
  type OperationName,
  operationNames,
} from '../contract/contract.ts';
import type { Operation } from '../contract/operation.ts';
import { type CoreHost, startCore } from './core/core-host.ts';
import { type Handler, registerOperations } from './ipc/registrar.ts';
import { shellHandlers } from './ipc/shell-handlers.ts';
import { describeError } from './logging/describe-error.ts';
import { openLog } from './logging/log.ts';
import { watchIdle } from './platform/idle.ts';
import { readTheme } from './platform/preferences.ts';
import { APP_ORIGIN, serveApp } from './security/app-protocol.ts';
import { loadFirstPage, openMainWindow } from './windows/main-window.ts';
import { reopenAfterCrash } from './windows/reopen-after-crash.ts';

/** The composition root of the shell, in the order in which things start. Called once, when Electron is ready. */
export function bootstrap(): void {
  const userDataDir = app.getPath('userData');
  const appDir = app.getAppPath();
  const preferencesFile = join(userDataDir, 'preferences.json');
  const log = openLog(userDataDir);
  let window: BrowserWindow | null = null;
  const tell = <N extends EventName>(name: N, payload: EventPayload<N>): void => {
    // A crashed page hears nothing; it asks for the state when it is opened again.
    if (window !== null && !window.isDestroyed() && !window.webContents.isCrashed())
      window.webContents.send(name, payload);
  };

  let signedIn = false;
  let idleMinutes = 10;
  // The core starts first: it is ready by the time the window has painted.
  const core = startCore({
    threadFile: join(appDir, 'out', 'main', 'core-thread.js'),
    start: {
      userDataDir,
      resourcesDir: join(appDir, 'resources'),
      migrationsDir: join(appDir, 'db', 'migrations'),
      jobThreadFile: join(appDir, 'out', 'main', 'job-thread.js'),
    },
    onEvent: (name, payload) => {
      if (name === 'session:changed') {
        const state = payload as EventPayload<'session:changed'>;
        signedIn = state.user !== null;
        idleMinutes = state.idleMinutes;
        // Old addresses of the page may name a request or a person.
        if (!signedIn && window !== null && !window.isDestroyed())
          window.webContents.navigationHistory.clear();
      }
      tell(name, payload);
    },
    onLog: log.write,
    onCrash: (error) => log.write('error', describeError('core', error)),
  });

  nativeTheme.themeSource = readTheme(preferencesFile);
  nativeTheme.on('updated', () =>
    tell('app:themeChanged', { theme: nativeTheme.themeSource, dark: nativeTheme.shouldUseDarkColors }),
  );
  Menu.setApplicationMenu(null);
  serveApp(join(appDir, 'out', 'renderer'));
  registerOperations({
    handlers: allHandlers(
      core,
      shellHandlers({ core, log, preferencesFile, isSignedIn: () => signedIn, tell }),
    ),
    ourPage: () => (window === null || window.isDestroyed() ? null : window.webContents),
    origin: APP_ORIGIN,
    onException: (error, operation, correlationId) =>
      log.write('error', describeError(operation, error, correlationId)),
  });

  window = openMainWindow({ userDataDir, preloadFile: join(appDir, 'out', 'preload', 'preload.cjs') });
  const opened = window;
  reopenAfterCrash(opened, {
    lock: () => core.lock('window-stopped'),
    load: () => loadFirstPage(opened),
    onGone: (reason) => log.write('error', { what: 'window', code: reason }),
    quit: () => app.quit(),
  });
  app.on('second-instance', () => {
    if (window === null || window.isDestroyed()) return;
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  });
  watchIdle(powerMonitor, {
    isSignedIn: () => signedIn,
    idleMinutes: () => idleMinutes,
    lock: (because) => void core.lock(because),
  });
  closeInOrder(core);
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

/** The store is closed, and backed up, before the program ends; the person need not wait at a window for it. */
function closeInOrder(core: CoreHost): void {
  let closed = false;
  app.on('window-all-closed', () => app.quit());
  app.on('will-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    void core.close().finally(() => {
      closed = true;
      app.quit();
    });
  });
}
