import type { IsoInstant } from '../../domain/dates.ts';
import type { Matched, PersonAnswer, PersonKey } from '../../domain/people/person-key.ts';
import { readStaffNumber } from '../../domain/people/staff-number.ts';
import type { WhoResolver } from '../../domain/requests/transitions.ts';

/** The one place that answers which person a name is: `db/repositories/who-is-who.repository.ts` implements it over the register. */
export interface WhoIsWho {
  /**
   * By employee number present or past, assignment number, confirmed user name, smartcard UUID or NHS unique id, however it is
   * written. An indexed look-up of some 20 µs.
   */
  readonly personOf: (written: string | null) => PersonAnswer;
  /** Whom a request was matched to: by PersonId where the register knows it, else by the number. */
  readonly matched: (matched: Matched) => PersonAnswer;
  /** Whoever an account of this program is: by its employee number and its card; unknown where the two are of two people. */
  readonly personOfAccount: (account: AccountNames) => PersonAnswer;
  /** As `personOfAccount`, with the account looked up; `employeeNumber` is what a record kept of it. */
  readonly personOfStep: (step: {
    readonly userId: string;
    readonly employeeNumber: string | null;
  }) => PersonAnswer;
  /**
   * Who a row of an extract or a record of one is about: by PersonId where it was kept, else by employee number, else by the user
   * name a person confirmed, else `user:<USERNAME>`. Null where the row names nobody that can be read.
   */
  readonly holderOf: (row: HolderNames) => PersonKey | null;
  /** Whether a person confirmed that an account is nobody's: an interface's, or shared. */
  readonly isNobodys: (username: string) => boolean;
  /** The person of a PersonId; null where the register states none of that id now. */
  readonly personOfId: (personId: string) => PersonAnswer | null;
  /** Everything a person goes by in the register. */
  readonly namesOf: (key: PersonKey) => PersonNames;
  /** Present number and name of somebody whom the register states; null for everybody else. */
  readonly presentOf: (key: PersonKey) => { readonly employeeNumber: string; readonly name: string } | null;
  /** When the account here of a person ended who has none left; null while they have one, and where they never had one. */
  readonly accountEndedAt: (key: PersonKey) => IsoInstant | null;
  /** `personOf` and `holderOf` for many rows: the numbers of the register are read once. Good as long as nobody imports. */
  readonly inBulk: () => Pick<WhoIsWho, 'personOf' | 'holderOf'>;
  /** Works out anew which PersonIds are one person. Within a GO import's transaction, after its rows. */
  readonly relate: () => Related;
}

export interface AccountNames {
  readonly employeeNumber: string | null;
  readonly cardUuid: string | null;
}

export interface HolderNames {
  /** ESR's PersonId, where a record of this program kept it. */
  readonly personId?: string | null;
  readonly employeeNumber: string | null;
  readonly username: string | null;
}

export interface PersonNames {
  readonly personIds: readonly string[];
  /** Present and past, without those that are somebody else's by now. */
  readonly employeeNumbers: readonly string[];
  /** Those that are. */
  readonly formerNumbers: readonly string[];
  /** Confirmed accounts. */
  readonly usernames: readonly string[];
}

export interface Related {
  /** PersonIds that stand for another record of the same person. */
  readonly joined: number;
  /** Pairs of PersonIds that share a smartcard or NHS unique id and seem to be two people. */
  readonly doubted: readonly (readonly [string, string])[];
}

/** Who somebody is, for the pure decisions. */
export const whoResolver = (who: Pick<WhoIsWho, 'personOf' | 'personOfStep' | 'matched'>): WhoResolver => ({
  written: who.personOf,
  matched: who.matched,
  account: who.personOfStep,
});

/** The number under which the register states whoever is named now; of others, the number itself. Null where there is none. */
export function presentNumber(
  who: Pick<WhoIsWho, 'personOf' | 'presentOf'>,
  written: string | null,
): string | null {
  return written === null ? null : numberNow(who, who.personOf(written), written);
}

/** The same, of whom a request was matched to. */
export function matchedNumber(who: Pick<WhoIsWho, 'matched' | 'presentOf'>, matched: Matched): string | null {
  const { beneficiary } = matched;
  return beneficiary === null ? null : numberNow(who, who.matched(matched), beneficiary);
}

function numberNow(who: Pick<WhoIsWho, 'presentOf'>, person: PersonAnswer, written: string): string | null {
  const present = person.kind === 'person' ? who.presentOf(person.key) : null;
  if (present !== null) return present.employeeNumber;
  const read = readStaffNumber(written);
  return read.kind === 'number' ? read.number : null;
}
