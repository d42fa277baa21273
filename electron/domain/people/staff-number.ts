/**
 * Reads an employee or assignment number as people and spreadsheets write it. Strict: a text that could be two numbers is unknown,
 * since a number that is guessed names another person (domain.md, Identifiers).
 */

export type StaffNumber =
  | {
      readonly kind: 'number';
      /** Digits; leading zeros as they were written. */
      readonly number: string;
      /** ESR numbers a person's assignments from 1; the first is written without a suffix. */
      readonly post: number;
      /** Whether the suffix was written: without one the number means the person, or the first post, and nobody can tell which. */
      readonly postWritten: boolean;
    }
  /** One sentence, which quotes no more than a line of what was written. */
  | { readonly kind: 'unknown'; readonly why: string };

/** Employee numbers are of 8 digits; files of 2020 to 2023 had 9 (domain.md). Others are read and fit only whom the register knows. */
export const EMPLOYEE_NUMBER_LENGTHS: readonly number[] = [8, 9];
/** A smartcard UUID has 12; more is not the number of a person. */
const MOST_DIGITS = 12;

/** Marks that are not seen: zero-width spaces and joiners, direction marks, variation selectors, the byte order mark. */
const INVISIBLE = /(?!\u00ad)\p{Default_Ignorable_Code_Point}/gu;
/** Every dash; the soft hyphen is shown as one by the editors that these files come from. */
const DASH = /[\p{Pd}\u00ad\u02d7\u2043\u2212\u2796]/gu;
const FULL_WIDTH = /[\uff0c\uff0e\uff07\uff1d\uff02\uff10-\uff19]/g;
const QUOTE = '["\'`´‘’‚‛“”„‟ʼʹ′]';
const FORMULA = /^=\s*(?:"([^"]*)"|(\S+))$/;
const QUOTED = new RegExp(`^${QUOTE}(.*)${QUOTE}$`, 'u');
const APOSTROPHE = new RegExp(`^${QUOTE}`, 'u');
const SUFFIX = /^(.*?)\s*-\s*0?([1-9]|[1-9]\d)$/;
const EXPONENT = /^(\d)(?:[.,](\d+))?[eE]\+?0*(\d{1,2})$/;

export function readStaffNumber(written: string | null): StaffNumber {
  // As ESR itself writes it, which nearly every row of a file does.
  if (written !== null && /^[1-9]\d{7}$/.test(written)) {
    return { kind: 'number', number: written, post: 1, postWritten: false };
  }
  const shown = (written ?? '').replace(INVISIBLE, '').trim();
  if (shown === '') return unknown('No number is written.');
  const plain = unwrapped(shown.replace(FULL_WIDTH, halfWidth).replace(DASH, '-'));
  const [, body = plain, suffix] = SUFFIX.exec(plain) ?? [];
  const number = digitsOf(body.trim());
  if (number === null) return unknown(`“${quotable(shown)}” cannot be read surely as an ESR number.`);
  if (number.length > MOST_DIGITS)
    return unknown(`“${quotable(shown)}” is longer than an ESR number can be.`);
  if (/^0+$/.test(number)) return unknown(`“${quotable(shown)}” is all zeros, which is nobody’s number.`);
  return {
    kind: 'number',
    number,
    post: suffix === undefined ? 1 : Number(suffix),
    postWritten: suffix !== undefined,
  };
}

/** What an employee number looks like: of another length it is believed only where the register knows it. */
export function hasEmployeeNumberLength(number: string): boolean {
  return EMPLOYEE_NUMBER_LENGTHS.includes(number.length);
}

/** `="90000002"`, `'90000002`, `"90000002"` → `90000002`. */
function unwrapped(text: string): string {
  const formula = FORMULA.exec(text);
  const inner = (formula?.[1] ?? formula?.[2] ?? text).trim();
  const quoted = QUOTED.exec(inner);
  return (quoted?.[1] ?? inner.replace(APOSTROPHE, '')).trim();
}

/** Null where a digit may have been lost, or where the digits may be more than one number. */
function digitsOf(text: string): string | null {
  if (/^\d+$/.test(text)) return text;
  return fromExponent(text) ?? fromDecimal(text) ?? fromGroups(text);
}

/** `1.0000002E7` has every digit; `1.00E+07` was rounded to three. */
function fromExponent(text: string): string | null {
  const match = EXPONENT.exec(text);
  if (!match) return null;
  const [, first = '', decimals = '', power = '0'] = match;
  const whole = Number(power);
  if (decimals.length < whole || first === '0') return null;
  return /^0*$/.test(decimals.slice(whole)) ? first + decimals.slice(0, whole) : null;
}

/** `90000002.0`. After a comma three zeros would be thousands, and so would they after a point of a short number. */
function fromDecimal(text: string): string | null {
  const match = /^(\d+|\d{1,3}(?:,\d{3})+)\.(0+)$/.exec(text) ?? /^(\d+)(?:,)(0{1,2})$/.exec(text);
  if (!match) return null;
  const [, whole = '', zeros = ''] = match;
  return zeros.length === 3 && whole.length <= 3 ? null : whole.replace(/,/g, '');
}

const SEPARATORS = [',', '.', "'", '’', '\\s'] as const;

/**
 * Thousands (`90,000,002`, `90 000 002`), and spaces between groups of one size (`9000 0002`). Other spaces may stand where a dash
 * was meant (`10000002 2`): read as one number, that would be another person's.
 */
function fromGroups(text: string): string | null {
  for (const separator of SEPARATORS) {
    const match = new RegExp(`^\\d{1,3}(?:${separator === '.' ? '\\.' : separator}\\d{3})+$`).exec(text);
    // One group alone after a point or a comma may be decimals.
    const surely = separator === '\\s' || separator === "'" || separator === '’' || text.length > 7;
    if (match && surely) return text.replace(/\D/g, '');
  }
  const groups = text.split(/\s/);
  const size = groups[0]?.length ?? 0;
  const even = (size === 2 || size === 4) && groups.length > 1;
  const alike = groups.every((group) => group.length === size && /^\d+$/.test(group));
  return even && alike ? groups.join('') : null;
}

function halfWidth(character: string): string {
  return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
}

/** One short line for a sentence on the screen. */
function quotable(text: string): string {
  const line = text.replace(/[\p{Cc}\s]+/gu, ' ');
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}

function unknown(why: string): StaffNumber {
  return { kind: 'unknown', why };
}
