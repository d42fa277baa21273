import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessRequest } from '../../domain/requests/request.ts';
import { type Desk, makeDesk } from '../../testing/desk.ts';
import { addRow } from '../../testing/real-store.ts';
import { addRequest, aForm, NUMBERS } from '../../testing/small-trust.ts';
import { judgeApprovals } from './judge-requests.ts';

// What stands beside a request: other approvals of its person, and what ESR shows already.

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('beside-a-request');
});
afterEach(() => desk.close());

const detail = (id = 'r1') => desk.call('officer', 'requests:get', { id });
const step = async (id = 'r1') => ({ id, revision: (await detail(id)).revision });
const unsigned = async () => ({ ...(await step()), signature: null });
const KEYED = {
  keyedAt: '2026-11-20T09:00:00.000Z',
  startDate: '2026-11-20',
  endDate: null,
  alreadyInEsr: false,
};

describe('another request of the same person', () => {
  const twoForms = (first: string, second: string) => {
    addRequest(desk, 'r1', aForm('SR1', { accessAsTyped: first }), { urp: first });
    addRequest(desk, 'r2', aForm('SR2', { accessAsTyped: second }), { urp: second });
  };
  const authorise = async (id: string) =>
    desk.call('officer', 'requests:recordAuthorisation', await step(id));
  const approveOne = async (id: string) => {
    await authorise(id);
    return desk.ask('officer', 'requests:approve', { ...(await step(id)), signature: null });
  };
  const fact = async (id: string, of: string) =>
    (await detail(id)).prerequisites.find((one) => one.id === of)?.fact;

  it('that conflicts counts once it is approved, and no more once it is withdrawn', async () => {
    twoForms('HR Data Entry', 'Payroll Administration');
    expect((await approveOne('r1')).ok).toBe(true);
    expect(await approveOne('r2')).toMatchObject({ ok: false, code: 'REFUSED' });
    expect(await fact('r2', 'conflicts')).toMatch(/^HR Data Entry is approved on OneForm SR1, and /);
    await desk.call('officer2', 'requests:key', { ...(await step('r1')), ...KEYED });
    expect(await fact('r2', 'conflicts')).toMatch(/^HR Data Entry is keyed on OneForm SR1/);
    await desk.call('officer2', 'requests:unkey', { ...(await step('r1')), reason: 'not yet' });
    await desk.call('officer', 'requests:withdraw', { ...(await step('r1')), reason: 'not needed' });
    expect(
      (await desk.ask('officer', 'requests:approve', { ...(await step('r2')), signature: null })).ok,
    ).toBe(true);
  });

  it('under another of their numbers counts too', async () => {
    twoForms('HR Data Entry', 'Payroll Administration');
    addRow(desk, 'person', {
      ...{ from_import_id: 'import-go-full', effective_from: '2020-01-01', last_name: 'X', first_name: 'Y' },
      ...{ person_id: 'p1', employee_number: '20000077', until_import_id: 'import-go-full' },
    });
    await approveOne('r1');
    desk.db.prepare("update request set employee_number = '20000077' where id = 'r1'").run();
    expect(await fact('r2', 'conflicts')).toMatch(/OneForm SR1/);
  });

  it('for the same access is approved once', async () => {
    twoForms('HR Data Entry', 'HR Data Entry');
    await approveOne('r1');
    expect(await approveOne('r2')).toMatchObject({ ok: false, code: 'REFUSED' });
    expect(await fact('r2', 'not-already-held')).toBe(
      'OneForm SR1 is approved for HR Data Entry and this person already.',
    );
  });

  it('whose conflict the Guardian let pass leaves the approval before it as it was, until it is taken back', async () => {
    twoForms('HR Data Entry', 'Payroll Administration');
    await approveOne('r1');
    await authorise('r2');
    await desk.call('officer', 'requests:askException', { ...(await step('r2')), reason: 'need' });
    await desk.call('guardian', 'requests:decideException', {
      ...(await step('r2')),
      terms: { granted: true, until: '2027-05-31', reason: 'both' },
      signature: null,
    });
    await desk.call('officer', 'requests:approve', { ...(await step('r2')), signature: null });
    expect((await detail('r1')).objection).toBeNull();
    expect(desk.store.access.requests.get('r2')?.request.progress.exception?.conflicts).toEqual([
      'HR Data Entry',
    ]);
    // Something else that conflicts was never let pass.
    addRow(desk, 'holding', {
      ...{ from_import_id: 'import-holdings', employee_number: NUMBERS.beneficiary, username: 'U' },
      ...{ exported_name: '919 HR Administration', urp: 'HR Administration', start_date: '2026-11-01' },
    });
    expect((await detail('r2')).objection?.points.map(({ fact: said }) => said)).toEqual([
      expect.stringMatching(/HR Administration is held/),
    ]);
  });
});

