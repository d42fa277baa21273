/** The last key at the password form. */
export interface Typed {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly holdsPassword: boolean;
}

const STILL_AT_IT_MS = 5_000;

/**
 * Whether somebody is at the password form: a password stands in it, or something was typed just now. The next letters of a username
 * would go into the passcode's field, and Enter would spend a try.
 */
export const isTyping = (last: Typed | null, now: number): boolean =>
  last !== null && (last.holdsPassword || now - last.at < STILL_AT_IT_MS);
