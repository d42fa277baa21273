import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from './bytes.ts';
import { checkDisclosure, commitPersonal, SALT_BYTES } from './commitment.ts';

const sha256 = (bytes: Uint8Array): Uint8Array => new Uint8Array(createHash('sha256').update(bytes).digest());
const salt = fc.uint8Array({ minLength: SALT_BYTES, maxLength: SALT_BYTES });
const fields = fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.maxSafeInteger()), {
  minKeys: 1,
  maxKeys: 5,
});

describe('base64url', () => {
  it('agrees with Node, and reads only what it would write', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
    for (const bad of ['A', 'AB', 'AA==', 'A+', 'A/', 'Ä', 'AAAAA']) expect(fromBase64Url(bad)).toBeNull();
  });
});

describe('commitments to personal fields', () => {
  it('opens to the value committed and to no other value, salt or field', () => {
    fc.assert(
      fc.property(fields, salt, (personal, bytes) => {
        const { commitments, disclosures } = commitPersonal(personal, () => bytes, sha256);
        expect(disclosures.map((one) => one.field)).toEqual(Object.keys(personal).sort());
        for (const disclosure of disclosures) {
          const commitment = commitments[disclosure.field]!;
          expect(checkDisclosure(disclosure, commitment, sha256)).toBe(true);
          expect(checkDisclosure({ ...disclosure, value: [disclosure.value] }, commitment, sha256)).toBe(
            false,
          );
          const otherSalt = toBase64Url(bytes.map((byte) => byte ^ 1));
          expect(checkDisclosure({ ...disclosure, salt: otherSalt }, commitment, sha256)).toBe(false);
        }
      }),
    );
  });

  it('is the hash of salt and canonical text, as anyone can recompute', () => {
    const bytes = new Uint8Array(SALT_BYTES).fill(5);
    const { commitments } = commitPersonal({ name: 'Zoë' }, () => bytes, sha256);
    const expected = createHash('sha256').update(bytes).update('"Zoë"', 'utf8').digest('base64url');
    expect(commitments).toEqual({ name: { sha256: expected } });
  });

  it('cannot be opened a second way by moving bytes from the value to the salt', () => {
    const bytes = new Uint8Array(SALT_BYTES).fill(5);
    const { commitments } = commitPersonal({ n: 12345 }, () => bytes, sha256);
    const moved = { field: 'n', salt: toBase64Url(Uint8Array.of(...bytes, 0x31, 0x32)), value: 345 };
    expect(checkDisclosure(moved, commitments.n!, sha256)).toBe(false);
    expect(() => commitPersonal({ n: 1 }, () => new Uint8Array(15), sha256)).toThrow(RangeError);
  });
});
