/**
 * The date forms met in ESR's files and in sites' exports, read strictly: a date that does not exist is no date.
 * ESR and the Service Desk write Europe/London wall-clock times, so a time is returned as local text and turned
 * into an instant by a `ToInstant` the caller passes in.
 */

/** `local` is `YYYY-MM-DDTHH:mm:ss`, Europe/London. Returns an ISO UTC instant. */
export type ToInstant = (local: string) => string;

export interface LocalMoment {
  /** ISO date. */
  readonly date: string;
  /** `HH:mm:ss`, or null where the source gives a date alone. */
  readonly time: string | null;
  /** The instant itself where the source wrote an offset or Z. */
  readonly instant: string | null;
}

/** ESR writes this date for "no end". */
export const END_OF_TIME = '4712-12-31';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

function isoDate(year: number, month: number, day: number): string | null {
  if (year < 1900 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** `yyyyMMdd` → ISO date, or null. */
export function parseGoDate(text: string): string | null {
  if (text.length !== 8) return null;
  for (let i = 0; i < 8; i++) {
    const c = text.charCodeAt(i);
    if (c < 48 || c > 57) return null;
  }
  const month = Number(text.slice(4, 6));
  const day = Number(text.slice(6, 8));
  if (day <= 28) {
    // The common case without arithmetic on leap years: a full file holds a million dates.
    if (month < 1 || month > 12 || day < 1 || text < '19000101') return null;
    return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
  }
  return isoDate(Number(text.slice(0, 4)), month, day);
}

/** `yyyyMMdd HHmmss`, Europe/London → `YYYY-MM-DDTHH:mm:ss`, or null. */
export function parseGoTimestamp(text: string): string | null {
  const match = /^(\d{8}) (\d{2})(\d{2})(\d{2})$/.exec(text);
  if (!match) return null;
  const date = parseGoDate(match[1] ?? '');
  const time = isoTime(match[2], match[3], match[4]);
  return date && time ? `${date}T${time}` : null;
}

function isoTime(h: string | undefined, m: string | undefined, s: string | undefined): string | null {
  const [hours, minutes, seconds] = [Number(h), Number(m), Number(s ?? '0')];
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return [hours, minutes, seconds].map((n) => String(n).padStart(2, '0')).join(':');
}

const DATE_FORMS: readonly { readonly form: RegExp; readonly read: (m: RegExpExecArray) => string | null }[] =
  [
    {
      form: /^(\d{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ](\d{4})(?![\d])/,
      read: (m) => isoDate(Number(m[3]), MONTHS.indexOf((m[2] ?? '').toLowerCase()) + 1, Number(m[1])),
    },
    {
      form: /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/,
      read: (m) => isoDate(Number(m[3]), Number(m[2]), Number(m[1])),
    },
    {
      form: /^(\d{4})-(\d{2})-(\d{2})(?!\d)/,
      read: (m) => isoDate(Number(m[1]), Number(m[2]), Number(m[3])),
    },
  ];

const TIME_FORM = /^(?:[T ,]\s*)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?\s*(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * `dd-MMM-yyyy`, `dd/MM/yyyy` or ISO, each with or without a time. Day before month always: these are British
 * files, and `03/04/2026` is the 3rd of April. A two-digit year is no date, because it cannot be told apart.
 */
export function parseSourceMoment(text: string): LocalMoment | null {
  const trimmed = text.trim();
  for (const { form, read } of DATE_FORMS) {
    const match = form.exec(trimmed);
    if (!match) continue;
    const date = read(match);
    if (!date) return null;
    return withTime(date, trimmed.slice(match[0].length));
  }
  return null;
}

function withTime(date: string, rest: string): LocalMoment | null {
  if (rest === '') return { date, time: null, instant: null };
  const match = TIME_FORM.exec(rest);
  if (!match) return null;
  const time = isoTime(match[1], match[2], match[3]);
  if (!time) return null;
  if (match[4] === undefined) return { date, time, instant: null };
  const at = Date.parse(`${date}T${time}${offset(match[4])}`);
  return Number.isNaN(at) ? null : { date, time, instant: new Date(at).toISOString() };
}

function offset(text: string): string {
  return text === 'Z' || text.includes(':') ? text : `${text.slice(0, 3)}:${text.slice(3)}`;
}

/** A source's date without its time, ISO, or null. */
export function parseSourceDate(text: string): string | null {
  return parseSourceMoment(text)?.date ?? null;
}

/** A source's time as an instant; a date alone counts from its first minute. Null where it is no date. */
export function parseSourceInstant(text: string, toInstant: ToInstant): string | null {
  const moment = parseSourceMoment(text);
  if (!moment) return null;
  return moment.instant ?? toInstant(`${moment.date}T${moment.time ?? '00:00:00'}`);
}

/** Finds "Run date: 02-Nov-2026 07:15" in the title rows above a header: when the extract was taken. */
export function suggestTakenAt(titleRows: readonly (readonly string[])[]): LocalMoment | null {
  const found =
    /\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{4}[ ,T]*[\d:]*|\d{1,2}\/\d{1,2}\/\d{4}[ ,T]*[\d:]*|\d{4}-\d{2}-\d{2}[ T]*[\d:.Z]*/;
  const labelled = titleRows.filter((row) =>
    /run|date|taken|extract|report|export|as at|generated|printed/i.test(row.join(' ')),
  );
  for (const row of labelled) {
    const match = found.exec(row.join(' '));
    const moment = match ? parseSourceMoment(match[0]) : null;
    if (moment) return moment;
  }
  return null;
}
