import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isInTurn } from './go-envelope.ts';
import { openGoFile } from './go-file.ts';
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
        about: { entity: null, id: null },
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
