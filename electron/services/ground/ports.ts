import type { SignInWay } from '../../contract/common.ts';
import type { QueueFilter, QueueSort } from '../../contract/requests.contract.ts';
import type { Decision } from '../../contract/signing.contract.ts';
import type { AccessCatalogue } from '../../domain/access/catalogue.ts';
import type { Role } from '../../domain/access/roles.ts';
import type { IsoDate, IsoInstant } from '../../domain/dates.ts';
import type { JsonObject, JsonValue } from '../../domain/ledger/canonical-json.ts';
import type { LikelyPerson } from '../../domain/people/account-proposal.ts';
import type { FindingRepository, RequestRepository } from './request.ports.ts';
import type { WhoIsWho } from './who-is-who.ts';

export type * from './request.ports.ts';

/** What the services need of the outside world. `db`, `electron/adapters` and `electron/main` implement it. */

export interface Clock {
  /** UTC, with milliseconds. */
  readonly now: () => IsoInstant;
  /** The calendar date in Europe/London. */
  readonly today: () => IsoDate;
}

export interface Ids {
  /** A new random id, URL-safe. */
  readonly next: () => string;
  /** 16 random bytes. */
  readonly salt: () => Uint8Array;
}

export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** Who acts, as the ledger and separation of duty need to know them. */
export interface Actor {
  readonly userId: string;
  readonly displayName: string;
  readonly employeeNumber: string | null;
  readonly roles: readonly Role[];
}

/** One thing to be written into the ledger. `sentence` is plain words free of personal data; it goes into the hashed event. */
export interface NewLedgerEvent {
  readonly at: IsoInstant;
  readonly actor: Pick<Actor, 'userId' | 'roles'> | null;
  readonly operation: string;
  readonly subject: { readonly kind: string; readonly id: string } | null;
  readonly outcome: 'done' | 'refused';
  readonly sentence: string;
  readonly detail: JsonObject;
  /** Goes in as salted commitments; the values lie beside. */
  readonly personal: Readonly<Record<string, JsonValue>>;
}

export interface LedgerRow {
  readonly seq: number;
  readonly at: IsoInstant;
  readonly actorId: string | null;
  readonly operation: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly outcome: 'done' | 'refused';
  readonly sentence: string;
  readonly leafHash: Uint8Array;
}

/** A ledger row as it is stored, whole, for verification. */
export interface StoredLedgerRow extends LedgerRow {
  readonly event: string;
}

export interface LedgerFilter {
  readonly text: string;
  readonly operation: string | null;
  /** Any of these; null for anybody. */
  readonly actorIds: readonly string[] | null;
  readonly outcome: 'done' | 'refused' | null;
  readonly from: IsoInstant | null;
  readonly to: IsoInstant | null;
}

export interface LedgerRepository {
  /** Appends within the caller's transaction: event, tree nodes and disclosures, or nothing. */
  readonly append: (event: NewLedgerEvent) => { readonly seq: number; readonly rootHash: Uint8Array };
  readonly size: () => number;
  readonly root: () => Uint8Array;
  readonly list: (
    filter: LedgerFilter,
    slice: Slice,
  ) => { readonly total: number; readonly rows: readonly LedgerRow[] };
  readonly bySubject: (kind: string, id: string) => readonly LedgerRow[];
  readonly recent: (limit: number) => readonly LedgerRow[];
  readonly operations: () => readonly string[];
  /** Every row from `fromSeq`, in order, streamed. Rows before 0 are none of the program's own. */
  readonly stream: (fromSeq: number) => IterableIterator<StoredLedgerRow>;
  readonly readNode: (level: number, index: number) => Uint8Array | null;
  readonly countNodes: () => number;
  readonly countDisclosures: () => number;
  readonly disclosuresOf: (
    seq: number,
  ) => readonly { readonly field: string; readonly salt: string; readonly value: JsonValue }[];
}

export interface Slice {
  readonly offset: number;
  readonly limit: number;
}

/** Settings and the catalogue are data of the store; the defaults come from `resources/`. */
export interface SettingRepository {
  readonly read: (key: string) => JsonValue | undefined;
  readonly write: (key: string, value: JsonValue) => void;
}

export interface StoredUser {
  readonly id: string;
  /** Lower case. */
  readonly username: string;
  readonly displayName: string;
  readonly employeeNumber: string | null;
  readonly roles: readonly Role[];
  readonly createdAt: IsoInstant;
  readonly lastSignInAt: IsoInstant | null;
  readonly endedAt: IsoInstant | null;
  readonly mustChangePassword: boolean;
  readonly lastWay: SignInWay | null;
  /** 12 digits. */
  readonly cardUuid: string | null;
  /** Since then a trust PC takes the card and not the password. */
  readonly cardOnlySince: IsoInstant | null;
  /** Until then a trust PC takes the password all the same. */
  readonly glassUntil: IsoInstant | null;
}

