/** ESR's Generic Outbound file as text, written by hand from the layout: the tests' own, so that a fault of the reader's layout shows. */

const FIELDS = { LCA: 22, ORA: 15, POA: 24, PRA: 44, ASA: 50 } as const;

/** Columns by number, 0 being the type; those not named stay blank. */
export function goRow(
  type: keyof typeof FIELDS,
  columns: Readonly<Record<number, string | number>>,
  fields: number = FIELDS[type],
): string {
  const row: string[] = new Array(fields).fill('');
  row[0] = type;
  for (const [column, value] of Object.entries(columns)) row[Number(column)] = String(value);
  return row.join('~');
}

export interface GoName {
  readonly kind?: 'F' | 'C';
  readonly run: number;
  /** `yyyyMMdd`, in the name and in the header. */
  readonly day?: string;
}

export const goName = ({ kind = 'F', run, day = '20261102' }: GoName): string =>
  `GO_919_TST_GO${kind}_${day}_${String(run).padStart(8, '0')}.DAT`;

/** A whole file: header and trailer round the rows. */
export function goText(name: GoName, rows: readonly string[], previous = '20261101 010000'): string {
  const day = name.day ?? '20261102';
  const header = ['HDR', goName(name), `${day} 041512`, '919', previous, `${day} 010000`, '02'].join('~');
  return [header, ...rows, `TRL~${rows.length + 2}`, ''].join('\n');
}

type Columns = Readonly<Record<number, string | number>>;

/** Person 9001 has the number 10000001, and so on. */
export const person = (id: number, lastName: string, more: Columns = {}): string =>
  goRow('PRA', {
    1: id,
    2: '20150101',
    4: 10_000_000 + id - 9_000,
    6: lastName,
    7: 'Ann',
    16: '20150101',
    33: 'EMP',
    ...more,
  });

/** The post of a person: 5309001 of person 9001. All report to 9001. */
export const post = (personId: number, more: Columns = {}): string =>
  goRow('ASA', {
    1: personId,
    2: personId + 5_300_000,
    3: '20150101',
    6: 'E',
    7: 10_000_000 + personId - 9_000,
    8: 'ACTIVE_ASSIGN',
    15: 9001,
    16: 5_309_001,
    18: 9001,
    21: 'Yes',
    27: 380_001,
    28: 1_570_001,
    ...more,
  });

export const LOCATION = goRow('LCA', { 1: 280_001, 2: 'Site A', 3: 'Main site' });
export const ORGANISATION = goRow('ORA', { 1: 380_001, 2: 'Ward One', 4: '20100101', 12: 280_001 });
export const POSITION = goRow('POA', { 1: 1_570_001, 2: '20100101', 4: '3560241', 5: '3560241|Nurse|' });

/** Three people with a post each, and what they hang on. */
export const SMALL: readonly string[] = [
  LOCATION,
  ORGANISATION,
  POSITION,
  ...[9001, 9002, 9003].flatMap((id) => [person(id, `Name${id}`), post(id)]),
];
