import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonAnswer } from '../../electron/domain/people/person-key.ts';
import type { WhoIsWho } from '../../electron/services/ground/who-is-who.ts';
import { openStore, type Store } from '../connection.ts';
import { migrateStore } from '../migrate.ts';
import { createTestStore, makeFolder, NOW, testKey } from '../testing/store-folder.ts';
import { createWhoIsWho } from './who-is-who.repository.ts';

let folder: ReturnType<typeof makeFolder>;
let store: Store;
let who: WhoIsWho;

beforeEach(() => {
  folder = makeFolder('who');
  store = createTestStore(join(folder.dir, 'store.db'));
  migrateStore(store.db, {
    migrationsDir: join(import.meta.dirname, '../migrations'),
    backupDir: folder.dir,
    now: NOW,
    proveCopy: () => {},
  });
  who = createWhoIsWho(store.db);
});
afterEach(() => {
  store.close();
  folder.remove();
});

function add(table: string, values: Readonly<Record<string, string | number | null>>): void {
  const names = Object.keys(values);
  store.db
    .prepare(`insert into ${table} (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`)
    .run(...Object.values(values));
}

interface Somebody {
  readonly first?: string;
  readonly last?: string;
  readonly card?: string | null;
  readonly nhs?: string | null;
  readonly hired?: string;
  readonly left?: string | null;
  readonly until?: string | null;
  readonly from?: string;
}

function person(id: string, number: string, some: Somebody = {}): void {
  add('person', {
    from_import_id: some.from ?? 'i1',
    until_import_id: some.until ?? null,
    person_id: id,
    effective_from: some.hired ?? '2015-01-01',
    employee_number: number,
    last_name: some.last ?? 'Able',
    first_name: some.first ?? 'Ann',
    hire_date: some.hired ?? '2015-01-01',
    termination_date: some.left ?? null,
    smartcard_uuid: some.card ?? null,
    nhs_unique_id: some.nhs ?? null,
  });
}

function assignment(id: string, personId: string, number: string): void {
  add('assignment', {
    from_import_id: 'i1',
    assignment_id: id,
    effective_from: '2015-01-01',
    person_id: personId,
    assignment_number: number,
  });
}

function account(id: string, number: string | null, card: string | null): void {
  add('user', {
    ...{ id, username: id, display_name: id, employee_number: number, card_uuid: card },
    ...{ roles: '[]', created_at: NOW, must_change_password: 0 },
  });
}

const keyOf = (answer: PersonAnswer): string => (answer.kind === 'person' ? answer.key : 'unknown');
const key = (written: string | null): string => keyOf(who.personOf(written));

describe('which person a name is', () => {
  it('by employee number, present or past, and by assignment number', () => {
    person('9002', '10000002', { until: 'i2' });
    person('9002', '10000009', { from: 'i2' });
    assignment('a1', '9002', '10000009');
    assignment('a2', '9002', '10000001-2');
    expect([key('10000002'), key('10000009'), key('10000009-2'), key(' 10000002.0')]).toEqual(
      Array(4).fill('esr:9002'),
    );
    expect(key('10000001-2'), 'a number that only an assignment has').toBe('esr:9002');
    expect(who.personOf('10000009-2')).toMatchObject({ post: 2 });
    expect(who.personOf('10000009')).toMatchObject({ post: null });
    expect(
      new Set(
        who.namesOf(who.holderOf({ employeeNumber: '10000002', username: null }) ?? ('' as never))
          .employeeNumbers,
      ),
    ).toEqual(new Set(['10000002', '10000009', '10000001']));
  });

  it('a present holder before a former one, and nobody where two have it', () => {
    person('1', '10000002', { until: 'i2' });
    person('2', '10000002', { from: 'i2' });
    expect(key('10000002')).toBe('esr:2');
    person('3', '10000002', { from: 'i2' });
    expect(who.personOf('10000002')).toMatchObject({
      kind: 'unknown',
      why: expect.stringContaining('more than one'),
    });
    expect(keyOf(who.inBulk().personOf('10000002'))).toBe('unknown');
  });

  it('with lost zeros only where exactly one person fits', () => {
    person('1', '01234567');
    person('2', '00004567');
    expect([key('1234567'), key('4567'), key('0001234567')]).toEqual(['esr:1', 'esr:2', 'esr:1']);
    person('3', '001234567');
    expect([key('1234567'), key('01234567')]).toEqual(['unknown', 'unknown']);
    expect(key('567'), 'not the length of a number, and nobody fits').toBe('unknown');
  });

  it('as a number of its own where the register does not know it', () => {
    expect(key('90000002-3')).toBe('no:90000002');
    expect([key('TBC'), key(null), key(''), key('90000002 (Officer)'), key('9000002')]).toEqual(
      Array(5).fill('unknown'),
    );
    const told = who.personOf('TBC');
    expect(told.kind === 'unknown' && told.why).toBe('“TBC” cannot be read surely as an ESR number.');
  });

  it('by smartcard and NHS unique id, but by none that stands for nothing', () => {
    person('1', '10000001', { card: '555000000123', nhs: 'AB120045' });
    person('2', '10000002', { card: '000000000000', nhs: '00000000' });
    person('3', '10000003', { card: '000000000000', nhs: '00000000', last: 'Baker' });
    expect(who.relate()).toEqual({ joined: 0, doubted: [] });
    expect([key('555000000123'), key('ab120045'), key('5550 0000 0123')]).toEqual([
      'esr:1',
      'esr:1',
      'esr:1',
    ]);
    expect([key('000000000000'), key('00000000')]).toEqual(['unknown', 'unknown']);
  });

  it('by the user name that a person confirmed, and by no other', () => {
    person('1', '10000001');
    const row = { employeeNumber: null, username: ' 919aable01 ' };
    expect([key('919AABLE01'), who.holderOf(row)]).toEqual(['unknown', 'user:919AABLE01']);
    add('account_person', { username: '919AABLE01', person_id: '1', confirmed_at: NOW, confirmed_by: 'u' });
    expect([key('919AABLE01'), who.holderOf(row)]).toEqual(['esr:1', 'esr:1']);
    expect(who.holderOf({ employeeNumber: '10000002', username: '919AABLE01' })).toBe('no:10000002');
    expect(who.holderOf({ employeeNumber: '', username: '' })).toBeNull();
  });
});

