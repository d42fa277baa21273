import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nhsMark, onePerson, type PersonRecord, smartcardMark } from './one-person.ts';

const CARD = 'card:555000000123';
const record = (personId: string, change: Partial<PersonRecord> = {}): PersonRecord => ({
  personId,
  names: [{ first: 'Ann', last: 'Able' }],
  from: '2015-01-01',
  to: null,
  stated: { from: 1, until: null },
  marks: [CARD],
  ...change,
});
const named = (first: string, last: string) => ({ names: [{ first, last }] });

describe('records of one person', () => {
  it('are joined by the smartcard where one follows the other, whatever the name became', () => {
    const { canonical, doubted } = onePerson([
      record('9002', { to: '2020-03-31' }),
      record('9107', { from: '2022-01-01', ...named('Ann', 'Baker') }),
    ]);
    expect([...canonical]).toEqual([['9107', '9002']]);
    expect(doubted).toEqual([]);
  });

  it('are joined where ESR stated the one until it stated the other, as a merge does', () => {
    const old = record('9002', { stated: { from: 1, until: 5 } });
    const joined = onePerson([
      old,
      record('9107', { stated: { from: 5, until: null }, ...named('Ann', 'Baker') }),
    ]);
    expect([...joined.canonical]).toEqual([['9107', '9002']]);
    const beside = onePerson([
      old,
      record('9107', { stated: { from: 4, until: null }, ...named('Bob', 'Baker') }),
    ]);
    expect(beside.doubted).toEqual([['9002', '9107']]);
  });

  it('are joined at one time where the names agree, and only doubted where they do not', () => {
    const alike = onePerson([record('10'), record('9', named('ANN-MARIE', 'Áble'))]);
    expect([...alike.canonical]).toEqual([['10', '9']]);
    const other = onePerson([record('10'), record('9', named('Bob', 'Baker'))]);
    expect(other).toEqual({ canonical: new Map(), doubted: [['9', '10']] });
  });

  it('joins through a third record, but never two that are doubted', () => {
    const chain = onePerson([
      record('1', { marks: ['nhs:A1'] }),
      record('2', { marks: ['nhs:A1', CARD] }),
      record('3'),
    ]);
    expect(chain.canonical.get('3')).toBe('1');
    const broken = onePerson([
      record('1', { to: '2018-01-01' }),
      record('2', { from: '2019-01-01' }),
      record('3', { from: '2019-01-01', ...named('Bob', 'Baker') }),
    ]);
    expect(broken.canonical.size).toBe(0);
    expect(broken.doubted).toEqual([
      ['1', '2'],
      ['1', '3'],
      ['2', '3'],
    ]);
  });

  it('are not told by a value that stands for nothing', () => {
    for (const nothing of [
      null,
      '',
      ' ',
      '000000000000',
      '111111111111',
      '123456789012',
      '98765432',
      'n/a',
      '5550000001234',
    ]) {
      expect(smartcardMark(nothing), String(nothing)).toBeNull();
    }
    for (const nothing of [null, '', '0', '00000000', 'UNKNOWN', '12345678', 'N/A', '-----------']) {
      expect(nhsMark(nothing), String(nothing)).toBeNull();
    }
    expect(smartcardMark(' 555000000123\u200b')).toBe(CARD);
    expect(nhsMark('ab 120045')).toBe('nhs:AB120045');
    const many = ['1', '2', '3', '4', '5'].map((id) =>
      record(id, named(`P${'abcde'[Number(id) - 1]}`, `Q${id}`)),
    );
    expect(onePerson(many)).toEqual({ canonical: new Map(), doubted: [] });
  });

  it('come out the same in any order; everyone has one canonical record, which is its own', () => {
    const some = fc.array(
      fc.record({
        personId: fc.integer({ min: 1, max: 2000 }).map(String),
        names: fc.constantFrom('Able', 'Baker').map((last) => [{ first: 'Ann', last }]),
        from: fc.constantFrom('2015-01-01', '2020-01-01'),
        to: fc.constantFrom(null, '2018-01-01'),
        stated: fc.constantFrom({ from: 1, until: null }, { from: 1, until: 2 }, { from: 2, until: null }),
        marks: fc.subarray(['card:1', 'card:2', 'nhs:1']),
      }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(
        some.map((all) => [
          ...new Map(
            all.map((one) => [one.personId, { ...one, to: one.from > '2018' ? null : one.to }]),
          ).values(),
        ]),
        fc.integer(),
        (all, seed) => {
          const shuffled = all.toSorted(
            (a, b) => ((Number(a.personId) * seed) % 97) - ((Number(b.personId) * seed) % 97),
          );
          const [a, b] = [onePerson(all), onePerson(shuffled)];
          expect([...b.canonical].toSorted()).toEqual([...a.canonical].toSorted());
          expect(b.doubted).toEqual(a.doubted);
          const top = (id: string) => a.canonical.get(id) ?? id;
          for (const { personId } of all) expect(top(top(personId))).toBe(top(personId));
          for (const [x, y] of a.doubted) expect(top(x)).not.toBe(top(y));
        },
      ),
      { numRuns: 500 },
    );
  });
});
