import { nearerProblem, type PathFacts, type PathProblem } from '../../domain/cards/judge-card.ts';
import { instantMs } from '../../domain/dates.ts';
import { checkSigned, signedItself } from './algorithms.ts';
import { sameBytes } from './der.ts';
import type { ReadCertificate } from './read-certificate.ts';

/** From the issuer of the leaf up to the root. */
export type Path =
  | { readonly facts: Extract<PathFacts, { found: true }>; readonly issuers: readonly ReadCertificate[] }
  | { readonly facts: Exclude<PathFacts, { found: true }>; readonly issuers: readonly [] };

const LONGEST_PATH = 8;
/** Signatures checked for one card: certificates that sign each other in a ring cannot make it long. */
const MOST_CHECKS = 64;

interface Search {
  readonly roots: readonly ReadCertificate[];
  readonly between: readonly ReadCertificate[];
  /** Those of `between` that the settings name; what a card or a signature brings along is on no list here. */
  readonly listed: readonly ReadCertificate[];
  readonly now: string;
  checksLeft: number;
  problem: PathProblem;
  at: string | null;
}

/**
 * Builds and checks a path (RFC 5280 6.1, without policies) from a certificate to one of the roots at the instant `now`. Only the
 * self-signed certificates of `anchors` are trusted; the others there and `helpers` may stand between. Each issuer must be valid,
 * a CA with keyCertSign, within its path length, free of conditions that are not read here, and must have signed what is under it.
 */
export function findPath(
  leaf: ReadCertificate,
  anchors: readonly ReadCertificate[],
  helpers: readonly ReadCertificate[],
  now: string,
): Path {
  if (isRoot(leaf)) return { facts: { found: false, problem: 'self-signed' }, issuers: [] };
  const listed = anchors.filter((one) => !isRoot(one));
  const search: Search = {
    roots: anchors.filter(isRoot),
    between: [...listed, ...helpers.filter((one) => !isRoot(one))],
    listed,
    now,
    checksLeft: MOST_CHECKS,
    problem: 'unknown-issuer',
    at: null,
  };
  if (leaf.hasUnreadCondition) note(search, 'constraint-unread', null);
  if (leaf.key.kind === 'other' || !leaf.key.strongEnough) note(search, 'weak', null);
  const fit = search.problem === 'unknown-issuer';
  const issuers = climb(search, leaf, []);
  return issuers && fit
    ? { facts: { found: true }, issuers }
    : { facts: { found: false, problem: search.problem, at: search.at }, issuers: [] };
}

export function isRoot(certificate: ReadCertificate): boolean {
  return sameBytes(certificate.subject, certificate.issuer) && signedItself(certificate, certificate.key);
}

function climb(
  search: Search,
  child: ReadCertificate,
  below: readonly ReadCertificate[],
): readonly ReadCertificate[] | null {
  if (below.length >= LONGEST_PATH) {
    note(search, 'path-too-long', null);
    return null;
  }
  for (const issuer of [...search.roots, ...search.between]) {
    if (!sameBytes(issuer.subject, child.issuer) || below.includes(issuer)) continue;
    if (!mayIssue(search, issuer, child, below)) continue;
    if (search.roots.includes(issuer)) return [...below, issuer];
    if (search.listed.includes(issuer)) note(search, 'root-missing', null);
    const path = climb(search, issuer, [...below, issuer]);
    if (path) return path;
  }
  return null;
}

function mayIssue(
  search: Search,
  issuer: ReadCertificate,
  child: ReadCertificate,
  below: readonly ReadCertificate[],
): boolean {
  search.checksLeft -= 1;
  if (search.checksLeft < 0) return false;
  const signed = checkSigned(child, issuer.key);
  if (signed === 'not-signed') return note(search, 'signature-wrong', null);
  if (signed === 'weak') return note(search, 'weak', null);
  // keyUsage left out allows all (RFC 5280 6.1.4 n); basicConstraints left out does not (6.1.4 k).
  if (!issuer.usage.isCa || issuer.maySign?.certificates === false)
    return note(search, 'not-an-issuer', null);
  if (issuer.hasUnreadCondition) return note(search, 'constraint-unread', null);
  const counted = below.filter((one) => !sameBytes(one.subject, one.issuer)).length;
  if (issuer.pathLength !== null && counted > issuer.pathLength) return note(search, 'path-too-long', null);
  if (instantMs(search.now) < instantMs(issuer.notBefore)) {
    return note(search, 'issuer-not-yet-valid', issuer.notBefore);
  }
  if (instantMs(search.now) > instantMs(issuer.notAfter))
    return note(search, 'issuer-expired', issuer.notAfter);
  return true;
}

/** Keeps the problem of the path that came nearest. */
function note(search: Search, problem: PathProblem, at: string | null): false {
  if (nearerProblem(search.problem, problem) === problem) {
    search.problem = problem;
    search.at = at;
  }
  return false;
}
