import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { SignTextRequest } from '../../services/cards/certificate-port.ts';
import { isRawSignature } from './algorithms.ts';
import { algorithm, buffer, CMS, ecdsaToDer, sha256, toDer } from './cms-forms.ts';
import { type ReadCertificate, readCertificate } from './read-certificate.ts';

/**
 * A detached signature over the text's UTF-8 (RFC 5652), in DER. The signer signs the attributes, among them the text's digest, the
 * time and the digest of the certificate (RFC 5035), so that none of them can be exchanged later. Throws one plain sentence where
 * the certificate cannot sign or the signature that comes back is not its key's.
 */
export async function signText(request: SignTextRequest): Promise<Uint8Array> {
  const certificate = readCertificate(request.certificate);
  if (!certificate || certificate.key.kind === 'other') {
    throw new Error('This certificate cannot sign. Use another card.');
  }
  if (!request.text.isWellFormed())
    throw new Error('The text to sign holds half a character. Write it again.');
  const attributes = signedAttributes(request.text, certificate, new Date(request.at));
  const message = toDer(new asn1js.Set({ value: attributes.map((one) => one.toSchema()) }));
  const signature = await request.sign(message);
  if (!isRawSignature(message, signature, certificate.key)) {
    throw new Error(
      'What the card answered is not its own signature. Take the card out, put it in and try again.',
    );
  }
  return assemble(request, certificate, attributes, signature);
}

/** In the order of their DER: a SET OF has it so, and a checker that encodes them afresh must get the same bytes. */
function signedAttributes(text: string, certificate: ReadCertificate, at: Date): readonly pkijs.Attribute[] {
  const certId = new asn1js.Sequence({
    value: [new asn1js.OctetString({ valueHex: buffer(sha256(certificate.der)) }), issuerSerial(certificate)],
  });
  const attributes = [
    attribute(CMS.contentType, new asn1js.ObjectIdentifier({ value: CMS.data })),
    attribute(CMS.signingTime, timeOf(at)),
    attribute(
      CMS.messageDigest,
      new asn1js.OctetString({ valueHex: buffer(sha256(new TextEncoder().encode(text))) }),
    ),
    attribute(
      CMS.signingCertificateV2,
      // hashAlgorithm is left out: SHA-256 is its default, and DER leaves defaults out.
      new asn1js.Sequence({ value: [new asn1js.Sequence({ value: [certId] })] }),
    ),
  ];
  return attributes.sort((left, right) => Buffer.compare(toDer(left.toSchema()), toDer(right.toSchema())));
}

function attribute(type: string, value: asn1js.AsnType): pkijs.Attribute {
  return new pkijs.Attribute({ type, values: [value] });
}

/** IssuerSerial of RFC 5035: the issuer as a directoryName among GeneralNames, and the serial number. */
function issuerSerial(certificate: ReadCertificate): asn1js.Sequence {
  const issuer = new asn1js.Constructed({
    idBlock: { tagClass: 3, tagNumber: 4 },
    value: [asn1js.fromBER(buffer(certificate.issuer)).result],
  });
  return new asn1js.Sequence({
    value: [new asn1js.Sequence({ value: [issuer] }), serialOf(certificate)],
  });
}

function serialOf(certificate: ReadCertificate): asn1js.Integer {
  return new asn1js.Integer({ valueHex: buffer(certificate.serial) });
}

/** RFC 5652 11.3: UTCTime to the end of 2049. */
function timeOf(at: Date): asn1js.AsnType {
  return at.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate: at })
    : new asn1js.GeneralizedTime({ valueDate: at });
}

function assemble(
  request: SignTextRequest,
  certificate: ReadCertificate,
  attributes: readonly pkijs.Attribute[],
  signature: Uint8Array,
): Uint8Array {
  const isRsa = certificate.key.kind === 'rsa';
  const signer = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({
      issuer: new pkijs.RelativeDistinguishedNames({
        schema: asn1js.fromBER(buffer(certificate.issuer)).result,
      }),
      serialNumber: serialOf(certificate),
    }),
    digestAlgorithm: algorithm(CMS.sha256, false),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: [...attributes] }),
    signatureAlgorithm: algorithm(isRsa ? CMS.rsaWithSha256 : CMS.ecdsaWithSha256, isRsa),
    signature: new asn1js.OctetString({ valueHex: buffer(isRsa ? signature : ecdsaToDer(signature)) }),
  });
  const signed = new pkijs.SignedData({
    version: 1,
    digestAlgorithms: [algorithm(CMS.sha256, false)],
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: CMS.data }),
    certificates: [request.certificate, ...request.chain].map((der) =>
      pkijs.Certificate.fromBER(buffer(der)),
    ),
    signerInfos: [signer],
  });
  const content = new pkijs.ContentInfo({ contentType: CMS.signedData, content: signed.toSchema(true) });
  return toDer(content.toSchema());
}
