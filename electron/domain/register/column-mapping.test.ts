import { describe, expect, it } from 'vitest';
import {
  distinctHeaders,
  headerSignature,
  kindOfHeaders,
  mappedColumns,
  missingFields,
  suggestMapping,
} from './column-mapping.ts';
import { applyMapping } from './tabular-rows.ts';

const HOLDINGS = 'Employee Number,User Name,Full Name,Responsibility,Start Date,End Date,Last Logon'.split(
  ',',
);
const ONEFORMS =
  'Reference,Submitted At,Requester Name,Requester Employee Number,Beneficiary Number,Beneficiary Name,Access Requested,Justification,Line Manager Name,Line Manager Employee Number,Line Manager Authorised,Authorised By,Authorised By Employee Number,Authorised At,Attachments'.split(
    ',',
  );
const toInstant = (local: string) => `${local}.000Z`;
const context = (kind: 'holdings' | 'oneforms' | 'as-numbers' | 'training', headers: readonly string[]) => ({
  columns: mappedColumns(suggestMapping(kind, headers), headers),
  toInstant,
});

const NOT_IN_FILE = {
  accountStart: null,
  accountEnd: null,
  grantType: null,
  application: null,
  assignedBy: null,
  assignedOn: null,
  updatedBy: null,
  updatedOn: null,
};

describe('column mapping', () => {
  it('maps every column of the known exports', () => {
    expect(Object.keys(suggestMapping('holdings', HOLDINGS))).toHaveLength(HOLDINGS.length);
    const forms = suggestMapping('oneforms', ONEFORMS);
    expect(Object.keys(forms)).toHaveLength(ONEFORMS.length);
    expect(forms).toMatchObject({
      authorised: 'Line Manager Authorised',
      authorisedByEmployeeNumber: 'Authorised By Employee Number',
    });
    expect(
      Object.keys(
        suggestMapping('as-numbers', ['Employee Number', 'Position Number', 'AS Number', 'Issued On']),
      ),
    ).toHaveLength(4);
    expect(
      Object.keys(
        suggestMapping('training', ['Employee Number', 'Competence', 'Status', 'Achieved On', 'Expires On']),
      ),
    ).toHaveLength(5);
  });

  it('tells the kinds apart by their headers', () => {
    expect(kindOfHeaders(HOLDINGS)).toBe('holdings');
    expect(kindOfHeaders(ONEFORMS)).toBe('oneforms');
    expect(kindOfHeaders(['Employee Number', 'AS Number'])).toBe('as-numbers');
    expect(kindOfHeaders(['Employee Number', 'Competence', 'Status'])).toBe('training');
    expect(kindOfHeaders(['Colour', 'Shape'])).toBeNull();
  });

  it('copes with other spellings and does not use a column twice', () => {
    const mapping = suggestMapping('holdings', ['EMP_NO', 'Name', 'USERNAME', 'URP Name']);
    expect(mapping).toEqual({
      employeeNumber: 'EMP_NO',
      fullName: 'Name',
      username: 'USERNAME',
      urp: 'URP Name',
    });
    expect(missingFields('holdings', mapping, ['EMP_NO', 'Name', 'USERNAME'])).toEqual(['Responsibility']);
    expect(distinctHeaders(['Name', 'Name', ''])).toEqual(['Name', 'Name (2)', 'Column 3']);
    expect(headerSignature(['Emp. No', 'NAME'])).toBe(headerSignature(['emp no', 'Name']));
  });

  it('keeps formula-like cells as the text they are and takes the VPD off a URP', () => {
    const cells = [
      '10000001',
      "'=cmd",
      '=1+1',
      '919 Supervisor Self Service',
      '02-Nov-2026',
      '',
      '02/11/2026 07:15',
    ];
    expect(applyMapping('holdings', cells, context('holdings', HOLDINGS))).toEqual({
      ok: true,
      row: {
        employeeNumber: '10000001',
        username: "'=cmd",
        fullName: '=1+1',
        vpd: '919',
        exportedName: 'Supervisor Self Service',
        startDate: '2026-11-02',
        endDate: null,
        lastLogonAt: '2026-11-02T07:15:00.000Z',
        ...NOT_IN_FILE,
      },
    });
  });

  it('needs no employee number where a username is mapped, and reads one as people and spreadsheets write it', () => {
    const headers = ['User Name', 'Responsibility'];
    expect(kindOfHeaders(headers)).toBe('holdings');
    expect(missingFields('holdings', { urp: 'Responsibility' }, headers)).toEqual(['Employee number']);
    const read = (number: string, username: string) =>
      applyMapping('holdings', [number, username, '', 'URP', '', '', ''], context('holdings', HOLDINGS));
    expect(read('', '919A01')).toMatchObject({ row: { employeeNumber: null, username: '919A01' } });
    for (const one of [
      '10000001.0',
      '="10000001"',
      "'10000001",
      '10,000,001',
      '１０００００01',
      '10000001-2',
      '1.0000001E7',
    ])
      expect(read(one, '')).toMatchObject({ row: { employeeNumber: '10000001', username: null } });
    for (const one of ['1.00E+07', '1000001', 'Smith'])
      expect(read(one, '919A01')).toMatchObject({ ok: false });
  });

  it.each([
    [['1000001', 'u', 'n', 'URP', '', '', ''], 'Employee number is not 8 digits.'],
    [['10000001', 'u', 'n', '', '', '', ''], 'Responsibility is missing.'],
    [['10000001', 'u', 'n', 'URP', '31/02/2026', '', ''], 'Start date is not a date.'],
    [['10000001', 'u', 'n', 'URP', '02/02/2026', '01/02/2026', ''], 'End date is before start date.'],
  ])('fails a row with a reason that quotes nothing (%#)', (cells, reason) => {
    expect(applyMapping('holdings', cells, context('holdings', HOLDINGS))).toEqual({ ok: false, reason });
  });

  it('reads a OneForm', () => {
    const cells =
      'SD-1|03/11/2026 09:00|A B|10000001|10000002-2|C D|Local Reports|Need|E F|10000003|Yes|E F|10000003|03/11/2026 10:00|a.pdf; b.pdf'.split(
        '|',
      );
    expect(applyMapping('oneforms', cells, context('oneforms', ONEFORMS))).toMatchObject({
      ok: true,
      row: {
        beneficiary: { number: '10000002-2', name: 'C D' },
        attachments: ['a.pdf', 'b.pdf'],
        authorisation: { by: { number: '10000003', name: 'E F' }, on: '2026-11-03T10:00:00.000Z' },
      },
    });
    cells[10] = 'maybe';
    expect(applyMapping('oneforms', cells, context('oneforms', ONEFORMS))).toMatchObject({ ok: false });
  });
});
