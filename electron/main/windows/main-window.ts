import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import { readWindowState, writeWindowState } from '../platform/window-state.ts';
import { APP_ORIGIN } from '../security/app-protocol.ts';

export interface MainWindowOptions {
  readonly userDataDir: string;
  readonly preloadFile: string;
}

/** The start of the program, whatever address the page had before. */
export const loadFirstPage = (window: BrowserWindow): void => {
  void window.loadURL(`${APP_ORIGIN}/index.html`);
};

/** Opens the program's one window. It is shown once its first picture is painted, so that it never flashes white. */
export function openMainWindow({ userDataDir, preloadFile }: MainWindowOptions): BrowserWindow {
  const stateFile = join(userDataDir, 'window.json');
  const { maximized, x, y, width, height } = readWindowState(
    stateFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(x === undefined || y === undefined ? {} : { x, y }),
    width,
    height,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'ESR Access Desk',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1a1b1e' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload: preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  const remember = () => {
    if (window.isDestroyed() || window.isMinimized()) return;
    writeWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  window.on('close', remember);
  loadFirstPage(window);
  return window;
}
