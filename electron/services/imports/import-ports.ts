import type { ColumnMapping, DateChoices, ImportKind } from '../../contract/imports.contract.ts';
import type { IsoDate, IsoInstant } from '../../domain/dates.ts';
import type { TitleMoment } from '../../domain/register/extract-moment.ts';
import type { GoMode } from '../../domain/register/go-envelope.ts';
import type { ManagerColumn } from '../../domain/register/go-manager.ts';
import type { GoEntity, GoRecord } from '../../domain/register/go-record.ts';
import type { Slipped } from '../../domain/register/go-tally.ts';
import type { OddText } from '../../domain/register/odd-text.ts';
import type { ToInstant } from '../../domain/register/source-dates.ts';
import type { ColumnRules, Delimiter } from '../../domain/register/table-shape.ts';
import type { TabularKind } from '../../domain/register/tabular-fields.ts';
import type { ImportStanding, SourceKind } from '../../domain/register/undo-import.ts';
import type { OneFormContent } from '../../domain/requests/request.ts';
import type { HoldingSeen } from '../../domain/requests/verification.ts';
import type { ImportRecord } from '../ground/register-reader.ts';

/** What imports need of the disk and of the store. `electron/adapters` and `db` implement it. */

export type FileEncoding = 'ascii' | 'utf-8' | 'windows-1252';

export interface FileFacts {
  /** SHA-256 of the bytes as they were read, hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly encoding: FileEncoding;
  /** False where the file's last line has no line end: a sign of a file cut off. */
  readonly endsWithNewline: boolean;
  readonly odd: OddText;
}

export interface LineBatch {
  readonly lines: readonly string[];
  /** Number of the first line of the batch, from 1. */
  readonly firstLine: number;
}

/** What a delimited file looks like, from its first megabyte. */
export interface TableShape {
  readonly headers: readonly string[];
  /** The line on which the header stands, from 1. */
  readonly headerLine: number;
  readonly delimiter: Delimiter;
  readonly encoding: FileEncoding;
  readonly sample: readonly (readonly string[])[];
  /** When the extract was taken, where a title row says so. */
  readonly takenAt: TitleMoment | null;
}

export interface TableRow {
  /** Lines on which it begins and ends, from 1. */
  readonly line: number;
  readonly lastLine: number;
  readonly cells: readonly string[];
}
export interface TableFault extends TableRow {
  /** One of a few, without a value or a number in it. */
  readonly reason: string;
  /** Its lines as they stand in the file: whoever is named in them is held. */
  readonly raw: string;
}
/** Lines that are no row and say nothing of anybody: words below the table, its column names once more, a ruled line or page number. */
export interface PassedOver {
  readonly line: number;
  readonly lastLine: number;
  readonly what: 'words' | 'header-again' | 'rule';
}
export interface TableBatch {
  readonly rows: readonly TableRow[];
  readonly faults: readonly TableFault[];
  readonly passed: readonly PassedOver[];
  /** The last row, where the file ends in the middle of its last cell or just behind it. */
  readonly unended?: TableRow | null;
}

export interface OneFormsFile {
  /** Instant, or null where the file's own text is no date. */
  readonly exportedAt: IsoInstant | null;
  /** `index` counts the forms from 1. A reason names the path inside the form, never a value. */
  readonly rows: readonly (
    | { readonly ok: true; readonly index: number; readonly form: OneFormContent }
    | { readonly ok: false; readonly index: number; readonly reason: string }
  )[];
  /** Names of fields that nobody here knows and that were let go, each once: `priority`, `requester.email`. */
  readonly unknownFields: readonly string[];
  /** What a person should know of how its dates were read. */
  readonly remarks: readonly string[];
  readonly facts: FileFacts;
}

/** Called between chunks with bytes; throws to stop. */
export type OnBytes = (read: number, total: number) => void;

/** Reads the file a person chose. Every function may throw `FileRefused` (domain/register/file-refusal.ts). */
export interface ImportFiles {
  readonly readLines: (path: string, onBytes: OnBytes) => Generator<LineBatch, FileFacts>;
  readonly inspectTable: (path: string, kind: TabularKind | null) => TableShape;
  readonly readTable: (
    path: string,
    shape: TableShape,
    onBytes: OnBytes,
    rules?: ColumnRules,
  ) => Generator<TableBatch, FileFacts>;
  readonly readOneFormsJson: (path: string, onBytes: OnBytes) => OneFormsFile;
  readonly readHead: (path: string) => string;
  readonly size: (path: string) => number;
  readonly toInstant: ToInstant;
}

