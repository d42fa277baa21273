import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { type GoName, goName, goText, person, post, SMALL } from './testing/go-text.ts';
import { ABLE, BAKER, createProofDesk, NEXT, type ProofDesk, START } from './testing/proof-desk.ts';

// Case 27 and its kind: a renumbered, merged or re-hired person stays one, in what was keyed and in the starting position.

let desk: ProofDesk;
beforeEach(() => {
  desk = createProofDesk('people', createImportFiles());
});
afterEach(() => desk.close());

const CARD = { 29: '555000000123' };
const BASE = [
  ...SMALL.slice(0, 5),
  person(9002, 'Able', CARD),
  post(9002),
  person(9003, 'Baker'),
  post(9003),
];
const CHANGES: GoName = { kind: 'C', run: 102, day: '20261112' };

const go = async (name: GoName, rows: readonly string[], previous?: string) => {
  const folder = join(desk.bench.dir, `go-${name.run}`);
  mkdirSync(folder);
  const path = join(folder, goName(name));
  writeFileSync(path, goText(name, rows, previous));
  return desk.bench.apply(path, { kind: 'go' });
};
const begin = async () => {
  await go({ run: 101 }, BASE);
  await desk.holdings(START, [ABLE, BAKER], { startingPosition: true });
  return desk.keyed('SD-1');
};
const change = (rows: readonly string[]) => go(CHANGES, rows, '20261102 010000');
const heldBy = (number: string) => [
  `${number},919AABLE01,919 Local Reports,01-Jan-2026,`,
  `${number},919AABLE01,919 HR Data Entry,10-Nov-2026,`,
  BAKER,
];

describe('what was keyed for a person is verified, and what they had from the start goes along', () => {
  it.each([
    [
      'under a new employee number',
      '10000009',
      [person(9002, 'Able', { ...CARD, 4: '10000009' }), post(9002, { 7: '10000009' })],
    ],
    [
      'under a new number that only the person row has',
      '10000009',
      [person(9002, 'Able', { ...CARD, 4: '10000009' })],
    ],
    ['under a new name and number', '10000009', [person(9002, 'Cole', { ...CARD, 4: '10000009' })]],
    [
      'in a record that ESR merged the old one into',
      '10000107',
      [
        'PRD~9002',
        'ASD~5309002',
        person(9107, 'Cole', { ...CARD, 4: '10000107' }),
        post(9107, { 7: '10000107' }),
      ],
    ],
    [
      'in a second record beside the first',
      '10000107',
      [person(9107, 'Able', { ...CARD, 4: '10000107' }), post(9107, { 7: '10000107' })],
    ],
    [
      'in a new record after a return',
      '10000107',
      [
        person(9002, 'Able', { ...CARD, 17: '20261105', 33: 'EX_EMP' }),
        person(9107, 'Cole', { ...CARD, 2: '20261110', 4: '10000107', 16: '20261110' }),
        post(9107, { 3: '20261110', 7: '10000107' }),
      ],
    ],
  ])('%s', async (_, number, rows) => {
    const id = await begin();
    await change(rows);
    const outcome = await desk.holdings(NEXT, heldBy(number));
    expect([desk.status(id), desk.kinds(), outcome.verified]).toEqual(['verified', [], 1]);
  });

  it('but not where another person only has the card by mistake, or took over the number', async () => {
    const id = await begin();
    await change([
      person(9107, 'Dunn', { ...CARD, 4: '10000107', 7: 'Dora' }),
      post(9107, { 7: '10000107' }),
    ]);
    await desk.holdings(NEXT, [ABLE, BAKER, '10000107,919DDUNN01,919 HR Data Entry,10-Nov-2026,']);
    expect(desk.status(id)).toBe('not-seen');
    expect(desk.kinds().toSorted()).toEqual(['keyed-but-not-seen', 'seen-but-never-approved']);
  });

  it('and a form that waits under a former or an assignment number finds its person', async () => {
    await begin();
    await change([person(9002, 'Able', { ...CARD, 4: '10000009' }), post(9002, { 7: '10000009' })]);
    for (const [reference, number] of [
      ['SD-2', '10000002'],
      ['SD-3', '10000009-2'],
      ['SD-4', '555000000123'],
    ] as const) {
      const id = await desk.keyed(reference, { number, urp: 'Recruitment' });
      expect(desk.bench.context.access.requests.get(id)?.request.progress.beneficiary, number).toBe(
        '10000009',
      );
    }
  });
});

it('who is one with whom does not hang on the order of rows, nor on importing again', async () => {
  const people = [
    person(9002, 'Able', { ...CARD, 17: '20200331', 33: 'EX_EMP' }),
    person(9107, 'Cole', { ...CARD, 4: '10000107', 16: '20220101' }),
    person(9003, 'Baker', { 15: 'AB120045' }),
    person(9108, 'Baker', { 4: '10000108', 15: 'AB120045' }),
    person(9109, 'Dunn', { 4: '10000109', 7: 'Dora', 15: 'AB120045' }),
  ];
  const read = () =>
    desk.bench.store.db
      .prepare('select * from same_person union all select * from doubted_person order by 1, 2')
      .all();
  await go({ run: 101 }, [...SMALL.slice(0, 5), ...people]);
  const first = read();
  const rows = (...pairs: readonly (readonly [string, string])[]) =>
    pairs.map(([person_id, canonical_id]) => ({ person_id, canonical_id }));
  expect(first).toEqual(
    rows(
      // Doubted, both ways round: Dora Dunn has the Bakers' NHS unique id.
      ['9003', '9109'],
      ['9107', '9002'],
      ['9108', '9003'],
      ['9108', '9109'],
      ['9109', '9003'],
      ['9109', '9108'],
    ),
  );
  let run = 101;
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(people, { minLength: people.length }), async (order) => {
      run += 1;
      await go({ run }, [...SMALL.slice(0, 5), ...order]);
      expect(read()).toEqual(first);
    }),
    { numRuns: 5 },
  );
});
