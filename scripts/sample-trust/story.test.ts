import { beforeAll, describe, expect, it } from 'vitest';
import { esrDate } from './dates.ts';
import { GOVERNANCE } from './side-files.ts';
import { FORMULA, OVERLONG_CHARACTERS } from './story.ts';
import {
  type CsvRow,
  csvForms,
  csvRows,
  type FormRead,
  generateInMemory,
  goRows,
  jsonForms,
  type PersonRead,
  type ReadTrust,
  registerOn,
} from './testing.ts';
import { HIERARCHY_URPS, URP } from './urps.ts';

/** What each form of the story must fail, and nothing else; every other form of the story fails nothing. */
const expectedFailures: Readonly<Record<string, readonly string[]>> = {
  'missing-authorisation': ['authorisation'],
  'missing-as-number': ['AS number'],
  'former-post-as-number': ['AS number'],
  'missing-smartcard': ['smartcard'],
  'missing-hierarchy': ['hierarchy'],
  'governance-lapsed': ['governance'],
  'conflicting-urp': ['conflict'],
  leaver: ['in post'],
  'requester-authorised': ['separation'],
  'other-manager-authorised': ['manager'],
  'unknown-number': ['matched'],
  'matched-by-changes': ['matched'],
  'unknown-urp': ['known'],
  'already-held': ['not held'],
  'changed-form': ['authorisation'],
};

/** The rules of domain.md once more, in their shortest form, over what was read back from the files. */
interface Facts {
  readonly register: ReadonlyMap<string, PersonRead>;
  readonly supervising: ReadonlySet<string>;
  readonly held: ReadonlyMap<string, readonly string[]>;
  readonly governance: ReadonlySet<string>;
  readonly asNumbers: ReadonlyMap<string, string>;
}

function isoOf(esr: string): string {
  const months = 'JanFebMarAprMayJunJulAugSepOctNovDec';
  const [day, month = '', year] = esr.split('-');
  return `${year}-${String(months.indexOf(month) / 3 + 1).padStart(2, '0')}-${day}`;
}

function gather(trust: ReadTrust): Facts {
  const { asOf } = trust.manifest;
  const register = registerOn(trust, asOf);
  const supervising = new Set<string>();
  for (const person of register.values()) {
    if (!person.left) for (const post of person.posts) supervising.add(post.supervisorAssignmentId);
  }
  const open = csvRows(trust, 'holdings-1.csv', 2).filter((row) => row['End Date'] === '');
  const numberOf = (row: CsvRow): string => row['Employee Number'] ?? '';
  const governance = csvRows(trust, 'training.csv').filter(
    (row) =>
      row.Competence === GOVERNANCE && row.Status === 'Compliant' && isoOf(row['Expires On'] ?? '') >= asOf,
  );
  return {
    register,
    supervising,
    held: new Map(
      [...Map.groupBy(open, numberOf)].map(([number, rows]) => [
        number,
        rows.map((row) => row.Responsibility?.slice(4) ?? ''),
      ]),
    ),
    governance: new Set(governance.map(numberOf)),
    asNumbers: new Map(
      csvRows(trust, 'as-numbers.csv').map((row) => [numberOf(row), row['Position Number'] ?? '']),
    ),
  };
}

