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

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 128;

export type PasswordVerdict =
  | { readonly ok: true }
  | { readonly ok: false; readonly sentences: readonly string[] };

export function judgePassword(_question: PasswordQuestion): PasswordVerdict {
  throw new Error('not written yet');
}
