import type { SessionState } from '../../../../electron/contract/session.contract.ts';

/** Why the session was locked, as the sign-in screen says it. */
export const lockedWords = (because: NonNullable<SessionState['lockedBecause']>): string => {
  switch (because) {
    case 'idle':
      return 'Nobody had used this PC for a while. Sign in to go on.';
    case 'suspend':
      return 'The PC went to sleep. Sign in to go on.';
    case 'screen-lock':
      return 'The PC’s screen was locked. Sign in to go on.';
    case 'by-hand':
      return 'It was locked by hand. Sign in to go on.';
    case 'card-removed':
      return 'The smartcard was taken out. Sign in to go on.';
    case 'window-stopped':
      return 'The window stopped working and was opened again. What was confirmed is saved. Sign in to go on.';
  }
};
