import fc from 'fast-check';
import { expect, it } from 'vitest';
import * as recorded from '../../adapters/keys/scheme-record.ts';
import { isRecordedKey, keyFingerprint } from './key-fingerprint.ts';

it('is the fingerprint of the scheme record, for any key', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(31), (key, at) => {
      expect(keyFingerprint(key)).toBe(recorded.keyFingerprint(key));
      const scheme = recorded.makeScheme(key, {
        storeId: '3f0a3c1e-6f0d-4b62-9a43-0b9a4f0f6a11',
        environment: 'TPLY',
        training: false,
        trust: { vpd: '919', name: 'Eastmoor' },
        created: '2026-11-20T09:00:00.000Z',
      });
      const other = key.with(at, (key[at] ?? 0) ^ 1);
      expect([isRecordedKey(scheme, key), isRecordedKey(scheme, other)]).toEqual([true, false]);
    }),
  );
});
