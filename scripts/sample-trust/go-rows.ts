import { addDays, goDate } from './dates.ts';
import type { Assignment, AssignmentState, AssignmentVersion, FormerNumber, Person } from './model.ts';
import { type PrivateData, privateDataOf } from './private-data.ts';
import type { Location, Organisation, Position } from './structure.ts';

/** Number of fields of each GO record, the type included (domain.md). */
export const GO_FIELD_COUNTS = {
  HDR: 7,
  TRL: 2,
  LCA: 22,
  ORA: 15,
  POA: 24,
  PRA: 44,
  ASA: 50,
  COA: 16,
  ADA: 16,
  PHA: 8,
  VHA: 15,
} as const;
export type GoRecord = keyof typeof GO_FIELD_COUNTS;

/** Days on which the rows are seen, and the seed that private data hang on. */
export interface RowContext {
  readonly seed: number;
  readonly vpd: string;
  readonly asOf: string;
  /** Fields that ESR added at the end of rows since (domain.md): ASA of 51 fields, ORA of 16. */
  readonly grown: boolean;
  /** Timestamp for rows whose subject keeps none, `yyyyMMdd HHmmss`. */
  readonly updated: string;
}

const GROWN: Readonly<Partial<Record<GoRecord, string>>> = { ASA: 'New Post', ORA: 'Open' };

const grow = (record: GoRecord, line: string, { grown }: RowContext): string =>
  grown && GROWN[record] !== undefined ? `${line}~${GROWN[record]}` : line;

/** Columns by number as domain.md lists them; columns not named stay blank. */
function row(record: GoRecord, columns: Readonly<Record<number, string | number>>): string {
  const fields: string[] = new Array(GO_FIELD_COUNTS[record]).fill('');
  fields[0] = record;
  for (const [column, value] of Object.entries(columns)) fields[Number(column)] = String(value);
  return fields.join('~');
}

export function locationRow(location: Location, { updated }: RowContext): string {
  return row('LCA', {
    1: location.id,
    2: location.code,
    3: location.description,
    5: location.description.split(', ')[0] ?? '',
    6: 'Harrowby Way',
    8: location.town,
    9: 'Valeshire',
    10: location.postcode,
    11: 'United Kingdom',
    12: '01632 960100',
    14: 'Yes',
    15: `S${location.id}`,
    21: updated,
  });
}

export function organisationRow(organisation: Organisation, context: RowContext): string {
  const columns = {
    1: organisation.id,
    2: organisation.name,
    3: organisation.type,
    4: goDate(organisation.from),
    5: goDate(organisation.to),
    6: 51_662,
    7: '20080401',
    9: organisation.costCentre,
    10: organisation.parent?.id ?? '',
    12: organisation.location.id,
    13: context.updated,
    14: 'General',
  };
  return grow('ORA', row('ORA', columns), context);
}

export function positionRow(position: Position, { updated }: RowContext): string {
  const { role } = position;
  return row('POA', {
    1: position.id,
    2: '20080401',
    4: position.number,
    5: position.name,
    6: 1,
    7: '4311100',
    8: role.staffGroup,
    9: role.jobRole,
    10: role.occupationCode,
    11: role.payscale,
    12: `${role.payscale}|1`,
    13: 'Not Applicable',
    14: position.organisation.id,
    15: 'Active',
    16: 'NONE',
    17: 'Yes',
    18: 'No',
    22: updated,
    23: role.jobRole,
  });
}

function personRow(
  person: Person,
  secret: PrivateData,
  last: string,
  from: string,
  to: string,
  left: boolean,
  before: FormerNumber | null = null,
): string {
  const terminated = before === null ? person.terminationDate : before.left ? before.to : '';
  return row('PRA', {
    1: person.personId,
    2: goDate(from),
    3: goDate(to),
    4: before?.number ?? person.employeeNumber,
    5: person.name.title,
    6: last,
    7: person.name.first,
    8: person.name.middle,
    10: person.name.preferred,
    11: last === person.name.last ? '' : person.name.last,
    12: secret.gender,
    13: secret.birth,
    14: secret.niNumber,
    16: goDate(before?.from ?? person.hireDate),
    17: goDate(terminated),
    18: terminated === '' ? '' : 'Voluntary Resignation - Other/Not Known',
    19: left ? 'L' : 'C',
    20: 'No',
    22: secret.ethnic,
    23: secret.marital,
    24: secret.bornIn,
    25: secret.previousEmployer,
    27: goDate(person.hireDate),
    28: goDate(person.hireDate),
    29: person.uuid,
    33: left ? 'EX_EMP' : 'EMP',
    34: left ? 'Ex-employee' : 'Employee',
    35: left ? '' : person.email,
    36: goDate(person.hireDate),
    38: secret.lastUpdate,
    39: secret.disability,
    40: secret.legacyNumber,
    41: secret.nationality,
  });
}

const ACTIVE: AssignmentState = { system: 'ACTIVE_ASSIGN', user: 'Active Assignment' };
const OVER: AssignmentState = { system: 'TERM_ASSIGN', user: 'Terminate Assignment' };

