import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRecord } from '../../electron/domain/register/go-record.ts';
import type { Store } from '../connection.ts';
import { migrateStore } from '../migrate.ts';
import { createTestStore, makeFolder, NOW } from '../testing/store-folder.ts';
import { createRegisterStaging } from './register-staging.ts';
import { personRecord } from './testing/person-record.ts';

let folder: ReturnType<typeof makeFolder>;
let store: Store;
beforeEach(() => {
  folder = makeFolder('one-row');
  store = createTestStore(join(folder.dir, 'store.db'));
  migrateStore(store.db, {
    migrationsDir: join(import.meta.dirname, '../migrations'),
    backupDir: folder.dir,
    now: NOW,
    proveCopy: () => {},
  });
  // Hundreds of small imports, none of which needs to outlive the test.
  store.db.pragma('synchronous = OFF');
});
afterEach(() => {
  store.close();
  folder.remove();
});

interface File {
  readonly mode: 'full' | 'changes';
  /** The day on which ESR was read. */
  readonly day: string;
  readonly rows: readonly PersonRecord[];
  readonly gone?: readonly string[];
  readonly held?: readonly (string | null)[];
}

const dayBefore = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);

let run = 0;
function take({ mode, day, rows, gone = [], held = [] }: File) {
  const staging = createRegisterStaging(store.db);
  staging.begin(['person', 'assignment'], mode);
  for (const id of gone) staging.remove('person', id);
  for (const [index, row] of rows.entries()) staging.add('person', row, index + 1);
  for (const id of held) staging.hold('person', id);
  const settled = staging.settle([]);
  staging.end();
  const compared = staging.compare(dayBefore(day), () => {});
  const applied = store.db
    .transaction(() => staging.apply(`import-${++run}`, dayBefore(day), () => {}))
    .immediate();
  staging.clear();
  expect(applied).toEqual(compared);
  return { ...settled, counts: applied[0]?.counts };
}

interface Standing {
  readonly id: string;
  readonly from: string;
  readonly to: string | null;
  readonly name: string;
}
const standing = () =>
  store.db
    .prepare<[], Standing>(
      `select person_id as id, effective_from as "from", effective_to as "to", last_name as name from person
       where until_import_id is null order by 1, 2`,
    )
    .all();
const inWords = () => standing().map(({ id, from, to, name }) => `${id} ${from} ${to ?? '-'} ${name}`);
const row = (id: number, from: string, name: string, to: string | null = null): PersonRecord =>
  personRecord({
    personId: String(id),
    effectiveFrom: from,
    effectiveTo: to,
    employeeNumber: String(10_000_000 + id),
    lastName: name,
  });

const DAY = '2026-11-09';

describe('a changes file', () => {
  it('with a corrected start leaves one row in force, and the other as history', () => {
    take({ mode: 'full', day: '2026-11-02', rows: [row(1, '2015-01-01', 'A'), row(2, '2015-01-01', 'B')] });
    for (const from of ['2016-01-01', '2014-01-01', DAY]) {
      expect(take({ mode: 'changes', day: DAY, rows: [row(1, from, 'A')] }).counts).toMatchObject({
        new: 0,
        ended: 0,
        changed: 2,
      });
      expect(inWords()).toEqual([`1 ${from} - A`, '2 2015-01-01 - B']);
    }
    expect(store.db.prepare("select count(*) from person where person_id = '1'").pluck().get()).toBe(4);
  });

  it('leaves future rows that it does not mention, and today’s row until they begin', () => {
    take({
      mode: 'full',
      day: '2026-11-02',
      rows: [row(1, '2015-01-01', 'A', '2026-12-31'), row(1, '2027-01-01', 'F')],
    });
    take({ mode: 'changes', day: DAY, rows: [row(1, '2016-01-01', 'B')] });
    expect(inWords()).toEqual(['1 2016-01-01 2026-12-31 B', '1 2027-01-01 - F']);
    // The same once more changes nothing.
    expect(take({ mode: 'changes', day: DAY, rows: [row(1, '2016-01-01', 'B')] }).counts).toMatchObject({
      changed: 0,
      unchanged: 1,
    });
  });

  it('with a change to come leaves what is in force today until then', () => {
    take({ mode: 'full', day: '2026-11-02', rows: [row(1, '2015-01-01', 'A')] });
    take({ mode: 'changes', day: DAY, rows: [row(1, '2027-01-01', 'F')] });
    expect(inWords()).toEqual(['1 2015-01-01 2026-12-31 A', '1 2027-01-01 - F']);
    take({ mode: 'changes', day: DAY, rows: [row(1, '2027-02-01', 'G')] });
    expect(inWords()).toEqual(['1 2015-01-01 2026-12-31 A', '1 2027-01-01 2027-01-31 F', '1 2027-02-01 - G']);
  });

  it('takes a future row back by an end that runs past its start', () => {
    take({
      mode: 'full',
      day: '2026-11-02',
      rows: [row(1, '2015-01-01', 'A', '2026-12-31'), row(1, '2027-01-01', 'F')],
    });
    take({ mode: 'changes', day: DAY, rows: [row(1, '2015-01-01', 'A', '2027-03-31')] });
    expect(inWords()).toEqual(['1 2015-01-01 2027-03-31 A']);
  });

  it('that deletes and states anew leaves what it states', () => {
    take({ mode: 'full', day: '2026-11-02', rows: [row(1, '2015-01-01', 'A')] });
    take({ mode: 'changes', day: DAY, gone: ['1'], rows: [row(1, '2016-01-01', 'B')] });
    expect(inWords()).toEqual(['1 2016-01-01 - B']);
  });
});

