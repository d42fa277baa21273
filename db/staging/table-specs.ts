import { getTableColumns } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { StagedTable } from '../../electron/services/imports/import-ports.ts';
import {
  asNumbers,
  assignments,
  holdings,
  locations,
  organisations,
  people,
  positions,
  training,
} from '../schema/register.ts';

/** How a register table is staged and compared. Names are the schema's own, so a new kept column needs no change here. */
export interface TableSpec {
  readonly table: StagedTable;
  /** SQL name of the register's table. */
  readonly register: string;
  /** SQL name of the temporary table. */
  readonly stage: string;
  /** Property of a staged row → SQL column, every column but the provenance. */
  readonly columns: readonly { readonly property: string; readonly column: string }[];
  /** SQL columns that tell one row from another. */
  readonly key: readonly string[];
  /** SQL columns of the thing a row is about: a person has several dated rows and stays one person. */
  readonly identity: readonly string[];
  /** SQL column by which a failed row holds what the register has. */
  readonly heldBy: string;
  /** SQL column that a delete sets; null where no delete exists. */
  readonly endColumn: string | null;
  /** SQL column with the first day in force, where there is one. */
  readonly startColumn: string | null;
  /** True: a row keeps its line, and what repeats or overlaps is found once all rows are staged (`settle-staging.ts`). */
  readonly lined: boolean;
  /** Columns brought up to date in place: they change with every extract and say nothing about access. */
  readonly volatile: readonly string[];
}

const PROVENANCE = new Set(['rowId', 'fromImportId', 'untilImportId']);

function spec(
  table: StagedTable,
  register: string,
  schema: SQLiteTable,
  rest: Pick<TableSpec, 'key' | 'identity' | 'heldBy' | 'endColumn' | 'startColumn' | 'lined'> & {
    volatile?: readonly string[];
  },
): TableSpec {
  const columns = Object.entries(getTableColumns(schema))
    .filter(([property]) => !PROVENANCE.has(property))
    .map(([property, column]) => ({ property, column: column.name }));
  return { table, register, stage: `stage_${register}`, columns, volatile: [], ...rest };
}

/** A dated record of the GO file, such as `person` under `person_id`. */
const dated = (table: StagedTable, register: string, schema: SQLiteTable): TableSpec =>
  spec(table, register, schema, {
    key: [`${register}_id`, 'effective_from'],
    identity: [`${register}_id`],
    heldBy: `${register}_id`,
    endColumn: 'effective_to',
    startColumn: 'effective_from',
    lined: true,
  });

const byEmployee = (
  table: StagedTable,
  register: string,
  schema: SQLiteTable,
  key: readonly string[],
  volatile: readonly string[] = [],
  identity?: readonly string[],
): TableSpec =>
  spec(table, register, schema, {
    key,
    identity: identity ?? key,
    heldBy: 'employee_number',
    endColumn: null,
    startColumn: null,
    lined: false,
    volatile,
  });

export function tableSpecs(): Readonly<Record<StagedTable, TableSpec>> {
  return {
    location: spec('location', 'location', locations, {
      key: ['location_id'],
      identity: ['location_id'],
      heldBy: 'location_id',
      endColumn: 'inactive_date',
      startColumn: null,
      lined: true,
    }),
    organisation: dated('organisation', 'organisation', organisations),
    position: dated('position', 'position', positions),
    person: dated('person', 'person', people),
    assignment: dated('assignment', 'assignment', assignments),
    holding: byEmployee(
      'holding',
      'holding',
      holdings,
      // Two rows may state one access from one day until two: the ends are part of what tells them apart.
      ['employee_number', 'username', 'exported_name', 'start_date', 'end_date', 'grant_type'],
      ['last_logon'],
      ['employee_number', 'username', 'exported_name', 'start_date'],
    ),
    // Whole rows tell these apart: several attainments of one competence, or posts of one AS number, stand beside each other.
    'as-number': byEmployee(
      'as-number',
      'as_number',
      asNumbers,
      ['employee_number', 'as_number', 'position_number', 'issued_on'],
      [],
      ['employee_number', 'as_number'],
    ),
    training: byEmployee(
      'training',
      'training',
      training,
      ['employee_number', 'competence', 'achieved_on', 'expires_on', 'status'],
      [],
      ['employee_number', 'competence'],
    ),
  };
}
