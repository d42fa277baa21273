/** Proves what was keyed against the next extract from ESR, and finds what nobody approved. */
import type { AccessCatalogue } from '../access/catalogue.ts';
import type { IsoDate, IsoInstant } from '../dates.ts';

export interface RequestToVerify {
  readonly requestId: string;
  readonly reference: string;
  readonly status: 'approved' | 'keyed' | 'not-seen' | 'verified';
  readonly employeeNumber: string;
  readonly urp: string;
  /** Null only while approved. */
  readonly keyedAt: IsoInstant | null;
}

export interface HoldingSeen {
  /** Null when the register does not know the person. */
  readonly employeeNumber: string | null;
  readonly username: string | null;
  /** Catalogue name, or null when unknown. */
  readonly urp: string | null;
  readonly asExported: string;
  readonly startDate: IsoDate | null;
  readonly endDate: IsoDate | null;
}

export type FindingKind = 'keyed-but-not-seen' | 'seen-but-never-approved';

export interface OpenFinding {
  readonly findingId: string;
  readonly kind: FindingKind;
  /** The key this module gave it: see `RaisedHolding.key`; for 'keyed-but-not-seen' the request's id. */
  readonly key: string;
  /** When the extract that raised it was taken. */
  readonly raisedFrom: IsoInstant;
}

export interface RaisedHolding {
  /** Stable across extracts: holder and access. Store it with the finding. */
  readonly key: string;
  readonly holding: HoldingSeen;
  readonly sentence: string;
}

export interface VerificationInput {
  readonly requests: readonly RequestToVerify[];
  readonly holdings: readonly HoldingSeen[];
  readonly extractTakenAt: IsoInstant;
  readonly catalogue: AccessCatalogue;
  /** Findings still open. */
  readonly previouslyRaised: readonly OpenFinding[];
  /** Keys (see {@link holdingKey}) accepted as they stood when the store began. */
  readonly baseline: ReadonlySet<string>;
}

export interface RequestFinding {
  readonly requestId: string;
  readonly sentence: string;
}

export interface VerificationResult {
  readonly verified: readonly RequestFinding[];
  /** Newly not seen; requests already 'not-seen' are not repeated. */
  readonly notSeen: readonly RequestFinding[];
  readonly provesNothing: readonly RequestFinding[];
  /** Newly raised, one for each key; findings already open are not repeated. */
  readonly neverApproved: readonly RaisedHolding[];
  /** Open findings whose cause has gone. */
  readonly noLonger: readonly { readonly finding: OpenFinding; readonly sentence: string }[];
}

/** Holder and access as one text: the identity of a holding across extracts. */
export function holdingKey(
  holding: Pick<HoldingSeen, 'employeeNumber' | 'username' | 'urp' | 'asExported'>,
): string {
  const holder = holding.employeeNumber ?? `user:${(holding.username ?? '').trim().toUpperCase()}`;
  return `${holder}|${holding.urp ?? `?${holding.asExported.trim().toLowerCase()}`}`;
}

export function verifyAgainstHoldings(_input: VerificationInput): VerificationResult {
  throw new Error('not written yet');
}