/** Tables that an import replaces by difference. */
export type StagedTable = GoEntity | 'holding' | 'as-number' | 'training';

/** What a person said of files with the same headers. */
export interface RememberedColumns {
  readonly mapping: ColumnMapping;
  readonly dates: DateChoices;
}

export interface StagedHolding {
  /** Empty where the file names the person by username alone. */
  readonly employeeNumber: string;
  readonly username: string;
  readonly exportedName: string;
  readonly urp: string | null;
  readonly startDate: string;
  readonly endDate: IsoDate | null;
  readonly lastLogon: IsoInstant | null;
  /** `direct`, `indirect`, or empty where the file does not say. */
  readonly grantType: string;
  readonly application: string | null;
  readonly accountStart: IsoDate | null;
  readonly accountEnd: IsoDate | null;
  readonly assignedBy: string | null;
  readonly assignedOn: IsoDate | null;
  readonly updatedBy: string | null;
  readonly updatedOn: IsoDate | null;
}
export interface StagedAsNumber {
  readonly employeeNumber: string;
  readonly positionNumber: string | null;
  readonly asNumber: string;
  readonly issuedOn: IsoDate | null;
}
export interface StagedTraining {
  readonly employeeNumber: string;
  readonly competence: string;
  readonly status: string;
  readonly achievedOn: IsoDate | null;
  readonly expiresOn: IsoDate | null;
}
export interface StagedRows {
  readonly location: Extract<GoRecord, { kind: 'location' }>;
  readonly organisation: Extract<GoRecord, { kind: 'organisation' }>;
  readonly position: Extract<GoRecord, { kind: 'position' }>;
  readonly person: Extract<GoRecord, { kind: 'person' }>;
  readonly assignment: Extract<GoRecord, { kind: 'assignment' }>;
  readonly holding: StagedHolding;
  readonly 'as-number': StagedAsNumber;
  readonly training: StagedTraining;
}

/** Counts of rows. new + changed + unchanged is what was staged; `ended` counts rows of what is no longer stated. */
export interface DifferenceCounts {
  readonly new: number;
  readonly changed: number;
  readonly ended: number;
  readonly unchanged: number;
}

/** What only the whole of a GO file tells. */
export interface SettledFile {
  /** Rows that were added and fail after all. */
  readonly failed: readonly { readonly table: StagedTable; readonly line: number; readonly reason: string }[];
  /** Rows that ran on beyond the start of the next row of the same id. */
  readonly shortened: number;
  /** Employee numbers that more than one ESR person id has; the first few, and how many there are. */
  readonly shared: { readonly count: number; readonly first: readonly SharedNumber[] };
  readonly managers: ManagerColumn;
}
export interface SharedNumber {
  readonly employeeNumber: string;
  readonly personIds: readonly string[];
}

export interface Difference {
  readonly table: StagedTable;
  readonly counts: DifferenceCounts;
  /** Current rows before. */
  readonly before: number;
  /** What a full file takes from people; null where nothing was known, and for tables that say nothing of a person. */
  readonly losses: Losses | null;
}

/** Rows still in force on the extract's day that a full file states no more, or states as over. */
export interface Losses {
  /** Rows in force before. */
  readonly known: number;
  readonly lost: number;
  /** The first of those who would lose something. */
  readonly people: readonly { readonly name: string | null; readonly number: string }[];
  readonly peopleCount: number;
}

/** Who a row of the register is about, as it was written. */
export interface RowHolder {
  readonly employeeNumber: string | null;
  readonly username: string | null;
}

/**
 * A file's kept rows in temporary tables held in memory: nothing of it is on disk until `apply`, and `clear` forgets it.
 * One at a time on one connection.
 */
