/** Proves what was keyed against the next extract from ESR, and finds what nobody approved. */
import type { AccessCatalogue } from '../access/catalogue.ts';
import { type IsoDate, type IsoInstant, instantMs, londonDate, showDate, showInstant } from '../dates.ts';

export interface RequestToVerify {
  readonly requestId: string;
  readonly reference: string;
  readonly status: 'approved' | 'keyed' | 'not-seen' | 'verified';
  readonly employeeNumber: string;
  readonly urp: string;
  /** Null only while approved. */
  readonly keyedAt: IsoInstant | null;
}

export interface HoldingSeen {
  /** Null when the register does not know the person. */
  readonly employeeNumber: string | null;
  readonly username: string | null;
  /** Catalogue name, or null when unknown. */
  readonly urp: string | null;
  readonly asExported: string;
  readonly startDate: IsoDate | null;
  readonly endDate: IsoDate | null;
}

export type FindingKind = 'keyed-but-not-seen' | 'seen-but-never-approved' | 'keyed-no-longer-grantable';

export interface OpenFinding {
  readonly findingId: string;
  readonly kind: FindingKind;
  /** The key this module gave it: see `RaisedHolding.key`; for what is about a keyed request the request's id. */
  readonly key: string;
  /** When the extract that raised it was taken. */
  readonly raisedFrom: IsoInstant;
}

export interface RaisedHolding {
  /** Stable across extracts: holder and access. Store it with the finding. */
  readonly key: string;
  readonly holding: HoldingSeen;
  readonly sentence: string;
}

export interface VerificationInput {
  readonly requests: readonly RequestToVerify[];
  readonly holdings: readonly HoldingSeen[];
  readonly extractTakenAt: IsoInstant;
  readonly catalogue: AccessCatalogue;
  /** Findings still open. */
  readonly previouslyRaised: readonly OpenFinding[];
  /** Keys (see {@link holdingKey}) accepted as they stood when the store began. */
  readonly baseline: ReadonlySet<string>;
}

export interface RequestFinding {
  readonly requestId: string;
  readonly sentence: string;
}

export interface VerificationResult {
  readonly verified: readonly RequestFinding[];
  /** Newly not seen; requests already 'not-seen' are not repeated. */
  readonly notSeen: readonly RequestFinding[];
  readonly provesNothing: readonly RequestFinding[];
  /** Newly raised, one for each key; findings already open are not repeated. */
  readonly neverApproved: readonly RaisedHolding[];
  /** Open findings whose cause has gone. */
  readonly noLonger: readonly { readonly finding: OpenFinding; readonly sentence: string }[];
}

/** Holder and access as one text: the identity of a holding across extracts. */
export function holdingKey(
  holding: Pick<HoldingSeen, 'employeeNumber' | 'username' | 'urp' | 'asExported'>,
): string {
  const holder = holding.employeeNumber ?? `user:${(holding.username ?? '').trim().toUpperCase()}`;
  return `${holder}|${holding.urp ?? `?${holding.asExported.trim().toLowerCase()}`}`;
}

/**
 * One pass over the holdings, one over the requests, one over the open findings. The extract speaks only about what was
 * keyed before it was taken; everything else is left as it stands, with a sentence.
 */
export function verifyAgainstHoldings(input: VerificationInput): VerificationResult {
  const current = currentHoldings(input.holdings, londonDate(input.extractTakenAt));
  const requests = judgeRequests(input, current);
  const unapproved = unapprovedHoldings(input, current);
  const known = new Set(
    input.previouslyRaised.filter(({ kind }) => kind === 'seen-but-never-approved').map(({ key }) => key),
  );
  const neverApproved: RaisedHolding[] = [];
  for (const [key, holding] of unapproved) {
    if (!known.has(key)) neverApproved.push({ key, holding, sentence: neverApprovedSentence(holding) });
  }
  return { ...requests, neverApproved, noLonger: goneFindings(input, current, unapproved) };
}

/** By key; an end date is the last day on which the access works. */
function currentHoldings(
  holdings: readonly HoldingSeen[],
  extractDate: IsoDate,
): ReadonlyMap<string, HoldingSeen> {
  const found = new Map<string, HoldingSeen>();
  for (const holding of holdings) {
    if (holding.endDate !== null && holding.endDate < extractDate) continue;
    const key = holdingKey(holding);
    if (!found.has(key)) found.set(key, holding);
  }
  return found;
}

function judgeRequests(
  { requests, extractTakenAt }: VerificationInput,
  current: ReadonlyMap<string, HoldingSeen>,
): Pick<VerificationResult, 'verified' | 'notSeen' | 'provesNothing'> {
  const verified: RequestFinding[] = [];
  const notSeen: RequestFinding[] = [];
  const provesNothing: RequestFinding[] = [];
  const taken = instantMs(extractTakenAt);
  const extract = `the extract of ${showInstant(extractTakenAt)}`;
  for (const { requestId, status, keyedAt, employeeNumber, urp } of requests) {
    if ((status !== 'keyed' && status !== 'not-seen') || keyedAt === null) continue;
    if (taken <= instantMs(keyedAt)) {
      const sentence = `Keyed at ${showInstant(keyedAt)}; ${extract} was taken before, so it proves nothing. Next: import an extract taken after the keying.`;
      provesNothing.push({ requestId, sentence });
    } else if (current.has(requestKey(employeeNumber, urp))) {
      verified.push({ requestId, sentence: `ESR shows ${urp} in ${extract}.` });
    } else if (status === 'keyed') {
      const sentence = `Keyed at ${showInstant(keyedAt)}, but ${extract} does not show ${urp}. Next: look in ESR, key it again if it is not there, or correct what was recorded.`;
      notSeen.push({ requestId, sentence });
    }
  }
  return { verified, notSeen, provesNothing };
}

