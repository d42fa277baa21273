import type {
  QueueFilter,
  QueueSort,
  RequestStatus,
} from '../../../../electron/contract/requests.contract.ts';
import type { SavedView } from '../../../../electron/contract/views.contract.ts';
import { STATUS_ORDER } from './status-words.ts';

/** What the queue remembers while the person is away from it. Kept in memory only: a filter may hold a name. */
export interface QueueState {
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
  /** Row in the sorted list that the keyboard stands on; -1 before any. */
  readonly selected: number;
  readonly selectedId: string | null;
}

export const EMPTY_FILTER: QueueFilter = { text: '', statuses: [], access: null, objected: false };
/** The oldest first: it has waited longest. */
export const DEFAULT_SORT: QueueSort = { by: 'submittedAt', direction: 'asc' };

export const INITIAL_QUEUE: QueueState = {
  filter: EMPTY_FILTER,
  sort: DEFAULT_SORT,
  selected: -1,
  selectedId: null,
};

/** Another list starts at its top, with nothing selected. */
const otherList = (state: QueueState, change: Partial<QueueState>): QueueState => ({
  ...state,
  ...change,
  selected: -1,
  selectedId: null,
});

export const withFilter = (state: QueueState, change: Partial<QueueFilter>): QueueState =>
  otherList(state, { filter: { ...state.filter, ...change } });

/** Adds or removes a state; the list is kept in the order of the work so that equal filters compare equal. */
export const toggleStatus = (state: QueueState, status: RequestStatus): QueueState => {
  const has = state.filter.statuses.includes(status);
  const statuses = STATUS_ORDER.filter((s) => (s === status ? !has : state.filter.statuses.includes(s)));
  return withFilter(state, { statuses });
};

/** A second press on the same column turns the order round. Dates start with the oldest, words with A. */
export const sortBy = (state: QueueState, by: QueueSort['by']): QueueState => {
  const turned = state.sort.by === by && state.sort.direction === 'asc';
  return otherList(state, { sort: { by, direction: turned ? 'desc' : 'asc' } });
};

export const applyView = (state: QueueState, view: SavedView): QueueState =>
  otherList(state, {
    filter: { ...view.filter, statuses: STATUS_ORDER.filter((s) => view.filter.statuses.includes(s)) },
    sort: view.sort,
  });

const sameFilter = (a: QueueFilter, b: QueueFilter): boolean =>
  a.text === b.text &&
  a.access === b.access &&
  a.objected === b.objected &&
  a.statuses.length === b.statuses.length &&
  a.statuses.every((s) => b.statuses.includes(s));

/** The saved view that the queue shows just now, if any. */
export const currentView = (state: QueueState, views: readonly SavedView[]): SavedView | null =>
  views.find(
    (view) =>
      sameFilter(view.filter, state.filter) &&
      view.sort.by === state.sort.by &&
      view.sort.direction === state.sort.direction,
  ) ?? null;

export const isFiltered = (filter: QueueFilter): boolean => !sameFilter(filter, EMPTY_FILTER);

const isStatus = (word: string): word is RequestStatus => (STATUS_ORDER as readonly string[]).includes(word);

/** What an address such as `/requests?status=new,approved` or `?objected=1` asks for; null when it asks for nothing. */
export const filterFromSearch = (search: string): Partial<QueueFilter> | null => {
  const asked = new URLSearchParams(search);
  if (asked.get('objected') === '1') return { objected: true };
  const words = asked.getAll('status').flatMap((value) => value.split(','));
  const statuses = STATUS_ORDER.filter((status) => words.some((word) => isStatus(word) && word === status));
  return statuses.length === 0 ? null : { statuses };
};
