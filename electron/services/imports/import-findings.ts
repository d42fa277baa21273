import { type PersonKey, personIdOf } from '../../domain/people/person-key.ts';
import type { Raised } from '../../domain/requests/verification.ts';
import type { StoredFinding } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import type { ImportContext } from './import-context.ts';

/** What the ledger says of each kind. */
const KIND_WORDS: Readonly<Record<StoredFinding['kind'], string>> = {
  'keyed-but-not-seen': 'keyed but not seen',
  'seen-with-other-dates': 'seen, with other dates',
  'held-past-approval': 'held past its approval',
  'seen-but-never-approved': 'seen but never approved',
  'keyed-no-longer-grantable': 'keyed though no longer grantable',
};

export interface FindingSource {
  readonly importId: string;
  readonly takenAt: string;
}

/** Whom a finding is about, as it is written with it. */
export interface FindingPerson {
  readonly employeeNumber: string;
  /** ESR's; null where nobody knows it. */
  readonly personId: string | null;
  readonly name: string;
  readonly urp: string;
}

/** A finding and its event: the program raises it, not the person who pressed Import. */
export function raiseFinding(
  { access, clock, ids }: ImportContext,
  raised: Raised,
  person: FindingPerson,
  { importId, takenAt }: FindingSource,
): void {
  const { kind, requestId, seen, about, shown, approved, sentence, nextAction, key } = raised;
  const finding: StoredFinding = {
    ...{ id: ids.next(), kind, requestId, about, shown, approved, sentence, nextAction, importId },
    subject: key === requestId ? 'request' : 'access',
    employeeNumber: person.employeeNumber,
    personId: seen === null ? person.personId : personIdOf(seen.person as PersonKey),
    person: person.name,
    urp: person.urp,
    username: seen?.evidence.username ?? null,
    exportedName: seen?.evidence.asExported ?? null,
    raisedAt: clock.now(),
    extractTakenAt: takenAt,
    ...{ settledAt: null, settledBy: null, settlement: null, causeGoneAt: null },
  };
  access.findings.insert(finding);
  record(access.ledger, clock, null, {
    operation: 'findings.raise',
    subject: { kind: 'finding', id: finding.id },
    sentence: `Raised an exception: ${KIND_WORDS[kind]}`,
    detail: { kind, requestId, importId, takenAt },
    // A local URP may be named after a person or a ward of two.
    personal: { employeeNumber: finding.employeeNumber, urp: finding.urp },
  });
}

export function settleByProgram(
  { access, clock }: ImportContext,
  findingId: string,
  settlement: string,
  { importId, takenAt }: FindingSource,
): void {
  const kind = access.findings.get(findingId)?.kind;
  access.findings.settle(findingId, { at: clock.now(), by: null, settlement });
  record(access.ledger, clock, null, {
    operation: 'findings.settle',
    subject: { kind: 'finding', id: findingId },
    sentence: kind
      ? `An extract settled an exception: ${KIND_WORDS[kind]}`
      : 'An extract settled an exception',
    detail: { ...(kind && { kind }), importId, takenAt, settlement },
  });
}
