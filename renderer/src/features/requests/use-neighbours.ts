import { useLocation } from 'wouter';
import { useOperation } from '../../lib/api.ts';
import { NEIGHBOUR_ROWS, type Neighbours, neighbourOffset, neighboursOf } from './neighbours.ts';
import { useQueueState } from './use-queue-state.ts';

export interface NeighbourSteps extends Neighbours {
  readonly total: number | null;
  readonly goPrevious: () => void;
  readonly goNext: () => void;
}

/** Previous and next request in the filter and order that the queue was left with. */
export const useNeighbours = (id: string): NeighbourSteps => {
  const [, navigate] = useLocation();
  const [state, change] = useQueueState();
  const offset = neighbourOffset(state.selected);
  const around = useOperation(
    'requests:list',
    { filter: state.filter, sort: state.sort, offset, limit: NEIGHBOUR_ROWS },
    { enabled: state.selected >= 0, keepPrevious: true },
  );
  // Rows that were read for another place say nothing about this one.
  const rows = around.isPlaceholderData ? [] : (around.data?.rows ?? []);
  const found = neighboursOf(rows, offset, id, state.selected);
  const go = (to: Neighbours['next']) => () => {
    if (to === null) return;
    change((s) => ({ ...s, selected: to.index, selectedId: to.id }));
    navigate(`/requests/${to.id}`, { replace: true });
  };
  return {
    ...found,
    total: around.data?.total ?? null,
    goPrevious: go(found.previous),
    goNext: go(found.next),
  };
};