function failures(form: FormRead, facts: Facts): readonly string[] {
  const person = facts.register.get(form.beneficiary.slice(0, 8));
  if (!person) return ['matched'];
  if (person.left) return ['in post'];
  const failed: string[] = [];
  const held = facts.held.get(person.employeeNumber) ?? [];
  const needs = (rule: string, holds: boolean): void => {
    if (!holds) failed.push(rule);
  };
  needs('known', (Object.values(URP) as readonly string[]).includes(form.access));
  needs('username', held.includes(URP.employee));
  needs('not held', !held.includes(form.access));
  needs('authorisation', form.authoriser !== null);
  if (form.authoriser !== null) {
    needs(
      'manager',
      person.posts.some((post) => post.managerNumber === form.authoriser),
    );
    needs('separation', form.authoriser !== form.requester && form.authoriser !== person.employeeNumber);
    needs('manager in post', facts.register.get(form.authoriser)?.left === false);
  }
  needs('smartcard', person.uuid !== '');
  const throughHierarchy = (HIERARCHY_URPS as readonly string[]).includes(form.access);
  needs(
    'hierarchy',
    !throughHierarchy || person.posts.some((post) => facts.supervising.has(post.assignmentId)),
  );
  const position = person.posts.find(({ primary }) => primary)?.positionNumber;
  needs('AS number', form.access !== URP.manager || facts.asNumbers.get(person.employeeNumber) === position);
  needs('governance', facts.governance.has(person.employeeNumber));
  needs('conflict', !(form.access === URP.payroll && held.includes(URP.hrAdministration)));
  return failed;
}

