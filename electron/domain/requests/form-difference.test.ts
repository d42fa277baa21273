import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { effectOfRevision, formDifference } from './form-difference.ts';
import { type OneFormContent, REQUEST_STATUSES } from './request.ts';

const person = fc.record({
  number: fc.constantFrom('10000001', '10000002', null),
  name: fc.constantFrom('A', 'B', null),
});
const form: fc.Arbitrary<OneFormContent> = fc.record({
  reference: fc.constant('SD-1'),
  submittedAt: fc.constantFrom('2026-11-02T09:00:00.000Z', '2026-07-02T09:00:00.000Z'),
  requester: person,
  beneficiary: person,
  accessAsTyped: fc.constantFrom('MSS', 'ESS', ''),
  justification: fc.constantFrom('x', 'y', ''),
  lineManager: person,
  authorisation: fc.option(fc.record({ by: person, on: fc.constantFrom('2026-11-01', null) })),
  attachments: fc.subarray(['a.pdf', 'b.pdf']),
});

describe('difference of two versions', () => {
  it('is empty for one form, and turned round when the forms are', () => {
    fc.assert(
      fc.property(form, form, (a, b) => {
        expect(formDifference(a, a)).toEqual([]);
        expect(formDifference(b, a)).toEqual(
          formDifference(a, b).map((one) => ({ ...one, before: one.after, after: one.before })),
        );
      }),
    );
  });

  it('shows fields as a reader would', () => {
    const [base] = fc.sample(form, { numRuns: 1, seed: 1 }) as [OneFormContent];
    const before = {
      ...base,
      accessAsTyped: 'ESS',
      authorisation: null,
      submittedAt: '2026-07-02T09:00:00.000Z',
    };
    const after: OneFormContent = {
      ...before,
      accessAsTyped: 'MSS',
      submittedAt: '2026-07-02T10:30:00.000Z',
      authorisation: { by: { number: '10000002', name: null }, on: '2026-07-01' },
    };
    expect(
      formDifference(before, after).map((one) => [one.label, one.before, one.after, one.material]),
    ).toEqual([
      ['Access asked for', 'ESS', 'MSS', true],
      ['Authorised', 'No', 'Yes', true],
      ['Authorised by (number)', '(none)', '10000002', true],
      ['Authorised on', '(none)', '1 Jul 2026', true],
      ['Submitted', '2 Jul 2026, 10:00', '2 Jul 2026, 11:30', false],
    ]);
  });
});

describe('its effect', () => {
  it('sends back exactly the authorised and approved whose substance changed, and never touches what was keyed', () => {
    fc.assert(
      fc.property(form, form, fc.constantFrom(...REQUEST_STATUSES), (a, b, status) => {
        const differences = formDifference(a, b);
        const material = differences.some((one) => one.material);
        const { kind } = effectOfRevision(status, differences);
        if (status === 'authorised' || status === 'approved')
          expect(kind).toBe(material ? 'back-to-new' : 'keep');
        if (['keyed', 'not-seen', 'verified', 'withdrawn'].includes(status))
          expect(kind).toBe(material ? 'look' : 'keep');
        if (status === 'returned') expect(kind).toBe(differences.length > 0 ? 'back-to-new' : 'keep');
      }),
    );
  });
});
