import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import type { ImportKind } from '../../electron/contract/imports.contract.ts';
import type { FormAuthorisation } from '../../electron/domain/requests/request.ts';
import { newRequest } from '../../electron/domain/requests/request.ts';
import { requestDetail } from '../../electron/services/requests/request-detail.ts';
import { NO_CARD_YET } from '../../electron/services/session/new-store.ts';
import { goName, goText, person, post } from './testing/go-text.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';

const APPROVER = 'user-approver';
const AT = '2026-11-20T09:00:00.000Z';
let bench: ImportBench;
let files = 0;
beforeEach(async () => {
  bench = createImportBench('judge-approvals', createImportFiles());
  const { users } = bench.context.access;
  bench.context.access.transaction(() =>
    users.insert({
      ...{ id: APPROVER, username: 'approver', displayName: 'Approver', employeeNumber: '90000009' },
      ...{ roles: ['officer'], createdAt: AT, lastSignInAt: null, endedAt: null, mustChangePassword: false },
      ...NO_CARD_YET,
    }),
  );
  await go(101, [person(9002, 'Able', { 29: '100000000002' }), post(9002)]);
  await holdings(LOCAL);
  await training('01-Sep-2027');
});
afterEach(() => bench.close());

const apply = (kind: ImportKind, name: string, text: string, options: object = {}) => {
  const folder = join(bench.dir, `files-${++files}`);
  mkdirSync(folder);
  writeFileSync(join(folder, name), text);
  return bench.apply(join(folder, name), { kind, ...options });
};
const csv = (kind: ImportKind, rows: readonly string[]) =>
  apply(kind, 'file.csv', `${rows.join('\n')}\n`, { takenAt: '2026-11-16T07:00:00.000Z' });
const go = (run: number, rows: readonly string[]) =>
  apply('go', goName({ run }), goText({ run }, [person(9001, 'Chief'), post(9001), ...rows]));
const LOCAL = '10000002,919AABLE01,919 Employee Self Service,01-Jan-2026,';
const holdings = (...rows: readonly string[]) =>
  csv('holdings', ['Employee Number,User Name,Responsibility,Start Date,End Date', ...rows]);
const training = (until: string) =>
  csv('training', [
    'Employee Number,Competence,Status,Achieved On,Expires On',
    `10000002,000 Data Security Awareness,Compliant,01-Sep-2025,${until}`,
  ]);

function approve(reference: string): void {
  const { access } = bench.context;
  const manager = { number: '10000001', name: 'Chief' };
  const authorisation: FormAuthorisation = { by: manager, on: '2026-11-01' };
  const form = {
    reference,
    submittedAt: '2026-11-01T09:00:00.000Z',
    requester: { number: '10000002', name: 'Able' },
    beneficiary: { number: '10000002', name: 'Able' },
    accessAsTyped: 'HR Data Entry',
    justification: 'Need',
    lineManager: manager,
    authorisation,
    attachments: [],
  };
  const urp = 'HR Data Entry';
  const fresh = newRequest({ id: reference, form, urp, authorisationNeeded: true, beneficiary: '10000002' });
  const step = { userId: APPROVER, employeeNumber: '90000009', at: AT };
  const progress = {
    ...fresh.progress,
    status: 'approved' as const,
    authorisation: { ...authorisation, recorded: step },
    approval: step,
  };
  access.transaction(() =>
    access.requests.insert({ request: { ...fresh, progress }, revision: 1, changedAt: AT, person: 'Able' }),
  );
}
const objection = (id: string) =>
  bench.context.access.requests.get(id)?.request.progress.objection?.points.map(({ fact }) => fact) ?? null;
const judged = (id: string) =>
  bench.context.access.ledger
    .bySubject('request', id)
    .filter(({ operation }) => operation.startsWith('request.'))
    .map(({ operation, actorId }) => `${operation} by ${actorId ?? 'the program'}`);

