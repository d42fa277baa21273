/** What changed between two versions of a OneForm, and what that does to a request already worked on. */
import type { OneFormContent, RequestStatus } from './request.ts';

export interface FieldDifference {
  readonly field: string;
  readonly label: string;
  /** As shown; an absent value reads `(none)`. */
  readonly before: string;
  readonly after: string;
  /** Whether what was authorised or approved is no longer what is asked for. */
  readonly material: boolean;
}

export type RevisionEffect =
  | { readonly kind: 'keep' }
  | { readonly kind: 'back-to-new'; readonly sentence: string }
  /** Already keyed or closed: nothing changes by itself, a person must look. */
  | { readonly kind: 'look'; readonly sentence: string };

export function formDifference(_before: OneFormContent, _after: OneFormContent): readonly FieldDifference[] {
  throw new Error('not written yet');
}

export function effectOfRevision(
  _status: RequestStatus,
  _differences: readonly FieldDifference[],
): RevisionEffect {
  throw new Error('not written yet');
}
