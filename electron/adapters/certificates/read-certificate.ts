import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';
import type { UsageFacts } from '../../domain/cards/choose-certificate.ts';
import type { SubjectAttribute } from '../../domain/cards/subject-rule.ts';
import { buffer } from './cms-forms.ts';
import {
  assertWellFormed,
  DerError,
  elements,
  only,
  readOid,
  readSigned,
  readText,
  readTime,
  TAG,
  type Tlv,
} from './der.ts';

/** A certificate as far as it is looked at here (RFC 5280). Everything in it is a claim until its path is checked. */
export interface ReadCertificate {
  readonly der: Uint8Array;
  /** What the issuer signed. */
  readonly body: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  /** Content bytes of the INTEGER. */
  readonly serial: Uint8Array;
  /** Names as DER: they are compared byte by byte. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly attributes: readonly SubjectAttribute[];
  readonly notBefore: string;
  readonly notAfter: string;
  /** SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  readonly key: PublicKeyFacts;
  readonly usage: UsageFacts;
  /** Null: no keyUsage. */
  readonly maySign: { readonly certificates: boolean; readonly lists: boolean } | null;
  readonly pathLength: number | null;
  /** A critical extension that is not understood here, or a name constraint, which is not applied here. */
  readonly hasUnreadCondition: boolean;
}

export type PublicKeyFacts =
  | { readonly kind: 'rsa'; readonly object: KeyObject; readonly strongEnough: boolean }
  | { readonly kind: 'ec'; readonly object: KeyObject; readonly strongEnough: boolean }
  | { readonly kind: 'other' };

/** Real ones take 1 to 3 kB; a card could hand over a megabyte. */
const MOST_BYTES = 65_536;

const ID = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  policies: '2.5.29.32',
  extendedKeyUsage: '2.5.29.37',
} as const;
/** Policies are understood in the sense that any is accepted here (no policy is asked for). */
const UNDERSTOOD: readonly string[] = [
  ID.keyUsage,
  ID.subjectAltName,
  ID.basicConstraints,
  ID.policies,
  ID.extendedKeyUsage,
];

/** Null where it cannot be read, whatever the reason. */
export function readCertificate(der: Uint8Array): ReadCertificate | null {
  try {
    return read(new Uint8Array(der));
  } catch {
    // pkijs, asn1js and OpenSSL each throw errors of their own on hostile bytes; all mean the same here.
    return null;
  }
}

export function fingerprint(certificate: ReadCertificate): Uint8Array {
  return new Uint8Array(createHash('sha256').update(certificate.spki).digest());
}

function read(der: Uint8Array): ReadCertificate {
  if (der.length > MOST_BYTES) throw new DerError();
  assertWellFormed(der);
  const { body, signature, isMethod } = readSigned(der);
  const { method, ...fields } = bodyFields(body.whole);
  if (!isMethod(method)) throw new DerError();
  const certificate = pkijs.Certificate.fromBER(buffer(der));
  const extensions = new Map<string, pkijs.Extension>();
  for (const extension of certificate.extensions ?? []) {
    // RFC 5280 4.2: not twice. Which of the two would count is how one reader is played against another.
    if (extensions.has(extension.extnID)) throw new DerError();
    extensions.set(extension.extnID, extension);
  }
  const usageBits = readKeyUsage(extensions.get(ID.keyUsage));
  const basic = readBasicConstraints(extensions.get(ID.basicConstraints));
  return {
    der,
    body: body.whole,
    signatureAlgorithm: certificate.signatureAlgorithm.algorithmId,
    signature,
    ...fields,
    key: readKey(fields.spki),
    usage: {
      keyUsage: usageBits && { digitalSignature: usageBits(0), nonRepudiation: usageBits(1) },
      extendedKeyUsage: readPurposes(extensions.get(ID.extendedKeyUsage)),
      isCa: basic.isCa,
    },
    maySign: usageBits && { certificates: usageBits(5), lists: usageBits(6) },
    pathLength: basic.pathLength,
    hasUnreadCondition: [...extensions.values()].some(
      (one) => one.extnID === ID.nameConstraints || (one.critical && !UNDERSTOOD.includes(one.extnID)),
    ),
  };
}

