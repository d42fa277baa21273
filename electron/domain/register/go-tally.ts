import { type FileRefusal, fileRefusal } from './file-refusal.ts';
import type { GoProfile } from './go-layout.ts';
import type { GoEntity } from './go-record.ts';
import type { GoRow } from './go-row.ts';

/** What a GO file has beside the rows that are kept. */
export interface GoTally {
  /** Rows of each record type that this program has no use for. */
  readonly others: ReadonlyMap<string, number>;
  /** Record types with more fields than are known, and the most that a row of them has. */
  readonly grown: ReadonlyMap<string, { readonly known: number; readonly most: number }>;
  /** Applicants' rows, which have no employee number. */
  readonly passed: number;
  /** Rows without an employee number that do not say that they are an applicant's: what is known of their people stays. */
  readonly unnumbered: number;
  /** Rows that were read, and fail after all. */
  readonly slipped: readonly Slipped[];
}

/**
 * Rows with another number of fields than the others of their type: a `~` in a name moves everything behind it by one, a hire date to
 * where the termination date stands. A layout that has grown has grown in every row.
 */
export interface Slipped {
  readonly entity: GoEntity;
  readonly fields: number;
  /** Fields of the others. */
  readonly usual: number;
  /** Every row of the entity on a line before this one; null = none but `lines`. */
  readonly before: number | null;
  readonly lines: readonly number[];
}

interface Kept {
  rows: number;
  /** Rows that end in blank fields more than are known, and are in their places all the same. */
  readonly blankEnds: { count: number; most: number };
  /** How many rows of each number of fields were read. */
  readonly widths: Map<number, number>;
  /** The first row's; kept without its lines, since nearly always there is no other. */
  first: number;
  /** The line from which there was another, and every row's line of each number from there on. */
  mixedFrom: number | null;
  readonly lines: Map<number, number[]>;
  failed: number;
  /** Of the first that failed. */
  reason: string;
}

export function createGoTally(profile: GoProfile): {
  readonly row: (row: GoRow, line: number) => void;
  readonly result: () => GoTally;
  /** Why the file is refused: nothing at all of one of its record types could be read. */
  readonly refusal: () => FileRefusal | null;
} {
  const others = new Map<string, number>();
  let passed = 0;
  let unnumbered = 0;
  const kept = new Map<string, Kept>();
  const bump = (map: Map<string, number>, type: string) => map.set(type, (map.get(type) ?? 0) + 1);
  const keptOf = (type: string): Kept => {
    const found = kept.get(type) ?? {
      ...{ rows: 0, failed: 0, reason: '', first: 0, mixedFrom: null },
      ...{ widths: new Map<number, number>(), lines: new Map<number, number[]>() },
      blankEnds: { count: 0, most: 0 },
    };
    kept.set(type, found);
    return found;
  };
  return {
    row: (row, line) => {
      if (row.kind === 'other') bump(others, row.type);
      if (row.kind === 'passed' && row.holds) unnumbered += 1;
      else if (row.kind === 'passed') passed += 1;
      if (row.kind === 'record') {
        const type = keptOf(row.type);
        type.rows += 1;
        if (row.blankEnd) {
          type.blankEnds.count += 1;
          type.blankEnds.most = Math.max(type.blankEnds.most, row.fields);
        } else noteWidth(type, row.fields, line);
      }
      if (row.kind === 'failed' && Object.hasOwn(profile.records, row.recordType)) {
        const type = keptOf(row.recordType);
        type.rows += 1;
        type.failed += 1;
        type.reason ||= row.reason;
      }
    },
    result: () => {
      const grown = new Map<string, { known: number; most: number }>();
      const slipped: Slipped[] = [];
      for (const [type, one] of kept) {
        const layout = profile.records[type];
        if (!layout?.entity) continue;
        const { known, entity } = layout;
        const usual = usualWidth(one.widths, known);
        const others = [...one.widths.values()].reduce((sum, n) => sum + n, 0);
        const most = one.blankEnds.count > others ? Math.max(usual, one.blankEnds.most) : usual;
        if (most > known) grown.set(type, { known, most });
        slipped.push(...slippedOf(one, entity, usual));
      }
      return { others, grown, passed, unnumbered, slipped };
    },
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

function noteWidth(type: Kept, fields: number, line: number): void {
  if (type.widths.size === 0) type.first = fields;
  type.widths.set(fields, (type.widths.get(fields) ?? 0) + 1);
  if (fields !== type.first) type.mixedFrom ??= line;
  if (type.mixedFrom === null) return;
  const lines = type.lines.get(fields);
  if (lines) lines.push(line);
  else type.lines.set(fields, [line]);
}

/** What most rows have; of several that are as common the known one, else the one with fewest fields. */
function usualWidth(widths: ReadonlyMap<number, number>, known: number): number {
  const [best = [known]] = [...widths].sort(
    ([a, n], [b, m]) => m - n || Number(b === known) - Number(a === known) || a - b,
  );
  return best[0] ?? known;
}

function slippedOf(type: Kept, entity: GoEntity, usual: number): readonly Slipped[] {
  return [...type.widths.keys()]
    .filter((fields) => fields !== usual)
    .map((fields) => {
      const before = fields === type.first ? type.mixedFrom : null;
      return { entity, fields, usual, before, lines: type.lines.get(fields) ?? [] };
    });
}

/** `reason` is a sentence about a row; it becomes the second half of one about all of them. */
function refuse(found: string, reason: string): FileRefusal {
  const half = `${reason.charAt(0).toLowerCase()}${reason.slice(1)}`.replace(/\.$/, '');
  return fileRefusal('every-row-fails', { found, expected: half });
}
