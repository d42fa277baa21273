import type { Input, Output } from '../../contract/contract.ts';
import type { ActingContext } from '../ground/context.ts';
import { record } from '../ground/record.ts';
import { notFound } from '../ground/service-error.ts';

export const listViews = ({ store, actor }: ActingContext): Output<'views:list'> => ({
  views: store.access.views.list(actor.userId).map(({ userId: _, ...view }) => view),
});

/** Saving under a name that is there replaces that view. */
export function saveView(
  { store, clock, actor }: ActingContext,
  { name, filter, sort }: Input<'views:save'>,
  newId: () => string,
): Output<'views:save'> {
  const { access } = store;
  return access.transaction(() => {
    const known = access.views.list(actor.userId).find((view) => view.name === name);
    const view = { id: known?.id ?? newId(), name, filter, sort };
    access.views.save({ ...view, userId: actor.userId });
    record(access.ledger, clock, actor, {
      operation: 'views.save',
      subject: { kind: 'view', id: view.id },
      sentence: 'Saved a view of the queue',
      // The text filter may be a person's name.
      personal: { name, filter },
    });
    return view;
  });
}

export function removeView({ store, clock, actor }: ActingContext, { id }: Input<'views:remove'>) {
  const { access } = store;
  return access.transaction(() => {
    if (!access.views.remove(actor.userId, id)) throw notFound('This view');
    record(access.ledger, clock, actor, {
      operation: 'views.remove',
      subject: { kind: 'view', id },
      sentence: 'Removed a saved view of the queue',
    });
    return { done: true } as const;
  });
}
