import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, makeDesk, type Person } from '../../testing/desk.ts';
import { addRow } from '../../testing/real-store.ts';
import { NAMES, NUMBERS } from '../../testing/small-trust.ts';

// Extracts that name ESR accounts and no people: whose each account is, said once, by a person.

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('accounts');
});
afterEach(() => desk.close());

const SLICE = { offset: 0, limit: 50 };
const list = (state: 'to-confirm' | 'confirmed' = 'to-confirm', text = '') =>
  desk.call('officer', 'accounts:list', { state, text, ...SLICE });
const account = (username: string, change: Readonly<Record<string, string | null>> = {}) =>
  addRow(desk, 'holding', {
    ...{
      from_import_id: 'import-holdings',
      employee_number: '',
      username,
      exported_name: '919 HR Data Entry',
    },
    ...{ urp: 'HR Data Entry', start_date: '2026-01-01', ...change },
  });
const holder = (username: string) => desk.store.access.who.holderOf({ employeeNumber: null, username });
const events = () => desk.store.access.ledger.size();
const confirm = (person: Person, username: string, employeeNumber: string | null) =>
  desk.ask(person, 'accounts:confirm', { username, employeeNumber });

describe('accounts that an extract names without a person', () => {
  it('wait, each once, with whom ESR’s own exports named, and are used only once confirmed', async () => {
    account('919user01');
    account('919USER01', { exported_name: '919 Local Reports', urp: 'Local Reports' });
    const { total, rows } = await list();
    expect([total, rows]).toMatchObject([
      1,
      [
        {
          username: '919USER01',
          holdings: 2,
          proposal: {
            ...{ employeeNumber: NUMBERS.beneficiary, name: NAMES.beneficiary, stated: true },
            why: `ESR’s export of 19 Nov 2026 named ${NAMES.beneficiary} (${NUMBERS.beneficiary}) with this account.`,
          },
        },
      ],
    ]);
    expect(holder('919USER01'), 'proposed is not confirmed').toBe('user:919USER01');
    const before = events();
    expect((await confirm('officer', '919user01', NUMBERS.beneficiary)).ok).toBe(true);
    expect([holder('919user01'), events()]).toEqual(['esr:p1', before + 1]);
    const held = desk.store.register.holdingsOf(NUMBERS.beneficiary).map(({ urp }) => urp);
    expect(held, 'in either case of letters').toEqual([
      'Employee Self Service',
      'HR Data Entry',
      'Local Reports',
    ]);
    expect((await list()).total).toBe(0);
    expect((await list('confirmed')).rows).toMatchObject([
      { username: '919USER01', confirmed: { name: NAMES.beneficiary, by: 'The officer' } },
    ]);
  });

  it('are not offered to be confirmed as a number that nobody in the register has', async () => {
    account('919STRANGER01');
    account('919STRANGER01', { employee_number: '20999999', exported_name: '919 Local Reports' });
    const [row] = (await list('to-confirm', 'stranger')).rows;
    expect(row?.proposal).toMatchObject({ employeeNumber: null, why: expect.stringContaining('20999999') });
    expect(await confirm('officer', '919STRANGER01', '20999999')).toMatchObject({
      ok: false,
      code: 'REFUSED',
    });
  });

  it('are proposed by name where no export said, and nobody where two fit', async () => {
    const person = (id: string, first: string, last: string) =>
      addRow(desk, 'person', {
        ...{ from_import_id: 'import-go-full', effective_from: '2020-01-01', person_id: id },
        ...{ employee_number: `300000${id}`, first_name: first, last_name: last },
      });
    person('01', 'Ann', 'Able');
    person('02', 'Bob', 'Baker');
    person('03', 'Beth', 'BAKERSFIELD');
    account('919AABLE01');
    account('919BBAKE01');
    account('SYSADMIN');
    const { rows } = await list();
    expect(rows.map(({ username, proposal }) => [username, proposal.name, proposal.stated])).toEqual([
      ['919AABLE01', 'Ann Able', false],
      ['919BBAKE01', null, false],
      ['SYSADMIN', null, false],
    ]);
    expect((await list('to-confirm', 'able')).total).toBe(1);
  });

  it('are confirmed at once where exports named one person, the others stay', async () => {
    for (const n of [1, 2, 3]) account(`919USER0${n}`);
    account('919OTHER01');
    addRow(desk, 'holding', {
      ...{
        from_import_id: 'import-holdings',
        until_import_id: 'import-holdings',
        employee_number: NUMBERS.manager,
      },
      ...{ username: '919USER03', exported_name: '919 Local Reports', start_date: '2020-01-01' },
    });
    expect(await desk.call('officer', 'accounts:count', {})).toEqual({
      toConfirm: 4,
      stated: 2,
      confirmed: 0,
    });
    expect(await desk.call('officer', 'accounts:confirmStated', {})).toEqual({ confirmed: 2 });
    expect((await list()).rows.map(({ username }) => username)).toEqual(['919OTHER01', '919USER03']);
    expect((await list()).rows[1]?.proposal.why).toMatch(/named .* and .*: look it up in ESR/);
    expect((await desk.refusal('officer', 'accounts:confirmStated', {})).code).toBe('REFUSED');
  });

  it('may be nobody’s, and a confirmation can be changed and taken back', async () => {
    account('919SHARE01');
    await confirm('officer', '919SHARE01', null);
    expect([holder('919SHARE01'), desk.store.access.who.isNobodys('919share01')]).toEqual([
      'user:919SHARE01',
      true,
    ]);
    await confirm('owner', '919SHARE01', `${NUMBERS.manager}-2`);
    expect(holder('919SHARE01')).toBe('esr:p2');
    await desk.call('officer', 'accounts:undo', { username: '919share01', reason: 'it was the other one' });
    expect([holder('919SHARE01'), (await list()).total]).toEqual(['user:919SHARE01', 1]);
    const again = { username: '919SHARE01', reason: 'once more' };
    expect((await desk.refusal('officer', 'accounts:undo', again)).code).toBe('NOT_FOUND');
  });

  it('are never one’s own to confirm, nor an account or a number that is not there', async () => {
    account('919USER01');
    account('919OTHER01');
    const size = events();
    desk.db
      .prepare(`update user set employee_number = '${NUMBERS.beneficiary}' where id = 'user-officer'`)
      .run();
    for (const [username, number] of [
      ['919USER01', NUMBERS.manager],
      ['919OTHER01', NUMBERS.beneficiary],
      ['919USER01', null],
    ] as const) {
      const refused = await confirm('officer', username, number);
      expect(refused.ok === false && refused.message).toMatch(/your own ESR account/);
    }
    expect((await desk.refusal('officer', 'accounts:confirmStated', {})).code).toBe('REFUSED');
    expect(await confirm('officer2', '919NOBOD01', NUMBERS.manager)).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect(await confirm('officer2', '919OTHER01', '29999999')).toMatchObject({ ok: false, code: 'REFUSED' });
    expect(events()).toBe(size);
    expect(
      await desk.ask('teamlead', 'accounts:confirm', { username: 'x', employeeNumber: null }),
    ).toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('say nothing of a person in the words of the ledger', async () => {
    account('919USER01');
    await confirm('officer', '919USER01', NUMBERS.beneficiary);
    await desk.call('officer', 'accounts:undo', { username: '919USER01', reason: 'canary was wrong' });
    for (const { sentence } of desk.store.access.ledger.recent(5))
      expect(sentence).not.toMatch(/919USER|2000000|canary/i);
  });
});
