import { isBlankWord } from './date-text.ts';

const YES = new Set(['yes', 'y', 'true', '1', 'authorised', 'authorized', 'approved']);
const NO = new Set([
  ...['no', 'n', 'false', '0', 'pending', 'not authorised', 'not authorized', 'not approved'],
  ...['awaiting', 'rejected', 'declined', 'refused'],
]);

/** Whether a portal's word says yes; what is blank does not. Null where it says neither. */
export function saysYes(text: string): boolean | null {
  const word = text.trim().toLowerCase();
  if (YES.has(word)) return true;
  return isBlankWord(word) || NO.has(word) ? false : null;
}
