import type { DateChoices } from '../../contract/imports.contract.ts';
import { cellText } from '../../domain/register/cell-text.ts';
import { BRITISH, DateColumn, type DateForm } from '../../domain/register/date-column.ts';
import {
  type DateColumnFound,
  type DateColumnLook,
  findDateForms,
} from '../../domain/register/date-question.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import { dateFieldsOf, type TabularKind } from '../../domain/register/tabular-fields.ts';
import type { ImportReport } from './import-report.ts';

/** What a person said of the date columns: of this file, and of earlier ones with the same headers. */
export interface DatesSaid {
  readonly chosen: DateChoices;
  readonly remembered: DateChoices;
}

/** How the date columns of one table are written, with what was said of them. */
export interface TableDates {
  readonly kind: TabularKind;
  /** Column of the file, by field. */
  readonly columns: ReadonlyMap<string, number>;
  readonly said: DatesSaid;
}

type Columns = ReadonlyMap<string, DateColumn>;
type Forms = ReadonlyMap<string, DateForm>;

const datesOf = ({ kind, columns }: TableDates) =>
  dateFieldsOf(kind).filter(({ field }) => columns.has(field));

const openColumns = (table: TableDates, forms: Forms): Columns =>
  new Map(datesOf(table).map(({ field }) => [field, new DateColumn(forms.get(field) ?? BRITISH)]));

/** What each date column showed while it was read. */
export function foundIn(table: TableDates, columns: Columns): readonly DateColumnFound[] {
  const { chosen, remembered } = table.said;
  const looks = datesOf(table).flatMap(({ field, date }): readonly DateColumnLook[] => {
    const column = columns.get(field);
    if (column === undefined) return [];
    const said = { chosen: chosen[field] ?? null, remembered: remembered[field] ?? null };
    return [{ field, isEnd: date === 'end', evidence: column.evidence(), ...said }];
  });
  return findDateForms(looks);
}

/** Columns that only look: `rows` are shown to them, and nothing is kept. */
export function lookingColumns(table: TableDates): {
  readonly see: (cells: readonly string[], line: number) => void;
  readonly found: () => readonly DateColumnFound[];
} {
  const columns = openColumns(table, new Map());
  const places = [...columns].map(([field, column]) => ({ at: table.columns.get(field) ?? -1, column }));
  return {
    see: (cells, line) => {
      for (const { at, column } of places) column.read(cellText(cells[at] ?? ''), line);
    },
    found: () => foundIn(table, columns),
  };
}

/** What the first rows show; where they ask or are silent, a British form, until the whole column has been seen. */
function expectedForms(table: TableDates, sample: readonly (readonly string[])[]): Forms {
  const look = lookingColumns(table);
  for (const [i, cells] of sample.entries()) look.see(cells, i + 1);
  return new Map(look.found().map(({ field, form }) => [field, form ?? BRITISH]));
}

/**
 * Reads a table whose date forms only its last row settles: `read` is given the forms that the first rows show, and is
 * called once more, with a report that starts again, in the rare case that the whole column says otherwise. Throws
 * `FileRefused` with `dates-two-ways` where the person has to say.
 */
export function readByDateForms<T>(
  table: TableDates,
  sample: readonly (readonly string[])[],
  report: ImportReport,
  read: (columns: Columns) => T,
): { readonly value: T; readonly forms: Readonly<Record<string, DateForm>> } {
  let forms = expectedForms(table, sample);
  for (;;) {
    const columns = openColumns(table, forms);
    const value = read(columns);
    const found = foundIn(table, columns);
    const asking = found.filter(({ form }) => form === null);
    if (asking.length > 0) refuseFile('dates-two-ways', { expected: labelsOf(table, asking) });
    const settled: Forms = new Map(found.map(({ field, form }) => [field, form ?? BRITISH]));
    if (!readsOtherwise(found, forms)) {
      for (const one of found) if (one.state === 'suggested') report.remark(remarkOn(table, one));
      return { value, forms: Object.fromEntries(settled) };
    }
    report.startAgain();
    forms = settled;
  }
}

/** An empty column is read alike by any form. */
const readsOtherwise = (found: readonly DateColumnFound[], forms: Forms): boolean =>
  found.some(({ field, form, state }) => state !== 'empty' && form !== forms.get(field));

function labelsOf(table: TableDates, found: readonly DateColumnFound[]): string {
  const labels = datesOf(table).filter(({ field }) => found.some((one) => one.field === field));
  return labels.map(({ label }) => `“${label}”`).join(' and ');
}

const remarkOn = (table: TableDates, found: DateColumnFound): string =>
  `${labelsOf(table, [found])}: ${found.sentence}`;
