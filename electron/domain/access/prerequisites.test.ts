import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personByNumber } from '../people/person-key.ts';
import { type AccessCatalogue, findEntry } from './catalogue.ts';
import type { Span } from './effective-access.ts';
import type { HoldingFacts, OtherRequestFacts } from './prerequisite-facts.ts';
import {
  checkPrerequisites,
  DEFAULT_PREREQUISITE_SETTINGS,
  type Prerequisite,
  type PrerequisiteFacts,
  type PrerequisiteId,
  type PrerequisiteState,
  type SourceName,
  summarise,
} from './prerequisites.ts';

const catalogue = JSON.parse(
  readFileSync(new URL('../../../resources/access-catalogue.json', import.meta.url), 'utf8'),
) as AccessCatalogue;

const source = (name: string) => ({ name, takenAt: '2026-11-19T06:00:00.000Z', extractId: name });
const manager = { employeeNumber: '20000001', name: 'Manager One' };
const head = { employeeNumber: '20000002', name: 'Head Two' };
const post = {
  assignmentNumber: '10000001',
  positionNumber: '3560241',
  supervisor: manager,
  lineManager: head,
};

/** Access that its account never shortened. */
const heldFor = (urp: string, days: Span): HoldingFacts => ({
  urp,
  own: days,
  works: days,
  accountLastDay: null,
});

const otherRequest = (urp: string, status: OtherRequestFacts['status']): OtherRequestFacts => ({
  reference: 'SD-0',
  urp,
  status,
  lastDay: null,
  letPass: null,
});

function entryOf(asTyped: string) {
  const match = findEntry(catalogue, asTyped);
  return match.kind === 'found' ? match.entry : null;
}

/** Facts under which Manager Self Service, or whatever is named, may be granted. */
function good(access = 'Manager Self Service'): PrerequisiteFacts {
  return {
    who: personByNumber,
    authoriser: null,
    today: '2026-11-20',
    now: '2026-11-20T17:00:00.000Z',
    request: {
      reference: 'SD-1',
      submittedAt: '2026-11-18T09:00:00.000Z',
      accessAsTyped: access,
      entry: entryOf(access),
      couldBe: [],
      requester: '10000001',
      beneficiary: '10000001',
      post: null,
      authorisation: { employeeNumber: '20000001', name: 'Manager One', on: '2026-11-18' },
    },
    person: {
      employeeNumber: '10000001',
      name: 'Staff Member',
      current: true,
      startsOn: '2020-01-06',
      terminatedOn: null,
      personType: 'EMP',
      hasSmartcard: true,
      username: '919STAFFM01',
      assignments: [{ ...post, directReports: 3 }],
    },
    holdings: [heldFor('Employee Self Service', { from: '2020-01-06', lastDay: null })],
    asNumbers: [{ asNumber: 'AS123', employeeNumber: '10000001', positionNumber: '3560241' }],
    training: { status: 'passed', expiresOn: '2027-02-01' },
    sources: {
      register: source('GO file'),
      holdings: source('Active Responsibilities'),
      asNumbers: source('AS numbers'),
      training: source('Training'),
    },
    catalogue,
    settings: DEFAULT_PREREQUISITE_SETTINGS,
    exception: null,
  };
}

type Change = (facts: PrerequisiteFacts) => PrerequisiteFacts;
const inRequest =
  (change: Partial<PrerequisiteFacts['request']>): Change =>
  (facts) => ({ ...facts, request: { ...facts.request, ...change } });
const inPerson =
  (change: Partial<NonNullable<PrerequisiteFacts['person']>>): Change =>
  (facts) => ({ ...facts, person: facts.person && { ...facts.person, ...change } });
const without =
  (name: SourceName): Change =>
  (facts) => ({ ...facts, sources: { ...facts.sources, [name]: null } });

function the(id: PrerequisiteId, facts: PrerequisiteFacts): Prerequisite | undefined {
  return checkPrerequisites(facts).find((one) => one.id === id);
}
const state = (id: PrerequisiteId, facts: PrerequisiteFacts): PrerequisiteState | 'absent' =>
  the(id, facts)?.state ?? 'absent';
const mayApprove = (facts: PrerequisiteFacts): boolean => summarise(checkPrerequisites(facts)).mayApprove;