export interface UserRepository {
  readonly get: (id: string) => StoredUser | null;
  readonly byUsername: (username: string) => StoredUser | null;
  readonly byCard: (uuid: string) => StoredUser | null;
  readonly list: () => readonly StoredUser[];
  readonly insert: (user: StoredUser) => void;
  readonly update: (user: StoredUser) => void;
}

export interface StoredView {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly filter: QueueFilter;
  readonly sort: QueueSort;
}

export interface ViewRepository {
  readonly list: (userId: string) => readonly StoredView[];
  readonly save: (view: StoredView) => void;
  readonly remove: (userId: string, id: string) => boolean;
}

/** A signature as it was made: text and certificate beside it, so that it can be checked in years to come. */
export interface SignatureRow {
  readonly id: string;
  /** The ledger event that names its hash. */
  readonly seq: number;
  readonly decision: Decision;
  readonly subjectId: string;
  readonly signedAt: IsoInstant;
  readonly signerId: string;
  readonly means: 'card' | 'account-key';
  readonly text: string;
  /** Detached CMS, DER. */
  readonly cms: Uint8Array;
  readonly certificate: Uint8Array;
  /** What was above the certificate, PEM. */
  readonly chain: string;
}

export interface AccountKey {
  readonly certificate: Uint8Array;
  readonly privateScalar: Uint8Array;
}

export interface SignatureRepository {
  readonly insert: (signature: SignatureRow) => void;
  readonly bySubject: (subjectId: string) => readonly SignatureRow[];
  readonly accountKey: (userId: string) => AccountKey | null;
  readonly setAccountKey: (userId: string, key: AccountKey) => void;
}

export interface DraftRepository {
  readonly list: (userId: string) => readonly { readonly key: string; readonly value: string }[];
  /** Null removes it. */
  readonly keep: (userId: string, key: string, value: string | null, at: IsoInstant) => void;
}

/** An ESR account that extracts name without a person, and what was confirmed of it. */
export interface EsrAccount {
  /** In capitals. */
  readonly username: string;
  /** Present holdings that name the account alone. */
  readonly holdings: number;
}

export interface ConfirmedAccount extends EsrAccount {
  /** Null = nobody's. */
  readonly personId: string | null;
  /** As it was when it was confirmed. */
  readonly employeeNumber: string | null;
  readonly confirmedAt: IsoInstant;
  /** User id. */
  readonly confirmedBy: string;
}

export interface AccountRepository {
  readonly listToConfirm: (
    text: string,
    slice: Slice,
  ) => { readonly total: number; readonly rows: readonly EsrAccount[] };
  readonly listConfirmed: (
    text: string,
    slice: Slice,
  ) => { readonly total: number; readonly rows: readonly ConfirmedAccount[] };
  readonly confirmed: (username: string) => ConfirmedAccount | null;
  /** Employee numbers that any export, this or an earlier one, named with the account. */
  readonly statedFor: (
    username: string,
  ) => readonly { readonly employeeNumber: string; readonly takenAt: IsoInstant | null }[];
  /** Every account that waits, with the numbers that exports named with it. */
  readonly waiting: () => readonly {
    readonly username: string;
    readonly employeeNumbers: readonly string[];
  }[];
  /** Present people of that initial whose last name begins so, whatever its case; a few. */
  readonly peopleLike: (initial: string, last: string) => readonly LikelyPerson[];
  readonly confirm: (account: Omit<ConfirmedAccount, 'holdings'>) => void;
  readonly undo: (username: string) => boolean;
}

/** Everything that reads and writes one open store, over one connection. */
export interface StoreAccess {
  /** BEGIN IMMEDIATE … COMMIT: the work and its ledger event together or not at all. Nested calls join. */
  readonly transaction: <T>(work: () => T) => T;
  readonly requests: RequestRepository;
  readonly findings: FindingRepository;
  readonly settings: SettingRepository;
  readonly users: UserRepository;
  readonly views: ViewRepository;
  readonly signatures: SignatureRepository;
  readonly drafts: DraftRepository;
  readonly who: WhoIsWho;
  readonly accounts: AccountRepository;
  readonly ledger: LedgerRepository;
}

/** What every service is given. */
export interface ServiceContext {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly sha256: Sha256;
}

/** The catalogue of access as this store has it. */
export type ReadCatalogue = () => AccessCatalogue;

/** How long work tells where it is, and learns that it should stop. Both are cheap enough for every few hundred rows. */
export interface JobControl {
  /** `fraction` 0 to 1, or null while it cannot be said. */
  readonly progress: (phase: string, fraction: number | null, rows: number) => void;
  readonly cancelled: () => boolean;
  /** Waits until no command is at work and holds commands back until `release`: the one moment when a job may write. */
  readonly acquireWrite: () => Promise<{ readonly release: () => void }>;
}

/** Thrown by long work that was asked to stop; it has changed nothing. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}
