import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccessCatalogue, CatalogueEntry } from '../access/catalogue.ts';
import {
  type HoldingSeen,
  holdingKey,
  type OpenFinding,
  type RequestToVerify,
  type VerificationInput,
  verifyAgainstHoldings,
} from './verification.ts';

const entry = (name: string, everyone: boolean): CatalogueEntry => ({
  name,
  aliases: [],
  family: 'core',
  purpose: '',
  needsSmartcard: false,
  needsAsNumber: false,
  needsHierarchy: false,
  everyone,
  remoteCapable: false,
  minimumHolders: 0,
  clause: '5.1.2',
});
const catalogue: AccessCatalogue = {
  version: '1',
  entries: [entry('ESS', true), entry('A', false), entry('B', false)],
  conflicts: [],
};
const TAKEN = '2026-11-10T06:00:00.000Z';
const holding = (change: Partial<HoldingSeen> = {}): HoldingSeen => ({
  employeeNumber: '10000001',
  username: '919X01',
  urp: 'A',
  asExported: '919 A',
  startDate: '2026-11-01',
  endDate: null,
  ...change,
});
const request = (change: Partial<RequestToVerify> = {}): RequestToVerify => ({
  requestId: 'r1',
  reference: 'SD-1',
  status: 'keyed',
  employeeNumber: '10000001',
  urp: 'A',
  keyedAt: '2026-11-09T10:00:00.000Z',
  ...change,
});
const verify = (change: Partial<VerificationInput>) =>
  verifyAgainstHoldings({
    requests: [],
    holdings: [],
    extractTakenAt: TAKEN,
    catalogue,
    previouslyRaised: [],
    baseline: new Set(),
    ...change,
  });
const ids = (found: readonly { requestId: string }[]): string[] => found.map(({ requestId }) => requestId);

describe('what was keyed', () => {
  it('is verified when a later extract shows it, and raised when it does not', () => {
    expect(ids(verify({ requests: [request()], holdings: [holding()] }).verified)).toEqual(['r1']);
    const absent = verify({ requests: [request()], holdings: [holding({ urp: 'B' })] });
    expect([ids(absent.verified), ids(absent.notSeen)]).toEqual([[], ['r1']]);
    expect(absent.notSeen[0]!.sentence).toMatch(
      /Keyed at 9 Nov 2026, 10:00, but the extract of 10 Nov 2026, 06:00/,
    );
  });

  it('is not proved by an extract taken before, and that is said', () => {
    for (const keyedAt of [TAKEN, '2026-11-11T00:00:00.000Z']) {
      const result = verify({ requests: [request({ keyedAt })], holdings: [holding()] });
      expect([ids(result.verified), ids(result.notSeen), ids(result.provesNothing)]).toEqual([
        [],
        [],
        ['r1'],
      ]);
      expect(result.provesNothing[0]!.sentence).toContain('was taken before, so it proves nothing');
    }
  });

  it('is not seen where the access has ended; the last day still counts', () => {
    expect(
      ids(verify({ requests: [request()], holdings: [holding({ endDate: '2026-11-09' })] }).notSeen),
    ).toEqual(['r1']);
    expect(
      ids(verify({ requests: [request()], holdings: [holding({ endDate: '2026-11-10' })] }).verified),
    ).toEqual(['r1']);
  });

  it('is not raised twice, and may still be verified later', () => {
    const again = request({ status: 'not-seen' });
    expect(verify({ requests: [again] }).notSeen).toEqual([]);
    expect(ids(verify({ requests: [again], holdings: [holding()] }).verified)).toEqual(['r1']);
  });
});

describe('what nobody approved', () => {
  const raised = (change: Partial<VerificationInput>): string[] =>
    verify(change).neverApproved.map(({ key }) => key);

  it('is raised once for a holder and access, unknown people and unknown access included', () => {
    const unknown = holding({ employeeNumber: null, urp: null, asExported: '919 Odd' });
    expect(raised({ holdings: [holding(), holding(), unknown] })).toEqual([
      holdingKey(holding()),
      holdingKey(unknown),
    ]);
    const sentences = verify({ holdings: [unknown] }).neverApproved.map(({ sentence }) => sentence);
    expect(sentences[0]).toMatch(
      /“919 Odd”, which the catalogue does not know, for user 919X01, whom the register does not know/,
    );
  });

  it('leaves out what all staff have, what was there from the start, what has ended and what has a request behind it', () => {
    expect(raised({ holdings: [holding({ urp: 'ESS' })] })).toEqual([]);
    expect(raised({ holdings: [holding()], baseline: new Set([holdingKey(holding())]) })).toEqual([]);
    expect(raised({ holdings: [holding({ endDate: '2026-11-09' })] })).toEqual([]);
    for (const status of ['approved', 'keyed', 'not-seen', 'verified'] as const) {
      expect(raised({ holdings: [holding()], requests: [request({ status })] })).toEqual([]);
    }
    expect(
      raised({ holdings: [holding()], requests: [request({ employeeNumber: '10000002' })] }),
    ).toHaveLength(1);
  });
});

