import { app, dialog } from 'electron';
import { bootstrap } from './bootstrap.ts';
import { describeError } from './logging/describe-error.ts';
import { openLog } from './logging/log.ts';
import { declareAppScheme } from './security/app-protocol.ts';
import { lockDown } from './security/lockdown.ts';

// What must be said before Electron is ready, and nothing else.
app.setName('ESR Access Desk');
app.enableSandbox();
declareAppScheme();
lockDown(() => undefined);

if (app.requestSingleInstanceLock()) void app.whenReady().then(bootstrap).catch(startFailed);
else app.quit();

/** A program that cannot start says so and ends; without a window it would only sit there and keep the next start out. */
function startFailed(error: unknown): void {
  const entry = describeError('start', error);
  openLog(app.getPath('userData')).write('error', entry);
  process.stderr.write(
    `ESR Access Desk could not start: ${error instanceof Error ? error.message : entry.code}\n`,
  );
  dialog.showErrorBox(
    'ESR Access Desk cannot start',
    'Part of the program is missing or damaged. Nothing was changed. Ask IT to install it again.',
  );
  app.exit(1);
}
