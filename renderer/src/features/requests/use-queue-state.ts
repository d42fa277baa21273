import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { heldOf, useHeld } from '../../lib/held.ts';
import { listHeight, scrollOnReturn } from './queue-scroll.ts';
import { INITIAL_QUEUE, type QueueState } from './queue-state.ts';

const HOLD_ROWS_MS = 30 * 60_000;

/** The queue's filter, order and place, kept while the person is elsewhere. */
export const useQueueState = (): readonly [QueueState, (change: (state: QueueState) => QueueState) => void] =>
  useHeld('queue', INITIAL_QUEUE);

/** As the list's CSS has it: what stands in the head of the window while glass is broken (`work-shell.tsx`, in rem) takes from it. */
const heightNow = (): number => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const main = document.querySelector('main');
  const standing = main === null ? '' : getComputedStyle(main).getPropertyValue('--ead-standing');
  return listHeight(window.innerHeight, rem) - (Number.parseFloat(standing) || 0) * rem;
};

/** Where the list was scrolled to. Apart from the state, because it changes many times a second and draws nothing. */
export const useQueueScroll = (
  selected: number,
): { readonly initial: number; readonly remember: (top: number) => void } => {
  const client = useQueryClient();
  useEffect(() => {
    // The place can only be found again while the rows around it are held.
    client.setQueryDefaults(['requests', 'requests:list'], { gcTime: HOLD_ROWS_MS });
  }, [client]);
  const [initial] = useState(() =>
    scrollOnReturn(heldOf(client, 'queue-scroll', 0).get(), selected, heightNow()),
  );
  return { initial, remember: (top) => heldOf(client, 'queue-scroll', 0).change(() => top) };
};
