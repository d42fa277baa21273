import type { Input, Output } from '../../contract/contract.ts';
import type { SignedIn } from '../permit.ts';
import type { StoredFinding } from '../ports.ts';
import { record } from '../record.ts';
import { notFound, ServiceError } from '../service-error.ts';
import type { OpenStore } from '../session/vault.ts';
import type { RequestContext } from './request.service.ts';
import { userNames } from './request-detail.ts';

export function listFindings(
  store: OpenStore,
  { open, offset, limit }: Input<'findings:list'>,
): Output<'findings:list'> {
  const { total, rows } = store.access.findings.list(open, { offset, limit });
  const nameOf = userNames(store);
  return {
    total,
    openByKind: { ...store.access.findings.countOpen() },
    rows: rows.map(({ importId: _, settledBy, ...row }) => ({
      ...row,
      settledBy: settledBy === null ? null : nameOf(settledBy),
    })),
  };
}

/** An officer may not settle an exception about their own access. */
function refuseOwn(actor: SignedIn, finding: StoredFinding): void {
  if (actor.employeeNumber !== null && actor.employeeNumber === finding.employeeNumber) {
    throw new ServiceError(
      'REFUSED',
      'This exception is about your own access. Ask another officer to settle it.',
    );
  }
}

export function settleFinding(
  { store, clock, actor }: RequestContext,
  { id, settlement }: Input<'findings:settle'>,
) {
  const { access } = store;
  return access.transaction(() => {
    const finding = access.findings.get(id);
    if (finding === null) throw notFound('This exception');
    if (finding.settledAt !== null) throw new ServiceError('REFUSED', 'This exception is settled already.');
    refuseOwn(actor, finding);
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
  { store, clock, actor }: RequestContext,
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
