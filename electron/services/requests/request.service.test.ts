import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contract } from '../../contract/contract.ts';
import { byNumberAlone } from '../../domain/people/person-key.ts';
import { decide } from '../../domain/requests/transitions.ts';
import { type Desk, makeDesk } from '../../testing/desk.ts';
import { addRequest, aForm, NUMBERS, PERSONAL } from '../../testing/small-trust.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('requests');
});
afterEach(() => desk.close());

const events = () => desk.store.access.ledger.size();
const detail = (id = 'r1') => desk.call('officer', 'requests:get', { id });
const revisionOf = async (id = 'r1') => (await detail(id)).revision;
const step = async (id = 'r1') => ({ id, revision: await revisionOf(id) });
const KEYED = {
  keyedAt: '2026-11-20T09:00:00.000Z',
  startDate: '2026-11-20',
  endDate: null,
  alreadyInEsr: false,
};

const unsigned = async () => ({ ...(await step()), signature: null });
async function approve(): Promise<void> {
  await desk.call('officer', 'requests:recordAuthorisation', await step());
  await desk.call('officer', 'requests:approve', await unsigned());
}

describe('the way of a request', () => {
  it('offers the keying while the clock goes on: one look is of one moment', async () => {
    addRequest(desk, 'r1');
    await approve();
    desk.run(1);
    for (const person of ['officer2', 'officer'] as const) {
      const { commands } = await desk.call(person, 'requests:get', { id: 'r1' });
      const offered = commands.find(({ command }) => command === 'key');
      expect(offered?.why ?? '', person).not.toContain('has not come yet');
      expect(offered?.allowed).toBe(person === 'officer2');
    }
  });

  it('goes from unmatched to keyed, one event a step, and back by undo', async () => {
    addRequest(desk, 'r1', aForm('SR0000001', { accessAsTyped: 'data entry please' }), {
      urp: null,
      unmatched: true,
    });
    const statuses: string[] = [(await detail()).status];
    const take = async (work: () => Promise<{ readonly status: string; readonly revision: number }>) => {
      const before = { events: events(), revision: await revisionOf() };
      const { status, revision } = await work();
      expect(events()).toBe(before.events + 1);
      expect(revision).toBe(before.revision + 1);
      statuses.push(status);
    };
    await take(async () =>
      desk.call('officer', 'requests:match', {
        ...(await step()),
        employeeNumber: NUMBERS.beneficiary,
      }),
    );
    await take(async () =>
      desk.call('officer', 'requests:chooseAccess', { ...(await step()), access: 'HR Data Entry' }),
    );
    await take(async () => desk.call('officer', 'requests:recordAuthorisation', await step()));
    await take(async () => desk.call('officer', 'requests:approve', await unsigned()));
    const approved = await detail();
    expect(approved.keying.flatMap(({ values }) => values)).toContainEqual({
      label: 'Responsibility',
      value: '919 HR Data Entry',
    });
    expect(approved.person).toMatchObject({ username: '919USER01', directReports: 0, smartcard: true });
    await take(async () => desk.call('officer2', 'requests:key', { ...(await step()), ...KEYED }));
    await take(async () => desk.call('officer', 'requests:undo', { ...(await step()), reason: 'wrong row' }));
    expect(statuses).toEqual(['unmatched', 'new', 'new', 'authorised', 'approved', 'keyed', 'approved']);
    const { history, undoes, keyed } = await detail();
    expect(history).toHaveLength(6);
    expect(history.at(-1)?.actor).toBe('The officer');
    expect(undoes).toBe('approving');
    expect(keyed).toBeNull();
  });

  it('leaves no name, number or free text in the ledger’s own words, and all of them beside it', async () => {
    addRequest(desk, 'r1', undefined, { unmatched: true });
    await desk.call('officer', 'requests:match', { ...(await step()), employeeNumber: NUMBERS.beneficiary });
    await approve();
    await desk.call('officer', 'requests:withdrawApproval', { ...(await step()), reason: 'canary reason' });
    await desk.call('officer', 'requests:withdraw', { ...(await step()), reason: 'canary reason' });
    await desk.call('officer', 'requests:reopen', { ...(await step()), reason: 'canary reason' });
    await desk.call('officer', 'requests:returnForm', {
      ...(await step()),
      missing: ['a canary thing'],
      note: 'a canary note',
    });
    const words = desk.db.prepare<[], string>('select sentence || event from ledger_event').pluck().all();
    expect(words).toHaveLength(7);
    for (const text of words) for (const personal of PERSONAL) expect(text).not.toMatch(personal);
    const beside = desk.db
      .prepare<[], string>('select value from ledger_disclosure')
      .pluck()
      .all()
      .join('\n');
    for (const personal of ['canary reason', 'a canary note', NUMBERS.beneficiary, NUMBERS.manager])
      expect(beside).toContain(personal);
  });
});

