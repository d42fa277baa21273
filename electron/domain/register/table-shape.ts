import { headerScore, normaliseHeader } from './column-mapping.ts';
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

/** Columns of the table: the header's, without the blank cells at its end that stand over nothing. */
export function widthOf(header: readonly string[], rows: readonly (readonly string[])[]): number {
  let width = header.length;
  while (width > 1 && isBlank(header[width - 1]) && rows.every((row) => isBlank(row[width - 1]))) width -= 1;
  return width;
}

/** The cells up to `least` or the last that is not blank. */
export function withoutBlankEnd(cells: readonly string[], least: number): readonly string[] {
  let length = cells.length;
  while (length > least && isBlank(cells[length - 1])) length -= 1;
  return length === cells.length ? cells : cells.slice(0, length);
}

function isBlank(cell: string | undefined): boolean {
  // Some programs write the end-of-file mark of DOS.
  return (cell ?? '').replaceAll('\u001a', '').trim() === '';
}

/** The row of column names once more, as page breaks and files glued together bring it. */
export function isHeaderAgain(cells: readonly string[], headers: readonly string[]): boolean {
  const named = withoutBlankEnd(cells, 1);
  // Headers were told apart by a number where the file repeats one.
  const plain = (text: string) => normaliseHeader(text).replace(/\d+$/, '');
  return (
    named.length === headers.length &&
    named.every((cell, i) => plain(cell) !== '' && plain(cell) === plain(headers[i] ?? ''))
  );
}

const RULE = /^[\s\-=_*~+|.\u2010-\u2015\u2212\u2500-\u257f]*$/u;
const PAGE = /^[\s\-*]*page\s*:?\s*\d{1,5}(?:\s*(?:of|\/)\s*\d{1,5})?[\s\-*]*$/iu;

/**
 * A ruled line, as database tools draw it below the column names, or a page number alone: nobody's row, wherever it stands. A blank
 * row is neither.
 */
export function isRuleOrPage(cells: readonly string[]): boolean {
  const said = cells.filter((cell) => !isBlank(cell));
  if (said.length === 0) return false;
  return said.every((cell) => RULE.test(cell)) || (said.length === 1 && PAGE.test(said[0] ?? ''));
}

