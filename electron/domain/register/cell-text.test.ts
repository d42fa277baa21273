import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText, identifierText } from './cell-text.ts';
import { isBlankWord } from './date-text.ts';

const space = fc.string({
  unit: fc.constantFrom(' ', '\t', '\u00a0', '\u2009', '\u200b', '\ufeff', '\u200e'),
  maxLength: 3,
});
const marks = fc.constantFrom(
  ['', ''],
  ['"', '"'],
  ['“', '”'],
  ['‘', '’'],
  ["'", "'"],
  ['«', '»'],
  ['„', '“'],
);

describe('the text of a cell', () => {
  it('is without the spaces and the pair of quotation marks round it', () => {
    const said = fc.constantFrom('Able', "O'Brien", 'van der Berg', '10000002', '=cmd', '6" pipe', 'a “b” c');
    fc.assert(
      fc.property(said, space, space, marks, space, space, (text, a, b, [open, close], c, d) => {
        const clash = text.includes(open || '\0') || text.includes(close || '\0');
        expect(cellText(`${a}${open}${b}${text}${c}${close}${d}`)).toBe(
          clash ? `${open}${b}${text}${c}${close}`.trim() : text,
        );
      }),
    );
  });

  it('is read the same, whatever mark that nobody sees goes before it', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({
        unit: fc.constantFrom('a', 'N', '/', '-', 'u', '7', '.', '"', "'", '=', ' ', 'ｎ', '\u0301'),
      }),
      fc.constantFrom('n/a', 'Not applicable', 'undefined', 'N / A', 'nil.', '(none)', 'NaN', 'na\u200b'),
    );
    fc.assert(
      fc.property(cell, (text) => {
        const marked = `\u200b${text}`;
        expect(cellText(text)).toBe(cellText(marked));
        expect(identifierText(text)).toBe(identifierText(marked));
        expect(isBlankWord(text)).toBe(isBlankWord(marked));
      }),
      { numRuns: 500 },
    );
  });

  it.each(["'=cmd", "'10000002", '"A" and "B"', '“A” and “B”', '"', '6"'])('keeps %j', (text) =>
    expect(cellText(text)).toBe(text),
  );

  it('is what stands in a formula that only says text', () => {
    fc.assert(
      fc.property(fc.constantFrom('90000002', '919USER01', "O'Brien", ''), space, space, (text, a, b) => {
        expect(cellText(`${a}="${b}${text}"${a}`)).toBe(text);
      }),
    );
    for (const text of ['="a"&"b"', '=A1', '="a']) expect(cellText(text)).toBe(text);
  });

  it('of a name for a thing is one spelling', () => {
    const wide = (text: string) =>
      text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
    const spelled = fc.constantFrom<(text: string) => string>(
      (t) => `'${t}`,
      (t) => `’${t}`,
      (t) => `="${t}"`,
      (t) => [...t].join('\u200b'),
      (t) => `\u202a${t}\u202c`,
      wide,
      (t) => `="'${t}"`,
    );
    fc.assert(
      fc.property(fc.constantFrom('919USER01', 'AS-12345', '3560241'), spelled, (text, spell) => {
        expect(identifierText(spell(text))).toBe(text);
      }),
    );
  });
});
