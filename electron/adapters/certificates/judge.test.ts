import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import * as pkijs from 'pkijs';
import { describe, expect, test } from 'vitest';
import type { CertificateRules, JudgedCard, RevocationFile } from '../../services/cards/certificate-port.ts';
import { createCertificateTools } from './certificate-tools.ts';
import * as forms from './testing/asn1-forms.ts';
import { extension, makeTestCa, selfSigned, serialOf, type TestCa, toPem } from './testing/test-ca.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const WEEK = { thisUpdate: '2026-11-19T09:00:00.000Z', nextUpdate: '2026-11-26T09:00:00.000Z' };
const SUBJECT = 'O=nhs,OU=People,CN=123456789012';
const RULE = 'O=nhs,OU=People,CN=^(\\d{12})$';

const tools = createCertificateTools();
const ca = makeTestCa({ now: NOW });
const card = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication' }).der;
const signingCard = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'signing', keyType: 'p256' }).der;

const list = (bytes: Uint8Array): RevocationFile => ({ state: 'read', bytes });
const rulesOf = (of: TestCa, more: Partial<CertificateRules> = {}): CertificateRules => ({
  trustAnchors: of.chainPem,
  subjectRule: RULE,
  revocationLists: [list(of.crl(WEEK))],
  ...more,
});
const judge = (
  certificates: readonly Uint8Array[],
  more: Partial<CertificateRules> = {},
  now = NOW,
): JudgedCard => tools.judge(certificates, rulesOf(ca, more), now);

describe('a card of the trust', () => {
  test('is good, by its authentication certificate, with its number, end and chain', () => {
    expect(judge([signingCard, card])).toEqual({
      standing: 'good',
      sentence: '',
      uuid: '123456789012',
      expiresAt: '2028-11-19T09:00:00.000Z',
      chosen: 1,
      chain: [ca.rootDer],
    });
  });

  test('is good through an issuer in between, in whatever order they are configured', () => {
    const deep = makeTestCa({ now: NOW, keyType: 'p256', intermediate: true, rootPathLength: 1 });
    const der = deep.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType: 'p384' }).der;
    const between = deep.intermediateDer ?? new Uint8Array();
    for (const trustAnchors of [deep.chainPem, deep.rootPem + toPem('CERTIFICATE', between)]) {
      expect(tools.judge([der], rulesOf(deep, { trustAnchors }), NOW)).toMatchObject({
        standing: 'good',
        chain: [between, deep.rootDer],
      });
    }
    // The one in between may come on the card, too; it is not trusted for itself.
    const fromCard = tools.judge([der, between], rulesOf(deep, { trustAnchors: deep.rootPem }), NOW);
    expect(fromCard).toMatchObject({ standing: 'good', chosen: 0 });
    const noRoot = rulesOf(deep, { trustAnchors: toPem('CERTIFICATE', between) });
    expect(tools.judge([der], noRoot, NOW)).toMatchObject({
      standing: 'wrong-issuer',
      sentence: expect.stringMatching(/root above it is not/),
    });
    // What a card brings along stands on no list, so nobody is told that it does.
    const elsewhere = makeTestCa({ now: NOW, keyType: 'p256', name: 'Elsewhere' });
    expect(tools.judge([der, between], rulesOf(elsewhere), NOW)).toMatchObject({
      standing: 'wrong-issuer',
      sentence: expect.stringMatching(/issuer that is not trusted here/),
    });
  });

  test('the renewed of two authentication certificates is used, and the one of the trust before a stranger', () => {
    const older = ca.issueForNewKey({
      subject: SUBJECT,
      keyUsage: 'authentication',
      notAfter: '2026-11-01T00:00:00.000Z',
    }).der;
    const stranger = makeTestCa({ now: NOW, keyType: 'p256', name: 'Elsewhere' }).issueForNewKey({
      subject: SUBJECT,
      keyUsage: 'authentication',
      notAfter: '2040-01-01T00:00:00.000Z',
    }).der;
    expect(judge([older, stranger, card])).toMatchObject({ standing: 'good', chosen: 2 });
    expect(judge([stranger, older])).toMatchObject({ standing: 'expired', chosen: 1 });
  });
});

