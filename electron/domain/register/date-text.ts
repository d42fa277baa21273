import { type IsoDate, type IsoInstant, londonDate } from '../dates.ts';
import { isAsciiWord } from './cell-text.ts';

/**
 * What one text can mean as a date, before anybody has said how its column is written. `03/04/2026` has two readings,
 * `02-Nov-2026` has one, `31/04/2026` has none. A date that does not exist is no date.
 */

/** Wall-clock time, `HH:mm:ss`; `zone` is an ISO offset or Z where the text names one. */
export interface Clock {
  readonly time: string;
  readonly zone: string | null;
}

export type DateText =
  /** An empty cell, or a word that says that there is nothing: `-`, `N/A`, `NULL`, `none`. */
  | { readonly kind: 'blank' }
  | { readonly kind: 'unreadable' }
  /** The month by its name, or the year first: one reading only. */
  | {
      readonly kind: 'named' | 'year-first';
      readonly shortYear: boolean;
      readonly date: IsoDate;
      readonly clock: Clock | null;
    }
  | {
      readonly kind: 'numeric';
      readonly shortYear: boolean;
      readonly dayFirst: IsoDate | null;
      readonly monthFirst: IsoDate | null;
      /** `26-11-02`, where the year has two digits. */
      readonly yearFirst: IsoDate | null;
      readonly clock: Clock | null;
    }
  /** A number alone: Excel's count of days, if the column is one of those. */
  | { readonly kind: 'number'; readonly days: number };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const LONG_MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
] as const;
/** Whole words only: a `Janitor` is no month. */
const MONTH_WORDS: ReadonlyMap<string, number> = new Map([
  ...MONTHS.map((word, i) => [word, i + 1] as const),
  ...LONG_MONTHS.map((word, i) => [word, i + 1] as const),
  ['sept', 9],
]);
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** Null where there is no such day, or it lies before 1900. */
export function isoDate(year: number, month: number, day: number): IsoDate | null {
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Two-digit years as Oracle's `RR` reads them in this half of the century: 00-49 is 2000-2049, 50-99 is 1950-1999. */
export function wholeYear(text: string): number {
  const year = Number(text);
  if (text.length !== 2) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

const BLANK_WORDS = new Set([
  ...['', '-', '--', '---', 'n/a', '#n/a', 'na', 'n.a.', 'null', '(null)', '<null>', '\\n', 'none', '(none)'],
  ...['nil', '(blank)', 'nan', 'nat', 'n.a', 'n / a', 'not applicable', 'undefined', '(empty)'],
]);

/** Whether a cell says that there is nothing. */
export const isBlankWord = (text: string): boolean => mayBeBlank(text) && saysNothing(tidy(text));

/** Of what begins with a letter or digit, only words in N and U say nothing: nearly every cell is told by its first letter. */
function mayBeBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !isAsciiWord(first) || BLANK_LETTERS.has(first);
}
const BLANK_LETTERS = new Set([...'nNuU'].map((letter) => letter.charCodeAt(0)));

/** A rule of dashes is as long as its column is wide. */
const saysNothing = (tidied: string): boolean => BLANK_WORDS.has(tidied.toLowerCase()) || /^-+$/.test(tidied);

/** One spelling of what looks the same: spaces, dashes, full-width digits, and the marks spreadsheets put around text. */
function tidy(text: string): string {
  const plain = text
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]/g, '')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
  return (/^="(.*)"$/.exec(plain)?.[1] ?? plain).replace(/^['’]/, '').trim();
}

/** What a cell can mean. Never throws, whatever it is given. */
export function readDateText(text: string): DateText {
  // Longer than any date ever is: a cell of prose is not looked at twice.
  if (text.length > 80) return { kind: 'unreadable' };
  const whole = tidy(text);
  if (saysNothing(whole)) return { kind: 'blank' };
  if (/^(?!0\d)\d{1,7}(\.\d+)?$/.test(whole)) return { kind: 'number', days: Number(whole) };
  const { day, clock } = splitClock(whole);
  if (clock === 'none-such') return { kind: 'unreadable' };
  return readDay(day, clock) ?? { kind: 'unreadable' };
}

const ZONE = '(?: ?(Z|UTC|GMT|BST|[+-]\\d{2}(?::?\\d{2})?))?';
const CLOCK = new RegExp(
  `^(.*?\\d)(?:,? |T|:| at )(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:[.,]\\d{1,9})?)? ?(am|pm|a\\.m\\.?|p\\.m\\.?)?${ZONE}$`,
  'i',
);
/** `7am` and `12 PM`: an hour alone needs its half of the day. */
const HOUR = /^(.*?\d)(?:,? |T| at )(\d{1,2}) ?(am|pm|a\.m\.?|p\.m\.?)$/i;
/** As ESR's own files write a time: `20261102 071500`. */
const COMPACT_CLOCK = new RegExp(`^(\\d{8})[ T](\\d{2})(\\d{2})(\\d{2})?${ZONE}$`, 'i');

function splitClock(whole: string): { day: string; clock: Clock | null | 'none-such' } {
  const compact = COMPACT_CLOCK.exec(whole);
  const hour = HOUR.exec(whole);
  const found = compact
    ? clockOf(compact[2], compact[3], compact[4], undefined, compact[5])
    : hour
      ? clockOf(hour[2], '0', '0', hour[3], undefined)
      : null;
  if (found !== null) return { day: (compact ?? hour)?.[1] ?? '', clock: found };
  const match = CLOCK.exec(whole);
  if (!match) return { day: whole, clock: null };
  return { day: match[1] ?? '', clock: clockOf(match[2], match[3], match[4], match[5], match[6]) };
}

function clockOf(
  h: string | undefined,
  m: string | undefined,
  s: string | undefined,
  half: string | undefined,
  zone: string | undefined,
): Clock | 'none-such' {
  const hours = hourOf(Number(h), half?.charAt(0).toLowerCase());
  const [minutes, seconds] = [Number(m), Number(s ?? '0')];
  if (hours === null || hours > 23 || minutes > 59 || seconds > 59) return 'none-such';
  const time = [hours, minutes, seconds].map((n) => String(n).padStart(2, '0')).join(':');
  return { time, zone: zone === undefined ? null : offsetOf(zone.toUpperCase()) };
}

/** 12:15 AM is a quarter past midnight. An hour past 12 keeps its meaning only in its own half of the day. */
function hourOf(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (half === 'a') return hour === 12 ? 0 : hour < 12 ? hour : null;
  if (hour === 0) return null;
  return hour < 12 ? hour + 12 : hour;
}

function offsetOf(zone: string): string {
  if (zone === 'UTC' || zone === 'GMT') return 'Z';
  if (zone === 'BST') return '+01:00';
  if (zone === 'Z' || zone.includes(':')) return zone;
  return zone.length === 3 ? `${zone}:00` : `${zone.slice(0, 3)}:${zone.slice(3)}`;
}

const WEEKDAY =
  /^(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\.?,? +/i;
const YEAR_FIRST = /^(\d{4}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{1,2})$/;
const EIGHT = /^(\d{2})(\d{2})(\d{2})(\d{2})$/;
const NUMERIC = /^(\d{1,2}) ?([-/. ]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})$/;
const DAY_NAME_YEAR = /^(\d{1,2})(?:st|nd|rd|th)?(?: of)?[-/. ,]*([a-z]+)[-/. ,]*(\d{4}|\d{2})$/i;
const NAME_DAY_YEAR = /^([a-z]+)[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/. ,]+(\d{4}|\d{2})$/i;
const YEAR_NAME_DAY = /^(\d{4})[-/. ]*([a-z]+)[-/. ]*(\d{1,2})$/i;

function readDay(text: string, clock: Clock | null): DateText | null {
  const day = text.replace(WEEKDAY, '').replace(/[ ,]+$/, '');
  const yearFirst = YEAR_FIRST.exec(day);
  if (yearFirst) return sure('year-first', yearFirst[1], Number(yearFirst[3]), yearFirst[4], clock);
  const eight = EIGHT.exec(day);
  if (eight) {
    const [, a = '', b = '', c = '', d = ''] = eight;
    return sure('year-first', a + b, Number(c), d, clock) ?? numeric(a, b, c + d, clock);
  }
  const numbers = NUMERIC.exec(day);
  if (numbers) return numeric(numbers[1] ?? '', numbers[3] ?? '', numbers[4] ?? '', clock);
  const dayName = DAY_NAME_YEAR.exec(day);
  if (dayName) return sure('named', dayName[3], monthOf(dayName[2]), dayName[1], clock);
  const nameDay = NAME_DAY_YEAR.exec(day);
  if (nameDay) return sure('named', nameDay[3], monthOf(nameDay[1]), nameDay[2], clock);
  const yearName = YEAR_NAME_DAY.exec(day);
  return yearName ? sure('named', yearName[1], monthOf(yearName[2]), yearName[3], clock) : null;
}

const monthOf = (word = ''): number => MONTH_WORDS.get(word.toLowerCase()) ?? 0;

function sure(
  kind: 'named' | 'year-first',
  year: string | undefined,
  month: number,
  day: string | undefined,
  clock: Clock | null,
): DateText | null {
  if (year === undefined) return null;
  const date = isoDate(wholeYear(year), month, Number(day));
  return date === null ? null : { kind, shortYear: year.length === 2, date, clock };
}

function numeric(first: string, second: string, year: string, clock: Clock | null): DateText | null {
  const shortYear = year.length === 2;
  const [a, b, y] = [Number(first), Number(second), wholeYear(year)];
  const dayFirst = isoDate(y, b, a);
  const monthFirst = isoDate(y, a, b);
  const yearFirst = shortYear && first.length === 2 ? isoDate(wholeYear(first), b, Number(year)) : null;
  if (dayFirst === null && monthFirst === null && yearFirst === null) return null;
  return { kind: 'numeric', shortYear, dayFirst, monthFirst, yearFirst, clock };
}

/** The day in London: a time with an offset names an instant, and midnights in UTC are one o'clock here in summer. */
export function londonDayOf(date: IsoDate, clock: Clock | null): IsoDate | null {
  if (clock === null || clock.zone === null) return date;
  const at = instantOf(date, clock);
  return at === null ? null : londonDate(at);
}

/** The instant that a time with an offset names; null without one. */
export function instantOf(date: IsoDate, clock: Clock | null): IsoInstant | null {
  if (clock === null || clock.zone === null) return null;
  const at = Date.parse(`${date}T${clock.time}${clock.zone}`);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

const DAY_MS = 86_400_000;
/** Excel believes in a 29 February 1900, day 60, so that every later day has one more than its count. */
const FALSE_LEAP_DAY = 60;

/**
 * Excel's day number, 1900 system (1 is 1 January 1900), its fraction as the time to the second. Null for the leap day
 * that never was, for day 0 and for what lies after the year 9999.
 */
export function excelDay(days: number): { readonly date: IsoDate; readonly time: string | null } | null {
  let whole = Math.floor(days);
  let seconds = Math.round((days - whole) * 86_400);
  if (seconds === 86_400) [whole, seconds] = [whole + 1, 0];
  if (whole < 1 || whole === FALSE_LEAP_DAY || whole > 2_958_465) return null;
  const since = whole < FALSE_LEAP_DAY ? whole : whole - 1;
  const date = new Date(Date.UTC(1899, 11, 31) + since * DAY_MS).toISOString().slice(0, 10);
  const time = new Date(seconds * 1000).toISOString().slice(11, 19);
  return { date, time: Number.isInteger(days) ? null : time };
}
