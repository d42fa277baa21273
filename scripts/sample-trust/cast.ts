import { addDays } from './dates.ts';
import { linkTo, type Person, primaryOf, type Trust } from './model.ts';
import { addAssignment, type TeamHeads } from './people.ts';
import type { Team } from './structure.ts';
import { WORKFORCE } from './structure-data.ts';

/** The people of the main-job story. Nothing random happens to them: what is said of them stays true. */
export interface Cast {
  readonly core: Person;
  readonly supervisor: Person;
  readonly administrator: Person;
  readonly manager: Person;
  readonly keyedNotSeen: Person;
  readonly laterCore: Person;
  readonly noAuthorisation: Person;
  readonly noAsNumber: Person;
  readonly noSmartcard: Person;
  readonly notInHierarchy: Person;
  readonly governanceLapsed: Person;
  readonly conflict: Person;
  readonly leaver: Person;
  readonly unknownNumber: Person;
  readonly unknownUrp: Person;
  readonly requesterAuthorises: Person;
  readonly otherManagerAuthorises: Person;
  readonly formula: Person;
  readonly overlong: Person;
  readonly changed: Person;
  readonly secondPost: Person;
  readonly alreadyHeld: Person;
  readonly formerPost: Person;
  readonly unapprovedDataEntry: Person;
  readonly unapprovedPayroll: Person;
}

/** People for the anomalies of the register and the holdings. */
export interface Blemished {
  readonly cycle: readonly [Person, Person];
  readonly leaverSupervisor: Person;
  readonly reportsWithoutUrp: Person;
  readonly orphan: Person;
  readonly urpWithoutReports: Person;
  readonly dormant: Person;
  readonly openLeaver: Person;
  readonly heldConflict: Person;
}

function queueOf(list: readonly Person[], reserved: Set<Person>, what: string): () => Person {
  let next = 0;
  return () => {
    while (next < list.length) {
      const person = list[next];
      next += 1;
      if (person && !reserved.has(person)) {
        reserved.add(person);
        return person;
      }
    }
    throw new Error(`The trust is too small: no ${what} left for the story.`);
  };
}

/** Staff in turn from different teams, so that no line manager carries the whole story. */
function acrossTeams(people: readonly Person[]): readonly Person[] {
  const seen = new Map<Team | null, number>();
  const ranked = people.map((person) => {
    const turn = seen.get(person.team) ?? 0;
    seen.set(person.team, turn + 1);
    return { person, turn };
  });
  return ranked
    .sort((a, b) => a.turn - b.turn || a.person.index - b.person.index)
    .map(({ person }) => person);
}

export function chooseCast(trust: Trust): { readonly cast: Cast; readonly blemished: Blemished } {
  const { reserved, leads } = trust;
  for (const member of trust.team) reserved.add(member.person);
  const plainLeads = leads.filter(
    (lead) => lead.team && !lead.team.standIn && lead.team.directorate !== WORKFORCE,
  );
  const lastLead = queueOf([...plainLeads].reverse(), reserved, 'team lead');
  const cycle = [lastLead(), lastLead()] as const;
  const leaverSupervisor = lastLead();
  const reportsWithoutUrp = lastLead();
  const spoilt = new Set([...cycle, leaverSupervisor, reportsWithoutUrp].map((lead) => lead.team));
  const lead = queueOf(plainLeads, reserved, 'team lead');
  const staff = queueOf(
    acrossTeams(
      trust.people.filter(
        ({ rank, team }) =>
          rank === 'staff' && team?.kind === 'clinical' && !team.standIn && !spoilt.has(team),
      ),
    ),
    reserved,
    'member of staff',
  );
  const administrator = queueOf(
    trust.people.filter((person) => person.rank === 'administrator'),
    reserved,
    'team administrator',
  );
  const cast: Cast = {
    core: staff(),
    supervisor: lead(),
    administrator: administrator(),
    manager: lead(),
    keyedNotSeen: staff(),
    laterCore: staff(),
    noAuthorisation: staff(),
    noAsNumber: lead(),
    noSmartcard: staff(),
    notInHierarchy: staff(),
    governanceLapsed: staff(),
    conflict: staff(),
    leaver: staff(),
    unknownNumber: staff(),
    unknownUrp: staff(),
    requesterAuthorises: staff(),
    otherManagerAuthorises: staff(),
    formula: staff(),
    overlong: staff(),
    changed: staff(),
    secondPost: staff(),
    alreadyHeld: staff(),
    formerPost: lead(),
    unapprovedDataEntry: staff(),
    unapprovedPayroll: staff(),
  };
  const blemished: Blemished = {
    cycle,
    leaverSupervisor,
    reportsWithoutUrp,
    orphan: staff(),
    urpWithoutReports: staff(),
    dormant: staff(),
    openLeaver: staff(),
    heldConflict: staff(),
  };
  prepareCast(trust, cast);
  return { cast, blemished };
}

/** Gives every player what the story says of them, and takes away the one thing that is to be missing. */
function prepareCast(trust: Trust, cast: Cast): void {
  const { asOf } = trust.options;
  for (const person of Object.values(cast) as readonly Person[]) {
    person.uuid = person.uuid === '' ? String(560_000_000_000 + person.index * 4_001) : person.uuid;
    person.governanceUntil = addDays(asOf, 335);
  }
  cast.noSmartcard.uuid = '';
  cast.governanceLapsed.governanceUntil = addDays(asOf, -12);
  cast.leaver.terminationDate = addDays(asOf, -9);
  const issue = (person: Person, number: string, positionNumber: string): void => {
    person.asNumber = { number, positionNumber, issued: addDays(asOf, -60) };
  };
  const positionOf = (person: Person): string => primaryOf(person).versions[0]?.position.number ?? '';
  issue(cast.manager, 'AS104233', positionOf(cast.manager));
  issue(cast.formerPost, 'AS104234', positionOf(cast.noAsNumber));
}

/** The second post of the story's person: another team, another supervisor. */
export function addSecondPost(
  trust: Trust,
  person: Person,
  team: Team,
  heads: TeamHeads,
  from: string,
): void {
  const role = primaryOf(person).versions[0]?.position.role;
  if (!role) return;
  const specialty = team.organisation.name.slice(trust.options.vpd.length + 1);
  addAssignment(person, trust, false, {
    from,
    to: '',
    position: trust.structure.positionFor(team.organisation, role, specialty),
    location: team.organisation.location,
    supervisor: linkTo(heads.supervisor),
    departmentManager: heads.manager,
  });
}
