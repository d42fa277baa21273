import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInTurn } from './go-envelope.ts';
import { openGoFile } from './go-file.ts';
import { goFieldCount } from './go-layout.ts';
import type { GoRecord, RowFailure } from './go-record.ts';

const NAME = 'GO_919_EXP_GOF_20261102_00000007.DAT';
const CHANGES = NAME.replace('GOF', 'GOC');
const changes = () => header({ name: CHANGES });
const header = (
  change: Partial<{ name: string; created: string; vpd: string; run: string; sep: string }> = {},
) =>
  [
    'HDR',
    change.name ?? NAME,
    change.created ?? '20261102 071500',
    change.vpd ?? '919',
    '6',
    change.run ?? '7',
    '2',
  ].join(change.sep ?? '~');

function read(
  lines: readonly string[],
  options: { diskName?: string; lastRun?: number | null; vpd?: string } = {},
) {
  const failures: (RowFailure & { about: unknown })[] = [];
  const deletes: string[] = [];
  const records: { record: GoRecord; line: number }[] = [];
  const held: unknown[] = [];
  const reader = openGoFile(
    {
      diskName: options.diskName ?? NAME,
      expected: { vpd: options.vpd ?? '919', lastRun: options.lastRun ?? null },
      toInstant: (local) => `${local}.000Z`,
    },
    {
      record: (record, line) => records.push({ record, line }),
      remove: (_e, id) => deletes.push(id),
      fail: (failure, about) => failures.push({ ...failure, about }),
      hold: (entity, id) => held.push({ entity, id }),
    },
  );
  for (const [i, line] of lines.entries()) {
    const refusal = reader.line(line, i + 1);
    if (refusal)
      return { refusal: refusal.code, failures, deletes, records, held, header: null, tally: reader.tally() };
  }
  return {
    refusal: reader.end()?.code ?? null,
    ...{ failures, deletes, records, held, header: reader.header(), tally: reader.tally() },
  };
}

describe('a GO file', () => {
  it('is taken when header, count and trailer agree, blank lines not counted', () => {
    const result = read([header(), '', 'ASD~4', 'nonsense', ' ', 'TRL~4', '']);
    expect(result.refusal).toBeNull();
    expect(result.deletes).toEqual(['4']);
    expect(result.failures).toEqual([
      {
        line: 4,
        recordType: '???',
        reason: 'It does not begin with a type of row.',
        about: { entity: null, id: null, person: null },
      },
    ]);
    expect(result.header).toMatchObject({ run: 7, mode: 'full', createdOn: '2026-11-02' });
  });

  it('takes runs written as times, and then the number of the name', () => {
    const lines = (name: string) => [
      `HDR~${name}~20261102 041512~919~20261101 010000~20261102 010000~02`,
      'TRL~2',
    ];
    expect(read(lines(NAME), { lastRun: 6 })).toMatchObject({ refusal: null, header: { run: 7 } });
  });

  it('is taken whatever its number where it is a full one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.integer({ min: 0, max: 99_999_999 }),
        (last, run) => {
          const name = (kind: 'F' | 'C') =>
            `GO_919_EXP_GO${kind}_20261102_${String(run).padStart(8, '0')}.DAT`;
          const taken = (kind: 'F' | 'C') =>
            read([header({ name: name(kind), run: String(run) }), 'TRL~2'], {
              diskName: name(kind),
              lastRun: last,
            }).refusal;
          expect(taken('F')).toBeNull();
          expect(taken('C')).toBe(isInTurn(run, last) ? null : 'wrong-sequence');
        },
      ),
    );
    expect([6, 7, 8, 9].map((run) => isInTurn(run, 7))).toEqual([false, true, true, false]);
    expect(isInTurn(120, null)).toBe(true);
  });

  it('takes the same run again and the next one', () => {
    expect(read([header(), 'TRL~2'], { lastRun: 7 }).refusal).toBeNull();
    expect(read([header(), 'TRL~2'], { lastRun: 6 }).refusal).toBeNull();
  });

  it.each<[string, readonly string[], Parameters<typeof read>[1]]>([
    ['no-header', ['ASD~4', 'TRL~2'], {}],
    ['no-header', ['TRL~1'], {}],
    ['empty', ['', ' '], {}],
    ['wrong-delimiter', [header({ sep: '|' })], {}],
    ['bad-header', [header({ created: 'yesterday' })], {}],
    ['bad-header', [header().split('~').slice(0, 6).join('~')], {}],
    ['bad-name', [header()], { diskName: 'copy of file.dat' }],
    ['name-mismatch', [header()], { diskName: 'GO_919_EXP_GOF_20261103_00000008.DAT' }],
    ['name-mismatch', [header({ run: '8' })], {}],
    ['wrong-vpd', [header()], { vpd: '504' }],
    ['wrong-sequence', [changes()], { diskName: CHANGES, lastRun: 5 }],
    ['wrong-sequence', [changes()], { diskName: CHANGES, lastRun: 8 }],
    [
      'changes-before-full',
      [header({ name: NAME.replace('GOF', 'GOC') })],
      { diskName: NAME.replace('GOF', 'GOC') },
    ],
    ['no-trailer', [header(), 'ASD~4'], {}],
    ['no-trailer', [header(), 'TRL~x'], {}],
    ['wrong-count', [header(), 'ASD~4', 'TRL~2'], {}],
    ['wrong-count', [header(), 'TRL~2', 'ASD~4'], {}],
  ])('is refused as %s (%#)', (code, lines, options) => {
    expect(read(lines, options).refusal).toBe(code);
  });
});

