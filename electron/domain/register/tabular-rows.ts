import { splitVpd } from '../access/catalogue.ts';
import { hasEmployeeNumberLength, readStaffNumber } from '../people/staff-number.ts';
import type { OneFormContent } from '../requests/request.ts';
import { cellText, identifierText } from './cell-text.ts';
import { BRITISH, type DateCell, type DateColumn, type DateFault, readDateCell } from './date-column.ts';
import { isBlankWord } from './date-text.ts';
import { momentInstant, type ToInstant } from './source-dates.ts';
import { type TabularKind, tabularFields } from './tabular-fields.ts';
import { saysYes } from './yes-words.ts';

export interface HoldingRow {
  /** Null where the file names the person by username alone. */
  readonly employeeNumber: string | null;
  /** The VPD that stood in front of the name, or null. */
  readonly vpd: string | null;
  /** As exported, without the VPD. */
  readonly exportedName: string;
  readonly username: string | null;
  readonly fullName: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly lastLogonAt: string | null;
  readonly accountStart: string | null;
  readonly accountEnd: string | null;
  /** Null where the file does not say, or says it in words not known. */
  readonly grantType: 'direct' | 'indirect' | null;
  readonly application: string | null;
  readonly assignedBy: string | null;
  readonly assignedOn: string | null;
  readonly updatedBy: string | null;
  readonly updatedOn: string | null;
}
export interface AsNumberRow {
  readonly employeeNumber: string;
  readonly positionNumber: string | null;
  readonly asNumber: string;
  readonly issuedOn: string | null;
}
export interface TrainingRow {
  readonly employeeNumber: string;
  readonly competence: string;
  readonly status: string;
  readonly achievedOn: string | null;
  readonly expiresOn: string | null;
}
export interface TabularRows {
  readonly holdings: HoldingRow;
  /** CSV and JSON alike. */
  readonly oneforms: OneFormContent;
  readonly 'as-numbers': AsNumberRow;
  readonly training: TrainingRow;
}

export type RowOf<K extends TabularKind> =
  | { readonly ok: true; readonly row: TabularRows[K] }
  /** Says which column and what is wrong with it, never the value. */
  | { readonly ok: false; readonly reason: string };

export interface CellContext {
  readonly columns: ReadonlyMap<string, number>;
  readonly toInstant: ToInstant;
  /** How each date column is read, by field; one that is not here is read as a British one. */
  readonly dates?: ReadonlyMap<string, DateColumn>;
  /** Whether somebody goes by a number that has not the length of one: a spreadsheet drops leading zeros. */
  readonly knowsNumber?: (number: string) => boolean;
}

/** Turns the cells of one row into the kind's record. Cells are data: `=1+1` is the five characters it is. */
export function applyMapping<K extends TabularKind>(
  kind: K,
  cells: readonly string[],
  context: CellContext,
  line = 0,
): RowOf<K> {
  const reader = new CellReader(cells, context, line);
  const row = readers[kind](reader) as TabularRows[K];
  return reader.fault === null ? { ok: true, row } : { ok: false, reason: reader.fault };
}

/** The longest text kept from one cell; a longer one fails its row rather than being cut in silence. */
const MAX_CELL = 4000;
/** A justification is prose, and some people write much of it. */
const MAX_PROSE = 32_000;
const MAX_NUMBER = 30;

class CellReader {
  fault: string | null = null;
  readonly cells: readonly string[];
  readonly context: CellContext;
  readonly line: number;

  constructor(cells: readonly string[], context: CellContext, line: number) {
    this.cells = cells;
    this.context = context;
    this.line = line;
  }

  text(field: string, longest = MAX_CELL): string | null {
    const index = this.context.columns.get(field);
    const value = index === undefined ? '' : cellText(this.cells[index] ?? '');
    if (value.length > longest) this.fault ??= `${label(field)} is longer than ${longest} characters.`;
    return value === '' ? null : value;
  }

  /** A dash or `N/A` is no value: an AS number called `N/A` would be held by everybody without one. */
  required(field: string): string {
    const value = this.textOrNothing(field);
    if (value === null) this.fault ??= `${label(field)} is missing.`;
    return value ?? '';
  }

  /** As `text`, where a word such as `N/A` or a dash says that there is nothing. */
  textOrNothing(field: string): string | null {
    const value = this.text(field);
    return value === null || isBlankWord(value) ? null : value;
  }

  /** A user name or a number that stands for a thing, in one spelling; null where the cell says that there is none. */
  identifier(field: string): string | null {
    const value = this.textOrNothing(field);
    const name = value === null ? '' : identifierText(value);
    return isBlankWord(name) ? null : name;
  }

  requiredIdentifier(field: string): string {
    this.required(field);
    return this.identifier(field) ?? '';
  }

  /** Free text at some trusts, but never without a digit: `TBC` is no number, and a rounded one is nobody's. */
  asNumber(): string {
    const value = this.requiredIdentifier('asNumber');
    if (value !== '' && (!/[1-9]/.test(value) || /^\d(?:\.\d+)?E\+?\d+$/i.test(value)))
      this.fault ??= `${label('asNumber')} is no number that Finance can have issued.`;
    return value;
  }

  /** Posts have 7 digits, which a spreadsheet turns into `3560241.0` or `3,560,241`. */
  positionNumber(field: string): string | null {
    const value = this.identifier(field);
    const read = readStaffNumber(value);
    return read.kind === 'number' && !read.postWritten ? read.number : value;
  }

