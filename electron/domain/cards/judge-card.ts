import { type IsoInstant, instantMs, londonDate, showDate, showInstant } from '../dates.ts';
import type { SubjectReading } from './subject-rule.ts';

/** The same as the contract's `cardStanding`; the adapter's types fail where the two part. */
export type CardStanding =
  | 'good'
  | 'revocation-unchecked'
  | 'no-certificate'
  | 'unreadable'
  | 'expired'
  | 'not-yet-valid'
  | 'revoked'
  | 'wrong-issuer'
  | 'self-signed'
  | 'wrong-usage'
  | 'no-uuid'
  | 'no-trust-anchors';

/** Why no path leads to a trusted root. The later in this list, the nearer it came. */
export const PATH_PROBLEMS = [
  'unknown-issuer',
  'signature-wrong',
  'root-missing',
  'not-an-issuer',
  'constraint-unread',
  'path-too-long',
  'weak',
  'issuer-not-yet-valid',
  'issuer-expired',
  'issuer-revoked',
] as const;
export type PathProblem = (typeof PATH_PROBLEMS)[number];

export type PathFacts =
  | { readonly found: true }
  | { readonly found: false; readonly problem: 'self-signed' }
  | { readonly found: false; readonly problem: PathProblem; readonly at: IsoInstant | null };

/** What the revocation lists say of one certificate. */
export type RevocationFacts =
  | { readonly state: 'not-listed' }
  | { readonly state: 'revoked'; readonly at: IsoInstant }
  | { readonly state: 'unchecked'; readonly why: UncheckedReason };

export type UncheckedReason =
  | { readonly kind: 'none-configured' }
  /** The rightful list, but its next one was due at `since`. */
  | { readonly kind: 'stale'; readonly since: IsoInstant }
  /** It begins only at `from`: the clock of this PC, or the list, is wrong. */
  | { readonly kind: 'not-begun'; readonly from: IsoInstant }
  /** It names the issuer, but the issuer did not sign it. */
  | { readonly kind: 'forged' }
  | { readonly kind: 'offline'; readonly since: IsoInstant | null }
  /** Signed, but partial, indirect or without an end: it cannot answer. */
  | { readonly kind: 'unfit' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'other-issuer' };

export type CardFacts =
  | { readonly certificate: 'none' }
  | { readonly certificate: 'unreadable' }
  | { readonly certificate: 'wrong-usage' }
  | ChosenFacts;

export interface ChosenFacts {
  readonly certificate: 'chosen';
  readonly anchorsConfigured: boolean;
  readonly path: PathFacts;
  readonly notBefore: IsoInstant;
  readonly notAfter: IsoInstant;
  readonly revocation: RevocationFacts;
  readonly subject: SubjectReading;
}

export interface CardVerdict {
  readonly standing: CardStanding;
  /** Empty when good. */
  readonly sentence: string;
}

const ASK_RA = 'Take the card to the Registration Authority.';

/**
 * What stands for or against a card, worst first: a certificate whose issuer is not trusted has nothing believable to say of its
 * dates, and one that was revoked is refused as such even after it has ended.
 */
export function judgeCard(facts: CardFacts, now: IsoInstant): CardVerdict {
  switch (facts.certificate) {
    case 'none':
      return verdict('no-certificate', `This card holds no certificate. ${ASK_RA}`);
    case 'unreadable':
      return verdict('unreadable', `The certificate on this card cannot be read. ${ASK_RA}`);
    case 'wrong-usage':
      return verdict(
        'wrong-usage',
        'No certificate on this card is meant for signing in. Use another card, or take this one to the Registration Authority.',
      );
    case 'chosen':
      return judgeChosen(facts, now);
  }
}

