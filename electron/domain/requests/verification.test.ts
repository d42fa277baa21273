import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Span } from '../access/effective-access.ts';
import {
  type AccessSeen,
  type FindingKind,
  type KnownFinding,
  type RequestToVerify,
  type StartingPosition,
  type VerificationInput,
  verifyAgainstHoldings,
} from './verification.ts';
import { NEVER, subjectKey } from './verification-facts.ts';

const TAKEN = '2026-11-16T07:00:00.000Z';
const PERSON = 'esr:1';
const span = (from: string | null = '2026-11-10', lastDay: string | null = null): Span => ({ from, lastDay });
const seen = (shown: Span = span(), change: Partial<AccessSeen> = {}): AccessSeen => {
  const person = change.person ?? PERSON;
  const access = change.access ?? 'A';
  return {
    person,
    access,
    everyone: false,
    own: shown,
    effective: shown,
    evidence: {
      employeeNumber: '10000001',
      username: '919X01',
      urp: access,
      asExported: access,
      startDate: shown.from,
      endDate: shown.lastDay,
    },
    ...change,
  };
};
const KEYED_AT = '2026-11-10T09:00:00.000Z';
const request = (keyed: Span = span(), change: Partial<RequestToVerify> = {}): RequestToVerify => ({
  requestId: 'r1',
  reference: 'SD-1',
  status: 'keyed',
  person: PERSON,
  access: 'A',
  urp: 'A',
  keyed: { at: KEYED_AT, span: keyed },
  approvedUntil: null,
  goneSince: null,
  ...change,
});
const position = (accepted: Span = span('2026-01-01'), change: Partial<StartingPosition> = {}) => ({
  id: 1,
  person: PERSON,
  access: 'A',
  span: accepted,
  goneSince: null,
  ...change,
});
interface Given extends Partial<Omit<VerificationInput, 'reading'>> {
  readonly takenAt?: string;
  readonly newerReadBefore?: string | null;
  readonly unread?: readonly string[];
  /** People who have no account that anybody knows of. */
  readonly noAccount?: readonly string[];
}
const verify = ({
  takenAt = TAKEN,
  newerReadBefore = null,
  unread = [],
  noAccount = [],
  ...change
}: Given = {}) =>
  verifyAgainstHoldings({
    reading: {
      ...{ takenAt, newerReadBefore },
      wholeFor: (person) => !unread.includes(person),
      accountKnown: (person) => !noAccount.includes(person),
      isNobodys: (account) => account === 'user:919IFACE01',
    },
    requests: [],
    postsEnd: () => null,
    seen: [],
    startingPositions: [],
    unreadAtStart: () => false,
    known: [],
    ...change,
  });
const raised = (given: Given) => verify(given).raised.map(({ kind }) => kind);
const ids = (found: readonly { requestId: string }[]) => found.map(({ requestId }) => requestId);
/** The findings of one extract as the next one knows them. */
const knownFrom = (given: Given, change: Partial<KnownFinding> = {}): readonly KnownFinding[] =>
  verify(given).raised.map(({ kind, key, about }, i) => ({
    ...{ findingId: `f${i}`, kind, key, about, raisedFrom: given.takenAt ?? TAKEN, open: true },
    ...change,
  }));

