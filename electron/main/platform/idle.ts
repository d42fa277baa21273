import type { PowerMonitor } from 'electron';

export interface IdleWatch {
  readonly isSignedIn: () => boolean;
  readonly idleMinutes: () => number;
  readonly lock: (because: 'idle' | 'suspend' | 'screen-lock') => void;
}

const LOOK_EVERY_MS = 5_000;

/** Locks the session when nobody has touched the PC for a while, when it sleeps, and when its own screen is locked. */
export function watchIdle(monitor: PowerMonitor, watch: IdleWatch): void {
  const lock = (because: 'idle' | 'suspend' | 'screen-lock') => () => {
    if (watch.isSignedIn()) watch.lock(because);
  };
  setInterval(() => {
    if (watch.isSignedIn() && monitor.getSystemIdleTime() >= watch.idleMinutes() * 60) watch.lock('idle');
  }, LOOK_EVERY_MS).unref();
  monitor.on('suspend', lock('suspend'));
  monitor.on('lock-screen', lock('screen-lock'));
}