describe('when everything is in place', () => {
  it.each(catalogue.entries.map(({ name }) => name).filter((name) => name !== 'Employee Self Service'))(
    '%s may be approved',
    (name) => {
      const results = checkPrerequisites(good(name));
      expect(results.filter((one) => one.state !== 'holds')).toEqual([]);
      expect(summarise(results)).toMatchObject({ mayApprove: true, done: results.length });
      expect(new Set(results.map(({ id }) => id)).size).toBe(results.length);
    },
  );
});

/** Each row: one thing wrong, the prerequisite that must see it, its state, words the sentence must hold. */
const WRONG: readonly [string, PrerequisiteId, PrerequisiteState, RegExp, string, Change][] = [
  [
    'the catalogue does not know it',
    'access-known',
    'missing',
    /no access called “XYZ”/,
    'MSS',
    inRequest({ entry: null, accessAsTyped: 'XYZ' }),
  ],
  [
    'it could be either of two',
    'access-known',
    'missing',
    /could mean A or B/,
    'MSS',
    inRequest({ entry: null, couldBe: ['A', 'B'] }),
  ],
  [
    'the form names no access',
    'access-known',
    'missing',
    /does not say which/,
    'MSS',
    inRequest({ entry: null, accessAsTyped: ' ' }),
  ],
  [
    'nobody has the number',
    'in-post',
    'missing',
    /nobody in the register/,
    'MSS',
    (facts) => ({ ...facts, person: null }),
  ],
  [
    'they have left',
    'in-post',
    'missing',
    /left on 1 Nov 2026/,
    'MSS',
    inPerson({ terminatedOn: '2026-11-01' }),
  ],
  [
    'they are leaving',
    'in-post',
    'warning',
    /leaves on 1 Dec 2026/,
    'MSS',
    inPerson({ terminatedOn: '2026-12-01' }),
  ],
  [
    'they have not started',
    'in-post',
    'missing',
    /starts on 1 Dec 2026/,
    'MSS',
    inPerson({ startsOn: '2026-12-01' }),
  ],
  [
    'they are a former employee',
    'in-post',
    'missing',
    /former employee \(EX_EMP\)/,
    'MSS',
    inPerson({ personType: 'EX_EMP' }),
  ],
  ['they have no post', 'in-post', 'missing', /no current post/, 'MSS', inPerson({ assignments: [] })],
  [
    'they hold it',
    'not-already-held',
    'missing',
    /already shows.*since 6 Jan 2020.*close the request/,
    'Local Reports',
    (facts) => ({
      ...facts,
      holdings: [heldFor('Local Reports', { from: '2020-01-06', lastDay: null })],
    }),
  ],
  [
    'they hold it until a day',
    'not-already-held',
    'warning',
    /already shows Local Reports for this person until 31 Dec 2026\. Next: change that end date/,
    'Local Reports',
    (facts) => ({
      ...facts,
      holdings: [heldFor('Local Reports', { from: '2020-01-06', lastDay: '2026-12-31' })],
    }),
  ],
  [
    'they hold it twice, and once without an end',
    'not-already-held',
    'missing',
    /already shows Local Reports for this person since 6 Jan 2021/,
    'Local Reports',
    (facts) => ({
      ...facts,
      holdings: [
        heldFor('Local Reports', { from: '2020-01-06', lastDay: '2026-12-31' }),
        heldFor('Local Reports', { from: '2021-01-06', lastDay: null }),
      ],
    }),
  ],
  [
    'they hold it and nobody approved it',
    'not-already-held',
    'warning',
    /no approval here stands behind it\. Next: approve it only if it may stay/,
    'Local Reports',
    (facts) => ({
      ...facts,
      holdings: [{ ...heldFor('Local Reports', { from: '2020-01-06', lastDay: null }), unapproved: true }],
    }),
  ],
  [
    'another form is approved for it',
    'not-already-held',
    'missing',
    /OneForm SD-0 is approved for Local Reports and this person already\. Next: close one of the two/,
    'Local Reports',
    (facts) => ({ ...facts, otherRequests: [otherRequest('Local Reports', 'approved')] }),
  ],
  [
    'another form is keyed for it, and ESR has an older end',
    'not-already-held',
    'missing',
    /OneForm SD-0 is keyed for Local Reports/,
    'Local Reports',
    (facts) => ({
      ...facts,
      holdings: [heldFor('Local Reports', { from: '2020-01-06', lastDay: '2026-12-31' })],
      otherRequests: [otherRequest('Local Reports', 'keyed')],
    }),
  ],
  [
    'no authorisation',
    'authorised',
    'missing',
    /no line manager's authorisation.*Next: return the form/,
    'MSS',
    inRequest({ authorisation: null }),
  ],
  [
    'an undated authorisation',
    'authorised',
    'missing',
    /does not say when/,
    'MSS',
    inRequest({ authorisation: { employeeNumber: '20000001', name: null, on: null } }),
  ],
  [
    'an authorisation from tomorrow',
    'authorised',
    'missing',
    /21 Nov 2026, which has not come/,
    'MSS',
    inRequest({ authorisation: { employeeNumber: '20000001', name: null, on: '2026-11-21' } }),
  ],
  [
    'another manager',
    'authorised-by-manager',
    'missing',
    /ESR shows Manager One \(supervisor\) and Head Two \(line manager\).*ask Manager One or Head Two/,
    'MSS',
    inRequest({ authorisation: { employeeNumber: '20000009', name: 'Other', on: '2026-11-18' } }),
  ],
  [
    'a manager without a number',
    'authorised-by-manager',
    'missing',
    /without an ESR number/,
    'MSS',
    inRequest({ authorisation: { employeeNumber: null, name: 'Other', on: '2026-11-18' } }),
  ],
  [
    'no manager in ESR',
    'authorised-by-manager',
    'missing',
    /no supervisor or line manager/,
    'MSS',
    inPerson({ assignments: [{ ...post, supervisor: null, lineManager: null, directReports: 1 }] }),
  ],
  [
    'the requester authorised',
    'separation',
    'missing',
    /also authorised/,
    'MSS',
    inRequest({ requester: '20000001' }),
  ],
  [
    'no smartcard',
    'smartcard',
    'missing',
    /no smartcard/,
    'HR Data Entry',
    inPerson({ hasSmartcard: false }),
  ],
  [
    'nobody reports',
    'hierarchy',
    'missing',
    /nobody reports/,
    'Supervisor Self Service',
    inPerson({ assignments: [{ ...post, directReports: 0 }] }),
  ],
  [
    'no place',
    'hierarchy',
    'missing',
    /neither a supervisor nor direct reports/,
    'Administrator Self Service',
    inPerson({ assignments: [{ ...post, supervisor: null, directReports: 0 }] }),
  ],
  [
    'no AS number',
    'as-number',
    'missing',
    /^Cannot be granted yet: Finance has not issued an AS number\. Next: ask Finance for one\.$/,
    'MSS',
    (facts) => ({ ...facts, asNumbers: [] }),
  ],
  [
    'an AS number for another post',
    'as-number',
    'missing',
    /another post \(1111111\).*re-verify/,
    'MSS',
    (facts) => ({
      ...facts,
      asNumbers: [{ asNumber: 'AS1', employeeNumber: '10000001', positionNumber: '1111111' }],
    }),
  ],
  [
    "somebody else's AS number",
    'as-number',
    'missing',
    /has not issued/,
    'MSS',
    (facts) => ({
      ...facts,
      asNumbers: [{ asNumber: 'AS1', employeeNumber: '10000002', positionNumber: '3560241' }],
    }),
  ],
  [
    'an AS number without a post',
    'as-number',
    'warning',
    /does not say for which post/,
    'MSS',
    (facts) => ({
      ...facts,
      asNumbers: [{ asNumber: 'AS1', employeeNumber: '10000001', positionNumber: null }],
    }),
  ],
  [
    'no training record',
    'information-governance',
    'missing',
    /no record/,
    'MSS',
    (facts) => ({ ...facts, training: null }),
  ],
  [
    'training failed',
    'information-governance',
    'missing',
    /not been passed/,
    'MSS',
    (facts) => ({ ...facts, training: { status: 'not-passed', expiresOn: null } }),
  ],
  [
    'training ran out',
    'information-governance',
    'missing',
    /ran out on 19 Nov 2026/,
    'MSS',
    (facts) => ({ ...facts, training: { status: 'passed', expiresOn: '2026-11-19' } }),
  ],
  [
    'a blocking conflict',
    'conflicts',
    'missing',
    /HR Administration is held/,
    'Payroll Administration',
    (facts) => ({
      ...facts,
      holdings: [heldFor('HR Administration', { from: null, lastDay: null })],
    }),
  ],
  ...(['approved', 'keyed', 'not-seen'] as const).map((status): (typeof WRONG)[number] => [
    `a blocking conflict with what is ${status} on another form`,
    'conflicts',
    'missing',
    /HR Administration is (approved|keyed) on OneForm SD-0, and /,
    'Payroll Administration',
    (facts) => ({ ...facts, otherRequests: [otherRequest('HR Administration', status)] }),
  ]),
  [
    'a conflict that the Guardian let pass with the other form',
    'conflicts',
    'warning',
    /HR Administration is approved on OneForm SD-0/,
    'Payroll Administration',
    (facts) => ({
      ...facts,
      otherRequests: [
        {
          ...otherRequest('HR Administration', 'approved'),
          letPass: { conflicts: ['Payroll Administration'], until: facts.today },
        },
      ],
    }),
  ],
  [
    'a conflict that the Guardian let pass until yesterday',
    'conflicts',
    'missing',
    /HR Administration is held/,
    'Payroll Administration',
    (facts) => ({
      ...facts,
      holdings: [heldFor('HR Administration', { from: null, lastDay: null })],
      otherRequests: [
        {
          ...otherRequest('HR Administration', 'verified'),
          letPass: { conflicts: ['Payroll Administration'], until: '2026-11-19' },
        },
      ],
    }),
  ],
  [
    'a conflict to think about',
    'conflicts',
    'warning',
    /Administrator Self Service is held/,
    'MSS',
    (facts) => ({
      ...facts,
      holdings: [heldFor('Administrator Self Service', { from: null, lastDay: null })],
    }),
  ],
  [
    'old data',
    'extract-age',
    'warning',
    /GO file \(9 days\) is older than 7 days/,
    'MSS',
    (facts) => ({
      ...facts,
      sources: { ...facts.sources, register: { ...source('GO file'), takenAt: '2026-11-11T16:00:00.000Z' } },
    }),
  ],
  [
    'data from the future',
    'extract-age',
    'warning',
    /later than this computer's clock/,
    'MSS',
    (facts) => ({
      ...facts,
      sources: { ...facts.sources, holdings: { ...source('h'), takenAt: '2026-11-21T16:00:00.000Z' } },
    }),
  ],
];

