/** What becomes of the findings that are known, when the next extract has been read. */
import { type IsoInstant, instantMs, showInstant } from '../dates.ts';
import {
  type KnownFinding,
  type Outcome,
  type Raised,
  type ReadingOfHoldings,
  type RequestToVerify,
  subjectKey,
  type VerificationResult,
} from './verification-facts.ts';

export interface Reconciled {
  readonly known: readonly KnownFinding[];
  /** What this extract would raise, by key. */
  readonly wanted: ReadonlyMap<string, Raised>;
  readonly requests: readonly RequestToVerify[];
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** Subjects of which the extract shows a spell that is not over. */
  readonly present: ReadonlySet<string>;
  /** Subjects that are raised with the request whose keying they contradict. */
  readonly spokenFor: ReadonlySet<string>;
  /** Whether an account that nobody knows the person of holds this access, so that absence is not proved. */
  readonly mayBeTheirs: (person: string, access: string) => boolean;
  readonly reading: ReadingOfHoldings;
}

/**
 * A finding stays as it is, open or settled by a person, until something about it changes; a cause goes only by work done
 * here, or by newer evidence that is whole for the person.
 */
export function reconcile(given: Reconciled): Pick<VerificationResult, 'raised' | 'settled' | 'lapsed'> {
  const settled: { findingId: string; sentence: string }[] = [];
  const lapsed: string[] = [];
  const standing = new Set<string>();
  const byId = new Map(given.requests.map((request) => [request.requestId, request]));
  for (const finding of given.known) {
    // What was keyed against an objection stands beside whatever else is found of the same request.
    const wanted = isObjection(finding) ? undefined : given.wanted.get(finding.key);
    if (wanted && isSameFinding(finding, wanted)) {
      standing.add(finding.key);
      continue;
    }
    const sentence = wanted ? changedSentence(given.reading.takenAt) : causeGone(finding, given, byId);
    if (sentence === null) continue;
    if (finding.open) settled.push({ findingId: finding.findingId, sentence });
    else lapsed.push(finding.findingId);
  }
  const raised = [...given.wanted.values()].filter(({ key }) => !standing.has(key));
  return { raised, settled, lapsed };
}

const isSameFinding = (finding: KnownFinding, wanted: Raised): boolean =>
  finding.kind === wanted.kind && (finding.about === null || finding.about === wanted.about);

const changedSentence = (takenAt: IsoInstant): string =>
  `The extract of ${showInstant(takenAt)} shows something else, which is raised as a finding of its own.`;

const isObjection = ({ kind }: KnownFinding): boolean => kind === 'keyed-no-longer-grantable';

function causeGone(
  finding: KnownFinding,
  given: Reconciled,
  byId: ReadonlyMap<string, RequestToVerify>,
): string | null {
  const { outcomes, present, reading } = given;
  const taken = instantMs(reading.takenAt);
  const newer = taken > instantMs(finding.raisedFrom);
  const extract = `The extract of ${showInstant(reading.takenAt)}`;
  if (isObjection(finding)) return objectionGone(finding, given, byId.get(finding.key));
  if (isAboutRequest(finding)) {
    const byWork = workedOff(finding, byId.get(finding.key));
    if (byWork !== null) return byWork;
    // The same extract read again may show it: by then somebody said whose the account is, or mended the file.
    const asNew = taken >= instantMs(finding.raisedFrom);
    return asNew && outcomes.get(finding.key)?.kind === 'verified'
      ? `${extract} shows the access as it was keyed.`
      : null;
  }
  if (given.spokenFor.has(finding.key)) return changedSentence(reading.takenAt);
  if (present.has(finding.key)) return 'The access now has an approval behind it, or is accepted.';
  const stroke = finding.key.indexOf('|');
  const isGone = provesAbsence(given, finding.key.slice(0, stroke), finding.key.slice(stroke + 1));
  return newer && isGone ? `${extract} no longer shows the access.` : null;
}

const provesAbsence = ({ reading, mayBeTheirs }: Reconciled, person: string, access: string): boolean =>
  reading.wholeFor(person) && !mayBeTheirs(person, access);

/** A subject is person and access with a stroke between them; a request's id has none. */
const isAboutRequest = ({ key }: KnownFinding): boolean => !key.includes('|');

function workedOff({ raisedFrom }: KnownFinding, request: RequestToVerify | undefined): string | null {
  if (!request || request.status === 'approved' || request.keyed === null) {
    return 'The request no longer says that it was keyed.';
  }
  if (request.status === 'verified') return 'The request has been verified.';
  return instantMs(request.keyed.at) > instantMs(raisedFrom)
    ? `It was keyed again at ${showInstant(request.keyed.at)}, and the next extract will show it.`
    : null;
}

/** Access that was keyed though it was no longer grantable is settled once ESR shows it no more. */
function objectionGone(
  { raisedFrom }: KnownFinding,
  given: Reconciled,
  request: RequestToVerify | undefined,
): string | null {
  if (!request || request.status === 'approved' || request.keyed === null) {
    return 'The request no longer says that it was keyed.';
  }
  const { present, reading } = given;
  const { person, access, keyed } = request;
  const taken = instantMs(reading.takenAt);
  const proves = taken > instantMs(keyed.at) && taken > instantMs(raisedFrom);
  if (!proves || person === null || !provesAbsence(given, person, access)) return null;
  return present.has(subjectKey(person, access))
    ? null
    : `The extract of ${showInstant(reading.takenAt)} no longer shows the access.`;
}
