import { refuseFile } from '../../domain/register/file-refusal.ts';
import {
  type ColumnRules,
  isClosingWords,
  isHeaderAgain,
  isRuleOrPage,
  rowFault,
  withoutBlankEnd,
} from '../../domain/register/table-shape.ts';
import type {
  FileFacts,
  PassedOver,
  TableBatch,
  TableFault,
  TableRow,
  TableShape,
} from '../../services/imports/import-ports.ts';
import type { ReadOptions } from '../esr-files/read-lines.ts';
import { readCsv } from './read-csv.ts';
import { type ScannedRecord, scanRecord } from './scan-record.ts';

/**
 * Streams the rows below the header; every line that is not blank is in a row, in a fault or in what was passed over. Blank last
 * cells that were left out are blank, empty cells too many are let go; words below the last row, and a header that is repeated,
 * are passed over, as are ruled lines and page numbers wherever they stand. A short last row without a line end is a file cut off, and is refused whole; so is a quotation that the
 * end of the file leaves open, unless its last lines are whole rows (then a stray mark swallowed them).
 */
export function* readTable(
  path: string,
  shape: TableShape,
  options: ReadOptions = {},
  rules: ColumnRules = anyRules(shape),
): Generator<TableBatch, FileFacts> {
  const form = { delimiter: shape.delimiter, firstLine: shape.headerLine, maySpan: rules.maySpan };
  const source = readCsv(path, form, options);
  const sorter = openSorter(shape, rules);
  let header = true;
  for (;;) {
    const next = source.next();
    if (next.done) {
      yield sorter.end(next.value.endsWithNewline);
      return next.value;
    }
    const { text, records } = next.value;
    yield sorter.sort(text, header ? records.slice(1) : records);
    header = false;
  }
}

const anyRules = ({ headers, delimiter }: TableShape): ColumnRules => ({
  maySpan: () => true,
  mayHoldDelimiter: () => true,
  mayBeDate: () => true,
  begins: 'number',
  endsInText: false,
  needed: headers.length,
  delimiter,
});

interface Raw extends TableRow {
  readonly raw: string;
}
interface Batch {
  readonly rows: TableRow[];
  readonly faults: TableFault[];
  readonly passed: PassedOver[];
}

/** Sorts records into rows, faults and what is passed over. Words are held back until it is known whether a row comes after them. */
function openSorter({ headers, delimiter }: TableShape, rules: ColumnRules) {
  const width = headers.length;
  let words: Raw[] = [];
  let lastCells: number | null = null;
  /** The most that a row before the last one had: where blank last cells are left out everywhere, fewer than there are names. */
  let mostBefore: number | null = null;
  let open: Raw | null = null;
  let lastRow: TableRow | null = null;
  const toRow = ({ line, lastLine, cells }: Raw): TableRow => ({
    line,
    lastLine,
    cells: [...cells, ...Array<string>(Math.max(0, width - cells.length)).fill('')].slice(0, width),
  });
  const take = (record: ScannedRecord, text: string, batch: Batch): void => {
    const { line, lastLine, from, to } = record;
    const cells = record.cells.length > width ? withoutBlankEnd(record.cells, width) : record.cells;
    if (withoutBlankEnd(cells, 0).length === 0) return;
    const raw = { line, lastLine, cells, raw: text.slice(from, to) };
    const isRule = !record.open && isRuleOrPage(cells);
    if (lastCells !== null) mostBefore = Math.max(mostBefore ?? 0, lastCells);
    lastCells = isRule ? width : record.cells.length;
    if (record.open) open = raw;
    else if (isRule) batch.passed.push({ line, lastLine, what: 'rule' });
    else if (isClosingWords(cells, width, true, rules.begins)) words.push(raw);
    else {
      batch.rows.push(...words.map(toRow));
      words = [];
      const reason = rowFault({ ...record, cells }, width, rules);
      if (isHeaderAgain(cells, headers)) batch.passed.push({ line, lastLine, what: 'header-again' });
      else if (reason === null) {
        lastRow = toRow(raw);
        batch.rows.push(lastRow);
      } else batch.faults.push({ ...raw, reason });
    }
  };
  return {
    sort: (text: string, records: readonly ScannedRecord[]): TableBatch => {
      const batch: Batch = { rows: [], faults: [], passed: [] };
      for (const record of records) take(record, text, batch);
      return batch;
    },
    end: (endsWithNewline: boolean): TableBatch => {
      const last = words.at(-1);
      if (open) {
        if (!endsWithNewline || !endsInWholeRows(open, width, delimiter)) refuseFile('truncated');
        return { rows: words.map(toRow), faults: [{ ...open, reason: OPEN }], passed: [] };
      }
      const wordsAtEnd =
        last !== undefined && isClosingWords(last.cells, width, endsWithNewline, rules.begins);
      const isShort = !endsWithNewline && !wordsAtEnd && lastCells !== null && lastCells < width;
      if (isShort && (lastCells ?? 0) < (mostBefore ?? width)) refuseFile('truncated');
      const passed = words.map(({ line, lastLine }): PassedOver => ({ line, lastLine, what: 'words' }));
      const endsInText = rules.endsInText && (lastRow?.cells[width - 1] ?? '') !== '';
      const mayBeCut = isShort || (!endsWithNewline && words.length === 0 && endsInText);
      return { rows: [], faults: [], passed, unended: mayBeCut ? lastRow : null };
    },
  };
}

const OPEN = 'A quotation mark opens in it that nothing closes, so the rows after it cannot be told apart.';

/** Whether the lines that a quotation swallowed end as rows do: then the mark is stray, and the file was not cut off inside it. */
function endsInWholeRows({ raw }: Raw, width: number, delimiter: ColumnRules['delimiter']): boolean {
  const lines = raw.split(/\r\n|\r|\n/).slice(1);
  const records = lines
    .filter((line) => line.trim() !== '')
    .map((line) => scanRecord(line, 0, 1, delimiter).cells);
  while (isClosingWords(records.at(-1) ?? [], width, true)) records.pop();
  return (records.at(-1)?.length ?? 0) >= width;
}