function assignmentRow(
  assignment: Assignment,
  version: AssignmentVersion,
  secret: PrivateData,
  context: RowContext,
): string {
  const { position, supervisor } = version;
  const ended = assignment.endDate !== '';
  const over = ended && assignment.endDate < context.asOf;
  const state = over ? OVER : (assignment.state ?? ACTIVE);
  const columns = {
    1: assignment.person.personId,
    2: assignment.id,
    3: goDate(version.from),
    4: goDate(version.to),
    5: goDate(assignment.versions[0]?.from ?? version.from),
    6: 'E',
    7: assignment.number,
    8: state.system,
    9: state.user,
    10: over ? 'L' : 'C',
    11: `${context.vpd} Monthly`,
    12: 'Calendar Month',
    13: version.location.id,
    14: assignment.person.rank === 'staff' ? 'No' : 'Yes',
    15: supervisor?.personId ?? '',
    16: supervisor?.assignmentId ?? '',
    17: supervisor?.assignmentNumber ?? '',
    18: version.departmentManager?.personId ?? '',
    19: assignment.contractEnd === '' ? 'Permanent' : 'Fixed Term Temp',
    20: 'Full Time',
    21: assignment.primary ? 'Yes' : 'No',
    22: assignment.primary ? '37.5' : '7.5',
    23: 'Week',
    24: '37.5',
    25: assignment.primary ? '1' : '0.2',
    27: position.organisation.id,
    28: position.id,
    29: position.name,
    30: position.role.grade,
    31: `${position.role.payscale}|1`,
    32: goDate(version.from),
    33: `${position.role.salary + secret.salaryStep * 350}.77`,
    34: `${position.role.staffGroup}|${position.role.jobRole}`,
    35: `${position.organisation.name}|||`,
    36: 'Yes',
    40: goDate(assignment.contractEnd),
    43: 'Yes',
    44: secret.lastUpdate,
    45: goDate(assignment.endDate),
    47: assignment.person.rank === 'staff' || assignment.person.rank === 'administrator' ? 'No' : 'Yes',
    48: goDate(assignment.endDate),
  };
  return grow('ASA', row('ASA', columns), context);
}

export function* assignmentRows(assignment: Assignment, context: RowContext): Generator<string> {
  const secret = privateDataOf(assignment.person, context.seed, context.asOf);
  for (const version of assignment.versions) yield assignmentRow(assignment, version, secret, context);
}

/** The person's rows alone: one, or more where a number came before, somebody was away, or a new surname is to come. */
export function* personRows(person: Person, context: RowContext): Generator<string> {
  const secret = privateDataOf(person, context.seed, context.asOf);
  const { renamed, terminationDate } = person;
  const left = terminationDate !== '' && terminationDate < context.asOf;
  for (const before of person.former) {
    yield personRow(person, secret, person.name.last, before.from, before.to, false, before);
    const back = addDays(person.hireDate, -1);
    if (before.left)
      yield personRow(person, secret, person.name.last, addDays(before.to, 1), back, true, before);
  }
  const latest = person.former.at(-1);
  const since = latest && !latest.left ? addDays(latest.to, 1) : person.hireDate;
  const from = left ? addDays(terminationDate, 1) : since;
  if (!renamed) {
    yield personRow(person, secret, person.name.last, from, '', left);
    return;
  }
  yield personRow(person, secret, person.name.last, from, addDays(renamed.from, -1), left);
  yield personRow(person, secret, renamed.last, renamed.from, '', left);
}

/** A person and everything that hangs on the person, in the order the interface writes it. */
export function* personWithChildren(person: Person, context: RowContext): Generator<string> {
  const secret = privateDataOf(person, context.seed, context.asOf);
  const id = person.personId;
  yield* personRows(person, context);
  yield row('ADA', {
    1: id,
    2: addressId(person),
    3: 'HOME',
    4: 'GB',
    5: 'Yes',
    6: secret.address,
    9: 'Harrowby',
    10: 'Valeshire',
    11: secret.postcode,
    12: 'GB',
    13: goDate(person.hireDate),
    15: secret.lastUpdate,
  });
  for (const [turn, number] of secret.phones.entries()) {
    yield row('PHA', {
      1: id,
      2: phoneId(person, turn),
      3: turn === 0 ? 'M' : 'H1',
      4: number,
      5: goDate(person.hireDate),
      7: secret.lastUpdate,
    });
  }
  for (const assignment of person.assignments) {
    yield* assignmentRows(assignment, context);
    yield row('COA', {
      1: id,
      2: assignment.id,
      3: assignment.id + 40_000_000,
      4: goDate(assignment.versions[0]?.from ?? ''),
      8: secret.costCentre,
      14: 100,
      15: secret.lastUpdate,
    });
  }
  if (secret.vehicle !== '') {
    yield row('VHA', {
      1: id,
      2: person.assignments[0]?.id ?? '',
      3: 70_000_000 + person.index,
      4: goDate(person.hireDate),
      6: secret.vehicle,
      7: 'VAUXHALL',
      8: 'CORSA',
      9: 'P',
      11: secret.lastUpdate,
      12: '1200',
      13: 'NHS_MILEAGE_CASUAL',
      14: 'P',
    });
  }
}

export function addressId(person: Person): number {
  return 31_000_000 + person.index;
}

export function phoneId(person: Person, turn: number): number {
  return 41_000_000 + person.index * 2 + turn;
}

/** Rows of types that nobody needs for access, as real files have them between the others (domain.md). */
export function* otherRecordRows(person: Person, context: RowContext): Generator<string> {
  const own = person.index % OTHER_RECORDS.length;
  for (const type of [OTHER_RECORDS[own], OTHER_RECORDS[(own + 3) % OTHER_RECORDS.length]]) {
    yield [type, person.personId, 90_000_000 + person.index, 'Y', '', context.updated].join('~');
  }
}

const OTHER_RECORDS = ['ABA', 'CDA', 'CMA', 'DTA', 'ELA', 'ETA', 'PIA', 'QLA', 'STA', 'TRA', 'LOV'] as const;
