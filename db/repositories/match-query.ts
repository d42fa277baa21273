import { type AskedWord, askedWords } from '../../electron/domain/people/search-words.ts';

/**
 * A typed text as FTS5 asks for it; null where it holds no word, which finds nobody. Words hold letters and digits only and stand in
 * quotation marks, so nothing that is typed is read as syntax.
 */
export function matchQuery(text: string): string | null {
  const asked = askedWords(text);
  return asked.length === 0 ? null : asked.map(anyOf).join(' AND ');
}

const anyOf = ({ begins, whole }: AskedWord): string => {
  const terms = [...begins.map((word) => `"${word}"*`), ...whole.map((word) => `"${word}"`)];
  return terms.length === 1 ? terms.join('') : `(${terms.join(' OR ')})`;
};
