import { showDate } from '../dates.ts';
import {
  type DateClass,
  type DateEvidence,
  type DateForm,
  dateForms,
  isShort,
  orderOf,
  readDateCell,
  type Seen,
  twelveIsNoEnd,
} from './date-column.ts';

/**
 * Decides by which form a column of dates is read, from all of its cells. What has one reading is read by it. What a
 * British trust would hardly mean otherwise is read day first, and said. What contradicts that, or itself, is asked:
 * nothing is swapped in silence.
 */
export interface DateColumnLook {
  readonly field: string;
  /** A blank or 31-Dec-4712 means "no end" here, so a two-digit `12` may be the year 4712. */
  readonly isEnd: boolean;
  readonly evidence: DateEvidence;
  /** What the person says now, and what they said of an earlier file with the same headers. */
  readonly chosen: DateForm | null;
  readonly remembered: DateForm | null;
}

export interface DateColumnFound {
  readonly field: string;
  /** Null where the person must say. */
  readonly form: DateForm | null;
  /** `asks`: nothing is read before the person has said. `suggested`: read, with a word that it could be otherwise. */
  readonly state: 'sure' | 'suggested' | 'asks' | 'chosen' | 'empty';
  /** What the form is, with an example; or what is asked, and why. */
  readonly sentence: string;
  /** Cells whose rows fail under `form`, or that no form reads where none is chosen. */
  readonly unread: number;
  /** The forms that make sense of some of the cells, each with an example of what it makes. */
  readonly choices: readonly { readonly form: DateForm; readonly words: string; readonly unread: number }[];
}

type Vote = 'day' | 'month' | 'both' | null;

/** All date columns of one file at once: where one is silent about its order, its neighbours speak for it. */
export function findDateForms(looks: readonly DateColumnLook[]): readonly DateColumnFound[] {
  return looks.map((look) => {
    const others = looks.filter((other) => other !== look).map((other) => voteOf(other.evidence));
    return findDateForm(look, joined(others));
  });
}

export function findDateForm(look: DateColumnLook, neighbours: Vote): DateColumnFound {
  const { field, evidence } = look;
  const choices = choicesOf(look);
  const found = (
    state: DateColumnFound['state'],
    form: DateForm | null,
    sentence: string,
  ): DateColumnFound => ({
    ...{ field, form, state, choices },
    sentence: [sentence, ...notes(evidence, form)].join(' '),
    unread: form === null ? count(evidence, 'unreadable') : unreadBy(form, evidence),
  });
  if (look.chosen !== null) {
    return found('chosen', look.chosen, `As you say: ${exampleOf(look.chosen, evidence)}`);
  }
  if (total(evidence) === 0) return found('empty', look.remembered ?? 'day-first', 'It has no dates.');
  if (look.remembered !== null && stillFits(look.remembered, look)) {
    return found('chosen', look.remembered, `As last time: ${exampleOf(look.remembered, evidence)}`);
  }
  const question = asks(look, neighbours);
  if (question !== null) return found('asks', null, question);
  const form = formOf(evidence, neighbours);
  const unsure =
    isNumeric(form) && neighbours === null && voteOf(evidence) === null && twoWays(evidence) !== null;
  return unsure
    ? found('suggested', form, suggestion(form, evidence))
    : found('sure', form, exampleOf(form, evidence));
}

const count = (evidence: DateEvidence, ...classes: readonly DateClass[]): number =>
  classes.reduce((sum, one) => sum + (evidence.get(one)?.count ?? 0), 0);

const DATED: readonly DateClass[] = [
  ...(['named', 'year-first', 'day-only', 'month-only', 'both', 'same'] as const),
  ...(['named-2', 'day-only-2', 'month-only-2', 'both-2', 'same-2', 'year-only-2'] as const),
  ...(['number', 'odd-number'] as const),
];
const total = (evidence: DateEvidence): number => count(evidence, ...DATED, 'unreadable');

const first = (evidence: DateEvidence, ...classes: readonly DateClass[]): Seen | null =>
  classes.map((one) => evidence.get(one)).find((seen) => seen !== undefined) ?? null;

const dayOnly = (evidence: DateEvidence) => first(evidence, 'day-only', 'day-only-2');
const monthOnly = (evidence: DateEvidence) => first(evidence, 'month-only', 'month-only-2');
const twoWays = (evidence: DateEvidence) => first(evidence, 'both', 'both-2');

function voteOf(evidence: DateEvidence): Vote {
  const day = dayOnly(evidence) !== null;
  const month = monthOnly(evidence) !== null;
  return day && month ? 'both' : day ? 'day' : month ? 'month' : null;
}

