import type { CardInReader, CardsState } from '../../../../electron/contract/cards.contract.ts';
import { Refusal } from '../../lib/api.ts';

/** It was the software that failed: it is started again by itself, and the same card then has another name. */
const isOfSoftware = (fault: Error | null): boolean =>
  fault instanceof Refusal && ['timed-out', 'module-failed'].includes(String(fault.details.reason));

/** Where readers stand, it is said that the software was stopped or does not start. */
const isSaidOfReaders = (state: CardsState | undefined): boolean =>
  state !== undefined && ['hung', 'failed'].includes(state.module.state);

/** Whether what the last try met is to be said now. What was said of one card is not said over another. */
export const isFaultSaid = (
  fault: Error | null,
  tried: Pick<CardInReader, 'readerId' | 'uuid'> | null,
  now: { readonly card: CardInReader | null; readonly state: CardsState | undefined },
): boolean => {
  const ofSoftware = isOfSoftware(fault);
  if (now.card === null) return !(ofSoftware && isSaidOfReaders(now.state));
  return now.card.readerId === tried?.readerId || (ofSoftware && now.card.uuid === tried?.uuid);
};