export interface RegisterStaging {
  /** `full`: what is not stated ends. `changes`: only what is stated, or deleted, changes. */
  readonly begin: (tables: readonly StagedTable[], mode: GoMode) => void;
  /**
   * False where an earlier row of the file has the same identity. Of a GO file that is found by `settle`; in a changes file
   * the later row counts. `line` is the row's, of a GO file.
   */
  readonly add: <T extends StagedTable>(table: T, row: StagedRows[T], line?: number) => boolean;
  /** An `XXD` row of a changes file. */
  readonly remove: (entity: GoEntity, id: string) => void;
  /** A row that failed: what the register holds under `id` is left as it is; null leaves the whole table's endings out. */
  readonly hold: (table: StagedTable, id: string | null) => void;
  /**
   * Once, after the last row of a GO file: rows that slipped, repeat or lie within another are taken out and held, one row of an id
   * ends before the next begins, and what only the whole file tells is told.
   */
  readonly settle: (slipped: readonly Slipped[]) => SettledFile;
  /** The file has been read: to be called before `compare` or `apply`. */
  readonly end: () => void;
  /** Of whom a row could not be read: what the register has of them is left as it is. Asked of rows that would end. */
  readonly holdBy: (table: StagedTable, isHeld: (holder: RowHolder) => boolean) => void;
  /** The day by which a row is in force or over, for {@link Losses}. */
  readonly asOf: (day: IsoDate) => void;
  /** Of a GO file: the person ids of whom a row could not be read, as far as the register knows them. */
  readonly unreadPeople: () => { readonly everybody: boolean; readonly personIds: readonly string[] };
  /** The holdings that were read, and no others: presence is proved by these. */
  readonly holdingsRead: () => readonly HoldingSeen[];
  /** Keeps what was read as history alone, within the caller's transaction: the register stays as a newer extract left it. */
  readonly historyCounts: () => readonly Difference[];
  readonly keepAsHistory: (importId: string) => readonly Difference[];
  /** Compares with the register as it stands; writes nothing of the store. `step` is called between pieces of work. */
  readonly compare: (endedOn: IsoDate, step: () => void) => readonly Difference[];
  /** Compares and writes, within the caller's transaction. */
  readonly apply: (importId: string, endedOn: IsoDate, step: (done: number) => void) => readonly Difference[];
  /**
   * Brings up to date by what people are found and in what order they stand, and the names that the requests show, for whoever
   * `importId` said something of. After `apply`, in its transaction; nothing where the file was about no person.
   */
  readonly renewPeople: (importId: string, today: IsoDate) => void;
  readonly clear: () => void;
}

export interface NewImport extends ImportRecord {
  readonly sha256: string;
  readonly vpd: string | null;
  readonly sequence: number | null;
  readonly startingPosition: boolean | null;
  /** Rows of the source that stand after it. */
  readonly currentRows: number;
}

export interface ImportRepository {
  readonly insert: (row: NewImport) => void;
  /** Current rows of a source, counted. */
  readonly countRows: (kind: ImportKind) => number;
  /** The run number of the GO file imported last, full or changes; null before the first. */
  readonly lastRun: () => number | null;
  /** The latest import of any of the kinds. */
  readonly latest: (
    kinds: readonly ImportRecord['kind'][],
  ) => { readonly id: string; readonly sha256: string } | null;
  /** When the youngest extract of the kinds was taken; null where none says. */
  readonly newestTakenAt: (kinds: readonly ImportRecord['kind'][]) => IsoInstant | null;
  /** Employee number → name as the queue shows it, of everybody the register states. */
  readonly peopleByNumber: () => ReadonlyMap<string, string>;
  /** Whether the register states somebody of that number now. */
  readonly isSomebodys: (employeeNumber: string) => boolean;
  readonly positionNumbers: () => ReadonlySet<string>;
  /** When the newest extract of holdings was taken; no extract counts as taken after it came in. */
  readonly newestHoldings: () => IsoInstant | null;
  /** Whom an import could not read whole, by the text that names them; `*` = it might be anybody. */
  readonly recordUnread: (importId: string, written: readonly string[]) => void;
  /** The same, of the import by which the starting position was taken, and when that extract was taken. */
  readonly unreadAtStart: () => { readonly written: readonly string[]; readonly takenAt: IsoInstant | null };
  readonly readMapping: (kind: TabularKind, signature: string) => RememberedColumns | null;
  readonly saveMapping: (
    kind: TabularKind,
    signature: string,
    columns: RememberedColumns,
    savedAt: IsoInstant,
  ) => void;
}

/** An import as undoing it is decided. `rows` stood after it. */
export interface ImportToUndo extends Omit<ImportStanding, 'later'> {
  readonly id: string;
  readonly sha256: string;
  readonly fileName: string;
  readonly rows: number;
  readonly later: readonly SourceKind[];
}

/** Takes a first import out of the store, within the caller's transaction. */
export interface ImportUndo {
  readonly find: (id: string) => ImportToUndo | null;
  /** Ids of requests that are matched to a person. */
  readonly matched: () => readonly string[];
  /** Ids of open findings that the import raised. */
  readonly raisedBy: (id: string) => readonly string[];
  /** Rows of the starting position that it took. */
  readonly positions: (id: string) => number;
  /** How many rows went. `look` is called between pieces of work. */
  readonly takeOut: (id: string, kind: SourceKind, look: () => void) => number;
  /** Brings up to date by what people are found. */
  readonly findAnew: (kind: SourceKind, today: IsoDate) => void;
  readonly mark: (id: string, at: IsoInstant, by: string) => void;
}
