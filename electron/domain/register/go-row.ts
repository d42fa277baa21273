import {
  assignmentColumns as A,
  GO_DELIMITER,
  goDroppedTypes,
  goFieldCount,
  locationColumns as L,
  organisationColumns as O,
  personColumns as P,
  positionColumns as S,
} from './go-layout.ts';
import type {
  AssignmentRecord,
  Flag,
  GoEntity,
  GoRecord,
  LocationRecord,
  OrganisationRecord,
  PersonRecord,
  PositionRecord,
} from './go-record.ts';
import { END_OF_TIME, parseGoDate } from './source-dates.ts';

export type GoRow =
  | { readonly kind: 'record'; readonly record: GoRecord }
  | { readonly kind: 'delete'; readonly entity: GoEntity; readonly id: string }
  | { readonly kind: 'dropped' }
  | {
      readonly kind: 'failed';
      readonly recordType: string;
      readonly reason: string;
      /** What the row was about, where that can be told: its present register row is then left alone. */
      readonly entity: GoEntity | null;
      readonly id: string | null;
    };

const DROPPED: GoRow = { kind: 'dropped' };

/** One line of the file's body. Never throws; never quotes a value in a reason. */
export function parseGoRow(line: string): GoRow {
  const type = line.slice(0, 3);
  const fields = line.split(GO_DELIMITER);
  switch (type) {
    case 'LCA':
      return read('location', type, fields, L.locationId, parseLocation);
    case 'ORA':
      return read('organisation', type, fields, O.organisationId, parseOrganisation);
    case 'POA':
      return read('position', type, fields, S.positionId, parsePosition);
    case 'PRA':
      return read('person', type, fields, P.personId, parsePerson);
    case 'ASA':
      return read('assignment', type, fields, A.assignmentId, parseAssignment);
    case 'COA':
    case 'ADA':
    case 'PHA':
    case 'VHA':
      return fields.length === goFieldCount[type] ? DROPPED : countFailure(type, null, null, fields.length);
    default:
      return parseDelete(type, fields);
  }
}

const deleteTypes: Readonly<Record<string, GoEntity | null>> = {
  LCD: 'location',
  ORD: 'organisation',
  POD: 'position',
  PRD: 'person',
  ASD: 'assignment',
  ...Object.fromEntries(goDroppedTypes.map((t) => [`${t.slice(0, 2)}D`, null])),
};

function parseDelete(type: string, fields: readonly string[]): GoRow {
  if (!Object.hasOwn(deleteTypes, type)) {
    const shown = /^[A-Z]{3}$/.test(type) ? type : '???';
    return {
      kind: 'failed',
      recordType: shown,
      reason: 'This type of row is not known.',
      entity: null,
      id: null,
    };
  }
  const entity = deleteTypes[type] ?? null;
  const id = identifier(fields[1]);
  if (fields.length !== 2) return countFailure(type, entity, id, fields.length, 2);
  if (entity === null) return DROPPED;
  if (!id) return failed(type, 'It has no identifier.', entity, null);
  return { kind: 'delete', entity, id };
}

type RecordType = 'LCA' | 'ORA' | 'POA' | 'PRA' | 'ASA';

function read(
  entity: GoEntity,
  type: RecordType,
  fields: readonly string[],
  idColumn: number,
  parse: (reader: FieldReader, id: string) => GoRecord | null,
): GoRow {
  const id = identifier(fields[idColumn]);
  if (fields.length !== goFieldCount[type]) return countFailure(type, entity, id, fields.length);
  if (!id) return failed(type, 'It has no identifier.', entity, null);
  const reader = new FieldReader(fields);
  const record = parse(reader, id);
  if (record === null || reader.fault !== null) {
    return failed(type, reader.fault ?? 'It cannot be read.', entity, id);
  }
  return { kind: 'record', record };
}

function countFailure(
  type: string,
  entity: GoEntity | null,
  id: string | null,
  found: number,
  expected: number = goFieldCount[type as keyof typeof goFieldCount],
): GoRow {
  return failed(type, `It has ${found} fields instead of ${expected}.`, entity, id);
}

function failed(recordType: string, reason: string, entity: GoEntity | null, id: string | null): GoRow {
  return { kind: 'failed', recordType, reason, entity, id };
}

/** ESR's own identifiers are numbers; anything else is a row that has slipped by a field. */
function identifier(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,18}$/.test(trimmed) ? trimmed : null;
}

/** Reads the kept columns of one row and remembers the first fault by the column's name, not its value. */
class FieldReader {
  readonly fields: readonly string[];
  fault: string | null = null;

  constructor(fields: readonly string[]) {
    this.fields = fields;
  }

  text(column: number): string | null {
    const value = this.fields[column];
    if (value === undefined || value === '') return null;
    const trimmed = value.trim();
    return trimmed === '' ? null : trimmed;
  }

  required(column: number, label: string): string {
    const value = this.text(column);
    if (value === null) this.fault ??= `Its ${label} is missing.`;
    return value ?? '';
  }

  id(column: number, label: string): string | null {
    const value = this.text(column);
    if (value === null) return null;
    if (!identifier(value)) this.fault ??= `Its ${label} is not a number.`;
    return value;
  }

  date(column: number, label: string): string | null {
    const value = this.text(column);
    if (value === null) return null;
    const date = parseGoDate(value);
    if (date === null) this.fault ??= `Its ${label} is not a date.`;
    return date === END_OF_TIME ? null : date;
  }

