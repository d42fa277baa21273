import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, makeDesk } from '../../testing/desk.ts';
import { addRow } from '../../testing/real-store.ts';
import { addRequest, aForm, NUMBERS, PERSONAL } from '../../testing/small-trust.ts';
import { judgeApprovals } from './judge-requests.ts';

let desk: Desk;
beforeEach(async () => {
  desk = makeDesk('judged-again');
  addRequest(desk, 'r1', aForm('SR1'));
  await desk.call('officer', 'requests:recordAuthorisation', await step());
  await desk.call('officer', 'requests:approve', { ...(await step()), signature: null });
});
afterEach(() => desk.close());

const detail = () => desk.call('officer2', 'requests:get', { id: 'r1' });
const step = async () => ({ id: 'r1', revision: (await detail()).revision });
const KEYED = {
  keyedAt: '2026-11-20T09:00:00.000Z',
  startDate: '2026-11-20',
  endDate: null,
  alreadyInEsr: false,
};
const keying = async () => ({ ...(await step()), ...KEYED });
const sql = (text: string) => desk.db.prepare(text).run();
const judge = (importId = 'import-next') =>
  desk.store.access.transaction(() => judgeApprovals(desk.store, desk.clock, importId, () => undefined));
const lastEvent = () => desk.store.access.ledger.recent(1)[0];
const queue = async (objected: boolean) =>
  desk.call('officer', 'requests:list', {
    filter: { text: '', statuses: [], access: null, objected },
    sort: { by: 'submittedAt', direction: 'asc' },
    offset: 0,
    limit: 10,
  });

/** What may change behind an approval, and how it changes back. */
const CHANGES: readonly [string, RegExp, change: string, back: string][] = [
  [
    'the person has left',
    /Marked Beneficiary-Canary left on 1 Nov 2026/,
    `update person set termination_date = '2026-11-01' where employee_number = '${NUMBERS.beneficiary}'`,
    `update person set termination_date = null where employee_number = '${NUMBERS.beneficiary}'`,
  ],
  [
    'the post was terminated',
    /no longer holds the post \(Terminated\)/,
    "update assignment set system_status = 'TERM_ASSIGN', user_status = 'Terminated' where assignment_id = 'a1'",
    "update assignment set system_status = null, user_status = null where assignment_id = 'a1'",
  ],
  [
    'other access conflicts by now',
    /Payroll Administration is held/,
    `insert into holding (from_import_id, employee_number, username, exported_name, urp, start_date) values
      ('i', '${NUMBERS.beneficiary}', 'U', '919 Payroll Administration', 'Payroll Administration', '2026-11-01')`,
    "delete from holding where urp = 'Payroll Administration'",
  ],
  [
    'training has run out',
    /ran out on 1 Nov 2026/,
    "update training set expires_on = '2026-11-01'",
    "update training set expires_on = '2027-11-01'",
  ],
  [
    'the smartcard is gone',
    /no smartcard/,
    "update person set smartcard_uuid = null where person_id = 'p1'",
    "update person set smartcard_uuid = '000000000001' where person_id = 'p1'",
  ],
  [
    'ESR shows another manager',
    /authorised it, and ESR shows/,
    "update assignment set supervisor_person_id = 'p3' where assignment_id = 'a1'",
    "update assignment set supervisor_person_id = 'p2' where assignment_id = 'a1'",
  ],
  [
    'the account of the approver has ended',
    /account of The officer, who approved it, ended on 19 Nov 2026/,
    "update user set ended_at = '2026-11-19T10:00:00.000Z' where id = 'user-officer'",
    "update user set ended_at = null where id = 'user-officer'",
  ],
];

describe.each(CHANGES)('an approved request of which %s', (_, words, change, back) => {
  it('is not keyed as if nothing had happened: queue, page and refusal say why, until it holds again', async () => {
    expect(judge()).toEqual({ raised: 0, lifted: 0 });
    expect(await detail()).toMatchObject({ objection: null, status: 'approved' });
    sql(change);
    expect(judge()).toEqual({ raised: 1, lifted: 0 });
    expect(lastEvent()).toMatchObject({ actorId: null, operation: 'request.noLongerGrantable' });
    expect(judge(), 'a second time').toEqual({ raised: 0, lifted: 0 });
    expect((await queue(true)).rows).toMatchObject([{ id: 'r1', status: 'approved' }]);
    expect((await queue(true)).rows[0]?.objection).toEqual(expect.any(String));
    const page = await detail();
    expect(page.keying).toEqual([]);
    expect(page.objection?.points.map(({ fact }) => fact).join(' ')).toMatch(words);
    expect(page.objection?.points[0]?.source?.takenAt).toEqual(expect.any(String));
    expect(page.objection?.alreadyInEsr).toEqual({ allowed: true, why: null });
    const refusal = await desk.refusal('officer2', 'requests:key', await keying());
    expect(refusal).toMatchObject({ code: 'REFUSED', message: expect.stringMatching(words) });
    expect(page.commands.find(({ command }) => command === 'key')).toEqual({
      command: 'key',
      allowed: false,
      why: refusal.message,
    });
    sql(back);
    expect(judge()).toEqual({ raised: 0, lifted: 1 });
    expect(lastEvent()).toMatchObject({ actorId: null, operation: 'request.grantableAgain' });
    expect((await queue(true)).total).toBe(0);
    expect((await desk.call('officer2', 'requests:key', await keying())).status).toBe('keyed');
  });

  it('is found out at the moment of keying, with no import between, and the queue keeps it', async () => {
    sql(change);
    const at = await keying();
    expect((await desk.refusal('officer2', 'requests:key', at)).message).toMatch(words);
    expect((await queue(true)).total).toBe(1);
    expect((await desk.refusal('officer2', 'requests:key', at)).code).toBe('STALE');
    expect((await detail()).history.at(-1)).toMatchObject({ actor: 'The program' });
  });

  it('stands in ESR already: recorded with the objection, and raised', async () => {
    sql(change);
    judge();
    await desk.call('officer2', 'requests:key', { ...(await keying()), alreadyInEsr: true });
    const page = await detail();
    expect(page).toMatchObject({ status: 'keyed', objection: null });
    expect(page.keyed?.despite.join(' ')).toMatch(words);
    const { rows, openByKind } = await desk.call('officer', 'findings:list', {
      open: true,
      offset: 0,
      limit: 9,
    });
    expect(openByKind['keyed-no-longer-grantable']).toBe(1);
    expect(rows[0]).toMatchObject({ requestId: 'r1', urp: 'HR Data Entry' });
    expect(rows[0]?.sentence).toMatch(words);
    expect(rows[0]?.nextAction).toBe('End it in ESR, or have it excepted by the Caldicott Guardian (5.1.1).');
    expect((await queue(true)).total).toBe(0);
    const own = desk.db.prepare<[], string>('select sentence || event from ledger_event').pluck().all();
    for (const text of own) for (const personal of PERSONAL) expect(text).not.toMatch(personal);
  });
});

