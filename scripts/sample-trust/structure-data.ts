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

export type DirectorateKind = 'clinical' | 'corporate' | 'estates';
export interface DirectoratePlan {
  readonly name: string;
  readonly kind: DirectorateKind;
  readonly departments: readonly string[];
}
/** Places in `DIRECTORATES`. */
export const WORKFORCE = 2;
export const FINANCE = 3;
/** Workforce and Finance stand early, so that the smallest trust has them. */
export const DIRECTORATES: readonly DirectoratePlan[] = [
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
export const SITES = [
  'Harrowby General Hospital',
  'Millbrook Community Hospital',
  'Eastgate House',
  'Northfield Clinic',
  'Larkhill Hospital',
  'Riverside Centre',
  'Oakdene Health Centre',
  'Whitestone Hospital',
];
export const CLINICAL_TEAMS = [
  'Ward',
  'Outpatients',
  'Day Unit',
  'Specialist Nursing',
  'Assessment Unit',
  'Inpatient Team',
];
export const OFFICE_TEAMS = ['Operations', 'Projects', 'Support', 'Planning', 'Assurance', 'Services'];

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
