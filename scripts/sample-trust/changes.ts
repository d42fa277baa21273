import { addDays } from './dates.ts';
import { endEmployment, moveAssignment, otherTeam } from './events.ts';
import {
  addressId,
  assignmentRows,
  organisationRow,
  personRows,
  personWithChildren,
  phoneId,
  positionRow,
  type RowContext,
} from './go-rows.ts';
import { isCurrent, type Person, primaryOf, type Trust } from './model.ts';
import { composeName, pickSurname, plainLetters } from './names.ts';
import { addAssignment, type TeamHeads } from './people.ts';
import { createRandom } from './prng.ts';
import type { Organisation, Position, Team } from './structure.ts';
import { ROLES, staffRoles } from './structure-data.ts';

/** Days between the full file and the changes file. */
export const CHANGES_AFTER_DAYS = 7;

/** What happens between the two files. The people named here are none of the story's, the first starter excepted. */
export interface Changes {
  readonly day: string;
  /** New people; the first is the one an early OneForm already names. */
  readonly starters: readonly Person[];
  readonly movers: readonly Person[];
  readonly leavers: readonly Person[];
  readonly renamed: readonly Person[];
  /** Recorded by mistake and deleted again: their rows become XXD rows. */
  readonly deleted: readonly Person[];
  readonly deletedAssignments: readonly { readonly person: Person; readonly assignmentId: number }[];
  readonly deletedPhones: readonly { readonly person: Person; readonly phoneId: number }[];
  readonly renamedOrganisation: Organisation;
  readonly deletedPosition: Position;
  readonly deletedOrganisation: Organisation;
}

/** Things the full file holds so that the changes file can delete them. Call before the full file is written. */
export function prepareDeletions(trust: Trust): Pick<Changes, 'deletedPosition' | 'deletedOrganisation'> {
  const { structure } = trust;
  return {
    deletedPosition: structure.positionFor(
      structure.closedOrganisation,
      ROLES.teamAdministrator,
      'Former Day Hospital',
    ),
    deletedOrganisation: structure.closedOrganisation,
  };
}

function newStarter(trust: Trust, index: number, team: Team, heads: TeamHeads, day: string): Person {
  const { seed, asOf, vpd } = trust.options;
  const random = createRandom(seed, 'starter', index);
  const role = random.pick(staffRoles(team.kind));
  const name = composeName(random, role.staffGroup === 'Medical and Dental');
  const hireDate = addDays(asOf, random.between(1, CHANGES_AFTER_DAYS - 1));
  const stem = plainLetters(name.first).slice(0, 1) + plainLetters(name.last).slice(0, 12);
  const person: Person = {
    index,
    rank: 'staff',
    team,
    personId: 3_570_000 + index * 3,
    employeeNumber: String(23_000_000 + index * 101),
    name,
    // Two letters of its own keep a starter's username apart from those already given.
    userName: `${vpd}${stem}QZ${String(index % 100).padStart(2, '0')}`,
    email: '',
    renamed: null,
    former: [],
    accountEnd: '',
    earlierGovernance: [],
    uuid: String(555_000_000_000 + index * 4_001),
    hireDate,
    terminationDate: '',
    assignments: [],
    holdings: [],
    governanceUntil: addDays(day, 350),
    asNumber: null,
  };
  const specialty = team.organisation.name.slice(vpd.length + 1);
  addAssignment(person, trust, true, {
    from: hireDate,
    to: '',
    position: trust.structure.positionFor(team.organisation, role, specialty),
    location: team.organisation.location,
    supervisor: {
      personId: heads.supervisor.personId,
      assignmentId: primaryOf(heads.supervisor).id,
      assignmentNumber: primaryOf(heads.supervisor).number,
    },
    departmentManager: heads.manager,
  });
  return person;
}

/** Lets a week pass. Changes the people themselves, so the full file must have been written before. */
export function letAWeekPass(
  trust: Trust,
  teamHeads: ReadonlyMap<Team, TeamHeads>,
  prepared: Pick<Changes, 'deletedPosition' | 'deletedOrganisation'>,
  untidy: ReadonlySet<Person>,
): Changes {
  const { asOf, seed, people } = trust.options;
  const day = addDays(asOf, CHANGES_AFTER_DAYS);
  const random = createRandom(seed, 'changes');
  const size = Math.max(3, Math.round(people / 500));
  const free = trust.people.filter(
    (person) =>
      person.rank === 'staff' &&
      !trust.reserved.has(person) &&
      !untidy.has(person) &&
      person.renamed === null &&
      person.terminationDate === '',
  );
  const settled = free.filter(
    (person) =>
      isCurrent(person, asOf) && person.assignments.length === 1 && primaryOf(person).versions.length === 1,
  );
  const take = (count: number): readonly Person[] =>
    settled.splice(random.below(settled.length - count), count);
  const movers = take(size);
  const leavers = take(size);
  const renamed = take(size);
  const phoneLess = take(size);
  const starters = Array.from({ length: size }, (_, turn) => {
    const [team, heads] = otherTeam({ trust, teamHeads }, movers[0]!, random);
    return newStarter(trust, people + turn, team, heads, day);
  });
  for (const person of movers) {
    const [team, heads] = otherTeam({ trust, teamHeads }, person, random);
    moveAssignment(trust, primaryOf(person), team, heads, addDays(asOf, 3));
  }
  for (const person of leavers) endEmployment(person, addDays(asOf, random.between(1, 5)));
  for (const person of renamed) person.renamed = { last: pickSurname(random), from: addDays(asOf, 4) };
  const deleted = free.filter((person) => person.hireDate > day).slice(0, 1);
  const withSecond = free
    .filter((person) => person.assignments.length === 2 && isCurrent(person, asOf))
    .slice(0, 1);
  return {
    day,
    starters,
    movers,
    leavers,
    renamed,
    deleted,
    deletedAssignments: withSecond.map((person) => ({
      person,
      assignmentId: person.assignments[1]?.id ?? 0,
    })),
    deletedPhones: phoneLess.map((person) => ({ person, phoneId: phoneId(person, 0) })),
    renamedOrganisation: {
      ...trust.structure.teams.at(-1)!.organisation,
      name: `${trust.options.vpd} Renamed Team`,
    },
    ...prepared,
  };
}

/** Rows of the changes file, in the order of the full one; a position made by a move comes before its holder. */
export function* changedRows(
  changes: Changes,
  positions: readonly Position[],
  context: RowContext,
): Generator<string> {
  yield organisationRow(changes.renamedOrganisation, context);
  yield `ORD~${changes.deletedOrganisation.id}`;
  for (const position of positions) yield positionRow(position, context);
  yield `POD~${changes.deletedPosition.id}`;
  for (const person of changes.starters) yield* personWithChildren(person, context);
  for (const person of changes.movers) {
    for (const assignment of person.assignments) yield* assignmentRows(assignment, context);
  }
  for (const person of changes.leavers) {
    yield* personRows(person, context);
    for (const assignment of person.assignments) yield* assignmentRows(assignment, context);
  }
  for (const person of changes.renamed) yield* personRows(person, context);
  for (const { assignmentId } of changes.deletedAssignments) yield `ASD~${assignmentId}`;
  for (const phone of changes.deletedPhones) yield `PHD~${phone.phoneId}`;
  for (const person of changes.deleted) {
    yield `PRD~${person.personId}`;
    yield `ADD~${addressId(person)}`;
    for (const assignment of person.assignments) yield `ASD~${assignment.id}`;
  }
}
