import { MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider, useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import type { SessionState } from '../../../electron/contract/session.contract.ts';
import { JobProvider } from '../ground/job.tsx';
import { SessionProvider, useSession } from '../ground/session.tsx';
import { memoryColorScheme, ThemeProvider } from '../ground/theme-choice.tsx';
import { keyOf, onEvent, Refusal, refreshAreas } from '../lib/api.ts';
import { theme } from './theme.ts';

/**
 * The core lies in the same machine, so there is no network to be offline from, and nothing is read again but what
 * the program says has changed.
 */
const makeClient = (onSignedOut: () => void): QueryClient =>
  new QueryClient({
    queryCache: new QueryCache({
      onError: (fault) => {
        if (fault instanceof Refusal && fault.code === 'NOT_SIGNED_IN') onSignedOut();
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always',
        retry: false,
        staleTime: 60_000,
        gcTime: 120_000,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });

const SIGNED_OUT = 'ead:signed-out';

/** Listens to the program: changed data is read again, a session that is gone is asked about. */
const ProgramEvents = () => {
  const client = useQueryClient();
  const { refresh } = useSession();
  useEffect(() => onEvent('data:changed', ({ areas }) => refreshAreas(client, areas)), [client]);
  // Heard here and not where cards are shown: what comes meanwhile would be missed there, and an old answer still be counted as new.
  useEffect(
    () =>
      onEvent('cards:changed', (state) => {
        const queryKey = keyOf('cards:getState', {});
        client.setQueryData(queryKey, state);
        // An answer that is on its way was asked for before this was said, and must not be put in its place.
        void client.cancelQueries({ queryKey });
      }),
    [client],
  );
  useEffect(() => {
    window.addEventListener(SIGNED_OUT, refresh);
    return () => window.removeEventListener(SIGNED_OUT, refresh);
  }, [refresh]);
  return null;
};

interface ProvidersProps {
  readonly firstState: SessionState | null;
  readonly children: ReactNode;
}

export const Providers = ({ firstState, children }: ProvidersProps) => {
  const [client] = useState(() => makeClient(() => window.dispatchEvent(new Event(SIGNED_OUT))));
  const [schemes] = useState(memoryColorScheme);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" colorSchemeManager={schemes}>
      <QueryClientProvider client={client}>
        <ThemeProvider>
          <SessionProvider first={firstState}>
            <ProgramEvents />
            <JobProvider>{children}</JobProvider>
          </SessionProvider>
        </ThemeProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
};
