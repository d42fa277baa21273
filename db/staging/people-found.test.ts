import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { nameOrder } from '../../electron/domain/people/name-order.ts';
import { newRequest } from '../../electron/domain/requests/request.ts';
import { aForm } from '../../electron/testing/small-trust.ts';
import { createRegisterReader } from '../repositories/register-reader.ts';
import { NUMBERS_OF_ACCOUNTS, PLACES_OF_ACCOUNTS } from '../repositories/search-accounts.ts';
import { EVERYBODY, FOUND, SHOWN } from '../repositories/search-people.ts';
import { placeEverybody } from './people-index.ts';
import { createImportBench, type ImportBench } from './testing/import-bench.ts';
import { type FilePerson, writePeopleFile } from './testing/people-file.ts';
import { writeMissingIndexes } from './write-missing.ts';

const TODAY = '2026-11-20';
let bench: ImportBench;
let run = 100;
beforeEach(() => {
  bench = createImportBench('people-found', createImportFiles());
  run = 100;
});
afterEach(() => bench.close());

const take = (people: readonly FilePerson[]) => bench.apply(writePeopleFile(bench.dir, ++run, people));
const search = (text: string, slice = { offset: 0, limit: 50 }) =>
  createRegisterReader(bench.store.db).searchPeople(text, TODAY, slice);
const found = (text: string) => search(text).rows.map(({ name }) => name);

const PEOPLE: readonly FilePerson[] = [
  { id: 9101, number: '30000001', last: 'Smith Jones', first: 'Mary Anne', posts: ['30000001-2'] },
  { id: 9102, number: '30000002', last: 'Ó Briain', first: 'Éilís', previousLast: 'Dubois' },
  { id: 9103, number: '30000003', last: 'van der Berg', first: 'Jan', email: 'j.berg4@nhs.net' },
  { id: 9104, number: '30000004', last: "O'Connor", first: 'Siân', maiden: 'Price' },
  { id: 9105, number: '30000005', last: 'O’Dea', first: 'Patrick', preferred: 'Paddy' },
  { id: 9107, number: '30000007', last: 'Żak', first: 'Łukasz', card: '555012345108' },
];

