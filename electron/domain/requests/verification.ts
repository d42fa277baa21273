/**
 * Proves what was keyed against an extract from ESR: person, access and dates. Finds what nobody approved, and what is held
 * past its approval. Presence is proved by rows that were read; absence only by an extract whole for the person.
 */
import { isOver, type Span, worksOn } from '../access/effective-access.ts';
import { type IsoDate, instantMs, londonDate } from '../dates.ts';
import { reconcile } from './finding-changes.ts';
import {
  type AccessSeen,
  NEVER,
  type Outcome,
  type Raised,
  type RequestFinding,
  type RequestToVerify,
  subjectKey,
  type VerificationInput,
  type VerificationResult,
  type WhyLeftAlone,
} from './verification-facts.ts';
import {
  heldPastSentence,
  leftAloneSentence,
  NEXT_ACTIONS,
  notSeenWords,
  otherDatesSentence,
  seenAsKeyed,
  seenByPosts,
  uncoveredSentence,
} from './verification-words.ts';
import {
  approvedLastDay,
  firstUncovered,
  hasGone,
  type Uncovered,
  vouchersOf,
  withPosts,
} from './vouching.ts';

export type * from './verification-facts.ts';

/**
 * One pass over the rows read, one over the requests, one over what is known. An extract older than one read before adds
 * history and says nothing: then every keyed request is left alone, and nothing is raised or settled.
 */
export function verifyAgainstHoldings(given: VerificationInput): VerificationResult {
  const { reading, requests, known } = given;
  const input = { ...given, bySubject: groupBySubject(given.seen), strangers: strangersAccess(given) };
  const outcomes = new Map<string, Outcome>();
  for (const request of requests) {
    const outcome = judge(request, input);
    if (outcome) outcomes.set(request.requestId, outcome);
  }
  if (reading.newerReadBefore !== null) return { ...NOTHING, ...byOutcome(requests, outcomes) };
  const { uncovered, present, spokenFor, gone } = holdToApprovals(input, outcomes);
  const wanted = new Map<string, Raised>();
  for (const outcome of outcomes.values()) {
    if (outcome.kind === 'raised') wanted.set(outcome.finding.key, outcome.finding);
  }
  for (const [key, one] of uncovered) wanted.set(key, raiseUncovered(key, one, input));
  const changes = reconcile({
    ...{ known, wanted, requests, outcomes, present, spokenFor, reading },
    mayBeTheirs: (person, access) => mayBeTheirs(person, access, input),
  });
  return { ...byOutcome(requests, outcomes), ...changes, gone };
}

const NOTHING = { raised: [], settled: [], lapsed: [], gone: { requestIds: [], positionIds: [] } } as const;

type BySubject = ReadonlyMap<string, readonly AccessSeen[]>;

function groupBySubject(seen: readonly AccessSeen[]): BySubject {
  const found = new Map<string, AccessSeen[]>();
  for (const one of seen) {
    const key = subjectKey(one.person, one.access);
    const list = found.get(key);
    if (list) list.push(one);
    else found.set(key, [one]);
  }
  return found;
}

/** An account that nobody knows the person of holds this access, and may be theirs: then absence is not proved. */
function mayBeTheirs(person: string, access: string, { reading, strangers }: Judged): boolean {
  return !isAccount(person) && strangers.has(access) && !reading.accountKnown(person);
}

const isAccount = (person: string): boolean => person.startsWith('user:');

interface Judged extends VerificationInput {
  readonly bySubject: BySubject;
  /** What accounts without a person hold on the extract's day. */
  readonly strangers: ReadonlySet<string>;
}

function strangersAccess({ seen, reading }: VerificationInput): ReadonlySet<string> {
  const day = londonDate(reading.takenAt);
  return new Set(
    seen
      .filter(
        ({ person, effective }) => isAccount(person) && !reading.isNobodys(person) && !isOver(effective, day),
      )
      .map(({ access }) => access),
  );
}

