import type { createAccessKeys } from '../../domain/access/access-key.ts';
import type { PersonAnswer } from '../../domain/people/person-key.ts';
import type { PeopleReader } from './people-reader.ts';
import type { RequestOfPersonRow, StoreAccess, StoredFinding } from './ports.ts';

/** What the team has approved for a person, and what ESR shows that nobody has. */
export interface WorkOnPeople {
  /** Approved, keyed, not seen and verified requests. */
  readonly requestsOf: (person: PersonAnswer) => readonly RequestOfPersonRow[];
  /** Access, by key, about which an exception says that no approval here stands behind it, or that it runs past one. */
  readonly unapprovedOf: (person: PersonAnswer) => ReadonlySet<string>;
}

/** `many`: everything is read once, for hundreds of people. */
export function readWorkOnPeople(
  access: StoreAccess,
  { matched }: Pick<PeopleReader, 'matched'>,
  accessOf: ReturnType<typeof createAccessKeys>,
  many: boolean,
): WorkOnPeople {
  const { holderOf, namesOf } = access.who;
  const keyOf = ({ employeeNumber, personId }: RequestOfPersonRow): string | null => {
    const answer = matched({ beneficiary: employeeNumber, personId });
    return answer.kind === 'person' ? answer.key : null;
  };
  const keysOf = (findings: readonly StoredFinding[]): ReadonlySet<string> =>
    new Set(findings.map(({ exportedName, urp }) => accessOf(exportedName ?? urp, urp)));
  if (many) {
    const requests = Map.groupBy(access.requests.ofEverybody(), keyOf);
    const findings = Map.groupBy(access.findings.known().filter(isUnapproved), (one) => holderOf(one));
    const unapproved = new Map([...findings].map(([key, some]) => [key, keysOf(some)]));
    return {
      requestsOf: (person) => (person.kind === 'person' && requests.get(person.key)) || [],
      unapprovedOf: (person) => (person.kind === 'person' && unapproved.get(person.key)) || NOTHING,
    };
  }
  return {
    requestsOf: (person) => {
      if (person.kind !== 'person') return [];
      const { employeeNumbers, formerNumbers } = namesOf(person.key);
      const theirs = access.requests.ofPerson([...employeeNumbers, ...formerNumbers]);
      return theirs.filter((row) => keyOf(row) === person.key);
    },
    unapprovedOf: (person) => {
      if (person.kind !== 'person') return NOTHING;
      const { employeeNumbers, formerNumbers, usernames } = namesOf(person.key);
      const theirs = access.findings.knownOf([...employeeNumbers, ...formerNumbers], usernames);
      return keysOf(theirs.filter((one) => isUnapproved(one) && holderOf(one) === person.key));
    },
  };
}

const NOTHING: ReadonlySet<string> = new Set();

const isUnapproved = ({ kind }: StoredFinding): boolean =>
  kind === 'seen-but-never-approved' || kind === 'held-past-approval';
