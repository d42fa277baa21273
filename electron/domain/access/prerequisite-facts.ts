/** What a service gathers before prerequisites can be judged, and what the judgement looks like. */
import type { IsoDate, IsoInstant } from '../dates.ts';
import type { PersonAnswer, WhoReader } from '../people/person-key.ts';
import type { PostRemark } from '../people/posts.ts';
import type { AccessCatalogue, CatalogueEntry } from './catalogue.ts';
import type { Span } from './effective-access.ts';
import type { ExceptionFacts } from './exceptions.ts';

/** One import of one source: where a fact comes from and how old it is. */
export interface SourceAge {
  /** As shown, e.g. `GO file`, `Active Responsibilities`. */
  readonly name: string;
  readonly takenAt: IsoInstant;
  readonly extractId: string;
}

export interface AssignmentFacts {
  readonly assignmentNumber: string;
  readonly positionNumber: string | null;
  /** Employee number and name of ESR's supervisor for this assignment. */
  readonly supervisor: NamedPerson | null;
  /** Employee number and name of the department manager, who may differ from the supervisor. */
  readonly lineManager: NamedPerson | null;
  /** Current assignments that name this one as their supervisor. */
  readonly directReports: number;
  /** Employee numbers, past ones too, of the record that it belongs to; left out where the person has one record alone. */
  readonly employment?: readonly string[];
  /** Suspended, seconded or long absent, in ESR's words; null or left out where there is nothing to say. */
  readonly remark?: PostRemark | null;
}

export interface NamedPerson {
  readonly employeeNumber: string;
  readonly name: string;
}

export interface PersonFacts {
  readonly employeeNumber: string;
  readonly name: string;
  /** Whether the register has them in post today. */
  readonly current: boolean;
  readonly startsOn: IsoDate | null;
  readonly terminatedOn: IsoDate | null;
  /** ESR's system person type, e.g. `EMP`, `EX_EMP`, `APL`. */
  readonly personType: string | null;
  readonly hasSmartcard: boolean;
  readonly username: string | null;
  /** Current assignments only: see `domain/people/posts.ts`. */
  readonly assignments: readonly AssignmentFacts[];
  /** Where ESR has assignments and none is a post: why, as a clause to follow the name. */
  readonly noPost?: string | null;
}

export interface RequestFacts {
  readonly reference: string;
  readonly submittedAt: IsoInstant;
  readonly accessAsTyped: string;
  /** Null when the catalogue does not know it. */
  readonly entry: CatalogueEntry | null;
  /** Names it could mean, when it is ambiguous. */
  readonly couldBe: readonly string[];
  readonly requester: string | null;
  readonly beneficiary: string | null;
  /** The post the access is for, where the form or an officer named one (`…-2` → 2). */
  readonly post: number | null;
  /** The number that the form named the post of; left out where an officer named the post. */
  readonly postOf?: string | null;
  readonly authorisation: AuthorisationFacts | null;
}

export interface AuthorisationFacts {
  readonly employeeNumber: string | null;
  readonly name: string | null;
  /** Day or instant of the authorisation; null when the form does not say. */
  readonly on: string | null;
}

/** Whoever authorised, as the register and the accounts here know them now. */
export interface AuthoriserFacts {
  /** Null when the register has nobody with that number. */
  readonly person: PersonFacts | null;
  /** When their account here ended, where they have no other. */
  readonly accountEndedAt: IsoInstant | null;
}

export interface HoldingFacts {
  /** Catalogue name where resolved, otherwise as exported. */
  readonly urp: string;
  /** The days by its own dates, and those on which it works with its account; null where there is none. */
  readonly own: Span | null;
  readonly works: Span | null;
  /** The account's last day; null = no end. */
  readonly accountLastDay: IsoDate | null;
  /** An exception says that no approval here stands behind it, or that it runs past one. */
  readonly unapproved?: boolean;
}

