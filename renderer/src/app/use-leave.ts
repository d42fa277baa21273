import { notifications } from '@mantine/notifications';
import { useCallback, useMemo } from 'react';
import { useSession } from '../ground/session.tsx';
import { invoke, wordsOf } from '../lib/api.ts';
import { keepDraftsNow } from '../lib/use-draft.ts';

/** Locking and signing out: the answer is the new state, and with it everything shown goes. */
export const useLeave = (): { readonly lock: () => void; readonly signOut: () => void } => {
  const { apply } = useSession();
  const tell = useCallback((fault: unknown) => {
    notifications.show({ color: 'red', title: 'You are still signed in', message: wordsOf(fault) });
  }, []);
  return useMemo(
    () => ({
      lock: () => {
        keepDraftsNow();
        invoke('session:lock', { because: 'by-hand' }).then(apply, tell);
      },
      signOut: () => {
        keepDraftsNow();
        invoke('session:signOut', {}).then(apply, tell);
      },
    }),
    [apply, tell],
  );
};
