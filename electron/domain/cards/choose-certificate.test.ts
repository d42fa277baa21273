import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signInCertificates, type UsageFacts } from './choose-certificate.ts';

const facts = (
  digitalSignature: boolean,
  nonRepudiation: boolean,
  more: Partial<UsageFacts> = {},
): UsageFacts => ({
  keyUsage: { digitalSignature, nonRepudiation },
  extendedKeyUsage: null,
  isCa: false,
  ...more,
});
const authentication = facts(true, false);
const signing = facts(false, true);
const both = facts(true, true);

test.each<[string, readonly (UsageFacts | null)[], readonly number[]]>([
  ['nothing', [], []],
  ['the authentication certificate beside the signing one', [signing, authentication], [1]],
  ['one that does both, alone', [both], [0]],
  ['one that does both beside one for signing: it is not guessed at', [both, signing], []],
  ['one that does both beside one for authentication', [both, authentication], [1]],
  ['one that does both beside its issuer', [both, facts(false, false, { isCa: true })], [0]],
  ['one that does both beside one that cannot be read', [both, null], [0]],
  ['a signing certificate alone', [signing], []],
  ['no key usage', [facts(true, false, { keyUsage: null })], []],
  ['an issuer', [facts(true, false, { isCa: true })], []],
  ['client authentication', [facts(true, false, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] })], [0]],
  ['smartcard logon', [facts(true, false, { extendedKeyUsage: ['1.3.6.1.4.1.311.20.2.2'] })], [0]],
  ['a web server', [facts(true, false, { extendedKeyUsage: ['1.3.6.1.5.5.7.3.1'] })], []],
  ['no purpose at all', [facts(true, false, { extendedKeyUsage: [] })], []],
  ['two for authentication: both are looked at', [authentication, authentication], [0, 1]],
])('%s', (_name, certificates, chosen) => {
  expect(signInCertificates(certificates)).toEqual(chosen);
});

test('what is chosen may always sign a challenge, and never binds where another would do', () => {
  const one = fc.record({
    keyUsage: fc.option(fc.record({ digitalSignature: fc.boolean(), nonRepudiation: fc.boolean() })),
    extendedKeyUsage: fc.option(fc.array(fc.constantFrom('1.3.6.1.5.5.7.3.2', '1.3.6.1.5.5.7.3.1'))),
    isCa: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.option(one), { maxLength: 5 }), (certificates) => {
      for (const index of signInCertificates(certificates)) {
        const chosen = certificates[index];
        expect(chosen?.isCa).toBe(false);
        expect(chosen?.keyUsage?.digitalSignature).toBe(true);
        if (chosen?.keyUsage?.nonRepudiation)
          expect(certificates.filter((c) => c && !c.isCa)).toHaveLength(1);
      }
    }),
  );
});
