/** The commands a request takes, and what a decision about one looks like. */
import type { EndDateMeaning } from '../access/effective-access.ts';
import type { Prerequisite } from '../access/prerequisites.ts';
import type { IsoDate, IsoInstant } from '../dates.ts';
import type { JsonObject, JsonValue } from '../ledger/canonical-json.ts';
import type { Matched, PersonAnswer, WhoReader } from '../people/person-key.ts';
import type { AccessRequest, ExceptionTerms, OneFormContent } from './request.ts';

export type RequestCommand =
  /** `post` where the officer named one. */
  | {
      readonly kind: 'match';
      readonly beneficiary: string;
      readonly personId?: string | null;
      readonly post: number | null;
    }
  /** `countsForNothing`: why the manager may not authorise any more, in one sentence; null where they may. */
  | { readonly kind: 'recordAuthorisation'; readonly countsForNothing: string | null }
  | { readonly kind: 'returnForm'; readonly missing: readonly string[] }
  | { readonly kind: 'approve'; readonly prerequisites: readonly Prerequisite[] }
  | { readonly kind: 'withdrawApproval'; readonly reason: string }
  /** `prerequisites` as they stand without an exception. */
  | {
      readonly kind: 'askException';
      readonly reason: string;
      readonly prerequisites: readonly Prerequisite[];
    }
  /** The Caldicott Guardian's (5.1.1). `prerequisites` as they stand now, without an exception: what the Guardian sees. */
  | {
      readonly kind: 'decideException';
      readonly terms: ExceptionTerms;
      readonly today: IsoDate;
      readonly prerequisites: readonly Prerequisite[];
    }
  /** What was granted is taken back; an approval that rested on it falls with it. */
  | { readonly kind: 'endException'; readonly reason: string }
  /**
   * `startDate` and `endDate` (null = open) are what was keyed as the access's dates in ESR, `prerequisites` as they stand now.
   * `endDateMeaning` is the trust's. `alreadyInEsr`: it stands there, whatever they say.
   */
  | {
      readonly kind: 'key';
      readonly at: IsoInstant;
      readonly startDate: IsoDate;
      readonly endDate: IsoDate | null;
      readonly endDateMeaning: EndDateMeaning;
      readonly prerequisites: readonly Prerequisite[];
      readonly alreadyInEsr: boolean;
    }
  /** Says which catalogue access the form's words mean; only before approval. */
  | { readonly kind: 'chooseAccess'; readonly urp: string; readonly authorisationNeeded: boolean }
  | { readonly kind: 'unkey'; readonly reason: string }
  | { readonly kind: 'markSeen'; readonly extractId: string; readonly takenAt: IsoInstant }
  | { readonly kind: 'markNotSeen'; readonly extractId: string; readonly takenAt: IsoInstant }
  | { readonly kind: 'withdraw'; readonly reason: string }
  | { readonly kind: 'reopen'; readonly reason: string }
  | {
      readonly kind: 'reviseForm';
      readonly form: OneFormContent;
      readonly urp: string | null;
      readonly authorisationNeeded: boolean;
      /** Whom the new form's number matches in the register; null = nobody. */
      readonly beneficiary: string | null;
      readonly personId?: string | null;
    }
  /** A waiting version of the form changes nothing about what was keyed, says an officer. */
  | { readonly kind: 'setRevisionAside'; readonly reason: string }
  /** `prerequisites` as they stand now: needed only where the undo would bring an approval back. */
  | { readonly kind: 'undo'; readonly prerequisites: readonly Prerequisite[] };

export type RequestCommandKind = RequestCommand['kind'];

export interface DecisionContext {
  readonly actor: Account;
  readonly now: IsoInstant;
  readonly who: WhoResolver;
}

export interface Account {
  readonly userId: string;
  readonly employeeNumber: string | null;
}

/** Who somebody is, as plain functions: only the register knows, and a decision is pure. */
export interface WhoResolver {
  /** By a number as a form has it. */
  readonly written: WhoReader;
  /** Whom a request was matched to. */
  readonly matched: (matched: Matched) => PersonAnswer;
  /** Whoever did a step, by the account it was done with. */
  readonly account: (account: Account) => PersonAnswer;
}

/** What the service appends to the ledger: `detail` as it stands, `personal` as commitments. */
export interface RequestEventDraft {
  readonly operation: string;
  readonly subject: { readonly kind: 'request'; readonly id: string };
  /** Plain words without personal data: `OneForm SD-1: approved.` */
  readonly sentence: string;
  readonly detail: JsonObject;
  readonly personal: Readonly<Record<string, JsonValue>>;
}

export type RequestRefusalCode =
  | 'WRONG_STATUS'
  | 'NO_AUTHORISATION'
  | 'SEPARATION_OF_DUTY'
  | 'PREREQUISITES_MISSING'
  | 'NO_LONGER_GRANTABLE'
  | 'NO_EXCEPTION'
  | 'NOTHING_NAMED'
  | 'TIME_IMPOSSIBLE'
  | 'EXTRACT_TOO_OLD'
  | 'NOTHING_TO_UNDO'
  | 'OTHER_FORM'
  | 'NO_CHANGE';

export interface RequestRefusal {
  readonly ok: false;
  readonly code: RequestRefusalCode;
  readonly sentence: string;
  readonly nextAction: string;
}

export type Decision =
  | { readonly ok: true; readonly next: AccessRequest; readonly event: RequestEventDraft }
  | RequestRefusal;
