import { type QueryKey, useQueries } from '@tanstack/react-query';
import { useRef } from 'react';

interface Slice<Row> {
  readonly total: number;
  /** More fit than the `total` that was counted and can be listed. */
  readonly more?: boolean;
  readonly rows: readonly Row[];
}

export type FetchSlice<Row> = (slice: {
  readonly offset: number;
  readonly limit: number;
}) => Promise<Slice<Row>>;

const SLICE_SIZE = 50;

/** Which slices of `SLICE_SIZE` rows cover the rows from `first` to `last`, both ends included. */
export const slicesFor = (first: number, last: number): readonly number[] => {
  const from = Math.floor(Math.max(0, first) / SLICE_SIZE);
  const to = Math.floor(Math.max(0, last) / SLICE_SIZE);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
};

/** How one slice is read, for the list itself and for reading ahead of it. */
export const sliceQuery = <Row>(queryKey: QueryKey, fetchSlice: FetchSlice<Row>, index: number) => ({
  queryKey: [...queryKey, 'slice', index],
  queryFn: () => fetchSlice({ offset: index * SLICE_SIZE, limit: SLICE_SIZE }),
});

interface Shown<Row> {
  readonly key: string;
  readonly total: number;
  readonly more: boolean;
  readonly slices: ReadonlyMap<number, readonly Row[]>;
}

interface SlicedRows<Row> {
  /** Rows of the whole list; null before the first answer. */
  readonly total: number | null;
  readonly more: boolean;
  readonly rowAt: (index: number) => Row | undefined;
  /** True while the rows on the screen belong to the list that was asked for before. */
  readonly stale: boolean;
  readonly fault: Error | null;
  readonly retry: () => void;
}

/**
 * Reads the slices in view of a long list. When the list changes (another filter or order), what was shown stays until
 * the new list's first answer is here, so that nothing blinks or jumps.
 */
export const useSlices = <Row>(
  queryKey: QueryKey,
  fetchSlice: FetchSlice<Row>,
  first: number,
  last: number,
): SlicedRows<Row> => {
  const wanted = slicesFor(first, last);
  const key = JSON.stringify(queryKey);
  const queries = useQueries({
    queries: wanted.map((index) => sliceQuery(queryKey, fetchSlice, index)),
  });
  const shown = useRef<Shown<Row> | null>(null);
  const answered = new Map<number, readonly Row[]>();
  let total: number | null = null;
  let more = false;
  for (const [position, query] of queries.entries()) {
    const index = wanted[position];
    if (query.data === undefined || index === undefined) continue;
    answered.set(index, query.data.rows);
    total = query.data.total;
    more = query.data.more ?? false;
  }
  if (total !== null) {
    const kept = shown.current?.key === key ? shown.current.slices : new Map<number, readonly Row[]>();
    shown.current = { key, total, more, slices: new Map([...kept, ...answered]) };
  }
  const now = shown.current;
  const failed = queries.find((query) => query.error !== null && query.data === undefined);
  return {
    total: now?.total ?? null,
    more: now?.more ?? false,
    rowAt: (index) => now?.slices.get(Math.floor(index / SLICE_SIZE))?.[index % SLICE_SIZE],
    stale: now !== null && now.key !== key,
    fault: failed?.error ?? null,
    retry: () => {
      for (const query of queries) if (query.error !== null) void query.refetch();
    },
  };
};