describe('findings whose cause has gone', () => {
  const never: OpenFinding = {
    findingId: 'f1',
    kind: 'seen-but-never-approved',
    key: holdingKey(holding()),
    raisedFrom: '2026-11-01T00:00:00.000Z',
  };
  const notSeen: OpenFinding = {
    findingId: 'f2',
    kind: 'keyed-but-not-seen',
    key: 'r1',
    raisedFrom: '2026-11-09T12:00:00.000Z',
  };
  const gone = (change: Partial<VerificationInput>): string[] =>
    verify(change).noLonger.map(({ finding }) => finding.findingId);

  it('close when the access has gone or has been approved, not while it stands', () => {
    expect(gone({ previouslyRaised: [never] })).toEqual(['f1']);
    expect(gone({ previouslyRaised: [never], holdings: [holding()], requests: [request()] })).toEqual(['f1']);
    expect(gone({ previouslyRaised: [never], holdings: [holding()] })).toEqual([]);
    expect(verify({ previouslyRaised: [never], holdings: [holding()] }).neverApproved).toEqual([]);
  });

  it('close when the keyed access is seen, or is no longer said to be keyed', () => {
    const open = request({ status: 'not-seen' });
    expect(gone({ previouslyRaised: [notSeen], requests: [open] })).toEqual([]);
    expect(gone({ previouslyRaised: [notSeen], requests: [open], holdings: [holding()] })).toEqual(['f2']);
    expect(
      gone({ previouslyRaised: [notSeen], requests: [request({ status: 'approved', keyedAt: null })] }),
    ).toEqual(['f2']);
    expect(gone({ previouslyRaised: [notSeen] })).toEqual(['f2']);
  });

  it('do not close by an extract no newer than the one that raised them', () => {
    const late = { raisedFrom: TAKEN };
    expect(gone({ previouslyRaised: [{ ...never, ...late }] })).toEqual([]);
    const open = request({ status: 'not-seen' });
    expect(
      gone({ previouslyRaised: [{ ...notSeen, ...late }], requests: [open], holdings: [holding()] }),
    ).toEqual([]);
  });
});

describe('properties', () => {
  const number = fc.constantFrom('10000001', '10000002', '10000003');
  const urp = fc.constantFrom('ESS', 'A', 'B');
  const day = fc.integer({ min: 1, max: 28 }).map((n) => String(n).padStart(2, '0'));
  const instant = day.map((d) => `2026-11-${d}T06:00:00.000Z`);
  const input: fc.Arbitrary<VerificationInput> = fc.record({
    requests: fc
      .array(
        fc.record({
          employeeNumber: number,
          urp,
          keyedAt: instant,
          status: fc.constantFrom('approved', 'keyed', 'not-seen', 'verified'),
        }),
        { maxLength: 12 },
      )
      .map((list) =>
        list.map((one, i) =>
          request({ ...one, requestId: `r${i}`, keyedAt: one.status === 'approved' ? null : one.keyedAt }),
        ),
      ),
    holdings: fc.array(
      fc
        .record({
          employeeNumber: fc.option(number),
          urp: fc.option(urp),
          endDate: fc.option(day.map((d) => `2026-11-${d}`)),
        })
        .map(holding),
      { maxLength: 12 },
    ),
    extractTakenAt: instant,
    catalogue: fc.constant(catalogue),
    previouslyRaised: fc.constant([]),
    baseline: fc
      .array(
        fc
          .tuple(number, urp)
          .map(([employeeNumber, name]) => holdingKey(holding({ employeeNumber, urp: name }))),
      )
      .map((keys) => new Set(keys)),
  });

  it('never verifies from an extract taken at or before the keying; each open request gets one answer at most', () => {
    fc.assert(
      fc.property(input, (one) => {
        const { verified, notSeen, provesNothing } = verifyAgainstHoldings(one);
        const keyedAt = new Map(one.requests.map((r) => [r.requestId, r.keyedAt]));
        for (const id of [...ids(verified), ...ids(notSeen)])
          expect(one.extractTakenAt > keyedAt.get(id)!).toBe(true);
        for (const id of ids(provesNothing)) expect(one.extractTakenAt <= keyedAt.get(id)!).toBe(true);
        const all = [...ids(verified), ...ids(notSeen), ...ids(provesNothing)];
        expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  it('agrees with the plain definition of "never approved"', () => {
    fc.assert(
      fc.property(input, (one) => {
        const date = one.extractTakenAt.slice(0, 10);
        const expected = new Set(
          one.holdings
            .filter(
              (h) =>
                (h.endDate === null || h.endDate >= date) &&
                h.urp !== 'ESS' &&
                !one.baseline.has(holdingKey(h)),
            )
            .filter(
              (h) => !one.requests.some((r) => r.employeeNumber === h.employeeNumber && r.urp === h.urp),
            )
            .map(holdingKey),
        );
        expect(
          verifyAgainstHoldings(one)
            .neverApproved.map(({ key }) => key)
            .sort(),
        ).toEqual([...expected].sort());
      }),
    );
  });

  it('stays near-linear at 30,000 holdings and 50,000 requests', () => {
    const holdings = Array.from({ length: 30_000 }, (_, i) =>
      holding({ employeeNumber: String(10_000_000 + i) }),
    );
    const requests = Array.from({ length: 50_000 }, (_, i) =>
      request({ requestId: `r${i}`, employeeNumber: String(10_000_000 + i) }),
    );
    const started = process.cpuUsage();
    const result = verify({ holdings, requests });
    // Of the processor, not of the clock: others run beside it. A quadratic pass is 1.5 thousand million comparisons: tens of seconds.
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(3_000);
    expect([result.verified.length, result.notSeen.length]).toEqual([30_000, 20_000]);
  });
});
