import { lastDayOf } from '../../domain/access/effective-access.ts';
import { showInstant } from '../../domain/dates.ts';
import { pointsDespite } from '../../domain/requests/judged-again.ts';
import { NEXT_ACTIONS } from '../../domain/requests/verification-words.ts';
import type { ActingContext } from '../ground/context.ts';
import type { Ids, StoredFinding, StoredRequest } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { readSettings } from '../ground/store-settings.ts';
import { matchedNumber } from '../ground/who-is-who.ts';

/**
 * Raises what was recorded as standing in ESR although its approval no longer held, within the caller's transaction. A fact is
 * never turned away, and never passed over in silence either.
 */
export function raiseDespite(
  { store, clock }: ActingContext,
  { request, person }: StoredRequest,
  ids: Pick<Ids, 'next'>,
): void {
  const { keyed } = request.progress;
  const points = pointsDespite(keyed?.despite ?? []);
  if (keyed === null || points.length === 0) return;
  const meaning = readSettings(store.access.settings).endDateMeaning;
  const urp = request.urp ?? request.form.accessAsTyped;
  const finding: StoredFinding = {
    id: ids.next(),
    kind: 'keyed-no-longer-grantable',
    requestId: request.id,
    employeeNumber: matchedNumber(store.access.who, request.progress) ?? '',
    personId: request.progress.personId ?? null,
    person,
    urp,
    username: null,
    exportedName: null,
    about: null,
    subject: 'request',
    shown: null,
    approved: { from: keyed.startDate, lastDay: lastDayOf(keyed.endDate, meaning) },
    importId: store.register.sources().get('go')?.importId ?? '',
    raisedAt: clock.now(),
    extractTakenAt: keyed.at,
    sentence: `${urp} was keyed at ${showInstant(keyed.at)} though no longer grantable: ${points.map(({ fact }) => fact).join(' ')}`,
    nextAction: NEXT_ACTIONS['keyed-no-longer-grantable'],
    settledAt: null,
    settledBy: null,
    settlement: null,
    causeGoneAt: null,
  };
  store.access.findings.insert(finding);
  record(store.access.ledger, clock, null, {
    operation: 'findings.raise',
    subject: { kind: 'finding', id: finding.id },
    sentence: `OneForm ${request.form.reference}: raised an exception (${finding.kind}).`,
    detail: { kind: finding.kind, requestId: request.id, points: points.map(({ id }) => id) },
    // A local URP may be named after a person or a ward of two.
    personal: { employeeNumber: finding.employeeNumber, urp },
  });
}

/** What was raised about a keying is over once the request no longer says that it was keyed; within the caller's transaction. */
export function settleUnkeyed({ store, clock }: ActingContext, { request }: StoredRequest): void {
  if (request.progress.keyed !== null) return;
  const settlement = 'The request no longer says that it was keyed.';
  for (const { id, kind, subject } of store.access.findings.openOf(request.id)) {
    const aboutKeying = subject === 'request' || (subject === null && kind !== 'seen-but-never-approved');
    if (!aboutKeying) continue;
    store.access.findings.settle(id, { at: clock.now(), by: null, settlement });
    record(store.access.ledger, clock, null, {
      operation: 'findings.settle',
      subject: { kind: 'finding', id },
      sentence: `OneForm ${request.form.reference}: settled an exception (${kind}), since it is not keyed after all.`,
      detail: { kind, requestId: request.id, settlement },
    });
  }
}
