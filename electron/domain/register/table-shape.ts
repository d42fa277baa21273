import { headerScore } from './column-mapping.ts';
import type { TabularKind } from './tabular-fields.ts';

export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

/** Titles, run dates and filters stand above the header; more than this many rows of them is another kind of file. */
export const MAX_TITLE_ROWS = 40;

export interface HeaderRow {
  /** Index among the rows given. */
  readonly index: number;
  /** How many of the kind's fields it names. */
  readonly score: number;
}

/**
 * Finds the header among the first rows: the one that names most fields of the kind. Where a site's names are all
 * unknown, the first of the rows with the commonest width, because the person can still map the columns by hand.
 */
export function findHeaderRow(
  kind: TabularKind | null,
  rows: readonly (readonly string[])[],
): HeaderRow | null {
  const candidates = rows.slice(0, MAX_TITLE_ROWS + 1);
  let best: HeaderRow | null = null;
  for (const [index, row] of candidates.entries()) {
    const score = headerScore(kind, row);
    if (score > (best?.score ?? 1)) best = { index, score };
  }
  if (best) return best;
  const width = commonestWidth(rows);
  const index = candidates.findIndex(
    (row) => row.length === width && row.every((cell) => /[A-Za-z]/.test(cell)),
  );
  return width < 2 || index < 0 ? null : { index, score: 0 };
}

function commonestWidth(rows: readonly (readonly string[])[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) {
    // A row of one cell is a title or a note, however many there are: a table has two columns at least.
    if (row.length > 1) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  }
  return [...counts].reduce((a, b) => (b[1] > a[1] ? b : a), [0, 0])[0];
}
