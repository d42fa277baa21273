import { createHash } from 'node:crypto';

/** A text that stands nowhere but where the test has put it: letters made of what it marks. */
export function letters(what: string, length = 14): string {
  const bytes = createHash('sha256').update(what).digest();
  return `Q${[...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join('')}`.slice(0, length);
}

/** The same of digits, for what ESR takes only as a number. */
export function digits(what: string, length: number): string {
  const bytes = createHash('sha256').update(what).digest();
  return [...bytes]
    .map((byte) => String(byte % 10))
    .join('')
    .replace(/^0/, '7')
    .slice(0, length);
}

/** What is looked for: the name of a field → the text that marks it. */
export type Markers = ReadonlyMap<string, string>;

export interface Needle {
  readonly what: string;
  readonly encoding: string;
  readonly bytes: Buffer;
}

/**
 * How a text may lie in a file: as UTF-8 and UTF-16, as it is and in the cases that programs fold it to, and inside a
 * base64 text at each of the three places where it may begin. Of base64 only the letters that the text alone decides.
 */
export function needlesOf(markers: Markers): readonly Needle[] {
  return [...markers].flatMap(([what, text]) => {
    const cases = [...new Set([text, text.toLowerCase(), text.toUpperCase()])];
    return [
      ...cases.map((as) => ({ what, encoding: 'UTF-8', bytes: Buffer.from(as, 'utf8') })),
      ...cases.map((as) => ({ what, encoding: 'UTF-16LE', bytes: Buffer.from(as, 'utf16le') })),
      ...base64Needles(what, Buffer.from(text, 'utf8')),
    ];
  });
}

/** For secrets that are bytes: as they are, as hexadecimal digits and as base64. */
export function secretNeedles(what: string, secret: Buffer): readonly Needle[] {
  const hex = secret.toString('hex');
  return [
    { what, encoding: 'raw', bytes: secret },
    { what, encoding: 'hex', bytes: Buffer.from(hex) },
    { what, encoding: 'HEX', bytes: Buffer.from(hex.toUpperCase()) },
    ...base64Needles(what, secret),
  ];
}

function base64Needles(what: string, bytes: Buffer): readonly Needle[] {
  return [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const first = Math.ceil((before * 8) / 6);
    const last = Math.floor(((before + bytes.length) * 8) / 6);
    return { what, encoding: `base64 at ${before}`, bytes: Buffer.from(text.slice(first, last)) };
  });
}
