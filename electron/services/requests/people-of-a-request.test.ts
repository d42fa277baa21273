import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OneFormContent } from '../../domain/requests/request.ts';
import { type Desk, makeDesk, type Person } from '../../testing/desk.ts';
import { addRow } from '../../testing/real-store.ts';
import { addRequest, aForm, NAMES, NUMBERS } from '../../testing/small-trust.ts';

// Who stands where in a request: by person, however a number is written, and as the register knows them today.

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('people-of-a-request');
});
afterEach(() => desk.close());

const detail = (id = 'r1') => desk.call('officer', 'requests:get', { id });
const step = async (id = 'r1') => ({ id, revision: (await detail(id)).revision });
const approveBy = async (person: Person, id = 'r1') =>
  desk.ask(person, 'requests:approve', { ...(await step(id)), signature: null });
const authorise = async (id = 'r1') => desk.call('officer', 'requests:recordAuthorisation', await step(id));

describe('case 04: the officer asked for it himself, however his number is spelt', () => {
  const SAME = [
    '90000002',
    '90000002-2',
    '90000002 -2',
    '90000002.0',
    "'90000002",
    '90,000,002',
    '90000002\u200b',
    '90000002–2',
    '9000 0002',
    // Of the same kind.
    '="90000002"',
    '9.0000002E7',
    '９００００００２',
    '\u202a90000002\u202c',
    '90 000 002',
    '090000002',
  ];
  const UNKNOWN = [
    '90000002/2',
    'E90000002',
    '90000002 (Officer)',
    'n/a',
    'TBC',
    '-',
    '9.00E+07',
    '',
    '90000002 2',
    '0',
  ];

  it.each([
    ...SAME.map((text) => [text, 'same'] as const),
    ...UNKNOWN.map((text) => [text, 'unknown'] as const),
  ])('%j: %s', async (number, which) => {
    addRequest(desk, 'r1', aForm('SR1', { requester: { number, name: 'The Officer' } }));
    const recorded = await desk.ask('officer2', 'requests:recordAuthorisation', await step());
    if (which === 'unknown') {
      expect(recorded).toMatchObject({ ok: false, code: 'REFUSED' });
      if (!recorded.ok && number !== '') expect(recorded.message).toContain(`“${number}”`);
      return;
    }
    expect(recorded.ok).toBe(true);
    const refused = await approveBy('officer');
    expect(refused).toMatchObject({ ok: false, code: 'REFUSED' });
    expect(refused.ok === false && refused.message).toMatch(/asked for the access may not approve it/);
    // The control: somebody else may.
    expect((await approveBy('officer2')).ok).toBe(true);
  });

  it('nor may he approve for himself under another number that is his: renumbered, or another record of one smartcard', async () => {
    const person = (values: Readonly<Record<string, string | null>>) =>
      addRow(desk, 'person', {
        ...{
          from_import_id: 'import-go-full',
          effective_from: '2020-01-01',
          last_name: 'Officer',
          first_name: 'The',
        },
        ...values,
      } as never);
    person({ person_id: '9', employee_number: '90000002', until_import_id: 'import-go-full' });
    person({ person_id: '9', employee_number: '90000009', smartcard_uuid: '555000000123' });
    person({ person_id: '11', employee_number: '90000011', smartcard_uuid: '555000000123' });
    desk.store.access.transaction(() => desk.store.access.who.relate());
    for (const [id, number] of [
      ['a', '90000009'],
      ['b', '90000011'],
    ] as const) {
      addRequest(desk, id, aForm(`SR-${id}`, { requester: { number, name: 'The Officer' } }));
      await desk.call('officer2', 'requests:recordAuthorisation', await step(id));
      const refused = await approveBy('officer', id);
      expect(refused.ok === false && refused.message, number).toMatch(
        /asked for the access may not approve it/,
      );
    }
  });

  it('nor after his number and another’s were exchanged: the form was matched to him', async () => {
    addRequest(desk, 'r1', aForm('SR1'), { unmatched: true });
    await desk.call('officer2', 'requests:match', {
      ...(await step()),
      employeeNumber: NUMBERS.beneficiary,
    });
    const renumber = (id: string, number: string) =>
      desk.db.prepare('update person set employee_number = ? where person_id = ?').run(number, id);
    renumber('p1', '90000002');
    renumber('p3', NUMBERS.beneficiary);
    await authorise();
    const refused = await approveBy('officer');
    expect(refused.ok === false && refused.message).toMatch(/would get the access may not approve it/);
    expect((await detail()).person).toMatchObject({ name: NAMES.beneficiary, employeeNumber: '90000002' });
    // What the files say under the old number is the other's by now.
    const other = await approveBy('officer2');
    expect(other.ok === false && other.message).toMatch(/no record of information governance training/);
  });

  it('two accounts with one smartcard are one person: one may not key what the other approved', async () => {
    addRow(desk, 'person', {
      ...{
        from_import_id: 'import-go-full',
        effective_from: '2020-01-01',
        last_name: 'Officer',
        first_name: 'The',
      },
      ...{ person_id: '9', employee_number: '90000003', smartcard_uuid: '555000000123' },
    });
    desk.db.prepare("update user set card_uuid = '555000000123' where id = 'user-officer'").run();
    addRequest(desk, 'r1');
    await authorise();
    expect((await approveBy('officer')).ok).toBe(true);
    const keying = {
      ...(await step()),
      alreadyInEsr: false,
      keyedAt: '2026-11-20T09:00:00.000Z',
      startDate: '2026-11-20',
      endDate: null,
    };
    const refused = await desk.refusal('officer2', 'requests:key', keying);
    expect(refused.message).toMatch(/approved the access may not also key it/);
  });
});

