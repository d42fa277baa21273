import { addDays } from './dates.ts';
import { endEmployment } from './events.ts';
import {
  type Assignment,
  type AssignmentState,
  type Holding,
  isCurrent,
  type Person,
  primaryOf,
  type Trust,
} from './model.ts';
import { untidinessOf } from './names.ts';
import { URP } from './urps.ts';

/** People as real registers have them: nobody of the story, and none that the changes file says something of. */
export interface Untidy {
  readonly rehired: readonly Person[];
  readonly renumbered: readonly Person[];
  /** Two records of one person: the older one ended, both with one smartcard. */
  readonly merged: readonly { readonly older: Person; readonly newer: Person }[];
  readonly states: readonly Person[];
  /** Left, with the account shut and the responsibilities left open. */
  readonly shutAccounts: readonly Person[];
  readonly indirect: readonly Person[];
  readonly trainedAgain: readonly Person[];
}

/** An account that the export shows and of which nobody knows the person. */
export interface LooseAccount {
  readonly employeeNumber: string;
  readonly userName: string;
  readonly fullName: string;
  readonly urp: Holding['urp'];
  readonly why: string;
}

const STATES: readonly AssignmentState[] = [
  { system: 'SUSP_ASSIGN', user: 'Suspend Assignment' },
  { system: 'ACTIVE_ASSIGN', user: 'Out on External Secondment - Paid' },
  { system: 'ACTIVE_ASSIGN', user: 'Maternity & Adoption' },
  { system: 'SUSP_ASSIGN', user: 'Career Break' },
];

/** Staff whom nothing has happened to yet, the last first: whoever the story and the changes take comes early. */
function settledStaff(trust: Trust): () => Person {
  const { asOf } = trust.options;
  const list = trust.people.filter(
    (person) =>
      person.rank === 'staff' &&
      !trust.reserved.has(person) &&
      isCurrent(person, asOf) &&
      person.terminationDate === '' &&
      person.renamed === null &&
      person.assignments.length === 1 &&
      primaryOf(person).versions.length === 1 &&
      primaryOf(person).contractEnd === '' &&
      person.hireDate < addDays(asOf, -300) &&
      untidinessOf(person.name) === null,
  );
  return () => {
    const person = list.pop();
    if (!person) throw new Error('The trust is too small: nobody is left for its untidy records.');
    return person;
  };
}

/** Makes the records untidy. Call when the events are written and before access is handed out. */
export function makeUntidy(trust: Trust): Untidy {
  const next = settledStaff(trust);
  const { asOf } = trust.options;
  const times = Math.max(1, Math.floor(trust.people.length / 1_000));
  const some = (count: number): readonly Person[] => Array.from({ length: count * times }, next);
  const rehired = some(2);
  for (const person of rehired) hireAgain(trust, person);
  const renumbered = some(2);
  for (const person of renumbered) {
    const until = addDays(asOf, -150);
    person.former = [{ number: formerNumber(person), from: person.hireDate, to: until, left: false }];
  }
  const merged = Array.from({ length: times }, () => ({ older: next(), newer: next() }));
  for (const pair of merged) merge(trust, pair);
  const states = some(STATES.length);
  for (const [turn, person] of states.entries()) {
    primaryOf(person).state = STATES[turn % STATES.length] ?? null;
  }
  const shutAccounts = some(2);
  for (const person of shutAccounts) {
    endEmployment(person, addDays(asOf, -25));
    person.accountEnd = person.terminationDate;
  }
  const trainedAgain = some(3);
  return { rehired, renumbered, merged, states, shutAccounts, indirect: some(2), trainedAgain };
}

/** Numbers of before begin lower than those given out now, so that none is anybody's today. */
const formerNumber = (person: Person): string => String(10_000_000 + person.index * 13);

/** Was here some years ago under another number, was away, and is back. */
function hireAgain(trust: Trust, person: Person): void {
  const number = formerNumber(person);
  const from = addDays(person.hireDate, -1_400);
  const to = addDays(person.hireDate, -500);
  person.former = [{ number, from, to, left: true }];
  const now = primaryOf(person).versions[0];
  if (!now) return;
  const before: Assignment = {
    id: trust.nextAssignmentId(),
    number,
    primary: false,
    person,
    endDate: to,
    contractEnd: '',
    versions: [{ ...now, from, to }],
    state: null,
  };
  person.assignments.push(before);
}

