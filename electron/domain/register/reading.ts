/**
 * What one extract may prove, and about whom. A row that was read proves presence. Absence is proved only for a person of
 * whom every row could be read: a failed row is held by everybody who can surely be read in it, and where one of its lines
 * names nobody surely, it might be about anybody (design.md, "What an extract may prove").
 */
import type { IsoInstant } from '../dates.ts';

/** A row that could not be read, as the file has it. */
export interface FailedRow {
  /** Line on which it starts, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The lines themselves, where the record runs over several: what stands in the later ones is lost with it. */
  readonly lines?: readonly string[] | undefined;
}

/** A person's key, and the text that names them, as evidence. */
export interface NamedInRow {
  readonly person: string;
  readonly written: string;
}

export interface RowNames {
  /** Whose row it surely is, by its identity columns; null where they do not surely say. */
  readonly holderOf: (cells: readonly string[]) => NamedInRow | null;
  /** Somebody whom the register knows by this text, wherever it stands; null for every other text. */
  readonly knownAs: (text: string) => string | null;
  readonly delimiter: string;
}

export interface Reading {
  /** Null where nobody knows when the extract was taken; then it proves nothing of a moment. */
  readonly takenAt: IsoInstant | null;
  readonly read: number;
  readonly failed: number;
  /** A failed row names nobody surely, so the extract proves no absence at all. */
  readonly holdsEverybody: boolean;
  /** Person keys of whom a row could not be read, each with the text that names them. */
  readonly held: ReadonlyMap<string, string>;
  readonly wholeFor: (person: string) => boolean;
}

export interface ReadingBuilder {
  readonly row: () => void;
  readonly fail: (row: FailedRow) => void;
  /** A row that was read and counts for nothing: whoever it names is held, and nobody else. */
  readonly hold: (named: NamedInRow) => void;
  readonly done: (takenAt: IsoInstant | null) => Reading;
}

export function createReading(names: RowNames): ReadingBuilder {
  const held = new Map<string, string>();
  let read = 0;
  let failed = 0;
  let holdsEverybody = false;
  return {
    row: () => {
      read += 1;
    },
    fail: (row) => {
      failed += 1;
      const named = whoIsNamed(row, names);
      if (named === null) holdsEverybody = true;
      else for (const [person, written] of named) held.set(person, written);
    },
    hold: ({ person, written }) => {
      failed += 1;
      held.set(person, written);
    },
    done: (takenAt) => ({
      takenAt,
      read,
      failed,
      holdsEverybody,
      held,
      wholeFor: (person) => !holdsEverybody && !held.has(person),
    }),
  };
}

/** Everybody whom a failed row surely names; null where a line of it does not surely say whose it is. */
export function whoIsNamed(row: FailedRow, names: RowNames): ReadonlyMap<string, string> | null {
  const found = new Map<string, string>();
  const lines = (row.lines ?? []).filter((line) => line.trim() !== '');
  if (lines.length < 2) return isSurelySomebodys(row.cells, names, found) ? found : null;
  let sure = true;
  for (const [index, line] of lines.entries()) {
    // Words that run over lines are no row that was swallowed.
    if (index > 0 && !line.includes(names.delimiter)) continue;
    // A line inside a broken quotation has lost its columns, but not its words.
    const ways = [splitLine(line, names.delimiter), line.replaceAll('"', '').split(names.delimiter)];
    if (!ways.map((cells) => isSurelySomebodys(cells, names, found)).includes(true)) sure = false;
  }
  return sure && found.size > 0 ? found : null;
}

/**
 * Puts everybody named into `found`. Sure is only what the identity columns say: the account in “assigned by” does not tell
 * whose row it is, though that account's person is held as well.
 */
function isSurelySomebodys(cells: readonly string[], names: RowNames, found: Map<string, string>): boolean {
  for (const cell of cells) {
    for (const text of wordsOf(cell)) {
      const person = names.knownAs(text);
      if (person !== null) found.set(person, text);
    }
  }
  const holder = names.holderOf(cells);
  if (holder !== null) found.set(holder.person, holder.written);
  return holder !== null;
}

/** The cells of one line whose quotation marks are closed; a mark that is not closed takes the rest. */
function splitLine(line: string, delimiter: string): readonly string[] {
  const cells = [''];
  let quoted = false;
  for (const char of line) {
    if (char === '"') quoted = !quoted;
    else if (char === delimiter && !quoted) cells.push('');
    else cells[cells.length - 1] += char;
  }
  return cells;
}

/** A cell as a whole, and, where it swallowed others, each piece of it. */
function wordsOf(cell: string): readonly string[] {
  const whole = cell.trim();
  if (whole === '') return [];
  const pieces = whole.split(/["\n\r,;|\t]+/).map((piece) => piece.trim());
  return pieces.length === 1 ? [whole] : [whole, ...pieces.filter((piece) => piece !== '')];
}
