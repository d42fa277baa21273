import * as asn1js from 'asn1js';

/** Short names for building DER in tests, where every field must be free to be wrong. */

export type Node = asn1js.AsnType;

export const bytesOf = (node: Node): Uint8Array => new Uint8Array(node.toBER(false));
/** DER that is already there, put in as it is. */
export function raw(der: Uint8Array): Node {
  const { result, offset } = asn1js.fromBER(new Uint8Array(der));
  if (offset === -1) throw new Error(result.error);
  return result;
}
/** A universal type with any content at all, right or wrong. */
export const plain = (tagNumber: number, bytes: Uint8Array): Node =>
  new asn1js.Primitive({ idBlock: { tagClass: 1, tagNumber }, valueHex: exact(bytes) });
export const seq = (...value: Node[]): Node => new asn1js.Sequence({ value });
export const set = (...value: Node[]): Node => new asn1js.Set({ value });
export const oid = (value: string): Node => new asn1js.ObjectIdentifier({ value });
export const integer = (value: bigint): Node => asn1js.Integer.fromBigInt(value);
export const nil = (): Node => new asn1js.Null();
export const bool = (value: boolean): Node => new asn1js.Boolean({ value });
export const octets = (bytes: Uint8Array): Node => new asn1js.OctetString({ valueHex: exact(bytes) });
export const bits = (bytes: Uint8Array, unusedBits = 0): Node =>
  new asn1js.BitString({ valueHex: exact(bytes), unusedBits });
export const utf8 = (value: string): Node => new asn1js.Utf8String({ value });
export const explicit = (tagNumber: number, ...value: Node[]): Node =>
  new asn1js.Constructed({ idBlock: { tagClass: 3, tagNumber }, value });
export const implicit = (tagNumber: number, bytes: Uint8Array): Node =>
  new asn1js.Primitive({ idBlock: { tagClass: 3, tagNumber }, valueHex: exact(bytes) });

/** RFC 5280 4.1.2.5: UTCTime to the end of 2049, GeneralizedTime after. */
export function time(at: Date): Node {
  return at.getUTCFullYear() < 2050
    ? new asn1js.UTCTime({ valueDate: at })
    : new asn1js.GeneralizedTime({ valueDate: at });
}

function exact(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

const ATTRIBUTES: Readonly<Record<string, string>> = {
  CN: '2.5.4.3',
  C: '2.5.4.6',
  L: '2.5.4.7',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  serialNumber: '2.5.4.5',
};

/** `[['O', 'nhs'], ['CN', '123456789012']]`: one attribute a step, or several in one step where an item is a list of pairs. */
export type NamePart = readonly [type: string, value: string | Node];

export function nameOf(...steps: readonly (NamePart | readonly NamePart[])[]): Node {
  return seq(...steps.map((step) => set(...(isPart(step) ? [step] : step).map(attribute))));
}

function isPart(step: NamePart | readonly NamePart[]): step is NamePart {
  return typeof step[0] === 'string';
}

function attribute([type, value]: NamePart): Node {
  return seq(oid(ATTRIBUTES[type] ?? type), typeof value === 'string' ? utf8(value) : value);
}

/** `O=nhs,OU=People,CN=123456789012`, in that order; no escapes. */
export function nameFromText(text: string): Node {
  const steps = text.split(',').map((part): NamePart => {
    const at = part.indexOf('=');
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()];
  });
  return nameOf(...steps);
}
