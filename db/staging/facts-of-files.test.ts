import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import type { ImportKind } from '../../electron/contract/imports.contract.ts';
import { DEFAULT_TRAINING_WORDS, trainingReader } from '../../electron/domain/access/training-words.ts';
import { createRegisterReader } from '../repositories/register-reader.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const TODAY = '2026-11-20';
let bench: ImportBench;
let files = 0;
beforeEach(() => {
  bench = createImportBench('facts', createImportFiles());
});
afterEach(() => bench.close());

const importRows = (kind: ImportKind, rows: readonly string[], name = `file-${++files}.csv`) => {
  const folder = join(bench.dir, `files-${++files}`);
  mkdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, `${rows.join('\n')}\n`);
  return bench.apply(path, { kind, takenAt: kind === 'go' ? null : '2026-11-16T07:00:00.000Z' });
};
const known = (number: string) => {
  const found = createRegisterReader(bench.store.db).knownOf([number], TODAY).get(number);
  if (!found) throw new Error('every number asked for has an answer');
  return found;
};
const trainingOf = (number: string) => trainingReader(DEFAULT_TRAINING_WORDS)(known(number).training);

const TRAINING = 'Employee Number,Competence,Status,Achieved On,Expires On';
const ATTAINED = [
  '10000002,NHS|CSTF|Information Governance and Data Security - 1 Year|,Compliant,01-Sep-2024,01-Sep-2025',
  '10000002,NHS|CSTF|Information Governance and Data Security - 1 Year|,Compliant,01-Sep-2026,01-Sep-2027',
];

describe('training', () => {
  it.each([
    ['as the file has them', ATTAINED],
    ['the other way round', ATTAINED.toReversed()],
  ])('of several attainments the one that runs longest counts, %s', async (_, rows) => {
    const { counts } = await importRows('training', [TRAINING, ...rows]);
    expect(counts).toMatchObject({ read: 2, new: 2, failed: 0 });
    expect(trainingOf('10000002')).toEqual({ status: 'passed', expiresOn: '2027-09-01' });
  });

  it('an attainment more, and one that is gone, are changes of a competence that stays', async () => {
    await importRows('training', [TRAINING, ...ATTAINED]);
    const renewed =
      '10000002,NHS|CSTF|Information Governance and Data Security - 1 Year|,Compliant,01-Nov-2026,';
    const { counts } = await importRows('training', [TRAINING, ATTAINED[1] ?? '', renewed]);
    expect(counts).toMatchObject({ new: 0, unchanged: 1, ended: 0, failed: 0 });
    expect(trainingOf('10000002')).toEqual({ status: 'passed', expiresOn: null });
    const again = await importRows('training', [TRAINING, renewed, ATTAINED[1] ?? '']);
    expect(again.counts).toMatchObject({ new: 0, changed: 0, ended: 0, unchanged: 2, failed: 0 });
  });

  it('“Compliant - Expired” is not passed, and Data Security Awareness counts', async () => {
    await importRows('training', [
      TRAINING,
      '10000002,Information Governance,Compliant - Expired,01-Sep-2024,',
      '10000003,000 Data Security Awareness - Level 1,Compliant,01-Sep-2026,01-Sep-2027',
    ]);
    expect(trainingOf('10000002')).toEqual({ status: 'not-passed', expiresOn: null });
    expect(trainingOf('10000003')).toEqual({ status: 'passed', expiresOn: '2027-09-01' });
    expect(trainingOf('10000004')).toBeNull();
  });

  it('never depends on the order of rows', async () => {
    const row = fc
      .tuple(
        fc.constantFrom('Compliant', 'Expired'),
        fc.constantFrom('', '01-Sep-2024', '01-Sep-2025'),
        fc.constantFrom('', '01-Sep-2026', '01-Sep-2027'),
      )
      .map(([status, from, to]) => `10000002,Information Governance,${status},${from},${to}`);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(row, { minLength: 1, maxLength: 5 }), async (rows) => {
        await importRows('training', [TRAINING, ...rows]);
        const first = trainingOf('10000002');
        await importRows('training', [TRAINING, ...rows.toReversed()]);
        expect(trainingOf('10000002')).toEqual(first);
      }),
      { numRuns: 15 },
    );
  });
});