describe('an import', () => {
  const judge = () =>
    desk.store.access.transaction(() =>
      judgeApprovals(desk.store, desk.clock, 'import-next', () => undefined),
    );
  const stands = (id: string, urp: string, change: (progress: AccessRequest['progress']) => object) => {
    addRequest(desk, id, aForm(`SR-${id}`, { accessAsTyped: urp }), { urp });
    const stored = desk.store.access.requests.get(id);
    if (stored === null) throw new Error('no such request');
    const { request } = stored;
    const by = { userId: 'user-officer', employeeNumber: '90000002', at: desk.clock.now() };
    const authorisation = request.form.authorisation && { ...request.form.authorisation, recorded: by };
    const approved = { ...request.progress, status: 'approved' as const, approval: by, authorisation };
    const next = { ...request, progress: { ...approved, ...change(approved) } };
    desk.store.access.transaction(() =>
      desk.store.access.requests.update({ ...stored, request: next, revision: 1 }, 0),
    );
    return { by };
  };
  const objected = () =>
    desk.db
      .prepare<[], string>('select id from request where objection is not null order by id')
      .pluck()
      .all();

  it('finds two approvals that conflict, and lets one be that the Guardian let stand beside what was verified', () => {
    stands('a', 'HR Data Entry', () => ({}));
    stands('b', 'Payroll Administration', () => ({}));
    judge();
    expect(objected()).toEqual(['a', 'b']);
    desk.db.prepare("delete from request where id = 'b'").run();
    addRow(desk, 'holding', {
      ...{ from_import_id: 'import-holdings', employee_number: NUMBERS.beneficiary, username: 'U' },
      ...{ exported_name: '919 Payroll Administration', start_date: '2026-11-01', end_date: '2027-05-31' },
    });
    judge();
    expect(objected()).toEqual(['a']);
    stands('c', 'Payroll Administration', (approved) => ({
      status: 'verified',
      keyed: {
        ...{ userId: 'u', employeeNumber: null, at: desk.clock.now(), recordedAt: desk.clock.now() },
        ...{ startDate: '2026-11-01', endDate: '2027-05-31' },
      },
      exception: {
        ...{ covers: ['conflicts'], conflicts: ['HR Data Entry'], reason: 'need' },
        asked: (approved as { approval: object }).approval,
        decision: {
          ...{ granted: true, until: '2027-05-31', reason: 'both' },
          by: (approved as { approval: object }).approval,
        },
      },
    }));
    judge();
    expect(objected()).toEqual([]);
  });
});

it('an exception lets pass what conflicted when it was decided: that is what the Guardian read and signed', async () => {
  const hold = (urp: string) =>
    addRow(desk, 'holding', {
      ...{ from_import_id: 'import-holdings', employee_number: NUMBERS.beneficiary, username: 'U' },
      ...{ exported_name: `919 ${urp}`, urp, start_date: '2026-11-01' },
    });
  addRequest(desk, 'r1', aForm('SR1', { accessAsTyped: 'Payroll Administration' }), {
    urp: 'Payroll Administration',
  });
  await desk.call('officer', 'requests:recordAuthorisation', await step());
  hold('HR Data Entry');
  await desk.call('officer', 'requests:askException', { ...(await step()), reason: 'need' });
  hold('HR Administration');
  const { exception } = await desk.call('guardian', 'requests:get', { id: 'r1' });
  expect(exception?.from.map(({ fact }) => fact).join(' ')).toMatch(/HR Administration is held/);
  await desk.call('guardian', 'requests:decideException', {
    ...(await step()),
    terms: { granted: true, until: '2027-05-31', reason: 'both' },
    signature: null,
  });
  expect((await desk.ask('officer', 'requests:approve', await unsigned())).ok).toBe(true);
});

describe('access that ESR shows already', () => {
  const hold = (endDate: string | null) =>
    addRow(desk, 'holding', {
      ...{ from_import_id: 'import-holdings', employee_number: NUMBERS.beneficiary, username: '919USER01' },
      ...{ exported_name: '919 HR Data Entry', start_date: '2026-11-01', end_date: endDate },
    });
  const approveIt = async () => {
    await desk.call('officer', 'requests:recordAuthorisation', await step());
    return desk.ask('officer', 'requests:approve', await unsigned());
  };

  it('is prolonged: the end of its row is changed', async () => {
    addRequest(desk, 'r1', aForm('SR1'));
    hold('2026-12-31');
    expect((await approveIt()).ok).toBe(true);
    const { keying } = await detail();
    expect(keying.map(({ instruction }) => instruction).join(' ')).toMatch(
      /add no second row.*Empty its end date/,
    );
    expect(keying.flatMap(({ values }) => values)).toContainEqual({
      label: 'Effective from',
      value: '01-Nov-2026',
    });
  });

  it('and that nobody approved gets its approval, where an exception asks for one', async () => {
    addRequest(desk, 'r1', aForm('SR1'));
    hold(null);
    expect(await approveIt()).toMatchObject({ ok: false, code: 'REFUSED' });
    const at = desk.clock.now();
    addRow(desk, 'finding', {
      ...{ id: 'f1', kind: 'seen-but-never-approved', employee_number: NUMBERS.beneficiary, person: 'x' },
      ...{ urp: 'HR Data Entry', exported_name: '919 HR Data Entry', import_id: 'i', raised_at: at },
      ...{ extract_taken_at: at, sentence: 's', next_action: 'n' },
    });
    expect((await desk.ask('officer', 'requests:approve', await unsigned())).ok).toBe(true);
  });
});
