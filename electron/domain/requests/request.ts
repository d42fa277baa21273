/** A request for access: what the OneForm said, and how far the team has come with it. */
import type { PrerequisiteId } from '../access/prerequisite-facts.ts';
import type { IsoDate, IsoInstant } from '../dates.ts';
import { type Matched, surelySame, type WhoReader } from '../people/person-key.ts';
import { readStaffNumber } from '../people/staff-number.ts';

export const REQUEST_STATUSES = [
  'unmatched',
  'new',
  'returned',
  'with-guardian',
  'authorised',
  'approved',
  'keyed',
  'not-seen',
  'verified',
  'withdrawn',
] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

export interface FormPerson {
  /** Employee or assignment number as the form has it. */
  readonly number: string | null;
  readonly name: string | null;
}

export interface FormAuthorisation {
  readonly by: FormPerson;
  /** Date or instant as the form gives it, ISO. */
  readonly on: string | null;
}

/** What one version of a OneForm says, as imported from the Service Desk portal. */
export interface OneFormContent {
  readonly reference: string;
  readonly submittedAt: IsoInstant;
  readonly requester: FormPerson;
  readonly beneficiary: FormPerson;
  readonly accessAsTyped: string;
  readonly justification: string;
  readonly lineManager: FormPerson;
  /** Null when the form carries none. */
  readonly authorisation: FormAuthorisation | null;
  /** Names only; the files stay with the Service Desk. */
  readonly attachments: readonly string[];
}

/** Who did a step, and when. `employeeNumber` is what separation of duty compares. */
export interface StepBy {
  readonly userId: string;
  readonly employeeNumber: string | null;
  readonly at: IsoInstant;
}

/** What the Caldicott Guardian decides (5.1.1). `until` is the last day of the access that is given by it. */
export type ExceptionTerms =
  | { readonly granted: true; readonly until: IsoDate; readonly reason: string }
  | { readonly granted: false; readonly reason: string };

/** An exception that was asked of the Caldicott Guardian: from what, why, and what became of it. */
export interface AskedException {
  readonly covers: readonly PrerequisiteId[];
  /** Access beside which it was asked to stand. Absent in older requests: then no conflict is let pass. */
  readonly conflicts?: readonly string[];
  readonly reason: string;
  readonly asked: StepBy;
  readonly decision: (ExceptionTerms & { readonly by: StepBy }) | null;
}

/** One thing that held when it was approved and no longer does, as the judgement of today says it. */
export interface ObjectionPoint {
  readonly id: PrerequisiteId;
  readonly title: string;
  readonly clause: string;
  /** Whole sentence, next action included. */
  readonly sentence: string;
  readonly fact: string;
  readonly source: { readonly name: string; readonly takenAt: IsoInstant } | null;
  readonly nextAction: string | null;
}

/** Why an approval can no longer be keyed. */
export interface Objection {
  readonly points: readonly ObjectionPoint[];
  readonly raisedAt: IsoInstant;
  /** The import that brought it to light; null where it came up at a person's step. */
  readonly importId: string | null;
}

/** The part of a request that commands change, and that an undo restores whole. */
export interface RequestProgress {
  readonly status: RequestStatus;
  /** Employee number in the register when it was matched; null while unmatched. */
  readonly beneficiary: string | null;
  /** ESR's PersonId of the same person: a number may change hands. Absent in older requests. */
  readonly personId?: string | null;
  /** The post that an officer named when matching; otherwise the form's own number says. Absent in older requests. */
  readonly post?: number | null;
  readonly authorisation: (FormAuthorisation & { readonly recorded: StepBy }) | null;
  readonly returned: { readonly missing: readonly string[]; readonly by: StepBy } | null;
  /** Absent in requests that were written before exceptions could be asked. */
  readonly exception?: AskedException | null;
  readonly approval: StepBy | null;
  /** Against the approval, as it was judged last; null or absent while it holds. */
  readonly objection?: Objection | null;
  /** `at` = when it was keyed into ESR; `recordedAt` = when that was written down here. */
  readonly keyed:
    | (StepBy & {
        readonly recordedAt: IsoInstant;
        readonly startDate: IsoDate;
        readonly endDate: IsoDate | null;
        /** What stood against it when it was recorded as standing in ESR already; left out where nothing did. */
        readonly despite?: readonly ObjectionPoint[];
      })
    | null;
  /** The extract that last spoke about it after the keying. */
  readonly lastSeenIn: {
    readonly extractId: string;
    readonly takenAt: IsoInstant;
    readonly seen: boolean;
  } | null;
  readonly withdrawn: { readonly reason: string; readonly by: StepBy } | null;
  /** Something changed that a person must look at (a new version of a form after keying); null when nothing. */
  readonly attention: string | null;
}