describe('what was keyed', () => {
  it('is verified where the extract shows it with the dates that were keyed', () => {
    const result = verify({ requests: [request()], seen: [seen()] });
    expect([ids(result.verified), result.raised]).toEqual([['r1'], []]);
    expect(result.verified[0]?.sentence).toContain('from 10 Nov 2026 with no end date, as it was keyed');
  });

  it('is not verified by other dates: both sets are shown, and the request stays keyed', () => {
    const keyed = request(span('2026-11-10', '2026-12-31'), { approvedUntil: '2026-12-31' });
    for (const shown of [span('2026-11-10'), span('2026-11-10', '2036-12-31'), span('2030-11-10')]) {
      const result = verify({ requests: [keyed], seen: [seen(shown)] });
      expect([ids(result.verified), ids(result.notSeen)]).toEqual([[], []]);
      expect(result.raised).toMatchObject([
        { kind: 'seen-with-other-dates', key: 'r1', shown, approved: span('2026-11-10', '2026-12-31') },
      ]);
      expect(result.raised[0]?.sentence).toContain('was keyed from 10 Nov 2026 until 31 Dec 2026');
    }
  });

  it('is verified by posts that all end on the very day, and runs on when one goes on', () => {
    const END = '2026-12-31';
    const keyed = request(span('2026-11-10', END));
    const postsEnd = (end: string | null) => (person: string) => (person === PERSON ? end : null);
    const open = { requests: [keyed], seen: [seen(span('2026-11-10'))] };
    const result = verify({ ...open, postsEnd: postsEnd(END) });
    expect(result.verified[0]?.sentence).toMatch(/no end date .*, and the person’s posts end on 31 Dec 2026/);
    expect(result.raised).toEqual([]);
    const verified = { ...open, requests: [{ ...keyed, status: 'verified' as const }] };
    expect(verify({ ...verified, postsEnd: postsEnd('2026-12-01') }).raised).toEqual([]);
    expect(verify({ ...verified, postsEnd: postsEnd(null) }).raised[0]?.sentence).toMatch(/runs past/);
    for (const end of [null, '2026-12-30', '2027-01-01'])
      expect(verify({ ...open, postsEnd: postsEnd(end) }).verified, String(end)).toEqual([]);
    // The exception's day is one in ESR itself.
    const excepted = [{ ...keyed, approvedUntil: END }];
    expect(verify({ ...open, requests: excepted, postsEnd: postsEnd(END) }).verified).toEqual([]);
    // What was accepted has no day, and a position is held to its own dates.
    const accepted = {
      startingPositions: [position(span('2026-01-01', END))],
      seen: [seen(span('2026-01-01'))],
    };
    expect(verify({ ...accepted, postsEnd: postsEnd(END) }).raised).toHaveLength(1);
  });

  it('is held past its approval once the approved day has gone by', () => {
    const keyed = request(span('2026-11-10', '2026-12-31'), { approvedUntil: '2026-12-31' });
    const given = { requests: [keyed], seen: [seen()] };
    expect(raised({ ...given, takenAt: '2026-12-31T07:00:00.000Z' })).toEqual(['seen-with-other-dates']);
    const known = knownFrom(given);
    const later = verify({ ...given, known, takenAt: '2027-01-01T07:00:00.000Z' });
    expect(later.raised.map(({ kind }) => kind)).toEqual(['held-past-approval']);
    expect(later.settled).toMatchObject([{ findingId: 'f0' }]);
    // What starts in 2030 is not held yet.
    expect(
      raised({ requests: [keyed], seen: [seen(span('2030-11-10'))], takenAt: '2027-01-04T07:00:00.000Z' }),
    ).toEqual(['seen-with-other-dates']);
  });

  it('is never verified past the exception, whatever was recorded as keyed', () => {
    const keyed = request(span(), { approvedUntil: '2026-12-31' });
    expect(verify({ requests: [keyed], seen: [seen()] }).verified).toEqual([]);
  });

  it('is verified by the row that matches, among others of the same access, in any order', () => {
    const rows = [seen(span('2026-11-10', '2026-11-11')), seen(), seen(span('2026-01-01', '2026-03-31'))];
    for (const order of [rows, rows.toReversed()]) {
      expect(ids(verify({ requests: [request()], seen: order }).verified)).toEqual(['r1']);
      expect(raised({ requests: [request()], seen: order })).toEqual([]);
    }
  });

  it('is verified by an account or assignment that ends it on the very day, and not where the account was shut', () => {
    const keyed = request(span('2026-11-10', '2026-12-31'), { approvedUntil: '2026-12-31' });
    const bounded = seen(span('2026-11-10', '2026-12-31'), { own: span('2026-11-10') });
    expect(ids(verify({ requests: [keyed], seen: [bounded] }).verified)).toEqual(['r1']);
    const contract = seen(span('2026-11-10', '2027-03-31'), { own: span('2026-11-10') });
    expect(ids(verify({ requests: [request()], seen: [contract] }).verified)).toEqual(['r1']);
    const shut = seen(span('2026-11-10', '2026-11-12'), { own: span('2026-11-10') });
    expect(raised({ requests: [request()], seen: [shut] })).toEqual(['keyed-but-not-seen']);
  });

  it('is verified when it was keyed to end, and has', () => {
    const keyed = request(span('2026-11-10', '2026-11-12'));
    const result = verify({ requests: [keyed], seen: [seen(span('2026-11-10', '2026-11-12'))] });
    expect(result.verified[0]?.sentence).toContain('It has ended since');
  });

  it('is not seen where no row shows it or the row has ended, and only then', () => {
    expect(ids(verify({ requests: [request()] }).notSeen)).toEqual(['r1']);
    const ended = verify({ requests: [request()], seen: [seen(span('2026-11-01', '2026-11-15'))] });
    expect(ended.raised[0]).toMatchObject({ kind: 'keyed-but-not-seen' });
    expect(ended.raised[0]?.sentence).toContain('shows A as ended on 15 Nov 2026');
    // Raised once; the request that is not seen already is not marked again.
    const again = verify({
      requests: [request(span(), { status: 'not-seen' })],
      known: knownFrom({ requests: [request()] }),
      takenAt: '2026-11-17T07:00:00.000Z',
    });
    expect([again.notSeen, again.raised, again.settled]).toEqual([[], [], []]);
  });

  it('is said to stand in an account that was shut, which is not keyed again but opened', () => {
    for (const effective of [span('2026-11-10', '2026-11-12'), NEVER]) {
      const { notSeen, raised } = verify({
        requests: [request()],
        seen: [seen(span(), { effective, shutSince: '2026-11-12' })],
      });
      expect(notSeen[0]?.sentence).toContain(
        'in an account that ended on 12 Nov 2026, so it gives no access',
      );
      expect(raised[0]).toMatchObject({ shown: effective === NEVER ? null : effective });
      expect(raised[0]?.nextAction).toMatch(/opened again/);
    }
  });

  it('is said to stand in an account that opened after it had ended', () => {
    const { notSeen } = verify({ requests: [request()], seen: [seen(span(), { effective: NEVER })] });
    expect(notSeen[0]?.sentence).toContain('in an account that was not open on its days');
  });

  it('is left alone, with the true reason, where the extract cannot speak about it', () => {
    const why = (given: Given) => verify({ requests: [request()], ...given }).leftAlone.map((one) => one.why);
    expect(why({ takenAt: KEYED_AT, seen: [seen()] })).toEqual(['keyed-after']);
    expect(why({ unread: [PERSON] })).toEqual(['unread']);
    expect(why({ unread: [PERSON], seen: [seen(span('2026-11-10', '2026-12-31'))] })).toEqual(['unread']);
    expect(why({ newerReadBefore: '2026-11-20T07:00:00.000Z', seen: [seen()] })).toEqual(['older']);
    expect(why({ requests: [request(span(), { person: null })] })).toEqual(['unknown-person']);
    // An account that may be anybody's holds it: absence is not proved, and so of nobody who has an account of their own.
    const stranger = seen(span(), { person: 'user:919X09' });
    expect(why({ seen: [stranger], noAccount: [PERSON] })).toEqual(['unknown-account']);
    expect(raised({ requests: [request()], seen: [stranger] })).toContain('keyed-but-not-seen');
    const nobodys = seen(span(), { person: 'user:919IFACE01' });
    expect(why({ seen: [nobodys], noAccount: [PERSON] })).toEqual([]);
    // A row that was read proves presence, though another of the person could not be read.
    expect(ids(verify({ requests: [request()], unread: [PERSON], seen: [seen()] }).verified)).toEqual(['r1']);
  });

  it('is judged by person: a new number changes nothing, another person does', () => {
    const other = seen(span(), { person: 'esr:2' });
    expect(verify({ requests: [request()], seen: [other] }).verified).toEqual([]);
  });
});

