import type { ColumnMapping, DateChoices } from '../../contract/imports.contract.ts';
import { createEntryFinder } from '../../domain/access/catalogue.ts';
import { londonDate } from '../../domain/dates.ts';
import { personIdOf } from '../../domain/people/person-key.ts';
import { rememberTexts } from '../../domain/people/remember-texts.ts';
import {
  claimedTwice,
  columnRules,
  headerSignature,
  mappedColumns,
  missingFields,
  suggestMapping,
  unusedEnd,
} from '../../domain/register/column-mapping.ts';
import type { DateForm } from '../../domain/register/date-column.ts';
import { refuseFile } from '../../domain/register/file-refusal.ts';
import { type LocalMoment, momentInstant } from '../../domain/register/source-dates.ts';
import type { TabularKind } from '../../domain/register/tabular-fields.ts';
import {
  applyMapping,
  type CellContext,
  type HoldingRow,
  type TabularRows,
} from '../../domain/register/tabular-rows.ts';
import type { StoreAccess } from '../ground/ports.ts';
import { readCatalogue } from '../ground/store-settings.ts';
import { NO_FACTS } from './go-import.ts';
import type { RememberedMapping, StagedFile } from './import.service.ts';
import { type ChosenFile, type FileOptions, type ImportContext, phase } from './import-context.ts';
import type {
  FileFacts,
  ImportFiles,
  ImportRepository,
  StagedHolding,
  TableFault,
  TableRow,
  TableShape,
} from './import-ports.ts';
import { type ImportReport, RECORD_NAMES } from './import-report.ts';
import { createTableReading, type TableReading, type WhoInBulk } from './row-reading.ts';
import { readByDateForms, type TableDates } from './table-dates.ts';
import { openTableRemarks } from './table-remarks.ts';

export type SnapshotKind = Exclude<TabularKind, 'oneforms'>;

const TITLES: Readonly<Record<SnapshotKind, string>> = {
  holdings: "Holdings (ESR's Active Responsibilities)",
  'as-numbers': 'AS numbers from Finance',
  training: 'Training compliance',
};
const TABLES = { holdings: 'holding', 'as-numbers': 'as-number', training: 'training' } as const;

export interface ChosenMapping {
  readonly mapping: ColumnMapping;
  readonly remembered: boolean;
  /** How date columns were said to be written when files with these headers came before. */
  readonly dates: DateChoices;
}

/** The mapping given, else the one remembered for these headers, else the best guess. */
export function chooseMapping(
  imports: ImportRepository,
  kind: TabularKind,
  shape: TableShape,
  given: ColumnMapping | null,
): ChosenMapping {
  const known = imports.readMapping(kind, headerSignature(shape.headers));
  const dates = known?.dates ?? {};
  if (given) return { mapping: given, remembered: false, dates };
  const usable = known !== null && missingFields(kind, known.mapping, shape.headers).length === 0;
  return usable
    ? { mapping: known.mapping, remembered: true, dates }
    : { mapping: { ...suggestMapping(kind, shape.headers) }, remembered: false, dates };
}

export interface MappedTable {
  readonly shape: TableShape;
  readonly cells: CellContext;
  readonly dates: TableDates;
  readonly remember: RememberedMapping;
  /** A column that is let go, and may say when the access ends. */
  readonly unusedEnd: string | null;
}

/** Throws `FileRefused` with `missing-columns` where a required field has no column. */
export function openTable(
  { files, imports, access }: ImportContext,
  file: ChosenFile,
  kind: TabularKind,
  options: FileOptions,
): MappedTable {
  const shape = files.inspectTable(file.path, kind);
  const {
    mapping,
    remembered,
    dates: rememberedDates,
  } = chooseMapping(imports, kind, shape, options.mapping);
  const missing = [...missingFields(kind, mapping, shape.headers)];
  // An end that is let go in silence would be "no end": a person says what the column is.
  const unused = unusedEnd(kind, mapping, shape.headers);
  if (options.mapping === null && !remembered) {
    missing.push(...claimedTwice(kind, mapping, shape.headers).filter((one) => !missing.includes(one)));
    if (unused !== null) missing.push(`the end (perhaps “${unused}”)`);
  }
  if (missing.length > 0) refuseFile('missing-columns', { expected: missing.join(', ') });
  const columns = mappedColumns(mapping, shape.headers);
  const chosen = options.dates ?? {};
  // What a person said of this file's columns goes before what was said of an earlier one's.
  const dates = { ...rememberedDates, ...chosen };
  const remember = { kind, signature: headerSignature(shape.headers), mapping, dates };
  return {
    shape,
    cells: { columns, toInstant: files.toInstant, knowsNumber: (number) => knowsNumber(access, number) },
    dates: { kind, columns, said: { chosen, remembered: rememberedDates } },
    remember,
    unusedEnd: unused,
  };
}

