import { useEffect, useState } from 'react';
import type { CardInReader, CardsState } from '../../../electron/contract/cards.contract.ts';
import { chosenCard, mayBeAsked } from '../lib/card-words.ts';
import { useCards } from '../lib/use-cards.ts';

export interface CardAsked {
  readonly state: CardsState | undefined;
  readonly fault: Error | null;
  /** The card that would be asked. */
  readonly card: CardInReader | null;
  readonly choose: (readerId: string) => void;
  readonly pin: string;
  readonly setPin: (pin: string) => void;
  /** Nothing is missing: there is a card that may be asked, and a passcode or a keypad for it. */
  readonly ready: boolean;
}

/** A card and its passcode, held by one dialog and gone with it; never a draft. */
export const useCardAsking = (): CardAsked => {
  const { data: state, error: fault } = useCards();
  const [chosen, choose] = useState<string | null>(null);
  const [pin, setPin] = useState('');
  const card = chosenCard(state, chosen);
  const readerId = card?.readerId ?? null;
  // What was typed for one card must never be tried on another.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the card that is asked is what it waits for.
  useEffect(() => setPin(''), [readerId]);
  const ready = card !== null && mayBeAsked(card) && (card.ownKeypad || pin !== '');
  return { state, fault, card, choose, pin, setPin, ready };
};
