import { refuseFile } from '../../domain/register/file-refusal.ts';
import type { Delimiter } from '../../domain/register/table-shape.ts';
import type { FileFacts } from '../../services/imports/import-ports.ts';
import { MIB, type ReadOptions, readText } from '../esr-files/read-lines.ts';
import { type MaySpan, type ScannedRecord, scanRecord } from './scan-record.ts';

export interface CsvBatch {
  /** What the records' `from` and `to` count in. */
  readonly text: string;
  readonly records: readonly ScannedRecord[];
}
export interface CsvForm {
  readonly delimiter: Delimiter;
  /** The line on which the first record begins, from 1; what stands above it is not looked at. */
  readonly firstLine: number;
  readonly maySpan: MaySpan;
}

/** A quotation mark that stays open for longer than this was never meant to open. */
const MAX_OPEN_QUOTE = 4 * MIB;

/**
 * Streams the records of a delimited file, blank lines let go. Only the last record may be `open`. Throws `FileRefused`,
 * as for a quotation that does not close within 4 MiB.
 */
export function* readCsv(
  path: string,
  form: CsvForm,
  options: ReadOptions = {},
): Generator<CsvBatch, FileFacts> {
  const blocks = readText(path, options);
  let rest = '';
  let line = 1;
  for (;;) {
    const next = blocks.next();
    if (next.done) {
      if (rest !== '') yield recordsOf(rest, line, form, true);
      return next.value;
    }
    const text = rest + next.value.text;
    const start = line < form.firstLine ? skipTo(text, line, form.firstLine) : { at: 0, line };
    const piece = recordsOf(text, start.line, form, false, start.at);
    rest = text.slice(piece.end);
    line = piece.line;
    if (rest.length > MAX_OPEN_QUOTE) refuseFile('open-quotation', { line });
    if (piece.records.length > 0) yield piece;
  }
}

interface Piece extends CsvBatch {
  /** What was read, and the number of the line that begins there. */
  readonly end: number;
  readonly line: number;
}

/** The records of whole lines; `last`: nothing comes after them. */
export function recordsOf(
  text: string,
  firstLine: number,
  { delimiter, maySpan }: Omit<CsvForm, 'firstLine'>,
  last: boolean,
  from = 0,
  atMost = Number.POSITIVE_INFINITY,
): Piece {
  const records: ScannedRecord[] = [];
  let at = from;
  let line = firstLine;
  while (at < text.length && records.length < atMost) {
    const record = scanRecord(text, at, line, delimiter, maySpan);
    if (record.open && !last) break;
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record);
    at = record.to;
    line = record.lastLine + 1;
  }
  return { text, records, end: at, line };
}

/** Where a line begins, or the end of the text and the number of the line that comes next. */
export function skipTo(
  text: string,
  line: number,
  wanted: number,
): { readonly at: number; readonly line: number } {
  const ends = /\r\n|\r|\n/g;
  let at = 0;
  let number = line;
  while (number < wanted && ends.exec(text)) {
    at = ends.lastIndex;
    number += 1;
  }
  return { at: number < wanted ? text.length : at, line: number };
}
