import { CsvError, type Options, parse } from 'csv-parse/sync';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import type { Delimiter } from '../../domain/register/table-shape.ts';
import type { FileFacts } from '../../services/imports/import-ports.ts';
import { MIB, type ReadOptions, readText } from '../esr-files/read-lines.ts';

export interface CsvRecord {
  readonly cells: readonly string[];
  /** The line on which the record begins, from 1. */
  readonly line: number;
}
/** A quotation mark that stays open for longer than this was never closed. */
const MAX_OPEN_QUOTE = 4 * MIB;

/**
 * Streams the records of a delimited file, quoted line ends and all. Cells are text as they stand: nothing is trimmed,
 * converted or evaluated, and a stray quotation mark is a character like any other. Throws `FileRefused`, also for a
 * file that ends inside a quotation.
 */
export function* readCsv(
  path: string,
  delimiter: Delimiter,
  options: ReadOptions = {},
): Generator<readonly CsvRecord[], FileFacts> {
  const blocks = readText(path, options);
  let rest = '';
  let line = 1;
  for (;;) {
    const next = blocks.next();
    if (next.done) {
      if (rest !== '') yield parsePiece(rest, line, delimiter) ?? refuseFile('truncated');
      return next.value;
    }
    const text = rest + next.value.text;
    const piece = wholeRecords(text, line, delimiter);
    rest = text.slice(piece.end);
    if (rest.length > MAX_OPEN_QUOTE) refuseFile('truncated');
    if (piece.end === 0) continue;
    yield piece.records;
    line += countLines(text, piece.end);
  }
}

/** The records that end within the text. A stray mark upsets the count of marks, so the last line end is tried as well. */
export function wholeRecords(
  text: string,
  line: number,
  delimiter: Delimiter,
): { end: number; records: readonly CsvRecord[] } {
  for (const end of [lastBalancedLineEnd(text), text.lastIndexOf('\n') + 1]) {
    const records = end === 0 ? null : parsePiece(text.slice(0, end), line, delimiter);
    if (records) return { end, records };
  }
  return { end: 0, records: [] };
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** The records of a piece of text, or null where the piece ends inside a quotation. */
export function parsePiece(
  text: string,
  firstLine: number,
  delimiter: Delimiter,
): readonly CsvRecord[] | null {
  const bytes = Buffer.from(text);
  const records: CsvRecord[] = [];
  // Lines are counted from the bytes of each record: the parser counts a quoted CRLF twice.
  let at = 0;
  let line = firstLine;
  const options: Options = {
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    on_record: (cells: string[], context) => {
      while (bytes[at] === NEWLINE || bytes[at] === RETURN) if (bytes[at++] === NEWLINE) line += 1;
      records.push({ cells, line });
      for (; at < context.bytes; at++) if (bytes[at] === NEWLINE) line += 1;
      return null;
    },
  };
  try {
    parse(bytes, options);
    return records;
  } catch (error) {
    if (error instanceof CsvError && error.code === 'CSV_QUOTE_NOT_CLOSED') return null;
    throw error;
  }
}

/** Just after the last line end that stands outside quotation marks: doubled marks keep the count even. */
function lastBalancedLineEnd(text: string): number {
  let quoted = false;
  let cut = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) quoted = !quoted;
    else if (code === 10 && !quoted) cut = i + 1;
  }
  return cut;
}

function countLines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
