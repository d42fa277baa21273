import { createHash } from 'node:crypto';
import { type RevocationFacts, tellingReason, type UncheckedReason } from '../../domain/cards/judge-card.ts';
import { instantMs } from '../../domain/dates.ts';
import type { RevocationFile } from '../../services/cards/certificate-port.ts';
import { checkSigned, type SignedBytes } from './algorithms.ts';
import {
  DerError,
  elements,
  readOid,
  readSigned,
  readTime,
  readTlv,
  sameBytes,
  TAG,
  type Tlv,
} from './der.ts';
import { derOfList } from './pem.ts';
import { fingerprint, type ReadCertificate } from './read-certificate.ts';

/** A revocation list (RFC 5280 5.1). Its entries stay bytes: they are walked when somebody is looked for. */
export interface ReadList extends SignedBytes {
  readonly issuer: Uint8Array;
  readonly thisUpdate: string;
  readonly nextUpdate: string | null;
  /** It has a critical extension: partial, indirect or a delta. */
  readonly hasUnreadCondition: boolean;
  /** Content of revokedCertificates; empty where it is left out. */
  readonly entries: Uint8Array;
}

/** Critical marks of an entry that change nothing here: the reason, when it came to light, what to do on hold. */
const ENTRY_UNDERSTOOD: readonly string[] = ['2.5.29.21', '2.5.29.24', '2.5.29.23'];

/** Null where it cannot be read. */
export function readList(bytes: Uint8Array): ReadList | null {
  try {
    const der = derOfList(bytes);
    return der ? read(der) : null;
  } catch {
    return null;
  }
}

function read(der: Uint8Array): ReadList {
  const { body, signature, isMethod } = readSigned(der);
  const parts = [...elements(body.content)];
  if (parts[0]?.tag === TAG.integer) parts.shift();
  const method = parts.shift();
  const issuer = parts.shift();
  const thisUpdate = parts.shift();
  if (!method || !issuer || !thisUpdate || !isMethod(method)) throw new DerError();
  const nextUpdate = isTime(parts[0]) ? parts.shift() : undefined;
  const entries = parts[0]?.tag === TAG.sequence ? parts.shift() : undefined;
  const extensions = parts[0]?.tag === TAG.context0 ? parts.shift() : undefined;
  if (parts.length > 0) throw new DerError();
  return {
    body: body.whole,
    signatureAlgorithm: algorithmId(method),
    signature,
    issuer: issuer.whole,
    thisUpdate: readTime(thisUpdate),
    nextUpdate: nextUpdate ? readTime(nextUpdate) : null,
    hasUnreadCondition: extensions !== undefined && hasCritical(readTlv(extensions.content, 0), []),
    entries: entries?.content ?? new Uint8Array(),
  };
}

function algorithmId(method: Tlv): string {
  const [id] = [...elements(method.content)];
  return readOid(id?.whole ?? new Uint8Array());
}

function isTime(element: Tlv | undefined): boolean {
  return element?.tag === TAG.utcTime || element?.tag === TAG.generalizedTime;
}

function hasCritical(extensions: Tlv, understood: readonly string[]): boolean {
  return [...elements(extensions.content)].some((extension) => {
    const [id, critical] = [...elements(extension.content)];
    const isCritical = critical?.tag === TAG.boolean && critical.content[0] !== 0;
    return id !== undefined && isCritical && !understood.includes(readOid(id.whole));
  });
}

type Lookup =
  | { readonly state: 'listed'; readonly at: string }
  | { readonly state: 'absent' | 'unfit' | 'unreadable' };

/** Walks every entry: one that cannot be understood makes the whole list unfit (RFC 5280 5.3). */
function lookUp(list: ReadList, serial: Uint8Array): Lookup {
  try {
    let found: Lookup = { state: 'absent' };
    for (let at = 0; at < list.entries.length; ) {
      const entry = readTlv(list.entries, at);
      const number = readTlv(entry.content, 0);
      if (entry.tag !== TAG.sequence || number.tag !== TAG.integer) throw new DerError();
      const date = readTlv(entry.content, number.next);
      if (date.next < entry.content.length) {
        if (hasCritical(readTlv(entry.content, date.next), ENTRY_UNDERSTOOD)) return { state: 'unfit' };
      }
      if (sameBytes(number.content, serial)) found = { state: 'listed', at: readTime(date) };
      at = entry.next;
    }
    return found;
  } catch {
    return { state: 'unreadable' };
  }
}