describe('a full file', () => {
  it('ends a row before the next of the same id begins', () => {
    const rows = [row(1, '2016-01-01', 'B'), row(1, '2015-01-01', 'A'), row(2, '2015-01-01', 'C')];
    expect(take({ mode: 'full', day: DAY, rows }).shortened).toBe(1);
    expect(inWords()).toEqual(['1 2015-01-01 2015-12-31 A', '1 2016-01-01 - B', '2 2015-01-01 - C']);
  });

  it('fails a row within another, and leaves what the register has of the person', () => {
    take({ mode: 'full', day: '2026-11-02', rows: [row(1, '2010-01-01', 'Z', '2014-12-31')] });
    const rows = [row(1, '2015-01-01', 'A'), row(1, '2016-01-01', 'B', '2016-12-31')];
    expect(take({ mode: 'full', day: DAY, rows }).failed).toEqual([
      { table: 'person', line: 2, reason: 'Its dates lie within those of another row.' },
    ]);
    expect(inWords()).toEqual(['1 2010-01-01 2014-12-31 Z', '1 2015-01-01 - A']);
  });

  it('of which a row failed states the others all the same, and never two for a day', () => {
    take({ mode: 'full', day: '2026-11-02', rows: [row(1, '2015-01-01', 'A'), row(2, '2015-01-01', 'B')] });
    take({ mode: 'full', day: DAY, rows: [row(1, '2016-01-01', 'A')], held: ['1', '2'] });
    expect(inWords()).toEqual(['1 2016-01-01 - A', '2 2015-01-01 - B']);
    take({ mode: 'full', day: DAY, rows: [row(1, '2017-01-01', 'A')], held: [null] });
    expect(inWords()).toEqual(['1 2017-01-01 - A', '2 2015-01-01 - B']);
  });
});

describe('employee numbers', () => {
  it('of more than one person id are told, of a changes file with the register', () => {
    const with9 = (id: number) => personRecord({ ...row(id, '2015-01-01', 'A'), employeeNumber: '10000009' });
    expect(
      take({ mode: 'full', day: DAY, rows: [with9(1), with9(2), row(3, '2015-01-01', 'C')] }).shared,
    ).toEqual({
      count: 1,
      first: [{ employeeNumber: '10000009', personIds: ['1', '2'] }],
    });
    expect(take({ mode: 'changes', day: DAY, rows: [with9(3)] }).shared.first).toEqual([
      { employeeNumber: '10000009', personIds: ['1', '2', '3'] },
    ]);
    expect(take({ mode: 'changes', day: DAY, rows: [row(3, '2015-01-01', 'C')] }).shared.count).toBe(0);
    expect(take({ mode: 'changes', day: DAY, gone: ['2'], rows: [with9(1)] }).shared.count).toBe(0);
  });
});

const START = [
  '2014-01-01',
  '2015-06-30',
  '2016-01-01',
  '2026-11-02',
  '2026-11-03',
  '2027-01-01',
  '2027-02-01',
];
const days = [...START, '2013-01-01', '2016-12-31', '2026-11-01', '2026-12-31', '2030-01-01'];
const rows = fc
  .array(
    fc.tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(...START),
      fc.constantFrom('A', 'B'),
      fc.option(fc.constantFrom(...days), { nil: null }),
    ),
    { maxLength: 6 },
  )
  .map((list) =>
    list.map(([id, from, name, to]) => row(id, from, name, to !== null && to < from ? null : to)),
  );
const files = fc.array(
  fc.record({
    mode: fc.constantFrom('full' as const, 'changes' as const),
    day: fc.constantFrom('2026-11-02', '2026-11-03'),
    rows,
    gone: fc.subarray(['1', '2']),
    held: fc.subarray(['1', '3', null]),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('after any files whatever', () => {
  it('at most one row of an id is in force on any day', () => {
    fc.assert(
      fc.property(files, (sequence) => {
        store.db.exec('delete from person');
        for (const file of sequence) take(file);
        const now = standing();
        for (const day of days) {
          const inForce = now.filter(({ from, to }) => from <= day && (to === null || to >= day));
          expect(new Set(inForce.map(({ id }) => id)).size, `${day}: ${inWords().join('; ')}`).toBe(
            inForce.length,
          );
        }
        for (const { from, to } of now) expect(to === null || to >= from).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('whoever a changes file states in force on its day is in force, as it says', () => {
    fc.assert(
      fc.property(files, rows, (sequence, stated) => {
        store.db.exec('delete from person');
        for (const file of sequence) take(file);
        const day = '2026-11-03';
        const { failed } = take({ mode: 'changes', day, rows: stated });
        if (failed.length > 0) return;
        // Of rows that run into the next one the later counts; of two alike the last.
        const last = new Map(stated.map((one) => [`${one.personId} ${one.effectiveFrom}`, one]));
        for (const id of ['1', '2', '3']) {
          const begun = [...last.values()]
            .filter((one) => one.personId === id && one.effectiveFrom <= day)
            .sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
          if (begun === undefined || (begun.effectiveTo !== null && begun.effectiveTo < day)) continue;
          const found = standing().find(
            (one) => one.id === id && one.from <= day && (one.to === null || one.to >= day),
          );
          expect(found, inWords().join('; ')).toMatchObject({
            from: begun.effectiveFrom,
            name: begun.lastName,
          });
        }
      }),
      { numRuns: 40 },
    );
  });
});
