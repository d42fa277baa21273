import { placeEverybody } from '../../db/staging/people-index.ts';
import { newRequest, type OneFormContent } from '../domain/requests/request.ts';
import { addRow, type RealStore } from './real-store.ts';

/** Names that can stand nowhere but where a name belongs: a ledger sentence that has one of them has leaked it. */
export const NAMES = {
  beneficiary: 'Marked Beneficiary-Canary',
  manager: 'Marked Manager-Canary',
  requester: 'Marked Requester-Canary',
} as const;
export const NUMBERS = { beneficiary: '20000001', manager: '20000002', requester: '20000003' } as const;
const JUSTIFICATION = 'Justification-Canary: covers a vacancy';
/** Everything of a person that the ledger's own words must not hold. */
export const PERSONAL = [/canary/i, ...Object.values(NUMBERS).map((number) => new RegExp(number))];

const SOURCES = [
  ['go-full', '2026-11-19T05:00:00.000Z'],
  ['holdings', '2026-11-19T06:00:00.000Z'],
  ['as-numbers', '2026-11-18T06:00:00.000Z'],
  ['training', '2026-11-18T07:00:00.000Z'],
  ['oneforms', '2026-11-19T08:00:00.000Z'],
] as const;

/** Three people in post, their sources imported yesterday; the beneficiary reports to the manager. */
export function addSmallTrust(real: RealStore): void {
  for (const [kind, takenAt] of SOURCES) {
    addRow(real, 'import', {
      id: `import-${kind}`,
      kind,
      file_name: `${kind}.csv`,
      sha256: 'a'.repeat(64),
      taken_at: takenAt,
      imported_at: takenAt,
      imported_by: 'user-owner',
      read: 3,
      new: 3,
      changed: 0,
      ended: 0,
      unchanged: 0,
      failed: 0,
    });
  }
  const from = { from_import_id: 'import-go-full', effective_from: '2020-01-01' };
  addRow(real, 'organisation', { ...from, organisation_id: 'o1', name: '919 Ward 1' });
  addRow(real, 'position', {
    ...from,
    position_id: 'po1',
    position_number: '3560241',
    position_name: '3560241|Staff Nurse|021|Ward|',
  });
  for (const [who, at] of [
    ['beneficiary', 1],
    ['manager', 2],
    ['requester', 3],
  ] as const) {
    const [first = '', last = ''] = NAMES[who].split(' ');
    addRow(real, 'person', {
      ...from,
      person_id: `p${at}`,
      employee_number: NUMBERS[who],
      last_name: last,
      first_name: first,
      hire_date: '2020-01-01',
      system_person_type: 'EMP',
      smartcard_uuid: `00000000000${at}`,
    });
    addRow(real, 'assignment', {
      ...from,
      assignment_id: `a${at}`,
      person_id: `p${at}`,
      assignment_number: NUMBERS[who],
      primary_assignment: 'Y',
      organisation_id: 'o1',
      position_id: 'po1',
      supervisor_person_id: at === 2 ? null : 'p2',
      supervisor_assignment_id: at === 2 ? null : 'a2',
    });
    addRow(real, 'training', {
      from_import_id: 'import-training',
      employee_number: NUMBERS[who],
      competence: 'Information Governance and Data Security',
      status: 'Achieved',
      expires_on: '2027-06-30',
    });
    addRow(real, 'holding', {
      from_import_id: 'import-holdings',
      employee_number: NUMBERS[who],
      username: `919USER0${at}`,
      exported_name: '919 Employee Self Service',
      urp: 'Employee Self Service',
      start_date: '2020-01-01',
    });
  }
  addRow(real, 'as_number', {
    from_import_id: 'import-as-numbers',
    employee_number: NUMBERS.manager,
    as_number: 'AS100',
    position_number: '3560241',
    issued_on: '2024-02-01',
  });
  placeEverybody(real.db, real.clock.today());
}

export function aForm(reference: string, change: Partial<OneFormContent> = {}): OneFormContent {
  return {
    reference,
    submittedAt: '2026-11-10T10:00:00.000Z',
    requester: { number: NUMBERS.requester, name: NAMES.requester },
    beneficiary: { number: NUMBERS.beneficiary, name: NAMES.beneficiary },
    accessAsTyped: 'HR Data Entry',
    justification: JUSTIFICATION,
    lineManager: { number: NUMBERS.manager, name: NAMES.manager },
    authorisation: { by: { number: NUMBERS.manager, name: NAMES.manager }, on: '2026-11-11' },
    attachments: ['form.pdf'],
    ...change,
  };
}

/** A request as the import of OneForms leaves it; matched unless `unmatched`. */
export function addRequest(
  real: RealStore,
  id: string,
  form: OneFormContent = aForm(`SR-${id}`),
  options: { readonly urp?: string | null; readonly unmatched?: boolean } = {},
): void {
  const { access } = real.store;
  const urp = options.urp === undefined ? 'HR Data Entry' : options.urp;
  const beneficiary = options.unmatched === true ? null : NUMBERS.beneficiary;
  access.transaction(() => {
    access.requests.insert({
      request: newRequest({ id, form, urp, authorisationNeeded: true, beneficiary }),
      revision: 0,
      changedAt: real.clock.now(),
      person: form.beneficiary.name ?? '',
    });
    access.requests.addVersion(id, {
      version: 1,
      receivedAt: real.clock.now(),
      importId: 'import-oneforms',
      form,
    });
  });
}