  /** As people and spreadsheets write it; what cannot be read surely is refused, not guessed. */
  employeeNumber(field: string): string | null {
    const value = this.textOrNothing(field);
    if (value === null) return null;
    const read = readStaffNumber(value);
    if (read.kind === 'unknown') {
      this.fault ??= `${label(field)} cannot be read surely as a number.`;
      return null;
    }
    const usual = hasEmployeeNumberLength(read.number) || this.context.knowsNumber?.(read.number) === true;
    if (!usual) this.fault ??= `${label(field)} is not 8 digits.`;
    return read.number;
  }

  requiredEmployeeNumber(): string {
    const value = this.employeeNumber('employeeNumber');
    if (value === null) this.fault ??= `${label('employeeNumber')} is missing.`;
    return value ?? '';
  }

  /** A number as a person typed it on a form: it is matched later, and shown when it matches nobody. */
  number(field: string): string | null {
    const value = this.text(field);
    if (value !== null && value.length > MAX_NUMBER)
      this.fault ??= `${label(field)} is longer than a number can be.`;
    return value;
  }

  /** A day: a time behind it is let go. Null where the cell is blank, or says 31-Dec-4712. */
  date(field: string): string | null {
    const cell = this.dateCell(field);
    return cell?.kind === 'date' ? cell.date : null;
  }

  instant(field: string): string | null {
    const cell = this.dateCell(field);
    return cell?.kind === 'date' ? momentInstant(cell, this.context.toInstant) : null;
  }

  /** What cannot be read fails its row: it never becomes "no end". */
  private dateCell(field: string): DateCell | null {
    const value = this.text(field);
    if (value === null) return null;
    const cell = this.context.dates?.get(field)?.read(value, this.line) ?? readDateCell(value, BRITISH);
    if (cell.kind === 'fault') this.fault ??= `${label(field)} ${DATE_FAULTS[cell.fault]}`;
    return cell;
  }

  requiredInstant(field: string): string {
    this.required(field);
    return this.instant(field) ?? '';
  }

  yes(field: string): boolean {
    const said = saysYes(this.text(field) ?? '');
    if (said === null) this.fault ??= `${label(field)} is neither yes nor no.`;
    return said === true;
  }
}

const DATE_FAULTS: Readonly<Record<DateFault, string>> = {
  unreadable: 'is not a date.',
  'short-year': 'has a two-digit year, and other dates of its column have four digits.',
  number: 'is a number, and its column has dates.',
  'not-a-number': 'is no day number, as its column has them.',
  'other-order': 'has day and month the other way round than its column.',
};

const readers = {
  holdings: (r: CellReader): HoldingRow => {
    const { vpd, name } = splitVpd(r.required('urp'));
    const username = r.identifier('username');
    const row = {
      employeeNumber: username === null ? r.requiredEmployeeNumber() : r.employeeNumber('employeeNumber'),
      vpd,
      exportedName: name,
      username,
      fullName: r.textOrNothing('fullName'),
      startDate: r.date('startDate'),
      endDate: r.date('endDate'),
      lastLogonAt: r.instant('lastLogonAt'),
      accountStart: r.date('accountStart'),
      accountEnd: r.date('accountEnd'),
      grantType: grantTypeOf(r.text('grantType')),
      application: r.textOrNothing('application'),
      assignedBy: r.textOrNothing('assignedBy'),
      assignedOn: r.date('assignedOn'),
      updatedBy: r.textOrNothing('updatedBy'),
      updatedOn: r.date('updatedOn'),
    };
    if (row.startDate && row.endDate && row.endDate < row.startDate) {
      r.fault ??= 'End date is before start date.';
    }
    return row;
  },
  'as-numbers': (r: CellReader): AsNumberRow => ({
    employeeNumber: r.requiredEmployeeNumber(),
    positionNumber: r.positionNumber('positionNumber'),
    asNumber: r.asNumber(),
    issuedOn: r.date('issuedOn'),
  }),
  training: (r: CellReader): TrainingRow => ({
    employeeNumber: r.requiredEmployeeNumber(),
    competence: r.required('competence'),
    status: r.required('status'),
    achievedOn: r.date('achievedOn'),
    expiresOn: r.date('expiresOn'),
  }),
  oneforms: (r: CellReader): OneFormContent => ({
    reference: r.required('reference'),
    submittedAt: r.requiredInstant('submittedAt'),
    requester: { number: r.number('requesterEmployeeNumber'), name: r.text('requesterName') },
    beneficiary: { number: r.number('beneficiaryNumber'), name: r.text('beneficiaryName') },
    accessAsTyped: r.required('accessAsked'),
    justification: r.text('justification', MAX_PROSE) ?? '',
    lineManager: { number: r.number('lineManagerEmployeeNumber'), name: r.text('lineManagerName') },
    authorisation: r.yes('authorised')
      ? {
          by: { number: r.number('authorisedByEmployeeNumber'), name: r.text('authorisedBy') },
          on: r.instant('authorisedAt'),
        }
      : null,
    attachments: splitNames(r.text('attachments')),
  }),
} satisfies { readonly [K in TabularKind]: (r: CellReader) => TabularRows[K] };

/** `Type` may be a column of anything: other words are let go, since nothing is decided by them. */
function grantTypeOf(text: string | null): HoldingRow['grantType'] {
  const word = (text ?? '').trim().toLowerCase();
  return word === 'direct' || word === 'indirect' ? word : null;
}

function splitNames(text: string | null): readonly string[] {
  return (text ?? '')
    .split(/[;|\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** A field by the name that the mapping screen gives it, for a failure's reason. */
const label = (field: string): string => LABELS.get(field) ?? field;
const LABELS = new Map(
  Object.values(tabularFields).flatMap((fields) => fields.map((one) => [one.field, one.label])),
);
