import type { ImportKind } from '../../contract/imports.contract.ts';
import type { PersonFacts } from '../../domain/access/prerequisites.ts';
import type { IsoDate, IsoInstant } from '../../domain/dates.ts';
import type { PersonKey } from '../../domain/people/person-key.ts';
import type { HoldingSeen } from '../../domain/requests/verification-facts.ts';
import type { Slice } from './ports.ts';

/** Reads the register as the last imports left it. `today` decides which of a person's dated rows is in force. */
export interface RegisterReader {
  /** What prerequisites are judged by, of everybody asked for in a few statements; each number has an entry. */
  readonly knownOf: (
    employeeNumbers: readonly string[],
    today: IsoDate,
  ) => ReadonlyMap<string, KnownOfPerson>;
  readonly personDetail: (employeeNumber: string, today: IsoDate) => PersonDetail | null;
  /** Where every post of the person ends, the last day of them; null where one goes on, and where there is none. */
  readonly lastDayOfPosts: (person: PersonKey, day: IsoDate) => IsoDate | null;
  /** In the order of names. `text` as it is typed; everybody where it is blank. */
  readonly searchPeople: (text: string, today: IsoDate, slice: Slice) => PeopleFound;
  readonly holdingsOf: (employeeNumber: string) => readonly HoldingRow[];
  readonly asNumbersOf: (employeeNumber: string) => readonly AsNumberRow[];
  readonly trainingOf: (employeeNumber: string) => readonly TrainingRow[];
  /** Every holding that stands, of everybody. */
  readonly allHoldings: () => readonly HoldingSeen[];
  /** Holders of each catalogue name whose access and account end, as ESR writes it, on `ends` or later. */
  readonly countHolders: (ends: IsoDate) => ReadonlyMap<string, number>;
  /** The latest import of each kind of source. Counts nothing. */
  readonly sources: () => ReadonlyMap<ImportKind, LatestImport>;
  /** Whether what is known of anybody may be older than the latest import of a source. */
  readonly anyUnread: () => boolean;
  /** The latest import in which every row of somebody with these names could be read; null where there is none. */
  readonly lastReadWhole: (
    kind: Exclude<ImportKind, 'go' | 'oneforms'>,
    names: readonly string[],
  ) => LatestImport | null;
  /**
   * The same of the register: what could not be read of somebody stays unknown through every changes file, until one states them
   * again or a full file is read whole. `names` are their employee numbers.
   */
  readonly registerReadWhole: (names: readonly string[]) => LatestImport | null;
  /** Current rows of a source, counted: slow in a large register, so an import keeps the number. */
  readonly countRows: (kind: ImportKind) => number;
  readonly listImports: (slice: Slice) => { readonly total: number; readonly rows: readonly ListedImport[] };
}

export interface PeopleFound {
  /** Found in all; where a search finds more than it counts, as many as it counted. */
  readonly total: number;
  /** More are found than were counted. */
  readonly more: boolean;
  readonly rows: readonly PersonSummary[];
}

export interface PersonSummary {
  readonly personId: string;
  readonly name: string;
  readonly employeeNumber: string;
  readonly position: string | null;
  readonly organisation: string | null;
  readonly current: boolean;
}

export interface AssignmentDetail {
  readonly assignmentNumber: string;
  readonly position: string | null;
  readonly positionNumber: string | null;
  readonly organisation: string | null;
  readonly supervisor: string | null;
  readonly supervisorNumber: string | null;
  readonly lineManager: string | null;
  readonly lineManagerNumber: string | null;
  readonly directReports: number;
  readonly primary: boolean;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly status: string | null;
  readonly current: boolean;
}

export interface PersonDetail {
  readonly personId: string;
  readonly name: string;
  readonly employeeNumber: string;
  readonly email: string | null;
  readonly smartcardUuid: string | null;
  readonly current: boolean;
  readonly hireDate: IsoDate | null;
  readonly terminationDate: IsoDate | null;
  readonly personType: string | null;
  readonly assignments: readonly AssignmentDetail[];
}

export interface HoldingRow {
  /** Catalogue name, or null when the exported one is not in the catalogue. */
  readonly urp: string | null;
  readonly exportedName: string;
  /** Null where the export does not say. */
  readonly username: string | null;
  readonly startDate: IsoDate | null;
  readonly endDate: IsoDate | null;
  /** From when and until when the account works that it hangs on, as ESR writes it. */
  readonly accountStart: IsoDate | null;
  readonly accountEnd: IsoDate | null;
}

export interface AsNumberRow {
  readonly asNumber: string;
  readonly positionNumber: string | null;
  readonly issuedOn: IsoDate | null;
}

export interface TrainingRow {
  readonly competence: string;
  readonly status: string;
  readonly expiresOn: IsoDate | null;
}

/** Person null where the register has nobody of that number. */
export interface KnownOfPerson {
  readonly person: PersonFacts | null;
  readonly holdings: readonly HoldingRow[];
  readonly asNumbers: readonly AsNumberRow[];
  readonly training: readonly TrainingRow[];
}

export interface LatestImport {
  readonly importId: string;
  readonly takenAt: IsoInstant | null;
  readonly importedAt: IsoInstant;
  /** Rows of that source that stood after the import; null of an import made before this was kept. */
  readonly rows: number | null;
}

export interface ImportRecord {
  readonly id: string;
  readonly kind: 'go-full' | 'go-changes' | 'holdings' | 'oneforms' | 'as-numbers' | 'training';
  readonly fileName: string;
  readonly takenAt: IsoInstant | null;
  readonly importedAt: IsoInstant;
  /** User id. */
  readonly importedBy: string;
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly ended: number;
  readonly unchanged: number;
  readonly failed: number;
}

/** An import as the past imports list it. */
export interface ListedImport extends ImportRecord {
  /** The first of its kind that stands. */
  readonly first: boolean;
  readonly undoneAt: IsoInstant | null;
  /** User id. */
  readonly undoneBy: string | null;
}