describe('a form for the second post', () => {
  const OTHER = '20000009';
  const forPost = (change: Partial<OneFormContent> = {}) =>
    aForm('SR1', { beneficiary: { number: `${NUMBERS.beneficiary}-2`, name: NAMES.beneficiary }, ...change });
  const by = (number: string, name: string) => ({
    authorisation: { by: { number, name }, on: '2026-11-11' },
  });
  const judged = async () => (await detail()).prerequisites.find(({ id }) => id === 'authorised-by-manager');

  beforeEach(() => {
    const from = { from_import_id: 'import-go-full', effective_from: '2020-01-01' };
    addRow(desk, 'person', {
      ...from,
      ...{
        person_id: 'p9',
        employee_number: OTHER,
        last_name: 'Second',
        first_name: 'Sam',
        hire_date: '2020-01-01',
      },
    });
    addRow(desk, 'assignment', { ...from, assignment_id: 'a9', person_id: 'p9', assignment_number: OTHER });
    addRow(desk, 'assignment', {
      ...from,
      ...{ assignment_id: 'a1b', person_id: 'p1', assignment_number: `${NUMBERS.beneficiary}-2` },
      ...{ supervisor_person_id: 'p9', supervisor_assignment_id: 'a9' },
    });
  });

  it("is judged by that post's manager and by no other", async () => {
    addRequest(desk, 'r1', forPost());
    expect(await judged()).toMatchObject({ state: 'missing', fact: expect.stringContaining('Sam Second') });
    addRequest(desk, 'r2', forPost({ reference: 'SR2', ...by(OTHER, 'Sam Second') }));
    const second = (await detail('r2')).prerequisites.find(({ id }) => id === 'authorised-by-manager');
    expect(second).toMatchObject({ state: 'holds', fact: expect.stringContaining('Sam Second') });
  });

  it('by either manager where the form names no post', async () => {
    addRequest(desk, 'r1');
    expect(await judged()).toMatchObject({ state: 'holds' });
  });

  it('is keyed on that post, however the suffix is written', async () => {
    addRequest(
      desk,
      'r1',
      forPost({
        beneficiary: { number: `${NUMBERS.beneficiary} – 2`, name: null },
        ...by(OTHER, 'Sam Second'),
      }),
    );
    await authorise();
    expect((await approveBy('officer')).ok).toBe(true);
    const { keying, person } = await detail();
    expect(person?.assignmentNumber).toBe(`${NUMBERS.beneficiary}-2`);
    expect(keying.flatMap(({ values }) => values)).toContainEqual({
      label: 'Assignment number',
      value: `${NUMBERS.beneficiary}-2`,
    });
  });

  it('that the person does not hold is refused, and so is one that an officer names', async () => {
    addRequest(desk, 'r1', forPost({ beneficiary: { number: `${NUMBERS.beneficiary}-3`, name: null } }));
    const inPost = async (id: string) => (await detail(id)).prerequisites.find((one) => one.id === 'in-post');
    expect(await inPost('r1')).toMatchObject({
      state: 'missing',
      fact: expect.stringContaining('no such current post'),
    });
    addRequest(desk, 'r2', aForm('SR2', { beneficiary: { number: 'TBC', name: null } }), { unmatched: true });
    await desk.call('officer', 'requests:match', {
      ...(await step('r2')),
      employeeNumber: `${NUMBERS.beneficiary}-2`,
    });
    expect((await detail('r2')).person?.assignmentNumber).toBe(`${NUMBERS.beneficiary}-2`);
    await desk.call('officer', 'requests:chooseAccess', { ...(await step('r2')), access: 'HR Data Entry' });
    expect((await detail('r2')).person?.assignmentNumber, 'the officer’s word stays').toBe(
      `${NUMBERS.beneficiary}-2`,
    );
  });
});

