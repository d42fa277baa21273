import { expect, test } from 'vitest';
import type { CertificateRules } from '../../services/cards/certificate-port.ts';
import { createCertificateTools } from './certificate-tools.ts';
import { makeTestCa } from './testing/test-ca.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const WEEK = { thisUpdate: NOW, nextUpdate: '2026-11-26T09:00:00.000Z' };
const SUBJECT = 'O=nhs,OU=People,CN=123456789012';

const tools = createCertificateTools();
const ca = makeTestCa({ now: NOW, keyType: 'p256', intermediate: true });
const card = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' });
ca.revoke(7n);
const list = ca.crl(WEEK);
const rules: CertificateRules = {
  trustAnchors: ca.chainPem,
  subjectRule: 'O=nhs,OU=People,CN=^(\\d{12})$',
  revocationLists: [{ state: 'read', bytes: list }],
};

test('a megabyte, and a thousand of them, in no time', () => {
  const big = new Uint8Array(1_000_000).fill(0x30);
  big.set([0x30, 0x83, 0x0f, 0x42, 0x3b]);
  const begun = performance.now();
  expect(tools.judge([big], rules, NOW).standing).toBe('unreadable');
  expect(tools.judge(Array(1000).fill(big), rules, NOW).standing).toBe('unreadable');
  expect(tools.judge([big, card.der], rules, NOW)).toMatchObject({ standing: 'good', chosen: 1 });
  expect(performance.now() - begun).toBeLessThan(1000);
  expect(tools.verify(big, big, big)).toBe(false);
  expect(() => tools.keyFingerprint(big)).toThrow('This certificate cannot be read.');
  expect(() => tools.keyKind(big)).toThrow('This certificate cannot be read.');
});
