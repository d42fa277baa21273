import { type UseQueryResult, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { CardsState } from '../../../electron/contract/cards.contract.ts';
import { keyOf, onEvent, useOperation } from './api.ts';

/** Readers and the cards in them, as they are put in and taken out. */
export const useCards = (): UseQueryResult<CardsState, Error> => {
  const client = useQueryClient();
  useEffect(
    () => onEvent('cards:changed', (state) => client.setQueryData(keyOf('cards:getState', {}), state)),
    [client],
  );
  return useOperation('cards:getState', {});
};
