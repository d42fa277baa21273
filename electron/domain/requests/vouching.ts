/**
 * What stands behind an access that ESR shows. An approval or a starting position vouches from and until what it approved,
 * and no longer once the access has gone.
 */
import { earlierEnd, isOver, type Span, worksOn } from '../access/effective-access.ts';
import { type IsoDate, type IsoInstant, instantMs } from '../dates.ts';
import {
  type AccessSeen,
  type RequestToVerify,
  type StartingPosition,
  subjectKey,
  type VerificationInput,
} from './verification-facts.ts';

export interface Voucher {
  readonly by: { readonly request: RequestToVerify } | { readonly position: StartingPosition };
  /** `from` null where any start is covered: what was approved and not keyed yet. */
  readonly span: Span;
  readonly goneSince: IsoInstant | null;
  /** False for an approval that no longer holds. */
  readonly holds: boolean;
}

export type WhyUncovered =
  | 'never'
  | 'no-longer-holds'
  | 'came-back'
  | 'starts-later'
  | 'runs-past'
  | 'held-past';

export interface Uncovered {
  readonly seen: AccessSeen;
  readonly why: WhyUncovered;
  /** What came nearest to covering it. */
  readonly nearest: Voucher | null;
}

/** The last day that was approved: by the keying's own end, and by the exception that it rests on. */
export const approvedLastDay = ({ keyed, approvedUntil }: RequestToVerify): IsoDate | null =>
  earlierEnd(keyed?.span.lastDay ?? null, approvedUntil);

/** By subject. `judged`: requests that this extract spoke about, so that they are held to what was keyed. */
export function vouchersOf(
  { requests, startingPositions }: Pick<VerificationInput, 'requests' | 'startingPositions'>,
  judged: ReadonlySet<string>,
): ReadonlyMap<string, readonly Voucher[]> {
  const found = new Map<string, Voucher[]>();
  const add = (key: string, voucher: Voucher) => {
    const list = found.get(key);
    if (list) list.push(voucher);
    else found.set(key, [voucher]);
  };
  for (const request of requests) {
    if (request.person === null) continue;
    const { keyed, goneSince, status, requestId } = request;
    const bound = status === 'verified' || judged.has(requestId);
    const span = {
      from: bound ? (keyed?.span.from ?? null) : null,
      lastDay: bound ? approvedLastDay(request) : request.approvedUntil,
    };
    add(subjectKey(request.person, request.access), {
      by: { request },
      span,
      goneSince,
      holds: request.holds ?? true,
    });
  }
  for (const position of startingPositions) {
    const { person, access, span, goneSince } = position;
    add(subjectKey(person, access), { by: { position }, span, goneSince, holds: true });
  }
  return found;
}

/** The spell that is furthest from being covered; null where every one is. `spells` are those not over on `day`. */
export function firstUncovered(
  spells: readonly AccessSeen[],
  vouchers: readonly Voucher[],
  day: IsoDate,
  postsEnd: VerificationInput['postsEnd'],
): Uncovered | null {
  let worst: AccessSeen | null = null;
  for (const seen of spells) {
    if (vouchers.some((voucher) => covers(voucher, seen.effective))) continue;
    if (coveredByPosts(seen, vouchers, postsEnd)) continue;
    if (worst === null || outlasts(seen.effective, worst.effective)) worst = seen;
  }
  return worst && { seen: worst, ...whyUncovered(worst.effective, vouchers, day) };
}

/** The same days, no longer than the person's posts. */
export const withPosts = ({ from, lastDay }: Span, postsEnd: IsoDate | null): Span => ({
  from,
  lastDay: earlierEnd(lastDay, postsEnd),
});

/** An approval until a day covers access that ends with the person's last post by then; one by exception does not. */
function coveredByPosts(
  { person, effective }: AccessSeen,
  vouchers: readonly Voucher[],
  postsEnd: VerificationInput['postsEnd'],
): boolean {
  const dated = vouchers.filter(
    ({ by, span }) => 'request' in by && by.request.approvedUntil === null && span.lastDay !== null,
  );
  if (dated.length === 0) return false;
  const shown = withPosts(effective, postsEnd(person));
  return dated.some((voucher) => covers(voucher, shown));
}

/**
 * True where the extract shows no spell that this voucher can have meant. A row that starts on the very day of another
 * voucher of the same access is that one's, and stands for no second row that has gone.
 */
export function hasGone(
  { span }: Pick<Voucher, 'span'>,
  spells: readonly AccessSeen[],
  others: readonly Pick<Voucher, 'span'>[],
): boolean {
  if (spells.some(({ effective }) => span.from !== null && effective.from === span.from)) return false;
  const isOthers = ({ effective }: AccessSeen) =>
    others.some((other) => other.span.from !== null && other.span.from === effective.from);
  return !spells.some((seen) => startsInTime(span, seen.effective) && !isOthers(seen));
}

const covers = ({ span, goneSince, holds }: Voucher, shown: Span): boolean =>
  holds && goneSince === null && startsInTime(span, shown) && endsInTime(span, shown);

const startsInTime = (approved: Span, shown: Span): boolean =>
  approved.from === null || shown.from === null || shown.from <= approved.from;

const endsInTime = (approved: Span, shown: Span): boolean =>
  approved.lastDay === null || (shown.lastDay !== null && shown.lastDay <= approved.lastDay);

function outlasts(a: Span, b: Span): boolean {
  if (a.lastDay !== b.lastDay) return a.lastDay === null || (b.lastDay !== null && a.lastDay > b.lastDay);
  return (a.from ?? '') < (b.from ?? '');
}

/** The voucher that says most about it: one still in force before one that has gone, the one that went last, the longest. */
function whyUncovered(
  shown: Span,
  vouchers: readonly Voucher[],
  day: IsoDate,
): Pick<Uncovered, 'why' | 'nearest'> {
  let nearest: Voucher | null = null;
  for (const voucher of vouchers) {
    if (nearest === null || isNearer(voucher, nearest)) nearest = voucher;
  }
  if (nearest === null) return { why: 'never', nearest };
  if (!nearest.holds) return { why: 'no-longer-holds', nearest };
  if (nearest.goneSince !== null) return { why: 'came-back', nearest };
  if (!startsInTime(nearest.span, shown)) return { why: 'starts-later', nearest };
  return { why: isOver(nearest.span, day) && worksOn(shown, day) ? 'held-past' : 'runs-past', nearest };
}

function isNearer(a: Voucher, b: Voucher): boolean {
  if (a.holds !== b.holds) return a.holds;
  if (a.goneSince !== b.goneSince) {
    if (a.goneSince === null || b.goneSince === null) return a.goneSince === null;
    return instantMs(a.goneSince) > instantMs(b.goneSince);
  }
  return outlasts(a.span, b.span);
}
