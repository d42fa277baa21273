import { signInCertificates } from '../../domain/cards/choose-certificate.ts';
import { bestOf, type ChosenFacts, judgeCard, type RevocationFacts } from '../../domain/cards/judge-card.ts';
import { parseSubjectRule, readUuid, type SubjectReading } from '../../domain/cards/subject-rule.ts';
import { instantMs } from '../../domain/dates.ts';
import type { CertificateRules, JudgedCard, RevocationFile } from '../../services/cards/certificate-port.ts';
import { findPath, type Path } from './path.ts';
import { certificateBlocks } from './pem.ts';
import { type ReadCertificate, readCertificate } from './read-certificate.ts';
import { ListCache, revocationOf } from './revocation-list.ts';

/** Anchors and lists that were read stay read while their bytes are the same. */
export class Judge {
  readonly #lists = new ListCache();
  #anchors: { readonly pem: string; readonly read: readonly ReadCertificate[] } = { pem: '', read: [] };

  judge(certificates: readonly Uint8Array[], rules: CertificateRules, now: string): JudgedCard {
    const read = certificates.slice(0, MOST_CERTIFICATES).map(readCertificate);
    const usable = signInCertificates(read.map((one) => one?.usage ?? null));
    if (usable.length === 0) return nothingUsable(read, now);
    const judged = usable.flatMap((index) => {
      const leaf = read[index];
      return leaf ? [{ index, notAfter: leaf.notAfter, ...this.#judgeOne(leaf, read, rules, now) }] : [];
    });
    const best = judged[bestOf(judged) ?? 0];
    if (!best) return nothingUsable(read, now);
    return {
      standing: best.standing,
      sentence: best.sentence,
      uuid: best.uuid,
      expiresAt: best.notAfter,
      chosen: best.index,
      chain: best.path.issuers.map((one) => one.der),
    };
  }

  /** The facts of one certificate at an instant; `helpers` may stand between it and a root, and are not trusted for themselves. */
  factsOf(
    leaf: ReadCertificate,
    helpers: readonly (ReadCertificate | null)[],
    rules: CertificateRules,
    now: string,
  ): { readonly facts: ChosenFacts; readonly path: Path } {
    const anchors = this.#readAnchors(rules.trustAnchors);
    const others = helpers.filter((one): one is ReadCertificate => one !== null && one !== leaf);
    const path = this.#checkIssuers(findPath(leaf, anchors, others, now), rules.revocationLists, now);
    const issuer = path.issuers[0];
    const facts: ChosenFacts = {
      certificate: 'chosen',
      anchorsConfigured: anchors.length > 0,
      path: path.facts,
      notBefore: leaf.notBefore,
      notAfter: leaf.notAfter,
      revocation: issuer
        ? revocationOf(leaf, issuer, rules.revocationLists, now, this.#lists)
        : { state: 'unchecked', why: { kind: 'none-configured' } },
      subject: readSubject(leaf, rules.subjectRule),
    };
    return { facts, path };
  }

  #judgeOne(
    leaf: ReadCertificate,
    all: readonly (ReadCertificate | null)[],
    rules: CertificateRules,
    now: string,
  ): ReturnType<typeof judgeCard> & { readonly uuid: string | null; readonly path: Path } {
    const { facts, path } = this.factsOf(leaf, all, rules, now);
    return { ...judgeCard(facts, now), uuid: facts.subject.uuid, path };
  }

  /**
   * An issuer between card and root is put into the settings by an owner, so that no list need vouch for it; but where a list by
   * its own issuer says it was revoked, everything under it is refused.
   */
  #checkIssuers(path: Path, files: readonly RevocationFile[], now: string): Path {
    for (const [index, issuer] of path.issuers.slice(0, -1).entries()) {
      const above = path.issuers[index + 1];
      const found: RevocationFacts | null = above
        ? revocationOf(issuer, above, files, now, this.#lists)
        : null;
      if (found?.state === 'revoked' && instantMs(found.at) <= instantMs(now)) {
        return { facts: { found: false, problem: 'issuer-revoked', at: found.at }, issuers: [] };
      }
    }
    return path;
  }

  /** Text that cannot be read trusts nobody: it was checked when it was set, so somebody else has changed it since. */
  #readAnchors(pem: string): readonly ReadCertificate[] {
    if (this.#anchors.pem !== pem) this.#anchors = { pem, read: readAnchorsOrNone(pem) };
    return this.#anchors.read;
  }
}

/** A card holds a handful; a token that offers hundreds is not worked through. */
const MOST_CERTIFICATES = 32;

function nothingUsable(read: readonly (ReadCertificate | null)[], now: string): JudgedCard {
  const certificate =
    read.length === 0 ? 'none' : read.every((one) => one === null) ? 'unreadable' : 'wrong-usage';
  return { ...judgeCard({ certificate }, now), uuid: null, expiresAt: null, chosen: null, chain: [] };
}

function readSubject(leaf: ReadCertificate, ruleText: string): SubjectReading {
  const parsed = parseSubjectRule(ruleText);
  return 'rule' in parsed ? readUuid(parsed.rule, leaf.attributes) : { uuid: null, why: 'no-match' };
}

function readAnchorsOrNone(pem: string): readonly ReadCertificate[] {
  try {
    return certificateBlocks(pem).flatMap((der) => readCertificate(der) ?? []);
  } catch {
    return [];
  }
}
