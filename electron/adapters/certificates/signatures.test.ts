import { execFileSync } from 'node:child_process';
import { createHash, type KeyObject, sign, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { afterAll, describe, expect, test } from 'vitest';
import type {
  CertificateRules,
  CheckedSignature,
  CheckSignatureRequest,
} from '../../services/cards/certificate-port.ts';
import { createCertificateTools } from './certificate-tools.ts';
import { makeTestCa, serialOf, type TestCa } from './testing/test-ca.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const SIGNED_AT = '2026-11-20T09:00:07.000Z';
const SUBJECT = 'O=nhs,OU=People,CN=123456789012';
const TEXT = 'Approve “HR Administration” for 22334455.\r\nZoë — line 2\n';

const tools = createCertificateTools();
const folder = mkdtempSync(join(tmpdir(), 'cms-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a PKCS#11 module answers: PKCS#1 v1.5, or r || s. */
const asCard =
  (key: KeyObject) =>
  async (message: Uint8Array): Promise<Uint8Array> =>
    new Uint8Array(sign('sha256', message, { key, dsaEncoding: 'ieee-p1363' }));

const rulesOf = (ca: TestCa): CertificateRules => ({
  trustAnchors: ca.chainPem,
  subjectRule: 'O=nhs,OU=People,CN=^(\\d{12})$',
  revocationLists: [
    {
      state: 'read',
      bytes: ca.crl({ thisUpdate: '2026-11-19T09:00:00.000Z', nextUpdate: '2026-11-26T09:00:00.000Z' }),
    },
  ],
});

interface Signed {
  readonly ca: TestCa;
  readonly der: Uint8Array;
  readonly privateKey: KeyObject;
  readonly cms: Uint8Array;
  readonly request: CheckSignatureRequest;
}

async function signByCard(keyType: 'rsa' | 'p256' | 'p384', intermediate = false): Promise<Signed> {
  const ca = makeTestCa({ now: NOW, keyType: keyType === 'rsa' ? 'rsa' : 'p256', intermediate });
  const { der, privateKey } = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType });
  const { chain } = tools.judge([der], rulesOf(ca), NOW);
  expect(chain).toHaveLength(intermediate ? 2 : 1);
  const sign = asCard(privateKey);
  const cms = await tools.signText({
    text: TEXT,
    certificate: der,
    chain,
    at: '2026-11-20T09:00:07.840Z',
    sign,
  });
  return { ca, der, privateKey, cms, request: { text: TEXT, cms, rules: rulesOf(ca), expected: der } };
}

function openssl(cms: Uint8Array, text: string, anchorsPem: string, ...more: string[]): string {
  const put = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const options = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', put('text.p7s', cms)];
  options.push('-content', put('text.txt', text), '-CAfile', put('root.pem', anchorsPem));
  options.push(
    '-purpose',
    'any',
    '-attime',
    String(Date.parse(NOW) / 1000 + 60),
    '-out',
    '/dev/null',
    ...more,
  );
  // openssl writes its verdict to the error stream, good or bad.
  return execFileSync('openssl', options, { encoding: 'utf8', stdio: 'pipe' });
}

for (const keyType of ['rsa', 'p256', 'p384'] as const) {
  for (const intermediate of [false, true]) {
    test(`openssl accepts a card's signature and refuses another text: ${keyType}, intermediate ${intermediate}`, async () => {
      const { ca, cms, request } = await signByCard(keyType, intermediate);
      expect(() => openssl(cms, TEXT, ca.rootPem)).not.toThrow();
      // -cades also checks the signing-certificate-v2 attribute.
      expect(() => openssl(cms, TEXT, ca.rootPem, '-cades')).not.toThrow();
      expect(() => openssl(cms, `${TEXT} `, ca.rootPem)).toThrow(/verification failure|digest/i);
      expect(() => openssl(cms, TEXT, makeTestCa({ now: NOW, keyType: 'p256' }).rootPem)).toThrow(
        /verify error/i,
      );

      expect(await tools.checkSignature(request)).toEqual({
        sound: true,
        signedAt: SIGNED_AT,
        uuid: '123456789012',
        problem: '',
      });
    });
  }
}

describe('an account key', () => {
  test('signs so that openssl accepts it, and says plainly that it is no smartcard', async () => {
    const key = await tools.createAccountKey({ userId: '01JD0A7QW3', now: NOW });
    expect(key.privateScalar).toHaveLength(32);
    const certificate = new X509Certificate(key.certificate);
    expect(certificate.subject).toBe('CN=Account key of ESR Access Desk - no smartcard\nUID=01JD0A7QW3');
    expect(certificate.verify(certificate.publicKey)).toBe(true);

    const cms = await tools.signText({
      text: TEXT,
      certificate: key.certificate,
      chain: [],
      at: SIGNED_AT,
      sign: async (message) => tools.signWithAccountKey(key, message),
    });
    const pem = tools.toPem('CERTIFICATE', key.certificate);
    expect(() => openssl(cms, TEXT, pem)).not.toThrow();
    expect(() => openssl(cms, TEXT, pem, '-cades')).not.toThrow();
    expect(() => openssl(cms, 'another text', pem)).toThrow(/verification failure|digest/i);
    const request = { text: TEXT, cms, rules: null, expected: key.certificate };
    expect(await tools.checkSignature(request)).toEqual({
      sound: true,
      signedAt: SIGNED_AT,
      uuid: null,
      problem: '',
    });
    expect(await tools.checkSignature({ ...request, text: 'another text' })).toMatchObject({ sound: false });
    const other = await tools.createAccountKey({ userId: '01JD0A7QW3', now: NOW });
    expect(await tools.checkSignature({ ...request, expected: other.certificate })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/another certificate/),
    });
  });

  test("is nobody's card: no issuer stands behind it", async () => {
    const ca = makeTestCa({ now: NOW, keyType: 'p256' });
    const key = await tools.createAccountKey({ userId: '123456789012', now: NOW });
    expect(tools.judge([key.certificate], rulesOf(ca), NOW).standing).not.toBe('good');
    // Not even where it was put among the trusted issuers.
    const trusted = { ...rulesOf(ca), trustAnchors: tools.toPem('CERTIFICATE', key.certificate) };
    expect(tools.judge([key.certificate], trusted, NOW).standing).not.toBe('good');
  });

  test("a card's signature does not pass as an account's", async () => {
    const { request } = await signByCard('p256');
    expect(await tools.checkSignature({ ...request, rules: null })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/no account key/),
    });
  });

  test("does not sign with another key's certificate, a short scalar or a zero one", async () => {
    const [one, two] = await Promise.all(
      ['a', 'b'].map((userId) => tools.createAccountKey({ userId, now: NOW })),
    );
    if (!one || !two) throw new Error('two keys');
    const message = new Uint8Array(3);
    expect(() => tools.signWithAccountKey({ ...one, privateScalar: two.privateScalar }, message)).toThrow(
      /fit/,
    );
    expect(() => tools.signWithAccountKey({ ...one, privateScalar: new Uint8Array(32) }, message)).toThrow(
      /fit/,
    );
    expect(() => tools.signWithAccountKey({ ...one, privateScalar: new Uint8Array(31) }, message)).toThrow(
      /read/,
    );
    expect(tools.verify(one.certificate, message, tools.signWithAccountKey(one, message))).toBe(true);
  });

  test('refuses an id that is no plain text', async () => {
    await expect(tools.createAccountKey({ userId: 'a\u202eb', now: NOW })).rejects.toThrow(/plain text/);
  });
});

