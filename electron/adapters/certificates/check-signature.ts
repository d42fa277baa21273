import * as pkijs from 'pkijs';
import { type ChosenFacts, judgeCard } from '../../domain/cards/judge-card.ts';
import { instantMs, londonDate, showDate } from '../../domain/dates.ts';
import type { CheckedSignature, CheckSignatureRequest } from '../../services/cards/certificate-port.ts';
import { isAccountCertificate } from './account-key.ts';
import { checkSigned } from './algorithms.ts';
import { attributeValue, buffer, CMS, sha256 } from './cms-forms.ts';
import { assertWellFormed, DerError, elements, only, readOid, readTime, sameBytes, TAG } from './der.ts';
import type { Judge } from './judge.ts';
import { type ReadCertificate, readCertificate } from './read-certificate.ts';

/** A certificate, its chain and a signature take some 10 kB. */
const MOST_BYTES = 262_144;

/** What a signature holds, read and no more: nothing of it is believed yet. */
interface ReadSignature {
  readonly certificates: readonly ReadCertificate[];
  readonly signer: ReadCertificate;
  /** The DER SET that was signed. */
  readonly attributes: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signature: Uint8Array;
  readonly digest: Uint8Array;
  readonly certificateDigest: Uint8Array;
  readonly signedAt: string;
}

/**
 * Checks a detached signature against the text, the certificate it must be by, and the rules as they were at the time the signature
 * gives. That time is the signer's own word: a ledger around it says when it was there. A list that was out of date then, or is now,
 * is not held against it; a revocation on or before that time is.
 */
export function checkSignature(request: CheckSignatureRequest, judge: Judge): CheckedSignature {
  const read = readOrNull(request.cms);
  if (!read) return unsound('This signature cannot be read. Use the copy in the ledger.');
  const known = { signedAt: read.signedAt, uuid: null };
  const expected = readCertificate(request.expected);
  if (!expected) return { ...known, ...unsoundPart('The certificate it is checked against cannot be read.') };
  const problem = problemOf(read, request, expected);
  if (problem) return { ...known, ...unsoundPart(problem) };
  if (request.rules === null) {
    const account = accountProblem(expected, read.signedAt);
    return { ...known, sound: account === '', problem: account };
  }
  const { facts } = judge.factsOf(expected, read.certificates, request.rules, read.signedAt);
  const { standing, sentence } = judgeCard(asOf(facts, read.signedAt), read.signedAt);
  const uuid = facts.path.found ? facts.subject.uuid : null;
  if (standing === 'good' && !maySignText(expected)) {
    return { ...known, uuid, ...unsoundPart('The certificate of this signature is not meant for signing.') };
  }
  return standing === 'good'
    ? { ...known, uuid, sound: true, problem: '' }
    : { ...known, uuid, ...unsoundPart(`On ${day(read.signedAt)}, when it was made: ${sentence}`) };
}

function problemOf(
  read: ReadSignature,
  request: CheckSignatureRequest,
  expected: ReadCertificate,
): string | null {
  if (!sameBytes(read.signer.der, expected.der) || !sameBytes(read.certificateDigest, sha256(expected.der))) {
    return 'This signature was made with another certificate than the one recorded.';
  }
  const signed = {
    body: read.attributes,
    signatureAlgorithm: read.signatureAlgorithm,
    signature: read.signature,
  };
  if (checkSigned(signed, expected.key) !== 'signed') {
    return 'This signature, or what it says of its time and text, was altered after it was made.';
  }
  const text = new TextEncoder().encode(request.text);
  if (!request.text.isWellFormed() || !sameBytes(read.digest, sha256(text))) {
    return 'The text is not the one that was signed.';
  }
  return null;
}

function accountProblem(expected: ReadCertificate, signedAt: string): string {
  if (!isAccountCertificate(expected)) return 'The certificate of this signature is no account key.';
  const isWithin =
    instantMs(expected.notBefore) <= instantMs(signedAt) &&
    instantMs(signedAt) <= instantMs(expected.notAfter);
  return isWithin ? '' : `This signature says ${day(signedAt)}, when its account key did not exist.`;
}

/** Revoked afterwards does not undo a signature; not being able to ask afterwards does not either. */
function asOf(facts: ChosenFacts, signedAt: string): ChosenFacts {
  const isRevoked =
    facts.revocation.state === 'revoked' && instantMs(facts.revocation.at) <= instantMs(signedAt);
  return isRevoked ? facts : { ...facts, revocation: { state: 'not-listed' } };
}

function maySignText(certificate: ReadCertificate): boolean {
  const usage = certificate.usage.keyUsage;
  return !certificate.usage.isCa && usage !== null && (usage.digitalSignature || usage.nonRepudiation);
}

