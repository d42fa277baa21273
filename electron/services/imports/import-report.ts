import type {
  FailureKind,
  ImportCounts,
  ImportPreview,
  ReasonAsked,
} from '../../contract/imports.contract.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import type { Difference, DifferenceCounts, StagedTable } from './import-ports.ts';

/** Kinds of failure and unknown values shown to the person; the rest is counted. */
export const SHOWN = 200;
/** Lines told of each kind of failure. */
const LINES = 5;

type Unknown = ImportPreview['unknown'][number];

/** What one pass over a file found. */
export interface ImportReport {
  readonly read: (record: string) => void;
  /** A row that is not taken. The reason quotes nothing of it: rows that fail alike are told once, with their count. */
  readonly fail: (line: number, record: string, reason: string, lastLine?: number) => void;
  /** As `fail`, of a row that was counted as read: what it says could be told only with the others. */
  readonly failRead: (line: number, record: string, reason: string) => void;
  /** Listed once for each value. */
  readonly unknown: (what: Unknown['what'], value: string, line: number) => void;
  readonly remark: (sentence: string) => void;
  /** Forgets everything: the file is read again from its beginning. */
  readonly startAgain: () => void;
  /** The person must say why this file is taken all the same. */
  readonly askReason: (asked: ReasonAsked) => void;
  readonly reasonsAsked: () => readonly ReasonAsked[];
  readonly failures: () => Pick<ImportPreview, 'failures' | 'failuresLeftOff'>;
  readonly unknowns: () => Pick<ImportPreview, 'unknown' | 'unknownLeftOff'>;
  readonly remarks: () => readonly string[];
  readonly rows: () => number;
  readonly failed: () => number;
  /** Counts of each record type, with the difference's where it has one. */
  readonly byRecord: (differences: ReadonlyMap<string, DifferenceCounts>) => ImportPreview['byRecord'];
}

const NO_DIFFERENCE: DifferenceCounts = { new: 0, changed: 0, ended: 0, unchanged: 0 };

export function createImportReport(): ImportReport {
  const read = new Map<string, number>();
  const failed = new Map<string, number>();
  const failures = new Map<string, FailureKind>();
  const unknown = new Map<string, Unknown>();
  const remarks: string[] = [];
  const asked: ReasonAsked[] = [];
  const count = (map: Map<string, number>, key: string) => map.set(key, (map.get(key) ?? 0) + 1);
  const sum = (map: Map<string, number>) => [...map.values()].reduce((a, b) => a + b, 0);
  const fail = (line: number, record: string, reason: string, lastLine = line) => {
    count(failed, record);
    const key = `${record}|${reason}`;
    const kind = failures.get(key) ?? { record, reason, count: 0, lines: [] };
    if (kind.count === 0) {
      if (failures.size === SHOWN) return;
      failures.set(key, kind);
    }
    kind.count += 1;
    if (kind.lines.length === LINES) return;
    if (lastLine > line) kind.lastLines ??= [...kind.lines];
    kind.lines.push(line);
    kind.lastLines?.push(lastLine);
  };
  return {
    read: (record) => {
      count(read, record);
    },
    fail: (line, record, reason, lastLine) => {
      count(read, record);
      fail(line, record, reason, lastLine);
    },
    failRead: fail,
    unknown: (what, value, line) => {
      const key = `${what}|${value}`;
      if (!unknown.has(key)) unknown.set(key, { what, value, line });
    },
    remark: (sentence) => {
      remarks.push(sentence);
    },
    startAgain: () => {
      for (const map of [read, failed, failures, unknown]) map.clear();
      remarks.length = 0;
      asked.length = 0;
    },
    askReason: (one) => {
      asked.push(one);
    },
    reasonsAsked: () => asked,
    failures: () => {
      const kinds = [...failures.values()].sort((a, b) => b.count - a.count);
      const told = kinds.reduce((rows, kind) => rows + kind.count, 0);
      return { failures: kinds, failuresLeftOff: sum(failed) - told };
    },
    unknowns: () => ({
      unknown: [...unknown.values()].slice(0, SHOWN),
      unknownLeftOff: Math.max(0, unknown.size - SHOWN),
    }),
    remarks: () => remarks,
    rows: () => sum(read),
    failed: () => sum(failed),
    byRecord: (differences) =>
      [...new Set([...read.keys(), ...differences.keys()])].map((record) => ({
        record,
        counts: {
          read: read.get(record) ?? 0,
          failed: failed.get(record) ?? 0,
          ...(differences.get(record) ?? NO_DIFFERENCE),
        },
      })),
  };
}

/** Refuses a file of which nothing was read, whatever its kind: throws `FileRefused`. */
export function refuseUnread(report: ImportReport): void {
  const rows = report.rows();
  if (rows === 0) refuseFile('no-rows');
  const commonest = report.failures().failures[0]?.reason;
  if (report.failed() === rows)
    refuseFile('no-readable-rows', { rows, ...(commonest && { found: commonest }) });
}

export function totalCounts(byRecord: ImportPreview['byRecord']): ImportCounts {
  const total = { read: 0, new: 0, changed: 0, ended: 0, unchanged: 0, failed: 0 };
  for (const { counts } of byRecord) {
    for (const name of Object.keys(total) as (keyof ImportCounts)[]) total[name] += counts[name];
  }
  return total;
}

/** The names under which record types are counted and shown. */
export const RECORD_NAMES: Readonly<Record<StagedTable, string>> = {
  location: 'Locations',
  organisation: 'Organisations',
  position: 'Positions',
  person: 'People',
  assignment: 'Assignments',
  holding: 'Holdings',
  'as-number': 'AS numbers',
  training: 'Training',
};

export const differencesByName = (
  differences: readonly Difference[],
): ReadonlyMap<string, DifferenceCounts> =>
  new Map(differences.map(({ table, counts }) => [RECORD_NAMES[table], counts]));
