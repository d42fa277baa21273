import type { IsoDate, IsoInstant } from '../dates.ts';
import { type Clock, type DateText, excelDay, instantOf, londonDayOf, readDateText } from './date-text.ts';

/** Local text `YYYY-MM-DDTHH:mm:ss`, Europe/London → ISO UTC instant. */
export type ToInstant = (local: string) => IsoInstant;

/** ESR writes this date for "no end". */
export const END_OF_TIME = '4712-12-31';
/** What is left of it where years have two digits: Oracle's `31-DEC-12`. */
const END_OF_TIME_SHORT = '2012-12-31';

/**
 * How a column of dates is written. A month by its name and a year in front have one reading under every form but
 * `excel-days`; the forms differ in what they make of `03/04/2026`, of two-digit years (`-2`) and of plain numbers.
 * `-no-end`: 31-DEC-12 stands for 31-Dec-4712, which ESR writes for "no end".
 */
export const dateForms = [
  'day-first',
  'month-first',
  'year-first',
  'month-named',
  'excel-days',
  'day-first-2',
  'month-first-2',
  'year-first-2',
  'month-named-2',
  'day-first-2-no-end',
  'month-first-2-no-end',
  'month-named-2-no-end',
] as const;
export type DateForm = (typeof dateForms)[number];

/** What a British file is read by where nobody looked at its column. */
export const BRITISH: DateForm = 'day-first';

export const isShort = (form: DateForm): boolean => form.includes('-2');
export const twelveIsNoEnd = (form: DateForm): boolean => form.endsWith('-no-end');

type Order = 'day-first' | 'month-first' | 'year-first' | 'month-named' | 'excel-days';
export const orderOf = (form: DateForm): Order => form.replace(/-2(-no-end)?$/, '') as Order;

/** Why a cell is no date under its column's form: each a reason that a row may fail for. */
export type DateFault = 'unreadable' | 'short-year' | 'number' | 'not-a-number' | 'other-order';

export type DateCell =
  | { readonly kind: 'blank' }
  /** 31-Dec-4712 in any spelling. */
  | { readonly kind: 'no-end' }
  | {
      readonly kind: 'date';
      readonly date: IsoDate;
      readonly time: string | null;
      readonly instant: IsoInstant | null;
    }
  | { readonly kind: 'fault'; readonly fault: DateFault };

const fault = (why: DateFault): DateCell => ({ kind: 'fault', fault: why });

/** A cell under its column's form. */
export function readDateCell(text: string, form: DateForm): DateCell {
  return cellOf(readDateText(text), form);
}

export function cellOf(read: DateText, form: DateForm): DateCell {
  const order = orderOf(form);
  switch (read.kind) {
    case 'blank':
      return read;
    case 'unreadable':
      return fault('unreadable');
    case 'number': {
      if (order !== 'excel-days') return fault('number');
      const day = excelDay(read.days);
      return day === null ? fault('unreadable') : { ...dated(day.date, null, form), ...timeOf(day.time) };
    }
    case 'named':
    case 'year-first':
      if (read.shortYear && !isShort(form)) return fault('short-year');
      return dated(read.date, read.clock, form, read.shortYear);
    case 'numeric': {
      if (order === 'excel-days') return fault('not-a-number');
      if (read.shortYear && !isShort(form)) return fault('short-year');
      const date = inOrder(read, order);
      return date === null ? fault('other-order') : dated(date, read.clock, form, read.shortYear);
    }
    default:
      return read satisfies never;
  }
}

function inOrder(read: Extract<DateText, { kind: 'numeric' }>, order: Order): IsoDate | null {
  switch (order) {
    case 'day-first':
      return read.dayFirst;
    case 'month-first':
      return read.monthFirst;
    case 'year-first':
      return read.shortYear ? read.yearFirst : null;
    case 'month-named':
    case 'excel-days':
      return null;
    default:
      return order satisfies never;
  }
}

function dated(date: IsoDate, clock: Clock | null, form: DateForm, shortYear = false): DateCell {
  if (date === END_OF_TIME) return { kind: 'no-end' };
  if (shortYear && date === END_OF_TIME_SHORT && twelveIsNoEnd(form)) return { kind: 'no-end' };
  const day = londonDayOf(date, clock);
  if (day === null) return fault('unreadable');
  if (day === END_OF_TIME) return { kind: 'no-end' };
  return { kind: 'date', date: day, time: clock?.time ?? null, instant: instantOf(date, clock) };
}

const timeOf = (time: string | null): { readonly time?: string } => (time === null ? {} : { time });

/** How many cells of a column are of one class, and the first of them. */
export interface Seen {
  readonly count: number;
  readonly example: string;
  readonly line: number;
}

