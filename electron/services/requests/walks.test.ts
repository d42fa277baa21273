import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RequestCommand, RequestDetail } from '../../contract/requests.contract.ts';
import type { AccessRequest } from '../../domain/requests/request.ts';
import { type Desk, makeDesk, type Person } from '../../testing/desk.ts';
import { addRequest, aForm, NUMBERS, PERSONAL } from '../../testing/small-trust.ts';
import { judgeApprovals } from './judge-requests.ts';

const KEYED: readonly string[] = ['keyed', 'not-seen', 'verified'];
const OF_PERSON = `where employee_number = '${NUMBERS.beneficiary}'`;
/** What may change behind a request, and how it changes back. */
const CHANGES: readonly (readonly [change: string, back: string])[] = [
  [
    `update person set termination_date = '2026-11-01' ${OF_PERSON}`,
    `update person set termination_date = null ${OF_PERSON}`,
  ],
  ["update training set expires_on = '2026-11-01'", "update training set expires_on = '2027-11-01'"],
  [
    "update assignment set supervisor_person_id = 'p3' where assignment_id = 'a1'",
    "update assignment set supervisor_person_id = 'p2' where assignment_id = 'a1'",
  ],
  [
    `insert into holding (from_import_id, employee_number, username, exported_name, urp, start_date) values
      ('i', '${NUMBERS.beneficiary}', 'U', '919 Payroll Administration', 'Payroll Administration', '2026-11-01')`,
    "delete from holding where urp = 'Payroll Administration'",
  ],
  // One of the officers is the requester, by what their account says.
  [
    `update user set employee_number = '${NUMBERS.requester}' where id = 'user-officer2'`,
    "update user set employee_number = '90000003' where id = 'user-officer2'",
  ],
  [
    "update person set smartcard_uuid = null where person_id = 'p1'",
    "update person set smartcard_uuid = '000000000001' where person_id = 'p1'",
  ],
];

/** What a person would type for each step, as the page stands before them. */
const INPUTS: Readonly<Record<RequestCommand, (detail: RequestDetail) => object>> = {
  match: () => ({ employeeNumber: NUMBERS.beneficiary }),
  chooseAccess: () => ({ access: 'HR Data Entry' }),
  recordAuthorisation: () => ({}),
  returnForm: () => ({ missing: ['a date'], note: '' }),
  askException: () => ({ reason: 'said in a walk' }),
  decideException: ({ revision }) => ({
    terms:
      revision % 3 === 0
        ? { granted: false, reason: 'said in a walk' }
        : { granted: true, until: '2026-12-31', reason: 'said in a walk' },
    signature: null,
  }),
  endException: () => ({ reason: 'said in a walk' }),
  approve: () => ({ signature: null }),
  withdrawApproval: () => ({ reason: 'said in a walk' }),
  key: ({ exception, objection }) => ({
    keyedAt: '2026-11-20T09:00:00.000Z',
    startDate: '2026-11-20',
    endDate: exception?.decision?.endDateInEsr ?? null,
    alreadyInEsr: objection?.alreadyInEsr.allowed ?? false,
  }),
  unkey: () => ({ reason: 'said in a walk' }),
  withdraw: () => ({ reason: 'said in a walk' }),
  reopen: () => ({ reason: 'said in a walk' }),
  setRevisionAside: () => ({ reason: 'said in a walk' }),
  undo: () => ({ reason: 'said in a walk' }),
};
const COMMANDS = Object.keys(INPUTS) as readonly RequestCommand[];

/** A step is offered to somebody by its place among those the page offers them, so that most of a walk moves. */
type Move =
  | { readonly do: 'step'; readonly by: Person; readonly nth: number }
  | { readonly do: 'refused'; readonly by: Person; readonly command: RequestCommand }
  | { readonly do: 'change'; readonly which: number; readonly back: boolean }
  | { readonly do: 'import' };
const by = fc.constantFrom<Person>('officer', 'officer2', 'officer', 'officer2', 'guardian');
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('step' as const), by, nth: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('refused' as const), by, command: fc.constantFrom(...COMMANDS) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('change' as const),
      which: fc.nat(CHANGES.length - 1),
      back: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('import' as const) }) },
);

interface Walk {
  readonly desk: Desk;
  readonly done: Set<number>;
  /** Before each step that was taken and not undone: the progress as it was. */
  readonly before: AccessRequest['progress'][];
}
/** Events that somebody made: what is judged meanwhile is the program's own. */
const eventsOf = ({ desk }: Walk) =>
  desk.db.prepare<[], number>('select count(*) from ledger_event where actor_id is not null').pluck().get() ??
  0;
