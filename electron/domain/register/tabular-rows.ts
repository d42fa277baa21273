import { splitVpd } from '../access/catalogue.ts';
import type { OneFormContent } from '../requests/request.ts';
import { cellText } from './cell-text.ts';
import { parseSourceDate, parseSourceInstant, type ToInstant } from './source-dates.ts';
import type { TabularKind } from './tabular-fields.ts';

export interface HoldingRow {
  readonly employeeNumber: string;
  /** The VPD that stood in front of the name, or null. */
  readonly vpd: string | null;
  /** As exported, without the VPD. */
  readonly exportedName: string;
  readonly username: string | null;
  readonly fullName: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly lastLogonAt: string | null;
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
}

/** Turns the cells of one row into the kind's record. Cells are data: `=1+1` is the five characters it is. */
export function applyMapping<K extends TabularKind>(
  kind: K,
  cells: readonly string[],
  context: CellContext,
): RowOf<K> {
  const reader = new CellReader(cells, context);
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

  constructor(cells: readonly string[], context: CellContext) {
    this.cells = cells;
    this.context = context;
  }

  text(field: string, longest = MAX_CELL): string | null {
    const index = this.context.columns.get(field);
    const value = index === undefined ? '' : cellText(this.cells[index] ?? '');
    if (value.length > longest) this.fault ??= `${label(field)} is longer than ${longest} characters.`;
    return value === '' ? null : value;
  }

  required(field: string): string {
    const value = this.text(field);
    if (value === null) this.fault ??= `${label(field)} is missing.`;
    return value ?? '';
  }

  /** 8 digits. Spreadsheets drop leading zeros; a shorter number is refused, not guessed. */
  employeeNumber(field: string): string | null {
    const value = this.text(field);
    if (value !== null && !/^\d{8}$/.test(value)) this.fault ??= `${label(field)} is not 8 digits.`;
    return value;
  }

  requiredEmployeeNumber(): string {
    this.required('employeeNumber');
    return this.employeeNumber('employeeNumber') ?? '';
  }

  /** A number as a person typed it on a form: it is matched later, and shown when it matches nobody. */
  number(field: string): string | null {
    const value = this.text(field);
    if (value !== null && value.length > MAX_NUMBER)
      this.fault ??= `${label(field)} is longer than a number can be.`;
    return value;
  }

  date(field: string): string | null {
    const value = this.text(field);
    const date = value === null ? null : parseSourceDate(value);
    if (value !== null && date === null) this.fault ??= `${label(field)} is not a date.`;
    return date;
  }

  instant(field: string): string | null {
    const value = this.text(field);
    const at = value === null ? null : parseSourceInstant(value, this.context.toInstant);
    if (value !== null && at === null) this.fault ??= `${label(field)} is not a date and time.`;
    return at;
  }

  requiredInstant(field: string): string {
    this.required(field);
    return this.instant(field) ?? '';
  }

  yes(field: string): boolean {
    const value = (this.text(field) ?? '').toLowerCase();
    if (['yes', 'y', 'true', '1', 'authorised', 'approved'].includes(value)) return true;
    if (!['', 'no', 'n', 'false', '0', 'pending', 'not authorised'].includes(value)) {
      this.fault ??= `${label(field)} is neither yes nor no.`;
    }
    return false;
  }
}

const readers = {
  holdings: (r: CellReader): HoldingRow => {
    const { vpd, name } = splitVpd(r.required('urp'));
    const row = {
      employeeNumber: r.requiredEmployeeNumber(),
      vpd,
      exportedName: name,
      username: r.text('username'),
      fullName: r.text('fullName'),
      startDate: r.date('startDate'),
      endDate: r.date('endDate'),
      lastLogonAt: r.instant('lastLogonAt'),
    };
    if (row.startDate && row.endDate && row.endDate < row.startDate) {
      r.fault ??= 'End date is before start date.';
    }
    return row;
  },
  'as-numbers': (r: CellReader): AsNumberRow => ({
    employeeNumber: r.requiredEmployeeNumber(),
    positionNumber: r.text('positionNumber'),
    asNumber: r.required('asNumber'),
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

function splitNames(text: string | null): readonly string[] {
  return (text ?? '')
    .split(/[;|\n]/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** `employeeNumber` → `Employee number`, for a failure's reason. */
function label(field: string): string {
  const words = field.replace(/([A-Z])/g, (c) => ` ${c.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
