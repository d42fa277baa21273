import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bestOf,
  type CardFacts,
  type ChosenFacts,
  judgeCard,
  PATH_PROBLEMS,
  type PathFacts,
  type RevocationFacts,
  tellingReason,
  type UncheckedReason,
} from './judge-card.ts';

const NOW = '2026-11-20T09:00:00.000Z';
const GOOD: ChosenFacts = {
  certificate: 'chosen',
  anchorsConfigured: true,
  path: { found: true },
  notBefore: '2025-01-01T00:00:00.000Z',
  notAfter: '2027-01-01T00:00:00.000Z',
  revocation: { state: 'not-listed' },
  subject: { uuid: '123456789012' },
};
const judged = (change: Partial<ChosenFacts>): ReturnType<typeof judgeCard> =>
  judgeCard({ ...GOOD, ...change }, NOW);

test('a card with nothing against it is good, and nothing is said', () => {
  expect(judged({})).toEqual({ standing: 'good', sentence: '' });
});

test.each<[string, CardFacts, string, RegExp]>([
  ['empty', { certificate: 'none' }, 'no-certificate', /holds no certificate/],
  ['unreadable', { certificate: 'unreadable' }, 'unreadable', /cannot be read/],
  ['wrong usage', { certificate: 'wrong-usage' }, 'wrong-usage', /meant for signing in/],
  ['no anchors', { ...GOOD, anchorsConfigured: false }, 'no-trust-anchors', /Ask an owner to add one/],
  [
    'self-signed',
    { ...GOOD, path: { found: false, problem: 'self-signed' } },
    'self-signed',
    /vouches for itself/,
  ],
  [
    'issuer ended',
    { ...GOOD, path: { found: false, problem: 'issuer-expired', at: '2026-03-03T12:00:00.000Z' } },
    'wrong-issuer',
    /ended on 3 Mar 2026/,
  ],
  ['ended', { ...GOOD, notAfter: '2026-11-19T23:00:00.000Z' }, 'expired', /ended on 19 Nov 2026/],
  ['begins', { ...GOOD, notBefore: '2026-11-21T00:00:00.000Z' }, 'not-yet-valid', /only on 21 Nov 2026/],
  [
    'revoked',
    { ...GOOD, revocation: { state: 'revoked', at: '2026-07-01T23:30:00.000Z' } },
    'revoked',
    // 23:30 UTC in July is the next day in London.
    /revoked on 2 Jul 2026/,
  ],
  ['no digits', { ...GOOD, subject: { uuid: null, why: 'no-match' } }, 'no-uuid', /12-digit number/],
  ['twice', { ...GOOD, subject: { uuid: null, why: 'twice' } }, 'no-uuid', /more than one place/],
  ['misleading', { ...GOOD, subject: { uuid: null, why: 'hostile' } }, 'no-uuid', /mislead/],
])('%s has its own standing and sentence', (_name, facts, standing, sentence) => {
  expect(judgeCard(facts, NOW)).toEqual({ standing, sentence: expect.stringMatching(sentence) });
});

test.each<[UncheckedReason, RegExp]>([
  [{ kind: 'none-configured' }, /no revocation list is set up/],
  [{ kind: 'stale', since: '2026-11-13T09:00:00.000Z' }, /offline since 13 Nov 2026, 09:00/],
  [{ kind: 'offline', since: '2026-11-13T09:05:00.000Z' }, /offline since 13 Nov 2026, 09:05/],
  [{ kind: 'offline', since: null }, /never been read/],
  [{ kind: 'not-begun', from: '2026-12-01T00:00:00.000Z' }, /begins only on 1 Dec 2026, 00:00/],
  [{ kind: 'forged' }, /not signed by the card's issuer/],
  [{ kind: 'unfit' }, /partial or has no end date/],
  [{ kind: 'unreadable' }, /cannot be read/],
  [{ kind: 'other-issuer' }, /none of the revocation lists is by the issuer/],
])('a revocation that could not be checked says why: %j', (why, sentence) => {
  expect(judged({ revocation: { state: 'unchecked', why } })).toEqual({
    standing: 'revocation-unchecked',
    sentence: expect.stringMatching(sentence),
  });
});

test('the first and the last moment of a certificate are within it', () => {
  expect(judgeCard(GOOD, GOOD.notBefore).standing).toBe('good');
  expect(judgeCard(GOOD, GOOD.notAfter).standing).toBe('good');
  expect(judgeCard(GOOD, '2027-01-01T00:00:00.001Z').standing).toBe('expired');
  expect(judgeCard(GOOD, '2024-12-31T23:59:59.999Z').standing).toBe('not-yet-valid');
});

const instant = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const reason: fc.Arbitrary<UncheckedReason> = fc.oneof(
  fc.record({ kind: fc.constant('stale' as const), since: instant }),
  fc.record({ kind: fc.constant('not-begun' as const), from: instant }),
  fc.record({ kind: fc.constant('offline' as const), since: fc.option(instant) }),
  fc
    .constantFrom('none-configured', 'forged', 'unfit', 'unreadable', 'other-issuer')
    .map((kind) => ({ kind }) as UncheckedReason),
);
const revocation: fc.Arbitrary<RevocationFacts> = fc.oneof(
  fc.constant({ state: 'not-listed' as const }),
  fc.record({ state: fc.constant('revoked' as const), at: instant }),
  fc.record({ state: fc.constant('unchecked' as const), why: reason }),
);
const path: fc.Arbitrary<PathFacts> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ found: true as const }) },
  { weight: 1, arbitrary: fc.constant({ found: false as const, problem: 'self-signed' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      found: fc.constant(false as const),
      problem: fc.constantFrom(...PATH_PROBLEMS),
      at: fc.option(instant),
    }),
  },
);
const chosen: fc.Arbitrary<ChosenFacts> = fc.record({
  certificate: fc.constant('chosen' as const),
  anchorsConfigured: fc.boolean(),
  path,
  notBefore: instant,
  notAfter: instant,
  revocation,
  subject: fc.oneof(
    fc.constant({ uuid: '123456789012' }),
    fc.record({ uuid: fc.constant(null), why: fc.constantFrom('no-match', 'twice', 'hostile' as const) }),
  ),
});

