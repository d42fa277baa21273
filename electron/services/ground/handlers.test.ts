import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Input } from '../../contract/contract.ts';
import { type Desk, makeDesk, type Person } from '../../testing/desk.ts';
import { shippedCatalogue } from '../../testing/real-store.ts';
import { addRequest, aForm, NAMES, NUMBERS } from '../../testing/small-trust.ts';
import type { CoreOperation } from './define-area.ts';

let desk: Desk;
beforeEach(() => {
  desk = makeDesk('handlers');
});
afterEach(() => desk.close());

const FILTER = { text: '', statuses: [], access: null, objected: false };
const SORT = { by: 'submittedAt', direction: 'desc' } as const;
const SLICE = { offset: 0, limit: 50 };
const LEDGER = { text: '', operation: null, actor: null, outcome: null, from: null, to: null };

/** Whom an operation is asked by, with what, so that it answers well. */
type Calls = { readonly [N in CoreOperation]?: readonly [Person, Input<N>] };

function addFinding(id: string, employeeNumber: string): void {
  desk.store.access.findings.insert({
    id,
    kind: 'seen-but-never-approved',
    requestId: null,
    personId: null,
    employeeNumber,
    person: NAMES.beneficiary,
    urp: 'HR Data Entry',
    username: null,
    ...{ exportedName: null, about: null, subject: null, shown: null, approved: null, causeGoneAt: null },
    importId: 'import-holdings',
    raisedAt: desk.clock.now(),
    extractTakenAt: '2026-11-19T06:00:00.000Z',
    sentence: 'Seen, and nobody approved it.',
    nextAction: 'Ask the line manager.',
    settledAt: null,
    settledBy: null,
    settlement: null,
  });
}

describe('every answer over a real store', () => {
  // In an order in which each can be done; `desk.call` parses each by the contract's strict output.
  const calls = (view: string): Calls => ({
    'home:get': ['officer', {}],
    'settings:get': ['officer', {}],
    'settings:change': [
      'owner',
      {
        idleMinutes: 5,
        maxExtractAgeDays: 3,
        informationGovernanceRequired: false,
        trainingCompetences: ['Data Security Awareness'],
        trainingPassed: ['Compliant'],
        endDateMeaning: 'first-day-without',
        largestLossPercent: 10,
      },
    ],
    'users:list': ['teamlead', {}],
    'users:add': [
      'owner',
      {
        username: 'New.One',
        displayName: 'New',
        employeeNumber: null,
        roles: ['officer', 'officer'],
        firstPassword: 'x',
      },
    ],
    'users:resetPassword': ['owner', { id: 'user-officer2', firstPassword: 'x' }],
    'users:end': ['owner', { id: 'user-officer2', reason: 'left the trust' }],
    'requests:list': ['guardian', { filter: FILTER, sort: SORT, ...SLICE }],
    'requests:countByStatus': ['owner', {}],
    'requests:get': ['teamlead', { id: 'r1' }],
    'drafts:keep': ['officer', { key: 'a form', value: '{}' }],
    'drafts:list': ['officer', {}],
    'signing:prepare': ['officer', { decision: 'approve-request', subject: 'r1', revision: 0 }],
    'requests:match': ['officer', { id: 'r1', revision: 0, employeeNumber: NUMBERS.beneficiary }],
    'requests:chooseAccess': ['officer', { id: 'r1', revision: 1, access: 'HR Data Entry' }],
    'requests:recordAuthorisation': ['officer', { id: 'r1', revision: 2 }],
    'requests:approve': ['officer', { id: 'r1', revision: 3, signature: null }],
    'requests:askException': ['officer', { id: 'r2', revision: 0, reason: 'the ward has nobody' }],
    'requests:decideException': [
      'guardian',
      {
        id: 'r2',
        revision: 1,
        terms: { granted: true, until: '2027-05-31', reason: 'until a manager is named' },
        signature: null,
      },
    ],
    'requests:endException': ['guardian', { id: 'r2', revision: 2, reason: 'a manager is named' }],
    'requests:key': [
      'officer2',
      {
        id: 'r1',
        revision: 4,
        alreadyInEsr: false,
        keyedAt: '2026-11-20T09:00:00Z',
        startDate: '2026-11-20',
        endDate: '2027-11-20',
      },
    ],
    'requests:unkey': ['officer', { id: 'r1', revision: 5, reason: 'not saved' }],
    'requests:withdrawApproval': ['officer', { id: 'r1', revision: 6, reason: 'asked again' }],
    'requests:returnForm': ['officer', { id: 'r1', revision: 7, missing: ['the reason'], note: '' }],
    'requests:undo': ['officer', { id: 'r1', revision: 8, reason: 'it was there' }],
    'requests:withdraw': ['officer', { id: 'r1', revision: 9, reason: 'not needed' }],
    'requests:reopen': ['officer', { id: 'r1', revision: 10, reason: 'needed' }],
    'views:save': ['teamlead', { name: 'Mine', filter: FILTER, sort: SORT }],
    'views:list': ['teamlead', {}],
    'views:remove': ['teamlead', { id: view }],
    'findings:list': ['officer', { open: true, ...SLICE }],
    'findings:settle': ['officer', { id: 'f1', settlement: 'asked the manager' }],
    'findings:reopen': ['officer', { id: 'f1', reason: 'no answer' }],
    'imports:takeStartingPosition': ['owner', { reason: 'canary: the first file was another' }],
    'imports:list': ['hradmin', SLICE],
    'imports:sources': ['hradmin', {}],
    'register:searchPeople': ['hradmin', { text: 'canary', ...SLICE }],
    'register:getPerson': ['hradmin', { employeeNumber: NUMBERS.manager }],
    'register:catalogue': ['hradmin', {}],
    'ledger:list': ['guardian', { filter: LEDGER, ...SLICE }],
  });

  it('has the shape that the contract says, and no field more', async () => {
    addRequest(desk, 'r1', undefined, { unmatched: true });
    addRequest(desk, 'r2', aForm('SR0000002', { authorisation: null, accessAsTyped: 'Local Reports' }), {
      urp: 'Local Reports',
    });
    addFinding('f1', NUMBERS.beneficiary);
    const view = (await desk.call('teamlead', 'views:save', { name: 'Mine', filter: FILTER, sort: SORT })).id;
    const all = calls(view);
    const late: readonly CoreOperation[] = ['users:end', 'settings:change'];
    const names = Object.keys(all) as (keyof Calls)[];
    for (const name of [...names.filter((each) => !late.includes(each)), ...(late as (keyof Calls)[])]) {
      const asked = all[name];
      if (asked === undefined) continue;
      const [person, input] = asked;
      await desk.call(person, name, input as never);
    }
    for (const person of ['guardian', 'owner'] as const)
      expect((await desk.call(person, 'ledger:list', { filter: LEDGER, ...SLICE })).total).toBe(
        desk.store.access.ledger.size(),
      );
  });
});

