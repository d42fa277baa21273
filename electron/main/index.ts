import { join } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { type CoreHost, startCore } from './core/core-host.ts';
import { openFirst } from './open-first.ts';
import { declareAppScheme } from './security/app-protocol.ts';
import { lockDown } from './security/lockdown.ts';

// What must be said before Electron is ready, and what can go on meanwhile. Whatever this file imports delays the window: the
// contract with its schemas, and the log, come with bootstrap.ts.
app.setName('ESR Access Desk');
app.enableSandbox();
declareAppScheme();
lockDown(() => undefined);
// Said before `ready`, or Electron makes a menu of its own first.
Menu.setApplicationMenu(null);

if (app.requestSingleInstanceLock()) {
  const core = startOwnCore();
  void app
    .whenReady()
    .then(() => openFirst(core, startFailed))
    .catch(startFailed);
} else app.quit();

/** The core's thread loads while Chromium starts, and has found the key by the time the page asks for its state. */
function startOwnCore(): CoreHost {
  const appDir = app.getAppPath();
  const core = startCore({
    threadFile: join(appDir, 'out', 'main', 'core-thread.js'),
    start: {
      userDataDir: app.getPath('userData'),
      resourcesDir: join(appDir, 'resources'),
      migrationsDir: join(appDir, 'db', 'migrations'),
      jobThreadFile: join(appDir, 'out', 'main', 'job-thread.js'),
      packagedAs: app.isPackaged ? process.execPath : null,
    },
  });
  // The first reading of the keychain wakes it, which takes longer than all the others.
  void core.call('session:getState', {}, '');
  return core;
}

/** A program that cannot start says so and ends; without a window it would only sit there and keep the next start out. */
async function startFailed(error: unknown): Promise<void> {
  process.stderr.write(
    `ESR Access Desk could not start: ${error instanceof Error ? error.message : 'no reason'}\n`,
  );
  try {
    const { describeError } = await import('./logging/describe-error.ts');
    const { openLog } = await import('./logging/log.ts');
    await openLog(app.getPath('userData')).write('error', describeError('start', error));
  } catch {
    // What cannot even be logged is still said.
  }
  dialog.showErrorBox(
    'ESR Access Desk cannot start',
    'Part of the program is missing or damaged. Nothing was changed. Ask IT to install it again.',
  );
  app.exit(1);
}