function merge(trust: Trust, { older, newer }: { readonly older: Person; readonly newer: Person }): void {
  older.name = newer.name;
  if (newer.uuid === '') newer.uuid = String(560_000_000_000 + newer.index * 4_001);
  older.uuid = newer.uuid;
  older.hireDate = addDays(newer.hireDate, -900);
  for (const version of primaryOf(older).versions) version.from = older.hireDate;
  endEmployment(older, addDays(newer.hireDate, -60));
  if (older.terminationDate >= trust.options.asOf) throw new Error('A merged record is not over.');
}

/** What access must say of them; call when access was handed out. */
export function untidyAccess(trust: Trust, untidy: Untidy): void {
  const { asOf } = trust.options;
  for (const { older } of untidy.merged) older.holdings = [];
  for (const person of untidy.shutAccounts) {
    person.holdings = person.holdings.map((holding) => ({ ...holding, to: '' }));
  }
  for (const person of untidy.indirect) {
    const from = addDays(asOf, -120);
    person.uuid ||= String(560_000_000_000 + person.index * 4_001);
    person.holdings = [
      ...person.holdings.filter(({ urp }) => urp === URP.employee),
      { urp: URP.hrView, from, to: '', lastLogon: addDays(asOf, -5), indirect: true },
    ];
  }
  for (const person of untidy.trainedAgain) {
    person.governanceUntil = addDays(asOf, 200);
    person.earlierGovernance = [addDays(asOf, -530), addDays(asOf, -165)];
  }
}

/** One that an interface uses, and one of an agency that ended: its number is nobody's in the register. */
export function looseAccounts(vpd: string): readonly LooseAccount[] {
  return [
    {
      employeeNumber: '20999999',
      userName: `${vpd}AGENCYLOCUM01`,
      fullName: 'Locum, Agency',
      urp: URP.localReports,
      why: 'an employee number that the register does not know',
    },
  ];
}

export const untidyPeople = (untidy: Untidy): ReadonlySet<Person> =>
  new Set([
    ...untidy.rehired,
    ...untidy.renumbered,
    ...untidy.merged.flatMap(({ older, newer }) => [older, newer]),
    ...untidy.states,
    ...untidy.shutAccounts,
    ...untidy.indirect,
    ...untidy.trainedAgain,
  ]);

/** A line of the manifest for each. */
export function noteUntidy(trust: Trust, untidy: Untidy, goFile: string): void {
  const { anomalies } = trust;
  const { asOf, vpd } = trust.options;
  const note = (kind: string, file: string, person: Person, detail: string, expected: string): void => {
    anomalies.push({ kind, file, employeeNumber: person.employeeNumber, detail, expected });
  };
  for (const person of trust.people) {
    const what = untidinessOf(person.name);
    if (what !== null) note('untidy-name', goFile, person, what, 'found as written, and without its marks');
    if (person.hireDate > asOf) note('row-to-come', goFile, person, 'starts later', 'not in post yet');
    else if (primaryOf(person).versions.some(({ from }) => from > asOf)) {
      note('row-to-come', goFile, person, 'moves later', 'in the old post until then');
    } else if (person.renamed !== null && person.renamed.from > asOf) {
      note('row-to-come', goFile, person, 'is called otherwise later', 'found by both names');
    }
    if (person.assignments.length > 1 && !untidy.rehired.includes(person)) {
      note('several-posts', goFile, person, `${person.assignments.length} assignments`, 'one person');
    }
  }
  for (const person of untidy.rehired) {
    note('re-hired', goFile, person, `${person.former[0]?.number} before`, 'one person under two numbers');
  }
  for (const person of untidy.renumbered) {
    note('renumbered', goFile, person, `${person.former[0]?.number} before`, 'one person under two numbers');
  }
  for (const { older, newer } of untidy.merged) {
    note(
      'merged',
      goFile,
      newer,
      `${older.employeeNumber} before`,
      'one person: both records have one smartcard',
    );
  }
  for (const person of untidy.states) {
    note('assignment-state', goFile, person, primaryOf(person).state?.user ?? '', 'in post, and it is said');
  }
  for (const person of untidy.shutAccounts) {
    const detail = `account shut ${person.accountEnd}`;
    note('account-shut-access-open', 'holdings-1.csv', person, detail, 'no access; worth tidying');
  }
  for (const person of untidy.indirect) {
    note(
      'indirect-responsibility',
      'holdings-1.csv',
      person,
      URP.hrView,
      'held through another responsibility',
    );
  }
  for (const account of looseAccounts(vpd)) {
    const { employeeNumber, userName: detail, why: expected } = account;
    anomalies.push({
      kind: 'account-without-person',
      file: 'holdings-1.csv',
      employeeNumber,
      detail,
      expected,
    });
  }
  for (const person of untidy.trainedAgain) {
    note('several-attainments', 'training.csv', person, '3 attainments', 'the one that runs longest counts');
  }
}