describe('the catalogue', () => {
  it('counts the current holders of each entry', async () => {
    const { entries, conflicts } = await desk.call('officer', 'register:catalogue', {});
    const shipped = shippedCatalogue();
    expect(entries.map(({ name }) => name)).toEqual(shipped.entries.map(({ name }) => name));
    expect(conflicts).toHaveLength(shipped.conflicts.length);
    expect(entries.find(({ name }) => name === 'Employee Self Service')?.holders).toBe(3);
  });
});

describe('saved views', () => {
  it('are each person’s own; the same name replaces, and nobody removes another’s', async () => {
    const save = (person: Person, text: string) =>
      desk.call(person, 'views:save', { name: 'Mine', filter: { ...FILTER, text }, sort: SORT });
    const first = await save('officer', 'one');
    const other = await save('officer2', 'two');
    expect((await save('officer', 'three')).id).toBe(first.id);
    const texts = async (person: Person) =>
      (await desk.call(person, 'views:list', {})).views.map(({ filter }) => filter.text);
    expect([await texts('officer'), await texts('officer2'), await texts('owner')]).toEqual([
      ['three'],
      ['two'],
      [],
    ]);
    expect((await desk.refusal('officer', 'views:remove', { id: other.id })).code).toBe('NOT_FOUND');
    await desk.call('officer', 'views:remove', { id: first.id });
    expect([await texts('officer'), await texts('officer2')]).toEqual([[], ['two']]);
  });
});

describe('exceptions', () => {
  it('are settled once, with the words kept beside the ledger; nobody settles one about themselves', async () => {
    addFinding('f1', NUMBERS.beneficiary);
    addFinding('own', '90000002');
    const before = desk.store.access.ledger.size();
    expect((await desk.refusal('officer', 'findings:settle', { id: 'own', settlement: 'fine' })).code).toBe(
      'REFUSED',
    );
    expect((await desk.refusal('officer', 'findings:settle', { id: 'no', settlement: 'fine' })).code).toBe(
      'NOT_FOUND',
    );
    expect((await desk.refusal('officer', 'findings:reopen', { id: 'f1', reason: 'why' })).code).toBe(
      'REFUSED',
    );
    expect(desk.store.access.ledger.size()).toBe(before);
    await desk.call('officer', 'findings:settle', { id: 'f1', settlement: 'canary asked' });
    expect((await desk.refusal('officer', 'findings:settle', { id: 'f1', settlement: 'fine' })).code).toBe(
      'REFUSED',
    );
    const settled = await desk.call('officer', 'findings:list', { open: false, ...SLICE });
    expect(settled.rows[0]).toMatchObject({ id: 'f1', settledBy: 'The officer', settlement: 'canary asked' });
    expect(settled.openByKind).toMatchObject({ 'keyed-but-not-seen': 0, 'seen-but-never-approved': 1 });
    const events = desk.db.prepare<[], string>('select event from ledger_event').pluck().all();
    expect(events).toHaveLength(before + 1);
    expect(events.join()).not.toContain('canary');
  });
});

