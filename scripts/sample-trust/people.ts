import { addDays } from './dates.ts';
import {
  type Assignment,
  type AssignmentVersion,
  linkTo,
  type Person,
  type Rank,
  type SupervisorLink,
  type TeamMember,
  type Trust,
} from './model.ts';
import { composeName, plainLetters, untidyName } from './names.ts';
import type { SampleTrustOptions } from './options.ts';
import { createRandom, type Random, shuffledOrder } from './prng.ts';
import { buildStructure, CORPORATE_SYSTEMS_TEAM, type Team } from './structure.ts';
import { ROLES, type Role, staffRoles } from './structure-data.ts';

const MAIL_DOMAIN = 'samplevale.nhs.example';

/** Hands out usernames and mailboxes; both repeat the name with a counter. */
function createAccounts(vpd: string) {
  const userNames = new Map<string, number>();
  const mailboxes = new Map<string, number>();
  const turn = (seen: Map<string, number>, key: string): number => {
    const next = (seen.get(key) ?? 0) + 1;
    seen.set(key, next);
    return next;
  };
  return {
    userName(first: string, last: string): string {
      const surname = plainLetters(last).slice(0, 12);
      const given = plainLetters(first);
      for (let letters = 1; ; letters += 1) {
        // Past the first name's end the stem grows by X, so a very common name still finds a free one.
        const stem = given.slice(0, letters).padEnd(letters, 'X') + surname;
        const number = turn(userNames, stem);
        if (number <= 99) return `${vpd}${stem}${String(number).padStart(2, '0')}`;
      }
    },
    email(first: string, last: string): string {
      const stem = `${plainLetters(first)}.${plainLetters(last)}`.toLowerCase();
      const number = turn(mailboxes, stem);
      return `${stem}${number === 1 ? '' : number}@${MAIL_DOMAIN}`;
    },
  };
}

interface Seat {
  readonly rank: Rank;
  readonly team: Team | null;
  /** Index of the directorate (director), department (head) or team (lead and below). */
  readonly place: number;
}

/** Who sits where: one chief, then directors, heads, leads, administrators who stand in, then staff. */
function planSeats(
  trust: { people: number; structure: Trust['structure'] },
  random: Random,
): readonly Seat[] {
  const { teams, departments, directorates } = trust.structure;
  const seats: Seat[] = [{ rank: 'chief', team: null, place: 0 }];
  for (const place of directorates.keys()) seats.push({ rank: 'director', team: null, place });
  for (const place of departments.keys()) seats.push({ rank: 'head', team: null, place });
  for (const team of teams) seats.push({ rank: 'lead', team, place: team.index });
  for (const team of teams) {
    if (team.standIn) seats.push({ rank: 'administrator', team, place: team.index });
  }
  for (let i = 0; seats.length < trust.people; i += 1) {
    // Five to each team first, so that none is empty; the rest fall where they fall.
    const place = i < teams.length * 5 ? i % teams.length : random.below(teams.length);
    seats.push({ rank: 'staff', team: teams[place]!, place });
  }
  return seats;
}

function roleFor(seat: Seat, structure: Trust['structure'], random: Random): Role {
  switch (seat.rank) {
    case 'chief':
      return ROLES.chief;
    case 'director':
      return ROLES.director;
    case 'head':
      return structure.departments[seat.place]?.kind === 'clinical'
        ? ROLES.clinicalHead
        : ROLES.corporateHead;
    case 'lead':
      return seat.team?.kind === 'clinical' ? ROLES.wardManager : ROLES.teamManager;
    case 'administrator':
      return ROLES.teamAdministrator;
    case 'staff':
      return random.pick(staffRoles(seat.team?.kind ?? 'corporate'));
  }
}

function seatOrganisation(seat: Seat, structure: Trust['structure']) {
  if (seat.rank === 'director') return structure.directorates[seat.place] ?? structure.trust;
  if (seat.rank === 'head') return structure.departments[seat.place]?.organisation ?? structure.trust;
  return seat.team?.organisation ?? structure.trust;
}

/** The first assignment bears the employee number; later ones add -2, -3 (domain.md, identifiers). */
export function addAssignment(
  person: Person,
  trust: Pick<Trust, 'nextAssignmentId'>,
  primary: boolean,
  version: AssignmentVersion,
): Assignment {
  const suffix = person.assignments.length === 0 ? '' : `-${person.assignments.length + 1}`;
  const assignment: Assignment = {
    id: trust.nextAssignmentId(),
    number: person.employeeNumber + suffix,
    primary,
    person,
    endDate: '',
    contractEnd: '',
    versions: [version],
    state: null,
  };
  person.assignments.push(assignment);
  return assignment;
}

/** Supervisor link and line manager of everybody in a team: they differ where an administrator stands in. */
export interface TeamHeads {
  readonly supervisor: Person;
  readonly manager: Person;
}