describe('a manager who has left authorises nothing', () => {
  const refused = async (sentence: RegExp) => {
    const told = (await detail()).commands.find(({ command }) => command === 'recordAuthorisation');
    expect(told).toMatchObject({ allowed: false, why: expect.stringMatching(sentence) });
    const refusal = await desk.refusal('officer', 'requests:recordAuthorisation', await step());
    expect(refusal.message).toMatch(sentence);
    expect((await detail()).prerequisites.find(({ id }) => id === 'authorised')).toMatchObject({
      state: 'missing',
      fact: expect.stringMatching(sentence),
      nextAction: expect.stringMatching(/present line manager/),
    });
  };
  beforeEach(() => addRequest(desk, 'r1'));

  it('with a termination date that has passed', async () => {
    desk.db.prepare("update person set termination_date = '2026-11-19' where person_id = 'p2'").run();
    await refused(/Manager-Canary left on 19 Nov 2026/);
  });

  it('on the last day still may', async () => {
    desk.db.prepare("update person set termination_date = '2026-11-20' where person_id = 'p2'").run();
    await authorise();
  });

  it('without a current post', async () => {
    desk.db.prepare("update assignment set assignment_end_date = '2026-11-01' where person_id = 'p2'").run();
    await refused(/left the post on 1 Nov 2026/);
  });

  it('after the authorisation was recorded: then it is not approved', async () => {
    await authorise();
    desk.db.prepare("update person set system_person_type = 'EX_EMP' where person_id = 'p2'").run();
    const answer = await approveBy('officer');
    expect(answer.ok === false && answer.message).toMatch(/former employee/);
  });

  it('nor one whose account here has ended, unless they have another', async () => {
    const account = (id: string, ended: string | null, number: string) =>
      addRow(desk, 'user', {
        ...{ id, username: id, display_name: id, employee_number: number, roles: '["officer"]' },
        ...{ created_at: '2026-01-01T00:00:00.000Z', ended_at: ended, must_change_password: 0 },
      });
    account('was', '2026-11-18T10:00:00.000Z', NUMBERS.manager);
    await refused(/account here .* ended on 18 Nov 2026/);
    account('is', null, NUMBERS.manager);
    await authorise();
  });
});

