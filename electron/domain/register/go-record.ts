/** What is kept of each record. Dates are ISO; a missing value and ESR's "end of time" are null. */
export interface LocationRecord {
  readonly kind: 'location';
  readonly locationId: string;
  readonly code: string | null;
  readonly description: string | null;
  readonly inactiveDate: string | null;
}
export interface OrganisationRecord {
  readonly kind: 'organisation';
  readonly organisationId: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly name: string;
  readonly type: string | null;
  readonly parentOrganisationId: string | null;
  readonly locationId: string | null;
}
export interface PositionRecord {
  readonly kind: 'position';
  readonly positionId: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly positionNumber: string;
  readonly positionName: string;
  readonly jobStaffGroup: string | null;
  readonly jobRole: string | null;
  readonly organisationId: string | null;
  readonly hiringStatus: string | null;
}
export interface PersonRecord {
  readonly kind: 'person';
  readonly personId: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  /** 8 or 9 digits. */
  readonly employeeNumber: string;
  readonly title: string | null;
  readonly lastName: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly maidenName: string | null;
  readonly preferredName: string | null;
  /** The last name before this one. */
  readonly previousLastName: string | null;
  /** Follows the person between trusts, as the smartcard's UUID does. */
  readonly nhsUniqueId: string | null;
  readonly hireDate: string | null;
  readonly terminationDate: string | null;
  readonly employeeStatus: string | null;
  readonly smartcardUuid: string | null;
  readonly systemPersonType: string | null;
  readonly userPersonType: string | null;
  readonly officeEmail: string | null;
}
export type Flag = 'Y' | 'N';
export interface AssignmentRecord {
  readonly kind: 'assignment';
  readonly assignmentId: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly personId: string;
  readonly assignmentType: string | null;
  readonly assignmentNumber: string;
  readonly systemStatus: string | null;
  readonly userStatus: string | null;
  readonly locationId: string | null;
  readonly supervisorFlag: Flag | null;
  readonly supervisorPersonId: string | null;
  readonly supervisorAssignmentId: string | null;
  readonly supervisorAssignmentNumber: string | null;
  readonly departmentManagerPersonId: string | null;
  readonly employeeCategory: string | null;
  readonly assignmentCategory: string | null;
  readonly primaryAssignment: Flag | null;
  readonly organisationId: string | null;
  readonly positionId: string | null;
  readonly positionName: string | null;
  readonly grade: string | null;
  readonly jobName: string | null;
  readonly contractEndDate: string | null;
  readonly lastWorkingDay: string | null;
  readonly managerFlag: Flag | null;
  readonly assignmentEndDate: string | null;
}
export type GoRecord = LocationRecord | OrganisationRecord | PositionRecord | PersonRecord | AssignmentRecord;

export type GoEntity = GoRecord['kind'];
export const goEntities = [
  'location',
  'organisation',
  'position',
  'person',
  'assignment',
] as const satisfies readonly GoEntity[];

/** ESR's own identifier of what the record is about. */
export function idOf(record: GoRecord): string {
  switch (record.kind) {
    case 'location':
      return record.locationId;
    case 'organisation':
      return record.organisationId;
    case 'position':
      return record.positionId;
    case 'person':
      return record.personId;
    case 'assignment':
      return record.assignmentId;
  }
}

/** Shown to the person: where and why, never what the row says. */
export interface RowFailure {
  readonly line: number;
  readonly recordType: string;
  readonly reason: string;
}
