import { distinctHeaders } from '../../domain/register/column-mapping.ts';
import { suggestTakenAt } from '../../domain/register/extract-moment.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import {
  type Delimiter,
  delimiters,
  findHeaderRow,
  isRuleOrPage,
  MAX_TITLE_ROWS,
  widthOf,
} from '../../domain/register/table-shape.ts';
import type { TabularKind } from '../../domain/register/tabular-fields.ts';
import type { TableShape } from '../../services/imports/import-ports.ts';
import { type ReadOptions, readHead } from '../esr-files/read-lines.ts';
import { recordsOf, skipTo } from './read-csv.ts';
import { type ScannedRecord, scanRecord } from './scan-record.ts';

const SAMPLE_ROWS = 5;
/** Rows looked at to tell how wide the table is. */
const ROWS_FOR_WIDTH = 200;
/** A header or title that runs over more lines than this is none. */
const MAX_HEADER_LINES = 64;
const anyColumn = () => true;

interface Found {
  readonly delimiter: Delimiter;
  readonly rows: readonly ScannedRecord[];
  readonly index: number;
  readonly rank: number;
}

/**
 * Finds delimiter, header and titles. The delimiter is the one under which a row names most of the kind's fields.
 * Throws `FileRefused`; `no-header-row` where nothing looks like column names.
 */
export function inspectTable(path: string, kind: TabularKind | null, options: ReadOptions = {}): TableShape {
  const { text, encoding } = readHead(path, options);
  let best: Found | null = null;
  for (const delimiter of delimiters) {
    const rows = firstRecords(text, delimiter);
    const header = findHeaderRow(
      kind,
      rows.map((r) => r.cells),
    );
    if (!header) continue;
    const rank = header.score * 1000 + (rows[header.index]?.cells.length ?? 0);
    if (!best || rank > best.rank) best = { delimiter, rows, index: header.index, rank };
  }
  const header = best?.rows[best.index];
  if (!best || !header) return refuseFile('no-header-row');
  const below = rowsBelow(text, header, best.delimiter);
  const width = widthOf(header.cells, below);
  return {
    headers: distinctHeaders(header.cells.slice(0, width)),
    headerLine: header.line,
    delimiter: best.delimiter,
    encoding,
    sample: below.slice(0, SAMPLE_ROWS).map((cells) => cells.slice(0, width)),
    takenAt: suggestTakenAt(best.rows.slice(0, best.index).map((r) => r.cells)),
  };
}

/**
 * The record that begins on each of the first lines, blank ones let go. Each line is tried by itself, so that a stray mark in a
 * title does not hide the header below it. How much is read is bounded, whatever the delimiter makes of the file's quotation marks.
 */
function firstRecords(text: string, delimiter: Delimiter): readonly ScannedRecord[] {
  const records: ScannedRecord[] = [];
  let at = 0;
  for (let line = 1; line <= MAX_TITLE_ROWS + SAMPLE_ROWS + 1 && at < text.length; line++) {
    const piece = text.slice(
      at,
      at + skipTo(text.slice(at, at + MAX_HEADER_CHARS), 1, 1 + MAX_HEADER_LINES).at,
    );
    const record = scanRecord(piece, 0, line, delimiter);
    if (!record.open && record.cells.some((cell) => cell.trim() !== '')) records.push(record);
    at += skipTo(piece, 1, 2).at;
  }
  return records;
}
/** With the above: a table of 40 title lines and a header costs a few thousand characters. */
const MAX_HEADER_CHARS = 64 * 1024;

function rowsBelow(
  text: string,
  header: ScannedRecord,
  delimiter: Delimiter,
): readonly (readonly string[])[] {
  const from = skipTo(text, 1, header.lastLine + 1).at;
  const { records } = recordsOf(
    text.slice(0, from + 1024 * 1024),
    header.lastLine + 1,
    { delimiter, maySpan: anyColumn },
    true,
    from,
    ROWS_FOR_WIDTH,
  );
  return records.map((record) => record.cells).filter((cells) => !isRuleOrPage(cells));
}