describe('one person under several numbers', () => {
  /** The beneficiary has a new number since the request came in, and an older record with the same smartcard. */
  beforeEach(() => {
    addRequest(desk, 'r1');
    desk.db.prepare("update person set until_import_id = 'import-go-full' where person_id = 'p1'").run();
    const from = { from_import_id: 'import-go-full', last_name: 'Beneficiary-Canary', first_name: 'Marked' };
    const more = { system_person_type: 'EMP', smartcard_uuid: '555000000123', until_import_id: null };
    addRow(desk, 'person', {
      ...from,
      ...more,
      ...{
        person_id: 'p1',
        employee_number: '20000091',
        effective_from: '2020-01-01',
        hire_date: '2020-01-01',
      },
    });
    addRow(desk, 'person', {
      ...from,
      ...more,
      ...{
        person_id: 'p0',
        employee_number: '20000090',
        effective_from: '2010-01-01',
        hire_date: '2010-01-01',
      },
      ...{ termination_date: '2015-01-31', system_person_type: 'EX_EMP' },
    });
    desk.store.access.transaction(() => desk.store.access.who.relate());
  });
  const fact = async (id: string) => (await detail()).prerequisites.find((one) => one.id === id);
  const hold = (employeeNumber: string, urp: string) =>
    addRow(desk, 'holding', {
      ...{ from_import_id: 'import-holdings', employee_number: employeeNumber, username: '919NEW01' },
      ...{ exported_name: `919 ${urp}`, urp, start_date: '2026-01-01' },
    });

  it('is found, in post and trained, and can be granted access', async () => {
    expect((await detail()).person).toMatchObject({
      employeeNumber: '20000091',
      personId: 'p1',
      current: true,
    });
    await authorise();
    expect((await approveBy('officer')).ok).toBe(true);
    expect(
      (await desk.call('officer', 'register:getPerson', { employeeNumber: '20000090' })).employeeNumber,
    ).toBe('20000091');
  });

  it.each([NUMBERS.beneficiary, '20000091', '20000090'])(
    'already holds what any of the numbers holds (%s), and conflicts with it',
    async (number) => {
      hold(number, 'HR Data Entry');
      hold(number, 'Payroll Administration');
      expect(await fact('not-already-held')).toMatchObject({ state: 'missing' });
      expect(await fact('conflicts')).toMatchObject({ state: 'missing' });
    },
  );

  it('holds what a confirmed account holds, in an extract that names accounts alone', async () => {
    hold('', 'HR Data Entry');
    expect(await fact('not-already-held')).toMatchObject({ state: 'holds' });
    const at = desk.clock.now();
    addRow(desk, 'account_person', {
      username: '919NEW01',
      person_id: 'p0',
      confirmed_at: at,
      confirmed_by: 'u',
    });
    expect(await fact('not-already-held')).toMatchObject({ state: 'missing' });
  });

  it('may not settle an exception about their own access under another number', async () => {
    desk.db.prepare("update user set employee_number = '20000090' where id = 'user-officer'").run();
    const finding = (id: string, employeeNumber: string, username: string | null) =>
      addRow(desk, 'finding', {
        ...{
          id,
          kind: 'seen-but-never-approved',
          employee_number: employeeNumber,
          person: 'x',
          urp: 'HR Data Entry',
        },
        ...{ username, import_id: 'i', raised_at: desk.clock.now(), extract_taken_at: desk.clock.now() },
        ...{ sentence: 's', next_action: 'n' },
      });
    const settle = (person: Person, id: string) =>
      desk.ask(person, 'findings:settle', { id, settlement: 'asked' });
    finding('f1', '20000091', null);
    finding('f2', '', '919WHO01');
    expect(await settle('officer', 'f1')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/your own access/),
    });
    expect(await settle('officer', 'f2')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/919WHO01/),
    });
    expect((await settle('officer2', 'f1')).ok).toBe(true);
    const at = desk.clock.now();
    addRow(desk, 'account_person', {
      username: '919WHO01',
      person_id: null,
      confirmed_at: at,
      confirmed_by: 'u',
    });
    expect((await settle('officer', 'f2')).ok, 'nobody’s account').toBe(true);
  });

  it('may not settle an exception about what they keyed themselves, nor is told another cause than the true one', async () => {
    addRequest(desk, 'k1', aForm('SR-k1'));
    await authorise('k1');
    expect((await approveBy('officer2', 'k1')).ok).toBe(true);
    const keyedAt = '2026-11-20T09:00:00.000Z';
    await desk.call('officer', 'requests:key', {
      ...(await step('k1')),
      ...{ keyedAt, startDate: '2026-11-20', endDate: null, alreadyInEsr: false },
    });
    const at = desk.clock.now();
    const finding = (id: string, values: Readonly<Record<string, string | null>>) =>
      addRow(desk, 'finding', {
        ...{ id, kind: 'keyed-but-not-seen', request_id: 'k1', employee_number: NUMBERS.beneficiary },
        ...{ person: 'x', urp: 'HR Data Entry', import_id: 'i', raised_at: at, extract_taken_at: at },
        ...{ sentence: 's', next_action: 'n', ...values },
      });
    finding('k', {});
    const settle = (person: Person, id: string) =>
      desk.ask(person, 'findings:settle', { id, settlement: 'asked' });
    expect(await settle('officer', 'k')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/what you keyed yourself/),
    });
    expect((await settle('officer2', 'k')).ok).toBe(true);
    // One smartcard in ESR for the officer and the person of the exception, who seem to be two people.
    finding('d', { request_id: null, employee_number: '90000002' });
    addRow(desk, 'doubted_person', { person_id: 'p1', other_id: 'p9' });
    addRow(desk, 'doubted_person', { person_id: 'p9', other_id: 'p1' });
    addRow(desk, 'person', {
      ...{ from_import_id: 'import-go-full', effective_from: '2020-01-01', last_name: 'X', first_name: 'Y' },
      ...{ person_id: 'p9', employee_number: '90000003' },
    });
    finding('e', { request_id: null });
    expect(await settle('officer2', 'e')).toMatchObject({
      ok: false,
      message: expect.stringMatching(/cannot be told apart: both have one smartcard/),
    });
  });

  it('has one account here, and no card of somebody else', async () => {
    desk.db.prepare("update user set employee_number = '20000090' where id = 'user-officer'").run();
    const account = {
      username: 'again',
      displayName: 'Again',
      roles: ['officer' as const],
      firstPassword: 'a quiet orange kettle',
    };
    const refused = await desk.refusal('owner', 'users:add', { ...account, employeeNumber: '20000091' });
    expect(refused.message).toMatch(/One person has one account/);
    const link = { id: 'user-officer2', uuid: '555000000123' };
    expect((await desk.refusal('owner', 'users:linkCard', link)).message).toMatch(/another account here/);
    desk.db
      .prepare(`update user set employee_number = '${NUMBERS.manager}' where id = 'user-officer2'`)
      .run();
    expect((await desk.refusal('owner', 'users:linkCard', link)).message).toMatch(/another person/);
    await desk.call('owner', 'users:linkCard', { id: 'user-officer', uuid: '555000000123' });
  });
});
