import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Prerequisite,
  type PrerequisiteId,
  type PrerequisiteState,
  summarise,
} from '../access/prerequisites.ts';
import { byNumberAlone } from '../people/person-key.ts';
import { judgeAgain, pointsAgainst } from './judged-again.ts';
import { type AccessRequest, newRequest, REQUEST_STATUSES } from './request.ts';
import { allowedCommands, decide, type RequestCommand } from './transitions.ts';

const [STAFF, MANAGER, APPROVER, KEYER, GUARDIAN] = [
  '10000001',
  '10000002',
  '10000003',
  '10000004',
  '10000005',
];
const NAME = 'Personal-Marker';
const at = (hour: number): string => `2026-11-03T${String(hour).padStart(2, '0')}:00:00.000Z`;
const by = (employeeNumber: string, hour: number) => ({
  actor: { userId: `u${employeeNumber}`, employeeNumber },
  now: at(hour),
  who: byNumberAlone,
});
const said = (id: PrerequisiteId, state: PrerequisiteState, fact = `${NAME} of ${id}.`): Prerequisite => ({
  id,
  title: `Title of ${id}`,
  state,
  sentence: `Cannot be granted yet: ${fact}`,
  fact,
  source: { name: 'GO file', takenAt: at(1) },
  clause: '5.1.1',
  nextAction: state === 'holds' ? null : 'Mend it.',
});
const HOLDS = [said('in-post', 'holds'), said('smartcard', 'holds')];
const person = (number: string | undefined) => ({ number: number ?? null, name: NAME });
function take(
  request: AccessRequest,
  command: RequestCommand,
  context: ReturnType<typeof by>,
): AccessRequest {
  const decision = decide(request, command, context);
  if (!decision.ok) throw new Error(`${command.kind}: ${decision.sentence}`);
  return decision.next;
}
const fresh = newRequest({
  id: 'r1',
  form: {
    reference: 'SD-1',
    submittedAt: '2026-11-02T09:00:00.000Z',
    requester: person(STAFF),
    beneficiary: person(STAFF),
    accessAsTyped: 'HR Data Entry',
    justification: NAME,
    lineManager: person(MANAGER),
    authorisation: { by: person(MANAGER), on: '2026-11-02' },
    attachments: [],
  },
  urp: 'HR Data Entry',
  authorisationNeeded: true,
  beneficiary: STAFF ?? null,
});
const officer = by(APPROVER ?? '', 9);
const keyer = by(KEYER ?? '', 11);
const approved = take(
  take(fresh, { kind: 'recordAuthorisation', countsForNothing: null }, officer),
  { kind: 'approve', prerequisites: HOLDS },
  officer,
);
const keyBy = (prerequisites: readonly Prerequisite[], alreadyInEsr = false): RequestCommand => ({
  kind: 'key',
  at: at(10),
  startDate: '2026-11-03',
  endDate: null,
  endDateMeaning: 'last-day',
  prerequisites,
  alreadyInEsr,
});
const judge = (
  request: AccessRequest,
  prerequisites: readonly Prerequisite[],
  importId: string | null = 'i1',
) => judgeAgain(request, prerequisites, { now: at(12), importId });
function objected(prerequisites: readonly Prerequisite[]): AccessRequest {
  const judged = judge(approved, prerequisites);
  if (judged.kind !== 'raised') throw new Error('nothing stands against it');
  return judged.next;
}
const LEFT = [said('in-post', 'missing', `${NAME} left on 1 Nov 2026.`), said('smartcard', 'holds')];
const NO_CARD = [said('in-post', 'holds'), said('smartcard', 'missing')];

const prerequisites = fc.uniqueArray(
  fc
    .tuple(
      fc.constantFrom<PrerequisiteId>('in-post', 'smartcard', 'conflicts', 'not-already-held', 'approver'),
      fc.constantFrom<PrerequisiteState>('holds', 'warning', 'missing', 'unknown'),
      fc.constantFrom('One fact.', 'Another fact.'),
    )
    .map(([id, state, fact]) => said(id, state, fact)),
  { selector: ({ id }) => id, minLength: 1, maxLength: 5 },
);