describe('each refusal has its own standing', () => {
  const other = makeTestCa({ now: NOW, name: 'Elsewhere', keyType: 'p256' });
  const sameName = makeTestCa({ now: NOW, keyType: 'p256' });
  const wishes = { subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' } as const;

  test.each<[string, () => JudgedCard, JudgedCard['standing'], RegExp]>([
    ['no certificate', () => judge([]), 'no-certificate', /holds no certificate/],
    ['bytes that are none', () => judge([Uint8Array.of(1, 2, 3)]), 'unreadable', /cannot be read/],
    ['a signing certificate only', () => judge([signingCard]), 'wrong-usage', /meant for signing in/],
    [
      'encipherment only',
      () => judge([ca.issueForNewKey({ ...wishes, keyUsage: 'encipherment' }).der]),
      'wrong-usage',
      /meant for signing in/,
    ],
    ['no anchors', () => judge([card], { trustAnchors: '' }), 'no-trust-anchors', /Ask an owner/],
    ['damaged anchors', () => judge([card], { trustAnchors: 'rubbish' }), 'no-trust-anchors', /Ask an owner/],
    [
      'made at home',
      () => judge([selfSigned({ ...wishes, now: NOW }).der]),
      'self-signed',
      /vouches for itself/,
    ],
    ['another issuer', () => judge([other.issueForNewKey(wishes).der]), 'wrong-issuer', /not trusted here/],
    [
      'an issuer that took the name of ours',
      () => judge([sameName.issueForNewKey(wishes).der]),
      'wrong-issuer',
      /did not sign it/,
    ],
    [
      'SHA-1',
      () => judge([ca.issueForNewKey({ ...wishes, hash: 'sha1' }).der]),
      'wrong-issuer',
      /no longer safe/,
    ],
    [
      'a short key',
      () => judge([ca.issueForNewKey({ ...wishes, keyType: 'rsa1024' }).der]),
      'wrong-issuer',
      /no longer safe/,
    ],
    [
      'a condition that is not read',
      () =>
        judge([ca.issueForNewKey({ ...wishes, extensions: [extension('1.2.3.4', true, forms.nil())] }).der]),
      'wrong-issuer',
      /a condition that this program does not read/,
    ],
    [
      'ended',
      () => judge([ca.issueForNewKey({ ...wishes, notAfter: '2026-11-19T10:00:00.000Z' }).der]),
      'expired',
      /ended on 19 Nov 2026/,
    ],
    [
      'not begun',
      () => judge([ca.issueForNewKey({ ...wishes, notBefore: '2026-12-01T00:00:00.000Z' }).der]),
      'not-yet-valid',
      /begins only on 1 Dec 2026/,
    ],
  ])('%s', (_name, run, standing, sentence) => {
    expect(run()).toMatchObject({ standing, sentence: expect.stringMatching(sentence) });
  });

  test('an extension that is there twice makes the certificate unreadable', () => {
    const again = extension('2.5.29.15', true, forms.bits(Uint8Array.of(0x40), 6));
    const der = ca.issueForNewKey({ ...wishes, extensions: [again] }).der;
    expect(judge([der]).standing).toBe('unreadable');
  });

  test('a condition that is not critical is no hindrance', () => {
    const der = ca.issueForNewKey({ ...wishes, extensions: [extension('1.2.3.4', false, forms.nil())] }).der;
    expect(judge([der]).standing).toBe('good');
  });

  test('a body whose inner and outer signature method differ cannot be read', () => {
    const swapped = Buffer.from(card).toString('hex');
    const sha256Id = '2a864886f70d01010b';
    const at = swapped.lastIndexOf(sha256Id);
    const der = Buffer.from(`${swapped.slice(0, at)}2a864886f70d01010c${swapped.slice(at + 18)}`, 'hex');
    expect(judge([new Uint8Array(der)]).standing).toBe('unreadable');
  });
});

describe('an issuer in between', () => {
  const wishes = { subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' } as const;
  const options = { now: NOW, keyType: 'p256', intermediate: true } as const;
  const standingUnder = (of: TestCa, more: Partial<CertificateRules> = {}): string =>
    tools.judge([of.issueForNewKey(wishes).der], rulesOf(of, more), NOW).sentence;

  test.each<[string, Parameters<typeof makeTestCa>[0], RegExp]>([
    ['is no CA', { ...options, intermediateIsCa: false }, /may not issue cards/],
    ['may not sign certificates', { ...options, intermediateMaySign: false }, /may not issue cards/],
    [
      'has ended',
      { ...options, intermediateUntil: '2026-11-01T00:00:00.000Z' },
      /issuer ended on 1 Nov 2026/,
    ],
    [
      'is under a root that has ended',
      { ...options, rootUntil: '2026-11-02T00:00:00.000Z' },
      /ended on 2 Nov 2026/,
    ],
    ['is one too many', { ...options, rootPathLength: 0 }, /more issuers between/],
  ])('%s', (_name, made, sentence) => {
    expect(standingUnder(makeTestCa(made))).toMatch(sentence);
  });

  test('a card that issues another card is no issuer', () => {
    const of = makeTestCa({ now: NOW, keyType: 'p256' });
    const first = of.issueForNewKey({ ...wishes, subject: 'O=nhs,CN=Test Registration Authority Level 1' });
    const forged = makeTestCa({ ...options });
    const under = forged.issueForNewKey(wishes).der;
    const trustAnchors = of.rootPem + toPem('CERTIFICATE', first.der);
    expect(tools.judge([under], rulesOf(of, { trustAnchors }), NOW).standing).toBe('wrong-issuer');
  });

  test('with a name constraint is not used, critical or not', () => {
    const root = makeTestCa({ now: NOW, keyType: 'p256' });
    for (const critical of [true, false]) {
      const of = makeTestCa({ ...options, intermediateUntil: '2031-01-01T00:00:00.000Z' });
      const key = new X509Certificate(of.intermediateDer ?? '').publicKey;
      // The same name and key as the one in between, under another root, with the constraint.
      const constrained = root.issue({
        subject: forms.nameOf(['O', 'nhs'], ['CN', 'Test Registration Authority Level 1']),
        publicKeySpkiDer: new Uint8Array(key.export({ type: 'spki', format: 'der' })),
        keyUsage: 'none',
        extensions: [
          extension('2.5.29.19', true, forms.seq(forms.bool(true))),
          ...(critical ? [extension('2.5.29.30', true, forms.seq())] : []),
          ...(critical ? [] : [extension('2.5.29.30', false, forms.seq())]),
        ],
      });
      const trustAnchors = root.rootPem + toPem('CERTIFICATE', constrained);
      const der = of.issueForNewKey(wishes).der;
      expect(tools.judge([der], rulesOf(of, { trustAnchors }), NOW)).toMatchObject({
        standing: 'wrong-issuer',
        sentence: expect.stringMatching(/a condition that this program does not read/),
      });
    }
  });

  test('that may not sign lists cannot clear a card', () => {
    const of = makeTestCa({ ...options, intermediateMaySignLists: false });
    expect(standingUnder(of)).toMatch(/not signed by the card's issuer/);
  });

  test('that its root has revoked takes everything under it along', () => {
    const of = makeTestCa(options);
    const serial = serialOf(of.intermediateDer ?? new Uint8Array());
    const withList = (revoked: readonly bigint[]): RevocationFile[] => [
      list(of.crl(WEEK)),
      list(of.rootCrl({ ...WEEK, revoked })),
    ];
    expect(standingUnder(of, { revocationLists: withList([]) })).toBe('');
    expect(standingUnder(of, { revocationLists: withList([serial]) })).toMatch(
      /itself revoked on 19 Nov 2026/,
    );
  });
});

describe('revocation', () => {
  const fresh = (): { of: TestCa; der: Uint8Array } => {
    const of = makeTestCa({ now: NOW, keyType: 'p256' });
    const der = of.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' }).der;
    return { of, der };
  };

  test('a listed card is revoked, from DER and from PEM, and from a list that is out of date', () => {
    const { of, der } = fresh();
    of.revoke(serialOf(der));
    of.revoke(99n);
    const bytes = of.crl(WEEK);
    const pem = new TextEncoder().encode(`the list:\n${toPem('X509 CRL', bytes)}`);
    const old = of.crl({ thisUpdate: '2026-01-01T00:00:00.000Z', nextUpdate: '2026-01-08T00:00:00.000Z' });
    for (const [one, date] of [
      [bytes, '19 Nov'],
      [pem, '19 Nov'],
      [old, '1 Jan'],
    ] as const) {
      expect(tools.judge([der], rulesOf(of, { revocationLists: [list(one)] }), NOW)).toMatchObject({
        standing: 'revoked',
        sentence: expect.stringContaining(`revoked on ${date} 2026`),
        uuid: '123456789012',
      });
    }
    // One list that knows is enough beside one that does not.
    const mixed = [list(fresh().of.crl(WEEK)), { state: 'unreachable', since: null } as const, list(bytes)];
    expect(tools.judge([der], rulesOf(of, { revocationLists: mixed }), NOW).standing).toBe('revoked');
  });

  test('finds whom pkijs finds, entry by entry', () => {
    const { of, der } = fresh();
    const own = serialOf(der);
    const someSerial = fc.oneof(
      fc.bigInt({ min: 1n, max: 2n ** 159n }),
      fc.constant(own),
      fc.constant(own + 256n),
    );
    fc.assert(
      fc.property(fc.array(someSerial, { maxLength: 30 }), (revoked) => {
        const bytes = of.rootCrl({ ...WEEK, revoked });
        const listed =
          pkijs.CertificateRevocationList.fromBER(new Uint8Array(bytes)).revokedCertificates ?? [];
        const isListed = listed.some((one) => one.userCertificate.toBigInt() === own);
        const { standing } = tools.judge([der], rulesOf(of, { revocationLists: [list(bytes)] }), NOW);
        expect(standing).toBe(isListed ? 'revoked' : 'good');
      }),
    );
  });

  test('another card of the same issuer is not', () => {
    const { of, der } = fresh();
    of.revoke(serialOf(der) + 1n);
    expect(tools.judge([der], rulesOf(of), NOW).standing).toBe('good');
  });

  const { of, der } = fresh();
  const stranger = makeTestCa({ now: NOW, keyType: 'p256', name: 'Elsewhere' });
  const sameName = makeTestCa({ now: NOW, keyType: 'p256' });
  const altered = of.crl(WEEK);
  altered[altered.length - 1] = (altered[altered.length - 1] ?? 0) ^ 1;
  const partial = extension('2.5.29.28', true, forms.seq());
  const indirect = extension('2.5.29.29', true, forms.seq());
  const other = fresh().of;
  other.revoke(5n);

  test.each<[string, readonly RevocationFile[], RegExp]>([
    ['no list', [], /no revocation list is set up/],
    ['a list by nobody we know', [list(stranger.crl(WEEK))], /none of the revocation lists is by the issuer/],
    ["a list in the issuer's name", [list(sameName.crl(WEEK))], /not signed by the card's issuer/],
    ['an altered list', [list(altered)], /not signed by the card's issuer/],
    [
      'a list that is out of date',
      [list(of.crl({ thisUpdate: '2026-11-01T00:00:00.000Z', nextUpdate: '2026-11-08T10:30:00.000Z' }))],
      /offline since 8 Nov 2026, 10:30/,
    ],
    [
      'a list from tomorrow',
      [list(of.crl({ thisUpdate: '2026-11-21T00:00:00.000Z', nextUpdate: '2026-11-28T00:00:00.000Z' }))],
      /begins only on 21 Nov 2026, 00:00/,
    ],
    ['a list without an end', [list(of.crl({ ...WEEK, nextUpdate: null }))], /partial or has no end date/],
    ['a partial list', [list(of.crl({ ...WEEK, extensions: [partial] }))], /partial or has no end date/],
    ['rubbish', [list(new TextEncoder().encode('404 not found'))], /cannot be read/],
    ['an empty file', [list(new Uint8Array())], /cannot be read/],
    ['half a list', [list(of.crl(WEEK).subarray(0, 150))], /cannot be read/],
    [
      'a share that is away',
      [{ state: 'unreachable', since: '2026-11-18T07:15:00.000Z' }],
      /since 18 Nov 2026, 07:15/,
    ],
    ['a file that never was', [{ state: 'unreachable', since: null }], /never been read/],
  ])('could not be checked with %s, and is never silently good', (_name, revocationLists, sentence) => {
    expect(tools.judge([der], rulesOf(of, { revocationLists }), NOW)).toMatchObject({
      standing: 'revocation-unchecked',
      sentence: expect.stringMatching(sentence),
      uuid: '123456789012',
    });
  });

  test('an entry with a condition that is not read makes the whole list useless', () => {
    const lists = (critical: forms.Node): RevocationFile[] => [
      list(other.crl({ ...WEEK, entryExtensions: [critical] })),
    ];
    const its = other.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' }).der;
    const standing = (files: RevocationFile[]): string =>
      tools.judge([its], rulesOf(other, { revocationLists: files }), NOW).standing;
    expect(standing(lists(indirect))).toBe('revocation-unchecked');
    expect(standing(lists(extension('2.5.29.21', true, forms.raw(Uint8Array.of(10, 1, 1)))))).toBe('good');
  });

  test('one list in force is enough beside others that are not', () => {
    const files = [list(altered), { state: 'unreachable', since: null } as const, list(of.crl(WEEK))];
    expect(tools.judge([der], rulesOf(of, { revocationLists: files }), NOW).standing).toBe('good');
  });
});

describe('a subject that means harm', () => {
  const bmp = (text: string): forms.Node => {
    const bytes = Uint8Array.from(
      [...text].flatMap((one) => [one.charCodeAt(0) >> 8, one.charCodeAt(0) & 255]),
    );
    return forms.plain(0x1e, bytes);
  };
  const of = makeTestCa({ now: NOW, keyType: 'p256' });
  const rules = rulesOf(of);
  const judged = (subject: forms.Node): JudgedCard =>
    tools.judge(
      [of.issueForNewKey({ subject, keyUsage: 'authentication', keyType: 'p256' }).der],
      rules,
      NOW,
    );
  const person = (...cn: (string | forms.Node)[]): forms.Node =>
    forms.nameOf(['O', 'nhs'], ['OU', 'People'], ...cn.map((one): forms.NamePart => ['CN', one]));

  test('16-bit text is read as what it says', () => {
    expect(judged(person(bmp('123456789012')))).toMatchObject({ standing: 'good', uuid: '123456789012' });
  });

  test('half a 16-bit character makes the whole certificate unreadable', () => {
    expect(judged(person(forms.plain(0x1e, Uint8Array.of(0, 49, 0))))).toMatchObject({
      standing: 'unreadable',
      uuid: null,
    });
  });

  test.each<[string, forms.Node]>([
    ['full-width digits in 16-bit text', person(bmp('１２３４５６７８９０１２'))],
    [
      '8-bit text taken for 16-bit',
      person(forms.plain(0x1e, Uint8Array.from([...Buffer.from('123456789012')]))),
    ],
    ['text that is no UTF-8', person(forms.plain(0x0c, Uint8Array.from([0xc3, 0x28])))],
    ['old 8-bit text', person(forms.plain(0x14, Uint8Array.from([...Buffer.from('123456789012')])))],
    ['a number in place of text', person(forms.integer(123456789012n))],
    ['NUL and somebody else', person('123456789012\0')],
    ['a direction mark', person('\u202e123456789012')],
    ['two of them', person('123456789012', '999999999999')],
    ['a very long one', person('1'.repeat(20_000))],
    [
      'a step with two',
      forms.nameOf(
        ['O', 'nhs'],
        ['OU', 'People'],
        [
          ['CN', '123456789012'],
          ['L', 'x'],
        ],
      ),
    ],
    ['an empty name', forms.nameOf()],
  ])('%s', (_name, subject) => {
    expect(judged(subject)).toMatchObject({ standing: 'no-uuid', uuid: null });
  });
});
