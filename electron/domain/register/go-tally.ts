import { type FileRefusal, fileRefusal } from './file-refusal.ts';
import type { GoProfile } from './go-layout.ts';
import type { GoRow } from './go-row.ts';

/** What a GO file has beside the rows that are kept. */
export interface GoTally {
  /** Rows of each record type that this program has no use for. */
  readonly others: ReadonlyMap<string, number>;
  /** Record types with more fields than are known, and the most that a row of them has. */
  readonly grown: ReadonlyMap<string, { readonly known: number; readonly most: number }>;
  /** Rows without an employee number, by record type. */
  readonly passed: ReadonlyMap<string, number>;
}

interface Kept {
  rows: number;
  failed: number;
  /** Of the first that failed. */
  reason: string;
}

export function createGoTally(profile: GoProfile): {
  readonly row: (row: GoRow) => void;
  readonly result: () => GoTally;
  /** Why the file is refused: nothing at all of one of its record types could be read. */
  readonly refusal: () => FileRefusal | null;
} {
  const others = new Map<string, number>();
  const passed = new Map<string, number>();
  const grown = new Map<string, { known: number; most: number }>();
  const kept = new Map<string, Kept>();
  const bump = (map: Map<string, number>, type: string) => map.set(type, (map.get(type) ?? 0) + 1);
  const keptOf = (type: string): Kept => {
    const found = kept.get(type) ?? { rows: 0, failed: 0, reason: '' };
    kept.set(type, found);
    return found;
  };
  return {
    row: (row) => {
      if (row.kind === 'other') bump(others, row.type);
      if (row.kind === 'passed') bump(passed, row.type);
      if (row.kind === 'record') {
        keptOf(row.type).rows += 1;
        const known = profile.records[row.type]?.known ?? row.fields;
        if (row.fields > known) {
          grown.set(row.type, { known, most: Math.max(row.fields, grown.get(row.type)?.most ?? 0) });
        }
      }
      if (row.kind === 'failed' && Object.hasOwn(profile.records, row.recordType)) {
        const type = keptOf(row.recordType);
        type.rows += 1;
        type.failed += 1;
        type.reason ||= row.reason;
      }
    },
    result: () => ({ others, grown, passed }),
    refusal: () => {
      for (const [type, { rows, failed, reason }] of kept) {
        // One row alone says nothing about its type: it fails alone.
        if (rows > 1 && failed === rows)
          return refuse(`${rows} ${profile.records[type]?.entity ?? 'other'} (${type})`, reason);
      }
      return null;
    },
  };
}

/** `reason` is a sentence about a row; it becomes the second half of one about all of them. */
function refuse(found: string, reason: string): FileRefusal {
  const half = `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`.replace(/\.$/, '');
  return fileRefusal('every-row-fails', { found, expected: half });
}