function readOrNull(cms: Uint8Array): ReadSignature | null {
  try {
    return read(new Uint8Array(cms));
  } catch {
    return null;
  }
}

function read(cms: Uint8Array): ReadSignature {
  if (cms.length > MOST_BYTES) throw new DerError();
  only(cms, TAG.sequence);
  assertWellFormed(cms);
  const content = pkijs.ContentInfo.fromBER(buffer(cms));
  if (content.contentType !== CMS.signedData) throw new DerError();
  const signed = new pkijs.SignedData({ schema: content.content });
  const signer = signed.signerInfos[0];
  // One signer, nothing inside, nothing added unsigned: two readers cannot see two things in it.
  if (!signer || signed.signerInfos.length !== 1 || signer.unsignedAttrs || !signer.signedAttrs)
    throw new DerError();
  if (signed.encapContentInfo.eContent || signed.encapContentInfo.eContentType !== CMS.data)
    throw new DerError();
  if (signed.version !== 1 || signer.version !== 1 || signed.crls || signed.digestAlgorithms.length !== 1) {
    throw new DerError();
  }
  if (![signer.digestAlgorithm, signed.digestAlgorithms[0]].every(isSha256)) throw new DerError();
  const attributes = new Uint8Array(signer.signedAttrs.encodedValue);
  const certificates = embedded(cms);
  return {
    certificates,
    signer: signerAmong(certificates, signer.sid),
    attributes,
    signatureAlgorithm: signatureMethod(signer.signatureAlgorithm.algorithmId),
    signature: new Uint8Array(signer.signature.valueBlock.valueHexView),
    ...readAttributes(attributes),
  };
}

/** As they stand in the bytes: pkijs would write them afresh. ContentInfo → [0] → SignedData → [0] certificates. */
function embedded(cms: Uint8Array): readonly ReadCertificate[] {
  const [, content] = [...elements(only(cms, TAG.sequence).content)];
  const signed = only(content?.content ?? new Uint8Array(), TAG.sequence);
  const set = [...elements(signed.content)].find((one) => one.tag === TAG.context0);
  return [...elements(set?.content ?? new Uint8Array())].slice(0, 16).map((one) => {
    const found = readCertificate(one.whole);
    if (!found) throw new DerError();
    return found;
  });
}

function isSha256(found: pkijs.AlgorithmIdentifier | undefined): boolean {
  return found?.algorithmId === CMS.sha256;
}

function signerAmong(certificates: readonly ReadCertificate[], sid: unknown): ReadCertificate {
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) throw new DerError();
  const issuer = new Uint8Array(sid.issuer.toSchema().toBER(false));
  const serial = only(new Uint8Array(sid.serialNumber.toBER(false)), TAG.integer).content;
  const found = certificates.filter((one) => sameBytes(one.serial, serial) && sameBytes(one.issuer, issuer));
  if (found.length !== 1 || !found[0]) throw new DerError();
  return found[0];
}

/** SHA-256 with RSA or ECDSA and nothing else; some write the key's method in place of the signature's (RFC 3370 3.2). */
function signatureMethod(id: string): string {
  if (id === '1.2.840.113549.1.1.1') return CMS.rsaWithSha256;
  if (id !== CMS.rsaWithSha256 && id !== CMS.ecdsaWithSha256) throw new DerError();
  return id;
}

function readAttributes(
  attributes: Uint8Array,
): Pick<ReadSignature, 'digest' | 'certificateDigest' | 'signedAt'> {
  if (readOid(attributeValue(attributes, CMS.contentType).whole) !== CMS.data) throw new DerError();
  return {
    digest: octets(attributeValue(attributes, CMS.messageDigest).whole),
    certificateDigest: certificateDigest(attributeValue(attributes, CMS.signingCertificateV2).whole),
    signedAt: readTime(attributeValue(attributes, CMS.signingTime)),
  };
}

/** SigningCertificateV2 → the first ESSCertIDv2 → certHash, with SHA-256 (the default, so left out). */
function certificateDigest(whole: Uint8Array): Uint8Array {
  const [certificateIds] = [...elements(only(whole, TAG.sequence).content)];
  const [first] = certificateIds ? [...elements(certificateIds.content)] : [];
  const [hash] = first ? [...elements(only(first.whole, TAG.sequence).content)] : [];
  return octets(hash?.whole ?? new Uint8Array());
}

function octets(whole: Uint8Array): Uint8Array {
  return only(whole, TAG.octets).content;
}

function unsound(problem: string): CheckedSignature {
  return { sound: false, signedAt: null, uuid: null, problem };
}

function unsoundPart(problem: string): { readonly sound: false; readonly problem: string } {
  return { sound: false, problem };
}

const day = (at: string): string => showDate(londonDate(at));
