/** What a comparison with an extract is told, and what it answers. */
import type { Span } from '../access/effective-access.ts';
import type { IsoDate, IsoInstant } from '../dates.ts';

/** A row of holdings as the register keeps it: what was written, as evidence. */
export interface HoldingSeen {
  readonly employeeNumber: string | null;
  readonly username: string | null;
  /** Catalogue name when the row came in, or null when unknown then. */
  readonly urp: string | null;
  readonly asExported: string;
  readonly startDate: IsoDate | null;
  readonly endDate: IsoDate | null;
  /** Of the account; left out where nobody asked, null where the file does not say. */
  readonly accountStart?: IsoDate | null;
  readonly accountEnd?: IsoDate | null;
}

/** Days of a row whose account was never open while it stood. */
export const NEVER: Span = { from: null, lastDay: '0001-01-01' };

/** One access of one person, as a row that was read shows it. */
export interface AccessSeen {
  /** Person key of the holder. */
  readonly person: string;
  /** See `accessKey`. */
  readonly access: string;
  /** Given to all staff (5.1.1). */
  readonly everyone: boolean;
  /** The responsibility's own dates. */
  readonly own: Span;
  /** When it works, by account and assignment as well. */
  readonly effective: Span;
  /** The account's last day, where that is what ends the access; left out where it is not. */
  readonly shutSince?: IsoDate;
  readonly evidence: HoldingSeen;
}

export interface RequestToVerify {
  readonly requestId: string;
  readonly reference: string;
  readonly status: 'approved' | 'keyed' | 'not-seen' | 'verified';
  /** Person key of the beneficiary; null where the number cannot be read surely. */
  readonly person: string | null;
  readonly access: string;
  readonly urp: string;
  /** Null only while approved. */
  readonly keyed: { readonly at: IsoInstant; readonly span: Span } | null;
  /** Last day of the Caldicott Guardian's exception that it rests on; null where it rests on none. */
  readonly approvedUntil: IsoDate | null;
  /** When an extract showed that a verified access had gone; null while it stands. */
  readonly goneSince: IsoInstant | null;
  /** False where an approval that is not keyed no longer holds: then it vouches for nothing. Left out where it does. */
  readonly holds?: boolean;
}

/** An access that stood when the trust began, with the dates that were accepted. */
export interface StartingPosition {
  readonly id: number;
  readonly person: string;
  readonly access: string;
  readonly span: Span;
  readonly goneSince: IsoInstant | null;
}

export const FINDING_KINDS = [
  'keyed-but-not-seen',
  'seen-with-other-dates',
  'held-past-approval',
  'seen-but-never-approved',
  /** Raised at the keying, not by an extract; one that no longer shows the access settles it. */
  'keyed-no-longer-grantable',
] as const;

export type FindingKind = (typeof FINDING_KINDS)[number];

/** A finding that is open, or that a person settled and whose cause has not gone since. */
export interface KnownFinding {
  readonly findingId: string;
  readonly kind: FindingKind;
  /** See {@link Raised.key}. */
  readonly key: string;
  /** See {@link Raised.about}; null in findings that were raised before dates were compared. */
  readonly about: string | null;
  /** When the extract that raised it was taken. */
  readonly raisedFrom: IsoInstant;
  readonly open: boolean;
}

export interface ReadingOfHoldings {
  readonly takenAt: IsoInstant;
  /** Whether every row of the person could be read. */
  readonly wholeFor: (person: string) => boolean;
  /** Whether no account of which nobody knows the person can be theirs. */
  readonly accountKnown: (person: string) => boolean;
  /** Whether a person said that an account is nobody's: an interface, a shared one. */
  readonly isNobodys: (account: string) => boolean;
  /** When the newest extract read before was taken, where that is later than this one. */
  readonly newerReadBefore: IsoInstant | null;
}

export interface VerificationInput {
  readonly reading: ReadingOfHoldings;
  readonly requests: readonly RequestToVerify[];
  /** The rows of this extract that were read, and no others. */
  readonly seen: readonly AccessSeen[];
  readonly startingPositions: readonly StartingPosition[];
  /** Whether a row of the person, of access that started by then, could not be read when the starting position was taken. */
  readonly unreadAtStart: (person: string, from: IsoDate | null) => boolean;
  readonly known: readonly KnownFinding[];
  /** The last day of the person's posts, where every one of them ends on the extract's day or later; null everywhere else. */
  readonly postsEnd: (person: string) => IsoDate | null;
}

export interface RequestFinding {
  readonly requestId: string;
  readonly sentence: string;
}

export const LEFT_ALONE = ['keyed-after', 'unread', 'older', 'unknown-person', 'unknown-account'] as const;
/** Why an extract says nothing about a keyed request. */
export type WhyLeftAlone = (typeof LEFT_ALONE)[number];

export interface Raised {
  readonly kind: FindingKind;
  /** What it is about: the request's id, or person and access as {@link subjectKey} writes them. */
  readonly key: string;
  /** All that makes it this finding: where it differs in a later extract, something about it has changed. */
  readonly about: string;
  readonly requestId: string | null;
  /** The row that shows it; null where no row does. */
  readonly seen: AccessSeen | null;
  /** Days on which ESR shows the access, and those that were keyed, approved or accepted here. */
  readonly shown: Span | null;
  readonly approved: Span | null;
  readonly sentence: string;
  readonly nextAction: string;
}

/** What the extract says of one request that is said to be keyed. */
export type Outcome =
  | { readonly kind: 'verified'; readonly sentence: string }
  | { readonly kind: 'left-alone'; readonly why: WhyLeftAlone; readonly sentence: string }
  | { readonly kind: 'raised'; readonly finding: Raised };

export interface VerificationResult {
  readonly verified: readonly RequestFinding[];
  /** Keyed requests that an extract whole for their person does not show. */
  readonly notSeen: readonly RequestFinding[];
  /** Keyed requests about which the extract says nothing, each with the true reason. */
  readonly leftAlone: readonly (RequestFinding & { readonly why: WhyLeftAlone })[];
  /** New; what is open already, or settled by a person and unchanged since, is not repeated. */
  readonly raised: readonly Raised[];
  /** Open findings whose cause has gone or has changed. */
  readonly settled: readonly { readonly findingId: string; readonly sentence: string }[];
  /** Findings that a person settled, and whose cause has gone or has changed: they vouch for nothing any more. */
  readonly lapsed: readonly string[];
  /** What no longer vouches, because the extract shows that the access has gone. */
  readonly gone: { readonly requestIds: readonly string[]; readonly positionIds: readonly number[] };
}

/** A person's access as one text: the identity of a holding across extracts. */
export const subjectKey = (person: string, access: string): string => `${person}|${access}`;
