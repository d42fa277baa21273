import type { ColumnRules, Delimiter } from './table-shape.ts';
import { type FieldSpec, type TabularKind, tabularFields } from './tabular-fields.ts';

/** Field of the program → header of the file, as the file writes it. */
export type ColumnMapping = Readonly<Record<string, string>>;

/** Lower case, letters and digits only: `Employee No.` and `EMPLOYEE_NO` are one header. */
export function normaliseHeader(header: string): string {
  return header
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/**
 * Names every column so that it can be chosen: `Name`, `Name (2)`, `Column 4`. A name that the file itself gives stays its own, so that of
 * `End Date`, `End Date`, `End Date (2)` the last is the one that the file calls so.
 */
export function distinctHeaders(row: readonly string[]): readonly string[] {
  const written = row.map((cell) => cell.replace(/\s+/gu, ' ').trim());
  const own = new Set(written);
  const given = new Set<string>();
  return written.map((name, index) => {
    let distinct = name;
    const base = name || `Column ${index + 1}`;
    if (name === '' || given.has(name)) {
      distinct = name === '' ? base : `${base} (2)`;
      for (let n = 2; given.has(distinct) || own.has(distinct); n++) distinct = `${base} (${n})`;
    }
    given.add(distinct);
    return distinct;
  });
}

/** Files with equal signatures have the same columns in the same order: a mapping is remembered under it. */
export function headerSignature(headers: readonly string[]): string {
  return headers.map(normaliseHeader).join('|');
}

/** What a column of the field may be called, the likeliest first; as `normaliseHeader` writes it. */
const namesOf = ({ synonyms, label }: FieldSpec): readonly string[] => [...synonyms, normaliseHeader(label)];

/** The best guess for each field. Each column is used once; a field nothing fits is left out. */
export function suggestMapping(kind: TabularKind, headers: readonly string[]): ColumnMapping {
  const fields: readonly FieldSpec[] = tabularFields[kind];
  // Of two that stand under one name nobody can tell which is meant: a person chooses. The second has been numbered.
  const twins = twinsOf(headers);
  const single = headers.filter((h) => !twins.has(h));
  const free = new Map([...single].reverse().map((h) => [normaliseHeader(h), h] as const));
  const mapping: Record<string, string> = {};
  const take = (spec: FieldSpec, name: string): void => {
    const header = free.get(name);
    if (header === undefined || mapping[spec.field] !== undefined) return;
    mapping[spec.field] = header;
    free.delete(name);
  };
  // A field's first synonym claims its column before any field's looser ones: "Name" must not take "User Name".
  const depth = Math.max(...fields.map((f) => f.synonyms.length + 1));
  for (let rank = 0; rank < depth; rank++) {
    for (const spec of fields) {
      const name = namesOf(spec)[rank];
      if (name !== undefined) take(spec, name);
    }
  }
  // What is said in brackets, or of which date it is: `End Date (dd/mm/yyyy)`, `Resp. End Date`, `End Date*`.
  for (const [name, header] of [...free]) {
    const plain = normaliseHeader(header.replace(/\([^)]*\p{L}[^)]*\)/gu, '')).replace(
      /^(?:resp|responsibility|userresp|userresponsibility|access|urp)(?=(?:start|end)date$)/,
      '',
    );
    if (plain === name) continue;
    free.set(plain, header);
    for (const spec of fields) {
      if (namesOf(spec).includes(plain)) take(spec, plain);
    }
  }
  return mapping;
}

/** Labels of fields that decide something and that two columns of one name claim, so that neither is taken. */
export function claimedTwice(
  kind: TabularKind,
  mapping: ColumnMapping,
  headers: readonly string[],
): readonly string[] {
  const fields: readonly FieldSpec[] = tabularFields[kind];
  const names = new Set([...twinsOf(headers)].map(normaliseHeader));
  return fields
    .filter((spec) => {
      const decides = spec.required || spec.date !== undefined || spec.field === 'username';
      return decides && mapping[spec.field] === undefined && namesOf(spec).some((name) => names.has(name));
    })
    .map(({ label }) => label);
}

/** Names that more than one column has; each but the first was given a number. */
function twinsOf(headers: readonly string[]): ReadonlySet<string> {
  const bases = headers.flatMap((header) => /^(.*) \(\d+\)$/.exec(header)?.[1] ?? []);
  return new Set(bases.filter((base) => headers.includes(base)));
}

