import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/**
 * The register: what ESR says. Only imports write it. A row is never erased: an import that no longer states it, or states it
 * otherwise, puts its id into `until_import_id`, and the row stays as history. Current rows have it null. The one exception is a first
 * import that is undone: its rows were never this trust's facts, and they go (docs/decisions/0026).
 */
export const imports = sqliteTable(
  'import',
  {
    id: text().primaryKey(),
    kind: text({
      enum: ['go-full', 'go-changes', 'holdings', 'oneforms', 'as-numbers', 'training'],
    }).notNull(),
    fileName: text('file_name').notNull(),
    sha256: text().notNull(),
    vpd: text(),
    sequence: integer(),
    takenAt: text('taken_at'),
    importedAt: text('imported_at').notNull(),
    importedBy: text('imported_by').notNull(),
    startingPosition: integer('starting_position', { mode: 'boolean' }),
    read: integer().notNull(),
    new: integer().notNull(),
    changed: integer().notNull(),
    ended: integer().notNull(),
    unchanged: integer().notNull(),
    failed: integer().notNull(),
    /** Rows of the source that stood after it; null of an import made before this was kept. */
    currentRows: integer('current_rows'),
    /** Set where it was undone: nothing that it brought stands, and it counts for nothing. */
    undoneAt: text('undone_at'),
    undoneBy: text('undone_by'),
  },
  (t) => [index('import_kind').on(t.kind, t.importedAt)],
);

const provenance = {
  rowId: integer('row_id').primaryKey({ autoIncrement: true }),
  fromImportId: text('from_import_id').notNull(),
  untilImportId: text('until_import_id'),
};

export const locations = sqliteTable(
  'location',
  {
    ...provenance,
    locationId: text('location_id').notNull(),
    code: text(),
    description: text(),
    inactiveDate: text('inactive_date'),
  },
  (t) => [uniqueIndex('location_current').on(t.locationId).where(sql`until_import_id is null`)],
);

export const organisations = sqliteTable(
  'organisation',
  {
    ...provenance,
    organisationId: text('organisation_id').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    effectiveTo: text('effective_to'),
    name: text().notNull(),
    type: text(),
    parentOrganisationId: text('parent_organisation_id'),
    locationId: text('location_id'),
  },
  (t) => [
    uniqueIndex('organisation_current')
      .on(t.organisationId, t.effectiveFrom)
      .where(sql`until_import_id is null`),
  ],
);

export const positions = sqliteTable(
  'position',
  {
    ...provenance,
    positionId: text('position_id').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    effectiveTo: text('effective_to'),
    positionNumber: text('position_number').notNull(),
    positionName: text('position_name').notNull(),
    jobStaffGroup: text('job_staff_group'),
    jobRole: text('job_role'),
    organisationId: text('organisation_id'),
    hiringStatus: text('hiring_status'),
  },
  (t) => [
    uniqueIndex('position_current').on(t.positionId, t.effectiveFrom).where(sql`until_import_id is null`),
  ],
);

export const people = sqliteTable(
  'person',
  {
    ...provenance,
    personId: text('person_id').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    effectiveTo: text('effective_to'),
    employeeNumber: text('employee_number').notNull(),
    title: text(),
    lastName: text('last_name').notNull(),
    firstName: text('first_name'),
    middleName: text('middle_name'),
    maidenName: text('maiden_name'),
    preferredName: text('preferred_name'),
    previousLastName: text('previous_last_name'),
    nhsUniqueId: text('nhs_unique_id'),
    hireDate: text('hire_date'),
    terminationDate: text('termination_date'),
    employeeStatus: text('employee_status'),
    smartcardUuid: text('smartcard_uuid'),
    systemPersonType: text('system_person_type'),
    userPersonType: text('user_person_type'),
    officeEmail: text('office_email'),
  },
  (t) => [
    uniqueIndex('person_current').on(t.personId, t.effectiveFrom).where(sql`until_import_id is null`),
    index('person_employee_number').on(t.employeeNumber),
    // Superseded rows too: a number that somebody had names them still.
    index('person_numbers').on(t.personId, t.employeeNumber),
    index('person_smartcard').on(t.smartcardUuid, t.personId).where(sql`smartcard_uuid is not null`),
    index('person_nhs_id').on(t.nhsUniqueId, t.personId).where(sql`nhs_unique_id is not null`),
  ],
);

/**
 * Everybody the register states, in the order of their names, written by imports in their transaction. `place` is the row of
 * `person_search` (FTS5, in a migration) as well, so that what a search finds comes in order and is never sorted. Places are apart,
 * so that a newcomer finds room.
 */
export const personPlaces = sqliteTable(
  'person_place',
  {
    place: integer().primaryKey(),
    personId: text('person_id').notNull(),
    nameOrder: text('name_order').notNull(),
  },
  (t) => [
    uniqueIndex('person_place_person').on(t.personId),
    index('person_place_order').on(t.nameOrder, t.personId),
  ],
);