  requiredDate(column: number, label: string): string {
    const date = this.date(column, label);
    if (date === null) this.fault ??= `Its ${label} is missing.`;
    return date ?? '';
  }

  endDate(column: number, label: string, start: string): string | null {
    const date = this.date(column, label);
    if (date !== null && date < start) this.fault ??= `Its ${label} is before its start.`;
    return date;
  }

  flag(column: number): Flag | null {
    const first = this.text(column)?.charAt(0).toUpperCase();
    if (first === 'Y' || first === '1' || first === 'T') return 'Y';
    return first === 'N' || first === '0' || first === 'F' ? 'N' : null;
  }
}

function parseLocation(r: FieldReader, locationId: string): LocationRecord {
  return {
    kind: 'location',
    locationId,
    code: r.text(L.code),
    description: r.text(L.description),
    inactiveDate: r.date(L.inactiveDate, 'inactive date'),
  };
}

function parseOrganisation(r: FieldReader, organisationId: string): OrganisationRecord {
  const effectiveFrom = r.requiredDate(O.effectiveFrom, 'start date');
  return {
    kind: 'organisation',
    organisationId,
    effectiveFrom,
    effectiveTo: r.endDate(O.effectiveTo, 'end date', effectiveFrom),
    name: r.required(O.name, 'name'),
    type: r.text(O.type),
    parentOrganisationId: r.id(O.parentOrganisationId, 'parent organisation'),
    locationId: r.id(O.locationId, 'location'),
  };
}

function parsePosition(r: FieldReader, positionId: string): PositionRecord {
  const effectiveFrom = r.requiredDate(S.effectiveFrom, 'start date');
  return {
    kind: 'position',
    positionId,
    effectiveFrom,
    effectiveTo: r.endDate(S.effectiveTo, 'end date', effectiveFrom),
    positionNumber: r.required(S.positionNumber, 'position number'),
    positionName: r.required(S.positionName, 'position name'),
    jobStaffGroup: r.text(S.jobStaffGroup),
    jobRole: r.text(S.jobRole),
    organisationId: r.id(S.organisationId, 'organisation'),
    hiringStatus: r.text(S.hiringStatus),
  };
}

function parsePerson(r: FieldReader, personId: string): PersonRecord {
  const effectiveFrom = r.requiredDate(P.effectiveFrom, 'start date');
  const employeeNumber = r.required(P.employeeNumber, 'employee number');
  if (!/^\d{8}$/.test(employeeNumber)) r.fault ??= 'Its employee number is not 8 digits.';
  return {
    kind: 'person',
    personId,
    effectiveFrom,
    effectiveTo: r.endDate(P.effectiveTo, 'end date', effectiveFrom),
    employeeNumber,
    title: r.text(P.title),
    lastName: r.required(P.lastName, 'last name'),
    firstName: r.text(P.firstName),
    middleName: r.text(P.middleName),
    maidenName: r.text(P.maidenName),
    preferredName: r.text(P.preferredName),
    previousLastName: r.text(P.previousLastName),
    nhsUniqueId: r.text(P.nhsUniqueId),
    hireDate: r.date(P.hireDate, 'hire date'),
    terminationDate: r.date(P.terminationDate, 'termination date'),
    employeeStatus: r.text(P.employeeStatus),
    smartcardUuid: r.text(P.smartcardUuid),
    systemPersonType: r.text(P.systemPersonType),
    userPersonType: r.text(P.userPersonType),
    officeEmail: r.text(P.officeEmail),
  };
}

function parseAssignment(r: FieldReader, assignmentId: string): AssignmentRecord {
  const effectiveFrom = r.requiredDate(A.effectiveFrom, 'start date');
  const personId = r.id(A.personId, 'person');
  if (personId === null) r.fault ??= 'Its person is missing.';
  return {
    kind: 'assignment',
    assignmentId,
    effectiveFrom,
    effectiveTo: r.endDate(A.effectiveTo, 'end date', effectiveFrom),
    personId: personId ?? '',
    assignmentType: r.text(A.assignmentType),
    assignmentNumber: r.required(A.assignmentNumber, 'assignment number'),
    systemStatus: r.text(A.systemStatus),
    userStatus: r.text(A.userStatus),
    locationId: r.id(A.locationId, 'location'),
    supervisorFlag: r.flag(A.supervisorFlag),
    supervisorPersonId: r.id(A.supervisorPersonId, 'supervisor'),
    supervisorAssignmentId: r.id(A.supervisorAssignmentId, "supervisor's assignment"),
    supervisorAssignmentNumber: r.text(A.supervisorAssignmentNumber),
    departmentManagerPersonId: r.id(A.departmentManagerPersonId, 'department manager'),
    employeeCategory: r.text(A.employeeCategory),
    assignmentCategory: r.text(A.assignmentCategory),
    primaryAssignment: r.flag(A.primaryAssignment),
    organisationId: r.id(A.organisationId, 'organisation'),
    positionId: r.id(A.positionId, 'position'),
    positionName: r.text(A.positionName),
    grade: r.text(A.grade),
    jobName: r.text(A.jobName),
    contractEndDate: r.date(A.contractEndDate, 'contract end date'),
    lastWorkingDay: r.date(A.lastWorkingDay, 'last working day'),
    managerFlag: r.flag(A.managerFlag),
    assignmentEndDate: r.date(A.assignmentEndDate, 'assignment end date'),
  };
}
