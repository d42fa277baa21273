import { BRITISH, type DateForm, END_OF_TIME, readDateCell, type ToInstant } from './date-column.ts';
import { isoDate } from './date-text.ts';

/**
 * The date forms met in ESR's files and in sites' exports, read strictly: a date that does not exist is no date.
 * ESR and the Service Desk write Europe/London wall-clock times, so a time is returned as local text and turned
 * into an instant by a `ToInstant` the caller passes in.
 */

export interface LocalMoment {
  /** ISO date. */
  readonly date: string;
  /** `HH:mm:ss`, or null where the source gives a date alone. */
  readonly time: string | null;
  /** The instant itself where the source wrote an offset or Z. */
  readonly instant: string | null;
}

export { END_OF_TIME, type ToInstant };

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

/**
 * A date that stands alone, with or without a time. Where no column says how it is written it is read as a British one:
 * day before month, and a two-digit year is no date. The end of time is a date here. Null where it is none.
 */
export function parseSourceMoment(text: string, form: DateForm = BRITISH): LocalMoment | null {
  const cell = readDateCell(text, form);
  switch (cell.kind) {
    case 'date':
      return { date: cell.date, time: cell.time, instant: cell.instant };
    case 'no-end':
      return { date: END_OF_TIME, time: null, instant: null };
    case 'blank':
    case 'fault':
      return null;
    default:
      return cell satisfies never;
  }
}

/** A source's date without its time, ISO, or null. */
export function parseSourceDate(text: string): string | null {
  return parseSourceMoment(text)?.date ?? null;
}

/** A source's time as an instant; a date alone counts from its first minute. Null where it is no date. */
export function parseSourceInstant(text: string, toInstant: ToInstant): string | null {
  const moment = parseSourceMoment(text);
  return moment === null ? null : momentInstant(moment, toInstant);
}

/** A date alone counts from its first minute: nothing may prove more than it can have seen. */
export function momentInstant(moment: LocalMoment, toInstant: ToInstant): string {
  return moment.instant ?? toInstant(`${moment.date}T${moment.time ?? '00:00:00'}`);
}
