import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { ATTRIBUTE_NAMES } from '../../domain/cards/subject-rule.ts';
import { isRawSignature } from './algorithms.ts';
import { algorithm, buffer, CMS, toDer } from './cms-forms.ts';
import { isRoot } from './path.ts';
import { type ReadCertificate, readCertificate } from './read-certificate.ts';

/** What its certificate says of itself, for whoever opens it in another program. */
const COMMON_NAME = 'Account key of ESR Access Desk - no smartcard';
const UID = ATTRIBUTE_NAMES.UID ?? '';
/** RFC 5280 4.1.2.5: no end is known. An account's key ends with the account, which the ledger says. */
const NO_END = new Date('9999-12-31T23:59:59.000Z');

/**
 * PKCS#8 (RFC 5208, RFC 5915) before a P-256 scalar that stands without its public point: the scalar never becomes a string, which
 * could not be wiped. SEQUENCE { 0, { ecPublicKey, prime256v1 }, OCTET STRING { SEQUENCE { 1, OCTET STRING (32) } } }
 */
const BEFORE_SCALAR = Buffer.from(
  '3041020100301306072a8648ce3d020106082a8648ce3d030107042730250201010420',
  'hex',
);
/** SEC1 as OpenSSL and BoringSSL write it: SEQUENCE (2), INTEGER 1 (3), head of the OCTET STRING (2), then the scalar. */
const SCALAR_IN_SEC1 = 7;

/** A P-256 key with its self-signed certificate. The caller wipes `privateScalar` (32 bytes). */
export function createAccountKey(about: { readonly userId: string; readonly now: string }): {
  readonly certificate: Uint8Array;
  readonly privateScalar: Uint8Array;
} {
  if (!/^[\x21-\x7e]{1,64}$/.test(about.userId)) {
    throw new Error('This account cannot have a key: its id is not plain text.');
  }
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const sec1 = pair.privateKey.export({ type: 'sec1', format: 'der' });
  const privateScalar = new Uint8Array(sec1.subarray(SCALAR_IN_SEC1, SCALAR_IN_SEC1 + 32));
  sec1.fill(0);
  const spki = new Uint8Array(pair.publicKey.export({ type: 'spki', format: 'der' }));
  return { certificate: selfSigned(about.userId, about.now, spki, pair.privateKey), privateScalar };
}

/** ECDSA with SHA-256 as r || s. Throws where the scalar is not the certificate's. */
export function signWithAccountKey(
  key: { readonly certificate: Uint8Array; readonly privateScalar: Uint8Array },
  message: Uint8Array,
): Uint8Array {
  const certificate = readCertificate(key.certificate);
  if (!certificate || !isAccountCertificate(certificate) || key.privateScalar.length !== 32) {
    throw new Error('This account key cannot be read.');
  }
  const pkcs8 = Buffer.concat([BEFORE_SCALAR, key.privateScalar]);
  try {
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
    const signature = new Uint8Array(sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    if (!isRawSignature(message, signature, certificate.key)) throw new Error('not its key');
    return signature;
  } catch {
    throw new Error('This account key does not fit its certificate.');
  } finally {
    pkcs8.fill(0);
  }
}

/** Made here: self-signed, P-256, and saying so. */
export function isAccountCertificate(certificate: ReadCertificate): boolean {
  const names = certificate.attributes.filter((one) => one.type === ATTRIBUTE_NAMES.CN);
  return (
    names.length === 1 &&
    names[0]?.value === COMMON_NAME &&
    certificate.key.kind === 'ec' &&
    isRoot(certificate)
  );
}

function selfSigned(userId: string, now: string, spki: Uint8Array, privateKey: KeyObject): Uint8Array {
  const name = nameOf([ATTRIBUTE_NAMES.CN ?? '', COMMON_NAME], [UID, userId]);
  const serial = randomBytes(16);
  // Positive and without a leading zero byte (RFC 5280 4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const certificate = new pkijs.Certificate({
    version: 2,
    serialNumber: new asn1js.Integer({ valueHex: buffer(serial) }),
    signature: algorithm(CMS.ecdsaWithSha256, false),
    issuer: name,
    subject: name,
    notBefore: new pkijs.Time({ type: now < '2050' ? 0 : 1, value: new Date(now) }),
    notAfter: new pkijs.Time({ type: 1, value: NO_END }),
    subjectPublicKeyInfo: pkijs.PublicKeyInfo.fromBER(buffer(spki)),
    signatureAlgorithm: algorithm(CMS.ecdsaWithSha256, false),
    extensions: [
      extension('2.5.29.19', new asn1js.Sequence()),
      // digitalSignature and nonRepudiation.
      extension('2.5.29.15', new asn1js.BitString({ valueHex: Uint8Array.of(0xc0).buffer, unusedBits: 6 })),
    ],
  });
  certificate.tbsView = toDer(certificate.encodeTBS());
  const signature = sign('sha256', certificate.tbsView, privateKey);
  certificate.signatureValue = new asn1js.BitString({ valueHex: buffer(signature) });
  return toDer(certificate.toSchema(false));
}

/** Each attribute in a step of its own; pkijs by itself puts them all into one. */
function nameOf(
  ...attributes: readonly (readonly [type: string, value: string])[]
): pkijs.RelativeDistinguishedNames {
  const steps = attributes.map(([type, value]) => {
    const pair = [new asn1js.ObjectIdentifier({ value: type }), new asn1js.Utf8String({ value })];
    return new asn1js.Set({ value: [new asn1js.Sequence({ value: pair })] });
  });
  const der = toDer(new asn1js.Sequence({ value: steps }));
  return new pkijs.RelativeDistinguishedNames({ schema: asn1js.fromBER(buffer(der)).result });
}

function extension(extnID: string, value: asn1js.AsnType): pkijs.Extension {
  return new pkijs.Extension({ extnID, critical: true, extnValue: value.toBER(false) });
}
