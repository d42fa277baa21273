import { addDays } from './dates.ts';
import { createRandom, type Random } from './prng.ts';

export interface Role {
  readonly title: string;
  readonly occupationCode: string;
  readonly staffGroup: string;
  readonly jobRole: string;
  readonly payscale: string;
  readonly grade: string;
  readonly salary: number;
}

const band = (number: number): Pick<Role, 'payscale' | 'grade'> => ({
  payscale: `XR${String(number).padStart(2, '0')}`,
  grade: `NHS|XR${String(number).padStart(2, '0')}|Review Body Band ${number}`,
});
const medical = (payscale: string, name: string): Pick<Role, 'payscale' | 'grade'> => ({
  payscale,
  grade: `NHS|${payscale}|${name}`,
});
const NURSING = 'Nursing and Midwifery Registered';
const CLERICAL = 'Administrative and Clerical';

export const ROLES = {
  chief: {
    title: 'Chief Executive',
    occupationCode: 'G0A',
    staffGroup: CLERICAL,
    jobRole: 'Chief Executive',
    ...medical('XN09', 'Board Level'),
    salary: 182_000,
  },
  director: {
    title: 'Director',
    occupationCode: 'G0A',
    staffGroup: CLERICAL,
    jobRole: 'Board Level Director',
    ...medical('XN09', 'Board Level'),
    salary: 131_000,
  },
  clinicalHead: {
    title: 'Matron',
    occupationCode: 'N0A',
    staffGroup: NURSING,
    jobRole: 'Modern Matron',
    ...band(8),
    salary: 57_000,
  },
  corporateHead: {
    title: 'Head of Service',
    occupationCode: 'G1A',
    staffGroup: CLERICAL,
    jobRole: 'Senior Manager',
    ...band(8),
    salary: 58_000,
  },
  wardManager: {
    title: 'Ward Manager',
    occupationCode: 'N6A',
    staffGroup: NURSING,
    jobRole: 'Sister/Charge Nurse',
    ...band(7),
    salary: 48_000,
  },
  teamManager: {
    title: 'Team Manager',
    occupationCode: 'G1A',
    staffGroup: CLERICAL,
    jobRole: 'Manager',
    ...band(7),
    salary: 47_500,
  },
  teamAdministrator: {
    title: 'Team Administrator',
    occupationCode: 'G2A',
    staffGroup: CLERICAL,
    jobRole: 'Clerical Worker',
    ...band(4),
    salary: 28_400,
  },
} as const satisfies Record<string, Role>;

const CLINICAL_ROLES: readonly Role[] = [
  {
    title: 'Staff Nurse',
    occupationCode: 'N6A',
    staffGroup: NURSING,
    jobRole: 'Staff Nurse',
    ...band(5),
    salary: 32_600,
  },
  {
    title: 'Senior Staff Nurse',
    occupationCode: 'N6A',
    staffGroup: NURSING,
    jobRole: 'Staff Nurse',
    ...band(6),
    salary: 40_200,
  },
  {
    title: 'Healthcare Assistant',
    occupationCode: 'H1A',
    staffGroup: 'Additional Clinical Services',
    jobRole: 'Healthcare Assistant',
    ...band(2),
    salary: 24_100,
  },
  {
    title: 'Consultant',
    occupationCode: '021',
    staffGroup: 'Medical and Dental',
    jobRole: 'Consultant',
    ...medical('YM72', 'Consultant'),
    salary: 118_000,
  },
  {
    title: 'Specialty Doctor',
    occupationCode: '021',
    staffGroup: 'Medical and Dental',
    jobRole: 'Specialty Doctor',
    ...medical('MC75', 'Specialty Doctor'),
    salary: 71_000,
  },
  {
    title: 'Physiotherapist',
    occupationCode: 'S1E',
    staffGroup: 'Allied Health Professionals',
    jobRole: 'Physiotherapist',
    ...band(6),
    salary: 39_800,
  },
  {
    title: 'Ward Clerk',
    occupationCode: 'G2D',
    staffGroup: CLERICAL,
    jobRole: 'Clerical Worker',
    ...band(3),
    salary: 25_300,
  },
];
const ESTATES_ROLES: readonly Role[] = [
  {
    title: 'Domestic Assistant',
    occupationCode: 'H2E',
    staffGroup: 'Estates and Ancillary',
    jobRole: 'Housekeeper',
    ...band(2),
    salary: 23_900,
  },
  {
    title: 'Porter',
    occupationCode: 'H2F',
    staffGroup: 'Estates and Ancillary',
    jobRole: 'Porter',
    ...band(2),
    salary: 23_900,
  },
  {
    title: 'Maintenance Craftsperson',
    occupationCode: 'G3C',
    staffGroup: 'Estates and Ancillary',
    jobRole: 'Maintenance Craftsperson',
    ...band(4),
    salary: 28_900,
  },
];
const CORPORATE_ROLES: readonly Role[] = [
  {
    title: 'Officer',
    occupationCode: 'G2A',
    staffGroup: CLERICAL,
    jobRole: 'Officer',
    ...band(4),
    salary: 28_100,
  },
  {
    title: 'Senior Officer',
    occupationCode: 'G2A',
    staffGroup: CLERICAL,
    jobRole: 'Officer',
    ...band(5),
    salary: 33_100,
  },
  {
    title: 'Analyst',
    occupationCode: 'G2B',
    staffGroup: CLERICAL,
    jobRole: 'Analyst',
    ...band(6),
    salary: 40_100,
  },
  {
    title: 'Adviser',
    occupationCode: 'G2A',
    staffGroup: CLERICAL,
    jobRole: 'Adviser',
    ...band(6),
    salary: 40_600,
  },
];

