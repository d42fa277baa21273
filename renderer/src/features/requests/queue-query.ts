import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { QueueRow } from '../../../../electron/contract/requests.contract.ts';
import { type FetchSlice, sliceQuery } from '../../components/use-slices.ts';
import { invoke, keyOf } from '../../lib/api.ts';
import { heldOf } from '../../lib/held.ts';
import { INITIAL_QUEUE, type QueueState } from './queue-state.ts';

interface QueueQuery {
  readonly queryKey: QueryKey;
  readonly fetchSlice: FetchSlice<QueueRow>;
}

/** What the list of this filter and order is read by. */
export const queueQuery = ({ filter, sort }: Pick<QueueState, 'filter' | 'sort'>): QueueQuery => ({
  queryKey: ['requests', 'requests:list', filter, sort],
  fetchSlice: (slice) => invoke('requests:list', { filter, sort, ...slice }),
});

/** Reads what the queue will show first, so that it opens with its rows. What cannot be read ahead is read when it is opened. */
export const readQueueAhead = (client: QueryClient): void => {
  const { queryKey, fetchSlice } = queueQuery(heldOf(client, 'queue', INITIAL_QUEUE).get());
  void client.prefetchQuery(sliceQuery(queryKey, fetchSlice, 0));
  for (const name of ['requests:countByStatus', 'register:catalogue', 'views:list'] as const)
    void client.prefetchQuery({ queryKey: keyOf(name, {}), queryFn: () => invoke(name, {}) });
};