describe('a signature that is not what it was', () => {
  const check = (request: CheckSignatureRequest): Promise<CheckedSignature> => tools.checkSignature(request);
  const signed = signByCard('p256');

  test('another text', async () => {
    const { request } = await signed;
    for (const text of [`${TEXT} `, TEXT.replace('\r\n', '\n'), '', `${TEXT}\ud800`]) {
      expect(await check({ ...request, text })).toMatchObject({
        sound: false,
        problem: expect.stringMatching(/text is not/),
      });
    }
  });

  test('any single bit turned is seen, wherever it is', async () => {
    const { request, cms, ca } = await signed;
    // The embedded root is not believed, so a bit of it may turn; the one that counts is in the settings. Everything else counts.
    const root = Buffer.from(cms).indexOf(ca.rootDer);
    const missed: string[] = [];
    for (let at = 0; at < cms.length; at += 1) {
      if (at === root) at += ca.rootDer.length;
      const turned = cms.slice();
      turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8));
      if ((await check({ ...request, cms: turned })).sound) missed.push(describePlace(cms, at));
    }
    expect(missed).toEqual([]);
  });

  test('cut off anywhere', async () => {
    const { request, cms } = await signed;
    for (let end = 0; end < cms.length; end += 7) {
      expect((await check({ ...request, cms: cms.subarray(0, end) })).sound).toBe(false);
    }
    const longer = Uint8Array.from([...cms, 0]);
    expect((await check({ ...request, cms: longer })).sound).toBe(false);
    expect((await check({ ...request, cms: new Uint8Array(1_000_000) })).sound).toBe(false);
  });

  test('the time or the digest exchanged by somebody without the card', async () => {
    const { request, cms } = await signed;
    const hex = Buffer.from(cms).toString('hex');
    const digest = createHash('sha256').update(TEXT).digest('hex');
    const other = createHash('sha256').update('another text').digest('hex');
    expect(hex.split(digest)).toHaveLength(2);
    const withDigest = Buffer.from(hex.replace(digest, other), 'hex');
    expect(await check({ ...request, text: 'another text', cms: withDigest })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/altered/),
    });
    const time = Buffer.from('261120090007Z').toString('hex');
    expect(hex.split(time)).toHaveLength(2);
    const withTime = Buffer.from(hex.replace(time, Buffer.from('261119090007Z').toString('hex')), 'hex');
    expect(await check({ ...request, cms: withTime })).toEqual({
      sound: false,
      signedAt: '2026-11-19T09:00:07.000Z',
      uuid: null,
      problem: expect.stringMatching(/altered/),
    });
  });

  test('another certificate of the same key', async () => {
    const { request, ca, der } = await signed;
    const spki = new Uint8Array(new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' }));
    const renewed = ca.issue({ subject: SUBJECT, keyUsage: 'authentication', publicKeySpkiDer: spki });
    expect(tools.keyFingerprint(renewed)).toEqual(tools.keyFingerprint(der));
    expect(await check({ ...request, expected: renewed })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/another certificate/),
    });
  });

  test('a certificate of the same key, name and serial number put in place of the one that signed', async () => {
    const { request, ca, der, cms } = await signed;
    const publicKeySpkiDer = new Uint8Array(
      new X509Certificate(der).publicKey.export({ type: 'spki', format: 'der' }),
    );
    // ECDSA signatures differ each time, and now and then in length: until one fits the place.
    let twin = new Uint8Array();
    for (let tries = 0; twin.length !== der.length && tries < 200; tries += 1) {
      const serial = serialOf(der);
      twin = new Uint8Array(
        ca.issue({ subject: SUBJECT, keyUsage: 'authentication', publicKeySpkiDer, serial }),
      );
    }
    const swapped = Buffer.from(
      Buffer.from(cms)
        .toString('hex')
        .replace(Buffer.from(der).toString('hex'), Buffer.from(twin).toString('hex')),
      'hex',
    );
    expect(Buffer.compare(swapped, cms)).not.toBe(0);
    expect(await check({ ...request, cms: swapped, expected: twin })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/another certificate/),
    });
  });

  test('something added that nobody signed', async () => {
    const { request, cms } = await signed;
    const read = (): { content: pkijs.ContentInfo; data: pkijs.SignedData } => {
      const content = pkijs.ContentInfo.fromBER(new Uint8Array(cms));
      return { content, data: new pkijs.SignedData({ schema: content.content }) };
    };
    const write = ({ content, data }: ReturnType<typeof read>): Uint8Array => {
      content.content = data.toSchema(true);
      return new Uint8Array(content.toSchema().toBER(false));
    };
    // The control: taken apart and put together it is the same.
    expect(await check({ ...request, cms: write(read()) })).toMatchObject({ sound: true });

    const added = read();
    const note = new pkijs.Attribute({ type: '1.2.3.4', values: [new asn1js.Null()] });
    for (const signer of added.data.signerInfos) {
      signer.unsignedAttrs = new pkijs.SignedAndUnsignedAttributes({ type: 1, attributes: [note] });
    }
    const twice = read();
    twice.data.signerInfos = [...twice.data.signerInfos, ...twice.data.signerInfos];
    const inside = read();
    inside.data.encapContentInfo.eContent = new asn1js.OctetString({ valueHex: new ArrayBuffer(3) });
    const digests = read();
    digests.data.digestAlgorithms = [...digests.data.digestAlgorithms, ...digests.data.digestAlgorithms];
    for (const changed of [added, twice, inside, digests]) {
      expect(await check({ ...request, cms: write(changed) })).toMatchObject({
        sound: false,
        problem: expect.stringMatching(/cannot be read/),
      });
    }
  });

  test('a certificate that is not meant for signing', async () => {
    const { ca } = await signed;
    const one = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'encipherment', keyType: 'p256' });
    const request = { text: TEXT, certificate: one.der, chain: [], at: SIGNED_AT };
    const cms = await tools.signText({ ...request, sign: asCard(one.privateKey) });
    expect(await check({ text: TEXT, cms, rules: rulesOf(ca), expected: one.der })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/not meant for signing/),
    });
  });

  test('an account key that did not exist yet', async () => {
    const key = await tools.createAccountKey({ userId: 'a', now: NOW });
    const sign = async (message: Uint8Array): Promise<Uint8Array> => tools.signWithAccountKey(key, message);
    const request = { text: TEXT, certificate: key.certificate, chain: [], at: '2026-11-19T09:00:00.000Z' };
    const cms = await tools.signText({ ...request, sign });
    expect(await check({ text: TEXT, cms, rules: null, expected: key.certificate })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/19 Nov 2026, when its account key did not exist/),
    });
  });

  test('a card that answers with something else is noticed before anything is kept', async () => {
    const { der, ca } = await signed;
    const other = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType: 'p256' });
    const request = { text: TEXT, certificate: der, chain: [], at: SIGNED_AT };
    await expect(tools.signText({ ...request, sign: asCard(other.privateKey) })).rejects.toThrow(
      /its own signature/,
    );
    await expect(tools.signText({ ...request, sign: async () => new Uint8Array(64) })).rejects.toThrow(
      /its own/,
    );
    await expect(tools.signText({ ...request, sign: async () => new Uint8Array(0) })).rejects.toThrow(
      /its own/,
    );
    await expect(
      tools.signText({ ...request, text: '\ud800', sign: asCard(other.privateKey) }),
    ).rejects.toThrow(/half a character/);
  });
});

