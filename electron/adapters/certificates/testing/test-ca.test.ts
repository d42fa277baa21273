import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeTestCa, serialOf, toPem } from './test-ca.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const folder = mkdtempSync(join(tmpdir(), 'test-ca-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const seconds = String(Date.parse(NOW) / 1000);

for (const keyType of ['rsa', 'p256'] as const) {
  for (const intermediate of [false, true]) {
    test(`openssl accepts what it issues and refuses what it revoked: ${keyType}, intermediate ${intermediate}`, () => {
      const ca = makeTestCa({ now: NOW, keyType, intermediate });
      const leaf = ca.issueForNewKey({
        subject: 'O=nhs,OU=People,CN=123456789012',
        keyUsage: 'authentication',
      });
      expect(new X509Certificate(leaf.der).subject).toBe('O=nhs\nOU=People\nCN=123456789012');

      const anchors = put('anchors.pem', ca.chainPem);
      const der = put('leaf.pem', toPem('CERTIFICATE', leaf.der));
      const dates = { thisUpdate: NOW, nextUpdate: '2026-11-27T09:00:00.000Z' };
      const check = (crl: Uint8Array): string =>
        execFileSync(
          'openssl',
          ['verify', '-attime', seconds, '-crl_check', '-CAfile', anchors].concat([
            '-CRLfile',
            put('list.pem', toPem('X509 CRL', crl)),
            der,
          ]),
          { encoding: 'utf8', stdio: 'pipe' },
        );
      expect(check(ca.crl(dates))).toContain('OK');
      ca.revoke(serialOf(leaf.der));
      expect(() => check(ca.crl(dates))).toThrow(/certificate revoked/);
    });
  }
}