describe('an exception', () => {
  const UNTIL = '2027-05-31';
  const decide = async (granted: boolean) => ({
    ...(await step()),
    terms: granted
      ? { granted, until: UNTIL, reason: 'a canary ruling' }
      : { granted, reason: 'a canary ruling' },
    signature: null,
  });
  const commandOf = async (person: 'officer' | 'guardian', command: string) =>
    (await desk.call(person, 'requests:get', { id: 'r1' })).commands.find((each) => each.command === command);

  it('takes a form without a line manager to the keying, end-dated, with all of it in the ledger and no name', async () => {
    addRequest(desk, 'r1', aForm('SR1', { authorisation: null }));
    expect((await commandOf('officer', 'approve'))?.allowed).toBe(false);
    expect(await commandOf('officer', 'askException')).toMatchObject({ allowed: true });
    await desk.call('officer', 'requests:askException', { ...(await step()), reason: 'a canary need' });
    const asked = await desk.call('guardian', 'requests:get', { id: 'r1' });
    expect(asked.status).toBe('with-guardian');
    expect(asked.exception).toMatchObject({
      by: 'The officer',
      reason: 'a canary need',
      from: [{ title: "Line manager's authorisation", clause: '5.1.1' }],
      decision: null,
    });
    expect(await commandOf('guardian', 'decideException')).toMatchObject({ allowed: true });
    const found = await desk.call('guardian', 'requests:list', {
      filter: { text: '', statuses: ['with-guardian'], access: null, objected: false },
      sort: { by: 'submittedAt', direction: 'asc' },
      offset: 0,
      limit: 10,
    });
    expect(found.rows.map(({ id }) => id)).toEqual(['r1']);
    expect((await desk.call('guardian', 'home:get', {})).waiting).toContainEqual({
      label: 'With the Caldicott Guardian',
      count: 1,
      to: '/requests?status=with-guardian',
    });
    await desk.call('guardian', 'requests:decideException', await decide(true));
    const granted = await detail();
    expect(granted.summary.mayApprove).toBe(true);
    expect(granted.prerequisites.find(({ id }) => id === 'authorised')?.sentence).toMatch(
      /made an exception as Caldicott Guardian until 31 May 2027/,
    );
    expect(granted.exception?.from).toEqual(asked.exception?.from);
    expect(granted.history.map(({ sentence }) => sentence)).toEqual([
      'OneForm SR1: the Caldicott Guardian was asked for an exception.',
      'OneForm SR1: the Caldicott Guardian granted an exception until 31 May 2027.',
    ]);
    await desk.call('officer', 'requests:approve', await unsigned());
    const { keying, commands } = await desk.call('officer2', 'requests:get', { id: 'r1' });
    expect(commands.find(({ command }) => command === 'key')).toMatchObject({ allowed: true });
    expect(keying.flatMap(({ values }) => values)).toContainEqual(
      expect.objectContaining({ value: '31-May-2027' }),
    );
    const open = { ...(await step()), ...KEYED };
    expect((await desk.refusal('officer2', 'requests:key', open)).message).toMatch(/ends on 31 May 2027/);
    await desk.call('officer2', 'requests:key', { ...open, endDate: UNTIL });
    const words = desk.db.prepare<[], string>('select sentence || event from ledger_event').pluck().all();
    expect(words.filter((text) => text.includes('request.decideException'))).toHaveLength(1);
    for (const text of words) for (const personal of PERSONAL) expect(text).not.toMatch(personal);
  });

  it('that is refused leaves the request as it was, and says so; one that is taken back takes the approval with it', async () => {
    addRequest(desk, 'r1', aForm('SR1', { authorisation: null }));
    const ask = async () =>
      desk.call('officer', 'requests:askException', { ...(await step()), reason: 'need' });
    await ask();
    await desk.call('guardian', 'requests:decideException', await decide(false));
    const refused = await detail();
    expect(refused).toMatchObject({
      status: 'new',
      exception: { decision: { granted: false, until: null } },
    });
    expect(refused.summary.mayApprove).toBe(false);
    await ask();
    await desk.call('guardian', 'requests:decideException', await decide(true));
    await desk.call('officer', 'requests:approve', await unsigned());
    await desk.call('guardian', 'requests:endException', { ...(await step()), reason: 'named by now' });
    expect(await detail()).toMatchObject({ status: 'new', approval: null, exception: null });
    expect((await detail()).summary.mayApprove).toBe(false);
  });

  it('that is asked anew, because more is missing by now, covers all of it', async () => {
    addRequest(desk, 'r1', aForm('SR1', { authorisation: null }));
    const ask = async () =>
      desk.call('officer', 'requests:askException', { ...(await step()), reason: 'need' });
    await ask();
    await desk.call('guardian', 'requests:decideException', await decide(true));
    desk.db.prepare('delete from training').run();
    expect((await detail()).summary.mayApprove).toBe(false);
    await ask();
    const { exception } = await detail();
    expect(exception?.decision).toBeNull();
    expect(exception?.from.map(({ clause }) => clause)).toEqual(['5.1.1', '6']);
    await desk.call('guardian', 'requests:decideException', await decide(true));
    expect((await detail()).summary.mayApprove).toBe(true);
  });

  it('is not asked where nothing is missing, and is not made from what no ruling changes', async () => {
    addRequest(desk, 'r1');
    const ask = async (id: string) =>
      desk.refusal('officer', 'requests:askException', { ...(await step(id)), reason: 'need' });
    expect((await ask('r1')).message).toMatch(/Everything needed is in place/);
    addRequest(desk, 'r2', aForm('SR2', { authorisation: null, accessAsTyped: 'Employee Self Service' }), {
      urp: 'Employee Self Service',
    });
    expect((await ask('r2')).message).toMatch(/No exception can be made from “/);
  });
});