describe('every import judges the approvals that are not keyed', () => {
  it('and says so in the ledger by the program, in the import’s words, and when it holds again', async () => {
    approve('SD-1');
    const { sentence } = await training('01-Sep-2027');
    expect(objection('SD-1')).toBeNull();
    expect(sentence).not.toMatch(/grantable/);
    expect((await training('01-Sep-2026')).sentence).toMatch(/; 1 approved and no longer grantable\.$/);
    expect(objection('SD-1')).toEqual(['Information governance training ran out on 1 Sep 2026.']);
    await training('01-Sep-2026');
    expect((await training('01-Sep-2028')).sentence).toMatch(/; 1 grantable again\.$/);
    expect(objection('SD-1')).toBeNull();
    expect(judged('SD-1')).toEqual([
      'request.noLongerGrantable by the program',
      'request.grantableAgain by the program',
    ]);
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a GO file that ends the post',
      () => go(102, [person(9002, 'Able', { 29: '100000000002' }), post(9002, { 8: 'TERM_ASSIGN' })]),
      /no longer holds the post/,
    ],
    [
      'a GO file without the smartcard, under another manager',
      () => go(102, [person(9002, 'Able'), post(9002, { 15: 9002, 18: 9002 })]),
      /authorised it, and ESR shows Ann Able.*no smartcard/,
    ],
    [
      'holdings that conflict',
      () => holdings(LOCAL, '10000002,919AABLE01,919 Payroll Administration,01-Nov-2026,'),
      /Payroll Administration is held/,
    ],
    [
      'AS numbers, where the account that approved has ended',
      () => {
        bench.store.db.prepare("update user set ended_at = '2026-11-10T09:00:00.000Z'").run();
        return csv('as-numbers', [
          'Employee Number,Position Number,AS Number,Issued On',
          '10000002,3560241,A1,',
        ]);
      },
      /account of Approver, who approved it, ended on 10 Nov 2026/,
    ],
    [
      'OneForms, on the day on which training has run out',
      async () => {
        await training('20-Nov-2026');
        expect(objection('SD-1')).toBeNull();
        bench.setNow('2026-11-21T09:00:00.000Z');
        const other = {
          reference: 'SD-2',
          submittedAt: '2026-11-20T09:00:00Z',
          accessRequested: 'Local Reports',
        };
        const forms = [{ ...other, beneficiary: { number: '10000002', name: 'Able' } }];
        return apply('oneforms', 'forms.json', JSON.stringify({ source: 'Portal', forms }));
      },
      /training ran out on 20 Nov 2026/,
    ],
  ])('%s', async (_, change, words) => {
    approve('SD-1');
    await change();
    expect(objection('SD-1')?.join(' ')).toMatch(words);
    expect(judged('SD-1')).toEqual(['request.noLongerGrantable by the program']);
  });

  it('where nothing is approved nobody’s numbers are read', async () => {
    const inBulk = vi.spyOn(bench.context.access.who, 'inBulk');
    await go(102, [person(9002, 'Able')]);
    expect(inBulk).not.toHaveBeenCalled();
    approve('SD-1');
    await go(103, [person(9002, 'Able')]);
    expect(inBulk).toHaveBeenCalledTimes(1);
  });

  it('a dry run and a cancelled import judge nothing', async () => {
    approve('SD-1');
    const before = bench.state();
    bench.cancelAt(4);
    await expect(training('01-Sep-2026')).rejects.toThrow();
    bench.cancelAt(null);
    expect(bench.state()).toBe(before);
    expect(objection('SD-1')).toBeNull();
  });
});

it('a request is looked at again by statements that are kept', () => {
  approve('SD-1');
  const { access, register, clock } = bench.context;
  const context = {
    store: {
      access,
      register,
      description: { name: 'trust', trustName: 'T', vpd: '919', environment: 'TPLY' },
    },
    clock,
    actor: {
      ...{ userId: APPROVER, displayName: 'Approver', employeeNumber: '90000009' },
      ...{ roles: ['officer' as const], mustChangePassword: false },
    },
  } as const;
  const first = requestDetail(context, 'SD-1');
  const prepare = vi.spyOn(bench.store.db, 'prepare');
  expect(requestDetail(context, 'SD-1')).toEqual(first);
  expect(prepare.mock.calls.map(([sql]) => sql)).toEqual([]);
});