describe('judging an approval again', () => {
  it('a keying is refused exactly where it could not be approved now, unless it stands in ESR', () => {
    fc.assert(
      fc.property(prerequisites, fc.boolean(), (now, alreadyInEsr) => {
        const decision = decide(approved, keyBy(now, alreadyInEsr), keyer);
        expect(decision.ok).toBe(summarise(now).mayApprove || alreadyInEsr);
        if (!decision.ok) expect(decision.code).toBe('NO_LONGER_GRANTABLE');
        else expect(decision.next.progress.keyed?.despite ?? []).toEqual(pointsAgainst(now));
      }),
    );
  });

  it('judging twice changes nothing, whatever it was before', () => {
    fc.assert(
      fc.property(prerequisites, prerequisites, (before, now) => {
        const first = judge(approved, before);
        const second = judge(first.kind === 'unchanged' ? approved : first.next, now);
        const third = second.kind === 'unchanged' ? approved : second.next;
        if (second.kind !== 'unchanged') expect(judge(third, now, 'i9').kind).toBe('unchanged');
      }),
    );
  });

  it('an objection stands exactly while it could not be approved, and is lifted once it could', () => {
    fc.assert(
      fc.property(fc.array(prerequisites, { minLength: 1, maxLength: 5 }), (days) => {
        let request = approved;
        for (const now of days) {
          const had = Boolean(request.progress.objection);
          const judged = judge(request, now);
          if (judged.kind !== 'unchanged') request = judged.next;
          const { mayApprove } = summarise(now);
          expect(Boolean(request.progress.objection)).toBe(!mayApprove);
          expect(judged.kind === 'lifted').toBe(had && mayApprove);
          expect(request.progress.approval).toEqual(approved.progress.approval);
        }
      }),
    );
  });

  it('says what, by which clause and source, and never a name in the ledger’s own words', () => {
    const judged = judge(approved, LEFT);
    if (judged.kind !== 'raised') throw new Error('nothing was raised');
    const { personal, ...own } = judged.event;
    expect(own).toEqual({
      operation: 'request.noLongerGrantable',
      subject: { kind: 'request', id: 'r1' },
      sentence: 'OneForm SD-1: approved, and no longer grantable: “Title of in-post” (5.1.1) does not hold.',
      detail: {
        importId: 'i1',
        formVersion: 1,
        points: [{ id: 'in-post', clause: '5.1.1', source: { name: 'GO file', takenAt: at(1) } }],
      },
    });
    expect(JSON.stringify(own)).not.toContain(NAME);
    expect(personal).toEqual({ facts: [`${NAME} left on 1 Nov 2026.`] });
    const lifted = judge(judged.next, HOLDS);
    expect(lifted.kind === 'lifted' && lifted.event).toMatchObject({
      operation: 'request.grantableAgain',
      sentence: 'OneForm SD-1: the approval holds again.',
    });
  });

  it('another fact is another objection; a newer extract that says the same is not', () => {
    const first = objected(LEFT);
    const newer = LEFT.map((one) => ({ ...one, source: { name: 'GO file', takenAt: at(8) } }));
    expect(judge(first, newer, 'i2').kind).toBe('unchanged');
    expect(judge(first, NO_CARD, 'i2').kind).toBe('raised');
  });

  it('only what is approved and not keyed is judged', () => {
    for (const status of REQUEST_STATUSES.filter((one) => one !== 'approved')) {
      const request = { ...approved, progress: { ...approved.progress, status } };
      expect(judge(request, LEFT).kind).toBe('unchanged');
    }
  });
});

describe('what an officer answers', () => {
  const commands = (request: AccessRequest) => allowedCommands(request, ['officer']);

  it('withdraws the approval, and the objection goes with it', () => {
    const back = take(objected(LEFT), { kind: 'withdrawApproval', reason: 'left' }, officer);
    expect(back.progress).toMatchObject({ status: 'authorised', approval: null });
    expect(back.progress.objection).toBeUndefined();
  });

  it('asks the Caldicott Guardian, which gives the approval up; without an objection nobody asks', () => {
    expect(commands(approved)).not.toContain('askException');
    const asked = { kind: 'askException', reason: 'need', prerequisites: NO_CARD } as const;
    expect(commands(objected(NO_CARD))).toContain('askException');
    const waiting = take(objected(NO_CARD), asked, officer);
    expect(waiting.progress).toMatchObject({ status: 'with-guardian', approval: null });
    expect(waiting.progress.objection).toBeUndefined();
    const granted = take(
      waiting,
      {
        kind: 'decideException',
        prerequisites: [],
        terms: { granted: true, until: '2027-05-31', reason: 'ruled' },
        today: '2026-11-03',
      },
      by(GUARDIAN ?? '', 10),
    );
    expect(granted.progress.status).toBe('authorised');
    const undone = take(waiting, { kind: 'undo', prerequisites: NO_CARD }, officer);
    expect(undone.progress).toEqual(objected(NO_CARD).progress);
    expect(decide(objected(LEFT), { ...asked, prerequisites: LEFT }, officer)).toMatchObject({
      ok: false,
      code: 'NO_EXCEPTION',
    });
  });

  it('says that it stands in ESR: recorded with what stands against it, whatever dates an exception allowed', () => {
    const granted: AccessRequest = {
      ...approved,
      progress: {
        ...approved.progress,
        exception: {
          covers: ['smartcard'],
          reason: 'need',
          asked: { userId: 'u', employeeNumber: APPROVER ?? null, at: at(2) },
          decision: {
            granted: true,
            until: '2026-11-01',
            reason: 'ruled',
            by: { userId: 'g', employeeNumber: GUARDIAN ?? null, at: at(3) },
          },
        },
      },
    };
    expect(decide(granted, keyBy(HOLDS), keyer)).toMatchObject({ ok: false, code: 'TIME_IMPOSSIBLE' });
    const decision = decide(granted, keyBy(NO_CARD, true), keyer);
    expect(decision).toMatchObject({
      ok: true,
      next: { progress: { status: 'keyed', keyed: { despite: [{ id: 'smartcard' }] } } },
      event: { detail: { alreadyInEsr: true, despite: [{ id: 'smartcard', clause: '5.1.1' }] } },
    });
    expect(decision.ok && JSON.stringify({ ...decision.event, personal: null })).not.toContain(NAME);
    expect(decision.ok && decision.next.progress.objection).toBeFalsy();
  });

  it('still may not key what they approved', () => {
    expect(decide(objected(LEFT), keyBy(LEFT, true), officer)).toMatchObject({ code: 'SEPARATION_OF_DUTY' });
  });
});
