import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyView,
  currentView,
  INITIAL_QUEUE,
  isFiltered,
  sortBy,
  stepSelection,
  toggleStatus,
  withFilter,
} from './queue-state.ts';
import { STATUS_ORDER } from './status-words.ts';

const view = (statuses: readonly string[]) => ({
  id: 'v1',
  name: 'Mine',
  filter: { text: '', statuses: statuses as never, access: null },
  sort: { by: 'submittedAt' as const, direction: 'asc' as const },
});

describe('queue state', () => {
  it('adds and removes a state, in the order of the work', () => {
    const two = toggleStatus(toggleStatus(INITIAL_QUEUE, 'approved'), 'new');
    expect(two.filter.statuses).toEqual(['new', 'approved']);
    expect(toggleStatus(two, 'new').filter.statuses).toEqual(['approved']);
  });

  it('starts another list at its top with nothing selected', () => {
    const deep = { ...INITIAL_QUEUE, selected: 400, selectedId: 'r400', scrollTop: 9000 };
    for (const next of [
      withFilter(deep, { text: 'a' }),
      sortBy(deep, 'person'),
      applyView(deep, view(['new'])),
    ])
      expect(next).toMatchObject({ selected: -1, selectedId: null, scrollTop: 0 });
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

  it('never leaves the list', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1, max: 60 }),
        fc.integer({ min: -70, max: 70 }),
        fc.nat(50),
        (at, by, total) => {
          const next = stepSelection(Math.min(at, total - 1), by, total);
          expect(next).toBeLessThan(Math.max(total, 0.5));
          expect(next).toBeGreaterThanOrEqual(total === 0 ? -1 : 0);
        },
      ),
    );
    expect(stepSelection(-1, 1, 5)).toBe(0);
    expect(stepSelection(4, 1, 5)).toBe(4);
  });

  it('toggling twice is as before, for every state', () => {
    for (const status of STATUS_ORDER)
      expect(toggleStatus(toggleStatus(INITIAL_QUEUE, status), status)).toEqual(INITIAL_QUEUE);
  });
});
