import type { Output } from '../../../../electron/contract/contract.ts';

type Catalogue = Output<'register:catalogue'>;
type Entry = Catalogue['entries'][number];

const FAMILY_WORDS: Readonly<Record<string, string>> = {
  'self-service': 'Self service',
  'manager-self-service': 'Supervisor, administrator and manager self service',
  core: 'Core HR',
  learning: 'Learning',
  payroll: 'Payroll',
  reporting: 'Reporting',
  system: 'System',
};

/** A family's name for a heading; a family that a trust added keeps its own. */
export const familyWord = (family: string): string => FAMILY_WORDS[family] ?? family;

/** The catalogue by family, families and entries in the order in which they come. */
export const byFamily = (entries: readonly Entry[]): readonly (readonly [string, readonly Entry[]])[] => [
  ...Map.groupBy(entries, (entry) => entry.family),
];

interface ConflictWith {
  readonly other: string;
  readonly severity: 'block' | 'warn';
  readonly why: string;
}

/** What an access may not be held with. Conflicts are symmetric; those that block come first. */
export const conflictsOf = (name: string, conflicts: Catalogue['conflicts']): readonly ConflictWith[] =>
  conflicts
    .filter(({ a, b }) => a === name || b === name)
    .map(({ a, b, severity, why }) => ({ other: a === name ? b : a, severity, why }))
    .sort((x, y) => x.severity.localeCompare(y.severity) || x.other.localeCompare(y.other));
