import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { INITIAL_QUEUE, type QueueState } from './queue-state.ts';

const KEY = ['screen', 'queue', 'state'] as const;
const HOLD_ROWS_MS = 30 * 60_000;
const SCROLL_KEY = ['screen', 'queue', 'scroll'] as const;

/**
 * The queue's filter, order and place, kept while the person is elsewhere. It lies in the query cache and nowhere else,
 * because a filter may hold a name and the cache is what a lock empties.
 */
export const useQueueState = (): readonly [
  QueueState,
  (change: (state: QueueState) => QueueState) => void,
] => {
  const client = useQueryClient();
  const { data } = useQuery<QueueState>({
    queryKey: KEY,
    queryFn: () => INITIAL_QUEUE,
    initialData: INITIAL_QUEUE,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    enabled: false,
  });
  const change = useCallback(
    (by: (state: QueueState) => QueueState) => {
      client.setQueryData<QueueState>(KEY, (state) => by(state ?? INITIAL_QUEUE));
    },
    [client],
  );
  return [data, change];
};

/** Where the list was scrolled to. Apart from the state, because it changes many times a second. */
export const useQueueScroll = (): { readonly initial: number; readonly remember: (top: number) => void } => {
  const client = useQueryClient();
  useEffect(() => {
    client.setQueryDefaults(SCROLL_KEY, { gcTime: Number.POSITIVE_INFINITY });
    // The place can only be found again while the rows around it are held.
    client.setQueryDefaults(['requests', 'requests:list'], { gcTime: HOLD_ROWS_MS });
  }, [client]);
  return {
    initial: client.getQueryData<number>(SCROLL_KEY) ?? 0,
    remember: (top) => client.setQueryData<number>(SCROLL_KEY, top),
  };
};
