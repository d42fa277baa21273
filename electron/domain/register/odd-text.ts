/** Text that a file's own encoding does not explain: it never refuses a file, and is never passed over in silence. */

export interface OddPlace {
  /** From 1. */
  readonly line: number;
  /** What stands before it on its line: by this a reader tells the field. */
  readonly before: string;
}

/** How many characters, and the first few of their places. */
export interface OddPlaces {
  readonly count: number;
  readonly first: readonly OddPlace[];
}
export const NO_PLACES: OddPlaces = { count: 0, first: [] };

export interface OddText {
  /** Bytes that stand for no character. Each is U+FFFD in the text. */
  readonly lost: OddPlaces;
  /** Characters in the other of the two encodings (UTF-8, Windows-1252). They are read as they were written. */
  readonly other: OddPlaces;
}
export const NO_ODD_TEXT: OddText = { lost: NO_PLACES, other: NO_PLACES };

/** Names the field in which a place stands, by the text before it on its line; null where that cannot be said. */
export type FieldOf = (before: string) => string | null;

/** One sentence for each kind, for the person who imports the file. */
export function remarksOnText({ lost, other }: OddText, fieldOf: FieldOf = () => null): readonly string[] {
  const remarks: string[] = [];
  if (lost.count > 0) {
    const what = lost.count === 1 ? 'One character' : `${lost.count} characters`;
    const is = lost.count === 1 ? 'is' : 'are';
    remarks.push(
      `${what} could not be read and ${is} shown as \ufffd: ${places(lost, fieldOf)}. Correct it in ESR, or read the name with care.`,
    );
  }
  if (other.count > 0) {
    const what = other.count === 1 ? 'One character is' : `${other.count} characters are`;
    remarks.push(
      `${what} in another text encoding than the rest of the file: ${places(other, fieldOf)}. Check how it is shown.`,
    );
  }
  return remarks;
}

/** `line 10 (last name)`, `lines 4 and 5`, `lines 4, 5 and others`. */
function places({ count, first }: OddPlaces, fieldOf: FieldOf): string {
  const named = new Set(
    first.map(({ line, before }) => {
      const name = fieldOf(before);
      return name === null ? String(line) : `${line} (${name})`;
    }),
  );
  const list = [...named];
  const only = list[0];
  if (list.length === 1 && only !== undefined && count <= first.length) return `line ${only}`;
  const last = count > first.length ? 'others' : list.pop();
  return `lines ${list.join(', ')} and ${last}`;
}
