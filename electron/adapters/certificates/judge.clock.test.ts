import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import type { CertificateRules, RevocationFile } from '../../services/cards/certificate-port.ts';
import { createCertificateTools } from './certificate-tools.ts';
import * as forms from './testing/asn1-forms.ts';
import { extension, makeTestCa, type TestCa, toPem } from './testing/test-ca.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const WEEK = { thisUpdate: '2026-11-19T09:00:00.000Z', nextUpdate: '2026-11-26T09:00:00.000Z' };
const SUBJECT = 'O=nhs,OU=People,CN=123456789012';
const RULE = 'O=nhs,OU=People,CN=^(\\d{12})$';

const tools = createCertificateTools();
const list = (bytes: Uint8Array): RevocationFile => ({ state: 'read', bytes });
const rulesOf = (of: TestCa, more: Partial<CertificateRules> = {}): CertificateRules => ({
  trustAnchors: of.chainPem,
  subjectRule: RULE,
  revocationLists: [list(of.crl(WEEK))],
  ...more,
});

const wishes = { subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' } as const;

test('issuers that vouch for each other without end are left off soon', () => {
  const [left, right] = ['Left', 'Right'].map((name) => makeTestCa({ now: NOW, keyType: 'p256', name }));
  if (!left || !right) throw new Error('two of them');
  const vouch = (by: TestCa, whom: TestCa): string[] => {
    const root = new X509Certificate(whom.rootDer);
    const publicKeySpkiDer = new Uint8Array(root.publicKey.export({ type: 'spki', format: 'der' }));
    const extensions = [extension('2.5.29.19', true, forms.seq(forms.bool(true)))];
    const name = forms.nameOf(['O', 'nhs'], ['CN', whom === left ? 'Left' : 'Right']);
    return Array.from({ length: 12 }, () =>
      toPem('CERTIFICATE', by.issue({ subject: name, publicKeySpkiDer, keyUsage: 'none', extensions })),
    );
  };
  // Twelve ways at every step and neither root among the anchors: 12 to the eighth paths, none of which ends.
  const trustAnchors = [...vouch(left, right), ...vouch(right, left)].join('');
  const leaf = left.issueForNewKey(wishes).der;
  const begun = performance.now();
  expect(tools.judge([leaf], rulesOf(left, { trustAnchors }), NOW)).toMatchObject({
    standing: 'wrong-issuer',
  });
  expect(performance.now() - begun).toBeLessThan(2000);
});

test('fifty thousand entries', () => {
  const of = makeTestCa({ now: NOW });
  const cards = [1, 2, 3].map(
    () => of.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' }).der,
  );
  for (let step = 0; step < 50_000; step += 1)
    of.revoke(0x1234567890abcdef1234567890n + BigInt(step) * 7919n);
  const bytes = of.crl(WEEK);
  const rules = rulesOf(of, { revocationLists: [list(bytes)] });
  const own = createCertificateTools();
  const times = [1, 2].map(() => {
    const begun = performance.now();
    for (const der of cards) expect(own.judge([der], rules, NOW).standing).toBe('good');
    return performance.now() - begun;
  });
  console.log(
    `three certificates, ${bytes.length} bytes of list: first ${times[0]?.toFixed(0)} ms, again ${times[1]?.toFixed(0)} ms`,
  );
  expect(times[0]).toBeLessThan(1500);
});
