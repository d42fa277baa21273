import { type FileRefusal, fileRefusal } from './file-refusal.ts';
import {
  checkGoHeader,
  type GoExpectation,
  type GoHeader,
  readGoHeader,
  readGoTrailer,
} from './go-envelope.ts';
import { ESR_GO, type GoProfile } from './go-layout.ts';
import type { GoEntity, GoRecord, RowFailure } from './go-record.ts';
import { type About, parseGoRow } from './go-row.ts';
import { createGoTally, type GoTally } from './go-tally.ts';
import type { ToInstant } from './source-dates.ts';

/** Where the rows of a GO file go, one at a time, in the file's order. */
export interface GoSink {
  record(record: GoRecord, line: number): void;
  remove(entity: GoEntity, id: string, line: number): void;
  /**
   * `entity` and `id` say whose present row must be left alone; without an id it may be any of the entity. Null for both
   * where it may be anybody's; `null` alone where it is the rest of a row that has failed already.
   */
  fail(failure: RowFailure, about: About | null): void;
  /** A row that is passed over, and yet takes nothing away from what the register holds under its id. */
  hold(entity: GoEntity, id: string | null): void;
}

export interface GoFileOptions {
  readonly diskName: string;
  readonly expected: GoExpectation;
  readonly toInstant: ToInstant;
  /** Default: ESR's. */
  readonly profile?: GoProfile;
}

export interface GoReader {
  /** Takes the next line, or answers why the whole file is refused. Blank lines are skipped and not counted. */
  line(text: string, number: number): FileRefusal | null;
  /** To be called once after the last line: header, trailer and count, and that something of each record could be read. */
  end(): FileRefusal | null;
  readonly header: () => GoHeader | null;
  readonly tally: () => GoTally;
}

/**
 * Reads a GO file line by line. The trailer must be the last non-blank line, because a file cut off in the middle
 * is only known by its absence; so nothing given to the sink may be written before `end()` has answered null.
 */
export function openGoFile(options: GoFileOptions, sink: GoSink): GoReader {
  let header: GoHeader | null = null;
  let counted = 0;
  let trailer: number | null = null;
  const profile = options.profile ?? ESR_GO;
  const tally = createGoTally(profile);
  const body = bodyReader(profile, tally, sink);
  return {
    header: () => header,
    tally: () => tally.result(),
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
      body(text, number);
      return null;
    },
    end() {
      if (header === null) return fileRefusal('empty');
      if (trailer === null) return fileRefusal('no-trailer');
      if (trailer === counted) return tally.refusal();
      return fileRefusal('wrong-count', { expected: String(trailer), found: String(counted) });
    },
  };
}

type Tally = ReturnType<typeof createGoTally>;

function bodyReader(profile: GoProfile, tally: Tally, sink: GoSink): (text: string, line: number) => void {
  /** The row before stopped early: a line without a type is then the rest of it. */
  let short = false;
  return (text, line) => {
    const row = parseGoRow(text, profile);
    tally.row(row, line);
    const rest = short && row.kind === 'failed' && row.recordType === '???';
    short = rest || (row.kind === 'failed' && row.short);
    switch (row.kind) {
      case 'record':
        sink.record(row.record, line);
        return;
      case 'delete':
        sink.remove(row.entity, row.id, line);
        return;
      case 'failed': {
        const { recordType, reason, entity, id, person } = row;
        sink.fail({ line, recordType, reason }, rest ? null : { entity, id, person });
        return;
      }
      case 'passed':
        if (row.holds && row.entity !== null) sink.hold(row.entity, row.id);
        return;
      case 'dropped':
      case 'other':
        return;
    }
  };
}
