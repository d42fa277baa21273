import type { UseQueryResult } from '@tanstack/react-query';
import type { CardsState } from '../../../electron/contract/cards.contract.ts';
import { useOperation } from './api.ts';

/** Readers and the cards in them, as they are put in and taken out: `app/providers.tsx` hears of that, whatever is shown. */
export const useCards = (): UseQueryResult<CardsState, Error> => useOperation('cards:getState', {});
