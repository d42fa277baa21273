import type { Input, Output } from '../../contract/contract.ts';
import type { FindingRow } from '../../contract/findings.contract.ts';
import { comparePeople, type PersonAnswer } from '../../domain/people/person-key.ts';
import { userNames } from '../ground/account-names.ts';
import type { ActingContext } from '../ground/context.ts';
import type { OpenStore } from '../ground/open-store.ts';
import type { SignedIn } from '../ground/permit.ts';
import type { StoredFinding } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { notFound, ServiceError } from '../ground/service-error.ts';
import type { WhoIsWho } from '../ground/who-is-who.ts';

export function listFindings(
  store: OpenStore,
  { open, offset, limit }: Input<'findings:list'>,
): Output<'findings:list'> {
  const { total, rows } = store.access.findings.list(open, { offset, limit });
  const nameOf = userNames(store);
  return {
    total,
    openByKind: { ...store.access.findings.countOpen() },
    rows: rows.map((row) => toFindingRow(row, nameOf)),
  };
}

function toFindingRow(finding: StoredFinding, nameOf: (userId: string) => string): FindingRow {
  const { id, kind, person, employeeNumber, urp, username, raisedAt, extractTakenAt, requestId } = finding;
  const { shown, approved, sentence, nextAction, settledAt, settledBy, settlement } = finding;
  const settledByName = settledBy === null ? 'the program' : nameOf(settledBy);
  return {
    ...{ id, kind, person, employeeNumber, urp, username, raisedAt, extractTakenAt, requestId },
    ...{ shown, approved, sentence, nextAction, settledAt, settlement },
    settledBy: settledAt === null ? null : settledByName,
  };
}

/** An officer may not settle an exception about their own access, under whatever number or account ESR shows it. */
function refuseOwn({ access }: OpenStore, actor: SignedIn, finding: StoredFinding): void {
  const { who } = access;
  const { username } = finding;
  if (finding.employeeNumber === '' && username !== null && who.isNobodys(username)) return;
  const own = who.personOfStep(actor);
  const about = aboutWhom(who, finding);
  switch (comparePeople(about, own)) {
    case 'different':
      return;
    case 'same':
      throw new ServiceError(
        'REFUSED',
        'This exception is about your own access. Ask another officer to settle it.',
      );
    case 'unsure':
      throw new ServiceError('REFUSED', whyUnsure(about, own, username));
  }
}

function whyUnsure(about: PersonAnswer, own: PersonAnswer, username: string | null): string {
  if (own.kind === 'unknown') {
    return `Nobody can tell whether this exception is about your own access. ${own.why} Ask the system owner to mend the employee number of your account.`;
  }
  if (about.kind === 'unknown') {
    return `Nobody can tell that this exception is not about your own access. ${about.why} Ask another officer to settle it.`;
  }
  return about.key.startsWith('user:')
    ? `Nobody can tell that this exception is not about your own access: whose account ${username ?? ''} is has not been confirmed. Confirm it under User names first.`
    : 'In ESR, you and the person of this exception cannot be told apart: both have one smartcard or NHS unique id. Ask another officer to settle it, and HR to mend the record in ESR.';
}

/** Nor one about what they keyed themselves: a second person looks at it. */
function refuseOwnKeying({ access }: OpenStore, actor: SignedIn, { requestId }: StoredFinding): void {
  const keyed = requestId === null ? null : (access.requests.get(requestId)?.request.progress.keyed ?? null);
  if (keyed === null) return;
  const { who } = access;
  const isOther =
    keyed.userId !== actor.userId &&
    comparePeople(who.personOfStep(keyed), who.personOfStep(actor)) === 'different';
  if (isOther) return;
  throw new ServiceError(
    'REFUSED',
    'This exception is about what you keyed yourself. Ask another officer to settle it.',
  );
}

function aboutWhom(who: WhoIsWho, { employeeNumber, username, personId }: StoredFinding): PersonAnswer {
  const known = personId === null ? null : who.personOfId(personId);
  if (known !== null) return known;
  if (employeeNumber !== '') return who.personOf(employeeNumber);
  const key = who.holderOf({ employeeNumber: null, username });
  return key === null
    ? { kind: 'unknown', why: 'The exception names nobody.' }
    : { kind: 'person', key, post: null };
}

export function settleFinding(
  { store, clock, actor }: ActingContext,
  { id, settlement }: Input<'findings:settle'>,
) {
  const { access } = store;
  return access.transaction(() => {
    const finding = access.findings.get(id);
    if (finding === null) throw notFound('This exception');
    if (finding.settledAt !== null) throw new ServiceError('REFUSED', 'This exception is settled already.');
    refuseOwn(store, actor, finding);
    refuseOwnKeying(store, actor, finding);
    access.findings.settle(id, { at: clock.now(), by: actor.userId, settlement });
    record(access.ledger, clock, actor, {
      operation: 'findings.settle',
      subject: { kind: 'finding', id },
      sentence: `Settled an exception (${finding.kind})`,
      detail: { kind: finding.kind, urp: finding.urp },
      personal: { settlement },
    });
    return { done: true } as const;
  });
}

export function reopenFinding(
  { store, clock, actor }: ActingContext,
  { id, reason }: Input<'findings:reopen'>,
) {
  const { access } = store;
  return access.transaction(() => {
    const finding = access.findings.get(id);
    if (finding === null) throw notFound('This exception');
    if (finding.settledAt === null) throw new ServiceError('REFUSED', 'This exception is open already.');
    access.findings.settle(id, null);
    record(access.ledger, clock, actor, {
      operation: 'findings.reopen',
      subject: { kind: 'finding', id },
      sentence: `Opened an exception again (${finding.kind})`,
      detail: { kind: finding.kind, urp: finding.urp },
      personal: { reason },
    });
    return { done: true } as const;
  });
}