describe('a later version of the form, after the keying', () => {
  it('waits, is shown, and is set aside with a reason', async () => {
    addRequest(desk, 'r1', aForm('SR1'));
    await approve();
    await desk.call('officer2', 'requests:key', { ...(await step()), ...KEYED });
    const { access } = desk.store;
    const stored = access.requests.get('r1');
    if (stored === null) throw new Error('no such request');
    const form = aForm('SR1', { justification: 'another reason', accessAsTyped: 'Recruitment' });
    const command = {
      kind: 'reviseForm',
      form,
      urp: 'Recruitment',
      authorisationNeeded: true,
      beneficiary: NUMBERS.beneficiary,
    } as const;
    const now = desk.clock.now();
    const decision = decide(stored.request, command, {
      actor: { userId: 'u', employeeNumber: null },
      now,
      who: byNumberAlone,
    });
    if (!decision.ok) throw new Error(decision.sentence);
    const { next: request } = decision;
    access.transaction(() =>
      access.requests.update({ ...stored, request, revision: stored.revision + 1 }, stored.revision),
    );
    const waiting = await detail();
    expect([waiting.status, waiting.access]).toEqual(['keyed', 'HR Data Entry']);
    expect(waiting.notice).toEqual(expect.any(String));
    const before = events();
    await desk.call('officer', 'requests:setRevisionAside', {
      ...(await step()),
      reason: 'a canary mistake',
    });
    expect(events()).toBe(before + 1);
    expect((await detail()).notice).toBeNull();
    const again = { ...(await step()), reason: 'once more' };
    expect((await desk.refusal('officer', 'requests:setRevisionAside', again)).code).toBe('REFUSED');
  });
});