const progressOf = ({ desk }: Walk) => {
  const stored = desk.store.access.requests.get('r1');
  if (stored === null) throw new Error('the request is gone');
  return stored.request.progress;
};
const detailFor = ({ desk }: Walk, person: Person) => desk.call(person, 'requests:get', { id: 'r1' });

async function take(walk: Walk, person: Person, command: RequestCommand): Promise<void> {
  const { desk } = walk;
  const detail = await detailFor(walk, person);
  // What stands in ESR already is recorded by a button of its own.
  const already = command === 'key' && (detail.objection?.alreadyInEsr.allowed ?? false);
  const offered = already || (detail.commands.find((each) => each.command === command)?.allowed ?? false);
  const before = progressOf(walk);
  const events = eventsOf(walk);
  const input = { id: 'r1', revision: detail.revision, ...INPUTS[command](detail) };
  const answer = await desk.ask(person, `requests:${command}`, input as never);
  const what = `${command} by ${person} on ${before.status}: ${answer.ok ? 'done' : answer.message}`;
  expect(answer.ok, `offered is done, and not offered is refused: ${what}`).toBe(offered);
  const after = progressOf(walk);
  if (!answer.ok) {
    expect(eventsOf(walk), what).toBe(events);
    return;
  }
  expect(eventsOf(walk), what).toBe(events + 1);
  if (command === 'undo') {
    const earlier = walk.before.pop();
    // What brings an approval back is judged as it comes.
    if (earlier !== undefined)
      expect({ ...after, objection: null }, what).toEqual({ ...earlier, objection: null });
  } else walk.before.push(before);
  holds(walk, what);
}

/** What is true of a request at every moment. */
function holds(walk: Walk, what: string): void {
  const { desk } = walk;
  const { status, approval, keyed, exception } = progressOf(walk);
  expect(keyed !== null, `keyed says who and when: ${what}`).toBe(KEYED.includes(status));
  if (status === 'approved' || KEYED.includes(status)) expect(approval, what).not.toBeNull();
  if (keyed && approval) expect(keyed.userId, `another person keys: ${what}`).not.toBe(approval.userId);
  const guardian = exception?.decision?.by.userId;
  if (guardian !== undefined) expect([approval?.userId, keyed?.userId], what).not.toContain(guardian);
  for (const { kind, requestId } of desk.store.access.findings.open()) {
    if (kind === 'keyed-no-longer-grantable' && requestId === 'r1')
      expect(KEYED, `raised while it is keyed: ${what}`).toContain(status);
  }
  const { sentence } = desk.store.access.ledger.recent(1)[0] ?? { sentence: '' };
  for (const word of PERSONAL) expect(sentence).not.toMatch(word);
}

async function go(walk: Walk, next: Move): Promise<void> {
  const { desk } = walk;
  switch (next.do) {
    case 'step': {
      const { commands } = await detailFor(walk, next.by);
      const offered = commands.filter(({ allowed }) => allowed);
      const chosen = offered[next.nth % Math.max(1, offered.length)];
      if (chosen) await take(walk, next.by, chosen.command);
      return;
    }
    case 'refused':
      return take(walk, next.by, next.command);
    case 'change': {
      const sql = CHANGES[next.which]?.[next.back ? 1 : 0];
      if (sql === undefined || next.back !== walk.done.has(next.which)) return;
      if (next.back) walk.done.delete(next.which);
      else walk.done.add(next.which);
      desk.db.prepare(sql).run();
      return;
    }
    case 'import':
      desk.store.access.transaction(() =>
        judgeApprovals(desk.store, desk.clock, 'import-next', () => undefined),
      );
      holds(walk, 'an import');
  }
}

it('holds on every walk: what is offered is done, undo is exact, nobody checks themselves, and nothing is half keyed', async () => {
  let walks = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 40, size: 'max' }), async (moves) => {
      walks += 1;
      const walk: Walk = { desk: makeDesk(`walk-${walks}`), done: new Set(), before: [] };
      try {
        addRequest(walk.desk, 'r1', aForm('SR1'));
        for (const next of moves) await go(walk, next);
      } finally {
        walk.desk.close();
      }
    }),
    { numRuns: 40 },
  );
});