function joined(votes: readonly Vote[]): Vote {
  const said = new Set(votes.filter((vote) => vote !== null));
  return said.size > 1 ? 'both' : ([...said][0] ?? null);
}

const shortYears = (evidence: DateEvidence): number =>
  count(evidence, 'named-2', 'day-only-2', 'month-only-2', 'both-2', 'same-2', 'year-only-2');
const longYears = (evidence: DateEvidence): number =>
  count(evidence, 'named', 'year-first', 'day-only', 'month-only', 'both', 'same');

/** The question a column asks, or null where it is read without one. */
function asks({ evidence, isEnd }: DateColumnLook, neighbours: Vote): string | null {
  const maybe = evidence.get('year-maybe-2');
  if (maybe) return `${at(maybe)} can begin with the year or end with it. Say how the column is written.`;
  const [day, month, two] = [dayOnly(evidence), monthOnly(evidence), twoWays(evidence)];
  if (day && month) {
    return `${at(day)} can only be day first, and ${at(month)} only month first. Say how the column is written: dates of the other kind fail their rows.`;
  }
  if (month && two) {
    return `${at(month)} can only be month first, and ${at(two)} can be read two ways. Say how the column is written.`;
  }
  if (month && neighbours !== null && neighbours !== 'month') {
    return `${at(month)} can only be month first, and another column is written day first. Say how this one is written.`;
  }
  if (two && !day && neighbours !== null && neighbours !== 'day') {
    return `${at(two)} can be read two ways, and another column has dates with the month first. Say how this one is written.`;
  }
  const twelve = evidence.get('twelve-2');
  if (isEnd && twelve && longYears(evidence) === 0) {
    return `${at(twelve)} can be 31 Dec 2012, or ESR's “no end” (31-Dec-4712) with the year cut short. Say which.`;
  }
  const odd = evidence.get('odd-number');
  if (odd && longYears(evidence) + shortYears(evidence) === 0) {
    return `${at(odd)} is a number. As an Excel day number it would be ${shown(odd.example, 'excel-days')}. Say whether it is one, or choose another column.`;
  }
  return null;
}

const at = ({ example, line }: Seen): string => `${example} (line ${line})`;

/** The form of a column that asks nothing. */
function formOf(evidence: DateEvidence, neighbours: Vote): DateForm {
  const short = shortYears(evidence) > 0 && longYears(evidence) === 0;
  const years = short ? '-2' : '';
  const numeric = count(evidence, ...ORDERED, ...ORDERED.map((one) => `${one}-2` as const));
  if (numeric > 0) {
    const month = monthOnly(evidence) !== null || (voteOf(evidence) === null && neighbours === 'month');
    return month ? `month-first${years}` : `day-first${years}`;
  }
  if (evidence.has('year-only-2') && short) return 'year-first-2';
  if (evidence.has('named-2') && short) return 'month-named-2';
  const [named, yearFirst, numbers] = [
    count(evidence, 'named'),
    count(evidence, 'year-first'),
    count(evidence, 'number', 'odd-number'),
  ];
  if (named + yearFirst > 0) return named >= yearFirst ? 'month-named' : 'year-first';
  return numbers > 0 ? 'excel-days' : 'day-first';
}

const ORDERED = ['day-only', 'month-only', 'both', 'same'] as const;

const isNumeric = (form: DateForm): boolean => ['day-first', 'month-first'].includes(orderOf(form));

/** Whether what was said of an earlier file still reads this one as well as any form could, and answers its question. */
function stillFits(form: DateForm, { evidence, isEnd }: DateColumnLook): boolean {
  const best = Math.min(...dateForms.map((one) => unreadBy(one, evidence)));
  if (unreadBy(form, evidence) > best) return false;
  return !(isEnd && isShort(form) && evidence.has('twelve-2') && !twelveIsNoEnd(form));
}

function unreadBy(form: DateForm, evidence: DateEvidence): number {
  let unread = 0;
  for (const one of [...DATED, 'unreadable'] as const) {
    if (!reads(form, one) && !readsYearFirst(form, one, evidence)) unread += count(evidence, one);
  }
  return unread;
}

/** Cells that end in a two-digit year begin with one as well. */
const readsYearFirst = (form: DateForm, one: DateClass, evidence: DateEvidence): boolean =>
  orderOf(form) === 'year-first' &&
  evidence.has('year-maybe-2') &&
  /^(?:day-only|month-only|both|same)-2$/.test(one);

