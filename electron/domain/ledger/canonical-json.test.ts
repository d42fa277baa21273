import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalBytes, canonicalJson, NotCanonicalError } from './canonical-json.ts';

const text = fc.string({ unit: 'binary' });
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 5 },
    text,
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(text, tie('any'), { maxKeys: 5 }),
  ),
})).any;

const refusedAt = (bad: unknown): string => {
  try {
    canonicalJson(bad);
  } catch (error) {
    if (error instanceof NotCanonicalError) return error.path;
  }
  return 'not refused';
};

/** The same value with every object's keys written in the opposite order. */
function reversed(from: unknown): unknown {
  if (Array.isArray(from)) return from.map(reversed);
  if (typeof from !== 'object' || from === null) return from;
  return Object.fromEntries(
    Object.entries(from)
      .map(([key, inner]) => [key, reversed(inner)] as const)
      .reverse(),
  );
}

describe('canonical JSON (RFC 8785)', () => {
  it('writes the key order and escapes of RFC 8785 §3.2', () => {
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(keys)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}',
    );
    expect(canonicalJson('€$\u000f\nA\'B"\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\"/"');
    expect(canonicalJson([-0, 10, true, false, null])).toBe('[0,10,true,false,null]');
  });

  it('can be read back, and does not depend on the order the keys were set in', () => {
    fc.assert(
      fc.property(value, (any) => {
        const written = canonicalJson(any);
        expect(canonicalJson(JSON.parse(written))).toBe(written);
        expect(canonicalJson(reversed(any))).toBe(written);
        expect(Buffer.from(canonicalBytes(any)).toString('utf8')).toBe(written);
      }),
    );
  });

  it('refuses what has no single form, and names the place without the value', () => {
    expect(refusedAt({ detail: { items: [1, 2, Number.NaN] } })).toBe('$.detail.items[2]');
    expect(refusedAt({ a: 1.5 })).toBe('$.a');
    expect(refusedAt({ a: 2 ** 53 })).toBe('$.a');
    expect(refusedAt({ a: undefined })).toBe('$.a');
    expect(refusedAt({ a: 1n })).toBe('$.a');
    expect(refusedAt({ a: new Date(0) })).toBe('$.a');
    expect(refusedAt({ a: [new Map()] })).toBe('$.a[0]');
    expect(refusedAt({ a: '\ud800' })).toBe('$.a');
    expect(refusedAt({ '\udc00': 1 })).toBe('$ (a key)');
    expect(refusedAt({ [Symbol('s')]: 1 })).toBe('$');
    expect(refusedAt(new Array(2))).toBe('$[0]');
    expect(refusedAt(() => 1)).toBe('$');
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(refusedAt(circle)).toMatch(/^\$\.self/);
  });
});
