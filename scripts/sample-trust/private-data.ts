import { addDays, goDate } from './dates.ts';
import type { Person } from './model.ts';
import { createRandom } from './prng.ts';

/** One kind of personal data the program must drop, and the pattern (JavaScript) that finds every sample value of it. */
export interface PrivateMarker {
  readonly what: string;
  readonly record: 'PRA' | 'ASA' | 'ADA' | 'PHA' | 'VHA' | 'COA';
  /** Column numbers, 0 being the record type. */
  readonly columns: readonly number[];
  readonly pattern: string;
  readonly example: string;
}

export const PRIVATE_MARKERS: readonly PrivateMarker[] = [
  { what: 'NI number', record: 'PRA', columns: [14], pattern: 'QQ99\\d{4}[A-D]', example: 'QQ991234A' },
  {
    what: 'date of birth',
    record: 'PRA',
    columns: [13],
    pattern: '(?<!\\d)(?:19[5-9]\\d|200[0-6])-?(?:0[13-9]|1[0-2])-?29(?!\\d)',
    example: '19740429',
  },
  { what: 'gender', record: 'PRA', columns: [12], pattern: 'ZQGENDER', example: 'Female ZQGENDER' },
  {
    what: 'ethnic origin',
    record: 'PRA',
    columns: [22],
    pattern: 'ZQETHNIC',
    example: 'A White - British ZQETHNIC',
  },
  {
    what: 'marital status',
    record: 'PRA',
    columns: [23],
    pattern: 'ZQMARITAL',
    example: 'Married ZQMARITAL',
  },
  { what: 'country of birth', record: 'PRA', columns: [24], pattern: 'ZQBORN', example: 'India ZQBORN' },
  {
    what: 'previous employer',
    record: 'PRA',
    columns: [25],
    pattern: 'ZQPREVIOUS',
    example: 'Care Home ZQPREVIOUS',
  },
  { what: 'disability', record: 'PRA', columns: [39], pattern: 'ZQDISAB', example: 'No ZQDISAB' },
  {
    what: 'legacy payroll number',
    record: 'PRA',
    columns: [40],
    pattern: 'ZQLEGACY\\d+',
    example: 'ZQLEGACY104233',
  },
  { what: 'nationality', record: 'PRA', columns: [41], pattern: 'ZQNATION', example: 'British ZQNATION' },
  {
    what: 'salary',
    record: 'ASA',
    columns: [33],
    pattern: '(?<!\\d)\\d{5,6}\\.77(?!\\d)',
    example: '32641.77',
  },
  {
    what: 'home address',
    record: 'ADA',
    columns: [6],
    pattern: 'Zqmarker (?:Road|Street|Lane|Close|Avenue)',
    example: '14 Zqmarker Road',
  },
  { what: 'home postcode', record: 'ADA', columns: [11], pattern: 'ZQ\\d{1,2} \\dZQ', example: 'ZQ7 4ZQ' },
  { what: 'phone number', record: 'PHA', columns: [4], pattern: '07700900\\d{3}', example: '07700900123' },
  { what: 'vehicle registration', record: 'VHA', columns: [6], pattern: 'ZQ\\d{2}VEH', example: 'ZQ17VEH' },
  { what: 'costing', record: 'COA', columns: [8], pattern: 'ZQCOST\\d+', example: 'ZQCOST1042' },
];

export interface PrivateData {
  readonly gender: string;
  readonly birth: string;
  readonly niNumber: string;
  readonly ethnic: string;
  readonly marital: string;
  readonly bornIn: string;
  readonly previousEmployer: string;
  readonly disability: string;
  readonly legacyNumber: string;
  readonly nationality: string;
  readonly address: string;
  readonly postcode: string;
  readonly phones: readonly string[];
  readonly vehicle: string;
  readonly costCentre: string;
  readonly salaryStep: number;
  readonly lastUpdate: string;
}

const COUNTRIES = [
  ['United Kingdom', 'British'],
  ['United Kingdom', 'British'],
  ['United Kingdom', 'British'],
  ['India', 'Indian'],
  ['Nigeria', 'Nigerian'],
  ['Philippines', 'Filipino'],
  ['Poland', 'Polish'],
  ['Ireland', 'Irish'],
] as const;
const ETHNIC = [
  'A White - British',
  'B White - Irish',
  'C White - Any other',
  'H Asian - Indian',
  'J Asian - Pakistani',
  'N Black - African',
  'M Black - Caribbean',
  'Z Not Stated',
];

/** What the ESR file says of a person and this program must never keep. The same person gets the same values each time. */
export function privateDataOf(person: Person, seed: number, asOf: string): PrivateData {
  const random = createRandom(seed, 'private', person.index);
  const month = random.pick(['01', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']);
  const digits = (count: number): string => String(random.below(10 ** count)).padStart(count, '0');
  const [country, nationality] = random.pick(COUNTRIES);
  const updated = addDays(asOf, -random.between(1, 600));
  return {
    gender: `${person.name.gender} ZQGENDER`,
    birth: `${random.between(1959, 2006)}${month}29`,
    niNumber: `QQ99${digits(4)}${random.pick(['A', 'B', 'C', 'D'])}`,
    ethnic: `${random.pick(ETHNIC)} ZQETHNIC`,
    marital: `${random.pick(['Single', 'Married', 'Divorced', 'Civil Partnership', 'Widowed'])} ZQMARITAL`,
    bornIn: `${country} ZQBORN`,
    previousEmployer: random.chance(40)
      ? `${random.pick(['NHS Trust', 'Care Home', 'Local Authority', 'Private Sector'])} ZQPREVIOUS`
      : '',
    disability: `${random.pick(['No', 'No', 'No', 'Yes', 'Not Declared'])} ZQDISAB`,
    legacyNumber: `ZQLEGACY${digits(6)}`,
    nationality: `${nationality} ZQNATION`,
    address: `${random.between(1, 180)} Zqmarker ${random.pick(['Road', 'Street', 'Lane', 'Close', 'Avenue'])}`,
    postcode: `ZQ${random.between(1, 20)} ${random.between(1, 9)}ZQ`,
    phones: random.chance(60) ? [`07700900${digits(3)}`, `07700900${digits(3)}`] : [`07700900${digits(3)}`],
    vehicle: random.chance(12) ? `ZQ${random.between(10, 99)}VEH` : '',
    costCentre: `ZQCOST${digits(5)}`,
    salaryStep: random.between(0, 4),
    lastUpdate: `${goDate(updated)} 1${digits(1)}${random.between(10, 59)}${random.between(10, 59)}`,
  };
}