describe('as of the time it was made', () => {
  async function signAt(
    at: string,
    wishes: { notBefore?: string; notAfter?: string; rootUntil?: string; revokedOn?: string },
  ): Promise<CheckedSignature> {
    const ca = makeTestCa({
      now: NOW,
      keyType: 'p256',
      ...(wishes.rootUntil ? { rootUntil: wishes.rootUntil } : {}),
    });
    const { notBefore, notAfter } = wishes;
    const card = ca.issueForNewKey({
      subject: SUBJECT,
      keyUsage: 'authentication',
      keyType: 'p256',
      ...(notBefore ? { notBefore } : {}),
      ...(notAfter ? { notAfter } : {}),
    });
    if (wishes.revokedOn) ca.revoke(serialOf(card.der));
    const bytes = ca.crl({ thisUpdate: wishes.revokedOn ?? NOW, nextUpdate: '2026-11-26T09:00:00.000Z' });
    const rules: CertificateRules = { ...rulesOf(ca), revocationLists: [{ state: 'read', bytes }] };
    const sign = asCard(card.privateKey);
    const cms = await tools.signText({ text: TEXT, certificate: card.der, chain: [ca.rootDer], at, sign });
    return tools.checkSignature({ text: TEXT, cms, rules, expected: card.der });
  }

  test('a card or root that ended afterwards undoes nothing', async () => {
    expect(await signAt(SIGNED_AT, { notAfter: '2026-11-20T10:00:00.000Z' })).toMatchObject({ sound: true });
    expect(await signAt(SIGNED_AT, { rootUntil: '2026-11-20T10:00:00.000Z' })).toMatchObject({ sound: true });
  });

  test('a card or root that had ended, or had not begun, is refused', async () => {
    expect(await signAt(SIGNED_AT, { notAfter: '2026-11-20T08:00:00.000Z' })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/^On 20 Nov 2026, when it was made: .*ended on 20 Nov 2026/),
    });
    expect(await signAt(SIGNED_AT, { notBefore: '2026-11-21T08:00:00.000Z' })).toMatchObject({
      sound: false,
    });
    expect(await signAt(SIGNED_AT, { rootUntil: '2026-11-20T08:00:00.000Z' })).toMatchObject({
      sound: false,
    });
  });

  test('revoked before is refused, revoked afterwards is not', async () => {
    expect(await signAt(SIGNED_AT, { revokedOn: '2026-11-20T08:00:00.000Z' })).toMatchObject({
      sound: false,
      problem: expect.stringMatching(/revoked on 20 Nov 2026/),
    });
    expect(await signAt(SIGNED_AT, { revokedOn: '2026-11-21T08:00:00.000Z' })).toMatchObject({ sound: true });
  });

  test("nobody's signature is sound because its issuer is unknown", async () => {
    const { request } = await signByCard('p256');
    const rules = rulesOf(makeTestCa({ now: NOW, keyType: 'p256', name: 'Elsewhere' }));
    expect(await tools.checkSignature({ ...request, rules })).toMatchObject({
      sound: false,
      uuid: null,
      problem: expect.stringMatching(/not trusted here/),
    });
  });

  test('the root may go and the one in between be forgotten: the signature carries its chain, not its trust', async () => {
    const { request, ca } = await signByCard('p256', true);
    const rules = rulesOf(ca);
    expect(
      await tools.checkSignature({ ...request, rules: { ...rules, trustAnchors: ca.rootPem } }),
    ).toMatchObject({
      sound: true,
    });
    const between = tools.toPem('CERTIFICATE', ca.intermediateDer ?? new Uint8Array());
    expect(
      await tools.checkSignature({ ...request, rules: { ...rules, trustAnchors: between } }),
    ).toMatchObject({
      sound: false,
    });
  });
});

