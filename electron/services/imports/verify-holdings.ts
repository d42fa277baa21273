import { type AccessCatalogue, createEntryFinder } from '../../domain/access/catalogue.ts';
import { decide, type RequestCommand } from '../../domain/requests/transitions.ts';
import {
  type HoldingSeen,
  holdingKey,
  type OpenFinding,
  type RaisedHolding,
  type RequestFinding,
  verifyAgainstHoldings,
} from '../../domain/requests/verification.ts';
import type { Actor, StoredFinding, StoredRequest } from '../ports.ts';
import { record } from '../record.ts';
import { readCatalogue } from '../settings/store-settings.ts';
import { whoResolver } from '../who-is-who.ts';
import type { ImportContext } from './import-context.ts';

export interface VerificationCounts {
  readonly verified: number;
  readonly notSeen: number;
  readonly neverApproved: number;
  readonly provesNothing: readonly string[];
}

interface Extract {
  readonly importId: string;
  readonly takenAt: string;
  /** Employee numbers of which a row could not be read. */
  readonly unread: ReadonlySet<string>;
}

/**
 * Proves the requests against the holdings just written, within their transaction: closes what is seen, raises what is
 * not, raises what nobody approved, and settles exceptions whose cause has gone.
 */
export function verifyHoldings(
  context: ImportContext,
  given: Extract,
  startingPosition: boolean,
  actor: Actor,
): VerificationCounts {
  const { access, imports, clock } = context;
  const catalogue = readCatalogue(access.settings);
  const holdings = [...imports.currentHoldings()];
  if (startingPosition) acceptAll(context, holdings, given.importId);
  // No extract proves anything of a time after it came in, whatever its own clock said.
  const extract: Extract = { ...given, takenAt: earlier(given.takenAt, clock.now()) };
  const result = verifyAgainstHoldings({
    requests: [...access.requests.toVerify()],
    holdings,
    extractTakenAt: extract.takenAt,
    catalogue,
    previouslyRaised: openFindings(context, catalogue),
    baseline: access.findings.startingPositions(),
  });
  const people = imports.peopleByNumber();
  for (const one of result.verified) mark(context, one, 'markSeen', extract, actor);
  const formOf = (requestId: string) => access.requests.get(requestId)?.request;
  const about = (requestId: string, sentence: string) =>
    `OneForm ${formOf(requestId)?.form.reference ?? requestId}: ${sentence}`;
  const provesNothing = result.provesNothing.map((one) => about(one.requestId, one.sentence));
  let notSeen = 0;
  for (const one of result.notSeen) {
    const beneficiary = formOf(one.requestId)?.progress.beneficiary ?? '';
    if (extract.unread.has(beneficiary)) {
      provesNothing.push(about(one.requestId, UNREAD));
      continue;
    }
    notSeen += 1;
    const stored = mark(context, one, 'markNotSeen', extract, actor);
    if (stored) access.findings.insert(notSeenFinding(context, stored, one, extract));
  }
  for (const one of result.neverApproved) {
    access.findings.insert(neverApprovedFinding(context, one, people, extract));
  }
  for (const { finding, sentence } of result.noLonger) {
    access.findings.settle(finding.findingId, { at: clock.now(), by: actor.userId, settlement: sentence });
  }
  return {
    verified: result.verified.length,
    notSeen,
    neverApproved: result.neverApproved.length,
    provesNothing,
  };
}

const earlier = (a: string, b: string): string => (a.localeCompare(b) < 0 ? a : b);

const UNREAD =
  'A row of the person in this extract could not be read, so it proves nothing. Next: mend the row and import the next extract.';

function acceptAll({ imports }: ImportContext, holdings: readonly HoldingSeen[], importId: string): void {
  // A starting position is stored as the two halves of the key by which it is looked up later.
  const pairs = holdings.flatMap((holding) => {
    const { employeeNumber } = holding;
    if (employeeNumber === null) return [];
    return [{ employeeNumber, urp: holdingKey(holding).slice(employeeNumber.length + 1) }];
  });
  imports.acceptStartingPositions(pairs, importId);
}

function openFindings({ access }: ImportContext, catalogue: AccessCatalogue): readonly OpenFinding[] {
  const find = createEntryFinder(catalogue);
  return access.findings.open().map((finding) => {
    const entry = find(finding.urp);
    const urp = entry.kind === 'found' ? entry.entry.name : null;
    const { employeeNumber, username, requestId, kind } = finding;
    const key = holdingKey({ employeeNumber, username, urp, asExported: finding.urp });
    return {
      findingId: finding.id,
      kind,
      key: kind === 'seen-but-never-approved' ? key : (requestId ?? key),
      raisedFrom: finding.extractTakenAt,
    };
  });
}

/** Null where the domain refuses: the request then stays as it is. */
function mark(
  { access, clock }: ImportContext,
  { requestId, sentence }: RequestFinding,
  kind: 'markSeen' | 'markNotSeen',
  { importId, takenAt }: Extract,
  actor: Actor,
): StoredRequest | null {
  const stored = access.requests.get(requestId);
  if (!stored) return null;
  const now = clock.now();
  const command: RequestCommand = { kind, extractId: importId, takenAt };
  const decision = decide(stored.request, command, { actor, now, who: whoResolver(access.who) });
  if (!decision.ok) return null;
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
  record(access.ledger, clock, actor, {
    ...decision.event,
    sentence: `OneForm ${reference}: ${outcome}`,
    personal: { ...decision.event.personal, sentence },
  });
  return next;
}

function notSeenFinding(
  { ids, clock }: ImportContext,
  { request, person }: StoredRequest,
  { sentence }: RequestFinding,
  { importId, takenAt }: Extract,
): StoredFinding {
  return {
    id: ids.next(),
    kind: 'keyed-but-not-seen',
    requestId: request.id,
    employeeNumber: request.progress.beneficiary ?? '',
    person,
    urp: request.urp ?? request.form.accessAsTyped,
    username: null,
    importId,
    raisedAt: clock.now(),
    extractTakenAt: takenAt,
    sentence,
    nextAction: 'Look the person up in ESR. Key the access if it is missing, then import the next extract.',
    ...OPEN,
  };
}

function neverApprovedFinding(
  { ids, clock }: ImportContext,
  { holding, sentence }: RaisedHolding,
  people: ReadonlyMap<string, string>,
  { importId, takenAt }: Extract,
): StoredFinding {
  const employeeNumber = holding.employeeNumber ?? '';
  return {
    id: ids.next(),
    kind: 'seen-but-never-approved',
    requestId: null,
    employeeNumber,
    person: people.get(employeeNumber) ?? holding.username ?? employeeNumber,
    urp: holding.urp ?? holding.asExported,
    username: holding.username,
    importId,
    raisedAt: clock.now(),
    extractTakenAt: takenAt,
    sentence,
    nextAction: 'Ask the line manager for a OneForm, or end the access in ESR (5.1.1).',
    ...OPEN,
  };
}

const OPEN = { settledAt: null, settledBy: null, settlement: null } as const;
