import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccessCatalogue } from '../../domain/access/catalogue.ts';
import { type Desk, makeDesk, type Person } from '../../testing/desk.ts';
import { addRequest, aForm, NUMBERS } from '../../testing/small-trust.ts';
import { judgeApprovals } from './judge-requests.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('brought-back');
});
afterEach(() => desk.close());

const detail = (id = 'r1') => desk.call('officer2', 'requests:get', { id });
const step = async (id = 'r1') => ({ id, revision: (await detail(id)).revision });
const because = async () => ({ ...(await step()), reason: 'said in a test' });
const sql = (text: string) => desk.db.prepare(text).run();
const judge = () =>
  desk.store.access.transaction(() => judgeApprovals(desk.store, desk.clock, 'import-next', () => undefined));
const approve = async (by: Person = 'officer') =>
  desk.ask(by, 'requests:approve', { ...(await step()), signature: null });
async function approved(): Promise<void> {
  addRequest(desk, 'r1', aForm('SR1'));
  await desk.call('officer', 'requests:recordAuthorisation', await step());
  expect((await approve()).ok).toBe(true);
}
async function excepted(until: string): Promise<void> {
  await desk.call('officer2', 'requests:askException', await because());
  const terms = { granted: true as const, until, reason: 'said in a test' };
  await desk.call('guardian', 'requests:decideException', { ...(await step()), terms, signature: null });
}

describe('an exception that ran out after nothing was missing any more', () => {
  it('is said, and binds no dates once the request is approved anew', async () => {
    sql("update person set smartcard_uuid = null where person_id = 'p1'");
    addRequest(desk, 'r1', aForm('SR1'));
    await desk.call('officer', 'requests:recordAuthorisation', await step());
    await excepted('2026-11-30');
    expect((await approve()).ok).toBe(true);
    sql("update person set smartcard_uuid = '000000000001' where person_id = 'p1'");
    expect(judge()).toEqual({ raised: 0, lifted: 0 });
    desk.advance(15 * 86_400_000);
    expect(judge()).toEqual({ raised: 1, lifted: 0 });
    const page = await detail();
    expect(page.objection?.points.map(({ fact, nextAction }) => [fact, nextAction])).toEqual([
      [
        'The Caldicott Guardian’s exception, under which it was approved, ended on 30 Nov 2026. Nothing is missing by now.',
        'Withdraw the approval and approve it anew, without the exception.',
      ],
    ]);
    expect(page.keying).toEqual([]);

    await desk.call('officer', 'requests:withdrawApproval', await because());
    expect((await approve()).ok).toBe(true);
    const anew = await detail();
    expect([anew.objection, anew.exception]).toEqual([null, null]);
    const keying = {
      ...(await step()),
      keyedAt: desk.clock.now(),
      startDate: desk.clock.today(),
      endDate: null,
      alreadyInEsr: false,
    };
    expect((await desk.call('officer2', 'requests:key', keying)).status).toBe('keyed');
  });
});

describe('what stands on another form, once the catalogue has another name for it', () => {
  const rename = () => {
    const { settings } = desk.store.access;
    const catalogue = settings.read('catalogue') as unknown as AccessCatalogue;
    const now = (name: string) => (name === 'HR Data Entry' ? 'HR Data Input' : name);
    const renamed: AccessCatalogue = {
      ...catalogue,
      entries: catalogue.entries.map((entry) =>
        entry.name === 'HR Data Entry'
          ? { ...entry, name: 'HR Data Input', aliases: [...entry.aliases, 'HR Data Entry'] }
          : entry,
      ),
      conflicts: catalogue.conflicts.map((one) => ({ ...one, a: now(one.a), b: now(one.b) })),
    };
    desk.store.access.transaction(() => settings.write('catalogue', renamed as never));
  };
  const stateOf = async (id: string, which: string) =>
    (await detail(id)).prerequisites.find((one) => one.id === which)?.state;

  it('is the same access, and conflicts as before', async () => {
    await approved();
    addRequest(desk, 'r2', aForm('SR2', { accessAsTyped: 'HR Data Input' }), { urp: 'HR Data Input' });
    const urp = 'Payroll Administration';
    addRequest(desk, 'r3', aForm('SR3', { accessAsTyped: urp }), { urp });
    expect(await stateOf('r3', 'conflicts')).toBe('missing');
    rename();
    expect(await stateOf('r2', 'not-already-held')).toBe('missing');
    expect(await stateOf('r3', 'conflicts')).toBe('missing');
  });
});

describe('whoever authorised it on the form', () => {
  it('does not approve it either where the Guardian let it pass without a recorded authorisation', async () => {
    const by = { number: '90000002', name: 'The officer' };
    addRequest(desk, 'r1', aForm('SR1', { authorisation: { by, on: null } }));
    await excepted('2027-11-30');
    expect(await approve('officer')).toMatchObject({ ok: false, code: 'REFUSED' });
    expect((await approve('officer2')).ok).toBe(true);
    expect((await detail()).objection).toBeNull();
  });
});

describe('an approval that went with a withdrawal', () => {
  it.each(['beneficiary', 'requester', 'manager'] as const)('is not brought back by the %s', async (who) => {
    await approved();
    await desk.call('officer', 'requests:withdraw', await because());
    sql(`update user set employee_number = '${NUMBERS[who]}' where id = 'user-officer2'`);
    const undo = async (by: Person) => desk.ask(by, 'requests:undo', await because());
    expect(await undo('officer2')).toMatchObject({ ok: false, code: 'REFUSED' });
    const { commands } = await detail();
    expect(commands.find(({ command }) => command === 'undo')?.allowed).toBe(false);
    expect((await undo('officer')).ok).toBe(true);
    expect((await detail()).status).toBe('approved');
  });
});