/** A column that is not used, and may say when the access ends; null where that is read, or no column sounds like it. */
export function unusedEnd(
  kind: TabularKind,
  mapping: ColumnMapping,
  headers: readonly string[],
): string | null {
  const field = kind === 'holdings' ? 'endDate' : kind === 'training' ? 'expiresOn' : null;
  if (field === null || mapping[field] !== undefined) return null;
  const used = new Set(Object.values(mapping));
  return headers.find((header) => !used.has(header) && SOUNDS_LIKE_AN_END.test(header)) ?? null;
}
const SOUNDS_LIKE_AN_END =
  /\b(?:end|ends|ending|ended|expir\w*|until|till|valid to|inactive|terminat\w*|deactivat\w*|revoked|date to|to date)\b|enddate|end_|_end|expir/iu;

/** Labels of required fields that a mapping leaves out or points at a column the file does not have. */
export function missingFields(
  kind: TabularKind,
  mapping: ColumnMapping,
  headers: readonly string[],
): readonly string[] {
  const fields: readonly FieldSpec[] = tabularFields[kind];
  const present = new Set(headers);
  return fields
    .filter((f) => {
      const header = mapping[f.field];
      if (header !== undefined) return !present.has(header);
      return f.required && !(f.unless !== undefined && mapping[f.unless] !== undefined);
    })
    .map((f) => f.label);
}

/** How many of the kind's fields a row of cells could name: the header is the row that names most. */
export function headerScore(kind: TabularKind | null, cells: readonly string[]): number {
  const kinds: readonly TabularKind[] =
    kind === null ? ['holdings', 'oneforms', 'as-numbers', 'training'] : [kind];
  const names = [...new Set(cells.map(normaliseHeader))];
  return Math.max(
    ...kinds.map((one) => {
      // Most rows of a file name nothing, and are asked for each delimiter.
      const known = fieldNames(one);
      const named = names.filter((name) => known.has(name)).length;
      return named < 2 ? named : Object.keys(suggestMapping(one, cells)).length;
    }),
  );
}

const namesOfKind = new Map<TabularKind, ReadonlySet<string>>();

function fieldNames(kind: TabularKind): ReadonlySet<string> {
  const known = namesOfKind.get(kind);
  if (known) return known;
  const fields: readonly FieldSpec[] = tabularFields[kind];
  const names = new Set(fields.flatMap(namesOf));
  namesOfKind.set(kind, names);
  return names;
}

/** The kind whose required columns are all there, the one that uses most columns first; null for none. */
export function kindOfHeaders(headers: readonly string[]): TabularKind | null {
  const order: readonly TabularKind[] = ['oneforms', 'holdings', 'training', 'as-numbers'];
  let best: { kind: TabularKind; used: number } | null = null;
  for (const kind of order) {
    const mapping = suggestMapping(kind, headers);
    if (missingFields(kind, mapping, headers).length > 0) continue;
    const used = Object.keys(mapping).length;
    if (best === null || used > best.used) best = { kind, used };
  }
  return best?.kind ?? null;
}

/** Column index of each mapped field. */
export function mappedColumns(
  mapping: ColumnMapping,
  headers: readonly string[],
): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  for (const [name, header] of Object.entries(mapping)) {
    const index = headers.indexOf(header);
    if (index >= 0) columns.set(name, index);
  }
  return columns;
}

/** Fields of more than a word or two, in which people press Enter. */
const PROSE: ReadonlySet<string> = new Set(['justification', 'attachments']);

/** What a reader must know of the columns to tell rows from what a stray quotation mark swallowed. */
export function columnRules(
  kind: TabularKind,
  columns: ReadonlyMap<string, number>,
  delimiter: Delimiter,
  width: number,
): ColumnRules {
  const fields: readonly FieldSpec[] = tabularFields[kind];
  const columnsOf = (wanted: (field: string) => boolean) =>
    new Set([...columns].filter(([field]) => wanted(field)).map(([, index]) => index));
  const oneLine = columnsOf((field) => !PROSE.has(field));
  const numbers = columnsOf((field) => field === 'employeeNumber' || field === 'positionNumber');
  const texts = columnsOf((field) => ['urp', 'username', 'competence', 'status', 'asNumber'].includes(field));
  const dates = columnsOf((field) => /(?:Date|On|At)$/.test(field));
  // A name may have a comma in it, an account's never.
  const mayHold = (field: string) => field !== 'username' && /(?:[nN]ame|competence|By)$/.test(field);
  const whole = columnsOf((field) => !PROSE.has(field) && !mayHold(field));
  const required = fields.filter((field) => field.required).map(({ field }) => columns.get(field) ?? -1);
  return {
    delimiter,
    maySpan: (column) => !oneLine.has(column),
    mayHoldDelimiter: (column) => !whole.has(column),
    mayBeDate: (column) => !oneLine.has(column) || dates.has(column),
    begins: numbers.has(0) ? 'number' : 'text',
    endsInText: texts.has(width - 1),
    needed: Math.max(...required) + 1,
  };
}