export const assignments = sqliteTable(
  'assignment',
  {
    ...provenance,
    assignmentId: text('assignment_id').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    effectiveTo: text('effective_to'),
    personId: text('person_id').notNull(),
    assignmentType: text('assignment_type'),
    assignmentNumber: text('assignment_number').notNull(),
    systemStatus: text('system_status'),
    userStatus: text('user_status'),
    locationId: text('location_id'),
    supervisorFlag: text('supervisor_flag'),
    supervisorPersonId: text('supervisor_person_id'),
    supervisorAssignmentId: text('supervisor_assignment_id'),
    supervisorAssignmentNumber: text('supervisor_assignment_number'),
    departmentManagerPersonId: text('department_manager_person_id'),
    employeeCategory: text('employee_category'),
    assignmentCategory: text('assignment_category'),
    primaryAssignment: text('primary_assignment'),
    organisationId: text('organisation_id'),
    positionId: text('position_id'),
    positionName: text('position_name'),
    grade: text(),
    jobName: text('job_name'),
    contractEndDate: text('contract_end_date'),
    lastWorkingDay: text('last_working_day'),
    managerFlag: text('manager_flag'),
    assignmentEndDate: text('assignment_end_date'),
  },
  (t) => [
    uniqueIndex('assignment_current').on(t.assignmentId, t.effectiveFrom).where(sql`until_import_id is null`),
    index('assignment_person').on(t.personId),
    index('assignment_supervisor').on(t.supervisorAssignmentId),
    index('assignment_manager').on(t.departmentManagerPersonId),
    index('assignment_number').on(t.assignmentNumber),
  ],
);

/** URP holdings from ESR's Active Responsibilities export. `urp` is the catalogue's name, null while nobody knows the exported one. */
export const holdings = sqliteTable(
  'holding',
  {
    ...provenance,
    employeeNumber: text('employee_number').notNull(),
    username: text().notNull(),
    exportedName: text('exported_name').notNull(),
    urp: text(),
    startDate: text('start_date').notNull(),
    endDate: text('end_date'),
    lastLogon: text('last_logon'),
    /** `direct` or `indirect`; empty where the file does not say. Who holds an access both ways holds it twice. */
    grantType: text('grant_type').notNull().default(''),
    application: text(),
    accountStart: text('account_start'),
    accountEnd: text('account_end'),
    assignedBy: text('assigned_by'),
    assignedOn: text('assigned_on'),
    updatedBy: text('updated_by'),
    updatedOn: text('updated_on'),
  },
  (t) => [
    uniqueIndex('holding_current')
      .on(t.employeeNumber, t.username, t.exportedName, t.startDate, t.endDate, t.grantType)
      .where(sql`until_import_id is null`),
    index('holding_employee').on(t.employeeNumber, t.urp),
    index('holding_urp').on(t.urp),
    // Which person an account was stated for, by any file that has both.
    index('holding_username').on(sql`upper(username)`, t.employeeNumber),
    // Rows that name an account alone.
    index('holding_account')
      .on(sql`upper(username)`)
      .where(sql`employee_number = '' and until_import_id is null`),
  ],
);

export const asNumbers = sqliteTable(
  'as_number',
  {
    ...provenance,
    employeeNumber: text('employee_number').notNull(),
    positionNumber: text('position_number'),
    asNumber: text('as_number').notNull(),
    issuedOn: text('issued_on'),
  },
  (t) => [
    // A number may be issued for several posts.
    uniqueIndex('as_number_current')
      .on(t.employeeNumber, t.asNumber, t.positionNumber, t.issuedOn)
      .where(sql`until_import_id is null`),
  ],
);

export const training = sqliteTable(
  'training',
  {
    ...provenance,
    employeeNumber: text('employee_number').notNull(),
    competence: text().notNull(),
    status: text().notNull(),
    achievedOn: text('achieved_on'),
    expiresOn: text('expires_on'),
  },
  (t) => [
    // One competence may be attained several times, and the one that runs longest counts.
    uniqueIndex('training_current')
      .on(t.employeeNumber, t.competence, t.achievedOn, t.expiresOn, t.status)
      .where(sql`until_import_id is null`),
  ],
);

/** PersonIds that are one person, by smartcard UUID or NHS unique id; worked out anew by each GO import. Only those that differ. */
export const samePeople = sqliteTable(
  'same_person',
  { personId: text('person_id').primaryKey(), canonicalId: text('canonical_id').notNull() },
  (t) => [index('same_person_canonical').on(t.canonicalId)],
);

/** Pairs of PersonIds, both ways round, that share a smartcard or NHS unique id and seem to be two people. */
export const doubtedPeople = sqliteTable(
  'doubted_person',
  { personId: text('person_id').notNull(), otherId: text('other_id').notNull() },
  (t) => [primaryKey({ columns: [t.personId, t.otherId] })],
);

/** Whose an ESR account is, as a person confirmed it; `personId` null = nobody's (an interface, a shared account). */
export const accountPeople = sqliteTable(
  'account_person',
  {
    /** Capitals. */
    username: text().primaryKey(),
    personId: text('person_id'),
    /** As it was then, for evidence. */
    employeeNumber: text('employee_number'),
    confirmedAt: text('confirmed_at').notNull(),
    confirmedBy: text('confirmed_by').notNull(),
  },
  (t) => [index('account_person_person').on(t.personId)],
);
