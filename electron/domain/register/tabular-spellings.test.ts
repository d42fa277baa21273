import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyMapping } from './tabular-rows.ts';

// Siblings of shared/cases 04, 12 and 24: cells that say nothing, and one thing in several spellings.

const columns = (...fields: readonly string[]) => new Map(fields.map((field, i) => [field, i]));
const toInstant = () => '2026-11-01T00:00:00.000Z';
const read = (
  kind: 'as-numbers' | 'holdings' | 'training',
  fields: readonly string[],
  cells: readonly string[],
) => applyMapping(kind, cells, { columns: columns(...fields), toInstant });

const nothing = fc.constantFrom(
  ...[
    '-',
    '–',
    '--',
    '-----',
    'N/A',
    'n.a',
    'Not applicable',
    'NULL',
    '(null)',
    'none',
    '="-"',
    '\u200b',
    ' ',
  ],
);
const AS = ['employeeNumber', 'positionNumber', 'asNumber'];

describe('a cell that says that there is nothing', () => {
  it('is no AS number, responsibility or competence', () => {
    fc.assert(
      fc.property(nothing, (word) => {
        expect(read('as-numbers', AS, ['10000002', '3560241', word])).toEqual({
          ok: false,
          reason: 'AS number is missing.',
        });
        expect(read('holdings', ['employeeNumber', 'urp'], ['10000002', word]).ok).toBe(false);
        expect(
          read('training', ['employeeNumber', 'competence', 'status'], ['10000002', word, 'Met']).ok,
        ).toBe(false);
      }),
    );
  });

  it.each(['TBC', 'Pending', 'Not issued', 'No', '0', '000', '1.00E+05', '?', 'Applied for'])(
    'nor is %s a number',
    (word) => {
      expect(read('as-numbers', AS, ['10000002', '3560241', word]).ok).toBe(false);
    },
  );

  it('is no post', () => {
    fc.assert(
      fc.property(nothing, (word) => {
        expect(read('as-numbers', AS, ['10000002', word, 'AS1234'])).toMatchObject({
          row: { positionNumber: null },
        });
      }),
    );
  });
});

describe('one thing in several spellings', () => {
  it('is one post, one AS number and one account', () => {
    const number = fc.constantFrom(
      '3560241',
      '3560241.0',
      '3,560,241',
      "'3560241",
      '="3560241"',
      '３５６０２４１',
    );
    const name = (text: string) => fc.constantFrom(text, `'${text}`, `="${text}"`, `\u200e${text}`);
    fc.assert(
      fc.property(number, name('AS-1234'), name('919USER01'), (post, asNumber, username) => {
        expect(read('as-numbers', AS, ['10000002', post, asNumber])).toMatchObject({
          row: { positionNumber: '3560241', asNumber: 'AS-1234' },
        });
        expect(read('holdings', ['username', 'urp'], [username, 'Local Reports'])).toMatchObject({
          row: { username: '919USER01' },
        });
      }),
    );
  });

  it('keeps a post that is no number as it was written', () => {
    expect(read('as-numbers', AS, ['10000002', 'P-12', 'AS1'])).toMatchObject({
      row: { positionNumber: 'P-12' },
    });
  });
});

describe('what a portal says of the authorisation', () => {
  const FIELDS = ['reference', 'submittedAt', 'beneficiaryNumber', 'accessAsked', 'authorised'];
  const said = (word: string) =>
    applyMapping('oneforms', ['SD-1', '2026-11-01', '10000002', 'Local Reports', word], {
      columns: columns(...FIELDS),
      toInstant,
    });

  it.each(['Yes', 'authorized', ' APPROVED '])('“%s” is yes', (word) => {
    expect(said(word)).toMatchObject({ ok: true, row: { authorisation: expect.anything() } });
  });

  it.each(['', '-', 'N/A', 'No', 'not approved', 'Rejected', 'awaiting'])('“%s” is no', (word) => {
    expect(said(word)).toMatchObject({ ok: true, row: { authorisation: null } });
  });

  it('is neither where nobody can tell', () => {
    expect(said('perhaps')).toMatchObject({ ok: false });
  });
});
