import { addSecondPost, type Blemished, type Cast } from './cast.ts';
import { addDays } from './dates.ts';
import { type Assignment, linkTo, type Person, primaryOf, type Trust } from './model.ts';
import { pickSurname } from './names.ts';
import type { TeamHeads } from './people.ts';
import { createRandom, type Random } from './prng.ts';
import type { Team } from './structure.ts';

/** Ends a person's time at the trust. Reports keep their links: whether that is an anomaly is the importer's finding. */
export function endEmployment(person: Person, lastDay: string): void {
  person.terminationDate = lastDay;
  for (const assignment of person.assignments) {
    if (assignment.endDate === '') assignment.endDate = lastDay;
    const last = assignment.versions.at(-1);
    if (last && last.to === '') last.to = lastDay;
  }
}

/** From a day on the assignment belongs to another team: a new row follows the old one. */
export function moveAssignment(
  trust: Trust,
  assignment: Assignment,
  team: Team,
  heads: TeamHeads,
  from: string,
): void {
  const last = assignment.versions.at(-1);
  if (!last) return;
  last.to = addDays(from, -1);
  const specialty = team.organisation.name.slice(trust.options.vpd.length + 1);
  assignment.versions.push({
    from,
    to: '',
    position: trust.structure.positionFor(team.organisation, last.position.role, specialty),
    location: team.organisation.location,
    supervisor: linkTo(heads.supervisor),
    departmentManager: heads.manager,
  });
}

interface Places {
  readonly trust: Trust;
  readonly teamHeads: ReadonlyMap<Team, TeamHeads>;
}

export function otherTeam({ trust, teamHeads }: Places, person: Person, random: Random): [Team, TeamHeads] {
  const { teams } = trust.structure;
  const start = random.below(teams.length);
  for (let step = 0; step < teams.length; step += 1) {
    const team = teams[(start + step) % teams.length]!;
    const heads = teamHeads.get(team)!;
    const sound = heads.manager.terminationDate === '' && !trust.reserved.has(heads.manager);
    if (team !== person.team && team.kind === person.team?.kind && sound) return [team, heads];
  }
  const team = teams.find((candidate) => candidate !== person.team)!;
  return [team, teamHeads.get(team)!];
}

/** Ordinary life among the staff the story does not need: 2 % leave, 4 % move, 8 % hold a second post. */
function liveOrdinarily(places: Places): void {
  const { trust } = places;
  const { asOf, seed } = trust.options;
  const random = createRandom(seed, 'events');
  const staff = trust.people.filter((person) => person.rank === 'staff' && !trust.reserved.has(person));
  staff.forEach((person, turn) => {
    const assignment = primaryOf(person);
    // The first few are fixed, so that the smallest trust shows every kind.
    const draw = turn < 8 ? turn : 8 + random.below(800);
    if (draw < 2 || (draw >= 8 && draw < 24)) {
      endEmployment(person, addDays(asOf, -random.between(1, 31)));
    } else if (draw === 2 || (draw >= 24 && draw < 29)) {
      // A starter to come: in the file already, without access yet.
      person.hireDate = addDays(asOf, random.between(9, 25));
      assignment.versions[0]!.from = person.hireDate;
    } else if (draw === 3 || (draw >= 29 && draw < 53)) {
      const [team, heads] = otherTeam(places, person, random);
      moveAssignment(trust, assignment, team, heads, addDays(asOf, -random.between(3, 120)));
    } else if (draw === 4 || (draw >= 53 && draw < 61)) {
      const [team, heads] = otherTeam(places, person, random);
      moveAssignment(trust, assignment, team, heads, addDays(asOf, random.between(8, 40)));
    } else if (draw <= 6 || (draw >= 61 && draw < 125)) {
      const [team, heads] = otherTeam(places, person, random);
      addSecondPost(trust, person, team, heads, addDays(asOf, -random.between(20, 200)));
      if (random.chance(15)) endSecondPost(trust, places, person, random);
    } else if (draw === 7 || (draw >= 125 && draw < 128)) {
      person.renamed = { last: pickSurname(random), from: addDays(asOf, random.between(8, 30)) };
    } else if (draw >= 128 && draw < 132) {
      // Notice given: the last day is known, the person is still here.
      endEmployment(person, addDays(asOf, random.between(9, 40)));
    } else if (draw < 150) {
      assignment.contractEnd = addDays(asOf, random.between(20, 300));
    }
  });
}

/** The second post has ended and a third has begun: -2 is not used again. */
function endSecondPost(trust: Trust, places: Places, person: Person, random: Random): void {
  const second = person.assignments[1];
  const row = second?.versions[0];
  if (!second || !row) return;
  const lastDay = addDays(trust.options.asOf, -random.between(2, 15));
  second.endDate = lastDay;
  row.to = lastDay;
  const [team, heads] = otherTeam(places, person, random);
  addSecondPost(trust, person, team, heads, addDays(lastDay, 1));
}

function spoil(trust: Trust, blemished: Blemished): void {
  const { asOf } = trust.options;
  const row = (person: Person) => primaryOf(person).versions[0]!;
  const [one, other] = blemished.cycle;
  row(one).supervisor = linkTo(other);
  row(other).supervisor = linkTo(one);
  const ghost = trust.nextAssignmentId();
  row(blemished.orphan).supervisor = {
    personId: 3_000_001,
    assignmentId: ghost,
    assignmentNumber: '22999999',
  };
  endEmployment(blemished.leaverSupervisor, addDays(asOf, -20));
  endEmployment(blemished.openLeaver, addDays(asOf, -16));
  blemished.heldConflict.uuid ||= String(560_000_000_000 + blemished.heldConflict.index * 4_001);
}

/** Writes the trust's history into the people. Training and AS numbers of the ordinary staff follow in `access.ts`. */
export function liveThroughEvents(places: Places, cast: Cast, blemished: Blemished): void {
  const { trust, teamHeads } = places;
  liveOrdinarily(places);
  spoil(trust, blemished);
  endEmployment(cast.leaver, cast.leaver.terminationDate);
  const ownTeam = cast.secondPost.team;
  const team = trust.structure.teams.find(
    (candidate) =>
      candidate !== ownTeam &&
      candidate.kind === 'clinical' &&
      !candidate.standIn &&
      teamHeads.get(candidate)?.manager.terminationDate === '',
  );
  if (!team) throw new Error('The trust is too small: no second team for the story.');
  addSecondPost(trust, cast.secondPost, team, teamHeads.get(team)!, addDays(trust.options.asOf, -90));
}
