import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PersonAnswer, type PersonKey, personByNumber } from '../people/person-key.ts';
import { type Duty, type DutyHolders, type SeparationStep, separationOfDuty } from './separation.ts';

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
const NUMBER_OF: Readonly<Record<Duty, string>> = {
  requester: '10000001',
  beneficiary: '10000002',
  authoriser: '10000003',
  guardian: '10000006',
  approver: '10000004',
  actioner: '10000005',
};
const apart = Object.fromEntries(
  DUTIES.map((duty) => [duty, personByNumber(NUMBER_OF[duty])]),
) as DutyHolders;
const unknown: PersonAnswer = { kind: 'unknown', why: '“TBC” cannot be read surely as an ESR number.' };
const person = fc.constantFrom(...['10000001', '10000002', '10000003'].map(personByNumber), unknown, null);
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
        const people = { ...apart, [b]: personByNumber(`'${NUMBER_OF[a]} –2`) };
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
        if (blocked('except', people) && people.guardian?.kind === 'person')
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

  it('refuses somebody named and not known, with what could not be read', () => {
    for (const duty of NEEDED) {
      const [refusal, ...more] = separationOfDuty({ step: 'key', people: { ...apart, [duty]: unknown } });
      expect([refusal?.code, more]).toEqual(['PERSON_UNKNOWN', []]);
      expect(refusal?.sentence).toMatch(/^Nobody can tell who .* “TBC” cannot be read surely/);
    }
    // An exception that a guardian nobody knows has granted is no separate hand.
    expect(blocked('key', { ...apart, guardian: unknown })).toBe(true);
  });

  it('refuses two who may be one person, whichever of the two is doubted', () => {
    const key = (answer: PersonAnswer | null) => (answer?.kind === 'person' ? answer.key : ('' as PersonKey));
    for (const a of DUTIES) {
      for (const b of DUTIES) {
        if (a === b || (a !== 'actioner' && b !== 'actioner')) continue;
        const doubted = { ...apart, [a]: { ...apart[a], mayBe: [key(apart[b])] } } as DutyHolders;
        const [refusal] = separationOfDuty({ step: 'key', people: doubted });
        expect(refusal, `${a} may be ${b}`).toMatchObject({ code: 'PERSON_UNKNOWN' });
        expect(refusal?.sentence).toMatch(/cannot be told apart/);
      }
    }
  });

  it('lets nobody through while two duties have one key, or one is unknown', () => {
    const twoOf = (people: DutyHolders): boolean => {
      const keys = DUTIES.map((duty) => [duty, people[duty]] as const);
      if (keys.some(([duty, one]) => duty !== 'guardian' && one?.kind !== 'person')) return true;
      if (people.guardian?.kind === 'unknown') return true;
      return keys.some(([a, x]) =>
        keys.some(([b, y]) => {
          const may = a === b || [a, b].every((duty) => duty === 'requester' || duty === 'beneficiary');
          return !may && x?.kind === 'person' && y?.kind === 'person' && x.key === y.key;
        }),
      );
    };
    fc.assert(
      fc.property(peopleArb, (people) => {
        expect(blocked('key', people)).toBe(twoOf(people));
      }),
      { numRuns: 2000 },
    );
  });
});