/**
 * Lists that were read, by their bytes: judging again costs a hash of the file, and who signed it is found out once for each issuer.
 * The settings allow 20 lists.
 */
export class ListCache {
  readonly #lists = new Map<
    string,
    { readonly list: ReadList | null; readonly signedBy: Map<string, boolean> }
  >();

  get(bytes: Uint8Array): ReadList | null {
    return this.#entry(bytes).list;
  }

  isSignedBy(bytes: Uint8Array, issuer: ReadCertificate): boolean {
    const { list, signedBy } = this.#entry(bytes);
    if (!list) return false;
    const key = Buffer.from(fingerprint(issuer)).toString('hex');
    const known = signedBy.get(key);
    if (known !== undefined) return known;
    const signed = checkSigned(list, issuer.key) === 'signed';
    signedBy.set(key, signed);
    return signed;
  }

  #entry(bytes: Uint8Array): { readonly list: ReadList | null; readonly signedBy: Map<string, boolean> } {
    const key = createHash('sha256').update(bytes).digest('hex');
    const known = this.#lists.get(key);
    if (known) return known;
    const oldest = this.#lists.keys().next().value;
    if (this.#lists.size >= 24 && oldest !== undefined) this.#lists.delete(oldest);
    const made = { list: readList(bytes), signedBy: new Map<string, boolean>() };
    this.#lists.set(key, made);
    return made;
  }
}

/**
 * What the lists say of a certificate at `now`. A list counts when the issuer's key signed it and it is in force; one that is in
 * force no longer can still say that a card was revoked, for what is revoked stays so.
 */
export function revocationOf(
  certificate: ReadCertificate,
  issuer: ReadCertificate,
  files: readonly RevocationFile[],
  now: string,
  cache: ListCache,
): RevocationFacts {
  let checked = false;
  const reasons: UncheckedReason[] = [];
  for (const file of files) {
    const reading = readFile(certificate, issuer, file, now, cache);
    if (reading.state === 'revoked') return reading;
    if (reading.state === 'unchecked') reasons.push(reading.why);
    else checked = true;
  }
  return checked ? { state: 'not-listed' } : { state: 'unchecked', why: tellingReason(reasons) };
}

function readFile(
  certificate: ReadCertificate,
  issuer: ReadCertificate,
  file: RevocationFile,
  now: string,
  cache: ListCache,
): RevocationFacts {
  if (file.state === 'unreachable') return unchecked({ kind: 'offline', since: file.since });
  const list = cache.get(file.bytes);
  if (!list) return unchecked({ kind: 'unreadable' });
  if (!sameBytes(list.issuer, certificate.issuer)) return unchecked({ kind: 'other-issuer' });
  if (issuer.maySign?.lists === false || !cache.isSignedBy(file.bytes, issuer))
    return unchecked({ kind: 'forged' });
  if (list.hasUnreadCondition) return unchecked({ kind: 'unfit' });
  const found = lookUp(list, certificate.serial);
  switch (found.state) {
    case 'listed':
      return { state: 'revoked', at: found.at };
    case 'unfit':
    case 'unreadable':
      return unchecked({ kind: found.state });
    case 'absent':
      return absentFrom(list, now);
  }
}

function absentFrom(list: ReadList, now: string): RevocationFacts {
  if (list.nextUpdate === null) return unchecked({ kind: 'unfit' });
  if (instantMs(now) < instantMs(list.thisUpdate))
    return unchecked({ kind: 'not-begun', from: list.thisUpdate });
  if (instantMs(now) > instantMs(list.nextUpdate))
    return unchecked({ kind: 'stale', since: list.nextUpdate });
  return { state: 'not-listed' };
}

function unchecked(why: UncheckedReason): RevocationFacts {
  return { state: 'unchecked', why };
}