function judgeChosen(facts: ChosenFacts, now: IsoInstant): CardVerdict {
  if (!facts.anchorsConfigured) {
    return verdict(
      'no-trust-anchors',
      'No trusted issuer of cards is set up on this PC. Ask an owner to add one under Security.',
    );
  }
  if (!facts.path.found) return judgePath(facts.path);
  if (facts.revocation.state === 'revoked') {
    return verdict('revoked', `This card was revoked on ${day(facts.revocation.at)}. ${ASK_RA}`);
  }
  if (instantMs(now) < instantMs(facts.notBefore)) {
    return verdict(
      'not-yet-valid',
      `This card's certificate begins only on ${day(facts.notBefore)}. Check the date of this PC, or use the card from then on.`,
    );
  }
  if (instantMs(now) > instantMs(facts.notAfter)) {
    return verdict(
      'expired',
      `This card's certificate ended on ${day(facts.notAfter)}. Take the card to the Registration Authority to renew it.`,
    );
  }
  if (facts.subject.uuid === null) return verdict('no-uuid', uuidSentence(facts.subject.why));
  if (facts.revocation.state === 'unchecked') {
    return verdict('revocation-unchecked', uncheckedSentence(facts.revocation.why));
  }
  return verdict('good', '');
}

function judgePath(path: Exclude<PathFacts, { found: true }>): CardVerdict {
  if (path.problem === 'self-signed') {
    return verdict(
      'self-signed',
      'This card vouches for itself: no issuer signed its certificate. Use a card from the Registration Authority.',
    );
  }
  return verdict('wrong-issuer', pathSentence(path.problem, path.at));
}

function pathSentence(problem: PathProblem, at: IsoInstant | null): string {
  const askOwner = 'Ask an owner to look at the trusted issuers under Security.';
  switch (problem) {
    case 'unknown-issuer':
      return 'This card comes from an issuer that is not trusted here. Use a card from the Registration Authority, or ask an owner to add its issuer under Security.';
    case 'signature-wrong':
      return `This card names a trusted issuer, which did not sign it. Do not use it. ${ASK_RA}`;
    case 'root-missing':
      return `The issuer of this card is listed, but the root above it is not. ${askOwner}`;
    case 'not-an-issuer':
      return `This card was signed with a certificate that may not issue cards. Do not use it. ${ASK_RA}`;
    case 'constraint-unread':
      return `The certificate of this card or of its issuer has a condition that this program does not read. ${askOwner}`;
    case 'path-too-long':
      return `There are more issuers between this card and its root than the root allows. ${ASK_RA}`;
    case 'weak':
      return `This card, or an issuer of it, uses a method that is no longer safe (SHA-1, MD5 or a short key). ${ASK_RA}`;
    case 'issuer-not-yet-valid':
      return `The certificate of this card's issuer begins only ${at ? `on ${day(at)}` : 'later'}. Check the date of this PC.`;
    case 'issuer-expired':
      return `The certificate of this card's issuer ended${at ? ` on ${day(at)}` : ''}. ${askOwner}`;
    case 'issuer-revoked':
      return `The issuer of this card was itself revoked${at ? ` on ${day(at)}` : ''}. ${ASK_RA}`;
  }
}

function uuidSentence(why: 'no-match' | 'twice' | 'hostile'): string {
  const next = `${ASK_RA} If others are refused too, ask an owner to check the subject rule under Security.`;
  switch (why) {
    case 'no-match':
      return `This card does not say its 12-digit number where it is looked for. ${next}`;
    case 'twice':
      return `This card says its number in more than one place, so it cannot be told whose it is. ${next}`;
    case 'hostile':
      return `The name on this card is written in a way that could mislead. ${next}`;
  }
}