describe('one thing wrong', () => {
  it.each(WRONG)('%s: %s is %s', (_what, id, expected, words, access, change) => {
    const facts = change(good(access));
    const result = the(id, facts)!;
    expect(result.state).toBe(expected);
    expect(result.sentence).toMatch(words);
    expect(result.nextAction).not.toBeNull();
    expect(result.clause).not.toBe('');
    expect(mayApprove(facts)).toBe(expected === 'warning');
  });

  it.each(['register', 'holdings', 'asNumbers', 'training'] as const)(
    '%s never imported is unknown and blocks',
    (name) => {
      const results = checkPrerequisites(without(name)(good()));
      const unknown = results.filter((one) => one.state === 'unknown');
      expect(unknown.length).toBeGreaterThan(0);
      for (const one of unknown) {
        expect(one.nextAction).toMatch(/^Import /);
        expect(one.source).toBeNull();
      }
      expect(summarise(results).mayApprove).toBe(false);
    },
  );
});

describe('what does not stand in the way', () => {
  it('an ended holding, the last day of employment, several posts, a second manager', () => {
    const over = {
      ...good('Payroll Administration'),
      otherRequests: [
        { ...otherRequest('HR Administration', 'keyed'), lastDay: '2026-11-19' },
        { ...otherRequest('Payroll Administration', 'keyed'), lastDay: '2026-11-19' },
        // What was verified is what ESR shows; when it is gone there, it is gone.
        otherRequest('HR Administration', 'verified'),
      ],
    };
    expect(mayApprove(over)).toBe(true);
    const ended = {
      ...good('Local Reports'),
      holdings: [heldFor('Local Reports', { from: null, lastDay: '2026-11-19' })],
    };
    expect(mayApprove(ended)).toBe(true);
    expect(state('in-post', inPerson({ terminatedOn: '2026-11-20' })(good()))).toBe('warning');
    const second = { ...post, supervisor: null, lineManager: { employeeNumber: '20000003', name: 'Third' } };
    const two = inPerson({
      assignments: [
        { ...post, directReports: 0 },
        { ...second, directReports: 2 },
      ],
    })(good('Supervisor Self Service'));
    expect(mayApprove(two)).toBe(true);
    const byThird = inRequest({
      authorisation: { employeeNumber: '20000003-2', name: 'Third', on: '2026-11-18' },
    })(two);
    expect(mayApprove(byThird)).toBe(true);
  });

  it('access for all staff needs neither manager, training nor AS number (5.1.1)', () => {
    const facts = inRequest({ authorisation: null })({
      ...good('e-Learning User'),
      training: null,
      asNumbers: [],
    });
    expect(checkPrerequisites(facts).map(({ id }) => id)).toEqual([
      'access-known',
      'in-post',
      'not-already-held',
      'conflicts',
    ]);
    expect(mayApprove(facts)).toBe(true);
  });

  it('access in an account that was shut: it is held no more, is said, and conflicts as soon as it opens', () => {
    const shut = (urp: string) => ({
      ...good('Payroll Administration'),
      holdings: [
        {
          urp,
          own: { from: null, lastDay: null },
          works: { from: null, lastDay: '2026-11-19' },
          accountLastDay: '2026-11-19',
        },
      ],
    });
    const again = checkPrerequisites(shut('Payroll Administration')).find(
      ({ id }) => id === 'not-already-held',
    );
    expect(again).toMatchObject({ state: 'warning', fact: expect.stringContaining('ended on 19 Nov 2026') });
    expect(state('conflicts', shut('HR Administration'))).toBe('missing');
  });

  it('training is not asked for where the trust has switched it off', () => {
    const facts = {
      ...without('training')(good()),
      settings: { ...DEFAULT_PREREQUISITE_SETTINGS, informationGovernanceRequired: false },
    };
    expect(state('information-governance', facts)).toBe('absent');
    expect(mayApprove(facts)).toBe(true);
  });

  it('a blocking conflict that counts only in one hierarchy warns when there are several posts', () => {
    const strict = {
      ...catalogue,
      conflicts: catalogue.conflicts.map((one) => ({ ...one, severity: 'block' as const })),
    };
    const facts = {
      ...good(),
      catalogue: strict,
      holdings: [heldFor('Administrator Self Service', { from: null, lastDay: null })],
    };
    expect(state('conflicts', facts)).toBe('missing');
    const two = inPerson({
      assignments: [
        { ...post, directReports: 1 },
        { ...post, directReports: 1 },
      ],
    })(facts);
    expect(state('conflicts', two)).toBe('warning');
  });
});

