import type { Input, Output } from '../../contract/contract.ts';
import { isOver } from '../../domain/access/effective-access.ts';
import { londonDate } from '../../domain/dates.ts';
import { type AccessSeen, subjectKey } from '../../domain/requests/verification-facts.ts';
import type { ActingContext } from '../ground/context.ts';
import type { Actor, StoredFinding } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { ServiceError } from '../ground/service-error.ts';
import { type AccessReader, createAccessReader, startingPositionsOf } from './access-seen.ts';
import { isOrMayBe } from './verify-holdings.ts';

interface Owner extends Pick<ActingContext, 'clock'> {
  readonly actor: Actor;
  readonly store: Pick<ActingContext['store'], 'access' | 'register'>;
}

/**
 * What ESR shows now becomes the starting position, in place of the one before. The owner's own access, and what may be theirs,
 * is left as it was: nobody accepts their own. The exceptions that it answers are settled, each with an event.
 */
export function takeStartingPosition(
  { store, clock, actor }: Owner,
  { reason }: Input<'imports:takeStartingPosition'>,
): Output<'imports:takeStartingPosition'> {
  const { access, register } = store;
  const extract = register.sources().get('holdings');
  if (!extract) {
    throw new ServiceError(
      'REFUSED',
      'No holdings are here yet. Import the first holdings file, and say there how to take it.',
    );
  }
  const own = access.who.personOfStep(actor);
  if (own.kind === 'unknown') {
    throw new ServiceError(
      'REFUSED',
      'Nobody can tell which access is your own, so you cannot accept what stands. Have your ESR employee number added to your account, or ask another owner.',
    );
  }
  return access.transaction(() => {
    const takenAt = extract.takenAt ?? extract.importedAt;
    const reader = createAccessReader(access);
    const rows = register.allHoldings().flatMap((row) => reader.read(row) ?? []);
    // An account that nobody knows the person of may be the owner's, unless theirs is known.
    const ownKnown =
      access.who.namesOf(own.key).usernames.length > 0 ||
      rows.some(({ person, evidence }) => person === own.key && evidence.employeeNumber !== null);
    const mayBeOwn = (person: string | null): boolean =>
      person !== null &&
      (isOrMayBe(own, person) ||
        (person.startsWith('user:') && !ownKnown && !access.who.isNobodys(person.slice('user:'.length))));
    const others = rows.filter(({ person }) => !mayBeOwn(person));
    const accepted = startingPositionsOf(others, takenAt, reader.meaning);
    const day = londonDate(takenAt);
    const unknown = rows.filter(
      ({ person, effective }) => person.startsWith('user:') && mayBeOwn(person) && !isOver(effective, day),
    ).length;
    const before = access.findings.startingPositions().filter((row) => !mayBeOwn(reader.who.holderOf(row)));
    access.findings.positionsGone(
      before.filter(({ goneSince }) => goneSince === null).map(({ id }) => id),
      takenAt,
    );
    access.findings.acceptPositions(accepted, extract.importId);
    record(access.ledger, clock, actor, {
      operation: 'imports.takeStartingPosition',
      subject: { kind: 'import', id: extract.importId },
      sentence: `Took the starting position anew: ${accepted.length} holdings`,
      detail: { accepted: accepted.length, unknown, importId: extract.importId, takenAt },
      personal: { reason },
    });
    const live = others.filter(({ effective }) => !isOver(effective, day));
    const settled = settleAnswered({ store, clock, actor }, live, reader, reason);
    return { accepted: accepted.length, settled, unknown };
  });
}

function settleAnswered(
  { store: { access }, clock, actor }: Owner,
  accepted: readonly AccessSeen[],
  reader: AccessReader,
  reason: string,
): number {
  const subjects = new Set(accepted.map((seen) => subjectKey(seen.person, seen.access)));
  const answered = access.findings.open().filter((finding) => subjects.has(subjectOf(finding, reader)));
  const settlement = `Accepted with the starting position: ${reason}`;
  for (const { id, kind } of answered) {
    access.findings.settle(id, { at: clock.now(), by: actor.userId, settlement });
    record(access.ledger, clock, actor, {
      operation: 'findings.settle',
      subject: { kind: 'finding', id },
      sentence: 'Settled an exception: accepted with the starting position',
      detail: { kind },
      personal: { settlement },
    });
  }
  return answered.length;
}

/** Empty for what is about a keying: that is answered by the keying alone. */
function subjectOf(finding: StoredFinding, { who, accessOf }: AccessReader): string {
  const { kind, subject, exportedName, urp } = finding;
  const isAccess = subject === 'access' || (subject === null && kind === 'seen-but-never-approved');
  const person = isAccess ? who.holderOf(finding) : null;
  return person === null ? '' : subjectKey(person, accessOf(exportedName ?? urp, urp));
}
