import { type BrowserWindow, dialog } from 'electron';

export interface CrashRecovery {
  /** Resolves once the session is locked and its key gone. */
  readonly lock: () => Promise<void>;
  /** Loads the first page anew: the address of the crashed one may name a person. */
  readonly load: () => void;
  readonly onGone: (reason: string) => void;
  readonly quit: () => void;
}

/** More crashes than this within a minute are no accident: the program ends instead of going round for ever. */
const TRIES = 3;
const MINUTE_MS = 60_000;

/**
 * A page whose process has died leaves the window blank. The session is locked, since nobody can see any more who is
 * signed in, and the page is opened again at the sign-in.
 */
export function reopenAfterCrash(window: BrowserWindow, recovery: CrashRecovery): void {
  let crashes: readonly number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit') return;
    recovery.onGone(reason);
    const now = performance.now();
    crashes = [...crashes.filter((at) => now - at < MINUTE_MS), now];
    void recovery.lock().finally(() => {
      if (window.isDestroyed()) return;
      if (crashes.length <= TRIES) return recovery.load();
      dialog.showErrorBox(
        'ESR Access Desk',
        'The window stopped several times in a row, so the program ends. What was confirmed is saved. Start it again, and tell IT if it stays so.',
      );
      recovery.quit();
    });
  });
}