describe.each([
  ['500 people, seed 1', { people: 500, seed: 1 }],
  ['the smallest trust', { people: 200, seed: 7 }],
  ['2,000 people', { people: 2_000, seed: 42, asOf: '2027-06-14' }],
])('the main-job story in %s', (_, options) => {
  let trust: ReadTrust;
  let facts: Facts;
  let forms: ReadonlyMap<string, FormRead>;
  beforeAll(() => {
    trust = generateInMemory(options);
    facts = gather(trust);
    forms = new Map(csvForms(trust).map((form) => [form.reference, form]));
  });
  const entry = (id: string) => trust.manifest.story.find((candidate) => candidate.id === id)!;
  const later = (): readonly FormRead[] => jsonForms(trust);

  it('fails exactly what the manifest says, and nothing where it says ready', () => {
    expect(trust.manifest.story.length).toBeGreaterThan(20);
    for (const { id, reference, file, beneficiaryNumber, accessRequested } of trust.manifest.story) {
      const form =
        file === 'oneforms.csv' ? forms.get(reference) : later().find((one) => one.reference === reference);
      expect(form, id).toMatchObject({ beneficiary: beneficiaryNumber, access: accessRequested });
      expect(failures(form!, facts), id).toEqual(expectedFailures[id] ?? []);
    }
  });

  it('holds the awkward justifications and the form that changes', () => {
    expect(forms.get(entry('formula-justification').reference)?.justification).toBe(FORMULA);
    expect(forms.get(entry('overlong-justification').reference)?.justification).toHaveLength(
      OVERLONG_CHARACTERS,
    );
    const { reference } = entry('changed-form');
    const second = later().at(-1)!;
    expect(second.reference).toBe(reference);
    expect(failures(second, facts)).toEqual([]);
    expect(
      later()
        .slice(0, -1)
        .some((form) => forms.has(form.reference)),
    ).toBe(false);
    expect(entry('ready-second-post').beneficiaryNumber).toMatch(/^\d{8}-2$/);
  });

  it('matches the early form once the changes file is in', () => {
    const { beneficiaryNumber } = entry('matched-by-changes');
    const starters = goRows(trust, trust.manifest.goChanges).filter(([type]) => type === 'PRA');
    expect(starters.some((row) => row[4] === beneficiaryNumber)).toBe(true);
  });

  it('shows in the second holdings export the granted and the never approved, and nothing else new', () => {
    const key = (row: CsvRow): string => `${row['Employee Number']}/${row.Responsibility}`;
    const before = new Set(csvRows(trust, 'holdings-1.csv', 2).map(key));
    const added = csvRows(trust, 'holdings-2.csv', 2).filter((row) => !before.has(key(row)));
    const { granted, seenNeverApproved, newEmployeeSelfService, keyedNotSeen } = trust.manifest.holdings2;
    const told = [...granted, ...seenNeverApproved].map(
      (one) => `${one.employeeNumber}/${one.responsibility}`,
    );
    const selfService = newEmployeeSelfService.map((number) => `${number}/919 ${URP.employee}`);
    expect(added.map(key).sort()).toEqual([...told, ...selfService].sort());
    for (const one of [...granted, ...seenNeverApproved]) {
      const row = added.find((candidate) => key(candidate) === `${one.employeeNumber}/${one.responsibility}`);
      expect(row?.['Start Date']).toBe(esrDate(one.startDate));
      expect(one.startDate > trust.manifest.asOf).toBe(true);
      expect(row?.['User Name']).toBe(one.userName);
    }
    for (const { reference } of granted) {
      expect(trust.manifest.story.find((one) => one.reference === reference)?.outcome).toBe('ready');
    }
    expect(keyedNotSeen).toEqual([entry('keyed-not-seen').reference]);
    expect(seenNeverApproved).toHaveLength(2);
  });

  it('gives Employee Self Service to everybody current', () => {
    for (const person of facts.register.values()) {
      if (!person.left)
        expect(facts.held.get(person.employeeNumber), person.employeeNumber).toContain(URP.employee);
    }
  });

  it('keeps the people who sign in out of the story', () => {
    const players = new Set(trust.manifest.story.map(({ employeeNumber }) => employeeNumber));
    expect(trust.manifest.signIns.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['officer', 'hr-admin', 'team-lead', 'caldicott', 'owner']),
    );
    expect(new Set(trust.manifest.signIns.map(({ employeeNumber }) => employeeNumber)).size).toBe(6);
    for (const { employeeNumber } of trust.manifest.signIns) {
      expect(players.has(employeeNumber)).toBe(false);
      expect(facts.register.get(employeeNumber)?.left).toBe(false);
    }
  });

  it('lists every blemish of the hierarchy, and there is no other', () => {
    const listed = (kind: string): readonly string[] =>
      trust.manifest.anomalies.flatMap((one) => (one.kind === kind ? [one.employeeNumber ?? ''] : [])).sort();
    const ids = new Map<string, PersonRead>();
    for (const row of goRows(trust, trust.manifest.goFull)) {
      if (row[0] === 'ASA') ids.set(row[2] ?? '', facts.register.get((row[7] ?? '').slice(0, 8))!);
    }
    const found: Record<string, string[]> = { missing: [], left: [], noUrp: [], noReports: [], cycle: [] };
    for (const person of facts.register.values()) {
      if (person.left) continue;
      for (const post of person.posts) {
        if (post.supervisorAssignmentId === '') continue;
        if (!ids.has(post.supervisorAssignmentId)) found.missing!.push(person.employeeNumber);
        else if (ids.get(post.supervisorAssignmentId)?.left) found.left!.push(person.employeeNumber);
        const above = ids.get(post.supervisorAssignmentId)?.posts.find(({ primary }) => primary);
        if (above?.supervisorAssignmentId === post.assignmentId) found.cycle!.push(person.employeeNumber);
      }
      const reports = person.posts.some((post) => facts.supervising.has(post.assignmentId));
      const urp = (facts.held.get(person.employeeNumber) ?? []).some((name) =>
        (HIERARCHY_URPS as readonly string[]).includes(name),
      );
      if (reports && !urp) found.noUrp!.push(person.employeeNumber);
      if (!reports && urp) found.noReports!.push(person.employeeNumber);
    }
    expect(found.missing!.sort()).toEqual(listed('orphan-missing-supervisor'));
    expect(found.left!.sort()).toEqual(listed('orphan-supervisor-left'));
    expect(found.cycle!.sort()).toEqual(listed('supervisor-cycle'));
    expect(found.noUrp!.sort()).toEqual(listed('reports-without-urp'));
    expect(found.noReports!.sort()).toEqual(listed('urp-without-reports'));
    for (const kind of [
      'orphan-missing-supervisor',
      'orphan-supervisor-left',
      'reports-without-urp',
      'urp-without-reports',
    ]) {
      expect(listed(kind).length, kind).toBeGreaterThan(0);
    }
  });
});
