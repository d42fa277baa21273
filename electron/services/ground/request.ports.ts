import type { QueueFilter, QueueRow, QueueSort } from '../../contract/requests.contract.ts';
import type { Span } from '../../domain/access/effective-access.ts';
import type { IsoDate, IsoInstant } from '../../domain/dates.ts';
import type { AccessRequest, OneFormContent } from '../../domain/requests/request.ts';
import type { FindingKind } from '../../domain/requests/verification.ts';
import type { Slice } from './ports.ts';

/** What the services need of the store about requests, and about what extracts say of them. */

/** A request as the store keeps it: the domain's snapshot, and what counts its changes. */
export interface StoredRequest {
  readonly request: AccessRequest;
  readonly revision: number;
  readonly changedAt: IsoInstant;
  /** As shown in the queue. */
  readonly person: string;
}

export interface RequestVersion {
  readonly version: number;
  readonly receivedAt: IsoInstant;
  readonly importId: string;
  readonly form: OneFormContent;
}

export interface RequestRepository {
  readonly get: (id: string) => StoredRequest | null;
  readonly byReference: (reference: string) => StoredRequest | null;
  /** Every reference, streamed. */
  readonly references: () => IterableIterator<string>;
  readonly insert: (request: StoredRequest) => void;
  /** Writes the next revision; throws when `expectedRevision` is not the stored one (callers check before). */
  readonly update: (request: StoredRequest, expectedRevision: number) => void;
  readonly addVersion: (id: string, version: RequestVersion) => void;
  readonly versions: (id: string) => readonly RequestVersion[];
  readonly list: (
    filter: QueueFilter,
    sort: QueueSort,
    slice: Slice,
  ) => { readonly total: number; readonly rows: readonly QueueRow[] };
  readonly countByStatus: () => Readonly<Record<AccessRequest['progress']['status'], number>>;
  /** approved, keyed, not-seen and verified requests, for the comparison with an extract; streamed, without forms. */
  readonly toVerify: () => IterableIterator<RequestToVerifyRow>;
  /** approved, keyed, not-seen and verified requests for somebody with these numbers. */
  readonly ofPerson: (employeeNumbers: readonly string[]) => readonly RequestOfPersonRow[];
  /** The same of everybody, without the verified ones that rest on no exception: those say nothing to others. */
  readonly ofEverybody: () => readonly RequestOfPersonRow[];
  /** Requests that wait for a person, with the number on the form. */
  readonly unmatched: () => readonly { readonly id: string; readonly beneficiaryNumber: string }[];
  /** Approved, not keyed: what is judged again. */
  readonly approvedIds: () => readonly string[];
  /** Approvals that no longer hold. */
  readonly countObjected: () => number;
  readonly oldestOpen: () => IsoInstant | null;
}

export interface RequestToVerifyRow {
  readonly requestId: string;
  readonly reference: string;
  readonly status: 'approved' | 'keyed' | 'not-seen' | 'verified';
  /** As the register wrote it when the request was matched, and the PersonId then; null in older requests. */
  readonly employeeNumber: string;
  readonly personId: string | null;
  readonly urp: string;
  /** Null only while approved; the dates as they were keyed. */
  readonly keyedAt: IsoInstant | null;
  readonly keyedFrom: IsoDate | null;
  readonly keyedEnd: IsoDate | null;
  /** Last day of the exception that it rests on. */
  readonly approvedUntil: IsoDate | null;
  readonly goneSince: IsoInstant | null;
}

/** What one approved request says to the others of its person. */
export interface RequestOfPersonRow
  extends Pick<
    RequestToVerifyRow,
    | 'requestId'
    | 'reference'
    | 'status'
    | 'employeeNumber'
    | 'personId'
    | 'urp'
    | 'keyedEnd'
    | 'approvedUntil'
  > {
  /** Beside which the exception let it stand; null where it rests on none. */
  readonly conflicts: readonly string[] | null;
}

export interface StoredFinding {
  readonly id: string;
  readonly kind: FindingKind;
  readonly requestId: string | null;
  readonly employeeNumber: string;
  /** See the schema. */
  readonly personId: string | null;
  readonly person: string;
  readonly urp: string;
  readonly username: string | null;
  /** The access as the extract names it; null where no row shows it, and in old findings. */
  readonly exportedName: string | null;
  /** See the domain's `Raised.about`; null in old findings. */
  readonly about: string | null;
  /** About a request's keying, or about an access that nothing vouches for; null in old findings. */
  readonly subject: 'request' | 'access' | null;
  /** Days on which ESR shows the access, and those keyed, approved or accepted here. */
  readonly shown: Span | null;
  readonly approved: Span | null;
  readonly importId: string;
  readonly raisedAt: IsoInstant;
  readonly extractTakenAt: IsoInstant;
  readonly sentence: string;
  readonly nextAction: string;
  readonly settledAt: IsoInstant | null;
  /** Null where the program settled it, by an extract. */
  readonly settledBy: string | null;
  readonly settlement: string | null;
  readonly causeGoneAt: IsoInstant | null;
}

/** What was written when it was accepted; whom and what it means is worked out when it is needed. */
export interface AcceptedPosition {
  readonly employeeNumber: string;
  readonly personId: string | null;
  readonly username: string | null;
  /** Null in positions from before it was kept. */
  readonly exportedName: string | null;
  /** The catalogue's name then; in old positions `?` and the exported name. */
  readonly urp: string | null;
  /** Effective days; both null in old positions, which vouch for any. */
  readonly from: IsoDate | null;
  readonly until: IsoDate | null;
}

export interface StoredPosition extends AcceptedPosition {
  readonly id: number;
  readonly goneSince: IsoInstant | null;
}

export interface FindingRepository {
  readonly get: (id: string) => StoredFinding | null;
  readonly insert: (finding: StoredFinding) => void;
  /** `by` null = the program, by an extract; null as a whole opens it again. */
  readonly settle: (
    id: string,
    settled: { readonly at: IsoInstant; readonly by: string | null; readonly settlement: string } | null,
  ) => void;
  /** Open ones of a request. */
  readonly openOf: (requestId: string) => readonly StoredFinding[];
  readonly open: () => readonly StoredFinding[];
  /** Open, or settled by a person while what it is about still stands. */
  readonly known: () => readonly StoredFinding[];
  /** The same, of somebody with these numbers and accounts. */
  readonly knownOf: (
    employeeNumbers: readonly string[],
    usernames: readonly string[],
  ) => readonly StoredFinding[];
  /** What a person settled is over: the same thing seen again is a new finding. */
  readonly lapse: (id: string, at: IsoInstant) => void;
  readonly list: (
    open: boolean,
    slice: Slice,
  ) => { readonly total: number; readonly rows: readonly StoredFinding[] };
  readonly countOpen: () => Readonly<Record<FindingKind, number>>;
  readonly startingPositions: () => readonly StoredPosition[];
  readonly acceptPositions: (positions: readonly AcceptedPosition[], importId: string) => void;
  readonly positionsGone: (ids: readonly number[], since: IsoInstant) => void;
  readonly approvalsGone: (requestIds: readonly string[], importId: string, since: IsoInstant) => void;
}
