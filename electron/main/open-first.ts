import { join } from 'node:path';
import { app, nativeTheme } from 'electron';
import type { CoreHost } from './core/core-host.ts';
import { readTheme } from './platform/preferences.ts';
import { serveApp } from './security/app-protocol.ts';
import { openMainWindow } from './windows/main-window.ts';

/**
 * The window first, and the rest of the program while Chromium makes its page, which takes a tenth of a second.
 * @param onFault hears when that rest cannot be loaded
 */
export function openFirst(core: CoreHost, onFault: (error: unknown) => void): void {
  const userDataDir = app.getPath('userData');
  const appDir = app.getAppPath();
  const preferencesFile = join(userDataDir, 'preferences.json');
  nativeTheme.themeSource = readTheme(preferencesFile);
  let begun: Promise<void> | null = null;
  const rest = (): Promise<void> => {
    begun ??= import('./bootstrap.ts').then(({ bootstrap }) =>
      bootstrap({ core, window, userDataDir, preferencesFile }),
    );
    return begun.catch(onFault);
  };
  serveApp(join(appDir, 'out', 'renderer'), rest);
  const window = openMainWindow({ userDataDir, preloadFile: join(appDir, 'out', 'preload', 'preload.cjs') });
  closeInOrder(core);
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
