import type { GivenName } from './names.ts';
import type { SampleTrustOptions } from './options.ts';
import type { Location, Position, Structure, Team } from './structure.ts';
import type { UrpName } from './urps.ts';

export type Rank = 'chief' | 'director' | 'head' | 'lead' | 'administrator' | 'staff';

/** Where a supervisor link points; kept as plain ids so that an anomaly can point at nothing. */
export interface SupervisorLink {
  readonly personId: number;
  readonly assignmentId: number;
  readonly assignmentNumber: string;
}

/** One effective-dated row of an assignment. `to` is blank while it is open. */
export interface AssignmentVersion {
  from: string;
  to: string;
  position: Position;
  location: Location;
  supervisor: SupervisorLink | null;
  departmentManager: Person | null;
}

/** What ESR calls the state of an assignment: the system's word and the user's. */
export interface AssignmentState {
  readonly system: string;
  readonly user: string;
}

export interface Assignment {
  readonly id: number;
  readonly number: string;
  readonly primary: boolean;
  readonly person: Person;
  /** Blank while the assignment runs. */
  endDate: string;
  contractEnd: string;
  versions: AssignmentVersion[];
  /** Suspended, seconded, long absent; null: active until it ends. */
  state: AssignmentState | null;
}

/** A number that a person had before, and when; `left` where they were away from the trust afterwards. */
export interface FormerNumber {
  readonly number: string;
  readonly from: string;
  readonly to: string;
  readonly left: boolean;
}

export interface Holding {
  readonly urp: UrpName;
  readonly from: string;
  readonly to: string;
  readonly lastLogon: string;
  /** Held through another responsibility. */
  readonly indirect?: boolean;
}

export interface Person {
  readonly index: number;
  readonly rank: Rank;
  readonly team: Team | null;
  readonly personId: number;
  readonly employeeNumber: string;
  name: GivenName;
  readonly userName: string;
  readonly email: string;
  /** A later surname and the day it takes effect. */
  renamed: { readonly last: string; readonly from: string } | null;
  /** Numbers of before, the oldest first. */
  former: FormerNumber[];
  /** Day on which the ESR account was shut; blank while it is open. */
  accountEnd: string;
  /** Earlier attainments of the training, oldest first: the days they ran out. */
  earlierGovernance: readonly string[];
  uuid: string;
  hireDate: string;
  terminationDate: string;
  readonly assignments: Assignment[];
  holdings: Holding[];
  /** Day the information governance training runs out; blank: never done. */
  governanceUntil: string;
  asNumber: { readonly number: string; readonly positionNumber: string; readonly issued: string } | null;
}

export interface Anomaly {
  readonly kind: string;
  readonly file: string;
  readonly employeeNumber?: string;
  readonly reference?: string;
  readonly detail?: string;
  readonly expected: string;
}

/** The sign-in people of the training store: who in the trust may play which role. */
export interface TeamMember {
  readonly role: 'officer' | 'hr-admin' | 'team-lead' | 'caldicott' | 'owner';
  readonly person: Person;
}

export interface Trust {
  readonly options: Required<SampleTrustOptions>;
  readonly structure: Structure;
  readonly people: readonly Person[];
  readonly leads: readonly Person[];
  readonly heads: readonly Person[];
  readonly directors: readonly Person[];
  readonly reserved: Set<Person>;
  readonly anomalies: Anomaly[];
  readonly team: readonly TeamMember[];
  nextAssignmentId(): number;
}

export function primaryOf(person: Person): Assignment {
  const found = person.assignments.find((assignment) => assignment.primary);
  if (!found) throw new Error(`Person ${person.index} has no primary assignment.`);
  return found;
}

/** The row of an assignment that holds on a day, or its last one. */
export function versionOn(assignment: Assignment, day: string): AssignmentVersion {
  const held = assignment.versions.find((row) => row.from <= day && (row.to === '' || row.to >= day));
  const row = held ?? assignment.versions.at(-1);
  if (!row) throw new Error(`Assignment ${assignment.number} has no row.`);
  return row;
}

export function linkTo(person: Person): SupervisorLink {
  const assignment = primaryOf(person);
  return { personId: person.personId, assignmentId: assignment.id, assignmentNumber: assignment.number };
}

export function isCurrent(person: Person, asOf: string): boolean {
  return person.hireDate <= asOf && (person.terminationDate === '' || person.terminationDate > asOf);
}

export function displayName(person: Person): string {
  return `${person.name.first} ${person.name.last}`;
}

export function lineManagerOf(person: Person, asOf: string): Person {
  const manager = versionOn(primaryOf(person), asOf).departmentManager;
  if (!manager) throw new Error(`Person ${person.index} has no line manager.`);
  return manager;
}
