import type { IsoInstant } from '../../domain/dates.ts';
import type { PersonAnswer, PersonKey } from '../../domain/people/person-key.ts';
import type { StoredUser } from './ports.ts';
import type { WhoIsWho } from './who-is-who.ts';

export type PeopleReader = Pick<
  WhoIsWho,
  'personOf' | 'matched' | 'personOfStep' | 'presentOf' | 'namesOf' | 'accountEndedAt'
>;

/** Asks `work` once for each key. */
function remembered<K, V>(work: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined || known.has(key)) return before as V;
    const answer = work(key);
    known.set(key, answer);
    return answer;
  };
}

/**
 * Who is who, asked once for each name: many requests name the same managers and were approved by the same few. Good as long as
 * nobody imports. `many`: the register's numbers are read into memory first.
 */
export function rememberPeople(who: WhoIsWho, users: readonly StoredUser[], many: boolean): PeopleReader {
  const personOf = remembered<string | null, PersonAnswer>(many ? who.inBulk().personOf : who.personOf);
  const steps = new Map<string, PersonAnswer>();
  let ended: ReadonlySet<PersonKey> | null = null;
  const keysOfEnded = () => {
    const answers = users.filter(({ endedAt }) => endedAt !== null).map((user) => who.personOfAccount(user));
    return new Set(answers.flatMap((answer) => (answer.kind === 'person' ? [answer.key] : [])));
  };
  return {
    personOf,
    matched: ({ beneficiary, personId }) =>
      (personId ? who.personOfId(personId) : null) ?? personOf(beneficiary),
    presentOf: remembered(who.presentOf),
    namesOf: who.namesOf,
    // Few accounts have ended, and whether one of them is somebody's is asked for every request.
    accountEndedAt: remembered((key: PersonKey): IsoInstant | null => {
      ended ??= keysOfEnded();
      return ended.has(key) ? who.accountEndedAt(key) : null;
    }),
    personOfStep: (step) => {
      const key = `${step.userId}|${step.employeeNumber ?? ''}`;
      const known = steps.get(key) ?? who.personOfStep(step);
      steps.set(key, known);
      return known;
    },
  };
}