describe('properties', () => {
  const changes = fc.subarray(WRONG.map(([, , , , , change]) => change));
  const access = fc.constantFrom(...catalogue.entries.map(({ name }) => name));
  const sources = fc.subarray(['register', 'holdings', 'asNumbers', 'training'] as const);

  it('approval is possible only when each prerequisite holds or warns; every other says what to do next', () => {
    fc.assert(
      fc.property(access, changes, sources, (name, wrong, absent) => {
        const facts = [...wrong, ...absent.map(without)].reduce((now, change) => change(now), good(name));
        const results = checkPrerequisites(facts);
        const open = results.filter((one) => one.state === 'missing' || one.state === 'unknown');
        const summary = summarise(results);
        expect(summary.mayApprove).toBe(open.length === 0);
        expect(summary.done).toBe(results.length - open.length);
        expect(summary.sentence).toContain(`${summary.done} of ${summary.total} done.`);
        if (open[0]) expect(summary.sentence.startsWith(open[0].sentence)).toBe(true);
        for (const one of results) {
          expect(one.nextAction === null).toBe(one.state === 'holds');
          expect(one.sentence).toMatch(/\.$/);
          expect(one.sentence).not.toMatch(/undefined|null|NaN|\.\./);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('nothing checked is not everything in place', () => {
    expect(summarise([]).mayApprove).toBe(false);
  });
});
