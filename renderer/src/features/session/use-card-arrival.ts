import { useCallback, useEffect, useRef, useState } from 'react';
import type { CardsState } from '../../../../electron/contract/cards.contract.ts';
import { invoke, onEvent } from '../../lib/api.ts';

interface CardArrival {
  /** Smartcards are set up on this PC, so the way in by card is offered. */
  readonly there: boolean;
  /** Somebody is typing: a card that is put in does not change the form any more. */
  readonly stay: () => void;
}

const hasCard = ({ readers }: CardsState): boolean => readers.some(({ card }) => card !== null);

/** Hears of cards on the sign-in screen, and says when one is put in while nobody types. */
export const useCardArrival = (onCard: () => void): CardArrival => {
  const [there, setThere] = useState(false);
  const staying = useRef(false);
  const latest = useRef(onCard);
  useEffect(() => {
    latest.current = onCard;
  });
  useEffect(() => {
    let before = false;
    const take = (state: CardsState) => {
      setThere(state.module.state !== 'off');
      const now = hasCard(state);
      if (now && !before && !staying.current) latest.current();
      before = now;
    };
    const stop = onEvent('cards:changed', take);
    invoke('cards:getState', {}).then(take, () => undefined);
    return stop;
  }, []);
  const stay = useCallback(() => {
    staying.current = true;
  }, []);
  return { there, stay };
};
