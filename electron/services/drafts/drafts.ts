import type { Input, Output } from '../../contract/contract.ts';
import type { ActingContext } from '../ground/context.ts';
import { ServiceError } from '../ground/service-error.ts';

/** More forms than anybody has open at once: a page that goes wrong must not fill the store. */
const MOST_DRAFTS = 50;

export function keepDraft(
  { store, clock, actor }: ActingContext,
  { key, value }: Input<'drafts:keep'>,
): Output<'drafts:keep'> {
  const { drafts } = store.access;
  const kept = drafts.list(actor.userId);
  if (value !== null && kept.length >= MOST_DRAFTS && !kept.some((draft) => draft.key === key)) {
    throw new ServiceError('REFUSED', 'Too many unfinished forms are kept. Finish or discard some first.');
  }
  store.access.transaction(() => drafts.keep(actor.userId, key, value, clock.now()));
  return { done: true };
}
