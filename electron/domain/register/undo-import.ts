/** May the first import of its kind be taken out again: only while nothing rests on it. Pure. */

/** The program's five kinds of source; a full and a changes file of ESR are one. */
export type SourceKind = 'go' | 'holdings' | 'oneforms' | 'as-numbers' | 'training';

export interface ImportStanding {
  readonly kind: SourceKind;
  readonly undone: boolean;
  /** Imports of the same kind that came before it and stand. */
  readonly earlier: number;
  /** Labels of the imports that came after it and stand, the oldest first. */
  readonly later: readonly string[];
  /** What people have done since, by the ledger's operation; steps that an import or an undo took are left out. */
  readonly steps: readonly { readonly operation: string; readonly count: number }[];
  /** Keyed requests that it proved or disproved. */
  readonly proved: number;
}

/**
 * Areas of the ledger whose steps read nothing that an import brought. Any other counts, so that an area which comes later is
 * taken for work that rests on the import until somebody has said otherwise.
 */
const RESTS_ON_NOTHING = new Set([
  'session',
  'users',
  'cards',
  'security',
  'settings',
  'store',
  'views',
  'ledger',
]);
/** Imports are told one by one. */
const TOLD_APART = new Set(['imports.apply', 'imports.undo']);

const WORK: Readonly<Record<string, readonly [one: string, many: string]>> = {
  request: ['step on a request', 'steps on requests'],
  findings: ['step on an exception', 'steps on exceptions'],
  accounts: ['step on a user name', 'steps on user names'],
};
const OTHER_WORK = ['other step', 'other steps'] as const;

const areaOf = (operation: string): string => operation.split('.')[0] ?? '';
const counted = (n: number, [one, many]: readonly [string, string]): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;

/** Each thing that stands in the way, in a sentence with the next step; none = it may be undone. */
export function whatRestsOn(standing: ImportStanding): readonly string[] {
  const { undone, earlier, later, steps, proved } = standing;
  if (undone) return ['It was undone before. There is nothing left of it to take out.'];
  if (earlier > 0) {
    return ['It is not the first file of its kind. Import the right file: it takes the place of this one.'];
  }
  const because: string[] = [];
  const newest = later.at(-1);
  if (newest !== undefined) {
    because.push(
      later.length === 1
        ? `${newest} came in after it. Undo that import first, where it can be; else import the right file: it takes the place of this one.`
        : `${counted(later.length, ['file', 'files'])} came in after it, the last of them ${newest}. Undo the newest first, where it can be; else import the right file: it takes the place of this one.`,
    );
  }
  if (proved > 0) {
    because.push(
      `${counted(proved, ['keyed request was', 'keyed requests were'])} compared with it. Import the right file: it takes the place of this one.`,
    );
  }
  const work = workSince(steps);
  if (work !== '') {
    because.push(
      `People have worked with it: ${work} since. Import the right file: it takes the place of this one.`,
    );
  }
  return because;
}

function workSince(steps: ImportStanding['steps']): string {
  const sums = new Map<string, number>();
  for (const { operation, count } of steps) {
    const area = areaOf(operation);
    if (RESTS_ON_NOTHING.has(area) || TOLD_APART.has(operation)) continue;
    const known = Object.hasOwn(WORK, area) ? area : '';
    sums.set(known, (sums.get(known) ?? 0) + count);
  }
  return [...sums].map(([area, count]) => counted(count, WORK[area] ?? OTHER_WORK)).join(', ');
}