describe('what nobody approved', () => {
  it('is raised once for a person and access, and not where it is everybody’s or has ended', () => {
    expect(raised({ seen: [seen(), seen()] })).toEqual(['seen-but-never-approved']);
    expect(raised({ seen: [seen(span(), { everyone: true })] })).toEqual([]);
    expect(raised({ seen: [seen(span('2026-01-01', '2026-11-15'))] })).toEqual([]);
    const user = seen(span(), { person: 'user:919X01', access: '?odd' });
    const { evidence } = user;
    const one = { ...user, evidence: { ...evidence, employeeNumber: null, asExported: '919 Odd' } };
    expect(verify({ seen: [one] }).raised[0]?.sentence).toContain(
      '“919 Odd”, which the catalogue does not know, for user 919X01, whom the register does not know',
    );
  });

  it('has an approval behind it while that approval covers its days', () => {
    const approved = request(span(), { status: 'approved', keyed: null });
    expect(raised({ requests: [approved], seen: [seen(span('2026-01-01'))] })).toEqual([]);
    expect(raised({ requests: [{ ...approved, approvedUntil: '2026-12-31' }], seen: [seen()] })).toEqual([
      'seen-but-never-approved',
    ]);
    const verified = request(span(), { status: 'verified' });
    expect(raised({ requests: [verified], seen: [seen()] })).toEqual([]);
    expect(raised({ requests: [verified], seen: [seen(span('2026-11-10', '2026-12-31'))] })).toEqual([]);
    expect(raised({ requests: [verified], seen: [seen(span('2026-11-15'))] })).toEqual([
      'seen-but-never-approved',
    ]);
    // Keyed after this extract was taken: what it shows was approved all the same.
    expect(raised({ requests: [request()], seen: [seen()], takenAt: KEYED_AT })).toEqual([]);
  });

  it('runs past what was approved, and once the day has passed is held past its approval', () => {
    const verified = request(span('2026-11-10', '2026-12-31'), { status: 'verified' });
    const one = verify({ requests: [verified], seen: [seen()] }).raised[0];
    expect(one).toMatchObject({
      kind: 'seen-but-never-approved',
      approved: span('2026-11-10', '2026-12-31'),
    });
    expect(one?.sentence).toContain('OneForm SD-1 approved it from 10 Nov 2026 until 31 Dec 2026');
    expect(raised({ requests: [verified], seen: [seen()], takenAt: '2027-01-04T07:00:00.000Z' })).toEqual([
      'held-past-approval',
    ]);
  });

  it('comes back after it has gone: raised, with what was approved before', () => {
    const verified = request(span(), { status: 'verified' });
    const gone = verify({ requests: [verified], startingPositions: [position()] }).gone;
    expect(gone).toEqual({ requestIds: ['r1'], positionIds: [1] });
    const back = verify({
      requests: [{ ...verified, goneSince: TAKEN }],
      seen: [seen()],
      takenAt: '2026-11-23T07:00:00.000Z',
    });
    expect(back.raised[0]).toMatchObject({ kind: 'seen-but-never-approved' });
    expect(back.raised[0]?.sentence).toMatch(
      /again.*OneForm SD-1 approved it.*gone by the extract of 16 Nov 2026/,
    );
    const start = verify({
      startingPositions: [position(span('2026-01-01'), { goneSince: TAKEN })],
      seen: [seen(span('2026-01-01'))],
    });
    expect(start.raised[0]?.sentence).toContain('the starting position has it from 1 Jan 2026');
  });

  it('goes only by an extract whole for the person, and by one that starts a new spell', () => {
    expect(verify({ startingPositions: [position()], unread: [PERSON] }).gone.positionIds).toEqual([]);
    const renewed = verify({ startingPositions: [position()], seen: [seen(span('2026-11-15'))] });
    expect([renewed.gone.positionIds, renewed.raised[0]?.kind]).toEqual([[1], 'seen-but-never-approved']);
    expect(
      verify({ startingPositions: [position()], seen: [seen(span('2026-01-01', '2026-12-31'))] }),
    ).toMatchObject({
      raised: [],
      gone: { positionIds: [] },
    });
  });

  it('goes though another row of the same access stands, which is another voucher’s', () => {
    const positions = [position(span('2022-01-01')), position(span('2020-01-01'), { id: 2 })];
    const older = seen(span('2020-01-01'));
    expect(verify({ startingPositions: positions, seen: [older] }).gone.positionIds).toEqual([1]);
    const both = verify({ startingPositions: positions, seen: [older, seen(span('2022-01-01'))] });
    expect([both.raised, both.gone.positionIds]).toEqual([[], []]);
    const gone = [position(span('2022-01-01'), { goneSince: TAKEN }), positions[1] ?? position()];
    const back = verify({ startingPositions: gone, seen: [older, seen(span('2022-01-01'))] });
    expect(back.raised).toMatchObject([{ kind: 'seen-but-never-approved', shown: span('2022-01-01') }]);
    // One row that ESR moved to an earlier start is no other voucher's, and stands for it.
    expect(
      verify({ startingPositions: [position(span('2022-01-01'))], seen: [older] }).gone.positionIds,
    ).toEqual([]);
  });

  it('that went more than once is told by the approval that went last', () => {
    const went = (requestId: string, reference: string, goneSince: string, from: string) =>
      request(span(from), { requestId, reference, status: 'verified', goneSince });
    const back = verify({
      requests: [
        went('r1', 'SD-1', '2026-03-01T07:00:00.000Z', '2026-01-01'),
        went('r2', 'SD-2', '2026-09-01T07:00:00.000Z', '2026-05-01'),
      ],
      seen: [seen()],
    });
    expect(back.raised[0]?.sentence).toContain('OneForm SD-2 approved it');
  });

  it('says where nobody can know whether it stood at the start', () => {
    const one = verify({ seen: [seen()], unreadAtStart: () => true }).raised[0];
    expect(one?.sentence).toContain('could not be read when the starting position was taken');
  });
});