function judge(request: RequestToVerify, input: Judged): Outcome | null {
  const { status, keyed, person, access, urp, requestId } = request;
  if ((status !== 'keyed' && status !== 'not-seen') || keyed === null) return null;
  const { takenAt, newerReadBefore, wholeFor } = input.reading;
  const leave = (why: WhyLeftAlone): Outcome => ({
    kind: 'left-alone',
    why,
    sentence: leftAloneSentence(why, request, takenAt, newerReadBefore),
  });
  if (instantMs(takenAt) <= instantMs(keyed.at)) return leave('keyed-after');
  if (newerReadBefore !== null) return leave('older');
  if (person === null) return leave('unknown-person');
  const day = londonDate(takenAt);
  const spells = input.bySubject.get(subjectKey(person, access)) ?? [];
  const asKeyed = spells.find((seen) => isAsKeyed(seen, request, day));
  if (asKeyed) {
    const over = isOver(asKeyed.effective, day);
    return { kind: 'verified', sentence: seenAsKeyed(urp, keyed.span, over, takenAt) };
  }
  const byPosts = spells.find((seen) => isAsKeyedByPosts(seen, request, input));
  if (byPosts)
    return { kind: 'verified', sentence: seenByPosts(urp, byPosts.effective, keyed.span, takenAt) };
  // Another row of the person might be the one that was keyed.
  if (!wholeFor(person)) return leave('unread');
  const live = mostTelling(spells.filter(({ effective }) => !isOver(effective, day)));
  if (live === null && mayBeTheirs(person, access, input)) return leave('unknown-account');
  const finding =
    live === null
      ? raiseNotSeen(
          requestId,
          request,
          keyed,
          standsInShutAccount(spells, day) ?? mostTelling(spells),
          takenAt,
        )
      : raiseOtherDates(requestId, request, keyed, live, takenAt);
  return { kind: 'raised', finding };
}

/**
 * The row as it was keyed, or an access that works on exactly those days; and never longer than the exception allows. A
 * row whose account was shut before the extract gives nothing, whatever dates stand in it.
 */
function isAsKeyed({ own, effective }: AccessSeen, request: RequestToVerify, day: IsoDate): boolean {
  const { keyed, approvedUntil } = request;
  if (keyed === null) return false;
  if (approvedUntil !== null && (effective.lastDay === null || effective.lastDay > approvedUntil))
    return false;
  if (isSameSpan(effective, keyed.span)) return true;
  return isSameSpan(own, keyed.span) && (!isOver(effective, day) || effective.lastDay === own.lastDay);
}

/**
 * ESR shows no end, or a later one, and every post of the person ends on the very day: then the access does too (domain.md,
 * effective access). Never past an exception, which is a day in ESR itself.
 */
function isAsKeyedByPosts(
  { person, effective }: AccessSeen,
  { keyed, approvedUntil }: RequestToVerify,
  { postsEnd }: Judged,
): boolean {
  if (keyed === null || keyed.span.lastDay === null || approvedUntil !== null) return false;
  return isSameSpan(withPosts(effective, postsEnd(person)), keyed.span);
}

/** An extract that does not say since when is not held against the keying; one that shows no end is. */
const isSameSpan = (shown: Span, keyed: Span): boolean =>
  (shown.from === null || shown.from === keyed.from) && shown.lastDay === keyed.lastDay;

/** The row stands, and its account lets nobody in. */
const standsInShutAccount = (spells: readonly AccessSeen[], day: IsoDate): AccessSeen | null =>
  spells.find(({ own, shutSince }) => shutSince !== undefined && !isOver(own, day)) ?? null;

/** The one that lasts longest, and of those the one that started last: what a person would look at first. */
function mostTelling(spells: readonly AccessSeen[]): AccessSeen | null {
  const rank = ({ effective }: AccessSeen) => `${effective.lastDay ?? '9999-99-99'}${effective.from ?? ''}`;
  return spells.reduce<AccessSeen | null>(
    (best, one) => (best === null || rank(one) > rank(best) ? one : best),
    null,
  );
}

type Keyed = NonNullable<RequestToVerify['keyed']>;

function raiseNotSeen(
  requestId: string,
  { urp }: RequestToVerify,
  keyed: Keyed,
  ended: AccessSeen | null,
  takenAt: string,
): Raised {
  const shown = ended === null || ended.effective === NEVER ? null : ended.effective;
  return {
    kind: 'keyed-but-not-seen',
    key: requestId,
    about: aboutText('keyed-but-not-seen', [keyed.at], null, keyed.span),
    requestId,
    seen: ended,
    shown,
    approved: keyed.span,
    ...notSeenWords(urp, keyed.at, ended, takenAt),
  };
}

function raiseOtherDates(
  requestId: string,
  request: RequestToVerify,
  keyed: Keyed,
  seen: AccessSeen,
  takenAt: string,
): Raised {
  const { urp } = request;
  const shown = seen.effective;
  const approved = { ...keyed.span, lastDay: approvedLastDay(request) };
  const day = londonDate(takenAt);
  const past = isOver(approved, day) && worksOn(shown, day);
  const kind = past ? 'held-past-approval' : 'seen-with-other-dates';
  const sentence = past
    ? heldPastSentence(urp, approved, shown, takenAt)
    : otherDatesSentence(urp, approved, shown, takenAt);
  const about = aboutText(kind, [keyed.at], shown, approved);
  return {
    kind,
    key: requestId,
    about,
    requestId,
    seen,
    shown,
    approved,
    sentence,
    nextAction: NEXT_ACTIONS[kind],
  };
}

