/**
 * Which person something is about. Rules about people compare keys, never the spelling of a number; what cannot be compared has not
 * been separated (domain.md, Identifiers). Records keep what was written; a key is worked out when it is needed, so that a renumbering
 * or a merge rewrites nothing.
 */
import { hasEmployeeNumberLength, readStaffNumber } from './staff-number.ts';

declare const brand: unique symbol;
/**
 * `esr:<PersonId>` whom the register knows, canonical over records of one person; `no:<number>` a surely read employee number that
 * the register does not know; `user:<USERNAME>` an ESR account of which nobody knows the person.
 */
export type PersonKey = string & { readonly [brand]: 'PersonKey' };

export type PersonAnswer =
  | {
      readonly kind: 'person';
      readonly key: PersonKey;
      /** The post that was named (`…-2` → 2); null where none was. */
      readonly post: number | null;
      /** Others who may be the same: ESR gives both one smartcard or NHS unique id, and they seem to be two people. */
      readonly mayBe?: readonly PersonKey[];
    }
  /** One sentence: what could not be read or told. The next step is whoever's who asks: a form is returned, an account is mended. */
  | { readonly kind: 'unknown'; readonly why: string };

export const esrKey = (personId: string): PersonKey => `esr:${personId}` as PersonKey;
/** Leading zeros are what spreadsheets lose, so they tell nobody apart whom the register does not know. */
export const numberKey = (number: string): PersonKey => `no:${number.replace(/^0+(?=\d)/, '')}` as PersonKey;
export const userKey = (username: string): PersonKey => `user:${plainUsername(username)}` as PersonKey;

/** The PersonId of somebody whom the register knows; null for the other kinds. */
export const personIdOf = (key: PersonKey): string | null => (key.startsWith('esr:') ? key.slice(4) : null);

/** ESR writes user names in capitals; files come with spaces and marks around them. */
export function plainUsername(username: string): string {
  return username
    .replace(/[\p{Cf}\s]+/gu, '')
    .toUpperCase()
    .slice(0, 100);
}

/**
 * Whom a request was matched to: the number that ESR had for them then, and its PersonId, which nobody else ever gets. A number
 * can change hands.
 */
export interface Matched {
  readonly beneficiary: string | null;
  /** Absent in older requests: then the number says it. */
  readonly personId?: string | null;
}

/** Answers for any name of a person as it was written; how, only the register knows. */
export type WhoReader = (written: string | null) => PersonAnswer;

export type Sameness = 'same' | 'different' | 'unsure';

/** `unsure` is a refusal wherever two people are needed. */
export function comparePeople(a: PersonAnswer, b: PersonAnswer): Sameness {
  if (a.kind === 'unknown' || b.kind === 'unknown') return 'unsure';
  if (a.key === b.key) return 'same';
  if (a.mayBe?.includes(b.key) || b.mayBe?.includes(a.key)) return 'unsure';
  // An account without a person may be anybody's.
  return isAccount(a.key) || isAccount(b.key) ? 'unsure' : 'different';
}

export const surelySame = (a: PersonAnswer, b: PersonAnswer): boolean => comparePeople(a, b) === 'same';

const isAccount = (key: PersonKey): boolean => key.startsWith('user:');

/** Why a number that can be read and is of an odd length names nobody. */
export const nobodyHas = (number: string): string =>
  `Nobody in the register has the number ${number}, and it is not of the length of an employee number.`;

/** As far as a number goes alone, without a register. */
export function personByNumber(written: string | null): PersonAnswer {
  const read = readStaffNumber(written);
  if (read.kind === 'unknown') {
    return read;
  }
  if (!hasEmployeeNumberLength(read.number)) {
    return { kind: 'unknown', why: nobodyHas(read.number) };
  }
  return { kind: 'person', key: numberKey(read.number), post: read.postWritten ? read.post : null };
}

/** Every question of a decision by numbers alone: for tests, and where there is no register. */
export const byNumberAlone = {
  written: personByNumber,
  matched: ({ beneficiary }: Matched): PersonAnswer => personByNumber(beneficiary),
  account: ({ employeeNumber }: { readonly employeeNumber: string | null }): PersonAnswer =>
    personByNumber(employeeNumber),
} as const;