/** Held now, not for everybody, not there from the start, and with no approved request behind it. */
function unapprovedHoldings(
  { requests, catalogue, baseline }: VerificationInput,
  current: ReadonlyMap<string, HoldingSeen>,
): ReadonlyMap<string, HoldingSeen> {
  const forEverybody = new Set(catalogue.entries.filter(({ everyone }) => everyone).map(({ name }) => name));
  const backed = new Set(requests.map(({ employeeNumber, urp }) => requestKey(employeeNumber, urp)));
  const found = new Map<string, HoldingSeen>();
  for (const [key, holding] of current) {
    if (holding.urp !== null && forEverybody.has(holding.urp)) continue;
    if (!baseline.has(key) && !backed.has(key)) found.set(key, holding);
  }
  return found;
}

function requestKey(employeeNumber: string, urp: string): string {
  return holdingKey({ employeeNumber, urp, username: null, asExported: urp });
}

function neverApprovedSentence({
  urp,
  asExported,
  employeeNumber,
  username,
  startDate,
}: HoldingSeen): string {
  const who =
    employeeNumber !== null
      ? `employee ${employeeNumber}`
      : `user ${username?.trim() || '(no username)'}, whom the register does not know,`;
  const what = urp ?? `“${asExported.trim()}”, which the catalogue does not know,`;
  const since = startDate === null ? '' : ` since ${showDate(startDate)}`;
  return `ESR shows ${what} for ${who}${since}, and no request here approved it. Next: ask who gave it, then have it approved by a OneForm or end it in ESR.`;
}

/** A cause goes only by newer evidence: an extract no newer than the one that raised the finding says nothing. */
function goneFindings(
  { requests, previouslyRaised, extractTakenAt }: VerificationInput,
  current: ReadonlyMap<string, HoldingSeen>,
  unapproved: ReadonlyMap<string, HoldingSeen>,
): VerificationResult['noLonger'] {
  const gone: { finding: OpenFinding; sentence: string }[] = [];
  const byId = new Map(requests.map((request) => [request.requestId, request]));
  const shown = showInstant(extractTakenAt);
  for (const finding of previouslyRaised) {
    const newer = instantMs(extractTakenAt) > instantMs(finding.raisedFrom);
    switch (finding.kind) {
      case 'keyed-but-not-seen': {
        const reason = keyedCauseGone(byId.get(finding.key), current, extractTakenAt);
        if (reason && (newer || reason.byWork)) gone.push({ finding, sentence: reason.sentence });
        break;
      }
      case 'keyed-no-longer-grantable': {
        const reason = grantGone(byId.get(finding.key), current, extractTakenAt);
        if (reason && (newer || reason.byWork)) gone.push({ finding, sentence: reason.sentence });
        break;
      }
      case 'seen-but-never-approved':
        if (unapproved.has(finding.key) || (!current.has(finding.key) && !newer)) break;
        gone.push({
          finding,
          sentence: current.has(finding.key)
            ? 'The access now has an approved request behind it, or is accepted.'
            : `The extract of ${shown} no longer shows the access.`,
        });
        break;
      default:
        return unreachable(finding.kind);
    }
  }
  return gone;
}

function keyedCauseGone(
  request: RequestToVerify | undefined,
  current: ReadonlyMap<string, HoldingSeen>,
  extractTakenAt: IsoInstant,
): { readonly sentence: string; readonly byWork: boolean } | null {
  if (!request || request.status === 'approved' || request.keyedAt === null) {
    return { sentence: 'The request no longer says that it was keyed.', byWork: true };
  }
  if (request.status === 'verified') return { sentence: 'The request has been verified.', byWork: true };
  const proves = instantMs(extractTakenAt) > instantMs(request.keyedAt);
  if (!proves || !current.has(requestKey(request.employeeNumber, request.urp))) return null;
  return { sentence: `The extract of ${showInstant(extractTakenAt)} shows the access.`, byWork: false };
}

/** Access that was keyed though it was no longer grantable is settled once ESR shows it no more. */
function grantGone(
  request: RequestToVerify | undefined,
  current: ReadonlyMap<string, HoldingSeen>,
  extractTakenAt: IsoInstant,
): { readonly sentence: string; readonly byWork: boolean } | null {
  if (!request || request.status === 'approved' || request.keyedAt === null) {
    return { sentence: 'The request no longer says that it was keyed.', byWork: true };
  }
  const proves = instantMs(extractTakenAt) > instantMs(request.keyedAt);
  if (!proves || current.has(requestKey(request.employeeNumber, request.urp))) return null;
  return {
    sentence: `The extract of ${showInstant(extractTakenAt)} no longer shows the access.`,
    byWork: false,
  };
}

function unreachable(never: never): never {
  throw new Error(`no such finding: ${String(never)}`);
}
