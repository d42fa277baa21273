import { type FileRefusal, fileRefusal } from './file-refusal.ts';
import {
  checkGoHeader,
  type GoExpectation,
  type GoHeader,
  readGoHeader,
  readGoTrailer,
} from './go-envelope.ts';
import { type GoEntity, type GoRecord, idOf, type RowFailure } from './go-record.ts';
import { parseGoRow } from './go-row.ts';
import type { ToInstant } from './source-dates.ts';

/** Where the rows of a GO file go, one at a time, in the file's order. */
export interface GoSink {
  /** False where an earlier row has the same identity: the row then fails. */
  record(record: GoRecord, line: number): boolean;
  remove(entity: GoEntity, id: string, line: number): void;
  /** `entity` and `id` say whose present row must be left alone; null means it cannot be told. */
  fail(failure: RowFailure, entity: GoEntity | null, id: string | null): void;
}

export interface GoFileOptions {
  readonly diskName: string;
  readonly expected: GoExpectation;
  readonly toInstant: ToInstant;
}

export interface GoReader {
  /** Takes the next line, or answers why the whole file is refused. Blank lines are skipped and not counted. */
  line(text: string, number: number): FileRefusal | null;
  /** To be called once after the last line: header, trailer and count. */
  end(): FileRefusal | null;
  readonly header: () => GoHeader | null;
}

/**
 * Reads a GO file line by line. The trailer must be the last non-blank line, because a file cut off in the middle
 * is only known by its absence; so nothing given to the sink may be written before `end()` has answered null.
 */
export function openGoFile(options: GoFileOptions, sink: GoSink): GoReader {
  let header: GoHeader | null = null;
  let counted = 0;
  let trailer: number | null = null;
  return {
    header: () => header,
    line(text, number) {
      if (text === '' || text.trim() === '') return null;
      counted += 1;
      if (header === null) {
        const read = readGoHeader(text, options.diskName, options.toInstant);
        if (!read.ok) return read.refusal;
        header = read.value;
        return checkGoHeader(header, options.expected);
      }
      if (trailer !== null) return fileRefusal('wrong-count', { expected: String(trailer), found: 'more' });
      if (text.startsWith('TRL')) {
        trailer = readGoTrailer(text);
        return trailer === null ? fileRefusal('no-trailer') : null;
      }
      take(text, number, sink);
      return null;
    },
    end() {
      if (header === null) return fileRefusal('empty');
      if (trailer === null) return fileRefusal('no-trailer');
      if (trailer === counted) return null;
      return fileRefusal('wrong-count', { expected: String(trailer), found: String(counted) });
    },
  };
}

function take(text: string, line: number, sink: GoSink): void {
  const row = parseGoRow(text);
  if (row.kind === 'record') {
    if (sink.record(row.record, line)) return;
    const recordType = text.slice(0, 3);
    sink.fail({ line, recordType, reason: 'It repeats an earlier row.' }, row.record.kind, idOf(row.record));
  }
  if (row.kind === 'delete') sink.remove(row.entity, row.id, line);
  if (row.kind === 'failed') {
    sink.fail({ line, recordType: row.recordType, reason: row.reason }, row.entity, row.id);
  }
}