describe('people found as they are written', () => {
  beforeEach(() => take(PEOPLE));

  it.each([
    ['Mary Anne Smith Jones', 'Mary Anne Smith Jones'],
    ['smith', 'Mary Anne Smith Jones'],
    ['jones anne', 'Mary Anne Smith Jones'],
    ['Smith Jones, Mary Anne', 'Mary Anne Smith Jones'],
    ['30000001-2', 'Mary Anne Smith Jones'],
    ['30000001–2', 'Mary Anne Smith Jones'],
    ['Éilís Ó Briain', 'Éilís Ó Briain'],
    ['eilis', 'Éilís Ó Briain'],
    ['O Briain, Eilis', 'Éilís Ó Briain'],
    ['dubois', 'Éilís Ó Briain'],
    ['van der Berg', 'Jan van der Berg'],
    ['berg', 'Jan van der Berg'],
    ['Berg, Jan', 'Jan van der Berg'],
    ['vanderberg', 'Jan van der Berg'],
    ['j.berg4@nhs.net', 'Jan van der Berg'],
    ['O’Connor', "Siân O'Connor"],
    ["O'Connor", "Siân O'Connor"],
    ['oconnor sian', "Siân O'Connor"],
    ['price', "Siân O'Connor"],
    ["O'Dea", 'Paddy O’Dea'],
    ['patrick', 'Paddy O’Dea'],
    ['paddy', 'Paddy O’Dea'],
    ['Lukasz Zak', 'Łukasz Żak'],
    ['ŻAK', 'Łukasz Żak'],
    ['555012345108', 'Łukasz Żak'],
    ['30000007', 'Łukasz Żak'],
  ])('“%s” finds %s alone', (text, name) => expect(found(text)).toEqual([name]));

  it('stand in the order of their last names, accents and apostrophes ignored', () => {
    expect(found('')).toEqual([
      'Éilís Ó Briain',
      "Siân O'Connor",
      'Paddy O’Dea',
      'Mary Anne Smith Jones',
      'Jan van der Berg',
      'Łukasz Żak',
    ]);
    expect(search('', { offset: 4, limit: 1 })).toMatchObject({
      total: 6,
      rows: [{ name: 'Jan van der Berg' }],
    });
  });

  it('are found by a number and a name they had before, and no longer once the register has let them go', async () => {
    await take([
      { id: 9101, number: '40000001', last: 'Novak', first: 'Mary Anne' },
      ...PEOPLE.filter(({ id }) => id !== 9101 && id !== 9107),
    ]);
    expect(found('30000001')).toEqual(['Mary Anne Novak']);
    expect(found('smith jones')).toEqual(['Mary Anne Novak']);
    expect(found('30000001-2')).toEqual(['Mary Anne Novak']);
    expect(found('40000001')).toEqual(['Mary Anne Novak']);
    expect(found('zak')).toEqual([]);
    expect(search('').total).toBe(5);
    expect(found('')[0]).toBe('Mary Anne Novak');
  });

  it('are found by the numbers and names of another record of the same person, in the file or no longer', async () => {
    const card = '555000000042';
    const before: FilePerson = {
      id: 9201,
      number: '30000091',
      last: 'Quayle',
      first: 'Una',
      card,
      to: '20250101',
    };
    const after: FilePerson = {
      id: 9202,
      number: '40000092',
      last: 'Rooney',
      first: 'Una',
      card,
      from: '20250102',
      maiden: 'Quayle',
    };
    await take([...PEOPLE, before]);
    await take([...PEOPLE, after]);
    expect(search('30000091').rows.map(({ employeeNumber }) => employeeNumber)).toEqual(['40000092']);
    await take([...PEOPLE, before, after]);
    expect(
      search('30000091')
        .rows.map(({ employeeNumber }) => employeeNumber)
        .toSorted(),
    ).toEqual(['30000091', '40000092']);
    expect(search('40000092').total).toBe(2);
  });

  it('are found by the user name of a holdings file', async () => {
    const path = join(bench.dir, 'holdings.csv');
    const { writeFileSync } = await import('node:fs');
    writeFileSync(
      path,
      'Employee Number,User Name,Responsibility,Start Date,End Date\n30000003,919JBERG01,919 Employee Self Service,01/01/2020,\n',
    );
    await bench.apply(path, { kind: 'holdings', takenAt: '2026-11-19T07:00:00.000Z' });
    for (const text of ['919jberg01', 'jberg', '919JBE', 'jberg berg', 'Berg, Jan 919JBERG01'])
      expect(found(text)).toEqual(['Jan van der Berg']);
    for (const text of ['919', 'berg01', 'jberg smith']) expect(found(text)).toEqual([]);
  });

  it('are found by an account as soon as somebody has said that it is theirs, and no longer when that is taken back', () => {
    const { accounts } = bench.context.access;
    const confirmed = { username: '919ZZTOP01', personId: '9104', employeeNumber: '30000004' };
    accounts.confirm({ ...confirmed, confirmedAt: `${TODAY}T09:00:00.000Z`, confirmedBy: 'u' });
    expect(found('919zztop')).toEqual(["Siân O'Connor"]);
    accounts.undo('919ZZTOP01');
    expect(found('919zztop')).toEqual([]);
  });

  it('are shown under the name in force today, and found by the next one', async () => {
    await take([
      { id: 9103, number: '30000003', last: 'van der Berg', first: 'Jan', to: '20261130' },
      { id: 9103, number: '30000003', last: 'Aalders', first: 'Jan', from: '20261201' },
    ]);
    expect(search('aalders')).toMatchObject({
      total: 1,
      rows: [{ name: 'Jan van der Berg', current: true }],
    });
  });
});

describe('the index after many imports', () => {
  const NAMES = [
    'Abel',
    "O'Neil",
    'de la Cruz',
    'Éva',
    'Zhao',
    'Mc Leod',
    'Berg',
    'van Dyk',
    'Ümit',
    'O’Neil',
  ];
  const person = fc.record({
    id: fc.integer({ min: 1, max: 40 }),
    last: fc.constantFrom(...NAMES),
    first: fc.constantFrom(...NAMES),
  });
  it('is what a whole new index would be, in a total order that is blind to accents', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uniqueArray(person, { selector: ({ id }) => id, minLength: 20 }), {
          minLength: 2,
          maxLength: 4,
        }),
        async (files) => {
          bench.close();
          bench = createImportBench('people-found', createImportFiles());
          run = 100;
          for (const people of files)
            await take(people.map((one) => ({ ...one, number: String(50_000_000 + one.id) })));
          const answers = () => ['', ...NAMES].map((text) => search(text, { offset: 0, limit: 100 }));
          const before = answers();
          bench.store.db.transaction(() => placeEverybody(bench.store.db, TODAY))();
          expect(answers()).toEqual(before);
          const last = files.at(-1) ?? [];
          const order = last
            .map((one) => ({
              key: nameOrder(one.last, one.first, String(50_000_000 + one.id)),
              id: String(one.id),
            }))
            .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
          expect(before[0]?.rows.map(({ personId }) => personId)).toEqual(order.map(({ id }) => id));
        },
      ),
      { numRuns: 5 },
    );
  });
});