/** Rows as ESR writes them, from the layout's numbers. */
const row = (type: keyof typeof goFieldCount, columns: Readonly<Record<number, string>>) =>
  Array.from({ length: goFieldCount[type] }, (_, i) => (i === 0 ? type : (columns[i] ?? ''))).join('~');
const GOLDEN = [
  row('LCA', { 1: '280001', 2: 'Site A' }),
  row('ORA', { 1: '380001', 2: 'Ward One', 4: '20100101', 12: '280001' }),
  row('POA', { 1: '1570001', 2: '20100101', 4: '3560241', 5: '3560241|Nurse|' }),
  row('PRA', { 1: '9001', 2: '20150101', 4: '10000001', 6: 'Chief', 7: 'Meera', 33: 'EMP' }),
  row('PRA', { 1: '9002', 2: '20150101', 4: '100000021', 6: 'Able', 7: 'Ann', 33: 'EMP' }),
  row('ASA', { 1: '9001', 2: '5309001', 3: '20150101', 7: '10000001', 18: '9001' }),
  row('ASA', { 1: '9002', 2: '5309002', 3: '20150101', 7: '100000021', 15: '9001', 18: '9001' }),
  row('ADA', { 6: '1 The Street' }),
  'PRD~9007',
];
const whole = (rows: readonly string[]) => [header(), ...rows, `TRL~${rows.length + 2}`];
const found = ({ records, deletes }: ReturnType<typeof read>) =>
  [...records.map(({ record }) => JSON.stringify(record)), ...deletes].sort();

