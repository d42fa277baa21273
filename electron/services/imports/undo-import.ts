import type { Input, Output } from '../../contract/contract.ts';
import { whatRestsOn } from '../../domain/register/undo-import.ts';
import { decide } from '../../domain/requests/transitions.ts';
import { SOURCE_LABELS } from '../ground/gather-facts.ts';
import { type Actor, CancelledError } from '../ground/ports.ts';
import { record } from '../ground/record.ts';
import { notFound, ServiceError } from '../ground/service-error.ts';
import { whoResolver } from '../ground/who-is-who.ts';
import { judgeApprovals } from '../requests/index.ts';
import type { ImportContext } from './import-context.ts';
import type { ImportToUndo, ImportUndo } from './import-ports.ts';

export interface UndoContext extends Pick<ImportContext, 'access' | 'register' | 'clock' | 'job'> {
  readonly undo: ImportUndo;
}

/** Whether the import may be undone, and what goes with it, before anybody decides. Writes nothing. */
export function restsOnImport(
  undo: ImportUndo,
  { id }: Input<'imports:whatRestsOn'>,
): Output<'imports:whatRestsOn'> {
  const found = undo.find(id);
  if (found === null) throw notFound('This import');
  return { rests: [...inTheWay(found)], effects: [...effectsOf(undo, found)] };
}

/**
 * Takes a first import out again, in one transaction with its event, or nothing. Requests that it matched go back to unmatched,
 * exceptions that it raised are settled, approvals are judged by what is left. The ledger keeps both events and the reason.
 */
export async function undoImport(
  context: UndoContext,
  { id, reason }: Input<'imports:undo'>,
  actor: Actor,
): Promise<Output<'imports:undo'>> {
  const turn = await context.job.acquireWrite();
  try {
    return context.access.transaction(() => undoNow(context, id, reason, actor));
  } finally {
    turn.release();
  }
}

function undoNow(context: UndoContext, id: string, reason: string, actor: Actor): Output<'imports:undo'> {
  const { access, undo, clock } = context;
  const found = undo.find(id);
  if (found === null) throw notFound('This import');
  const [rests] = inTheWay(found);
  if (rests !== undefined) throw new ServiceError('REFUSED', `This import cannot be undone. ${rests}`);
  const look = lookFor(context);
  look('Taking the rows out', 0.1);
  const unmatched = found.kind === 'go' ? unmatchAll(context, id, actor, look) : 0;
  const settled = settleRaised(context, id);
  const positions = undo.positions(id);
  const rows = undo.takeOut(id, found.kind, () => look('Taking the rows out', 0.3));
  undo.mark(id, clock.now(), actor.userId);
  // Before anything asks who somebody is.
  if (found.kind === 'go') access.who.relate();
  look('Bringing the search up to date', 0.5);
  undo.findAnew(found.kind, clock.today());
  judgeApprovals(context, clock, id, () => look('Judging the approvals', 0.9));
  const sentence = `${SOURCE_LABELS[found.kind]}: import undone, ${rows.toLocaleString('en-GB')} rows taken out.`;
  record(access.ledger, clock, actor, {
    operation: 'imports.undo',
    subject: { kind: 'import', id },
    sentence,
    detail: { kind: found.kind, sha256: found.sha256, rows, unmatched, settled, positions },
    personal: { reason, fileName: found.fileName },
  });
  // The last look: after this the transaction commits, and a cancel comes too late.
  look('Writing', 0.99);
  return { sentence };
}

const inTheWay = (found: ImportToUndo): readonly string[] =>
  whatRestsOn({ ...found, later: found.later.map((kind) => SOURCE_LABELS[kind]) });

function effectsOf(undo: ImportUndo, { id, kind, rows }: ImportToUndo): readonly string[] {
  const effects: string[] = [];
  const say = (n: number, one: string, many: string): void => {
    if (n > 0) effects.push(`${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`);
  };
  if (kind === 'oneforms') say(rows, 'request that it brought goes.', 'requests that it brought go.');
  else say(rows, 'row that it brought goes.', 'rows that it brought go.');
  if (kind === 'go') {
    say(
      undo.matched().length,
      'request goes back to unmatched.',
      'requests that it matched go back to unmatched.',
    );
  }
  say(
    undo.raisedBy(id).length,
    'exception that it raised is settled.',
    'exceptions that it raised are settled.',
  );
  say(
    undo.positions(id),
    'holding of the starting position goes. The next holdings file asks again.',
    'holdings of the starting position go. The next holdings file asks again.',
  );
  return effects;
}

/** The register's import was the first, so whatever is matched was matched by it, and nobody has taken a step since. */
function unmatchAll(
  { access, undo, clock }: UndoContext,
  importId: string,
  actor: Actor,
  look: (name: string, fraction: number) => void,
): number {
  const ids = undo.matched();
  for (const id of ids) {
    look('Taking the rows out', 0.2);
    const stored = access.requests.get(id);
    if (stored === null) continue;
    const now = clock.now();
    const context = { actor, now, who: whoResolver(access.who) };
    const decision = decide(stored.request, { kind: 'undo', prerequisites: [] }, context);
    if (!decision.ok || stored.request.undo.at(-1)?.command !== 'match') {
      throw new ServiceError(
        'REFUSED',
        'This import cannot be undone. A request has moved on since it was matched.',
      );
    }
    const { next, event } = decision;
    const { name, number } = next.form.beneficiary;
    access.requests.update(
      {
        ...{ request: next, revision: stored.revision + 1, changedAt: now },
        person: name ?? number ?? 'Nobody named',
      },
      stored.revision,
    );
    record(access.ledger, clock, actor, {
      ...event,
      sentence: `OneForm ${next.form.reference}: unmatched, because the register's import was undone`,
      detail: { ...event.detail, importId },
    });
  }
  return ids.length;
}

/** By the program, so that the same access seen in the right file is raised anew. */
function settleRaised({ access, undo, clock }: UndoContext, importId: string): number {
  const ids = undo.raisedBy(importId);
  const settlement = 'The import that raised it was undone.';
  for (const id of ids) {
    access.findings.settle(id, { at: clock.now(), by: null, settlement });
    record(access.ledger, clock, null, {
      operation: 'findings.settle',
      subject: { kind: 'finding', id },
      sentence: 'Settled an exception: the import that raised it was undone',
      detail: { importId, settlement },
    });
  }
  return ids.length;
}

/** A look at cancel, with the place in the work. */
function lookFor({ job }: UndoContext) {
  return (name: string, fraction: number): void => {
    if (job.cancelled()) throw new CancelledError();
    job.progress(name, fraction, 0);
  };
}