describe('what was raised about a keying', () => {
  it('goes with it, and recording it again raises it once, with the last day as the trust reads it', async () => {
    sql("update person set smartcard_uuid = null where person_id = 'p1'");
    judge();
    const open = () => desk.store.access.findings.openOf('r1');
    const keyIt = async () =>
      desk.call('officer2', 'requests:key', {
        ...(await keying()),
        ...{ endDate: '2027-01-01', alreadyInEsr: true },
      });
    await keyIt();
    expect(open()).toMatchObject([{ approved: { lastDay: '2027-01-01' } }]);
    await desk.call('officer2', 'requests:undo', { ...(await step()), reason: 'not yet' });
    expect(open()).toEqual([]);
    expect(lastEvent()).toMatchObject({ actorId: null });
    desk.store.access.transaction(() =>
      desk.store.access.settings.write('settings', { endDateMeaning: 'first-day-without' }),
    );
    await keyIt();
    expect(open()).toMatchObject([{ approved: { lastDay: '2026-12-31' } }]);
    await desk.call('officer2', 'requests:unkey', { ...(await step()), reason: 'not yet' });
    expect(open()).toEqual([]);
  });
});

describe('the answers', () => {
  it('the Caldicott Guardian is asked, grants, and another officer’s approval is needed anew', async () => {
    sql("update person set smartcard_uuid = null where person_id = 'p1'");
    judge();
    await desk.call('officer', 'requests:askException', { ...(await step()), reason: 'need' });
    expect(await detail()).toMatchObject({ status: 'with-guardian', approval: null });
    const terms = { granted: true as const, until: '2027-05-31', reason: 'ruled' };
    await desk.call('guardian', 'requests:decideException', { ...(await step()), terms, signature: null });
    await desk.call('officer', 'requests:approve', { ...(await step()), signature: null });
    expect(judge()).toEqual({ raised: 0, lifted: 0 });
    // The exception ends, with no import and no step between.
    desk.advance(200 * 86_400_000);
    sql("update training set expires_on = '2099-01-01'");
    const page = await detail();
    expect(page.objection?.points).toMatchObject([{ title: 'Smartcard or virtual smartcard' }]);
    expect(judge()).toEqual({ raised: 1, lifted: 0 });
    await desk.call('officer', 'requests:withdrawApproval', { ...(await step()), reason: 'no card' });
    expect(await detail()).toMatchObject({ status: 'authorised', objection: null });
    expect((await queue(true)).total).toBe(0);
  });

  it('what brings an approval back is judged as it comes', async () => {
    await desk.call('officer2', 'requests:key', await keying());
    sql("update person set termination_date = '2026-11-01' where person_id = 'p1'");
    expect(judge(), 'a keyed one is not judged').toEqual({ raised: 0, lifted: 0 });
    await desk.call('officer2', 'requests:unkey', { ...(await step()), reason: 'wrong row' });
    expect((await queue(true)).total).toBe(1);
    expect((await detail()).history.slice(-2).map(({ actor }) => actor)).toEqual([
      'The officer2',
      'The program',
    ]);
  });

  it('access that an extract shows already is recorded when the officer says so, and is nothing to raise', async () => {
    addRow(desk, 'holding', {
      from_import_id: 'i',
      employee_number: NUMBERS.beneficiary,
      username: '919USER01',
      exported_name: '919 HR Data Entry',
      urp: 'HR Data Entry',
      start_date: '2026-11-19',
    });
    expect(judge()).toEqual({ raised: 1, lifted: 0 });
    expect((await desk.refusal('officer2', 'requests:key', await keying())).message).toMatch(/already shows/);
    await desk.call('officer2', 'requests:key', { ...(await keying()), alreadyInEsr: true });
    const { openByKind } = await desk.call('officer', 'findings:list', { open: true, offset: 0, limit: 9 });
    expect(openByKind['keyed-no-longer-grantable']).toBe(0);
  });

  it('home and the counts of the queue say how many there are', async () => {
    sql("update person set smartcard_uuid = null where person_id = 'p1'");
    judge();
    expect((await desk.call('officer', 'requests:countByStatus', {})).objected).toBe(1);
    expect((await desk.call('officer', 'home:get', {})).waiting).toContainEqual({
      label: 'Approved, no longer grantable',
      count: 1,
      to: '/requests?objected=1',
    });
  });
});
