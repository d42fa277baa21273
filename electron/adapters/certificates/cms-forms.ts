import { createHash } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import { DerError, elements, only, TAG, type Tlv } from './der.ts';

/** RFC 5652 and RFC 5035, as far as both the writing and the checking of a signature need them. */
export const CMS = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaWithSha256: '1.2.840.113549.1.1.11',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
} as const;

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}

export function algorithm(id: string, withNull: boolean): pkijs.AlgorithmIdentifier {
  return new pkijs.AlgorithmIdentifier(
    withNull ? { algorithmId: id, algorithmParams: new asn1js.Null() } : { algorithmId: id },
  );
}

export function buffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

export function toDer(node: asn1js.AsnType): Uint8Array {
  return new Uint8Array(node.toBER(false));
}

/** r || s, halves alike (PKCS#11), to SEQUENCE { r, s } (RFC 5753), as CMS and X.509 hold it. */
export function ecdsaToDer(signature: Uint8Array): Uint8Array {
  const half = signature.length / 2;
  const halves = [signature.subarray(0, half), signature.subarray(half)];
  return toDer(
    new asn1js.Sequence({ value: halves.map((part) => asn1js.Integer.fromBigInt(toBigInt(part))) }),
  );
}

/** The value of a signed attribute, for the one attribute of its type; a DerError where it is missing, double or more than one. */
export function attributeValue(signedAttributes: Uint8Array, id: string): Tlv {
  const wanted = toDer(new asn1js.ObjectIdentifier({ value: id }));
  const found = [...elements(only(signedAttributes, TAG.set).content)].flatMap((attribute) => {
    const [type, values] = [...elements(only(attribute.whole, TAG.sequence).content)];
    return type && values && Buffer.compare(type.whole, wanted) === 0 ? [values] : [];
  });
  const values = found.length === 1 && found[0] ? [...elements(only(found[0].whole, TAG.set).content)] : [];
  const value = values[0];
  if (!value || values.length !== 1) throw new DerError();
  return value;
}

function toBigInt(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);
}