describe('what is refused changes nothing', () => {
  const refused = async (work: () => Promise<{ readonly code: string; readonly message: string }>) => {
    const before = { events: events(), rows: desk.db.prepare('select * from request').all() };
    const refusal = await work();
    expect(events()).toBe(before.events);
    expect(desk.db.prepare('select * from request').all()).toEqual(before.rows);
    return refusal;
  };

  it('a step on an old revision', async () => {
    addRequest(desk, 'r1');
    const old = await step();
    await desk.call('officer', 'requests:recordAuthorisation', old);
    expect(
      await refused(() => desk.refusal('officer', 'requests:approve', { ...old, signature: null })),
    ).toMatchObject({
      code: 'STALE',
    });
    expect(
      await refused(() =>
        desk.refusal('officer', 'requests:approve', { id: 'nobody', revision: 0, signature: null }),
      ),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('approval without the authorisation, and while a prerequisite is missing', async () => {
    addRequest(desk, 'r1');
    desk.db.prepare('delete from training').run();
    expect(
      await refused(async () => desk.refusal('officer', 'requests:approve', await unsigned())),
    ).toMatchObject({
      code: 'REFUSED',
    });
    await desk.call('officer', 'requests:recordAuthorisation', await step());
    const { summary, commands } = await detail();
    expect(summary.mayApprove).toBe(false);
    const told = commands.find(({ command }) => command === 'approve');
    expect(told).toMatchObject({ allowed: false });
    const refusal = await refused(async () => desk.refusal('officer', 'requests:approve', await unsigned()));
    expect(refusal.message).toBe(told?.why);
    expect(refusal.message).toMatch(/training/i);
  });

  it('a source that was never imported is unknown, and blocks', async () => {
    addRequest(desk, 'r1');
    desk.db.prepare("delete from import where kind = 'holdings'").run();
    await desk.call('officer', 'requests:recordAuthorisation', await step());
    expect((await detail()).prerequisites.filter(({ state }) => state === 'unknown')).not.toHaveLength(0);
    expect(
      (await refused(async () => desk.refusal('officer', 'requests:approve', await unsigned()))).code,
    ).toBe('REFUSED');
  });

  it('keying by the officer who approved; another may', async () => {
    addRequest(desk, 'r1');
    await approve();
    const keying = { ...(await step()), ...KEYED };
    const refusal = await refused(() => desk.refusal('officer', 'requests:key', keying));
    expect(refusal.code).toBe('REFUSED');
    expect(refusal.message).toMatch(/approved the access may not also key it/);
    expect((await desk.call('officer2', 'requests:key', keying)).status).toBe('keyed');
  });

  it('keying before the approval, in the future, or on a day that no calendar has', async () => {
    addRequest(desk, 'r1');
    await approve();
    const keying = { ...(await step()), ...KEYED };
    for (const change of [
      { keyedAt: '2026-11-19T09:00:00.000Z' },
      { keyedAt: '2026-11-21T09:00:00.000Z' },
      { startDate: '2026-11-21', endDate: '2026-11-20' },
    ]) {
      const refusal = await refused(() => desk.refusal('officer2', 'requests:key', { ...keying, ...change }));
      expect(refusal.code, JSON.stringify(change)).toBe('REFUSED');
    }
    // Kept, such a day could never be shown again, nor the request with it: the contract itself refuses it.
    const { input } = contract['requests:key'];
    expect(input.safeParse(keying).success, 'the control').toBe(true);
    for (const change of [
      { keyedAt: '2026-13-45T09:00:00.000Z' },
      { keyedAt: '2026-11-20T25:61:00Z' },
      { startDate: '2026-02-30' },
      { endDate: '2026-13-01' },
    ]) {
      expect(input.safeParse({ ...keying, ...change }).success, JSON.stringify(change)).toBe(false);
    }
    await detail();
  });

  it('matching to nobody, and choosing what the catalogue does not have or has twice', async () => {
    addRequest(desk, 'r1', undefined, { unmatched: true });
    const at = await step();
    for (const work of [
      () => desk.refusal('officer', 'requests:match', { ...at, employeeNumber: '29999999' }),
      () => desk.refusal('officer', 'requests:chooseAccess', { ...at, access: 'Everything' }),
      () => desk.refusal('officer', 'requests:chooseAccess', { ...at, access: 'SSS' }),
    ]) {
      expect((await refused(work)).code).toBe('REFUSED');
    }
  });
});

describe('one request on the screen', () => {
  it('shows access whose start the export did not give', async () => {
    addRequest(desk, 'r1');
    desk.db
      .prepare(
        "update holding set start_date = '', exported_name = '919 HR Data Entry', urp = 'HR Data Entry', username = ''",
      )
      .run();
    const { presentAccess, prerequisites } = await detail();
    expect(presentAccess).toEqual([
      { urp: 'HR Data Entry', username: null, startDate: null, endDate: null, accountEnd: null },
    ]);
    expect(prerequisites.find(({ id }) => id === 'not-already-held')).toMatchObject({ state: 'missing' });
    const person = await desk.call('officer', 'register:getPerson', { employeeNumber: NUMBERS.beneficiary });
    expect(person.access[0]).toMatchObject({ startDate: null, username: null });
  });

  it('shows a later version with its differences, and a form that names nobody', async () => {
    addRequest(desk, 'r1', aForm('SR1', { beneficiary: { number: null, name: null }, authorisation: null }), {
      unmatched: true,
    });
    const { access } = desk.store;
    access.transaction(() =>
      access.requests.addVersion('r1', {
        version: 2,
        receivedAt: desk.clock.now(),
        importId: 'import-oneforms',
        form: aForm('SR1'),
      }),
    );
    const { versions, person, form } = await detail();
    expect(versions.map(({ changes }) => changes.length > 0)).toEqual([false, true]);
    expect([person, form.beneficiaryName, form.authorised]).toEqual([null, '', false]);
  });
});