function linkEverybody(trust: Trust, chief: Person, heads: ReadonlyMap<Team, TeamHeads>): void {
  const { structure, directors } = trust;
  const set = (person: Person, supervisor: Person | null, manager: Person | null): void => {
    const row = person.assignments[0]?.versions[0];
    if (!row) return;
    const link: SupervisorLink | null = supervisor ? linkTo(supervisor) : null;
    row.supervisor = link;
    row.departmentManager = manager;
  };
  set(chief, null, null);
  for (const director of directors) set(director, chief, chief);
  trust.heads.forEach((head, index) => {
    const director = directors[structure.departments[index]?.directorate ?? 0] ?? chief;
    set(head, director, director);
  });
  for (const person of trust.people) {
    if (!person.team) continue;
    const place = heads.get(person.team)!;
    const head = trust.heads[person.team.department]!;
    if (person.rank === 'lead') set(person, head, head);
    else if (person.rank === 'administrator') set(person, place.manager, place.manager);
    else set(person, place.supervisor, place.manager);
  }
}

function chooseTeam(people: readonly Person[], directors: readonly Person[]): readonly TeamMember[] {
  const inTeam = people.filter((person) => person.team?.index === CORPORATE_SYSTEMS_TEAM);
  const lead = inTeam.find((person) => person.rank === 'lead')!;
  const [first, second, third, fourth] = inTeam.filter((person) => person.rank === 'staff');
  return [
    { role: 'officer', person: first! },
    { role: 'officer', person: second! },
    { role: 'hr-admin', person: third! },
    { role: 'owner', person: fourth! },
    { role: 'team-lead', person: lead },
    { role: 'caldicott', person: directors[0]! },
  ];
}

/** The trust on an ordinary day: everybody seated, linked and without a blemish yet. */
export function buildPeople(options: Required<SampleTrustOptions>): {
  readonly trust: Trust;
  readonly teamHeads: ReadonlyMap<Team, TeamHeads>;
} {
  const structure = buildStructure(options.people, options.seed, options.vpd, options.asOf);
  const random = createRandom(options.seed, 'people');
  const numbers = shuffledOrder(options.people, random);
  const ids = shuffledOrder(options.people, random);
  const accounts = createAccounts(options.vpd);
  let lastAssignmentId = 5_300_000;
  const nextAssignmentId = (): number => {
    lastAssignmentId += 1;
    return lastAssignmentId;
  };
  const seats = planSeats({ people: options.people, structure }, random);
  const people = seats.map((seat, index): Person => {
    const role = roleFor(seat, structure, random);
    const composed = composeName(random, role.staffGroup === 'Medical and Dental');
    // The later half of the staff, of whom the story needs nobody.
    const name = (seat.rank === 'staff' && index > options.people / 2 && untidyName(index)) || composed;
    const person: Person = {
      index,
      rank: seat.rank,
      team: seat.team,
      personId: 3_570_000 + ids[index]! * 3 + random.below(3),
      employeeNumber: String(23_000_000 + numbers[index]! * 101 + random.below(101)),
      name,
      userName: accounts.userName(name.first, name.last),
      email: random.chance(94) ? accounts.email(name.first, name.last) : '',
      renamed: null,
      former: [],
      accountEnd: '',
      earlierGovernance: [],
      uuid: random.chance(68) ? String(555_000_000_000 + index * 4_001 + random.below(4_001)) : '',
      hireDate: addDays(options.asOf, -random.between(210, 5_200)),
      terminationDate: '',
      assignments: [],
      holdings: [],
      governanceUntil: '',
      asNumber: null,
    };
    const organisation = seatOrganisation(seat, structure);
    const specialty = organisation.name.slice(options.vpd.length + 1);
    addAssignment(person, { nextAssignmentId }, true, {
      from: person.hireDate,
      to: '',
      position: structure.positionFor(organisation, role, specialty),
      location: organisation.location,
      supervisor: null,
      departmentManager: null,
    });
    return person;
  });
  const withRank = (rank: Rank): readonly Person[] => people.filter((person) => person.rank === rank);
  const leads = withRank('lead');
  const directors = withRank('director');
  const standIns = new Map(withRank('administrator').map((person) => [person.team, person]));
  const teamHeads = new Map(
    structure.teams.map((team, index): [Team, TeamHeads] => {
      const manager = leads[index]!;
      return [team, { manager, supervisor: standIns.get(team) ?? manager }];
    }),
  );
  const trust: Trust = {
    options,
    structure,
    people,
    leads,
    heads: withRank('head'),
    directors,
    reserved: new Set(),
    anomalies: [],
    team: chooseTeam(people, directors),
    nextAssignmentId,
  };
  linkEverybody(trust, people[0]!, teamHeads);
  return { trust, teamHeads };
}
