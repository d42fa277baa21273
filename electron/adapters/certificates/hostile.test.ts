import { sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CertificateRules } from '../../services/cards/certificate-port.ts';
import { createCertificateTools } from './certificate-tools.ts';
import { elements, only, TAG } from './der.ts';
import { readCertificate } from './read-certificate.ts';
import { readList } from './revocation-list.ts';
import * as forms from './testing/asn1-forms.ts';
import { extension, makeTestCa, selfSigned, toPem } from './testing/test-ca.ts';

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

describe('certificates that are none', () => {
  test('cut off anywhere, or with something after', () => {
    for (let end = 0; end < card.der.length; end += 1) {
      const { standing } = tools.judge([card.der.subarray(0, end)], rules, NOW);
      expect(standing).toBe('unreadable');
    }
    expect(tools.judge([Uint8Array.from([...card.der, 0])], rules, NOW).standing).toBe('unreadable');
  });

  test('any single bit turned is never good', () => {
    for (let at = 0; at < card.der.length; at += 1) {
      const turned = card.der.slice();
      turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8));
      expect(tools.judge([turned], rules, NOW).standing).not.toMatch(/good|unchecked/);
    }
  });

  test('a certificate of the trust that is far too long is not worked through', () => {
    const padded = (length: number): Uint8Array =>
      ca.issueForNewKey({
        subject: SUBJECT,
        keyUsage: 'authentication',
        keyType: 'p256',
        extensions: [extension('1.2.3.4', false, forms.octets(new Uint8Array(length)))],
      }).der;
    expect(tools.judge([padded(60_000)], rules, NOW).standing).toBe('good');
    expect(tools.judge([padded(70_000)], rules, NOW).standing).toBe('unreadable');
  });

  test('a length that lies inside signed bytes makes them unreadable', () => {
    const made = selfSigned({ subject: SUBJECT, keyUsage: 'authentication', now: NOW });
    const [body, method] = [...elements(only(made.der, TAG.sequence).content)];
    if (!body || !method) throw new Error('a body and a method');
    const resigned = (change: (hex: string) => string): Uint8Array => {
      const bytes = Buffer.from(change(Buffer.from(body.whole).toString('hex')), 'hex');
      const whole = Buffer.concat([
        bytes,
        method.whole,
        forms.bytesOf(forms.bits(sign('sha256', bytes, made.privateKey))),
      ]);
      return new Uint8Array(
        Buffer.concat([Buffer.from([0x30, 0x82, whole.length >> 8, whole.length & 255]), whole]),
      );
    };
    expect(readCertificate(resigned((hex) => hex))).not.toBeNull();
    // keyUsage: the octet string inside says one byte more than the extension around it has.
    const lying = resigned((hex) => hex.replace('551d0f0101ff0404', '551d0f0101ff0405'));
    expect(Buffer.from(lying).includes(Buffer.from('551d0f0101ff0405', 'hex'))).toBe(true);
    expect(readCertificate(lying)).toBeNull();
  });

  test('brackets within brackets do not run out of stack', () => {
    const nested: number[] = [];
    for (let depth = 0; depth < 20_000; depth += 1) nested.push(0x30, 0x80);
    const legal = Array.from({ length: 60 }, (_, step) => [0x30, 2 * (59 - step)]).flat();
    expect(tools.judge([Uint8Array.from(nested), Uint8Array.from(legal)], rules, NOW).standing).toBe(
      'unreadable',
    );
  });

  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    // The beginning of the real thing, with pieces exchanged.
    fc
      .array(fc.tuple(fc.nat(card.der.length - 1), fc.nat(255)), { minLength: 1, maxLength: 12 })
      .map((changes) => {
        const bytes = card.der.slice();
        for (const [at, value] of changes) bytes[at] = value;
        return bytes;
      }),
  );

  test('random bytes never throw and are never good', () => {
    fc.assert(
      fc.property(anyBytes, (bytes) => {
        if (Buffer.compare(bytes, card.der) === 0) return;
        const { standing, sentence } = tools.judge([bytes], rules, NOW);
        expect(standing).not.toMatch(/good|unchecked/);
        expect(sentence).toMatch(/^[A-Z].*\.$/);
      }),
      { numRuns: 1500 },
    );
  });

  test('random bytes as a signature are never sound', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (cms) => {
        const checked = await tools.checkSignature({ text: 'x', cms, rules, expected: card.der });
        expect(checked).toEqual({ sound: false, signedAt: null, uuid: null, problem: expect.any(String) });
        expect((await tools.checkSignature({ text: 'x', cms, rules: null, expected: cms })).sound).toBe(
          false,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('random bytes as a revocation list never throw and never clear a card', () => {
    fc.assert(
      fc.property(
        fc.nat(list.length - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        (at, flip, cut) => {
          const changed = list.slice(0, cut ? at : list.length);
          if (!cut) changed[at] = (changed[at] ?? 0) ^ flip;
          const { standing } = tools.judge(
            [card.der],
            { ...rules, revocationLists: [{ state: 'read', bytes: changed }] },
            NOW,
          );
          expect(standing).toBe('revocation-unchecked');
        },
      ),
      { numRuns: 1500 },
    );
    fc.assert(fc.property(fc.uint8Array(), (bytes) => void readList(bytes)));
  });
});

describe('trusted issuers as pasted', () => {
  const between = ca.intermediateDer ?? new Uint8Array();

  test('are read in order, with text around them and any line ends', () => {
    const pasted = `Issuer: our own\r\n${ca.chainPem.replaceAll('\n', '\r\n')}\nthat is all\n`;
    expect(tools.readAnchors(pasted)).toEqual([
      { subject: 'O=nhs, CN=Test Registration Authority Level 1', expiresAt: '2031-11-19T09:00:00.000Z' },
      { subject: 'O=nhs, CN=Test Registration Authority', expiresAt: '2036-11-17T09:00:00.000Z' },
    ]);
    expect(tools.judge([card.der], { ...rules, trustAnchors: pasted }, NOW).standing).toBe('good');
    expect(tools.readAnchors(' \n')).toEqual([]);
  });

  const key = card.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  test.each<[string, string, RegExp]>([
    ['a private key', key, /private key in this text/],
    ['a private key among them', ca.chainPem + key, /private key in this text/],
    [
      'a private key of the old kind, cut off',
      key.replace('PRIVATE', 'RSA PRIVATE').slice(0, 90),
      /private key/,
    ],
    ['no certificate', 'MIIB', /no certificate in this text/],
    ['another kind', toPem('X509 CRL', list), /Part 1 is not a certificate/],
    [
      'the second damaged',
      toPem('CERTIFICATE', ca.rootDer) + toPem('CERTIFICATE', between.subarray(5)),
      /^Certificate 2 cannot be read/,
    ],
    ['the second cut off', ca.chainPem.slice(0, -60), /only 1 can be read/],
    ['an empty one', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----', /Certificate 1 is empty/],
    [
      'a card',
      ca.rootPem + toPem('CERTIFICATE', card.der),
      /^Certificate 2 \(O=nhs, OU=People, CN=\d+\) is not an issuer's/,
    ],
  ])('%s is refused with a sentence', (_name, pem, sentence) => {
    expect(() => tools.readAnchors(pem)).toThrow(sentence);
  });

  test('a private key is never repeated', () => {
    const secret = key.split('\n')[1] ?? '';
    expect(secret.length).toBeGreaterThan(40);
    for (const pem of [key, ca.chainPem + key, `${key}${key}`]) {
      try {
        tools.readAnchors(pem);
        expect.unreachable();
      } catch (error) {
        expect(String(error instanceof Error ? error.stack : error)).not.toContain(secret.slice(0, 12));
      }
    }
  });

  test('a name that hides something is shown with marks', () => {
    const odd = makeTestCa({ now: NOW, keyType: 'p256', name: `a\u202eb\0${'c'.repeat(500)}` });
    const [facts] = tools.readAnchors(odd.rootPem);
    expect(facts?.subject).toMatch(/^O=nhs, CN=a\uFFFDb\uFFFDc+$/);
    expect(facts?.subject.length).toBeLessThan(120);
  });

  test('any text at all is either read or refused with a sentence', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.nat(5), (text, cut) => {
        const pem = ca.chainPem.slice(0, cut * 200) + text;
        try {
          expect(Array.isArray(tools.readAnchors(pem))).toBe(true);
        } catch (error) {
          expect(error instanceof Error ? error.message : '').toMatch(/^[A-Z].*\.$/s);
        }
      }),
    );
  });
});

test('a subject rule that is none throws its sentence', () => {
  expect(() => tools.checkSubjectRule('O=nhs,OU=People,CN=^(\\d{12})$')).not.toThrow();
  expect(() => tools.checkSubjectRule('CN=(a+)+$')).toThrow(/fixed at both ends/);
  expect(tools.judge([card.der], { ...rules, subjectRule: 'CN=(' }, NOW).standing).toBe('no-uuid');
});

test('PEM is written in lines of 64', () => {
  const pem = tools.toPem('CMS', new Uint8Array(100));
  expect(pem.split('\n')).toEqual([
    '-----BEGIN CMS-----',
    'A'.repeat(64),
    'A'.repeat(64),
    'AAAAAA==',
    '-----END CMS-----',
    '',
  ]);
});
