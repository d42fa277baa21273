import type { PersonAnswer, PersonKey } from '../domain/people/person-key.ts';

/** The one place that answers which person a name is: `db/repositories/who-is-who.repository.ts` implements it over the register. */
export interface WhoIsWho {
  /**
   * By employee number present or past, assignment number, confirmed user name, smartcard UUID or NHS unique id, however it is
   * written. An indexed look-up of some 20 µs.
   */
  readonly personOf: (written: string | null) => PersonAnswer;
  /** Whoever an account of this program is: by its employee number and its card; unknown where the two are of two people. */
  readonly personOfAccount: (account: AccountNames) => PersonAnswer;
  /** As `personOfAccount`, with the account looked up; `employeeNumber` is what a record kept of it. */
  readonly personOfStep: (step: {
    readonly userId: string;
    readonly employeeNumber: string | null;
  }) => PersonAnswer;
  /**
   * Who a row of an extract is about: by employee number, else by the user name a person confirmed, else `user:<USERNAME>`. Null where
   * the row names nobody that can be read.
   */
  readonly holderOf: (row: HolderNames) => PersonKey | null;
  /** Everything a person goes by in the register. */
  readonly namesOf: (key: PersonKey) => PersonNames;
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
  readonly employeeNumber: string | null;
  readonly username: string | null;
}

export interface PersonNames {
  readonly personIds: readonly string[];
  /** Present and past. */
  readonly employeeNumbers: readonly string[];
  /** Confirmed accounts. */
  readonly usernames: readonly string[];
}

export interface Related {
  /** PersonIds that stand for another record of the same person. */
  readonly joined: number;
  /** Pairs that share a smartcard or NHS unique id and seem to be two people. */
  readonly doubted: number;
}
