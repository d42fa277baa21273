import type { PersonRecord } from '../../../electron/domain/register/go-record.ts';

/** A person's row of which only what is said is known. */
export const personRecord = (
  said: Partial<PersonRecord> &
    Pick<PersonRecord, 'personId' | 'effectiveFrom' | 'employeeNumber' | 'lastName'>,
): PersonRecord => ({
  kind: 'person',
  effectiveTo: null,
  title: null,
  firstName: null,
  middleName: null,
  maidenName: null,
  preferredName: null,
  previousLastName: null,
  nhsUniqueId: null,
  hireDate: null,
  terminationDate: null,
  employeeStatus: null,
  smartcardUuid: null,
  systemPersonType: null,
  userPersonType: null,
  officeEmail: null,
  ...said,
});