function reads(form: DateForm, one: DateClass): boolean {
  if (one === 'unreadable') return false;
  const order = orderOf(form);
  if (one === 'number' || one === 'odd-number') return order === 'excel-days';
  const short = one.endsWith('-2');
  if (short && !isShort(form)) return false;
  const kind = one.replace(/-2$/, '');
  switch (kind) {
    case 'named':
    case 'year-first':
      return true;
    case 'day-only':
      return order === 'day-first';
    case 'month-only':
      return order === 'month-first';
    case 'year-only':
      return order === 'year-first';
    default:
      return order === 'day-first' || order === 'month-first';
  }
}

const WORDS: Readonly<Record<ReturnType<typeof orderOf>, string>> = {
  'day-first': 'Day first',
  'month-first': 'Month first',
  'year-first': 'Year first',
  'month-named': 'Month by its name',
  'excel-days': 'Excel day numbers',
};

/** `Month by its name, two-digit years`. */
export function formWords(form: DateForm): string {
  const years = isShort(form) ? ', two-digit years' : '';
  return `${WORDS[orderOf(form)]}${years}${twelveIsNoEnd(form) ? ', 31-Dec-12 is no end' : ''}`;
}

/** The cell of a column that shows best what a form means: one that another form would read otherwise. */
function telling(form: DateForm, evidence: DateEvidence): Seen | null {
  const numeric = ['both', 'both-2', 'day-only', 'day-only-2', 'month-only', 'month-only-2'] as const;
  const rest = [
    'same',
    'same-2',
    'named-2',
    'named',
    'year-only-2',
    'year-first',
    'number',
    'odd-number',
  ] as const;
  if (orderOf(form) === 'year-first' && evidence.has('year-maybe-2')) return first(evidence, 'year-maybe-2');
  const twelve = twelveIsNoEnd(form) ? (['twelve-2'] as const) : [];
  return first(
    evidence,
    ...[...twelve, ...numeric, ...rest].filter((one) => one === 'twelve-2' || reads(form, one)),
  );
}

function exampleOf(form: DateForm, evidence: DateEvidence): string {
  const seen = telling(form, evidence);
  if (seen === null) return `${formWords(form)}.`;
  return `${formWords(form)}: ${seen.example} is ${shown(seen.example, form)}.`;
}

function suggestion(form: DateForm, evidence: DateEvidence): string {
  const seen = twoWays(evidence);
  const other = seen ? shown(seen.example, isShort(form) ? 'month-first-2' : 'month-first') : '';
  return `${exampleOf(form, evidence)} Nothing in the column shows that it is not ${other}: change it if it is.`;
}

function shown(text: string, form: DateForm): string {
  const cell = readDateCell(text, form);
  switch (cell.kind) {
    case 'date':
      return cell.time === null || cell.time === '00:00:00'
        ? showDate(cell.date)
        : `${showDate(cell.date)}, ${cell.time.slice(0, 5)}`;
    case 'no-end':
      return 'no end';
    case 'blank':
    case 'fault':
      return 'no date';
    default:
      return cell satisfies never;
  }
}

/** What of the column fails its rows, and why: said before anything is read. */
function notes(evidence: DateEvidence, form: DateForm | null): readonly string[] {
  const short = form !== null && !isShort(form) ? shortYears(evidence) : 0;
  const numbers =
    form !== null && orderOf(form) !== 'excel-days' ? count(evidence, 'number', 'odd-number') : 0;
  const unreadable = count(evidence, 'unreadable');
  const pivot = form !== null && isShort(form) && total(evidence) > 0;
  return [
    ...(pivot ? ['Years 00 to 49 are 2000 to 2049, 50 to 99 are 1950 to 1999.'] : []),
    ...(short > 0
      ? [`${counted(short, 'date has', 'dates have')} a two-digit year among four-digit ones and would fail.`]
      : []),
    ...(numbers > 0
      ? [
          `${counted(numbers, 'number stands', 'numbers stand')} among the dates and would fail: a spreadsheet may have changed day and month over.`,
        ]
      : []),
    ...(unreadable > 0 ? [`${counted(unreadable, 'cell is', 'cells are')} no date and would fail.`] : []),
  ];
}

const counted = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

function choicesOf({ evidence, isEnd }: DateColumnLook): DateColumnFound['choices'] {
  const all = total(evidence);
  const forms = dateForms.filter((form) => {
    if (isShort(form) && shortYears(evidence) === 0) return false;
    if (!isShort(form) && longYears(evidence) + count(evidence, 'number', 'odd-number') === 0 && all > 0)
      return false;
    if (twelveIsNoEnd(form) && !(isEnd && evidence.has('twelve-2'))) return false;
    return all === 0 || unreadBy(form, evidence) < all;
  });
  return forms.map((form) => ({
    form,
    words: exampleOf(form, evidence).replace(/\.$/, ''),
    unread: unreadBy(form, evidence),
  }));
}
