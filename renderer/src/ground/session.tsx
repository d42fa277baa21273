import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { SessionState, SignedInUser } from '../../../electron/contract/session.contract.ts';
import { invoke, onEvent } from '../lib/api.ts';
import { mayCall, type RoleBoundOperation } from '../lib/permissions.ts';
import { goTo, placeNow } from './hash-location.ts';

interface SessionHold {
  /** Null until the program has answered for the first time. */
  readonly state: SessionState | null;
  readonly fault: Error | null;
  /** Takes the state that a session command answered with. */
  readonly apply: (state: SessionState) => void;
  /** Asks the program again. */
  readonly refresh: () => void;
}

const SessionContext = createContext<SessionHold | null>(null);

interface SessionProviderProps {
  readonly first: SessionState | null;
  readonly children: ReactNode;
}

const personOf = (state: SessionState | null): string | null => state?.user?.id ?? null;

/** What the program says of the session as it starts; null where it has not said so within `ms`. */
export const firstState = async (ms: number): Promise<SessionState | null> => {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ms));
  return Promise.race([invoke('session:getState', {}).catch(() => null), late]);
};

/**
 * Holds what the program says of the session. When the person goes (locked, signed out, another one), everything the
 * page had read is dropped and the address says nothing of where they were.
 */
export const SessionProvider = ({ first, children }: SessionProviderProps) => {
  const client = useQueryClient();
  const [state, setState] = useState<SessionState | null>(first);
  const [fault, setFault] = useState<Error | null>(null);
  const apply = useCallback((next: SessionState) => {
    setFault(null);
    // Asked twice at a start, the second time once nothing said meanwhile can be missed; the same words draw nothing anew.
    setState((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
  }, []);
  const refresh = useCallback(() => {
    invoke('session:getState', {}).then(apply, (reason: unknown) => {
      setFault(reason instanceof Error ? reason : new Error(String(reason)));
    });
  }, [apply]);
  useEffect(() => {
    const stop = onEvent('session:changed', apply);
    refresh();
    return stop;
  }, [apply, refresh]);

  const person = personOf(state);
  const wasLocked = (state?.lockedBecause ?? null) !== null;
  const left = useRef<{ readonly person: string; readonly place: string } | null>(null);
  useEffect(() => {
    if (person === null) return undefined;
    // Whoever comes back after a lock returns to where they were; nobody else learns where that was.
    if (left.current?.person === person) goTo(left.current.place, { replace: true });
    left.current = null;
    return () => {
      left.current = { person, place: placeNow() };
      client.clear();
      goTo('/', { replace: true });
    };
  }, [person, client]);
  useEffect(() => {
    if (person === null && !wasLocked) left.current = null;
  }, [person, wasLocked]);

  const hold = useMemo(() => ({ state, fault, apply, refresh }), [state, fault, apply, refresh]);
  return <SessionContext value={hold}>{children}</SessionContext>;
};

export const useSession = (): SessionHold => {
  const hold = useContext(SessionContext);
  if (hold === null) throw new Error('useSession needs a SessionProvider above it.');
  return hold;
};

interface SignedIn {
  readonly user: SignedInUser;
  readonly trust: NonNullable<SessionState['trust']>;
  /** Whether this person's roles allow the operation: `may('requests:approve')`. */
  readonly may: (operation: RoleBoundOperation) => boolean;
}

/** For the screens behind sign-in: who is signed in, to which trust, and what they may do. */
export const useSignedIn = (): SignedIn => {
  const { state } = useSession();
  const user = state?.user ?? null;
  const trust = state?.trust ?? null;
  if (user === null || trust === null) throw new Error('This screen is shown to signed-in people only.');
  return { user, trust, may: (operation) => mayCall(user.roles, operation) };
};