describe('a store from before there was an index', () => {
  it('is given one when it is opened, and is left alone afterwards', async () => {
    await take(PEOPLE);
    const { db } = bench.store;
    const all = search('');
    db.exec("delete from person_place; insert into person_search (person_search) values ('delete-all')");
    expect(search('').rows).toEqual([]);
    writeMissingIndexes(db, TODAY);
    expect(search('')).toEqual(all);
    expect(found('vanderberg')).toEqual(['Jan van der Berg']);
    const changes = db.prepare('select total_changes()').pluck();
    const before = changes.get();
    writeMissingIndexes(db, TODAY);
    expect(changes.get()).toBe(before);
  });
});

describe('how it is read', () => {
  it('no whole table is walked for a search, a list or what is shown of it', async () => {
    await take(PEOPLE);
    const plan = (sql: string) =>
      bench.store.db
        .prepare<[object], { detail: string }>(`explain query plan ${sql}`)
        .all({
          match: '"a"*',
          most: 9,
          limit: 9,
          offset: 0,
          places: '[1024]',
          today: TODAY,
          ranges: '[]',
          numbers: '[]',
        })
        .map(({ detail }) => detail);
    expect(plan(FOUND)).toEqual([expect.stringMatching(/^SCAN person_search VIRTUAL TABLE INDEX/)]);
    // In the order of the table itself, so as many rows are passed as stand before those shown.
    expect(plan(EVERYBODY)).toEqual(['SCAN person_place']);
    for (const sql of [NUMBERS_OF_ACCOUNTS, PLACES_OF_ACCOUNTS]) {
      const walked = plan(sql).filter((step) => step.startsWith('SCAN'));
      expect(walked.filter((step) => !/VIRTUAL TABLE|SCAN (one|n|whole|named)$/.test(step))).toEqual([]);
    }
    expect(plan(NUMBERS_OF_ACCOUNTS).join()).toContain('COVERING INDEX holding_username');
    const shown = plan(SHOWN).filter((step) => step.startsWith('SCAN'));
    expect(shown).toEqual(['SCAN j VIRTUAL TABLE INDEX 1:']);
  });
});

describe('the name that a request shows', () => {
  it('is the present one, found by the former one, in open and closed requests alike', async () => {
    await take(PEOPLE);
    const { access } = bench.context;
    const request = (
      id: string,
      status: 'new' | 'verified',
      beneficiary: string | null,
      person = 'Éilís Ó Briain',
    ) => {
      const form = aForm(id, { beneficiary: { number: '30000002', name: 'Eilis Dubois' } });
      const fresh = newRequest({ id, form, urp: 'HR Data Entry', authorisationNeeded: true, beneficiary });
      access.transaction(() =>
        access.requests.insert({
          request: { ...fresh, progress: { ...fresh.progress, status } },
          revision: 1,
          changedAt: '2026-11-19T10:00:00.000Z',
          person,
        }),
      );
    };
    request('SR1', 'new', '30000002');
    request('SR2', 'verified', '30000002');
    request('SR3', 'new', '30000003', 'Jan van der Berg');
    await take(PEOPLE.map((one) => (one.id === 9102 ? { ...one, last: 'Žižek', number: '40000002' } : one)));
    const list = (text: string) =>
      access.requests
        .list(
          { text, statuses: [], access: null, objected: false },
          { by: 'person', direction: 'asc' },
          { offset: 0, limit: 9 },
        )
        .rows.map(({ reference, person }) => `${reference} ${person}`);
    expect(list('zizek')).toEqual(['SR1 Éilís Žižek', 'SR2 Éilís Žižek']);
    expect(list("o'briain eilis")).toEqual(['SR1 Éilís Žižek', 'SR2 Éilís Žižek']);
    expect(access.requests.get('SR1')?.revision).toBe(1);
    await take(PEOPLE);
    expect(list('zizek')).toEqual(['SR1 Éilís Ó Briain', 'SR2 Éilís Ó Briain']);
  });
});
