import { parse } from 'csv-parse/sync';
import { generateSampleTrust, type Manifest, type SampleTrustOptions } from './generate.ts';

/** What the files say, read back from their bytes alone: tests compare the manifest with this, not with the model. */
export interface ReadTrust {
  readonly manifest: Manifest;
  readonly files: ReadonlyMap<string, Buffer>;
}

export function generateInMemory(options: SampleTrustOptions): ReadTrust {
  const files = new Map<string, Buffer>();
  const manifest = generateSampleTrust(options, (name, pieces) => {
    files.set(name, Buffer.concat([...pieces].map((piece) => Buffer.from(piece))));
  });
  return { manifest, files };
}

export function bytesOf({ files }: ReadTrust, name: string): Buffer {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`The sample trust has no file ${name}.`);
  return bytes;
}

export function goRows(trust: ReadTrust, name: string): readonly (readonly string[])[] {
  const text = bytesOf(trust, name).toString('utf8');
  return text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => line.split('~'));
}

export type CsvRow = Readonly<Record<string, string>>;

export function csvRows(trust: ReadTrust, name: string, titleRows = 0): readonly CsvRow[] {
  const encoding = name === 'as-numbers.csv' ? 'latin1' : 'utf8';
  return parse(bytesOf(trust, name).toString(encoding), {
    columns: true,
    bom: true,
    from_line: titleRows + 1,
  });
}

export interface FormRead {
  readonly reference: string;
  readonly requester: string;
  readonly beneficiary: string;
  readonly access: string;
  readonly justification: string;
  readonly lineManager: string;
  readonly authoriser: string | null;
}

export function csvForms(trust: ReadTrust): readonly FormRead[] {
  return csvRows(trust, 'oneforms.csv').map((row) => ({
    reference: row.Reference ?? '',
    requester: row['Requester Employee Number'] ?? '',
    beneficiary: row['Beneficiary Number'] ?? '',
    access: row['Access Requested'] ?? '',
    justification: row.Justification ?? '',
    lineManager: row['Line Manager Employee Number'] ?? '',
    authoriser:
      row['Line Manager Authorised'] === 'Yes' ? (row['Authorised By Employee Number'] ?? '') : null,
  }));
}

interface JsonForms {
  readonly forms: readonly {
    readonly reference: string;
    readonly requester: { readonly employeeNumber: string };
    readonly beneficiary: { readonly number: string };
    readonly accessRequested: string;
    readonly justification: string;
    readonly lineManager: { readonly employeeNumber: string };
    readonly authorisation: { readonly byEmployeeNumber: string } | null;
  }[];
}

export function jsonForms(trust: ReadTrust): readonly FormRead[] {
  const { forms }: JsonForms = JSON.parse(bytesOf(trust, 'oneforms.json').toString('utf8'));
  return forms.map((form) => ({
    reference: form.reference,
    requester: form.requester.employeeNumber,
    beneficiary: form.beneficiary.number,
    access: form.accessRequested,
    justification: form.justification,
    lineManager: form.lineManager.employeeNumber,
    authoriser: form.authorisation?.byEmployeeNumber ?? null,
  }));
}

export interface PersonRead {
  readonly employeeNumber: string;
  readonly uuid: string;
  readonly left: boolean;
  readonly posts: {
    readonly assignmentId: string;
    readonly supervisorAssignmentId: string;
    readonly managerNumber: string;
    readonly positionNumber: string;
    readonly primary: boolean;
  }[];
}

/** The register on a day: the row of each assignment that holds then, people who have gone marked as left. */
export function registerOn(trust: ReadTrust, isoDay: string): ReadonlyMap<string, PersonRead> {
  const day = isoDay.replaceAll('-', '');
  const rows = goRows(trust, trust.manifest.goFull);
  const byId = new Map<string, PersonRead>();
  const holdsOn = (from = '', to = ''): boolean => from <= day && (to === '' || to >= day);
  for (const row of rows) {
    if (row[0] !== 'PRA' || !holdsOn(row[2], row[3])) continue;
    const left = row[17] !== '' && (row[17] ?? '') < day;
    byId.set(row[1] ?? '', { employeeNumber: row[4] ?? '', uuid: row[29] ?? '', left, posts: [] });
  }
  for (const row of rows) {
    if (row[0] !== 'ASA' || !holdsOn(row[3], row[4])) continue;
    byId.get(row[1] ?? '')?.posts.push({
      assignmentId: row[2] ?? '',
      supervisorAssignmentId: row[16] ?? '',
      managerNumber: byId.get(row[18] ?? '')?.employeeNumber ?? '',
      positionNumber: (row[29] ?? '').split('|')[0] ?? '',
      primary: row[21] === 'Yes',
    });
  }
  return new Map([...byId.values()].map((person) => [person.employeeNumber, person]));
}