describe('AS numbers', () => {
  it('one number for two posts stands for both', async () => {
    const rows = ['10000002,3560241,AS100,01-Jan-2026', '10000002,3560999,AS100,01-Feb-2026'];
    for (const order of [rows, rows.toReversed()]) {
      const { counts } = await importRows('as-numbers', [
        'Employee Number,Position Number,AS Number,Issued On',
        ...order,
      ]);
      expect(counts.failed).toBe(0);
      expect(known('10000002').asNumbers).toEqual([
        { asNumber: 'AS100', positionNumber: '3560241', issuedOn: '2026-01-01' },
        { asNumber: 'AS100', positionNumber: '3560999', issuedOn: '2026-02-01' },
      ]);
    }
  });
});

describe('posts', () => {
  const person = (id: number, name: string) =>
    `PRA~900${id}~20150101~~1000000${id}~Ms.~${name}~Test~~~~~~~~~20150101~~~~~~~~~~~~~~~~~EMP~Employee~~~~~~~~~`;
  const assignment = (
    id: number,
    { type = 'E', system = 'ACTIVE_ASSIGN', user = 'Active Assignment', contractEnd = '', lastDay = '' } = {},
  ) =>
    `ASA~900${id}~530900${id}~20150101~~~${type}~1000000${id}~${system}~${user}~~~~280001~No~9001~5309001~~9001~~~Yes~~~~~~380001~1570001~3560241|Staff Nurse|021|Ward|~~~~~~~~~~~${contractEnd}~~~~~${lastDay}~~No~~`;
  const ROWS = [
    'LCA~280001~Site A~Main site~~~~~~~~~~~~~~~~~~20260101 010101',
    'ORA~380001~919 Ward One~NHS_TM~20100101~~~~~~~~280001~20260101 010101~',
    'POA~1570001~20100101~~3560241~3560241|Staff Nurse|021|Ward|~~~Nursing~Staff Nurse~~~~~380001~Active~~~~~~~~',
    person(1, 'Chief'),
    assignment(1),
    person(2, 'Able'),
    assignment(2, { system: 'TERM_ASSIGN', user: 'Terminated' }),
    person(3, 'Baker'),
    assignment(3, { type: 'A', system: 'ACTIVE_APL', user: 'Offer accepted' }),
    person(4, 'Contract'),
    assignment(4, { contractEnd: '20260930' }),
    person(5, 'Last'),
    assignment(5, { lastDay: '20260930' }),
    person(6, 'Susp'),
    assignment(6, { system: 'SUSP_ASSIGN', user: 'Suspend With Pay' }),
  ];

  it('a terminated, an applicant’s and an ended assignment are none and no report; a suspended one is said', async () => {
    const name = 'GO_919_TST_GOF_20261102_00000101.DAT';
    const header = `HDR~${name}~20261102 041512~919~20261101 010000~20261102 010000~02`;
    await importRows('go', [header, ...ROWS, `TRL~${ROWS.length + 2}`], name);
    const facts = (id: number) => {
      const { person: found } = known(`1000000${id}`);
      return { posts: found?.assignments.length, noPost: found?.noPost, current: found?.current };
    };
    expect(facts(2)).toEqual({ posts: 0, noPost: 'no longer holds the post (Terminated)', current: false });
    expect(facts(3)).toEqual({
      posts: 0,
      noPost: 'is an applicant for the post (Offer accepted)',
      current: false,
    });
    expect(facts(4)).toEqual({
      posts: 0,
      noPost: 'left the post on 30 Sep 2026 (contract end date)',
      current: false,
    });
    expect(facts(5)).toEqual({
      posts: 0,
      noPost: 'left the post on 30 Sep 2026 (last working day)',
      current: false,
    });
    expect(known('10000006').person?.assignments).toMatchObject([
      { remark: { kind: 'suspended', words: 'Suspend With Pay' } },
    ]);
    // The chief's own assignment names itself, as this file has it; of the others only the suspended one reports.
    expect(known('10000001').person?.assignments).toMatchObject([{ directReports: 2 }]);
    const detail = createRegisterReader(bench.store.db).personDetail('10000002', TODAY);
    expect(detail).toMatchObject({ current: false, assignments: [{ current: false, status: 'Terminated' }] });
  });
});
