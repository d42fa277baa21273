import {
  assignmentColumns as A,
  type GoProfile,
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
import { parseGoDate, parseGoTimestamp } from './source-dates.ts';

/** ESR's own identifiers are numbers; anything else is a row that has slipped by a field. */
export function identifier(text: string | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return /^\d{1,18}$/.test(trimmed) ? trimmed : null;
}

/** Reads the kept columns of one row and remembers the first fault by the column's name, not its value. */
export class FieldReader {
  readonly fields: readonly string[];
  readonly profile: GoProfile;
  fault: string | null = null;

  constructor(fields: readonly string[], profile: GoProfile) {
    this.fields = fields;
    this.profile = profile;
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
    // A date with a time behind it is a date.
    const date = parseGoDate(value) ?? parseGoTimestamp(value)?.slice(0, 10) ?? null;
    if (date === null) this.fault ??= `Its ${label} is not a date.`;
    return date === this.profile.endOfTime ? null : date;
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
  const lengths = r.profile.employeeNumberDigits;
  if (!/^\d+$/.test(employeeNumber) || !lengths.includes(employeeNumber.length)) {
    r.fault ??= `Its employee number is not ${lengths.join(' or ')} digits.`;
  }
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

/** What is kept of a row's fields. Where the reader has a fault afterwards, the record is not to be used. */
export function parseRecord(entity: GoEntity, reader: FieldReader, id: string): GoRecord {
  switch (entity) {
    case 'location':
      return parseLocation(reader, id);
    case 'organisation':
      return parseOrganisation(reader, id);
    case 'position':
      return parsePosition(reader, id);
    case 'person':
      return parsePerson(reader, id);
    case 'assignment':
      return parseAssignment(reader, id);
  }
}
