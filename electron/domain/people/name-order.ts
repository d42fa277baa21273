import { rememberTexts } from './remember-texts.ts';
import { foldText } from './search-words.ts';

/** Comes before every letter and digit, so that `Smith Zoe` stands before `Smithson Anna`. */
const BETWEEN = '\u0001';
const DIGITS = /^\d+$/;
const NOTHING_SPOKEN = /[^\p{L}\p{N}\s-]+/gu;

/**
 * What names are put in order by, compared byte by byte: letters without accents or case; `O'Brien` as obrien; a hyphen as a
 * space, and a space before any letter (BS 1749: nothing comes before something). A particle written in front stands in front, as in
 * ESR's own lists: van der Berg under V. Mc and Mac are spelled as they are. Empty parts come first.
 */
export function nameOrder(...parts: readonly (string | null)[]): string {
  return parts.map((part) => orderOfPart(part ?? '')).join(BETWEEN);
}

/** `nameOrder` for many people one after the other. */
export function nameOrderOfMany(): typeof nameOrder {
  const orderOf = rememberTexts(orderOfPart);
  return (...parts) =>
    // A number is nobody else's.
    parts.map((part) => (DIGITS.test(part ?? '') ? part : orderOf(part ?? ''))).join(BETWEEN);
}

const orderOfPart = (part: string): string =>
  foldText(part)
    .replace(NOTHING_SPOKEN, '')
    .replace(/[\s-]+/g, ' ')
    .trim();
