import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImportStanding, whatRestsOn } from './undo-import.ts';

const FRESH: ImportStanding = { kind: 'go', undone: false, earlier: 0, later: [], steps: [], proved: 0 };

const harmless = fc.constantFrom(
  'session.signIn',
  'users.add',
  'cards.enrol',
  'security.markDevice',
  'settings.change',
  'store.backUp',
  'views.save',
  'ledger.signOff',
  'imports.apply',
  'imports.undo',
);
const step = fc.record({ operation: fc.string(), count: fc.integer({ min: 1, max: 9 }) });
const standing = fc.record<ImportStanding>({
  kind: fc.constantFrom('go', 'holdings', 'oneforms', 'as-numbers', 'training'),
  undone: fc.boolean(),
  earlier: fc.nat(2),
  later: fc.array(fc.constantFrom('The holdings', 'The OneForms'), { maxLength: 3 }),
  steps: fc.array(fc.record({ operation: fc.oneof(harmless, fc.string()), count: fc.nat(9) }), {
    maxLength: 4,
  }),
  proved: fc.nat(2),
});

describe('an import may be undone', () => {
  it('while it is the first of its kind, the newest of all, and nobody has worked with it', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ operation: harmless, count: fc.nat(9) })), (steps) => {
        expect(whatRestsOn({ ...FRESH, steps })).toEqual([]);
      }),
    );
  });

  it.each<[string, Partial<ImportStanding>, string]>([
    ['it was undone', { undone: true }, 'It was undone before. There is nothing left of it to take out.'],
    ['one of its kind stood before', { earlier: 1 }, 'It is not the first file of its kind.'],
    ['a file came after', { later: ['The holdings'] }, 'The holdings came in after it. Undo that'],
    [
      'several came after',
      { later: ['A', 'The OneForms'] },
      '2 files came in after it, the last of them The',
    ],
    ['it proved something', { proved: 1 }, '1 keyed request was compared with it.'],
    [
      'people worked on requests and user names',
      {
        steps: [
          { operation: 'request.match', count: 2 },
          { operation: 'request.approve', count: 1 },
          { operation: 'accounts.confirm', count: 1 },
        ],
      },
      'People have worked with it: 3 steps on requests, 1 step on a user name since.',
    ],
    [
      'the starting position was taken anew',
      { steps: [{ operation: 'imports.takeStartingPosition', count: 1 }] },
      'People have worked with it: 1 other step since.',
    ],
  ])('not where %s', (_, change, sentence) => {
    expect(whatRestsOn({ ...FRESH, ...change })).toEqual([expect.stringContaining(sentence)]);
  });

  it('never by more having happened: what stands in the way stays in the way', () => {
    fc.assert(
      fc.property(standing, step, (one, more) => {
        const before = whatRestsOn(one).length > 0;
        const after = whatRestsOn({
          ...one,
          later: [...one.later, 'The holdings'],
          steps: [...one.steps, more],
        });
        expect(after.length).toBeGreaterThan(0);
        if (before) expect(whatRestsOn({ ...one, steps: [...one.steps, more] }).length).toBeGreaterThan(0);
      }),
    );
  });

  it('not after a step of an area that nobody has named harmless', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{3,12}\.[a-z]+$/), (operation) => {
        fc.pre(
          !/^(session|users|cards|security|settings|store|views|ledger)\./.test(operation) &&
            !['imports.apply', 'imports.undo'].includes(operation),
        );
        expect(whatRestsOn({ ...FRESH, steps: [{ operation, count: 1 }] })).toHaveLength(1);
      }),
    );
  });
});
