import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStaffNumber } from './staff-number.ts';

const read = (text: string) => {
  const { kind, ...rest } = readStaffNumber(text);
  return kind === 'unknown'
    ? 'unknown'
    : `${'number' in rest ? rest.number : ''}|${'post' in rest ? rest.post : ''}`;
};

describe('a staff number as people write it', () => {
  it.each([
    ['90000002', '90000002|1'],
    ['90000002-2', '90000002|2'],
    ['90000002 -2', '90000002|2'],
    ['90000002 – 12', '90000002|12'],
    ['90000002–2', '90000002|2'],
    ['90000002\u00ad2', '90000002|2'],
    ['90000002-02', '90000002|2'],
    ['90000002.0', '90000002|1'],
    ['90000002,00', '90000002|1'],
    ["'90000002", '90000002|1'],
    ['’90000002-3', '90000002|3'],
    ['="90000002"', '90000002|1'],
    ['="90000002-2"', '90000002|2'],
    ['=90000002', '90000002|1'],
    ['90,000,002', '90000002|1'],
    ['90,000,002.00', '90000002|1'],
    ['90.000.002', '90000002|1'],
    ["90'000'002", '90000002|1'],
    ['90\u00a0000\u202f002', '90000002|1'],
    ['9000 0002', '90000002|1'],
    ['90000002\u200b', '90000002|1'],
    ['\u202a9000\u200d0002\u202c', '90000002|1'],
    ['\ufeff 90000002 ', '90000002|1'],
    ['９００００００２', '90000002|1'],
    ['９００００００２－２', '90000002|2'],
    ['9.0000002E7', '90000002|1'],
    ['9.0000002e+07', '90000002|1'],
    ['1.0000000E7', '10000000|1'],
    ['00123456', '00123456|1'],
    ['1234 5678 9012', '123456789012|1'],
  ])('%j is %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it.each([
    // A digit may have been lost.
    '1.00E+07',
    '9E+07',
    '9.00E7',
    '1.2345E7',
    '9.00000025E7',
    '9.0000002E-7',
    // Two readings.
    '10000002 2',
    '1000000 2',
    '10000002 10000003',
    '10000002/2',
    '10000002²',
    '90.000',
    '1,000',
    '9,0000,002',
    '10000002-2-3',
    '10000002-100',
    '9000-0002',
    '10000002.5',
    '10000002.2',
    // No number.
    'E90000002',
    '90000002 (Officer)',
    '9O000002',
    'n/a',
    'TBC',
    '-',
    '–',
    '',
    '   ',
    '\u200b',
    '00000000',
    '0',
    '-90000002',
    '90000002-',
    '90000002-0',
    '#N/A',
    '=T("90000002")',
    '9'.repeat(13),
  ])('%j is unknown', (text) => {
    expect(read(text)).toBe('unknown');
  });

  it('says what could not be read, on one short line', () => {
    expect(readStaffNumber('TBC')).toMatchObject({ why: '“TBC” cannot be read surely as an ESR number.' });
    const long = readStaffNumber(`x\n${'y'.repeat(500)}`);
    expect(long.kind === 'unknown' && long.why.length < 100 && !long.why.includes('\n')).toBe(true);
    expect(readStaffNumber(null)).toMatchObject({ kind: 'unknown', why: 'No number is written.' });
  });
});

const digits = fc.integer({ min: 1, max: 999_999_999 }).map((n) => String(n).padStart(8, '0'));
const mark = fc.constantFrom(
  '\u200b',
  '\u200e',
  '\u200f',
  '\u202a',
  '\u202c',
  '\ufeff',
  '\u2060',
  '\u2066',
  '',
);
const space = fc.constantFrom(' ', '\u00a0', '\u2009', '\u202f', '\u3000', '\t', '');
const dash = fc.constantFrom('-', '‐', '‑', '‒', '–', '—', '―', '−', '﹘', '﹣', '－', '\u00ad');
const thousands = (text: string, by: string) => text.replace(/\B(?=(\d{3})+$)/g, by);
const fullWidth = (text: string) => text.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));

/** How spreadsheets, portals and people dress a number. */
const spelling = fc
  .tuple(digits, fc.nat(14), mark, space, dash, fc.integer({ min: 1, max: 99 }), fc.boolean())
  .map(([number, form, hidden, blank, stroke, post, withPost]) => {
    const bare = [
      number,
      `'${number}`,
      `${number}.0`,
      `="${number}"`,
      thousands(number, ','),
      thousands(number, ' '),
      thousands(number, '\u202f'),
      fullWidth(number),
      `${number.slice(0, 4)} ${number.slice(4)}`,
      `${number[0]}.${number.slice(1)}E${number.length - 1}`,
      `${number[0]}.${number.slice(1, 3)}E+0${number.length - 1}`,
      String(Number(number)),
      `${number} (${number})`,
      `${number}/${post}`,
      number,
    ][form] as string;
    const suffix = withPost ? `${blank}${stroke}${blank}${post}` : '';
    const middle = Math.floor(bare.length / 2);
    const text = `${hidden}${blank}${bare.slice(0, middle)}${hidden}${bare.slice(middle)}${suffix}${blank}`;
    return { number, text, post: withPost ? post : 1 };
  });

describe('every spelling of a number', () => {
  it('reads to the same number and post, or to unknown, and never to another', () => {
    fc.assert(
      fc.property(spelling, ({ number, text, post }) => {
        const found = readStaffNumber(text);
        if (found.kind === 'unknown') return;
        expect(found.number.replace(/^0+/, '')).toBe(number.replace(/^0+/, ''));
        expect(found.post).toBe(post);
      }),
      { numRuns: 3000 },
    );
  });

  it('of two numbers never reads to one', () => {
    fc.assert(
      fc.property(spelling, spelling, (a, b) => {
        fc.pre(Number(a.number) !== Number(b.number));
        const [x, y] = [readStaffNumber(a.text), readStaffNumber(b.text)];
        if (x.kind === 'number' && y.kind === 'number') expect(Number(x.number)).not.toBe(Number(y.number));
      }),
      { numRuns: 2000 },
    );
  });

  it('never throws, gives digits only, and reads what it gave to itself', () => {
    const pieces = fc.array(fc.constantFrom(...'0129.,-–\'"=E+ \u200b\u00a0²½９٣(/'.split('')), {
      maxLength: 16,
    });
    fc.assert(
      fc.property(
        pieces.map((some) => some.join('')),
        (text) => {
          const found = readStaffNumber(text);
          if (found.kind === 'unknown') return;
          expect(found.number).toMatch(/^\d{1,12}$/);
          expect(readStaffNumber(found.number)).toMatchObject({ number: found.number, post: 1 });
          // Nothing that was written is left out but what spellings add.
          const written = text.replace(/[^\d０-９²½٣]/g, '');
          expect(written.length).toBeGreaterThanOrEqual(found.number.length);
        },
      ),
      { numRuns: 5000 },
    );
  });
});
