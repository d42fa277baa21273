import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assignmentColumns,
  goFieldCount,
  locationColumns,
  organisationColumns,
  personColumns,
  positionColumns,
} from './go-layout.ts';
import type { GoRecord } from './go-record.ts';
import { parseGoRow } from './go-row.ts';

const layouts = {
  location: ['LCA', locationColumns],
  organisation: ['ORA', organisationColumns],
  position: ['POA', positionColumns],
  person: ['PRA', personColumns],
  assignment: ['ASA', assignmentColumns],
} as const;

/** Writes a record as ESR would, with a marker in every column that must be dropped. */
function serialise(record: GoRecord, marker = 'DROPME'): string {
  const [type, columns] = layouts[record.kind];
  const fields: string[] = new Array(goFieldCount[type]).fill(marker);
  fields[0] = type;
  for (const [name, column] of Object.entries(columns)) {
    const value = (record as unknown as Record<string, string | null>)[name] ?? '';
    fields[column] = /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.replaceAll('-', '') : value;
  }
  return fields.join('~');
}

const id = fc.integer({ min: 1, max: 99_999_999 }).map(String);
const maybe = <T>(a: fc.Arbitrary<T>) => fc.option(a, { nil: null });
const word = fc
  .string({ unit: fc.constantFrom(..."abcXYZéÖ'’|-0 9"), minLength: 1, maxLength: 12 })
  .map((s) => s.trim())
  .filter((s) => s !== '' && !/^\d{4}-\d{2}-\d{2}$/.test(s));
const day = fc
  .date({ min: new Date('1950-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((d) => d.toISOString().slice(0, 10));
const dates = fc.tuple(day, maybe(day)).map(([a, b]) => {
  if (b === null) return { effectiveFrom: a, effectiveTo: null };
  return a <= b ? { effectiveFrom: a, effectiveTo: b } : { effectiveFrom: b, effectiveTo: a };
});
const flag = maybe(fc.constantFrom('Y' as const, 'N' as const));
const employeeNumber = fc.integer({ min: 10_000_000, max: 99_999_999 }).map(String);

const records: fc.Arbitrary<GoRecord> = fc.oneof(
  fc.record({
    kind: fc.constant('location' as const),
    locationId: id,
    code: maybe(word),
    description: maybe(word),
    inactiveDate: maybe(day),
  }),
  fc
    .tuple(
      dates,
      fc.record({
        organisationId: id,
        name: word,
        type: maybe(word),
        parentOrganisationId: maybe(id),
        locationId: maybe(id),
      }),
    )
    .map(([d, r]) => ({ kind: 'organisation' as const, ...d, ...r })),
  fc
    .tuple(
      dates,
      fc.record({
        positionId: id,
        positionNumber: id,
        positionName: word,
        jobStaffGroup: maybe(word),
        jobRole: maybe(word),
        organisationId: maybe(id),
        hiringStatus: maybe(word),
      }),
    )
    .map(([d, r]) => ({ kind: 'position' as const, ...d, ...r })),
  fc
    .tuple(
      dates,
      fc.record({
        personId: id,
        employeeNumber,
        title: maybe(word),
        lastName: word,
        firstName: maybe(word),
        middleName: maybe(word),
        maidenName: maybe(word),
        preferredName: maybe(word),
        previousLastName: maybe(word),
        nhsUniqueId: maybe(id),
        hireDate: maybe(day),
        terminationDate: maybe(day),
        employeeStatus: maybe(word),
        smartcardUuid: maybe(id),
        systemPersonType: maybe(word),
        userPersonType: maybe(word),
        officeEmail: maybe(word),
      }),
    )
    .map(([d, r]) => ({ kind: 'person' as const, ...d, ...r })),
  fc
    .tuple(
      dates,
      fc.record({
        assignmentId: id,
        personId: id,
        assignmentType: maybe(word),
        assignmentNumber: id,
        systemStatus: maybe(word),
        userStatus: maybe(word),
        locationId: maybe(id),
        supervisorFlag: flag,
        supervisorPersonId: maybe(id),
        supervisorAssignmentId: maybe(id),
        supervisorAssignmentNumber: maybe(id),
        departmentManagerPersonId: maybe(id),
        employeeCategory: maybe(word),
        assignmentCategory: maybe(word),
        primaryAssignment: flag,
        organisationId: maybe(id),
        positionId: maybe(id),
        positionName: maybe(word),
        grade: maybe(word),
        jobName: maybe(word),
        contractEndDate: maybe(day),
        lastWorkingDay: maybe(day),
        managerFlag: flag,
        assignmentEndDate: maybe(day),
      }),
    )
    .map(([d, r]) => ({ kind: 'assignment' as const, ...d, ...r })),
);

describe('a GO row', () => {
  it('gives back every kept field and nothing of the others', () => {
    fc.assert(
      fc.property(records, (record) => {
        const row = parseGoRow(serialise(record));
        expect(row).toEqual({
          kind: 'record',
          type: layouts[record.kind][0],
          fields: goFieldCount[layouts[record.kind][0]],
          blankEnd: false,
          record,
        });
        expect(JSON.stringify(row)).not.toContain('DROPME');
      }),
      { numRuns: 400 },
    );
  });

  it('never throws and never quotes what it refuses', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('ASA', 'PRA', 'XXD', 'ASD', 'COA', ''), (text, type) => {
        const row = parseGoRow(`${type}~SECRET${text}`);
        if (row.kind === 'failed') expect(row.reason).not.toContain('SECRET');
      }),
    );
  });

  it('reads ESR’s end of time as no end', () => {
    const row = parseGoRow(
      serialise({
        kind: 'organisation',
        organisationId: '1',
        effectiveFrom: '2020-01-01',
        effectiveTo: '4712-12-31',
        name: 'Ward',
        type: null,
        parentOrganisationId: null,
        locationId: null,
      }),
    );
    expect(row).toMatchObject({ kind: 'record', record: { effectiveTo: null } });
  });

  it('reads deletes by their identifier', () => {
    expect(parseGoRow('ASD~42')).toEqual({ kind: 'delete', type: 'ASD', entity: 'assignment', id: '42' });
    expect(parseGoRow('PRD~7')).toEqual({ kind: 'delete', type: 'PRD', entity: 'person', id: '7' });
    expect(parseGoRow('ADD~7')).toEqual({ kind: 'dropped', type: 'ADD' });
    expect(parseGoRow('ASD~x')).toMatchObject({ kind: 'failed', entity: 'assignment', id: null });
  });

  it.each([
    ['LCA~1~a', 'It has 3 fields instead of 22.'],
    ['PRA', 'It has 1 fields instead of 44.'],
    ['constructor~1', 'It does not begin with a type of row.'],
    ['~~~', 'It does not begin with a type of row.'],
    ['rest of a name~20260101', 'It does not begin with a type of row.'],
  ])('fails %s alone: %s', (line, reason) => {
    expect(parseGoRow(line)).toMatchObject({ kind: 'failed', reason });
  });

  it('names the column of a bad date, not the date', () => {
    const line = serialise({
      kind: 'location',
      locationId: '5',
      code: null,
      description: null,
      inactiveDate: null,
    }).split('~');
    line[locationColumns.inactiveDate] = '20260231';
    expect(parseGoRow(line.join('~'))).toEqual({
      kind: 'failed',
      recordType: 'LCA',
      reason: 'Its inactive date is not a date.',
      short: false,
      entity: 'location',
      id: '5',
      person: null,
    });
  });
});

