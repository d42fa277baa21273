/** What a password must be. The strength score is worked out by the caller (zxcvbn) and passed in. */

export interface PasswordQuestion {
  readonly password: string;
  readonly username: string;
  readonly trustName: string;
  /** 0 to 4. */
  readonly score: number;
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

export type PasswordVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly sentences: readonly string[] };

/** Everything that is wrong with it, one plain sentence each; none repeats the password. */
export function judgePassword(question: PasswordQuestion): PasswordVerdict {
  const { password, username, trustName, score, minimumScore = DEFAULT_MINIMUM_SCORE } = question;
  const length = [...password].length;
  const sentences: string[] = [];
  if (length < PASSWORD_MIN)
    sentences.push(`Use at least ${PASSWORD_MIN} characters; three or four words do well.`);
  if (length > PASSWORD_MAX) sentences.push(`Use at most ${PASSWORD_MAX} characters.`);
  if (contains(password, username)) sentences.push('Leave your username out of it.');
  if (contains(password, trustName)) sentences.push("Leave the trust's name out of it.");
  // Below the shortest length the score only says the same thing twice.
  if (score < minimumScore && length >= PASSWORD_MIN) {
    sentences.push('It is too easy to guess: add another word that has nothing to do with the first.');
  }
  return sentences.length === 0 ? { ok: true } : { ok: false, sentences };
}

/** Spaces, punctuation and case do not hide a name. */
function contains(password: string, name: string): boolean {
  const bare = plain(name);
  return [...bare].length >= SHORTEST_NAME && plain(password).includes(bare);
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