/** Lost leading zeros are read only where exactly one person fits. */
function knowsNumber({ who }: StoreAccess, number: string): boolean {
  const answer = who.personOf(number);
  return answer.kind === 'person' && personIdOf(answer.key) !== null;
}

/** {@link readByDateForms}, of a file that was opened. */
export function readDated<T>(
  table: MappedTable,
  report: ImportReport,
  read: (table: MappedTable) => T,
): { readonly value: T; readonly forms: Readonly<Record<string, DateForm>> } {
  return readByDateForms(table.dates, table.shape.sample, report, (dates) =>
    read({ ...table, cells: { ...table.cells, dates } }),
  );
}

/** Each row as the kind's record, or a failure with the cells it had. */
export function eachRow<K extends TabularKind>(
  { files, job }: ImportContext,
  file: ChosenFile,
  kind: K,
  { shape, cells }: MappedTable,
  share: number,
  sink: {
    readonly rows: () => number;
    readonly row: (row: TabularRows[K], line: number) => void;
    readonly fault: (row: TableRow & Partial<TableFault>, reason: string) => void;
    readonly remark: (sentence: string) => void;
    /** A row that was read, and may have been cut off in its last cell. */
    readonly doubt?: (row: TableRow) => void;
  },
): FileFacts {
  const watch = phase(job, 'Reading the file', 0, share, sink.rows);
  const rules = columnRules(kind, cells.columns, shape.delimiter, shape.headers.length);
  const batches = files.readTable(file.path, shape, watch, rules);
  const remarks = openTableRemarks(shape);
  try {
    for (;;) {
      const next = batches.next();
      if (next.done) {
        for (const sentence of remarks.sentences(next.value)) sink.remark(sentence);
        return next.value;
      }
      for (const one of next.value.passed) remarks.passed(one);
      if (next.value.unended) sink.doubt?.(next.value.unended);
      for (const fault of next.value.faults) sink.fault(fault, fault.reason);
      for (const row of next.value.rows) {
        const read = applyMapping(kind, row.cells, cells, row.line);
        if (read.ok) sink.row(read.row, row.line);
        else sink.fault(row, read.reason);
      }
    }
  } finally {
    batches.return(NO_FACTS);
  }
}

/** Reads holdings, AS numbers or training into the staging: the file is taken as the whole of its kind. */
export function stageTable(
  context: ImportContext,
  file: ChosenFile,
  kind: SnapshotKind,
  options: FileOptions,
  report: ImportReport,
  share: number,
): StagedFile {
  const table = openTable(context, file, kind, options);
  const { value, forms } = readDated(table, report, (dated) =>
    stageRows(context, file, kind, options, dated, report, share),
  );
  return { ...value, dateForms: forms };
}

function stageRows(
  context: ImportContext,
  file: ChosenFile,
  kind: SnapshotKind,
  options: FileOptions,
  table: MappedTable,
  report: ImportReport,
  share: number,
): StagedFile {
  const { staging, files, clock } = context;
  const fileSays = momentToInstant(table.shape.takenAt, files);
  const takenAt = options.takenAt ?? fileSays;
  if (kind === 'holdings' && takenAt === null) refuseFile('no-taken-at');
  if (takenAt !== null && takenAt > clock.now()) {
    report.remark(
      options.takenAt === null
        ? "The file says it was made in the future. Check this PC's clock before you import it."
        : 'The time you gave is in the future. No extract proves anything of a time after it came in.',
    );
  }
  if (table.unusedEnd !== null)
    report.remark(
      `The column “${table.unusedEnd}” is not used. Where it says until when somebody has the access, match it to the end.`,
    );
  const name = RECORD_NAMES[TABLES[kind]];
  staging.begin([TABLES[kind]], 'full');
  const who = context.access.who.inBulk();
  const reading = createTableReading(context.access, who, table.cells.columns, table.shape.delimiter);
  const add = rowAdder(context, kind, report, { who, hold: reading.hold });
  const facts = eachRow(context, file, kind, table, share, {
    rows: report.rows,
    remark: report.remark,
    row: (row, line) => {
      reading.row();
      add.row(row, line);
    },
    doubt: (row) => {
      report.remark('The file ends without a line end, so the last cell of its last row may be cut off.');
      reading.fail(row);
    },
    fault: (row, reason) => {
      report.fail(row.line, name, reason, row.lastLine);
      reading.fail({ ...row, lines: row.raw?.split(/\r\n|\r|\n/) });
    },
  });
  add.end();
  // Whoever a row that cannot be read may be about keeps what the register has.
  const read = reading.done(takenAt);
  if (read.holdsEverybody) staging.hold(TABLES[kind], null);
  else staging.holdBy(TABLES[kind], (holder) => reading.holds(read, holder));
  staging.asOf(takenAt === null ? clock.today() : londonDate(takenAt));
  return {
    facts,
    title: TITLES[kind],
    importKind: kind,
    takenAt,
    fileSays,
    endedOn: '',
    vpd: null,
    sequence: null,
    remember: table.remember,
    forms: null,
    reading: read,
  };
}