describe('a row with more fields than are known', () => {
  const PERSON = [
    'PRA',
    '9001',
    '20150101',
    '',
    '10000001',
    'Mr',
    'Able',
    'Ann',
    ...Array<string>(36).fill(''),
  ];
  const with_ = (row: readonly string[], at: Readonly<Record<number, string>>) =>
    row.map((field, column) => at[column] ?? field);
  const STAMPED = with_(PERSON, { 16: '20150101', 33: 'EMP', 38: '20261101 101500' });
  const slip = (row: readonly string[], column: number) =>
    row.map((field, at) => (at === column ? `Na~me` : field)).join('~');

  it('fails where a ~ in a text has moved what stands behind it, though it is the only one of its type', () => {
    for (const row of [STAMPED, with_(PERSON, { 33: 'EMP' }), with_(PERSON, { 38: '20261101 101500' })])
      expect(parseGoRow(slip(row, 6))).toMatchObject({ kind: 'failed', recordType: 'PRA', id: '9001' });
    const assignment = [
      'ASA',
      '9001',
      '5309001',
      '20150101',
      '',
      '',
      'E',
      '10000001',
      'ACTIVE_ASSIGN',
      'Active Assignment',
    ];
    const whole = [...assignment, ...Array<string>(40).fill('')];
    for (const marks of [{ 21: 'Yes' }, { 44: '20261101 101500' }])
      expect(parseGoRow(slip(with_(whole, marks), 9))).toMatchObject({ kind: 'failed', recordType: 'ASA' });
  });

  it('is read where it has grown at its end, and is in its places with a ~ behind it', () => {
    expect(parseGoRow(`${STAMPED.join('~')}~More`)).toMatchObject({
      kind: 'record',
      fields: 45,
      blankEnd: false,
    });
    expect(parseGoRow(`${STAMPED.join('~')}~`)).toMatchObject({ kind: 'record', fields: 45, blankEnd: true });
    // Nothing tells: then the others of its type do.
    expect(parseGoRow(`${PERSON.join('~')}~`)).toMatchObject({ kind: 'record', fields: 45 });
  });
});
