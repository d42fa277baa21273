/**
 * The columns of the ESR Generic Outbound file (interface version 2), counted from 0, the type. Only the columns
 * that access administration needs are named: what has no name here cannot be kept.
 */
export const GO_DELIMITER = '~';

/** Number of fields of each record, the type included. A row with another number fails alone. */
export const goFieldCount = {
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

/** Records that are counted and dropped: costing, home address, telephone, vehicle. */
export const goDroppedTypes = ['COA', 'ADA', 'PHA', 'VHA'] as const;

export const locationColumns = { locationId: 1, code: 2, description: 3, inactiveDate: 4 } as const;

export const organisationColumns = {
  organisationId: 1,
  name: 2,
  type: 3,
  effectiveFrom: 4,
  effectiveTo: 5,
  parentOrganisationId: 10,
  locationId: 12,
} as const;

export const positionColumns = {
  positionId: 1,
  effectiveFrom: 2,
  effectiveTo: 3,
  positionNumber: 4,
  positionName: 5,
  jobStaffGroup: 8,
  jobRole: 9,
  organisationId: 14,
  hiringStatus: 15,
} as const;

export const personColumns = {
  personId: 1,
  effectiveFrom: 2,
  effectiveTo: 3,
  employeeNumber: 4,
  title: 5,
  lastName: 6,
  firstName: 7,
  middleName: 8,
  maidenName: 9,
  preferredName: 10,
  previousLastName: 11,
  nhsUniqueId: 15,
  hireDate: 16,
  terminationDate: 17,
  employeeStatus: 19,
  smartcardUuid: 29,
  systemPersonType: 33,
  userPersonType: 34,
  officeEmail: 35,
} as const;

export const assignmentColumns = {
  personId: 1,
  assignmentId: 2,
  effectiveFrom: 3,
  effectiveTo: 4,
  assignmentType: 6,
  assignmentNumber: 7,
  systemStatus: 8,
  userStatus: 9,
  locationId: 13,
  supervisorFlag: 14,
  supervisorPersonId: 15,
  supervisorAssignmentId: 16,
  supervisorAssignmentNumber: 17,
  departmentManagerPersonId: 18,
  employeeCategory: 19,
  assignmentCategory: 20,
  primaryAssignment: 21,
  organisationId: 27,
  positionId: 28,
  positionName: 29,
  grade: 30,
  jobName: 34,
  contractEndDate: 40,
  lastWorkingDay: 45,
  managerFlag: 47,
  assignmentEndDate: 48,
} as const;
