import { rememberTexts } from './remember-texts.ts';

/**
 * How people are found and put in order. One way of reading words serves both what is written into the index and what is typed,
 * so that a name is found as any screen shows it, and without what a keyboard lacks (docs/decisions/0025-finding-people.md).
 */

/** Letters that NFKD leaves whole, as people type them who have not got them. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'ng',
  ə: 'e',
  ĸ: 'k',
};
/** The other way in which these are written out: Müller as Mueller, Sørensen as Soerensen. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  ø: 'oe',
  å: 'aa',
  þ: 'th',
  ð: 'th',
};
const PLAIN_LETTER = /[øłđðþßæœıħŧŋəĸ]/g;
const WRITTEN_OUT_LETTER = /[äöüøåþð]/g;

/** Marks that join the parts of one name, in whatever spelling a form, ESR or a mail program gives them. */
const APOSTROPHES = "'’‘‛ʼʻʽʹˈ`´′＇";
const DASHES = '‐‑‒–—―−﹘﹣－\u00ad';
const APOSTROPHE = new RegExp(`[${APOSTROPHES}]`, 'g');
const DASH = new RegExp(`[${DASHES}]`, 'g');

const WORD = /[\p{L}\p{N}]+/gu;
/** The same of a folded text without anything beyond ASCII, at a fraction of the time. */
const ASCII_WORD = /[A-Za-z0-9]+/g;
const PLAIN_NUMBER = /^[1-9]\d*$/;
const PLAIN_ASCII = /^[ -~]*$/;

/** Lower case, without accents, full-width forms, invisible marks and letters that a British keyboard lacks. */
export function foldText(text: string): string {
  if (PLAIN_ASCII.test(text)) return text.toLowerCase();
  return (
    text
      // Before the accents go: NFKD makes a space and an accent of an acute accent that stands alone.
      .replace(APOSTROPHE, "'")
      .replace(DASH, '-')
      .replace(/\p{Cf}/gu, '')
      .toLowerCase()
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .replace(PLAIN_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter)
  );
}

const writtenOut = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(WRITTEN_OUT_LETTER, (letter) => WRITTEN_OUT[letter] ?? letter);

/** The words of a text, folded, in its order. Apostrophes, dashes, commas and stops part words. */
export function searchWords(text: string): readonly string[] {
  return wordsIn(foldText(text));
}

const wordsIn = (folded: string): readonly string[] =>
  folded.match(PLAIN_ASCII.test(folded) ? ASCII_WORD : WORD) ?? [];

/**
 * What the index holds of one field: from the start of each word to the end of the field, without what parts the words. Every
 * word is the beginning of one of them, and so is every way of writing neighbouring words as one: `OBrien`, `vanderberg`.
 */
export function fieldWords(field: string): readonly string[] {
  const words = searchWords(field);
  const found = joinedFromEachWord(words);
  const saints = words.map((word) => SAINT[word] ?? word);
  const isSaint = saints.some((word, at) => word !== words[at]);
  if (PLAIN_ASCII.test(field) && !isSaint) return found;
  const other = PLAIN_ASCII.test(field) ? [] : joinedFromEachWord(searchWords(writtenOut(field)));
  return [...new Set([...found, ...other, ...(isSaint ? joinedFromEachWord(saints) : [])])];
}

/** St. John and Saint John are one name. */
const SAINT: Readonly<Record<string, string>> = { st: 'saint', saint: 'st' };

function joinedFromEachWord(words: readonly string[]): readonly string[] {
  if (words.length === 1) return words;
  const found: string[] = [];
  let joined = '';
  for (let at = words.length - 1; at >= 0; at -= 1) {
    joined = `${words[at]}${joined}`;
    found.unshift(joined);
  }
  return found;
}

/** What is looked for whole or not at all begins with a mark that no word of a text begins with. */
const WHOLE_ONLY = '\ue000';

/** What is known of one person; every name and number that is or was theirs. Accounts are found by the holdings themselves. */
export interface FindablePerson {
  /** Each name by itself: last, first, middle, preferred, former ones. */
  readonly names: readonly string[];
  /** Employee and assignment numbers, present and past. */
  readonly numbers: readonly string[];
  readonly emails: readonly string[];
  readonly smartcardUuids: readonly string[];
}

/** How the texts are read of which many people have the same. */
interface SharedTexts {
  readonly nameWords: (name: string) => readonly string[];
  /** What is behind the name in an address, folded. */
  readonly domainWord: (folded: string) => string;
}

/** Every word by which a person is found, each once. What is left out is not known. */
export function personWords(
  person: Partial<FindablePerson>,
  shared: SharedTexts = { nameWords: fieldWords, domainWord },
): readonly string[] {
  // So few that looking through them is quicker than hashing each.
  const words: string[] = [];
  const add = (found: readonly string[]) => {
    for (const word of found) if (!words.includes(word)) words.push(word);
  };
  for (const name of person.names ?? []) add(shared.nameWords(name));
  for (const number of person.numbers ?? []) add(numberWords(number));
  for (const email of person.emails ?? []) add(emailWords(email, shared));
  for (const uuid of person.smartcardUuids ?? [])
    add(numberWords(uuid).map((word) => `${WHOLE_ONLY}${word}`));
  return words;
}