/** One version of the form, with what it came to when it was read. */
export interface FormVersion {
  readonly form: OneFormContent;
  /** From 1; counts the versions of this form. */
  readonly formVersion: number;
  /** Catalogue name; null when not known or ambiguous. */
  readonly urp: string | null;
  /** False only for access that clause 5.1.1 gives to all staff (catalogue `everyone`). */
  readonly authorisationNeeded: boolean;
}

/** What came before an undoable step. */
export interface UndoStep {
  readonly command: UndoableCommandKind;
  readonly before: RequestProgress;
  readonly urp: string | null;
  readonly authorisationNeeded: boolean;
}

export type UndoableCommandKind =
  | 'match'
  | 'askException'
  | 'chooseAccess'
  | 'recordAuthorisation'
  | 'returnForm'
  | 'approve'
  | 'key'
  | 'withdraw';

/** The version is the one the work stands on; a later one that came after the keying lies in `waiting`. */
export interface AccessRequest extends FormVersion {
  readonly id: string;
  readonly progress: RequestProgress;
  /** A later version of the form, not taken up because the access was keyed, or the request withdrawn, on this one. */
  readonly waiting: (FormVersion & Matched) | null;
  /** Steps that can still be undone, oldest first; a step that cannot be undone empties it. */
  readonly undo: readonly UndoStep[];
}

/** A request as it enters: matched to somebody in the register, or waiting in "unmatched". */
export function newRequest(input: {
  readonly id: string;
  readonly form: OneFormContent;
  readonly urp: string | null;
  readonly authorisationNeeded: boolean;
  readonly beneficiary: string | null;
  readonly personId?: string | null;
}): AccessRequest {
  const { id, form, urp, authorisationNeeded } = input;
  return {
    id,
    form,
    formVersion: 1,
    urp,
    authorisationNeeded,
    progress: freshProgress(input),
    waiting: null,
    undo: [],
  };
}

/** Nothing done yet: to be checked, or first to be matched. */
export function freshProgress({ beneficiary, personId }: Matched): RequestProgress {
  return {
    status: beneficiary === null ? 'unmatched' : 'new',
    beneficiary,
    ...(personId ? { personId } : {}),
    authorisation: null,
    returned: null,
    exception: null,
    approval: null,
    keyed: null,
    lastSeenIn: null,
    withdrawn: null,
    attention: null,
  };
}

/** Where a request stands before approval: by its own authorisation alone. */
export function checkedStatus({ authorisation }: RequestProgress): 'new' | 'authorised' {
  return authorisation === null ? 'new' : 'authorised';
}

export type GrantedException = AskedException & {
  readonly decision: Extract<ExceptionTerms, { granted: true }> & { readonly by: StepBy };
};

/** The exception that the Guardian granted and has not taken back, whether or not its last day has come. */
export function grantedException({ exception }: RequestProgress): GrantedException | null {
  if (!exception?.decision?.granted) return null;
  return { ...exception, decision: exception.decision };
}

/** Whether the Guardian let it go on without the line manager's authorisation. */
export const isManagerExcepted = (progress: RequestProgress): boolean =>
  grantedException(progress)?.covers.includes('authorised') ?? false;

export interface PostAsked {
  /** `…-2` → 2; null where none was named. */
  readonly post: number | null;
  /** The employee number that the form named it of; null where an officer named the post, or nobody did. */
  readonly of: string | null;
}

/**
 * The post the access is for: the officer's own match, else the form's number where it names the same person. `wasTheirs`: whether
 * a number that is somebody else's by now was the person's before, as it was when the form was matched.
 */
export function postAsked(
  { form, progress }: AccessRequest,
  who: WhoReader,
  wasTheirs: (number: string) => boolean,
): PostAsked {
  if (progress.post !== undefined && progress.post !== null) return { post: progress.post, of: null };
  if (progress.beneficiary === null || form.beneficiary.number === null) return { post: null, of: null };
  const read = readStaffNumber(form.beneficiary.number);
  if (read.kind === 'unknown' || !read.postWritten) return { post: null, of: null };
  const theirs =
    surelySame(who(form.beneficiary.number), who(progress.beneficiary)) || wasTheirs(read.number);
  return theirs ? { post: read.post, of: read.number } : { post: null, of: null };
}
