import { goFieldCount } from '../../electron/domain/register/go-layout.ts';

/** Columns by number as domain.md lists them; those not named stay blank. */
export function goRow(
  record: keyof typeof goFieldCount,
  columns: Readonly<Record<number, string | number>>,
): string {
  const fields: string[] = new Array(goFieldCount[record]).fill('');
  fields[0] = record;
  for (const [column, value] of Object.entries(columns)) fields[Number(column)] = String(value);
  return fields.join('~');
}

export const goName = (run: number, kind: 'F' | 'C' = 'F'): string =>
  `GO_919_TST_GO${kind}_20261102_${String(run).padStart(8, '0')}.DAT`;

/** A whole file of VPD 919: header and trailer round the rows. */
export function goFile(name: string, rows: readonly string[]): string {
  const header = ['HDR', name, '20261102 041512', '919', '20261101 010000', '20261102 010000', '02'].join(
    '~',
  );
  return [header, ...rows, `TRL~${rows.length + 2}`, ''].join('\r\n');
}

export const ORGANISATION = goRow('ORA', { 1: 380_001, 2: '919 Ward 1', 3: 'Ward', 4: '20080401' });
export const POSITION = goRow('POA', {
  1: 5_300_001,
  2: '20080401',
  4: '3560241',
  5: '3560241|Staff Nurse|021|Ward 1|',
  8: 'Nursing and Midwifery Registered',
  9: 'Staff Nurse',
  14: 380_001,
  15: 'Active',
});

/** A post of one person, under a supervisor's where there is one. */
export function assignmentRow(post: {
  readonly personId: number;
  readonly employeeNumber: string;
  readonly supervisorId?: number;
  readonly salary?: string;
}): string {
  const { personId, employeeNumber, supervisorId } = post;
  return goRow('ASA', {
    1: personId,
    2: personId + 1_000_000,
    3: '20200101',
    6: 'E',
    7: employeeNumber,
    8: 'ACTIVE_ASSIGN',
    9: 'Active Assignment',
    14: 'No',
    ...(supervisorId === undefined
      ? {}
      : { 15: supervisorId, 16: supervisorId + 1_000_000, 18: supervisorId }),
    19: 'Permanent',
    21: 'Yes',
    27: 380_001,
    28: 5_300_001,
    29: '3560241|Staff Nurse|021|Ward 1|',
    33: post.salary ?? '',
  });
}

/** As many people as a large trust has, alike but for their numbers. `lastName` is everybody's. */
export function largeTrust(people: number, lastName = 'Many'): readonly string[] {
  const rows = [ORGANISATION, POSITION];
  for (let i = 0; i < people; i++) {
    const personId = 8_000_000 + i;
    const employeeNumber = String(30_000_000 + i);
    rows.push(
      goRow('PRA', {
        1: personId,
        2: '20200101',
        4: employeeNumber,
        5: 'Mx',
        6: lastName,
        7: `Number ${i}`,
        16: '20200101',
        29: String(500_000_000_000 + i),
        33: 'EMP',
        35: `number.${i}@trust.invalid`,
      }),
      assignmentRow({ personId, employeeNumber, ...(i === 0 ? {} : { supervisorId: 8_000_000 }) }),
    );
  }
  return rows;
}
