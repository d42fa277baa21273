import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createReading, type RowNames, whoIsNamed } from './reading.ts';

/** A register of three, with an account each; any other eight digits are a number of nobody known. */
const PEOPLE: Readonly<Record<string, string>> = {
  '10000001': 'esr:1',
  '10000002': 'esr:2',
  '10000003': 'esr:3',
};
const ACCOUNTS: Readonly<Record<string, string>> = {
  '919ABLE01': 'esr:1',
  '919BAKE01': 'esr:2',
  '919ADMI01': 'esr:3',
};
const numbered = (text: string) => PEOPLE[text] ?? (/^\d{8}$/.test(text) ? `no:${text}` : null);
const names: RowNames = {
  holderOf: ([number = '', account = '']) => {
    const person = numbered(number) ?? ACCOUNTS[account] ?? null;
    return person === null ? null : { person, written: numbered(number) ? number : account };
  },
  knownAs: (text) => PEOPLE[text] ?? ACCOUNTS[text] ?? null,
  delimiter: ',',
};
const held = (cells: readonly string[], lines?: readonly string[]) => {
  const found = whoIsNamed({ line: 2, cells, lines }, names);
  return found && [...found.keys()].sort();
};

describe('whom a failed row holds', () => {
  it('is who its number or its account surely says', () => {
    expect(held(['10000001', '', '919 Local Reports', '31-Nov-2026'])).toEqual(['esr:1']);
    expect(held(['1.00E+07', '919ABLE01', '919 Local Reports', ''])).toEqual(['esr:1']);
    expect(held(['10000001', '919BAKE01', '919 Local Reports', ''])).toEqual(['esr:1', 'esr:2']);
    expect(held(['77777777', '', '919 Local Reports', ''])).toEqual(['no:77777777']);
  });

  it('is anybody where neither can be read, whoever else is named in the row', () => {
    expect(held(['1.00E+07', '', '919 Local Reports', ''])).toBeNull();
    expect(held(['', 'UNKNOWN', '919 Local Reports', '20260101'])).toBeNull();
    // Who gave the access is named, but it is not known to whom.
    expect(held(['1.00E+07', '', '919 Local Reports', '919ADMI01'])).toBeNull();
    expect(held([])).toBeNull();
  });

  it('is everybody on every line that a record swallowed', () => {
    const lines = [
      '10000001,919ABLE01,"Able,919 Local Reports',
      '10000002,919BAKE01,Baker,919 Local Reports"',
    ];
    expect(held(['10000001', '919ABLE01', 'Able,919 Local Reports\n10000002 …'], lines)).toEqual([
      'esr:1',
      'esr:2',
    ]);
    expect(held(['10000001'], [...lines, 'x,y,z'])).toBeNull();
    expect(held(['10000001'], [...lines, '', '  ', 'words alone'])).toEqual(['esr:1', 'esr:2']);
    expect(held(['10000001'], ['"Able, Ann",10000001', 'b'])).toBeNull();
  });
});

describe('a reading', () => {
  const number = fc.constantFrom('10000001', '10000002', '10000003', '77777777');
  const unreadable = fc.constantFrom('', '1.00E+07', 'n/a', '1000000');
  const row = fc.record({
    number: fc.oneof(number, unreadable),
    account: fc.constantFrom('', '919ABLE01', '919BAKE01', 'NOBODY'),
    ok: fc.boolean(),
  });

  it('is whole for a person only where no failed row can be about them, in any order of the rows', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const read = (order: typeof rows) => {
          const builder = createReading(names);
          for (const one of order) {
            if (one.ok) builder.row();
            else builder.fail({ line: 2, cells: [one.number, one.account, 'x'] });
          }
          return builder.done(null);
        };
        const reading = read(rows);
        const failed = rows.filter(({ ok }) => !ok);
        const sure = (one: (typeof rows)[number]) => /^\d{8}$/.test(one.number) || one.account in ACCOUNTS;
        expect(reading.holdsEverybody).toBe(failed.some((one) => !sure(one)));
        for (const person of ['esr:1', 'esr:2', 'esr:3', 'no:77777777', 'no:88888888']) {
          const named = failed.some(
            (one) =>
              (PEOPLE[one.number] ?? `no:${one.number}`) === person || ACCOUNTS[one.account] === person,
          );
          expect(reading.wholeFor(person)).toBe(!reading.holdsEverybody && !named);
          expect(read(rows.toReversed()).wholeFor(person)).toBe(reading.wholeFor(person));
        }
        expect([reading.read, reading.failed]).toEqual([rows.length - failed.length, failed.length]);
      }),
    );
  });
});
