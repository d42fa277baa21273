import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonRecord } from '../../electron/domain/register/go-record.ts';
import type { Store } from '../connection.ts';
import { migrateStore } from '../migrate.ts';
import { createTestStore, makeFolder, NOW } from '../testing/store-folder.ts';
import { createRegisterStaging } from './register-staging.ts';

let folder: ReturnType<typeof makeFolder>;
let store: Store;
beforeEach(() => {
  folder = makeFolder('staging');
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

const person = (id: number, from: string, lastName: string, to: string | null = null): PersonRecord => ({
  kind: 'person',
  personId: String(id),
  effectiveFrom: from,
  effectiveTo: to,
  employeeNumber: String(10_000_000 + id),
  title: null,
  lastName,
  firstName: null,
  middleName: null,
  maidenName: null,
  preferredName: null,
  previousLastName: null,
  nhsUniqueId: null,
  hireDate: null,
  terminationDate: null,
  employeeStatus: null,
  smartcardUuid: null,
  systemPersonType: null,
  userPersonType: null,
  officeEmail: null,
});

type Change = { remove: number } | { add: PersonRecord };
let run = 0;
function take(
  mode: 'full' | 'changes',
  rows: readonly Change[],
  held: readonly (string | null)[] = [],
  endedOn = '2026-11-01',
) {
  const staging = createRegisterStaging(store.db);
  staging.begin(['person', 'assignment'], mode);
  for (const [index, row] of rows.entries()) {
    if ('add' in row) staging.add('person', row.add, index + 1);
    else staging.remove('person', String(row.remove));
  }
  for (const id of held) staging.hold('person', id);
  const settled = staging.settle([]);
  staging.end();
  const compared = staging.compare(endedOn, () => {});
  const applied = store.db.transaction(() => staging.apply(`import-${++run}`, endedOn, () => {})).immediate();
  staging.clear();
  expect(applied).toEqual(compared);
  return { counts: applied[0]?.counts, settled };
}
const full = (rows: readonly PersonRecord[], held: readonly (string | null)[] = []) =>
  take(
    'full',
    rows.map((add) => ({ add })),
    held,
  );
const current = () =>
  store.db
    .prepare(
      `select person_id || ' ' || effective_from || ' ' || coalesce(effective_to, '-') || ' ' || last_name from person
       where until_import_id is null order by 1`,
    )
    .pluck()
    .all();
const total = () => store.db.prepare('select count(*) from person').pluck().get();

describe('replacing the register by difference', () => {
  it('counts new, changed, ended and unchanged, and erases nothing', () => {
    expect(
      full([person(1, '2020-01-01', 'A'), person(2, '2020-01-01', 'B'), person(3, '2020-01-01', 'C')]).counts,
    ).toEqual({
      new: 3,
      changed: 0,
      ended: 0,
      unchanged: 0,
    });
    expect(
      full([person(1, '2020-01-01', 'A'), person(2, '2020-01-01', 'B2'), person(4, '2020-01-01', 'D')])
        .counts,
    ).toEqual({
      new: 1,
      changed: 1,
      ended: 1,
      unchanged: 1,
    });
    expect(current()).toEqual(['1 2020-01-01 - A', '2 2020-01-01 - B2', '4 2020-01-01 - D']);
    expect(total()).toBe(5);
    expect(
      store.db
        .prepare("select last_name from person where until_import_id = 'import-2' order by 1")
        .pluck()
        .all(),
    ).toEqual(['B', 'C']);
  });

  it('counts a re-dated person as changed, not as ended', () => {
    full([person(1, '2020-01-01', 'A')]);
    expect(full([person(1, '2026-01-01', 'A')]).counts).toMatchObject({ new: 0, ended: 0, changed: 2 });
  });

  it('leaves alone what a failed row was about', () => {
    full([person(1, '2020-01-01', 'A'), person(2, '2020-01-01', 'B')]);
    expect(full([], ['2']).counts).toMatchObject({ ended: 1 });
    expect(current()).toEqual(['2 2020-01-01 - B']);
    expect(full([], [null]).counts).toMatchObject({ ended: 0 });
    expect(current()).toEqual(['2 2020-01-01 - B']);
  });

  it('refuses a second row of the same identity in a full file', () => {
    const { settled } = full([person(1, '2020-01-01', 'A'), person(1, '2020-01-01', 'B')]);
    expect(settled.failed).toEqual([
      { table: 'person', line: 2, reason: 'It has the key of an earlier row and says something else.' },
    ]);
    expect(current()).toEqual(['1 2020-01-01 - A']);
  });

  it('end-dates a delete, keeps what had ended, and takes the later of two changes', () => {
    full([
      person(1, '2020-01-01', 'A', '2021-01-01'),
      person(1, '2021-01-02', 'B'),
      person(1, '2027-01-01', 'C'),
      person(2, '2020-01-01', 'D'),
    ]);
    const { counts } = take('changes', [
      { remove: 1 },
      { add: person(2, '2020-01-01', 'E') },
      { add: person(2, '2020-01-01', 'F') },
    ]);
    expect(counts).toEqual({ new: 0, changed: 1, ended: 2, unchanged: 0 });
    expect(current()).toEqual(['1 2020-01-01 2021-01-01 A', '1 2021-01-02 2026-11-01 B', '2 2020-01-01 - F']);
  });

  it('obeys the order of a delete and an addition', () => {
    full([person(1, '2020-01-01', 'A')]);
    take('changes', [{ remove: 1 }, { add: person(1, '2020-01-01', 'A') }]);
    expect(current()).toEqual(['1 2020-01-01 - A']);
    take('changes', [{ add: person(1, '2020-01-01', 'Z') }, { remove: 1 }]);
    expect(current()).toEqual(['1 2020-01-01 2026-11-01 A']);
  });

  const register = fc.uniqueArray(
    fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom('2020-01-01', '2021-01-01'),
      fc.constantFrom('A', 'B'),
    ),
    { selector: ([id, from]) => `${id} ${from}`, minLength: 1, maxLength: 8 },
  );
  const rows = (list: readonly (readonly [number, string, string])[]) =>
    list.map(([id, from, name]) => person(id, from, name));

  it('A then B then A gives the register of A', () => {
    fc.assert(
      fc.property(register, register, (a, b) => {
        store.db.exec('delete from person');
        full(rows(a));
        const first = current();
        full(rows(b));
        full(rows(a));
        expect(current()).toEqual(first);
        expect(full(rows(a)).counts).toEqual({ new: 0, changed: 0, ended: 0, unchanged: a.length });
      }),
      { numRuns: 40 },
    );
  });

  it('a changes file gives the register of the full file it stands for, from the next day on', () => {
    const inForce = () =>
      store.db
        .prepare(
          `select person_id, effective_from, last_name from person
           where until_import_id is null and (effective_to is null or effective_to > '2026-11-01') order by 1, 2`,
        )
        .all();
    fc.assert(
      fc.property(register, register, (a, b) => {
        store.db.exec('delete from person');
        full(rows(a));
        full(rows(b));
        const expected = inForce();
        store.db.exec('delete from person');
        full(rows(a));
        const gone = [...new Set(a.map(([id]) => id))].map((remove) => ({ remove }));
        take('changes', [...gone, ...rows(b).map((add) => ({ add }))]);
        expect(inForce()).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('writes nothing and holds nothing after clear', () => {
    const staging = createRegisterStaging(store.db);
    staging.begin(['person'], 'full');
    staging.add('person', person(1, '2020-01-01', 'A'));
    staging.compare('2026-11-01', () => {});
    staging.clear();
    expect(total()).toBe(0);
    expect(store.db.prepare('select count(*) from sqlite_temp_master').pluck().get()).toBe(0);
  });
});