type BodyFields = Pick<
  ReadCertificate,
  'serial' | 'issuer' | 'subject' | 'attributes' | 'notBefore' | 'notAfter' | 'spki'
> & { readonly method: Tlv };

/** The fields that are compared byte by byte or must be exact, from the bytes that were signed. */
function bodyFields(body: Uint8Array): BodyFields {
  const parts = [...elements(only(body, TAG.sequence).content)];
  const [serial, method, issuer, validity, subject, spki] =
    parts[0]?.tag === TAG.context0 ? parts.slice(1) : parts;
  if (!serial || !method || !issuer || !validity || !subject || !spki || serial.tag !== TAG.integer)
    throw new DerError();
  const [from, to] = [...elements(only(validity.whole, TAG.sequence).content)];
  if (!from || !to) throw new DerError();
  return {
    method,
    serial: serial.content,
    issuer: only(issuer.whole, TAG.sequence).whole,
    subject: only(subject.whole, TAG.sequence).whole,
    attributes: readName(subject.content),
    notBefore: readTime(from),
    notAfter: readTime(to),
    spki: only(spki.whole, TAG.sequence).whole,
  };
}

export function readName(content: Uint8Array): readonly SubjectAttribute[] {
  return [...elements(content)].flatMap((step) => {
    const pairs = [...elements(only(step.whole, TAG.set).content)];
    return pairs.map((pair): SubjectAttribute => {
      const [type, value] = [...elements(only(pair.whole, TAG.sequence).content)];
      if (!type || !value) throw new DerError();
      return { type: readOid(type.whole), value: readText(value), shared: pairs.length > 1 };
    });
  });
}

function readKey(spki: Uint8Array): PublicKeyFacts {
  const object = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  const details = object.asymmetricKeyDetails;
  switch (object.asymmetricKeyType) {
    case 'rsa':
      return { kind: 'rsa', object, strongEnough: (details?.modulusLength ?? 0) >= 2048 };
    case 'ec':
      return {
        kind: 'ec',
        object,
        strongEnough: ['prime256v1', 'secp384r1', 'secp521r1'].includes(details?.namedCurve ?? ''),
      };
    default:
      return { kind: 'other' };
  }
}

function readKeyUsage(extension: pkijs.Extension | undefined): ((bit: number) => boolean) | null {
  if (!extension) return null;
  const found = asn1js.fromBER(new Uint8Array(extension.extnValue.valueBlock.valueHexView)).result;
  if (!(found instanceof asn1js.BitString)) throw new DerError();
  const bytes = new Uint8Array(found.valueBlock.valueHexView);
  return (bit) => ((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}

function readBasicConstraints(extension: pkijs.Extension | undefined): {
  readonly isCa: boolean;
  readonly pathLength: number | null;
} {
  if (!extension) return { isCa: false, pathLength: null };
  const [ca, length] = [...elements(only(extension.extnValue.valueBlock.valueHexView, TAG.sequence).content)];
  if (!ca) return { isCa: false, pathLength: null };
  if (ca.tag !== TAG.boolean || ca.content.length !== 1) throw new DerError();
  if (!length) return { isCa: ca.content[0] !== 0, pathLength: null };
  // One byte is enough for any path there is; a longer or negative one is not read.
  if (length.tag !== TAG.integer || length.content.length !== 1 || (length.content[0] ?? 0) > 0x7f)
    throw new DerError();
  return { isCa: ca.content[0] !== 0, pathLength: length.content[0] ?? 0 };
}

function readPurposes(extension: pkijs.Extension | undefined): readonly string[] | null {
  if (!extension) return null;
  return [...elements(only(extension.extnValue.valueBlock.valueHexView, TAG.sequence).content)].map((one) =>
    readOid(one.whole),
  );
}