describe('people and accounts', () => {
  it('an added account gets its way in first, an ended one loses it, and neither name is in the ledger’s words', async () => {
    const person = { displayName: 'Canary Person', employeeNumber: '90000009', roles: ['officer' as const] };
    const { id } = await desk.call('owner', 'users:add', {
      ...person,
      username: 'Canary',
      firstPassword: 'x',
    });
    await desk.call('owner', 'users:end', { id, reason: 'a canary reason' });
    expect(desk.passwords).toEqual(['+canary', '-canary']);
    expect(desk.db.prepare<[], string>('select event from ledger_event').pluck().all().join()).not.toMatch(
      /canary/i,
    );
  });

  it('a password is reset by an event and a way in, and never for an ended account, nobody, or oneself', async () => {
    const reset = (id: string) => ({ id, firstPassword: 'x' });
    const before = desk.store.access.ledger.size();
    await desk.call('owner', 'users:resetPassword', reset('user-officer2'));
    expect(desk.passwords).toEqual(['+officer2']);
    const { users } = desk.store.access;
    expect(users.get('user-officer2')?.mustChangePassword).toBe(true);
    expect(users.get('user-officer')?.mustChangePassword).toBe(false);
    await desk.call('owner', 'users:end', { id: 'user-officer2', reason: 'left the trust' });
    for (const [id, code] of [
      ['user-officer2', 'REFUSED'],
      ['user-owner', 'REFUSED'],
      ['user-nobody', 'NOT_FOUND'],
    ] as const)
      expect((await desk.refusal('owner', 'users:resetPassword', reset(id))).code, id).toBe(code);
    expect(desk.passwords).toEqual(['+officer2', '-officer2']);
    expect(desk.store.access.ledger.size()).toBe(before + 2);
    const { rows } = await desk.call('owner', 'ledger:list', {
      filter: { ...LEDGER, operation: 'users.resetPassword' },
      ...SLICE,
    });
    expect(rows).toMatchObject([{ actor: 'The owner', outcome: 'done' }]);
  });

  it('a reset whose password could not be kept is told to the ledger as well', async () => {
    desk.failPasswords();
    const input = { id: 'user-officer2', firstPassword: 'x' };
    await expect(desk.ask('owner', 'users:resetPassword', input)).rejects.toThrow('no keychain');
    const { rows } = await desk.call('owner', 'ledger:list', {
      filter: { ...LEDGER, operation: 'users.resetPassword' },
      ...SLICE,
    });
    expect(rows.map(({ outcome }) => outcome).toSorted()).toEqual(['done', 'refused']);
  });

  it('finds people by the beginning of any name or number, whatever the text', async () => {
    const found = async (text: string) =>
      (await desk.call('officer', 'register:searchPeople', { text, ...SLICE })).rows.map(
        ({ employeeNumber }) => employeeNumber,
      );
    expect(await found('marked')).toHaveLength(3);
    expect(await found('BENEF mark')).toEqual([NUMBERS.beneficiary]);
    expect(await found('2000000')).toHaveLength(3);
    for (const text of ['%', '_', '\\', "'", '"', '*', 'marked nobody'])
      expect(await found(text)).toEqual([]);
  });

  it('an actor of the ledger is found by name, also where two accounts share it', async () => {
    const { users } = desk.store.access;
    const officer2 = users.get('user-officer2');
    if (officer2 === null) throw new Error('no such account');
    users.update({ ...officer2, displayName: 'The officer' });
    for (const person of ['officer', 'officer2', 'teamlead'] as const)
      await desk.call(person, 'views:save', { name: 'Mine', filter: FILTER, sort: SORT });
    const by = async (actor: string) =>
      (await desk.call('owner', 'ledger:list', { filter: { ...LEDGER, actor }, ...SLICE })).total;
    expect([await by('The officer'), await by('The teamlead'), await by('Nobody')]).toEqual([2, 1, 0]);
  });
});

describe('home', () => {
  it('counts what waits and how long the oldest has', async () => {
    addRequest(desk, 'r1', aForm('SR1', { submittedAt: '2026-11-10T10:00:00.000Z' }));
    addRequest(desk, 'r2', aForm('SR2'), { unmatched: true });
    addFinding('f1', NUMBERS.beneficiary);
    const { waiting, oldestWaitingDays, openFindings, greetingName } = await desk.call(
      'officer',
      'home:get',
      {},
    );
    expect(waiting.map(({ count }) => count)).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
    expect([oldestWaitingDays, openFindings, greetingName]).toEqual([9, 1, 'The officer']);
  });
});
