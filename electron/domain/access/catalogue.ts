/** The catalogue of URPs (user responsibility profiles): editable data, because the public list is incomplete. */

export type CatalogueFamily =
  | 'self-service'
  | 'manager-self-service'
  | 'core'
  | 'learning'
  | 'payroll'
  | 'reporting'
  | 'system';
export type AccessClause = '5.1.1' | '5.1.2' | '5.1.3' | '5.1.4';

/** How sure we are: the trust's procedure, public material, or inferred. */
export type SourceMark = 'P' | 'C' | 'I';

export interface CatalogueEntry {
  /** As ESR names it, without the VPD number. */
  readonly name: string;
  /** What else people type for it. One alias on two entries is allowed and makes it ambiguous, never a guess. */
  readonly aliases: readonly string[];
  readonly family: CatalogueFamily;
  readonly purpose: string;
  readonly needsSmartcard: boolean;
  readonly needsAsNumber: boolean;
  readonly needsHierarchy: boolean;
  /** What place is needed: at least one direct report (default), or any place of one's own. */
  readonly hierarchyNeed?: 'reports' | 'place';
  /** Given to all staff (5.1.1): needs no authorisation and is never raised as unapproved. */
  readonly everyone: boolean;
  readonly remoteCapable: boolean;
  readonly minimumHolders: number;
  readonly clause: AccessClause;
  readonly source?: SourceMark;
}

export type ConflictSeverity = 'block' | 'warn';

export interface Conflict {
  readonly a: string;
  readonly b: string;
  readonly severity: ConflictSeverity;
  readonly why: string;
  /** Only where both are used over the same staff; a person with several posts may hold one for each. */
  readonly sameHierarchyOnly: boolean;
  readonly source?: SourceMark;
}

export interface AccessCatalogue {
  readonly version: string;
  readonly entries: readonly CatalogueEntry[];
  readonly conflicts: readonly Conflict[];
}

export type EntryMatch =
  | { readonly kind: 'found'; readonly entry: CatalogueEntry }
  | { readonly kind: 'ambiguous'; readonly candidates: readonly CatalogueEntry[] }
  | { readonly kind: 'unknown' };

/**
 * The VPD number in front of a name, as sites' exports and people write it: `919 HR Data Entry`, `919-HR Data Entry`, `(919) …`,
 * `VPD 919: …`, `919_…`, `919HR Data Entry`; the spaces and quotation marks of another program round it or not.
 */
const VPD_IN_FRONT =
  /^(?:VPD[\s\p{P}]*)?(?:[([{]\s*(\d{3})\s*[)\]}]|(\d{3})(?!\p{N}))(?:[\s\p{Pd}\u2212_:./|,~]+(?=\S)|(?=\p{L}))(.*)$/isu;
/** Marks that are nobody's name: quotation marks round it, spaces without width. */
const AROUND =
  /^[\s\u200b-\u200f\u2060\ufeff"'\u2018-\u201f\u00ab\u00bb]+|[\s\u200b-\u200f\u2060\ufeff"'\u2018-\u201f\u00ab\u00bb]+$/gu;

/** Takes the VPD number off a name as ESR shows it: `919 HR Data Entry` → `{ vpd: '919', name: 'HR Data Entry' }`. */
export function splitVpd(shown: string): { readonly vpd: string | null; readonly name: string } {
  const plain = shown.normalize('NFKC').replace(AROUND, '');
  const match = VPD_IN_FRONT.exec(plain);
  const vpd = match?.[1] ?? match?.[2] ?? null;
  return { vpd, name: match ? (match[3] ?? '').replace(AROUND, '') : plain };
}

/** The name as ESR shows it and as it must be keyed: `919 HR Data Entry`. Throws unless the VPD is three digits. */
export function withVpd(name: string, vpd: string): string {
  if (!/^\d{3}$/.test(vpd)) throw new RangeError('a VPD number is three digits');
  return `${vpd} ${name}`;
}

/** A finder that has read the catalogue once, for thousands of names. */
export function createEntryFinder(catalogue: AccessCatalogue): (asTyped: string) => EntryMatch {
  const byKey = new Map<string, CatalogueEntry[]>();
  for (const entry of catalogue.entries) {
    for (const key of new Set([entry.name, ...entry.aliases].map(looseKey))) {
      byKey.set(key, [...(byKey.get(key) ?? []), entry]);
    }
  }
  return (asTyped) => {
    const candidates = byKey.get(looseKey(splitVpd(asTyped).name)) ?? [];
    const only = candidates[0];
    if (!only) return { kind: 'unknown' };
    return candidates.length === 1 ? { kind: 'found', entry: only } : { kind: 'ambiguous', candidates };
  };
}

/** Resolves what a OneForm typed or ESR exported. Never guesses between two. */
export function findEntry(catalogue: AccessCatalogue, asTyped: string): EntryMatch {
  return createEntryFinder(catalogue)(asTyped);
}

/** The conflicts between one URP and others, whichever way round the catalogue lists them. */
export function conflictsWith(
  catalogue: AccessCatalogue,
  urp: string,
  others: readonly string[],
): readonly Conflict[] {
  const held = new Set(others);
  return catalogue.conflicts.filter(
    ({ a, b }) => (a === urp && b !== urp && held.has(b)) || (b === urp && a !== urp && held.has(a)),
  );
}

/** Case, spaces, hyphens, brackets and `&` carry no meaning in a URP's name; letters and digits do. */
export function looseKey(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