describe('a challenge', () => {
  const message = new TextEncoder().encode('a fresh random challenge');
  test.each(['rsa', 'p256', 'p384'] as const)('%s: its own signature and no other', async (keyType) => {
    const ca = makeTestCa({ now: NOW, keyType: 'p256' });
    const one = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType });
    const two = ca.issueForNewKey({ subject: SUBJECT, keyUsage: 'authentication', keyType });
    const signature = await asCard(one.privateKey)(message);
    expect(tools.keyKind(one.der)).toBe(keyType === 'rsa' ? 'rsa' : 'other');
    expect(tools.verify(one.der, message, signature)).toBe(true);
    expect(tools.verify(two.der, message, signature)).toBe(false);
    expect(tools.verify(one.der, message.subarray(1), signature)).toBe(false);
    expect(tools.verify(one.der, message, signature.subarray(1))).toBe(false);
    expect(tools.verify(one.der, message, new Uint8Array(signature.length))).toBe(false);
    expect(tools.verify(one.der, message, new Uint8Array())).toBe(false);
    expect(tools.verify(new Uint8Array(5), message, signature)).toBe(false);
    // The other form of ECDSA (DER), and SHA-1, are not taken.
    if (keyType !== 'rsa')
      expect(tools.verify(one.der, message, sign('sha256', message, one.privateKey))).toBe(false);
    const sha1 = sign('sha1', message, { key: one.privateKey, dsaEncoding: 'ieee-p1363' });
    expect(tools.verify(one.der, message, sha1)).toBe(false);
  });
});

function describePlace(cms: Uint8Array, at: number): string {
  return `${at} of ${cms.length}: ${Buffer.from(cms.subarray(Math.max(0, at - 8), at + 8)).toString('hex')}`;
}