describe('a GO file of another day', () => {
  const expected = found(read(whole(GOLDEN)));
  const kept = fc.shuffledSubarray([...GOLDEN], { minLength: GOLDEN.length, maxLength: GOLDEN.length });
  /** By how many fields the rows of each type grew, and what stands in them. */
  const growth = fc.record({
    by: fc.dictionary(fc.constantFrom('LCA', 'ORA', 'POA', 'PRA', 'ASA', 'ADA', 'PRD'), fc.nat(3)),
    texts: fc.array(fc.constantFrom('', 'x', '20260101'), {
      minLength: GOLDEN.length,
      maxLength: GOLDEN.length,
    }),
  });
  const other = fc
    .tuple(
      fc.oneof(
        fc.constantFrom('ABA', 'CDA', 'CMA', 'DTA', 'ELA', 'ETA', 'PIA', 'QLA', 'STA', 'TRA', 'LOV', 'ELD'),
        fc.stringMatching(/^[A-Z]{3}$/).filter((type) => !/^(LC|OR|PO|PR|AS|CO|AD|PH|VH|HD|TR)/.test(type)),
      ),
      fc.array(fc.stringMatching(/^[A-Za-z0-9 |'é-]{0,9}$/), { maxLength: 60 }),
    )
    .map(([type, fields]) => [type, ...fields].join('~'));

  it('says the same in any order of its rows, with added fields, other types and blank lines', () => {
    fc.assert(
      fc.property(kept, growth, fc.array(other, { maxLength: 12 }), fc.nat(20), (rows, grew, others, at) => {
        const grown = rows.map((line, i) => {
          const by = grew.by[line.slice(0, 3)] ?? 0;
          return line + `~${grew.texts[i] ?? ''}`.repeat(by);
        });
        const mixed = [...grown.slice(0, at), ...others, ...grown.slice(at)];
        const [first = '', ...rest] = whole(mixed);
        const result = read([first, '', ...rest.flatMap((line) => [line, ' '])]);
        expect(result).toMatchObject({ refusal: null, failures: [], held: [] });
        expect(found(result)).toEqual(expected);
        const counted = [...(result.tally?.others.values() ?? [])].reduce((a, b) => a + b, 0);
        expect(counted).toBe(others.length);
        expect(result.tally?.slipped).toEqual([]);
      }),
    );
  });

  it('tells of rows with other fields than most of their type, in any order', () => {
    const people = (n: number) =>
      // Without the marks by which such a row is told by itself.
      Array.from({ length: n }, (_, i) =>
        (GOLDEN[3] ?? '')
          .replace('9001', String(9100 + i))
          .replace(/~EMP~/, '~~')
          .replace(/~\d{8} \d{6}(?=~)/, '~'),
      );
    const order = fc.tuple(fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 9 })).chain(([n, odd]) =>
      fc.shuffledSubarray(
        people(n + Math.min(odd, n)).map((line, i) => (i < n ? line : line.replace('Chief', 'Ch~ief'))),
        { minLength: n + Math.min(odd, n) },
      ),
    );
    fc.assert(
      fc.property(order, fc.nat(2), (rows, grew) => {
        const text = [
          header(),
          ...rows.map((line) => `${line}${'~'.repeat(grew)}`),
          `TRL~${rows.length + 2}`,
        ];
        const slipped = read(text).tally?.slipped ?? [];
        const told = new Set(
          slipped.flatMap(({ before, lines }) => [
            ...(before === null ? [] : Array.from({ length: before - 1 }, (_, i) => i + 1)),
            ...lines,
          ]),
        );
        const odd = rows.flatMap((line, i) => (line.includes('Ch~ief') ? [i + 2] : []));
        // As many of each, of a width that is not known: fewer fields are right.
        expect([...told].filter((line) => line > 1)).toEqual(odd);
        for (const one of slipped)
          expect(one).toMatchObject({ entity: 'person', usual: 44 + grew, fields: 45 + grew });
      }),
    );
  });

  it('and of a row that lost one of the fields that all the others have more', () => {
    const rows = [1, 2, 3].map((i) => `${GOLDEN[3]?.replace('9001', String(9100 + i))}~~`);
    for (const [at, row] of rows.entries()) {
      const text = [header(), ...rows.with(at, row.slice(0, -1)), 'TRL~5'];
      expect(read(text).tally?.slipped).toEqual([
        {
          entity: 'person',
          fields: 45,
          usual: 46,
          before: at === 0 ? 3 : null,
          lines: at === 0 ? [] : [at + 2],
        },
      ]);
    }
  });

  it('with too few fields fails by the row, and is refused where every row of a type does', () => {
    const types = ['PRA', 'ASA'] as const;
    fc.assert(
      fc.property(
        fc.constantFrom(...types),
        fc.integer({ min: 1, max: 43 }),
        fc.boolean(),
        (type, off, all) => {
          let cut = 0;
          const rows = GOLDEN.map((line) => {
            if (!line.startsWith(type) || (!all && cut > 0)) return line;
            cut += 1;
            return line.split('~').slice(0, -off).join('~');
          });
          const { refusal, failures, records } = read(whole(rows));
          expect(refusal).toBe(all ? 'every-row-fails' : null);
          expect(failures).toHaveLength(cut);
          expect(records).toHaveLength(7 - cut);
          for (const { about } of failures)
            expect(about).toMatchObject({ entity: { PRA: 'person', ASA: 'assignment' }[type] });
        },
      ),
    );
  });

  it('has a trailer and a header that may have grown, too', () => {
    const [first, ...rest] = whole(GOLDEN);
    const last = rest.pop();
    expect(read([`${first}~`, ...rest, `${last}~`])).toMatchObject({ refusal: null, failures: [] });
    expect(read([`${first}~more`, ...rest, `${last}~ `])).toMatchObject({ refusal: null, failures: [] });
  });

  it('may have no run before it', () => {
    for (const zeros of ['00000000 000000', '00000000000000', '00000000', '0', '']) {
      const lines = [
        ['HDR', NAME, '20261102 071500', '919', zeros, '20261102 010000', '02'].join('~'),
        'TRL~2',
      ];
      expect(read(lines).refusal).toBeNull();
    }
  });

  it('says whose a torn row was, and that a line of words may be anybody’s', () => {
    const person = GOLDEN[3] ?? '';
    const torn = read(whole([person.slice(0, 40), person.slice(40), GOLDEN[4] ?? '', 'a line of words']));
    expect(torn.failures.map(({ about }) => about)).toEqual([
      { entity: 'person', id: '9001', person: null },
      null,
      { entity: null, id: null, person: null },
    ]);
    const post = (GOLDEN[5] ?? '').split('~').slice(0, -1).join('~');
    expect(read(whole([GOLDEN[6] ?? '', post])).failures.map(({ about }) => about)).toEqual([
      { entity: 'assignment', id: '5309001', person: '9001' },
    ]);
  });
});
