import type { Delimiter } from '../../domain/register/table-shape.ts';

/** One record of a delimited file, as it stands: nothing is trimmed but the spaces around a quoted cell. */
export interface ScannedRecord {
  readonly cells: readonly string[];
  /** Lines on which it begins and ends, from 1. */
  readonly line: number;
  readonly lastLine: number;
  /** Where it begins and ends in the text, its line end counted. */
  readonly from: number;
  readonly to: number;
  /** Columns whose quoted text holds a line end. */
  readonly spans: readonly number[];
  /** Each cell that is not blank stood in quotation marks: the work of a program that quotes everything. */
  readonly allQuoted: boolean;
  /** A quotation mark that stands where none can: cells of this record may have run into one another. */
  readonly broken: boolean;
  /** A quoted cell that holds the delimiter and a mark that nobody doubled: with a cell too few, it is several cells. */
  readonly doubtful: boolean;
  /** The text ends inside a quotation. */
  readonly open: boolean;
}

/** Whether text of the column may hold line ends (0 = the first column). */
export type MaySpan = (column: number) => boolean;

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const NONE: readonly number[] = [];
const isLineEnd = (code: number): boolean => code === LF || code === CR;

/**
 * Reads the record at `at`. Why not a library's parser: those either refuse what people's files have (a space before a quotation mark,
 * a mark inside a cell, CR beside CRLF) or take it by guess and lose the rows between two stray marks without a word.
 *
 * A quotation mark opens only at the start of a cell, after spaces at most. It closes before a delimiter or a line end, after spaces at
 * most; any other mark on the same line is a character (`6" pipe`). Once the text has run over a line end, such a mark
 * shows that the first was never meant to open: the record ends with that line.
 */
export function scanRecord(
  text: string,
  at: number,
  line: number,
  delimiter: Delimiter,
  maySpan: MaySpan = () => true,
): ScannedRecord {
  const scan = new Scan(text, at, line, delimiter.charCodeAt(0), maySpan);
  const cells: string[] = [];
  do cells.push(scan.cell(cells.length));
  while (scan.delimiter());
  const open = scan.open;
  scan.lineEnd();
  return {
    cells,
    line,
    lastLine: scan.lastLine,
    from: at,
    to: scan.at,
    spans: scan.spans,
    allQuoted: scan.allQuoted,
    broken: scan.broken,
    doubtful: scan.doubtful,
    open,
  };
}

class Scan {
  at: number;
  lastLine: number;
  spans: readonly number[] = NONE;
  allQuoted = true;
  broken = false;
  doubtful = false;
  open = false;
  private readonly text: string;
  private readonly separator: number;
  private readonly maySpan: MaySpan;

  constructor(text: string, at: number, line: number, separator: number, maySpan: MaySpan) {
    this.text = text;
    this.at = at;
    this.lastLine = line;
    this.separator = separator;
    this.maySpan = maySpan;
  }

  /** The cell at `at`; moves to the delimiter, line end or end of text after it. */
  cell(column: number): string {
    const mark = this.skipSpaces(this.at);
    const code = this.text.charCodeAt(mark);
    if (code === QUOTE) return this.quoted(mark, column);
    if (code === OPENING_CURLY) return this.curly(mark) ?? this.bare(this.at);
    return this.bare(this.at);
  }

  delimiter(): boolean {
    if (this.text.charCodeAt(this.at) !== this.separator || this.at >= this.text.length) return false;
    this.at += 1;
    return true;
  }

  lineEnd(): void {
    if (this.at >= this.text.length) return;
    this.at += this.text.charCodeAt(this.at) === CR && this.text.charCodeAt(this.at + 1) === LF ? 2 : 1;
  }

  private bare(from: number, searchFrom = from): string {
    const { text, separator } = this;
    let end = searchFrom;
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === separator || isLineEnd(code)) break;
    }
    this.at = end;
    const value = text.slice(from, end);
    if (this.allQuoted && value.trim() !== '') this.allQuoted = false;
    return value;
  }

  /** A cell whose marks are part of what somebody wrote; with a delimiter between them they may as well have swallowed a cell. */
  private unquoted(from: number, secondMark: number): string {
    if (this.text.slice(from, secondMark).includes(String.fromCharCode(this.separator))) this.broken = true;
    return this.bare(from, secondMark + 1);
  }

  private quoted(mark: number, column: number): string {
    const { text } = this;
    const start = this.at;
    let doubled = false;
    let firstStray = -1;
    let crossed = false;
    for (let i = mark + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE) {
        const after = this.skipSpaces(i + 1);
        if (text.charCodeAt(i + 1) === QUOTE) {
          doubled = true;
          i += 1;
        } else if (this.endsCell(after)) {
          this.at = after;
          const content = this.content(mark + 1, i, doubled);
          if (firstStray >= 0 && content.includes(String.fromCharCode(this.separator))) this.doubtful = true;
          return content;
        } else if (crossed && (!this.maySpan(column) || this.opens(i))) {
          this.broken = true;
          return this.bare(start, i + 1);
        } else if (!crossed && firstStray >= 0 && this.opens(i)) {
          // `"Bob" Baker,"919 …` : quotation marks that are part of what somebody wrote, and then the next cell.
          return this.unquoted(start, firstStray);
        } else {
          // `"one,"two",` : the mark that should have closed the first cell is missing.
          if (text.charCodeAt(i - 1) === this.separator) this.broken = true;
          if (firstStray < 0) firstStray = i;
        }
      } else if (isLineEnd(code)) {
        if (!crossed && firstStray >= 0) return this.unquoted(start, firstStray);
        if (!crossed) this.spans = [...this.spans, column];
        crossed = true;
        this.lastLine += 1;
        if (code === CR && text.charCodeAt(i + 1) === LF) i += 1;
      }
    }
    if (!crossed && firstStray >= 0) return this.unquoted(start, firstStray);
    this.open = true;
    this.at = text.length;
    return this.content(mark + 1, text.length, doubled);
  }

  /** A cell in curly quotation marks, as word processors make them; on one line only, since nobody else reads them as marks. */
  private curly(mark: number): string | null {
    const { text } = this;
    for (let i = mark + 1; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (isLineEnd(code)) return null;
      if (code !== CLOSING_CURLY) continue;
      const after = this.skipSpaces(i + 1);
      if (!this.endsCell(after)) continue;
      this.at = after;
      return text.slice(mark + 1, i);
    }
    return null;
  }

  private content(from: number, to: number, doubled: boolean): string {
    const value = this.text.slice(from, to);
    return doubled ? value.replaceAll('""', '"') : value;
  }

  private endsCell(at: number): boolean {
    if (at >= this.text.length) return true;
    const code = this.text.charCodeAt(at);
    return code === this.separator || isLineEnd(code);
  }

  /** Whether a mark stands where one opens a cell: after a delimiter or a line end, spaces let go. */
  private opens(mark: number): boolean {
    let before = mark - 1;
    while (this.isSpace(before)) before -= 1;
    const code = this.text.charCodeAt(before);
    return code === this.separator || isLineEnd(code);
  }

  private skipSpaces(from: number): number {
    let at = from;
    while (this.isSpace(at)) at += 1;
    return at;
  }

  /** Spaces of every width, and the tab where it is no delimiter. */
  private isSpace(at: number): boolean {
    const code = this.text.charCodeAt(at);
    if (code === this.separator) return false;
    return (
      code === 0x20 || code === 0x09 || code === 0xa0 || (code >= 0x2000 && code <= 0x200b) || code === 0xfeff
    );
  }
}

const OPENING_CURLY = 0x201c;
const CLOSING_CURLY = 0x201d;
