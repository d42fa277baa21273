import { createPublicKey } from 'node:crypto';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeSoftToken, type SoftToken } from './soft-token.ts';

const made: SoftToken[] = [];
afterEach(() => {
  for (const token of made.splice(0)) token.close();
});

describe('a token in software', () => {
  it('has the keys that were asked for, of the kinds that were asked for', () => {
    const dir = mkdtempSync(join(tmpdir(), 'soft-token-'));
    const token = makeSoftToken({
      dir,
      label: 'First card',
      pin: '4711',
      keys: [
        { id: '01', type: 'rsa' },
        { id: '02', type: 'ec' },
      ],
    });
    made.push(token);
    const kind = (id: string) =>
      createPublicKey({ key: Buffer.from(token.readPublicKey(id)), format: 'der', type: 'spki' });
    expect(kind('01').asymmetricKeyDetails).toMatchObject({ modulusLength: 2048 });
    expect(kind('02').asymmetricKeyDetails).toMatchObject({ namedCurve: 'prime256v1' });
    expect(() => token.readPublicKey('03')).toThrow('no key 03');
    token.putCertificate('01', Buffer.from('3000', 'hex'));
    token.putCertificate('01', Buffer.from('300100', 'hex'));
    token.spendTry();
    token.lockPin();
    token.close();
    expect(existsSync(dir)).toBe(false);
  });
});