/** What another request of the same person was approved for. */
export interface OtherRequestFacts {
  readonly reference: string;
  readonly urp: string;
  readonly status: 'approved' | 'keyed' | 'not-seen' | 'verified';
  /** Of what was keyed, or of the exception that it rests on; null = no end. */
  readonly lastDay: IsoDate | null;
  /** Access beside which the Caldicott Guardian let it stand, and until when. */
  readonly letPass: { readonly conflicts: readonly string[]; readonly until: IsoDate } | null;
}

export interface AsNumberFacts {
  readonly asNumber: string;
  readonly employeeNumber: string;
  /** The post it was issued for; null when Finance's file did not say. */
  readonly positionNumber: string | null;
}

export interface TrainingFacts {
  readonly status: 'passed' | 'not-passed';
  readonly expiresOn: IsoDate | null;
}

export type SourceName = 'register' | 'holdings' | 'asNumbers' | 'training';

export interface PrerequisiteSettings {
  readonly informationGovernanceRequired: boolean;
  /** Older extracts warn; they do not block. Default 7. */
  readonly maxExtractAgeDays: number;
}

export const DEFAULT_PREREQUISITE_SETTINGS: PrerequisiteSettings = {
  informationGovernanceRequired: true,
  maxExtractAgeDays: 7,
};

export interface PrerequisiteFacts {
  readonly today: IsoDate;
  readonly now: IsoInstant;
  readonly request: RequestFacts;
  /** Which person a number is, as plain function: only the register knows. */
  readonly who: WhoReader;
  /** Null when the register has nobody with that number. */
  readonly person: PersonFacts | null;
  /** Null where the form names none. */
  readonly authoriser: AuthoriserFacts | null;
  readonly holdings: readonly HoldingFacts[];
  /** Approved, keyed or verified for the same person; left out = none. */
  readonly otherRequests?: readonly OtherRequestFacts[];
  /** The beneficiary's. */
  readonly asNumbers: readonly AsNumberFacts[];
  readonly training: TrainingFacts | null;
  /** Null = never imported: the answer is 'unknown', and blocks. */
  readonly sources: Readonly<Record<SourceName, SourceAge | null>>;
  readonly catalogue: AccessCatalogue;
  readonly settings: PrerequisiteSettings;
  /** What the Caldicott Guardian let pass for this request; null = nothing. */
  readonly exception: ExceptionFacts | null;
  /** Of a request that is approved and not keyed; null or left out otherwise. */
  readonly approval?: ApprovalFacts | null;
}

export interface ApprovalFacts {
  /** Null when the account that approved it is not in the store. */
  readonly name: string | null;
  readonly approver: PersonAnswer;
  readonly at: IsoInstant;
  /** When the account ended; null while it is in force. */
  readonly endedAt: IsoInstant | null;
  /** The Caldicott Guardian whose exception it rests on; null without one. */
  readonly guardian: PersonAnswer | null;
}

export type PrerequisiteId =
  | 'in-post'
  | 'access-known'
  | 'not-already-held'
  | 'authorised'
  | 'authorised-by-manager'
  | 'separation'
  | 'smartcard'
  | 'hierarchy'
  | 'as-number'
  | 'information-governance'
  | 'conflicts'
  | 'extract-age'
  | 'approver';

export type PrerequisiteState = 'holds' | 'missing' | 'unknown' | 'warning';

export interface Prerequisite {
  readonly id: PrerequisiteId;
  readonly title: string;
  readonly state: PrerequisiteState;
  /** Whole sentence for the screen, next action included. */
  readonly sentence: string;
  readonly fact: string;
  readonly source: { readonly name: string; readonly takenAt: IsoInstant } | null;
  readonly clause: string;
  /** Null when there is nothing to do. */
  readonly nextAction: string | null;
  /** Of a conflict: the access that it is with. An exception lets pass these and no others. */
  readonly conflicting?: readonly string[];
}

export interface PrerequisiteSummary {
  readonly mayApprove: boolean;
  readonly done: number;
  readonly total: number;
  readonly sentence: string;
}
