import { distinctHeaders } from '../../domain/register/column-mapping.ts';
import { suggestTakenAt } from '../../domain/register/extract-moment.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import {
  type Delimiter,
  delimiters,
  findHeaderRow,
  MAX_TITLE_ROWS,
} from '../../domain/register/table-shape.ts';
import type { TabularKind } from '../../domain/register/tabular-fields.ts';
import type {
  FileFacts,
  TableBatch,
  TableFault,
  TableRow,
  TableShape,
} from '../../services/imports/import-ports.ts';
import { type ReadOptions, readHead } from '../esr-files/read-lines.ts';
import { type CsvRecord, parsePiece, readCsv, wholeRecords } from './read-csv.ts';

const SAMPLE_ROWS = 5;

/**
 * Finds delimiter, header and titles. The delimiter is the one under which a row names most of the kind's fields.
 * Throws `FileRefused`; `no-header-row` where nothing looks like column names.
 */
export function inspectTable(path: string, kind: TabularKind | null, options: ReadOptions = {}): TableShape {
  const { text: head, encoding } = readHead(path, options);
  let best: { delimiter: Delimiter; rows: readonly CsvRecord[]; index: number; rank: number } | null = null;
  for (const delimiter of delimiters) {
    const rows = headOf(head, delimiter);
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
  return {
    headers: distinctHeaders(header.cells),
    headerLine: header.line,
    delimiter: best.delimiter,
    encoding,
    sample: best.rows.slice(best.index + 1, best.index + 1 + SAMPLE_ROWS).map((r) => r.cells),
    takenAt: suggestTakenAt(best.rows.slice(0, best.index).map((r) => r.cells)),
  };
}

/** The first rows only: titles, header and enough data to know the width. */
function headOf(text: string, delimiter: Delimiter): readonly CsvRecord[] {
  const wanted = MAX_TITLE_ROWS + SAMPLE_ROWS + 1;
  for (let lines = wanted; ; lines *= 2) {
    const piece = firstLines(text, lines);
    const whole = piece.length === text.length;
    // The head may end inside a quotation that the rest of the file closes.
    const records = parsePiece(piece, 1, delimiter) ?? wholeRecords(piece, 1, delimiter).records;
    if (whole || records.length >= wanted) return records;
  }
}

function firstLines(text: string, count: number): string {
  let at = -1;
  for (let i = 0; i < count; i++) {
    const next = text.indexOf('\n', at + 1);
    if (next < 0) return text;
    at = next;
  }
  return text.slice(0, at + 1);
}

/**
 * Streams the rows below the header. A row of another width fails alone, except a short last row without a line end:
 * that is a file cut off, and is refused whole. Empty cells beyond the header's width are let go.
 */
export function* readTable(
  path: string,
  shape: TableShape,
  options: ReadOptions = {},
): Generator<TableBatch, FileFacts> {
  const width = shape.headers.length;
  const source = readCsv(path, shape.delimiter, options);
  let last: CsvRecord | null = null;
  for (;;) {
    const next = source.next();
    if (next.done) {
      if (last && last.cells.length < width && !next.value.endsWithNewline) refuseFile('truncated');
      return next.value;
    }
    const rows: TableRow[] = [];
    const faults: TableFault[] = [];
    for (const record of next.value) {
      if (record.line <= shape.headerLine) continue;
      last = record;
      const cells = trimmedTo(width, record.cells);
      if (cells.length === width) rows.push({ line: record.line, cells });
      else if (!cells.every((c) => c.trim() === '')) {
        faults.push({
          line: record.line,
          cells,
          reason: `It has ${cells.length} columns instead of ${width}.`,
        });
      }
    }
    yield { rows: rows.filter((r) => r.cells.some((c) => c.trim() !== '')), faults };
  }
}

function trimmedTo(width: number, cells: readonly string[]): readonly string[] {
  return cells.length > width && cells.slice(width).every((c) => c.trim() === '')
    ? cells.slice(0, width)
    : cells;
}
