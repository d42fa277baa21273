import type { GoEntity } from './go-record.ts';

/**
 * What a supplier's interface file looks like: data, so that a layout that grew, or the file of ESR's successor, is another
 * profile and not another program. Golden files of a profile are read by `go-file.test.ts`.
 */
export interface GoProfile {
  readonly system: string;
  readonly interface: string;
  readonly delimiter: string;
  /** Tried in this order: text is the last of them unless it is valid in an earlier one. */
  readonly encodings: readonly ('utf-8' | 'windows-1252')[];
  readonly dates: 'yyyyMMdd';
  /** What stands for "no end" where a date must be given; ISO. */
  readonly endOfTime: string;
  /** True: a row's end date is the last day in force, not the first day without. */
  readonly endDateIsLastDay: boolean;
  /** A full file states everything, so it is taken with a reason; a changes file builds on the run before it. */
  readonly outOfTurn: { readonly full: 'with-reason'; readonly changes: 'refused' };
  /** Lengths of an employee number that are met: 8 digits, and 9 in files of 2020 to 2023. */
  readonly employeeNumberDigits: readonly number[];
  /** Record type → its layout. Every other type that has a type's form is counted and let go. */
  readonly records: Readonly<Record<string, GoRecordLayout>>;
  /** What the file can show at all. What it cannot show is never "gone". */
  readonly shows: {
    readonly urps: boolean;
    readonly lastSignIn: boolean;
    readonly accountEnd: boolean;
    readonly futureRows: boolean;
  };
}

/** Fields are counted with the type. The layout grows at a row's end: what stands beyond the known fields is let go. */
export interface GoRecordLayout {
  /** What the record is about; null where it is read and dropped (costing, home address, telephone, vehicle). */
  readonly entity: GoEntity | null;
  /** A row with fewer fields has slipped or was cut off, and fails. */
  readonly needed: number;
  readonly known: number;
}

/** Fields of each record of interface version 2, the type included. */
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

const kept = (entity: GoEntity, fields: number): GoRecordLayout => ({
  entity,
  needed: fields,
  known: fields,
});
/** Of a record that is dropped nothing is needed, so that no fault in it is anybody's trouble. */
const dropped = (fields: number): GoRecordLayout => ({ entity: null, needed: 1, known: fields });

/**
 * The ESR Generic Outbound file, interface version 2. The later fields that were met are one of ASA (*ContractReason*, in a
 * trust's own SQL of 2021) and one of ORA.
 */
export const ESR_GO = {
  system: 'ESR',
  interface: 'Generic Outbound, version 2',
  delimiter: '~',
  encodings: ['utf-8', 'windows-1252'],
  dates: 'yyyyMMdd',
  endOfTime: '4712-12-31',
  endDateIsLastDay: true,
  outOfTurn: { full: 'with-reason', changes: 'refused' },
  employeeNumberDigits: [8, 9],
  records: {
    LCA: kept('location', goFieldCount.LCA),
    ORA: kept('organisation', goFieldCount.ORA),
    POA: kept('position', goFieldCount.POA),
    PRA: kept('person', goFieldCount.PRA),
    ASA: kept('assignment', goFieldCount.ASA),
    COA: dropped(goFieldCount.COA),
    ADA: dropped(goFieldCount.ADA),
    PHA: dropped(goFieldCount.PHA),
    VHA: dropped(goFieldCount.VHA),
  },
  shows: { urps: false, lastSignIn: false, accountEnd: false, futureRows: true },
} as const satisfies GoProfile;

export const GO_DELIMITER = ESR_GO.delimiter;

// Columns by number, 0 being the type. Only those that access administration needs are named: what has no name here cannot
// be kept.

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
  /** A person id in some files and an assignment id in others: see `go-manager.ts`. */
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
