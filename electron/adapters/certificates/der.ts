import * as asn1js from 'asn1js';

/**
 * The little of DER (X.690) that is read here beside pkijs: names, because pkijs forgets which attributes shared a step, and the
 * long middle of a revocation list, because asn1js takes more than a second to make objects of 50,000 entries that are looked at once.
 */

export class DerError extends Error {
  constructor() {
    super('not DER');
    this.name = 'DerError';
  }
}

export interface Tlv {
  readonly tag: number;
  /** From its tag to its end. */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
  /** Where the next one begins. */
  readonly next: number;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  context0: 0xa0,
} as const;

/** One element at `at`: single-byte tags and definite lengths in their shortest form, or a DerError. */
export function readTlv(bytes: Uint8Array, at: number): Tlv {
  const tag = bytes[at];
  const first = bytes[at + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) throw new DerError();
  let length = first;
  let start = at + 2;
  if (first >= 0x80) {
    const count = first & 0x7f;
    if (count === 0 || count > 4) throw new DerError();
    length = 0;
    for (let step = 0; step < count; step += 1) length = length * 256 + (bytes[start + step] ?? 0);
    start += count;
    if (length < (count === 1 ? 0x80 : 256 ** (count - 1))) throw new DerError();
  }
  const next = start + length;
  if (next > bytes.length) throw new DerError();
  return { tag, whole: bytes.subarray(at, next), content: bytes.subarray(start, next), next };
}

/** The elements of a content, one after another to its very end. */
export function* elements(content: Uint8Array): Generator<Tlv> {
  for (let at = 0; at < content.length; ) {
    const one = readTlv(content, at);
    yield one;
    at = one.next;
  }
}

const DEEPEST = 40;

/**
 * Every length fits its surroundings, all the way in. asn1js lets an element run out of the one around it, and then two readers
 * see two things in the same bytes.
 */
export function assertWellFormed(bytes: Uint8Array): void {
  walk(bytes, 0);
}

function walk(content: Uint8Array, depth: number): void {
  if (depth > DEEPEST) throw new DerError();
  for (const one of elements(content)) if ((one.tag & 0x20) !== 0) walk(one.content, depth + 1);
}

/** The one element that the bytes are; nothing may follow it. */
export function only(bytes: Uint8Array, tag: number): Tlv {
  const one = readTlv(bytes, 0);
  if (one.tag !== tag || one.next !== bytes.length) throw new DerError();
  return one;
}

/**
 * SIGNED { body, algorithm, signature } of a certificate or a list (RFC 5280 4.1.1, 5.1.1), with nothing after it and no odd bits.
 * `isMethod`: the algorithm named inside the body, which must be the one outside, byte by byte.
 */
export function readSigned(der: Uint8Array): {
  readonly body: Tlv;
  readonly signature: Uint8Array;
  readonly isMethod: (inner: Tlv | undefined) => boolean;
} {
  const [body, method, bits, ...more] = [...elements(only(der, TAG.sequence).content)];
  if (!body || !method || !bits || more.length > 0) throw new DerError();
  if (body.tag !== TAG.sequence || method.tag !== TAG.sequence || bits.tag !== TAG.bits) throw new DerError();
  if (bits.content[0] !== 0) throw new DerError();
  return {
    body,
    signature: bits.content.subarray(1),
    isMethod: (inner) => inner !== undefined && sameBytes(inner.whole, method.whole),
  };
}

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && Buffer.compare(left, right) === 0;
}

export function readOid(whole: Uint8Array): string {
  const found = asn1js.fromBER(new Uint8Array(whole)).result;
  if (!(found instanceof asn1js.ObjectIdentifier)) throw new DerError();
  return found.valueBlock.toString();
}

/** UTCTime or GeneralizedTime in the forms RFC 5280 4.1.2.5 allows (Zulu, seconds, no fraction), as an ISO instant. */
export function readTime(element: Tlv): string {
  const text = new TextDecoder('latin1').decode(element.content);
  const form = element.tag === TAG.utcTime ? /^(\d\d)(\d{10})Z$/ : /^(\d{4})(\d{10})Z$/;
  if (element.tag !== TAG.utcTime && element.tag !== TAG.generalizedTime) throw new DerError();
  const match = form.exec(text);
  const [, year = '', rest = ''] = match ?? [];
  if (!match) throw new DerError();
  const full = year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`;
  const [month, day, hour, minute, second] = rest.match(/\d\d/g) ?? [];
  const instant = `${full}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  // 31 February reads as a day in March: what comes back must be what was written.
  const ms = Date.parse(instant);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== instant) throw new DerError();
  return instant;
}

/** The text of a DirectoryString or IA5String; null for a kind that is not read, or bytes that are no such text. */
export function readText(element: Tlv): string | null {
  switch (element.tag) {
    case 0x0c:
      return decodeUtf8(element.content);
    case 0x13:
    case 0x16:
    case 0x12:
      return element.content.every((byte) => byte < 0x80)
        ? new TextDecoder('latin1').decode(element.content)
        : null;
    case 0x1e:
      return decodeBmp(element.content);
    default:
      return null;
  }
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    // ignoreBOM keeps a byte order mark in the text, where it is seen as the hidden character it is.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeBmp(bytes: Uint8Array): string | null {
  if (bytes.length % 2 !== 0) return null;
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    text += String.fromCharCode(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  }
  return text.isWellFormed() ? text : null;
}
