import { esrDate, ukDate } from './dates.ts';
import { type DateSpelling, NUMBER_SPELLINGS, type NumberSpelling } from './options.ts';

/** A day as an export or a spreadsheet has it; blank stays blank. */
export function writeDay(iso: string, spelling: DateSpelling): string {
  if (iso === '') return '';
  switch (spelling) {
    case 'esr':
      return esrDate(iso);
    case 'oracle':
      return esrDate(iso)
        .toUpperCase()
        .replace(/-\d\d(\d\d)$/, '-$1');
    case 'day-first':
      return ukDate(iso);
    case 'iso':
      return iso;
    case 'serial':
      // Excel counts from 1900 and takes that year for a leap year.
      return String(Date.parse(iso) / 86_400_000 + 25_569);
  }
}

/** A number as spreadsheets leave it; `turn` chooses where each row has another spelling. */
export function writeNumber(number: string, spelling: NumberSpelling, turn: number): string {
  switch (spelling) {
    case 'plain':
      return number;
    case 'decimal':
      return `${number}.0`;
    case 'thousands':
      return number.replace(/\B(?=(\d{3})+$)/g, ',');
    case 'apostrophe':
      return `'${number}`;
    case 'formula':
      return `="${number}"`;
    case 'spaced':
      return ` ${number}\u00a0`;
    case 'mixed': {
      const each = NUMBER_SPELLINGS.filter((one) => one !== 'mixed');
      return writeNumber(number, each[turn % each.length] ?? 'plain', turn);
    }
  }
}