describe('records of one person', () => {
  it('are one by their smartcard or NHS unique id, after a return or a merge', () => {
    person('9002', '10000002', { card: '555000000123', left: '2020-03-31' });
    person('9107', '10000107', { card: '555000000123', nhs: 'AB120045', hired: '2022-01-01', last: 'Cole' });
    person('9208', '10000208', { nhs: 'AB120045', hired: '2022-01-01', last: 'Cole' });
    expect(who.relate()).toEqual({ joined: 2, doubted: [] });
    expect([key('10000002'), key('10000107'), key('10000208')]).toEqual(Array(3).fill('esr:9002'));
    expect(keyOf(who.inBulk().personOf('10000208'))).toBe('esr:9002');
    expect(who.relate(), 'once more').toEqual({ joined: 2, doubted: [] });
  });

  it('are kept apart and said where they seem to be two people, and where a value was mended', () => {
    person('1', '10000001', { card: '555000000123' });
    person('2', '10000002', { card: '555000000123', first: 'Bob', last: 'Baker' });
    expect(who.relate()).toMatchObject({ joined: 0, doubted: { length: 1 } });
    expect(who.personOf('10000001')).toMatchObject({ key: 'esr:1', mayBe: ['esr:2'] });
    expect(who.personOf('10000002')).toMatchObject({ key: 'esr:2', mayBe: ['esr:1'] });
    store.db.prepare("update person set until_import_id = 'i2' where person_id = '2'").run();
    person('2', '10000002', { card: '555000000777', first: 'Bob', last: 'Baker', from: 'i2' });
    expect(who.relate()).toEqual({ joined: 0, doubted: [] });
    expect(key('555000000123')).toBe('esr:1');
  });
});

describe('accounts of this program', () => {
  it('are who their number and their card say, and nobody where the two disagree', () => {
    person('1', '10000001', { card: '555000000123' });
    person('2', '10000002', { card: '555000000777' });
    const of = (employeeNumber: string | null, cardUuid: string | null) =>
      keyOf(who.personOfAccount({ employeeNumber, cardUuid }));
    expect(of('10000001', '555000000123')).toBe('esr:1');
    expect(of('10000001', null)).toBe('esr:1');
    expect(of(null, '555000000123')).toBe('esr:1');
    expect(of('10000001', '555000000999'), 'a card that the register does not know').toBe('esr:1');
    expect(of('10000001', '555000000777')).toBe('unknown');
    expect(of(null, null)).toBe('unknown');
    expect(of(null, '000000000000')).toBe('unknown');
  });

  it('join a number that ESR does not know to the person of their card', () => {
    person('1', '10000001', { card: '555000000123' });
    account('a', '90000002', '555000000123');
    account('b', '10000001', null);
    const step = (userId: string) => keyOf(who.personOfStep({ userId, employeeNumber: null }));
    expect([key('90000002'), step('a'), step('b')]).toEqual(Array(3).fill('esr:1'));
    expect(keyOf(who.personOfStep({ userId: 'gone', employeeNumber: '10000001' }))).toBe('esr:1');
  });
});

it('answers one by one as it answers in bulk, and no two people are ever one', () => {
  const numbers = ['10000001', '01000001', '1000001', '10000002', '100000022', '00000012', '00000120'];
  for (const [i, number] of numbers.entries())
    person(`${100 + i}`, number, { first: `P${i}`, last: `Q${i}` });
  const dress = fc.constantFrom<(n: string) => string>(
    (n) => n,
    (n) => `'${n}`,
    (n) => `${n}.0`,
    (n) => `${n}-2`,
    (n) => `${n} 2`,
    (n) => n.replace(/^0+/, ''),
    (n) => `${n.slice(0, 4)} ${n.slice(4)}`,
    (n) => n.replace(/\B(?=(\d{3})+$)/g, ','),
  );
  const bulk = who.inBulk();
  fc.assert(
    fc.property(fc.constantFrom(...numbers.keys()), dress, (i, wear) => {
      const written = wear(numbers[i] ?? '');
      expect(bulk.personOf(written)).toEqual(who.personOf(written));
      expect([`esr:${100 + i}`, 'unknown']).toContain(key(written));
    }),
    { numRuns: 300 },
  );
});

describe('answers that are kept', () => {
  const kind = () => {
    const answer = who.personOf('10000009');
    return answer.kind === 'person' ? who.presentOf(answer.key)?.name : undefined;
  };

  it('are asked anew after any write, of this connection or another, and none is kept of what was rolled back', () => {
    expect(kind()).toBeUndefined();
    const undone = store.db.transaction(() => {
      person('9', '10000009', { last: 'Rolled' });
      expect(kind()).toBe('Ann Rolled');
      throw new Error('undone');
    });
    expect(undone).toThrow('undone');
    expect(kind()).toBeUndefined();
    person('9', '10000009', { last: 'Able' });
    expect(kind()).toBe('Ann Able');
    const other = openStore({ file: store.file, key: testKey(), mode: 'job' });
    other.db.prepare("update person set last_name = 'Baker' where person_id = '9'").run();
    other.close();
    expect(kind()).toBe('Ann Baker');
  });
});