const aboutText = (
  kind: Raised['kind'],
  facts: readonly (string | null)[],
  shown: Span | null,
  approved: Span | null,
): string =>
  [kind, ...facts, shown?.from, shown?.lastDay, approved?.from, approved?.lastDay]
    .map((part) => part ?? '-')
    .join(' ');

interface HeldToApprovals {
  readonly uncovered: ReadonlyMap<string, Uncovered>;
  /** Subjects of which the extract shows a spell that is not over. */
  readonly present: ReadonlySet<string>;
  readonly spokenFor: ReadonlySet<string>;
  readonly gone: VerificationResult['gone'];
}

function holdToApprovals(input: Judged, outcomes: ReadonlyMap<string, Outcome>): HeldToApprovals {
  const { reading, requests, bySubject } = input;
  const day = londonDate(reading.takenAt);
  const spokenFor = new Set<string>();
  const judged = new Set<string>();
  for (const { requestId, person, access } of requests) {
    const outcome = outcomes.get(requestId);
    if (outcome?.kind === 'verified') judged.add(requestId);
    // One fact is raised once: with the request whose keying it contradicts.
    if (outcome?.kind === 'raised' && person !== null) spokenFor.add(subjectKey(person, access));
  }
  const vouchers = vouchersOf(input, judged);
  const present = new Set<string>();
  const uncovered = new Map<string, Uncovered>();
  for (const [key, spells] of bySubject) {
    const live = spells.filter(({ effective }) => !isOver(effective, day));
    if (live.length === 0) continue;
    present.add(key);
    if (live[0]?.everyone === true || spokenFor.has(key)) continue;
    const one = firstUncovered(live, vouchers.get(key) ?? [], day, input.postsEnd);
    if (one) uncovered.set(key, one);
  }
  return { uncovered, present, spokenFor, gone: goneVouchers(input, day) };
}

function goneVouchers(input: Judged, day: IsoDate): VerificationResult['gone'] {
  const { reading, requests, startingPositions, bySubject } = input;
  const verified = requests.flatMap(({ status, goneSince, person, access, keyed, requestId }) =>
    status === 'verified' && goneSince === null && person !== null
      ? [{ requestId, person, access, span: keyed?.span ?? ANY_DAYS }]
      : [],
  );
  const standing = startingPositions.filter(({ goneSince }) => goneSince === null);
  const bySame = Map.groupBy([...verified, ...standing], ({ person, access }) => subjectKey(person, access));
  const isGone = (one: {
    readonly person: string;
    readonly access: string;
    readonly span: Span;
  }): boolean => {
    if (!reading.wholeFor(one.person) || mayBeTheirs(one.person, one.access, input)) return false;
    const key = subjectKey(one.person, one.access);
    const live = (bySubject.get(key) ?? []).filter(({ effective }) => !isOver(effective, day));
    const others = (bySame.get(key) ?? []).filter((other) => other !== one);
    return hasGone(one, live, others);
  };
  return {
    requestIds: verified.filter(isGone).map(({ requestId }) => requestId),
    positionIds: standing.filter(isGone).map(({ id }) => id),
  };
}

const ANY_DAYS: Span = { from: null, lastDay: null };

function raiseUncovered(key: string, one: Uncovered, { unreadAtStart }: VerificationInput): Raised {
  const { seen, why, nearest } = one;
  const kind = why === 'held-past' ? 'held-past-approval' : 'seen-but-never-approved';
  const approved = nearest?.span ?? null;
  return {
    kind,
    key,
    about: aboutText(kind, [why], seen.effective, approved),
    requestId: nearest && 'request' in nearest.by ? nearest.by.request.requestId : null,
    seen,
    shown: seen.effective,
    approved,
    sentence: uncoveredSentence(one, nearest === null && unreadAtStart(seen.person, seen.effective.from)),
    nextAction: NEXT_ACTIONS[kind],
  };
}

function byOutcome(
  requests: readonly RequestToVerify[],
  outcomes: ReadonlyMap<string, Outcome>,
): Pick<VerificationResult, 'verified' | 'notSeen' | 'leftAlone'> {
  const verified: RequestFinding[] = [];
  const notSeen: RequestFinding[] = [];
  const leftAlone: (RequestFinding & { why: WhyLeftAlone })[] = [];
  for (const { requestId, status } of requests) {
    const outcome = outcomes.get(requestId);
    if (outcome?.kind === 'verified') verified.push({ requestId, sentence: outcome.sentence });
    else if (outcome?.kind === 'left-alone')
      leftAlone.push({ requestId, why: outcome.why, sentence: outcome.sentence });
    else if (outcome?.finding.kind === 'keyed-but-not-seen' && status === 'keyed')
      notSeen.push({ requestId, sentence: outcome.finding.sentence });
  }
  return { verified, notSeen, leftAlone };
}
