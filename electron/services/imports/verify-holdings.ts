import type { PersonAnswer } from '../../domain/people/person-key.ts';
import type { Reading } from '../../domain/register/reading.ts';
import { decide, type RequestCommand } from '../../domain/requests/transitions.ts';
import {
  type FindingKind,
  type Raised,
  type RequestFinding,
  type VerificationResult,
  verifyAgainstHoldings,
  type WhyLeftAlone,
} from '../../domain/requests/verification.ts';
import type { Actor } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { matchedNumber, whoResolver } from '../ground/who-is-who.ts';
import { startingPositionsOf } from './access-seen.ts';
import { gatherVerification, type VerificationFacts } from './gather-verification.ts';
import type { ImportContext } from './import-context.ts';
import { type FindingPerson, type FindingSource, raiseFinding, settleByProgram } from './import-findings.ts';

export interface VerificationCounts {
  readonly verified: number;
  readonly raised: Readonly<Record<FindingKind, number>>;
  readonly settled: number;
  readonly leftAlone: readonly { readonly why: WhyLeftAlone; readonly sentence: string }[];
}

export interface HoldingsExtract extends FindingSource {
  readonly reading: Reading;
  /** When the newest extract read before was taken, where that is later than this one. */
  readonly newerReadBefore: string | null;
}

/** Whatever an import does to a request or a finding is the program's doing. */
const PROGRAM = { userId: 'the-program', employeeNumber: null } as const;

/**
 * Proves the requests against the rows just read, within the import's transaction: closes what is seen as it was keyed,
 * raises what is not, what nobody approved and what runs past its approval, and settles exceptions whose cause has gone.
 * Each of them is an event of its own.
 */
export function verifyHoldings(
  context: ImportContext,
  given: HoldingsExtract,
  /** Whoever accepts what stands as the starting position; null where nobody does. */
  accepting: Actor | null,
): VerificationCounts {
  const { access, clock } = context;
  // No extract proves anything of a time after it came in, whatever its own clock said.
  const extract = { ...given, takenAt: earlier(given.takenAt, clock.now()) };
  const facts = gatherVerification(context, extract);
  if (accepting !== null) {
    const own = access.who.personOfStep(accepting);
    const others = facts.input.seen.filter(({ person }) => !isOrMayBe(own, person));
    access.findings.acceptPositions(
      startingPositionsOf(others, extract.takenAt, facts.meaning),
      extract.importId,
    );
  }
  const input =
    accepting !== null ? { ...facts.input, startingPositions: facts.readPositions() } : facts.input;
  const result = verifyAgainstHoldings(input);
  for (const one of result.verified) mark(context, one, 'markSeen', extract);
  for (const one of result.notSeen) mark(context, one, 'markNotSeen', extract);
  for (const { findingId, sentence } of result.settled) {
    settleByProgram(context, findingId, sentence, extract);
  }
  for (const id of result.lapsed) access.findings.lapse(id, clock.now());
  for (const one of result.raised) raiseFinding(context, one, personOf(context, one, facts), extract);
  access.findings.positionsGone(result.gone.positionIds, extract.takenAt);
  access.findings.approvalsGone(result.gone.requestIds, extract.importId, extract.takenAt);
  return countsOf(result, facts);
}

/** Nobody accepts their own access: it is raised, for another officer to look at. */
export const isOrMayBe = (own: PersonAnswer, person: string): boolean =>
  own.kind === 'person' && (own.key === person || (own.mayBe ?? []).some((other) => other === person));

const earlier = (a: string, b: string): string => (a.localeCompare(b) < 0 ? a : b);

function countsOf(result: VerificationResult, { referenceOf }: VerificationFacts): VerificationCounts {
  const raised = { ...NO_FINDINGS };
  for (const { kind } of result.raised) raised[kind] += 1;
  return {
    verified: result.verified.length,
    raised,
    settled: result.settled.length,
    leftAlone: result.leftAlone.map(({ requestId, why, sentence }) => ({
      why,
      sentence: `OneForm ${referenceOf(requestId)}: ${sentence}`,
    })),
  };
}

export const NO_FINDINGS: Readonly<Record<FindingKind, number>> = {
  'keyed-but-not-seen': 0,
  'seen-with-other-dates': 0,
  'held-past-approval': 0,
  'seen-but-never-approved': 0,
  'keyed-no-longer-grantable': 0,
};

/** The request's own words for whom and what it is about; for an access of nobody's request, the row's. */
function personOf({ access }: ImportContext, raised: Raised, facts: VerificationFacts): FindingPerson {
  const { key, requestId, seen } = raised;
  const stored = key === requestId ? access.requests.get(requestId) : null;
  if (stored) {
    const { request, person } = stored;
    return {
      employeeNumber: matchedNumber(access.who, request.progress) ?? '',
      personId: request.progress.personId ?? null,
      name: person,
      urp: request.urp ?? request.form.accessAsTyped,
    };
  }
  const evidence = seen?.evidence;
  const employeeNumber = evidence?.employeeNumber ?? '';
  return {
    employeeNumber,
    personId: null,
    name: facts.nameOf(seen?.person ?? '') ?? evidence?.username ?? employeeNumber,
    urp: seen === null || seen.access.startsWith('?') ? (evidence?.asExported ?? '') : seen.access,
  };
}

/** A domain that refuses leaves the request as it is. */
function mark(
  { access, clock }: ImportContext,
  { requestId, sentence }: RequestFinding,
  kind: 'markSeen' | 'markNotSeen',
  { importId, takenAt }: FindingSource,
): void {
  const stored = access.requests.get(requestId);
  if (!stored) return;
  const now = clock.now();
  const command: RequestCommand = { kind, extractId: importId, takenAt };
  const decision = decide(stored.request, command, { actor: PROGRAM, now, who: whoResolver(access.who) });
  if (!decision.ok) return;
  const next = {
    request: decision.next,
    revision: stored.revision + 1,
    changedAt: now,
    person: stored.person,
  };
  access.requests.update(next, stored.revision);
  const { reference } = decision.next.form;
  const outcome =
    kind === 'markSeen' ? 'seen in the extract and closed' : 'keyed but not seen in the extract';
  record(access.ledger, clock, null, {
    ...decision.event,
    sentence: `OneForm ${reference}: ${outcome}`,
    personal: { ...decision.event.personal, sentence },
  });
}
