import { type PersonKey, personIdOf } from '../../domain/people/person-key.ts';
import {
  createReading,
  type NamedInRow,
  type Reading,
  type ReadingBuilder,
} from '../../domain/register/reading.ts';
import type { Delimiter } from '../../domain/register/table-shape.ts';
import type { StoreAccess } from '../ground/ports.ts';
import type { HolderNames, WhoIsWho } from '../ground/who-is-who.ts';

/** The reading of a table, with whom its failed rows hold. */
export interface TableReading {
  readonly row: ReadingBuilder['row'];
  readonly fail: ReadingBuilder['fail'];
  readonly hold: ReadingBuilder['hold'];
  readonly done: (takenAt: string | null) => Reading;
  /** Whether absence is not proved of whoever a row of the register is about. */
  readonly holds: (reading: Reading, holder: HolderNames) => boolean;
}

/** Answers for a whole file: see `inBulk`. */
export type WhoInBulk = ReturnType<WhoIsWho['inBulk']>;

export function createTableReading(
  access: Pick<StoreAccess, 'who'>,
  who: WhoInBulk,
  columns: ReadonlyMap<string, number>,
  delimiter: Delimiter,
): TableReading {
  const knownAs = (text: string): PersonKey | null => {
    const answer = who.personOf(text);
    return answer.kind === 'person' && personIdOf(answer.key) !== null ? answer.key : null;
  };
  const builder = createReading({ holderOf: createHolderOf(who, knownAs, columns), knownAs, delimiter });
  const hasAccount = keptAnswers((person) => access.who.namesOf(person as PersonKey).usernames.length > 0);
  return {
    row: builder.row,
    fail: builder.fail,
    hold: builder.hold,
    done: (takenAt) => holdWhoeverMayBe(builder.done(takenAt), hasAccount),
    holds: (reading, holder) => {
      if (reading.failed === 0) return false;
      const person = who.holderOf(holder);
      return person === null || !reading.wholeFor(person);
    },
  };
}

/**
 * By the number, where there is one: one that cannot be read leaves the row to an account whose person is known. By the
 * account alone where the row has no number.
 */
function createHolderOf(
  who: Pick<WhoIsWho, 'personOf' | 'holderOf'>,
  knownAs: (text: string) => PersonKey | null,
  columns: ReadonlyMap<string, number>,
): (cells: readonly string[]) => NamedInRow | null {
  const cellOf = (cells: readonly string[], field: string): string => {
    const column = columns.get(field);
    return column === undefined ? '' : (cells[column] ?? '').trim();
  };
  return (cells) => {
    const number = cellOf(cells, 'employeeNumber');
    const username = cellOf(cells, 'username');
    const answer = number === '' ? null : who.personOf(number);
    if (answer?.kind === 'person') return { person: answer.key, written: number };
    if (username === '') return null;
    const person = number === '' ? who.holderOf({ employeeNumber: null, username }) : knownAs(username);
    return person === null ? null : { person, written: username };
  };
}

/** A failed row of an account that nobody knows the person of may be anybody's who has no account of their own. */
function holdWhoeverMayBe(reading: Reading, hasAccount: (person: string) => boolean): Reading {
  const strangers = [...reading.held.keys()].some((person) => person.startsWith('user:'));
  if (!strangers) return reading;
  return {
    ...reading,
    wholeFor: (person) => reading.wholeFor(person) && (person.startsWith('user:') || hasAccount(person)),
  };
}

function keptAnswers(ask: (person: string) => boolean): (person: string) => boolean {
  const kept = new Map<string, boolean>();
  return (person) => {
    const answer = kept.get(person) ?? ask(person);
    kept.set(person, answer);
    return answer;
  };
}
