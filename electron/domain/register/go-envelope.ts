import { type FileRefusal, fileRefusal } from './file-refusal.ts';
import { GO_DELIMITER } from './go-layout.ts';
import { parseGoDate, parseGoTimestamp, type ToInstant } from './source-dates.ts';

export type GoMode = 'full' | 'changes';

export interface GoFileName {
  readonly vpd: string;
  readonly mode: GoMode;
  /** ISO date in the name. */
  readonly date: string;
  readonly run: number;
}

export interface GoHeader {
  readonly fileName: string;
  readonly vpd: string;
  readonly mode: GoMode;
  /** Europe/London, `YYYY-MM-DDTHH:mm:ss`, as written. */
  readonly createdLocal: string;
  /** ISO UTC instant: the time ESR was read, so the age of everything in the file. */
  readonly createdAt: string;
  /** ISO date of creation: a delete ends the record on this day. */
  readonly createdOn: string;
  /** The run's number: the last part of the file's name. */
  readonly run: number;
  readonly interfaceVersion: string;
}

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: FileRefusal };

const NAME = /^GO_(\d{3})_([A-Z0-9]+)_GO([FC])_(\d{8})_(\d{8})\.DAT$/i;

/** `GO_{VPD}_{EXP}_GO{F|C}_{YYYYMMDD}_{NNNNNNNN}.DAT`, upper or lower case. Null when it is not such a name. */
export function parseGoFileName(name: string): GoFileName | null {
  const match = NAME.exec(name);
  const date = match ? parseGoDate(match[4] ?? '') : null;
  if (!match || !date) return null;
  return {
    vpd: match[1] ?? '',
    mode: (match[3] ?? '').toUpperCase() === 'F' ? 'full' : 'changes',
    date,
    run: Number(match[5]),
  };
}

/**
 * The first non-blank line, checked against the name the file has on disk. The name inside the header decides
 * full or changes; both names must agree, because a renamed file is how yesterday's run gets imported as today's.
 */
export function readGoHeader(line: string, diskName: string, toInstant: ToInstant): Checked<GoHeader> {
  if (!line.startsWith('HDR')) return refuse('no-header');
  if (line.charAt(3) !== GO_DELIMITER) return refuse('wrong-delimiter');
  const fields = line.split(GO_DELIMITER).map((f) => f.trim());
  const [, fileName = '', created = '', vpd = '', previous = '', run = '', interfaceVersion = ''] = fields;
  const createdLocal = parseGoTimestamp(created);
  const named = parseGoFileName(fileName);
  const runs = [readRun(previous), readRun(run)] as const;
  if (fields.length < 7 || !createdLocal || !named || runs.includes('neither') || !/^\d{3}$/.test(vpd)) {
    return refuse('bad-header');
  }
  if (!parseGoFileName(diskName)) return refuse('bad-name');
  const agrees =
    diskName.toUpperCase() === fileName.toUpperCase() &&
    named.vpd === vpd &&
    (typeof runs[1] !== 'number' || runs[1] === named.run);
  if (!agrees) return refuse('name-mismatch');
  return {
    ok: true,
    value: {
      fileName,
      vpd,
      mode: named.mode,
      createdLocal,
      createdAt: toInstant(createdLocal),
      createdOn: createdLocal.slice(0, 10),
      run: named.run,
      interfaceVersion,
    },
  };
}

/**
 * Runs are written as times by some versions of the interface and as numbers by others. Before a first snapshot there was
 * no run: `00000000 000000`.
 */
function readRun(text: string): number | 'time' | 'neither' {
  if (/^0+[ 0]*$/.test(text)) return 'time';
  if (text === '' || parseGoTimestamp(text) !== null || parseGoDate(text) !== null) return 'time';
  return /^\d{1,8}$/.test(text) ? Number(text) : 'neither';
}

export interface GoExpectation {
  /** The trust's VPD, 3 digits. */
  readonly vpd: string;
  /** The last run accepted, or null where no file was imported yet. */
  readonly lastRun: number | null;
}

/** The same run again (a re-run), the next one, or the very first. */
export function isInTurn(run: number, lastRun: number | null): boolean {
  return lastRun === null || run === lastRun || run === lastRun + 1;
}

/** VPD and sequence: a file of changes builds on the run before it; a first file must be a full one. */
export function checkGoHeader(header: GoHeader, expected: GoExpectation): FileRefusal | null {
  if (header.vpd !== expected.vpd) {
    return fileRefusal('wrong-vpd', { expected: expected.vpd, found: header.vpd });
  }
  if (expected.lastRun === null) {
    return header.mode === 'changes' ? fileRefusal('changes-before-full') : null;
  }
  // A full file states everything anew, so it is taken whatever its number; the person says why (`isInTurn`).
  if (header.mode === 'full' || isInTurn(header.run, expected.lastRun)) return null;
  return fileRefusal('wrong-sequence', { expected: String(expected.lastRun + 1), found: String(header.run) });
}

/** Rows counted in a trailer `TRL~n`, or null where the line is not one. A `~` behind the number, and more, is let go. */
export function readGoTrailer(line: string): number | null {
  const match = /^TRL~\s*(\d{1,12})\s*(~.*)?$/.exec(line);
  return match ? Number(match[1]) : null;
}

function refuse(code: Parameters<typeof fileRefusal>[0]): {
  readonly ok: false;
  readonly refusal: FileRefusal;
} {
  return { ok: false, refusal: fileRefusal(code) };
}
