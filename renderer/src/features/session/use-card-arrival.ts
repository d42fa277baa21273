import { useCallback, useEffect, useRef, useState } from 'react';
import type { CardsState } from '../../../../electron/contract/cards.contract.ts';
import { invoke, onEvent } from '../../lib/api.ts';
import { cardsIn } from '../../lib/card-words.ts';
import { isTyping, type Typed } from './typing.ts';

interface CardArrival {
  /** Smartcards are set up on this PC, so the way in by card is offered. */
  readonly there: boolean;
  /** To be called with each key at the password form, and with null as it goes: a card must not take it from under anybody's hands. */
  readonly typed: (password: string | null) => void;
}

/**
 * A keychain that was just opened may not answer yet, and without an answer nobody would be offered their card. Not for ever: each
 * question may wait for a prompt of the PC.
 */
const ASKED_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 16_000] as const;

/**
 * Hears of cards on the sign-in screen, and says when one is put in while nobody types.
 * @param prepare reads what will be shown of a card: begun as soon as there may be one, and ended before `onCard`
 */
export const useCardArrival = (onCard: () => void, prepare: () => Promise<unknown>): CardArrival => {
  const [there, setThere] = useState(false);
  const lastTyped = useRef<Typed | null>(null);
  const latest = useRef({ onCard, prepare });
  useEffect(() => {
    latest.current = { onCard, prepare };
  });
  useEffect(() => {
    let before = false;
    let here = true;
    const arrive = async () => {
      await latest.current.prepare();
      // Said by then, not before: somebody may have begun to type meanwhile.
      if (here && before && !isTyping(lastTyped.current, Date.now())) latest.current.onCard();
    };
    let heard = false;
    const take = (state: CardsState) => {
      heard = true;
      setThere(state.module.state !== 'off');
      const now = cardsIn(state).length > 0;
      if (now && !before) void arrive();
      else if (state.module.state !== 'off') requestIdleCallback(() => void latest.current.prepare());
      before = now;
    };
    const stop = onEvent('cards:changed', take);
    // What was asked first may be answered after what was said since.
    const first = (state: CardsState) => {
      if (!heard) take(state);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = (waits: readonly number[]) => {
      invoke('cards:getState', {}).then(first, () => {
        const [wait, ...later] = waits;
        if (here && !heard && wait !== undefined) timer = setTimeout(() => ask(later), wait);
      });
    };
    ask(ASKED_AGAIN_MS);
    return () => {
      here = false;
      clearTimeout(timer);
      stop();
    };
  }, []);
  const typed = useCallback((password: string | null) => {
    lastTyped.current = password === null ? null : { at: Date.now(), holdsPassword: password !== '' };
  }, []);
  return { there, typed };
};