describe('findings that are known', () => {
  const given: Given = { seen: [seen()] };
  const NEXT = '2026-11-23T07:00:00.000Z';

  it('stay as they are while nothing about them changes, open or settled by a person', () => {
    for (const open of [true, false]) {
      const result = verify({ ...given, known: knownFrom(given, { open }), takenAt: NEXT });
      expect([result.raised, result.settled, result.lapsed]).toEqual([[], [], []]);
    }
  });

  it('are raised anew once something about them changes', () => {
    const changed = { seen: [seen(span('2026-11-10', '2026-12-31'))], takenAt: NEXT };
    const open = verify({ ...changed, known: knownFrom(given) });
    expect([open.raised.length, open.settled.length, open.lapsed.length]).toEqual([1, 1, 0]);
    const closed = verify({ ...changed, known: knownFrom(given, { open: false }) });
    expect([closed.raised.length, closed.settled.length, closed.lapsed]).toEqual([1, 0, ['f0']]);
  });

  it('lose their cause by newer evidence that is whole for the person, or by work', () => {
    const known = knownFrom(given);
    expect(verify({ known, takenAt: NEXT }).settled).toMatchObject([{ findingId: 'f0' }]);
    expect(verify({ known }).settled).toEqual([]);
    expect(verify({ known, takenAt: NEXT, unread: [PERSON] }).settled).toEqual([]);
    const approved = request(span(), { status: 'approved', keyed: null });
    expect(verify({ ...given, known, requests: [approved] }).settled).toMatchObject([{ findingId: 'f0' }]);
    expect(verify({ known: knownFrom(given, { open: false }), takenAt: NEXT }).lapsed).toEqual(['f0']);
  });

  it('keep their cause while an account that nobody knows the person of may be theirs', () => {
    const stranger = seen(span(), { person: 'user:919WHO01' });
    const objection: KnownFinding = {
      ...{ findingId: 'f1', kind: 'keyed-no-longer-grantable', key: 'r1', about: null },
      ...{ raisedFrom: KEYED_AT, open: true },
    };
    const known = [...knownFrom(given), objection];
    const settled = (noAccount: readonly string[]) =>
      verify({
        ...{ known, noAccount, takenAt: NEXT, seen: [stranger] },
        requests: [request(span(), { status: 'not-seen' })],
      }).settled.map(({ findingId }) => findingId);
    expect(settled([PERSON])).toEqual([]);
    expect(settled([])).toEqual(['f0', 'f1']);
  });

  it('that are raised with a request by now are not said to have an approval', () => {
    const result = verify({ ...given, known: knownFrom(given), requests: [request(span('2026-11-12'))] });
    expect(result.raised.map(({ kind }) => kind)).toEqual(['seen-with-other-dates']);
    expect(result.settled[0]?.sentence).toMatch(
      /shows something else, which is raised as a finding of its own/,
    );
  });

  it('about a request go when it is verified, is keyed anew, or is no longer keyed', () => {
    const known = knownFrom({ requests: [request()] });
    const not = request(span(), { status: 'not-seen' });
    const settled = (more: Given) =>
      verify({ known, takenAt: NEXT, ...more }).settled.map((s) => s.findingId);
    expect(settled({ requests: [not] })).toEqual([]);
    expect(settled({ requests: [not], seen: [seen()] })).toEqual(['f0']);
    expect(settled({ requests: [request(span(), { status: 'approved', keyed: null })] })).toEqual(['f0']);
    expect(settled({ requests: [not], seen: [seen()], takenAt: TAKEN }), 'the same extract, mended').toEqual([
      'f0',
    ]);
    expect(settled({ requests: [] })).toEqual(['f0']);
    const again = request(span(), { keyed: { at: '2026-11-24T09:00:00.000Z', span: span() } });
    expect(settled({ requests: [again] })).toEqual(['f0']);
  });

  it('change kind with what the extract shows: one fact is raised once', () => {
    const known = knownFrom({ requests: [request()] });
    const result = verify({
      known,
      takenAt: NEXT,
      requests: [request(span(), { status: 'not-seen' })],
      seen: [seen(span('2026-11-12'))],
    });
    expect(result.raised.map(({ kind }) => kind)).toEqual(['seen-with-other-dates']);
    expect(result.settled).toMatchObject([{ findingId: 'f0' }]);
  });
});

