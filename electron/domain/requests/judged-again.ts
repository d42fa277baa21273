/**
 * An approval is judged again at every import and at the moment of keying, by the rules and words it was given by. Where one no
 * longer holds, the request says so until it holds again, is withdrawn, or is let pass by the Caldicott Guardian.
 */
import type { Prerequisite } from '../access/prerequisites.ts';
import type { IsoInstant } from '../dates.ts';
import type { RequestEventDraft } from './commands.ts';
import type { AccessRequest, Objection, ObjectionPoint } from './request.ts';

/** What of the prerequisites no longer holds, in the order an officer works them; empty while everything does. */
export function pointsAgainst(prerequisites: readonly Prerequisite[]): readonly ObjectionPoint[] {
  return prerequisites
    .filter(({ state }) => state === 'missing' || state === 'unknown')
    .map(({ id, title, clause, sentence, fact, source, nextAction }) => ({
      id,
      title,
      clause,
      sentence,
      fact,
      source,
      nextAction,
    }));
}

export type JudgedAgain =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'raised' | 'lifted'; readonly next: AccessRequest; readonly event: RequestEventDraft };

/** `importId` is the import that brought it to light; null at a person's step. Only an approval is judged again. */
export function judgeAgain(
  request: AccessRequest,
  prerequisites: readonly Prerequisite[],
  { now, importId }: { readonly now: IsoInstant; readonly importId: string | null },
): JudgedAgain {
  const { progress } = request;
  if (progress.status !== 'approved') return { kind: 'unchanged' };
  const before = progress.objection?.points ?? [];
  const points = pointsAgainst(prerequisites);
  if (sameReasons(before, points)) return { kind: 'unchanged' };
  const objection: Objection | null = points.length === 0 ? null : { points, raisedAt: now, importId };
  const next = { ...request, progress: { ...progress, objection } };
  const kind = objection === null ? 'lifted' : 'raised';
  return { kind, next, event: eventOf(next, kind, points, importId) };
}

/** A newer extract that says the same is no other objection. */
function sameReasons(a: readonly ObjectionPoint[], b: readonly ObjectionPoint[]): boolean {
  return a.length === b.length && a.every(({ id, fact }, at) => id === b[at]?.id && fact === b[at]?.fact);
}

/** Facts name people, so the ledger's own words hold none; titles and clauses do. */
function eventOf(
  { id, form, formVersion }: AccessRequest,
  kind: 'raised' | 'lifted',
  points: readonly ObjectionPoint[],
  importId: string | null,
): RequestEventDraft {
  const what = points.map(({ title, clause }) => `“${title}” (${clause})`).join(', ');
  return {
    operation: kind === 'raised' ? 'request.noLongerGrantable' : 'request.grantableAgain',
    subject: { kind: 'request', id },
    sentence:
      kind === 'raised'
        ? `OneForm ${form.reference}: approved, and no longer grantable: ${what} does not hold.`
        : `OneForm ${form.reference}: the approval holds again.`,
    detail: {
      importId,
      formVersion,
      points: points.map(({ id: point, clause, source }) => ({
        id: point,
        clause,
        source: source && { name: source.name, takenAt: source.takenAt },
      })),
    },
    personal: points.length === 0 ? {} : { facts: points.map(({ fact }) => fact) },
  };
}

/** An objection is to an approval that stands; whatever leads elsewhere leaves it behind. */
export function withoutPastObjection(request: AccessRequest): AccessRequest {
  const { objection, ...progress } = request.progress;
  return objection && progress.status !== 'approved' ? { ...request, progress } : request;
}

/** That ESR shows the access already, or that a source is old, says nothing against what was approved. */
const NOTHING_AGAINST: readonly ObjectionPoint['id'][] = ['not-already-held', 'extract-age'];

/** Whether an approval that is not keyed still stands behind what ESR shows. */
export const stillVouches = (points: readonly Pick<ObjectionPoint, 'id'>[]): boolean =>
  points.every(({ id }) => NOTHING_AGAINST.includes(id));

/** What was keyed and is no longer grantable. That ESR shows it already is what the officer said, and nothing to end. */
export const pointsDespite = (points: readonly ObjectionPoint[]): readonly ObjectionPoint[] =>
  points.filter(({ id }) => id !== 'not-already-held');