describe('whatever the facts', () => {
  test('good means that every single thing was found in order', () => {
    fc.assert(
      fc.property(chosen, instant, (facts, now) => {
        const inOrder =
          facts.anchorsConfigured &&
          facts.path.found &&
          facts.revocation.state !== 'revoked' &&
          facts.notBefore <= now &&
          now <= facts.notAfter &&
          facts.subject.uuid !== null;
        const { standing } = judgeCard(facts, now);
        expect(standing === 'good').toBe(inOrder && facts.revocation.state === 'not-listed');
        expect(standing === 'revocation-unchecked').toBe(inOrder && facts.revocation.state === 'unchecked');
      }),
      { numRuns: 5000 },
    );
  });

  test('a revoked card of a trusted issuer is never let by, whatever its dates', () => {
    fc.assert(
      fc.property(chosen, instant, instant, (facts, at, now) => {
        const revoked: ChosenFacts = {
          ...facts,
          anchorsConfigured: true,
          path: { found: true },
          revocation: { state: 'revoked', at },
        };
        expect(judgeCard(revoked, now).standing).toBe('revoked');
      }),
    );
  });

  test('a refusal is a whole sentence with a next step, and names nobody', () => {
    fc.assert(
      fc.property(chosen, instant, (facts, now) => {
        const { standing, sentence } = judgeCard(facts, now);
        if (standing === 'good') return void expect(sentence).toBe('');
        expect(sentence).toMatch(/^[A-Z].*\.$/s);
        expect(sentence).toMatch(/\b(Take|Use|Ask|Check|Connect|check)\b/);
        expect(sentence).not.toMatch(/123456789012|undefined|null|NaN/);
      }),
      { numRuns: 2000 },
    );
  });

  test('of several reasons the same one is told in any order', () => {
    fc.assert(
      fc.property(fc.array(reason, { maxLength: 5 }), (reasons) => {
        expect(tellingReason([...reasons].reverse())).toEqual(tellingReason(reasons));
      }),
    );
  });
});

test('of stale lists the newest is told of, of unreachable ones the one missed longest', () => {
  const early = '2026-11-01T00:00:00.000Z';
  const late = '2026-11-09T00:00:00.000Z';
  expect(
    tellingReason([
      { kind: 'stale', since: early },
      { kind: 'stale', since: late },
    ]),
  ).toEqual({
    kind: 'stale',
    since: late,
  });
  expect(
    tellingReason([
      { kind: 'offline', since: late },
      { kind: 'offline', since: early },
    ]),
  ).toEqual({
    kind: 'offline',
    since: early,
  });
  expect(
    tellingReason([
      { kind: 'offline', since: late },
      { kind: 'offline', since: null },
    ]),
  ).toEqual({
    kind: 'offline',
    since: null,
  });
  expect(
    tellingReason([{ kind: 'other-issuer' }, { kind: 'forged' }, { kind: 'offline', since: late }]),
  ).toEqual({
    kind: 'forged',
  });
});

test('of several certificates the best is used, then the one that lasts longest, then the first', () => {
  const one = (standing: 'good' | 'expired' | 'revoked', notAfter: string) => ({ standing, notAfter });
  expect(bestOf([])).toBeNull();
  expect(bestOf([one('expired', '2030-01-01T00:00:00.000Z'), one('good', '2027-01-01T00:00:00.000Z')])).toBe(
    1,
  );
  expect(bestOf([one('good', '2027-01-01T00:00:00.000Z'), one('good', '2028-01-01T00:00:00.000Z')])).toBe(1);
  expect(bestOf([one('good', '2027-01-01T00:00:00.000Z'), one('good', '2027-01-01T00:00:00.000Z')])).toBe(0);
  expect(
    bestOf([one('revoked', '2030-01-01T00:00:00.000Z'), one('expired', '2020-01-01T00:00:00.000Z')]),
  ).toBe(1);
});
