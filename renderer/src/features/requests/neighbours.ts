import type { QueueRow } from '../../../../electron/contract/requests.contract.ts';

/** Rows read around the request that is open. Read by blocks, so that most steps to the next one read nothing. */
const BLOCK = 50;
export const NEIGHBOUR_ROWS = 2 * BLOCK;

export interface Neighbours {
  readonly previous: { readonly id: string; readonly index: number } | null;
  readonly next: { readonly id: string; readonly index: number } | null;
  /** Place in the list counted from 1, or null when the request is no longer in that list. */
  readonly place: number | null;
}

/**
 * Previous and next in the order of the queue the person came from. `rows` is the slice of that list starting at
 * `offset`; `remembered` is the place the request had. A step may have taken the request out of the list (a queue of
 * "To check" loses what is authorised): then the row that moved up into its place is the next one.
 */
export const neighboursOf = (
  rows: readonly Pick<QueueRow, 'id'>[],
  offset: number,
  id: string,
  remembered: number,
): Neighbours => {
  const at = rows.findIndex((row) => row.id === id);
  const pick = (index: number): { id: string; index: number } | null => {
    const row = rows[index];
    return row === undefined ? null : { id: row.id, index: offset + index };
  };
  if (at >= 0) return { previous: pick(at - 1), next: pick(at + 1), place: offset + at + 1 };
  const gap = remembered - offset;
  if (remembered < 0) return { previous: null, next: null, place: null };
  return { previous: pick(gap - 1), next: pick(gap), place: null };
};

/** Where to read from, so that at least half a block lies on each side of the remembered place. */
export const neighbourOffset = (remembered: number): number =>
  Math.max(0, Math.floor(Math.max(0, remembered) / BLOCK) * BLOCK - BLOCK / 2);
