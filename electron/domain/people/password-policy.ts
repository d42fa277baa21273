/**
 * What a password must be, as the NCSC advises: long enough, not guessable, on no list of stolen ones, and never changed for its age
 * alone. Score and list are looked up by the caller and passed in.
 */

export interface PasswordQuestion {
  readonly password: string;
  readonly username: string;
  readonly trustName: string;
  /** 0 to 4. */
  readonly score: number;
  /** On a list of stolen passwords, as it is or with figures at its end. */
  readonly stolen: boolean;
  /** Default 3. */
  readonly minimumScore?: number;
}

/** In characters as a reader counts them, not in bytes. */
export const PASSWORD_MIN = 12;
/** A ceiling, so that nobody can make the key derivation chew on a book. */
export const PASSWORD_MAX = 128;
const DEFAULT_MINIMUM_SCORE = 3;
/** A username of one or two letters is in nearly every password. */
const SHORTEST_NAME = 3;
/** What everybody here would try first. */
const KNOWN_WORDS = ['esr', 'nhs', 'trust'];

export type PasswordVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly sentences: readonly string[] };

/** Everything that is wrong with it, one plain sentence each; none repeats the password. */
export function judgePassword(question: PasswordQuestion): PasswordVerdict {
  const { password, username, trustName, score, stolen, minimumScore = DEFAULT_MINIMUM_SCORE } = question;
  const length = [...password].length;
  const sentences: string[] = [];
  if (length < PASSWORD_MIN)
    sentences.push(`Use at least ${PASSWORD_MIN} characters; three or four words do well.`);
  if (length > PASSWORD_MAX) sentences.push(`Use at most ${PASSWORD_MAX} characters.`);
  const named = [
    contains(password, username) && 'Leave your username out of it.',
    contains(password, trustName) && "Leave the trust's name out of it.",
  ].filter((sentence) => sentence !== false);
  sentences.push(...named);
  if (named.length === 0 && isMadeOfNames(password, `${username} ${trustName}`)) {
    sentences.push(
      'It is made of names that everybody here knows: choose words that have nothing to do with work.',
    );
  }
  if (stolen) {
    sentences.push(
      'This password is on lists of stolen passwords, or is one of them with something added at its end. Choose three or four words of your own.',
    );
  }
  // Below the shortest length, and of a stolen one, the score only says the same thing twice.
  if (score < minimumScore && length >= PASSWORD_MIN && !stolen) {
    sentences.push('It is too easy to guess: add another word that has nothing to do with the first.');
  }
  return sentences.length === 0 ? { ok: true } : { ok: false, sentences };
}

/** Spaces, punctuation and case do not hide a name. */
function contains(password: string, name: string): boolean {
  const bare = plain(name);
  return [...bare].length >= SHORTEST_NAME && plain(password).includes(bare);
}

/** Is nothing left of it without its figures and the words of the names, `esr` and `nhs`, however often they are there? */
function isMadeOfNames(password: string, names: string): boolean {
  const letters = (text: string): string => plain(text).replace(/\p{N}+/gu, '');
  const words = names.split(/[^\p{L}\p{N}]+/u).map(letters);
  const known = [letters(names), ...words, ...KNOWN_WORDS].filter((word) => word.length >= 2);
  const base = letters(password);
  // From each place that words reach, on to the next: a pattern of alternatives could be made to take for ever.
  const reached = new Set([0]);
  for (let from = 0; from < base.length; from += 1) {
    if (!reached.has(from)) continue;
    for (const word of known) if (base.startsWith(word, from)) reached.add(from + word.length);
  }
  return base.length > 0 && reached.has(base.length);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
