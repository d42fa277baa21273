import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellText } from './cell-text.ts';

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

  it.each(["'=cmd", "'10000002", '"A" and "B"', '“A” and “B”', '"', '6"'])('keeps %j', (text) =>
    expect(cellText(text)).toBe(text),
  );
});
