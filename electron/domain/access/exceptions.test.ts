import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askableException, type ExceptionFacts, withException } from './exceptions.ts';
import type { Prerequisite, PrerequisiteId } from './prerequisite-facts.ts';
import { summarise } from './prerequisites.ts';

const IDS = [
  'access-known',
  'in-post',
  'not-already-held',
  'authorised',
  'authorised-by-manager',
  'separation',
  'smartcard',
  'hierarchy',
  'as-number',
  'information-governance',
  'conflicts',
  'extract-age',
  'approver',
] as const satisfies readonly PrerequisiteId[];
const prerequisite = (id: PrerequisiteId, state: Prerequisite['state']): Prerequisite => ({
  id,
  title: id,
  state,
  sentence: `Cannot be granted yet: ${id}.`,
  fact: `The fact of ${id}.`,
  source: null,
  clause: '5.1.1',
  nextAction: 'Mend it.',
});
const list = fc
  .uniqueArray(fc.constantFrom(...IDS), { minLength: 1 })
  .chain((ids) =>
    fc.tuple(
      ...ids.map((id) =>
        fc
          .constantFrom<Prerequisite['state']>('holds', 'missing', 'unknown', 'warning')
          .map((state) => prerequisite(id, state)),
      ),
    ),
  );
const exception = (covers: readonly PrerequisiteId[], until = '2027-05-31'): ExceptionFacts => ({
  covers,
  conflicts: [],
  until,
  by: 'The Guardian',
});
const TODAY = '2026-11-20';

describe('exceptions', () => {
  it('what can be asked covers all that is missing and nothing else, and granted it opens the way', () => {
    let asked = 0;
    fc.assert(
      fc.property(list, (prerequisites) => {
        const askable = askableException(prerequisites);
        if (!askable.ok) {
          expect(askable.sentence).toMatch(/\.$/);
          return;
        }
        asked += 1;
        const missing = prerequisites.filter(({ state }) => state === 'missing').map(({ id }) => id);
        expect(askable.covers).toEqual(missing);
        const judged = prerequisites.map((one) => withException(one, exception(askable.covers), TODAY));
        expect(summarise(judged).mayApprove).toBe(true);
      }),
    );
    expect(asked).toBeGreaterThan(0);
  });

  it('lets pass the conflicts that were asked about, and no other that comes later', () => {
    const urps = ['Payroll Administration', 'Recruitment', 'Local Reports'];
    fc.assert(
      fc.property(fc.subarray(urps), fc.subarray(urps, { minLength: 1 }), (asked, now) => {
        const conflict = (conflicting: readonly string[]) => ({
          ...prerequisite('conflicts', 'missing'),
          conflicting,
        });
        const askable = askableException([conflict(asked)]);
        if (!askable.ok) throw new Error(askable.sentence);
        const granted = { ...exception(askable.covers), conflicts: askable.conflicts };
        const passes = now.every((urp) => asked.includes(urp));
        expect(withException(conflict(now), granted, TODAY).state).toBe(passes ? 'warning' : 'missing');
      }),
    );
  });

  it('lets nothing pass that it does not cover, that is not known, or after its last day', () => {
    fc.assert(
      fc.property(list, fc.subarray([...IDS]), (prerequisites, covers) => {
        for (const one of prerequisites) {
          const now = withException(one, exception(covers), TODAY);
          const passes = one.state === 'missing' && covers.includes(one.id);
          expect(now.state).toBe(passes ? 'warning' : one.state);
          expect(withException(one, exception(covers), '2027-05-31').state).toBe(now.state);
          expect(withException(one, exception(covers), '2027-06-01').state).toBe(one.state);
          expect(withException(one, null, TODAY)).toBe(one);
        }
      }),
    );
  });

  it('still shows what is missing, says who let it pass and until when, and that it must be end-dated', () => {
    const passed = withException(prerequisite('as-number', 'missing'), exception(['as-number']), TODAY);
    expect(passed.sentence).toBe(
      'The fact of as-number. The Guardian made an exception as Caldicott Guardian until 31 May 2027. Next: key it with an end date no later than 31 May 2027.',
    );
    const ended = withException(
      prerequisite('as-number', 'missing'),
      exception(['as-number'], '2026-11-19'),
      TODAY,
    );
    expect(ended.sentence).toBe(
      'The Caldicott Guardian’s exception ended on 19 Nov 2026. Cannot be granted yet: as-number.',
    );
  });

  it('says what no exception helps with, and what to do instead', () => {
    const refused = askableException([
      prerequisite('in-post', 'missing'),
      prerequisite('smartcard', 'missing'),
    ]);
    expect(refused).toEqual({
      ok: false,
      sentence: 'No exception can be made from “in-post”.',
      nextAction: 'Mend it.',
    });
  });
});