type DirectorateKind = 'clinical' | 'corporate' | 'estates';
interface DirectoratePlan {
  readonly name: string;
  readonly kind: DirectorateKind;
  readonly departments: readonly string[];
}
export const WORKFORCE = 2;
export const FINANCE = 3;
/** Workforce and Finance stand early, so that the smallest trust has them. */
const DIRECTORATES: readonly DirectoratePlan[] = [
  {
    name: 'Medicine and Urgent Care',
    kind: 'clinical',
    departments: [
      'Acute Medicine',
      'Cardiology',
      'Respiratory Medicine',
      'Care of Older People',
      'Gastroenterology',
      'Stroke',
      'Renal Medicine',
      'Emergency Department',
    ],
  },
  {
    name: 'Surgery and Theatres',
    kind: 'clinical',
    departments: [
      'General Surgery',
      'Trauma and Orthopaedics',
      'Urology',
      'Ear, Nose and Throat',
      'Ophthalmology',
      'Theatres',
      'Critical Care',
      'Vascular Surgery',
    ],
  },
  {
    name: 'Workforce and Organisational Development',
    kind: 'corporate',
    departments: [
      'Workforce Information',
      'Recruitment Services',
      'Learning and Development',
      'Employee Relations',
      'Temporary Staffing',
    ],
  },
  {
    name: 'Finance and Procurement',
    kind: 'corporate',
    departments: [
      'Payroll Services',
      'Management Accounts',
      'Procurement',
      'Financial Control',
      'Costing and Income',
    ],
  },
  {
    name: 'Women and Children',
    kind: 'clinical',
    departments: ['Maternity', 'Neonatal Care', 'Paediatrics', 'Gynaecology', 'Health Visiting'],
  },
  {
    name: 'Digital and Data',
    kind: 'corporate',
    departments: [
      'Service Desk',
      'Information Services',
      'Digital Programmes',
      'Health Records',
      'Infrastructure',
    ],
  },
  {
    name: 'Estates and Facilities',
    kind: 'estates',
    departments: ['Housekeeping', 'Portering', 'Catering', 'Estates Maintenance', 'Security'],
  },
  {
    name: 'Clinical Support',
    kind: 'clinical',
    departments: ['Radiology', 'Pathology', 'Pharmacy', 'Therapies', 'Outpatients'],
  },
  {
    name: 'Community and Integrated Care',
    kind: 'clinical',
    departments: [
      'District Nursing',
      'Intermediate Care',
      'Podiatry',
      'Community Rehabilitation',
      'Palliative Care',
    ],
  },
  {
    name: 'Cancer and Specialist Services',
    kind: 'clinical',
    departments: ['Oncology', 'Haematology', 'Dermatology', 'Rheumatology', 'Endocrinology'],
  },
  {
    name: 'Mental Health',
    kind: 'clinical',
    departments: [
      'Adult Inpatient',
      'Community Mental Health',
      'Talking Therapies',
      'Crisis Resolution',
      'Memory Services',
    ],
  },
  {
    name: 'Corporate Affairs',
    kind: 'corporate',
    departments: [
      'Governance',
      'Communications',
      'Legal Services',
      'Patient Experience',
      'Corporate Secretariat',
    ],
  },
];
const SITES = [
  'Harrowby General Hospital',
  'Millbrook Community Hospital',
  'Eastgate House',
  'Northfield Clinic',
  'Larkhill Hospital',
  'Riverside Centre',
  'Oakdene Health Centre',
  'Whitestone Hospital',
];
const CLINICAL_TEAMS = [
  'Ward',
  'Outpatients',
  'Day Unit',
  'Specialist Nursing',
  'Assessment Unit',
  'Inpatient Team',
];
const OFFICE_TEAMS = ['Operations', 'Projects', 'Support', 'Planning', 'Assurance', 'Services'];

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

export function staffRoles(kind: DirectorateKind): readonly Role[] {
  switch (kind) {
    case 'clinical':
      return CLINICAL_ROLES;
    case 'estates':
      return ESTATES_ROLES;
    case 'corporate':
      return CORPORATE_ROLES;
  }
}

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
