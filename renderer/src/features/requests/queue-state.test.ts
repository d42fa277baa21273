import { describe, expect, it } from 'vitest';
import {
  applyView,
  currentView,
  EMPTY_FILTER,
  filterFromSearch,
  INITIAL_QUEUE,
  isFiltered,
  sortBy,
  toggleStatus,
  withFilter,
} from './queue-state.ts';
import { STATUS_ORDER } from './status-words.ts';

const view = (statuses: readonly string[]) => ({
  id: 'v1',
  name: 'Mine',
  filter: { text: '', statuses: statuses as never, access: null, objected: false },
  sort: { by: 'submittedAt' as const, direction: 'asc' as const },
});

describe('queue state', () => {
  it('adds and removes a state, in the order of the work', () => {
    const two = toggleStatus(toggleStatus(INITIAL_QUEUE, 'approved'), 'new');
    expect(two.filter.statuses).toEqual(['new', 'approved']);
    expect(toggleStatus(two, 'new').filter.statuses).toEqual(['approved']);
  });

  it('starts another list at its top with nothing selected', () => {
    const deep = { ...INITIAL_QUEUE, selected: 400, selectedId: 'r400' };
    for (const next of [
      withFilter(deep, { text: 'a' }),
      sortBy(deep, 'person'),
      applyView(deep, view(['new'])),
    ])
      expect(next).toMatchObject({ selected: -1, selectedId: null });
  });

  it('turns the order round on the second press and starts a new column ascending', () => {
    const byPerson = sortBy(INITIAL_QUEUE, 'person');
    expect(byPerson.sort).toEqual({ by: 'person', direction: 'asc' });
    expect(sortBy(byPerson, 'person').sort.direction).toBe('desc');
    expect(sortBy(sortBy(byPerson, 'person'), 'access').sort).toEqual({ by: 'access', direction: 'asc' });
  });

  it('knows the saved view it shows, whatever the order of its states', () => {
    const state = applyView(INITIAL_QUEUE, view(['approved', 'new']));
    expect(currentView(state, [view(['new', 'approved'])])?.id).toBe('v1');
    expect(currentView(toggleStatus(state, 'keyed'), [view(['new', 'approved'])])).toBeNull();
    expect(isFiltered(state.filter)).toBe(true);
    expect(isFiltered(INITIAL_QUEUE.filter)).toBe(false);
  });

  it('reads the states that an address asks for, and nothing it does not know', () => {
    expect(filterFromSearch('status=approved,new&status=keyed&x=1')).toEqual({
      statuses: ['new', 'approved', 'keyed'],
    });
    expect(filterFromSearch('objected=1')).toEqual({ objected: true });
    for (const nothing of ['status=anything', 'objected=0', '']) expect(filterFromSearch(nothing)).toBeNull();
  });

  it('tells a queue of what no longer holds from any other, and leaves it with a view that does not ask for it', () => {
    const objected = withFilter(INITIAL_QUEUE, { objected: true });
    expect(isFiltered(objected.filter)).toBe(true);
    expect(isFiltered(withFilter(objected, EMPTY_FILTER).filter)).toBe(false);
    expect(applyView(objected, view(['new'])).filter.objected).toBe(false);
    expect(currentView(applyView(objected, view(['new'])), [view(['new'])])?.id).toBe('v1');
  });

  it('toggling twice is as before, for every state', () => {
    for (const status of STATUS_ORDER)
      expect(toggleStatus(toggleStatus(INITIAL_QUEUE, status), status)).toEqual(INITIAL_QUEUE);
  });
});
