import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Duty,
  type DutyHolders,
  personNumber,
  type SeparationStep,
  separationOfDuty,
} from './separation.ts';

const DUTIES = [
  'requester',
  'beneficiary',
  'authoriser',
  'guardian',
  'approver',
  'actioner',
] as const satisfies readonly Duty[];
/** Somebody must hold these by the key step; a Guardian has a part in an exception alone. */
const NEEDED = DUTIES.filter((duty) => duty !== 'guardian');
const STEPS = ['authorise', 'except', 'approve', 'key'] as const satisfies readonly SeparationStep[];
const apart: DutyHolders = {
  requester: '10000001',
  beneficiary: '10000002',
  authoriser: '10000003',
  guardian: '10000006',
  approver: '10000004',
  actioner: '10000005',
};
const person = fc.constantFrom('10000001', '10000002', '10000003', null);
const peopleArb = fc.record({
  requester: person,
  beneficiary: person,
  authoriser: person,
  guardian: person,
  approver: person,
  actioner: person,
});
const blocked = (step: SeparationStep, people: DutyHolders): boolean =>
  separationOfDuty({ step, people }).length > 0;

describe('separation of duty', () => {
  it('lets six different people through, and one who asks for himself', () => {
    for (const step of STEPS) {
      expect(separationOfDuty({ step, people: apart })).toEqual([]);
      expect(separationOfDuty({ step, people: { ...apart, requester: apart.beneficiary } })).toEqual([]);
    }
  });

  it('refuses any other two duties in one hand by the key step, however the number is written', () => {
    for (const a of DUTIES) {
      for (const b of DUTIES) {
        const mayBeOne =
          a === b || (['requester', 'beneficiary'].includes(a) && ['requester', 'beneficiary'].includes(b));
        const people = { ...apart, [b]: `${apart[a]}-2` };
        expect(blocked('key', people), `${a} = ${b}`).toBe(!mayBeOne);
      }
    }
  });

  it('is symmetric: exchanging the holders of two duties changes nothing where both duties are at stake', () => {
    fc.assert(
      fc.property(
        peopleArb,
        fc.constantFrom(...NEEDED.slice(2)),
        fc.constantFrom(...NEEDED.slice(2)),
        (people, a, b) => {
          const exchanged = { ...people, [a]: people[b], [b]: people[a] };
          expect(blocked('key', exchanged)).toBe(blocked('key', people));
        },
      ),
    );
    fc.assert(
      fc.property(peopleArb, fc.constantFrom(...STEPS), (people, step) => {
        const exchanged = { ...people, requester: people.beneficiary, beneficiary: people.requester };
        expect(blocked(step, exchanged)).toBe(blocked(step, people));
      }),
    );
  });

  it('never allows later what it refused earlier', () => {
    fc.assert(
      fc.property(peopleArb, (people) => {
        if (blocked('authorise', people)) expect(blocked('approve', people)).toBe(true);
        if (blocked('except', people) && people.guardian !== null)
          expect(blocked('approve', people)).toBe(true);
        if (blocked('approve', people)) expect(blocked('key', people)).toBe(true);
      }),
    );
  });

  it('refuses what it cannot compare, and says how to mend it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NEEDED), (duty) => {
        const refusals = separationOfDuty({ step: 'key', people: { ...apart, [duty]: null } });
        expect(refusals.map(({ code }) => code)).toEqual(['PERSON_UNKNOWN']);
        expect(refusals[0]!.sentence).toMatch(/\.$/);
        expect(refusals[0]!.nextAction).toMatch(/\.$/);
      }),
    );
    expect(
      separationOfDuty({ step: 'authorise', people: { ...apart, approver: null, actioner: null } }),
    ).toEqual([]);
    const exception = { step: 'except', authorisationNeeded: false } as const;
    const early = { ...apart, authoriser: null, approver: null, actioner: null };
    expect(separationOfDuty({ ...exception, people: early })).toEqual([]);
    const unnamed = separationOfDuty({ ...exception, people: { ...early, guardian: null } });
    expect(unnamed.map(({ code, duties }) => [code, duties])).toEqual([['PERSON_UNKNOWN', ['guardian']]]);
    expect(separationOfDuty({ step: 'key', people: { ...apart, guardian: null } })).toEqual([]);
    const people = { ...apart, authoriser: null };
    expect(separationOfDuty({ step: 'key', people, authorisationNeeded: false })).toEqual([]);
  });

  it('reads an assignment number as its person', () => {
    expect(personNumber(' 10000001-12 ')).toBe('10000001');
    expect(personNumber('10000001')).toBe('10000001');
  });
});