describe('properties', () => {
  const person = fc.constantFrom('esr:1', 'esr:2', 'user:919X01');
  const access = fc.constantFrom('A', 'B', '?odd');
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-11-${String(n).padStart(2, '0')}`);
  const days = fc.tuple(day, fc.option(day)).map(([a, b]) => (b !== null && b < a ? span(b, a) : span(a, b)));
  const instant = day.map((d) => `${d}T06:00:00.000Z`);
  const rows = fc.array(
    fc.tuple(person, access, days).map(([p, a, shown]) => seen(shown, { person: p, access: a })),
    { maxLength: 10 },
  );
  const requests = fc
    .array(
      fc.record({
        person: fc.option(person),
        access,
        shown: days,
        at: instant,
        until: fc.option(day),
        status: fc.constantFrom(
          'approved' as const,
          'keyed' as const,
          'not-seen' as const,
          'verified' as const,
        ),
        goneSince: fc.option(instant),
      }),
      { maxLength: 8 },
    )
    .map((list) =>
      list.map(({ shown, at, until, ...one }, i) =>
        request(shown, {
          ...one,
          requestId: `r${i}`,
          keyed: one.status === 'approved' ? null : { at, span: shown },
          approvedUntil: until,
        }),
      ),
    );
  const positions = fc
    .array(fc.tuple(person, access, days, fc.option(instant)), { maxLength: 6 })
    .map((list) =>
      list.map(([p, a, s, goneSince], id) => position(s, { id, person: p, access: a, goneSince })),
    );
  const input = fc.record({
    requests,
    seen: rows,
    startingPositions: positions,
    takenAt: instant,
    unread: fc.subarray(['esr:1', 'esr:2', 'user:919X01']),
  });

  it('the order of rows never matters', () => {
    fc.assert(
      fc.property(input, (one) => {
        const there = verify(one);
        const back = verify({ ...one, seen: one.seen.toReversed() });
        const plain = (result: typeof there) => [
          ids(result.verified),
          result.raised.map(({ key, kind, about }) => `${key} ${kind} ${about}`).sort(),
        ];
        expect(plain(back)).toEqual(plain(there));
      }),
    );
  });

  it('each keyed request gets one answer; absence and other dates only by a later extract whole for the person', () => {
    fc.assert(
      fc.property(input, (one) => {
        const result = verify(one);
        const answered = [...ids(result.verified), ...ids(result.leftAlone)];
        const about = result.raised.filter(({ key }) => key.startsWith('r')).map(({ key }) => key);
        const open = one.requests.filter(({ status }) => status === 'keyed' || status === 'not-seen');
        expect([...answered, ...about].sort()).toEqual(open.map(({ requestId }) => requestId).sort());
        for (const id of about) {
          const r = one.requests.find(({ requestId }) => requestId === id);
          expect(one.unread).not.toContain(r?.person);
          expect(one.takenAt > (r?.keyed?.at ?? '')).toBe(true);
        }
      }),
    );
  });

  it('verifies only what a row of that person shows with those very dates, inside the exception', () => {
    fc.assert(
      fc.property(input, (one) => {
        for (const id of ids(verify(one).verified)) {
          const r = one.requests.find(({ requestId }) => requestId === id);
          const row = one.seen.find(
            (s) =>
              s.person === r?.person &&
              s.access === r.access &&
              s.effective.from === r.keyed?.span.from &&
              s.effective.lastDay === r.keyed.span.lastDay,
          );
          expect(row).toBeDefined();
          if (r?.approvedUntil) expect((row?.effective.lastDay ?? '9') <= r.approvedUntil).toBe(true);
        }
      }),
    );
  });

  it('an older extract, and a row that cannot be read, take nothing from anybody', () => {
    fc.assert(
      fc.property(input, (one) => {
        const known = knownFrom(one);
        const nothing = { raised: [], settled: [], lapsed: [], verified: [], notSeen: [] };
        expect(verify({ ...one, known, newerReadBefore: '2027-01-01T00:00:00.000Z' })).toMatchObject({
          ...nothing,
          gone: { requestIds: [], positionIds: [] },
        });
        const everybody = ['esr:1', 'esr:2', 'user:919X01'];
        const unread = verify({ ...one, known, seen: [], unread: everybody });
        expect([unread.notSeen, unread.raised, unread.gone]).toEqual([
          [],
          [],
          { requestIds: [], positionIds: [] },
        ]);
      }),
    );
  });

  it('the same extract a second time raises nothing and settles nothing', () => {
    fc.assert(
      fc.property(input, fc.boolean(), (one, open) => {
        const again = verify({ ...one, known: knownFrom(one, { open }) });
        expect([again.raised, again.settled, again.lapsed]).toEqual([[], [], []]);
      }),
    );
  });

  it('what is live, not everybody’s and inside no voucher’s days is raised, and nothing else is', () => {
    fc.assert(
      fc.property(input, ({ requests: _, ...one }) => {
        const today = one.takenAt.slice(0, 10);
        const expected = new Set(
          one.seen
            .filter(({ effective }) => effective.lastDay === null || effective.lastDay >= today)
            .filter(
              ({ person: p, access: a, effective }) =>
                !one.startingPositions.some(
                  (s) =>
                    s.person === p &&
                    s.access === a &&
                    s.goneSince === null &&
                    (effective.from ?? '') <= (s.span.from ?? '9') &&
                    (effective.lastDay ?? '9') <= (s.span.lastDay ?? '9'),
                ),
            )
            .map((s) => subjectKey(s.person, s.access)),
        );
        expect(new Set(verify(one).raised.map(({ key }) => key))).toEqual(expected);
        const kinds: readonly FindingKind[] = ['seen-but-never-approved', 'held-past-approval'];
        for (const { kind } of verify(one).raised) expect(kinds).toContain(kind);
      }),
    );
  });
});
