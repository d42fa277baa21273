/** One form, however a spreadsheet or another export spelled it when it came again. */
import { looseKey, splitVpd } from '../access/catalogue.ts';
import { londonDate, showInstant } from '../dates.ts';
import { readStaffNumber } from '../people/staff-number.ts';
import type { FormPerson, OneFormContent } from './request.ts';

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const QUOTE = '["\'`´‘’‚‛“”„‟]';
const WRAPPED = new RegExp(`^(?:=\\s*)?${QUOTE}+(.*?)${QUOTE}*$`, 'u');
/** `1.0042317E7` has every digit; `1.00E+07` was rounded, and stays the text it is. */
const EXPONENT = /^(\d)(?:\.(\d+))?E\+?0*(\d{1,2})$/;

/**
 * The normal form of a ticket's reference: equal for the spellings that spreadsheets make of one reference (lost leading zeros, `.0`,
 * thousands, an exponent without a lost digit, an apostrophe or `="…"`), and blind to case, to spaces round it and to the
 * kind of a dash. Zeros count in a reference that has letters: nobody takes `SR-007` for a number.
 */
export function referenceKey(written: string): string {
  const shown = written
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[\p{Pd}\u2212]/gu, '-');
  const trimmed = shown.trim();
  const plain = (WRAPPED.exec(trimmed)?.[1] ?? trimmed).replace(/\s+/gu, ' ').trim().toUpperCase();
  const digits = digitsOf(plain);
  return digits === null ? plain : digits.replace(/^0+(?=\d)/, '');
}

function digitsOf(text: string): string | null {
  const whole = text.replace(/\.0+$/, '');
  if (/^\d+$/.test(whole)) return whole;
  if (/^\d{1,3}(?:([, '])\d{3})(?:\1\d{3})*$/.test(whole)) return whole.replace(/\D/g, '');
  const exponent = EXPONENT.exec(text);
  if (!exponent) return null;
  const [, first = '', decimals = '', power = ''] = exponent;
  const places = Number(power);
  const kept = decimals.slice(0, places);
  if (kept.length < places || first === '0' || /[1-9]/.test(decimals.slice(places))) return null;
  return first + kept;
}

/** Whether two numbers that are not spelled alike surely mean one person's same post. */
export type SameNumber = (a: string, b: string) => boolean;

/**
 * The form with the earlier spelling of whatever is the same: what is left to differ is what somebody changed. `samePerson` is asked
 * of numbers that read as different digits, such as one that lost its zeros.
 */
export function spelledAs(
  before: OneFormContent,
  form: OneFormContent,
  samePerson: SameNumber = () => false,
): OneFormContent {
  const person = (one: FormPerson, earlier: FormPerson): FormPerson => ({
    number: numberAs(earlier.number, one.number, samePerson),
    name: textAs(earlier.name, one.name),
  });
  const { authorisation } = form;
  return {
    ...form,
    reference:
      referenceKey(form.reference) === referenceKey(before.reference) ? before.reference : form.reference,
    requester: person(form.requester, before.requester),
    beneficiary: person(form.beneficiary, before.beneficiary),
    lineManager: person(form.lineManager, before.lineManager),
    accessAsTyped:
      accessName(before.accessAsTyped) === accessName(form.accessAsTyped)
        ? before.accessAsTyped
        : form.accessAsTyped,
    justification: textAs(before.justification, form.justification) ?? form.justification,
    authorisation:
      authorisation && before.authorisation
        ? {
            by: authoriser(person(authorisation.by, before.authorisation.by), before.authorisation.by),
            on: sameDay(before.authorisation.on, authorisation.on)
              ? before.authorisation.on
              : authorisation.on,
          }
        : authorisation,
  };
}

/** As the catalogue reads it: with the VPD or without, in whatever case and with whatever marks. */
const accessName = (typed: string): string => looseKey(splitVpd(typed).name);

/** Whoever has the same number is the same person, however the name is written; without one the name is all there is. */
const authoriser = (one: FormPerson, earlier: FormPerson): FormPerson =>
  one.number !== null && one.number === earlier.number && one.name !== null ? earlier : one;

/** An export may leave out the time of day: then the day is all that can differ. */
function sameDay(earlier: string | null, now: string | null): boolean {
  if (earlier === null || now === null || londonDate(earlier) !== londonDate(now)) return false;
  return [earlier, now].some((at) => showInstant(at).endsWith('00:00'));
}

function numberAs(earlier: string | null, written: string | null, samePerson: SameNumber): string | null {
  if (earlier === null || written === null || earlier === written) return written;
  const [a, b] = [readStaffNumber(earlier), readStaffNumber(written)];
  if (a.kind === 'unknown' || b.kind === 'unknown') return written;
  if (a.post !== b.post || a.postWritten !== b.postWritten) return written;
  return a.number === b.number || samePerson(earlier, written) ? earlier : written;
}

function textAs<T extends string | null>(earlier: T, written: T): T {
  if (earlier === null || written === null) return written;
  return plainText(earlier) === plainText(written) ? earlier : written;
}

/** Spaces, line ends and the shapes of quotation marks are the exporting program's, not somebody's change. */
function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(/[‘’‚‛´`]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .replace(/\s+/gu, ' ')
    .trim();
}