/** `personWords` for many people one after the other. */
export function personWordsOfMany(): (person: Partial<FindablePerson>) => readonly string[] {
  const shared = { nameWords: rememberTexts(fieldWords), domainWord: rememberTexts(domainWord) };
  return (person) => personWords(person, shared);
}

/** An assignment number is one word without its dash. Zeros that a spreadsheet took off in front need not be typed. */
function numberWords(number: string): readonly string[] {
  if (PLAIN_NUMBER.test(number)) return [number];
  const joined = searchWords(number).join('');
  const short = joined.replace(/^0+(?=.)/, '');
  return short === joined ? [joined] : [joined, short];
}

/** ESR's user names begin with the trust's VPD, which everybody's shares: found with it and without it. */
export const withoutVpd = (word: string): string => word.replace(/^\d{3}(?=\p{L})/u, '');

/** From each word before the `@` to the end: everybody shares what is behind it. */
function emailWords(email: string, shared: SharedTexts): readonly string[] {
  const folded = foldText(email);
  const at = folded.indexOf('@');
  if (at === -1) return joinedFromEachWord(wordsIn(folded));
  const domain = shared.domainWord(folded.slice(at));
  return joinedFromEachWord(wordsIn(folded.slice(0, at))).map((word) => `${word}${domain}`);
}

const domainWord = (folded: string): string => wordsIn(folded).join('');

/** One word that must be found, as any of these; `whole` ones not as a beginning. */
export interface AskedWord {
  readonly begins: readonly string[];
  readonly whole: readonly string[];
}

/** Words of a form of address. They say nothing of who is meant, and the register's may be another. */
const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor']);
const MOST_WORDS = 10;
const MOST_JOINED = 4;
const NUMBER = /^['=\s"]*(\d[\d,\s]*)(?:\.0+)?["\s]*$/;
const POST_NUMBER = /^(\d{5,})\s*-\s*0*(\d{1,3})$/;
const CARD_DIGITS = 12;

/**
 * What is asked for by a typed text: each of the answer's words must be found of the same person, in any order and place. Empty
 * where the text holds no word. Never narrower than the text: a person found by a text is found by every beginning of it.
 */
export function askedWords(text: string): readonly AskedWord[] {
  const folded = foldText(text);
  const number = askedNumber(folded.trim());
  if (number !== null) return [number];
  const words = tokensOf(folded).slice(0, MOST_WORDS);
  const named = words.filter((word) => !TITLES.has(word));
  const asked = named.length === 0 ? words : named;
  const other = otherSpelling(text, asked.length);
  return asked.map((word, at) => {
    const begins = new Set([...joinedAround(asked, at), ...(other === null ? [] : joinedAround(other, at))]);
    const card = word.length === CARD_DIGITS && /^\d+$/.test(word);
    return { begins: [...begins], whole: card ? [`${WHOLE_ONLY}${word}`] : [] };
  });
}

/** A number as ESR, Excel or a mail writes it: `23,021,359`, `23021359.0`, `23021359–2`. Null where there is more than one. */
function askedNumber(folded: string): AskedWord | null {
  const post = POST_NUMBER.exec(folded);
  if (post !== null) {
    const [, number = '', suffix = ''] = post;
    // The first post has no suffix of its own in ESR, though people write it.
    return suffix === '1'
      ? { begins: [`${number}${suffix}`], whole: [number] }
      : { begins: [`${number}${suffix}`], whole: [] };
  }
  const digits = NUMBER.exec(folded)?.[1]?.replace(/[,\s]/g, '');
  if (digits === undefined || digits.length > CARD_DIGITS) return null;
  return { begins: [digits], whole: digits.length === CARD_DIGITS ? [`${WHOLE_ONLY}${digits}`] : [] };
}

/** Words, with assignment numbers, mail addresses and user names each as the index has them. */
function tokensOf(folded: string): readonly string[] {
  return folded.split(/[\s,;()]+/).flatMap((piece) => {
    const post = POST_NUMBER.exec(piece);
    if (post !== null) return [post[2] === '1' ? (post[1] ?? '') : `${post[1]}${post[2]}`];
    const words = piece.match(WORD) ?? [];
    return piece.includes('@') ? [words.join('')].filter(Boolean) : words;
  });
}

/** The same words with ä, ö, ü and the like written out; null where there are none. */
function otherSpelling(text: string, count: number): readonly string[] | null {
  if (PLAIN_ASCII.test(text)) return null;
  const words = tokensOf(foldText(writtenOut(text))).filter((word) => !TITLES.has(word));
  return words.length === count ? words : null;
}

/** The word by itself, and every run of neighbours written as one that it is part of. */
function joinedAround(words: readonly string[], at: number): readonly string[] {
  const found = [words[at] ?? ''];
  for (let from = Math.max(0, at - MOST_JOINED + 1); from <= at; from += 1) {
    for (let to = Math.max(at, from + 1); to < Math.min(words.length, from + MOST_JOINED); to += 1) {
      found.push(words.slice(from, to + 1).join(''));
    }
  }
  return found;
}
