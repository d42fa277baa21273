import { addDays } from './dates.ts';
import { createRandom, type Random } from './prng.ts';

import {
  CLINICAL_TEAMS,
  DIRECTORATES,
  type DirectorateKind,
  OFFICE_TEAMS,
  type Role,
  SITES,
} from './structure-data.ts';

export interface Location {
  readonly id: number;
  readonly code: string;
  readonly description: string;
  readonly town: string;
  readonly postcode: string;
}
export interface Organisation {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly parent: Organisation | null;
  readonly from: string;
  readonly to: string;
  readonly costCentre: string;
  readonly location: Location;
}
export interface Position {
  readonly id: number;
  readonly number: string;
  readonly name: string;
  readonly role: Role;
  readonly organisation: Organisation;
}
export interface Department {
  readonly organisation: Organisation;
  readonly directorate: number;
  readonly kind: DirectorateKind;
}
export interface Team {
  readonly index: number;
  readonly organisation: Organisation;
  readonly department: number;
  readonly kind: DirectorateKind;
  readonly directorate: number;
  /** An administrator stands in the hierarchy where the manager would: supervisor and line manager differ. */
  readonly standIn: boolean;
}
export interface Structure {
  readonly locations: readonly Location[];
  readonly trust: Organisation;
  readonly directorates: readonly Organisation[];
  readonly departments: readonly Department[];
  readonly teams: readonly Team[];
  readonly organisations: readonly Organisation[];
  readonly positions: Position[];
  readonly closedOrganisation: Organisation;
  positionFor(organisation: Organisation, role: Role, specialty: string): Position;
}
/** The team that uses the program; its members are offered as sign-in names in the manifest. */
export const CORPORATE_SYSTEMS_TEAM = 2;

function buildLocations(count: number, vpd: string): readonly Location[] {
  return Array.from({ length: count }, (_, index) => {
    const site = SITES[index % SITES.length] ?? '';
    const block = index < SITES.length ? 'Main Building' : `Block ${Math.floor(index / SITES.length)}`;
    return {
      id: 280_001 + index,
      code: `${vpd} ${site} ${block}`,
      description: `${site}, ${block}`,
      town: 'Harrowby',
      postcode: `HV${(index % 9) + 1} ${(index % 8) + 1}AA`,
    };
  });
}

function teamName(department: string, kind: DirectorateKind, turn: number): string {
  const kinds = kind === 'clinical' ? CLINICAL_TEAMS : OFFICE_TEAMS;
  const round = Math.floor(turn / kinds.length);
  return `${department} ${kinds[turn % kinds.length]}${round === 0 ? '' : ` ${round + 1}`}`;
}

function pickSites(random: Random, locations: readonly Location[]): Location {
  return random.pick(locations);
}

/** Sizes: about 14 people to a team, 6 teams to a department, at most 12 directorates under the trust. */
export function buildStructure(people: number, seed: number, vpd: string, asOf: string): Structure {
  const random = createRandom(seed, 'structure');
  const teamCount = Math.max(8, Math.round(people / 14));
  const departmentCount = Math.max(6, Math.ceil(teamCount / 6));
  const directorateCount = Math.min(DIRECTORATES.length, Math.max(4, Math.ceil(departmentCount / 3)));
  const locations = buildLocations(Math.max(4, Math.min(60, Math.ceil(departmentCount / 2))), vpd);
  const organisations: Organisation[] = [];
  const addOrganisation = (
    name: string,
    type: string,
    parent: Organisation | null,
    to = '',
  ): Organisation => {
    const index = organisations.length;
    const organisation: Organisation = {
      id: 380_001 + index,
      name: `${vpd} ${name}`,
      type,
      parent,
      from: '2008-04-01',
      to,
      costCentre: `${vpd}${String(10_000 + index)}`,
      location: pickSites(random, locations),
    };
    organisations.push(organisation);
    return organisation;
  };
  const trust = addOrganisation('Sample Vale NHS Foundation Trust', 'NHS_TR', null);
  const plans = DIRECTORATES.slice(0, directorateCount);
  const directorates = plans.map((plan) => addOrganisation(plan.name, 'NHS_DI', trust));
  const departments = Array.from({ length: departmentCount }, (_, index): Department => {
    const directorate = index % directorateCount;
    const plan = plans[directorate] ?? DIRECTORATES[0]!;
    const turn = Math.floor(index / directorateCount);
    const round = Math.floor(turn / plan.departments.length);
    const name = `${plan.departments[turn % plan.departments.length]}${round === 0 ? '' : ` ${round + 1}`}`;
    const organisation = addOrganisation(name, 'NHS_DE', directorates[directorate] ?? trust);
    return { organisation, directorate, kind: plan.kind };
  });
  const teams = Array.from({ length: teamCount }, (_, index): Team => {
    const department = departments[index % departmentCount]!;
    const corporateSystems = index === CORPORATE_SYSTEMS_TEAM;
    const base = department.organisation.name.slice(vpd.length + 1);
    const name = corporateSystems
      ? 'Corporate Systems'
      : teamName(base, department.kind, Math.floor(index / departmentCount));
    return {
      index,
      organisation: addOrganisation(name, 'NHS_TE', department.organisation),
      department: index % departmentCount,
      kind: department.kind,
      directorate: department.directorate,
      standIn: index % 8 === 3,
    };
  });
  const closedOrganisation = addOrganisation('Former Day Hospital', 'NHS_DE', trust, addDays(asOf, -400));
  const positions: Position[] = [];
  const known = new Map<string, Position>();
  const positionFor = (organisation: Organisation, role: Role, specialty: string): Position => {
    const key = `${organisation.id}/${role.title}`;
    const found = known.get(key);
    if (found) return found;
    const number = String(3_560_241 + positions.length);
    const position: Position = {
      id: 1_576_747 + positions.length,
      number,
      name: `${number}|${role.title}|${role.occupationCode}|${specialty}|`,
      role,
      organisation,
    };
    known.set(key, position);
    positions.push(position);
    return position;
  };
  return {
    locations,
    trust,
    directorates,
    departments,
    teams,
    organisations,
    positions,
    closedOrganisation,
    positionFor,
  };
}
