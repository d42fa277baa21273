import { hasCardToEnrol } from '../lib/card-words.ts';
import { useCards } from '../lib/use-cards.ts';

/** Whether a card is in that could be enrolled: nobody else is shown a way to do it. */
export const useMayEnrol = (): boolean => hasCardToEnrol(useCards().data);