const CLOSING_WORDS =
  /^[^\p{L}\p{N}]*(?:(?:end|total|sum|count|number|page|printed|produced|generated|exported|extracted|created|run|confidential|official|eof)\b|report (?:by|end|run|complete|generated|date|total)|[\d,. ]+(?:rows?|records?|lines?|results?|people|employees)\b|(?:rows?|records?|results?)\s*(?:[:=(]|\d|returned|selected|found))/iu;

/**
 * Words below a table: "End of report", "503 rows", a line of dashes. Never what could be the rest of somebody's row: a number of six
 * digits, or a user name, is somebody. `ended`: a line end stands after them; without one only words that close a
 * report are taken, because a file may be cut off in the middle of a name; so it is where rows begin with a text (`begins`).
 */
export function isClosingWords(
  cells: readonly string[],
  width: number,
  ended: boolean,
  begins: 'number' | 'text' = 'number',
): boolean {
  if (isTotal(cells)) return true;
  const said = withoutBlankEnd(cells, 0);
  const first = said[0] ?? '';
  if (said.length >= width || isBlank(first)) return false;
  if (said.some((cell) => (cell.match(/[\p{L}\p{N}]+/gu) ?? []).some(couldNameSomebody))) return false;
  if (CLOSING_WORDS.test(first)) return true;
  return ended && begins === 'number' && said.length === 1 && !/^\W*\d[\d\W]*$/u.test(first);
}

const TOTAL =
  /^[^\p{L}\p{N}]*(?:grand |sub[- ]?|overall )?(?:totals?|count|number of [\p{L} ]+|no\. of [\p{L} ]+)\b[^\p{L}\p{N}]*(?:\d{1,3}(?:,?\d{3})?)?$/iu;
const FEW_DIGITS = /^\s*\d{1,3}(?:,\d{3}|\d{0,2})?\s*$/u;

/** `Total,,,,503` in whatever columns: one word for a sum, and counts that are too short to be anybody's number. */
function isTotal(cells: readonly string[]): boolean {
  const [first, ...rest] = cells.filter((cell) => !isBlank(cell));
  return first !== undefined && TOTAL.test(first) && rest.every((cell) => FEW_DIGITS.test(cell));
}

function couldNameSomebody(word: string): boolean {
  return /\d{6}/u.test(word) || (word.length >= 6 && /\d/u.test(word) && /\p{L}/u.test(word));
}

export interface ColumnRules {
  readonly delimiter: Delimiter;
  /** Whether text of the column may hold line ends: prose, and columns that nobody reads (0 = the first). */
  readonly maySpan: (column: number) => boolean;
  /** Whether text of the column may hold the delimiter; asked only of rows that are short of cells. */
  readonly mayHoldDelimiter: (column: number) => boolean;
  /** Whether a date makes sense in the column. */
  readonly mayBeDate: (column: number) => boolean;
  /** What a row begins with: a lone text may be the rest of a row that begins with one. */
  readonly begins: 'number' | 'text';
  /** Whether the last column holds text that may have been cut off where the file ends. */
  readonly endsInText: boolean;
  /** Cells that a row needs to say anything: up to the last column that must have a value. */
  readonly needed: number;
}

export interface RowAsRead {
  readonly cells: readonly string[];
  readonly spans: readonly number[];
  readonly allQuoted: boolean;
  readonly broken: boolean;
  readonly doubtful: boolean;
}

/** Why the cells of a row cannot be trusted to be its own; null where they can. Reasons quote nothing and are few. */
export function rowFault(row: RowAsRead, width: number, rules: ColumnRules): string | null {
  // A line end at the start or end of a cell is a slip of the keyboard, unless it stands between the cells of a row.
  const spans = row.spans.filter((column) => {
    const text = (row.cells[column] ?? '').trim();
    return /[\r\n]/.test(text) || text.includes(rules.delimiter);
  });
  if (row.broken || isShifted(row, width, rules) || spans.some((column) => runsOverRows(row, column, rules)))
    return RUN_TOGETHER;
  if (spans.some((column) => !rules.maySpan(column))) return LINE_BREAK;
  return row.cells.length > width ? TOO_MANY_CELLS : null;
}

/** `2 January 2026`, `02/01/26`, `2026-01-02 07:15` */
const LIKE_A_DATE = /^\s*\d{1,4}[-/. ](?:\d{1,2}|\p{L}{3,9})[-/. ]\d{2,4}(?:\D|$)/u;

const WITH_THOUSANDS = /^[\s\d.,'’]+$/u;

/**
 * Whether two marks within one row have made one cell of several: a cell that holds the marks between two cells, or a row short of as many
 * cells as delimiters stand inside its cells, in which something stands where it cannot. A program that
 * quotes every cell quotes those that hold a delimiter too.
 */
function isShifted({ cells, allQuoted, doubtful }: RowAsRead, width: number, rules: ColumnRules): boolean {
  const { delimiter } = rules;
  const holding = cells.flatMap((cell, column) => (cell.includes(delimiter) ? [column] : []));
  // A row that has all its cells lost none, whatever stands in them.
  if (cells.length >= width || holding.length === 0) return false;
  if (doubtful || holding.some((column) => cells[column]?.includes(`"${delimiter}"`))) return true;
  if (allQuoted) return false;
  return (
    holding.some((column) => !rules.mayHoldDelimiter(column) && !WITH_THOUSANDS.test(cells[column] ?? '')) ||
    cells.some((cell, column) => !rules.mayBeDate(column) && LIKE_A_DATE.test(cell))
  );
}

export const RUN_TOGETHER =
  'A quotation mark is not closed or stands where none can, so its cells cannot be told apart.';
export const LINE_BREAK =
  'One of its cells runs over a line end: a quotation mark is not closed, or a line break stands in it.';
export const TOO_MANY_CELLS = 'It has more cells than there are column names.';

/**
 * Whether prose over several lines looks like rows between two stray marks: a line of it that has the delimiters of a row, or a
 * first and a last line that have those of the rest of one row and of the start of another. A program that quotes every
 * cell doubles the marks inside, so there the prose is what it says.
 */
function runsOverRows(
  { cells, allQuoted }: RowAsRead,
  column: number,
  { delimiter, needed }: ColumnRules,
): boolean {
  if (allQuoted) return false;
  const lines = (cells[column] ?? '').split(/\r\n|\r|\n/);
  const counts = lines.map((line) => line.split(delimiter).length - 1);
  const [first = 0, last = 0] = [counts[0], counts.at(-1)];
  const least = Math.max(1, needed - 1);
  if (counts.slice(1, -1).some((count) => count >= least)) return true;
  return first + last > 0 && first >= least - column && last >= column;
}