export function momentToInstant(moment: LocalMoment | null, files: ImportFiles): string | null {
  return moment === null ? null : momentInstant(moment, files.toInstant);
}

interface RowAdder<K extends SnapshotKind> {
  readonly row: (row: TabularRows[K], line: number) => void;
  readonly end: () => void;
}

/** Who rows are about, and whom one holds that counts for nothing. */
interface RowPeople {
  readonly who: WhoInBulk;
  readonly hold: TableReading['hold'];
}

function rowAdder<K extends SnapshotKind>(
  context: ImportContext,
  kind: K,
  report: ImportReport,
  people: RowPeople,
): RowAdder<K> {
  const adders: {
    readonly [S in SnapshotKind]: (c: ImportContext, r: ImportReport, p: RowPeople) => RowAdder<S>;
  } = {
    holdings: addHoldings,
    'as-numbers': addAsNumbers,
    training: addTraining,
  };
  return adders[kind](context, report, people) as RowAdder<K>;
}

const REPEATED = 'It repeats an earlier row.';

type Grant = Pick<
  StagedHolding,
  | 'grantType'
  | 'application'
  | 'accountStart'
  | 'accountEnd'
  | 'assignedBy'
  | 'assignedOn'
  | 'updatedBy'
  | 'updatedOn'
>;

/** What a file says of the account and of how the access was given; null where it does not. */
const grantOf = (row: HoldingRow): Grant => ({
  grantType: row.grantType ?? '',
  application: row.application,
  accountStart: row.accountStart,
  accountEnd: row.accountEnd,
  assignedBy: row.assignedBy,
  assignedOn: row.assignedOn,
  updatedBy: row.updatedBy,
  updatedOn: row.updatedOn,
});

function addHoldings(
  { staging, imports, access, vpd }: ImportContext,
  report: ImportReport,
  { who, hold }: RowPeople,
): RowAdder<'holdings'> {
  // A trust has some hundred names and a hundred thousand rows.
  const find = rememberTexts(createEntryFinder(readCatalogue(access.settings)));
  const hasPerson = (row: HoldingRow): boolean => {
    const key = who.holderOf(row);
    // A number of two people is somebody's, though nobody can tell whose.
    return (key !== null && personIdOf(key) !== null) || imports.isSomebodys(row.employeeNumber ?? '');
  };
  let own = 0;
  let foreign: string | null = null;
  return {
    row: (row, line) => {
      if (row.vpd !== null && row.vpd !== vpd) {
        foreign ??= row.vpd;
        report.fail(line, RECORD_NAMES.holding, 'Its responsibility belongs to another trust.');
        // Or its number was mistyped: then it is a row of one of ours.
        const person = who.holderOf(row);
        if (person !== null && personIdOf(person) !== null)
          hold({ person, written: row.employeeNumber ?? row.username ?? '' });
        return;
      }
      own += 1;
      const entry = find(row.exportedName);
      const { employeeNumber, exportedName } = row;
      const added = staging.add('holding', {
        ...grantOf(row),
        employeeNumber: employeeNumber ?? '',
        exportedName,
        username: row.username ?? '',
        urp: entry.kind === 'found' ? entry.entry.name : null,
        startDate: row.startDate ?? '',
        endDate: row.endDate,
        lastLogon: row.lastLogonAt,
      });
      if (!added) return report.fail(line, RECORD_NAMES.holding, REPEATED);
      report.read(RECORD_NAMES.holding);
      if (!hasPerson(row)) report.unknown('person', employeeNumber ?? row.username ?? '', line);
      if (entry.kind !== 'found') report.unknown('access', exportedName, line);
    },
    end: () => {
      if (own === 0 && foreign !== null) refuseFile('wrong-vpd', { expected: vpd, found: foreign });
    },
  };
}

function addAsNumbers({ staging, imports }: ImportContext, report: ImportReport): RowAdder<'as-numbers'> {
  const people = imports.peopleByNumber();
  const positions = imports.positionNumbers();
  return {
    row: (row, line) => {
      if (!staging.add('as-number', row)) return report.fail(line, RECORD_NAMES['as-number'], REPEATED);
      report.read(RECORD_NAMES['as-number']);
      if (!people.has(row.employeeNumber)) report.unknown('person', row.employeeNumber, line);
      if (row.positionNumber && !positions.has(row.positionNumber)) {
        report.unknown('post', row.positionNumber, line);
      }
    },
    end: () => {},
  };
}

function addTraining({ staging, imports }: ImportContext, report: ImportReport): RowAdder<'training'> {
  const people = imports.peopleByNumber();
  return {
    row: (row, line) => {
      if (!staging.add('training', row)) return report.fail(line, RECORD_NAMES.training, REPEATED);
      report.read(RECORD_NAMES.training);
      if (!people.has(row.employeeNumber)) report.unknown('person', row.employeeNumber, line);
    },
    end: () => {},
  };
}