function uncheckedSentence(why: UncheckedReason): string {
  const lead = 'Whether this card was revoked could not be checked';
  switch (why.kind) {
    case 'none-configured':
      return `${lead}: no revocation list is set up. Ask an owner to add one under Security.`;
    case 'stale':
      return `${lead}, offline since ${showInstant(why.since)}, when a newer revocation list was due. Ask for the new list to be put in place.`;
    case 'not-begun':
      return `${lead}: the revocation list begins only on ${showInstant(why.from)}. Check the clock of this PC.`;
    case 'forged':
      return `${lead}: the revocation list was not signed by the card's issuer. Ask an owner to fetch it afresh and to find out who changed it.`;
    case 'offline':
      return why.since === null
        ? `${lead}: the revocation list has never been read on this PC. Ask an owner to check its path under Security.`
        : `${lead}, offline since ${showInstant(why.since)}. Connect this PC, or ask an owner to check the path of the list under Security.`;
    case 'unfit':
      return `${lead}: the revocation list is partial or has no end date. Ask an owner for the issuer's full list.`;
    case 'unreadable':
      return `${lead}: the revocation list cannot be read. Ask an owner to fetch it afresh.`;
    case 'other-issuer':
      return `${lead}: none of the revocation lists is by the issuer of this card. Ask an owner to add it under Security.`;
  }
}

/** The better a standing, the smaller: for choosing among several certificates of one card. */
const ORDER: readonly CardStanding[] = [
  'good',
  'revocation-unchecked',
  'no-uuid',
  'expired',
  'not-yet-valid',
  'revoked',
  'wrong-issuer',
  'self-signed',
  'no-trust-anchors',
  'wrong-usage',
  'unreadable',
  'no-certificate',
];

/** The index of the one to use: the best standing, then the one that lasts longest, then the first. Null of an empty list. */
export function bestOf(
  judged: readonly { readonly standing: CardStanding; readonly notAfter: IsoInstant }[],
): number | null {
  let best: number | null = null;
  for (const [index, one] of judged.entries()) {
    const held = best === null ? undefined : judged[best];
    if (!held || compare(one, held) < 0) best = index;
  }
  return best;
}

type Rankable = { readonly standing: CardStanding; readonly notAfter: IsoInstant };
function compare(left: Rankable, right: Rankable): number {
  const byStanding = ORDER.indexOf(left.standing) - ORDER.indexOf(right.standing);
  return byStanding !== 0 ? byStanding : instantMs(right.notAfter) - instantMs(left.notAfter);
}

/** The path that came nearest is the one to tell of. */
export function nearerProblem(left: PathProblem, right: PathProblem): PathProblem {
  return PATH_PROBLEMS.indexOf(right) > PATH_PROBLEMS.indexOf(left) ? right : left;
}

const UNCHECKED_ORDER: readonly UncheckedReason['kind'][] = [
  'none-configured',
  'other-issuer',
  'unreadable',
  'offline',
  'unfit',
  'forged',
  'not-begun',
  'stale',
];

/** Of several lists that could not answer, the one to tell of: the one that came nearest, and of two alike the older. */
export function tellingReason(reasons: readonly UncheckedReason[]): UncheckedReason {
  let telling: UncheckedReason = { kind: 'none-configured' };
  for (const reason of reasons) {
    const step = UNCHECKED_ORDER.indexOf(reason.kind) - UNCHECKED_ORDER.indexOf(telling.kind);
    if (step > 0 || (step === 0 && isMoreTelling(reason, telling))) telling = reason;
  }
  return telling;
}

/** Of stale lists the newest counts, of those to come the next; of unreachable ones the one that was missed longest, and never read before all. */
function isMoreTelling(reason: UncheckedReason, than: UncheckedReason): boolean {
  if (reason.kind === 'stale' && than.kind === 'stale')
    return instantMs(reason.since) > instantMs(than.since);
  if (reason.kind === 'not-begun' && than.kind === 'not-begun')
    return instantMs(reason.from) < instantMs(than.from);
  if (reason.kind !== 'offline' || than.kind !== 'offline' || than.since === null) return false;
  return reason.since === null || instantMs(reason.since) < instantMs(than.since);
}

function verdict(standing: CardStanding, sentence: string): CardVerdict {
  return { standing, sentence };
}

const day = (at: IsoInstant): string => showDate(londonDate(at));