/** The classes that tell one form of column from another. `-2`: with a two-digit year. */
export type DateClass =
  | 'named'
  | 'year-first'
  | 'day-only'
  | 'month-only'
  | 'both'
  | 'same'
  | 'named-2'
  | 'day-only-2'
  | 'month-only-2'
  | 'both-2'
  | 'same-2'
  | 'year-only-2'
  /** Two-digit years: the 31st of December 2012, or "no end" cut short. */
  | 'twelve-2'
  /** Two-digit years of which nobody can tell whether they stand first or last: `26-11-10`. Of the whole column. */
  | 'year-maybe-2'
  | 'number'
  /** A number whose day lies outside 1950 to 2100: a year, a count, or anything else. */
  | 'odd-number'
  | 'unreadable';

export type DateEvidence = ReadonlyMap<DateClass, Seen>;

const SPAN = { from: '1950-01-01', to: '2100-12-31' } as const;

/** The class of a cell; null where it is blank and says nothing. */
export function classOf(read: DateText): DateClass | null {
  switch (read.kind) {
    case 'blank':
      return null;
    case 'unreadable':
      return 'unreadable';
    case 'number': {
      const date = excelDay(read.days)?.date;
      if (date === undefined) return 'unreadable';
      return date === END_OF_TIME || (date >= SPAN.from && date <= SPAN.to) ? 'number' : 'odd-number';
    }
    case 'year-first':
      return 'year-first';
    case 'named':
      return read.shortYear ? 'named-2' : 'named';
    case 'numeric': {
      const { dayFirst, monthFirst, shortYear } = read;
      if (dayFirst === null && monthFirst === null) return 'year-only-2';
      const order =
        dayFirst === monthFirst
          ? 'same'
          : dayFirst === null
            ? 'month-only'
            : monthFirst === null
              ? 'day-only'
              : 'both';
      return shortYear ? `${order}-2` : order;
    }
    default:
      return read satisfies never;
  }
}

const mayBeNoEnd = (read: DateText): boolean =>
  (read.kind === 'named' && read.shortYear && read.date === END_OF_TIME_SHORT) ||
  (read.kind === 'numeric' &&
    read.shortYear &&
    (read.dayFirst === END_OF_TIME_SHORT || read.monthFirst === END_OF_TIME_SHORT));

interface Remembered {
  readonly cell: DateCell;
  readonly seen: readonly { count: number; readonly example: string; readonly line: number }[];
}

/** A column has few different dates, whatever its length; beyond this the memory is emptied and filled again. */
const REMEMBERED = 20_000;

/**
 * Reads the cells of one column under a form, and gathers what they say about that form while they go by, so that the
 * whole column is known at its end without a second look. Mutable: one for each reading of a file.
 */
export class DateColumn {
  readonly form: DateForm;
  private readonly known = new Map<string, Remembered>();
  private readonly seen = new Map<
    DateClass,
    { count: number; readonly example: string; readonly line: number }
  >();

  /** Of two-digit years: those that each reading makes, and the first cell that has both. Null once a cell has one reading alone. */
  private ends: { readonly first: Set<string>; readonly last: Set<string>; cell: Seen | null } | null = {
    first: new Set(),
    last: new Set(),
    cell: null,
  };

  constructor(form: DateForm) {
    this.form = form;
  }

  read(text: string, line: number): DateCell {
    let found = this.known.get(text);
    if (found === undefined) {
      if (this.known.size >= REMEMBERED) this.known.clear();
      found = this.look(text, line);
      this.known.set(text, found);
    }
    for (const seen of found.seen) seen.count += 1;
    return found.cell;
  }

  evidence(): DateEvidence {
    const cell = this.ends?.cell;
    if (!this.ends || !cell) return this.seen;
    // Dates of one column lie near each other: the reading that makes fewer years is the likelier. Slashes are British, and day first.
    const { first, last } = this.ends;
    const maybe = first.size <= last.size && !cell.example.includes('/');
    return maybe ? new Map([...this.seen, ['year-maybe-2', cell]]) : this.seen;
  }

  private noteEnds(read: DateText, example: string, line: number): void {
    if (read.kind !== 'numeric' || !read.shortYear || this.ends === null) return;
    const last = read.dayFirst ?? read.monthFirst;
    if (read.yearFirst === null || last === null) {
      this.ends = null;
      return;
    }
    this.ends.first.add(read.yearFirst.slice(0, 4));
    this.ends.last.add(last.slice(0, 4));
    this.ends.cell ??= { count: 1, example: example.trim(), line };
  }

  private look(text: string, line: number): Remembered {
    const read = readDateText(text);
    this.noteEnds(read, text, line);
    const one = classOf(read);
    const classes = one === null ? [] : mayBeNoEnd(read) ? [one, 'twelve-2' as const] : [one];
    return { cell: cellOf(read, this.form), seen: classes.map((c) => this.counter(c, text, line)) };
  }

  private counter(name: DateClass, example: string, line: number) {
    const known = this.seen.get(name);
    if (known) return known;
    const counter = { count: 0, example: example.trim(), line };
    this.seen.set(name, counter);
    return counter;
  }
}
