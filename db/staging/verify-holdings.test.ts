import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { takeStartingPosition } from '../../electron/services/imports/starting-position.service.ts';
import { createRegisterReader } from '../repositories/register-reader.ts';
import { ACTOR } from './testing/import-bench.ts';
import { ABLE, BAKER, createProofDesk, KEYED_AT, NEXT, type ProofDesk, START } from './testing/proof-desk.ts';

let desk: ProofDesk;
beforeEach(() => {
  desk = createProofDesk('verify', createImportFiles());
});
afterEach(() => desk.close());

const ENTRY = (from = '10-Nov-2026', end = '') => `10000002,919AABLE01,919 HR Data Entry,${from},${end}`;
const LATER = '2026-11-18T07:00:00.000Z';

describe('an extract of holdings', () => {
  it('must say whether it is the starting position when it is the first, and may not later', async () => {
    await expect(desk.begin(null as unknown as boolean)).rejects.toMatchObject({ code: 'REFUSED' });
    await desk.holdings(START, [ABLE, BAKER], { startingPosition: true });
    expect(desk.kinds()).toEqual([]);
    await expect(desk.holdings(NEXT, [ABLE, BAKER], { startingPosition: true })).rejects.toMatchObject({
      code: 'REFUSED',
    });
  });

  it('closes what it shows, raises what it does not, and says when it proves nothing', async () => {
    await desk.begin(false, [ABLE]);
    expect(desk.kinds()).toEqual(['seen-but-never-approved']);
    const seen = await desk.keyed('SD-1');
    const missing = await desk.keyed('SD-2', { number: '10000003', urp: 'Local BI Reports' });

    const early = await desk.holdings(KEYED_AT, [ABLE, ENTRY()]);
    expect(early).toMatchObject({ verified: 0, notSeen: 0 });
    expect(early.provesNothing).toHaveLength(2);

    const late = await desk.holdings(NEXT, [ENTRY()]);
    expect(late).toMatchObject({ verified: 1, notSeen: 1, neverApproved: 0, settled: 1 });
    expect([desk.status(seen), desk.status(missing)]).toEqual(['verified', 'not-seen']);
    expect(desk.kinds()).toEqual(['keyed-but-not-seen']);

    const later = await desk.holdings(LATER, [
      ENTRY(),
      '10000003,919BBAKE01,919 Local BI Reports,10-Nov-2026,',
    ]);
    expect(later).toMatchObject({ verified: 1, notSeen: 0, settled: 1 });
    expect([desk.status(missing), desk.kinds()]).toEqual(['verified', []]);
  });

  it('makes each thing it raises or settles an event of the program, not of who pressed Import', async () => {
    await desk.begin(false, [ABLE, BAKER]);
    const id = await desk.keyed('SD-1');
    await desk.holdings(NEXT, [ABLE, ENTRY()]);
    expect(desk.events('findings.raise').map(({ actor }) => actor)).toEqual([null, null]);
    expect(desk.events('findings.settle').map(({ actor }) => actor)).toEqual([null]);
    expect(desk.events('request.verify').map(({ actor }) => actor)).toEqual([null]);
    expect(desk.events('imports.apply').at(-1)?.actor).toBe(ACTOR.userId);
    expect(desk.bench.context.access.requests.get(id)?.request.progress.status).toBe('verified');
    expect(desk.bench.context.access.findings.list(false, { offset: 0, limit: 9 }).rows).toMatchObject([
      { settledBy: null, settlement: expect.stringContaining('no longer shows') },
    ]);
  });

  it('remembers the mapping a person chose for the same headers', async () => {
    await desk.begin();
    const text =
      'Nr,Konto,Profil\n10000002,919AABLE01,919 Local Reports\n10000003,919BBAKE01,919 Local Reports\n';
    await expect(desk.holdings(NEXT, text)).rejects.toMatchObject({ code: 'FILE_REFUSED' });
    const mapping = { employeeNumber: 'Nr', username: 'Konto', urp: 'Profil' };
    await desk.holdings(NEXT, text, { mapping });
    expect((await desk.holdings(LATER, text)).counts).toMatchObject({ new: 0, unchanged: 2 });
  });
});

describe('the dates that were keyed', () => {
  const keyed = () => desk.keyed('SD-1', { end: '2026-12-31', until: '2026-12-31' });

  it.each([
    ['no end', ENTRY()],
    ['a later end', ENTRY('10-Nov-2026', '31-Dec-2036')],
    ['a later start', ENTRY('10-Nov-2030')],
  ])(
    'are compared: %s is seen with other dates, and held past its approval in the new year',
    async (_, row) => {
      await desk.begin();
      const id = await keyed();
      const outcome = await desk.holdings(NEXT, [ABLE, row, BAKER]);
      expect(outcome).toMatchObject({ verified: 0, notSeen: 0, otherDates: 1, neverApproved: 0 });
      expect(desk.status(id)).toBe('keyed');
      expect(desk.open()).toMatchObject([
        {
          kind: 'seen-with-other-dates',
          requestId: id,
          approved: { from: '2026-11-10', lastDay: '2026-12-31' },
        },
      ]);
      desk.bench.setNow('2027-01-04T09:00:00.000Z');
      const inJanuary = await desk.holdings('2027-01-04T07:00:00.000Z', [ABLE, row, BAKER]);
      const starts = row.includes('2030');
      expect(inJanuary).toMatchObject({ heldPast: starts ? 0 : 1, verified: 0 });
      expect(desk.kinds()).toEqual([starts ? 'seen-with-other-dates' : 'held-past-approval']);
    },
  );

  it('are those of the contract where ESR shows no end and every post ends on that day', async () => {
    await desk.begin();
    const id = await desk.keyed('SD-1', { end: '2026-12-31' });
    await desk.endPosts('20261231');
    await desk.holdings(NEXT, [ABLE, ENTRY(), BAKER]);
    expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
    // The contract is extended: the access runs on past what was approved.
    await desk.endPosts('20270630');
    await desk.holdings(LATER, [ABLE, ENTRY(), BAKER]);
    expect(desk.open()).toMatchObject([{ kind: 'seen-but-never-approved', requestId: id }]);
  });

  it('are settled by a matching later extract', async () => {
    await desk.begin();
    const id = await keyed();
    await desk.holdings(NEXT, [ABLE, ENTRY(), BAKER]);
    await desk.holdings(LATER, [ABLE, ENTRY('10-Nov-2026', '31-Dec-2026'), BAKER]);
    expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
  });

  it('mean the last day, or the first day without, as the trust found out', async () => {
    await desk.begin();
    const { settings } = desk.bench.context.access;
    desk.bench.context.access.transaction(() =>
      settings.write('settings', { endDateMeaning: 'first-day-without' }),
    );
    const id = await desk.keyed('SD-1', { end: '2027-01-01', until: '2026-12-31' });
    await desk.holdings(NEXT, [ABLE, ENTRY('10-Nov-2026', '01-Jan-2027'), BAKER]);
    expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
  });

  it('of two rows from one day, the one that does not end counts, in any order', async () => {
    for (const rows of [
      [ENTRY('10-Nov-2026', '11-Nov-2026'), ENTRY()],
      [ENTRY(), ENTRY('10-Nov-2026', '11-Nov-2026')],
    ]) {
      desk.close();
      desk = createProofDesk('verify', createImportFiles());
      await desk.begin();
      const id = await desk.keyed('SD-1');
      const outcome = await desk.holdings(NEXT, [ABLE, ...rows, BAKER]);
      expect(outcome.counts).toMatchObject({ read: 4, failed: 0, new: 2 });
      expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
    }
  });
});

describe('what an approval vouches for', () => {
  it('an access that was verified, ended, and comes back without a form is raised', async () => {
    await desk.begin();
    await desk.keyed('SD-1');
    await desk.holdings('2026-11-11T07:00:00.000Z', [ABLE, ENTRY(), BAKER]);
    await desk.holdings('2026-11-12T07:00:00.000Z', [ABLE, BAKER]);
    expect(desk.kinds()).toEqual([]);
    await desk.holdings('2026-11-13T07:00:00.000Z', [ABLE, ENTRY(), BAKER]);
    expect(desk.open()).toMatchObject([{ kind: 'seen-but-never-approved', urp: 'HR Data Entry' }]);
    expect(desk.open()[0]?.sentence).toContain('OneForm SD-1 approved it');
  });

  it('so is one of the starting position; and one that is there all along is not', async () => {
    await desk.begin();
    await desk.holdings('2026-11-11T07:00:00.000Z', [BAKER]);
    await desk.holdings('2026-11-12T07:00:00.000Z', [ABLE, BAKER]);
    expect(desk.open()).toMatchObject([
      { kind: 'seen-but-never-approved', employeeNumber: '10000002', person: 'Ann Name9002' },
    ]);
    expect(desk.open()[0]?.sentence).toContain('the starting position has it from 1 Jan 2026');
  });

  it('a local URP keeps its starting position through spellings, and when the catalogue learns it', async () => {
    const local = (name: string) => `10000002,919AABLE01,${name},01-Jan-2026,`;
    await desk.begin(true, [local('919 Ward - Rota Clerk'), BAKER]);
    await desk.holdings('2026-11-11T07:00:00.000Z', [local('919  ward – rota clerk'), BAKER]);
    expect(desk.kinds()).toEqual([]);
    const { access } = desk.bench.context;
    const catalogue = access.settings.read('catalogue') as { entries: { name: string; aliases: string[] }[] };
    const entries = [
      ...catalogue.entries,
      { ...catalogue.entries[5], name: 'Rota Clerk (Ward)', aliases: ['Ward Rota Clerk'] },
    ];
    access.transaction(() => access.settings.write('catalogue', { ...catalogue, entries } as never));
    await desk.holdings('2026-11-12T07:00:00.000Z', [local('919 Ward Rota Clerk'), BAKER]);
    expect(desk.kinds()).toEqual([]);
  });

  it('what a person settled stays settled until something about it changes', async () => {
    await desk.begin(false, [ABLE, BAKER]);
    const { access } = desk.bench.context;
    for (const { id } of desk.open())
      access.findings.settle(id, { at: START, by: 'u', settlement: 'Known.' });
    await desk.holdings('2026-11-11T07:00:00.000Z', [ABLE, BAKER]);
    expect(desk.kinds()).toEqual([]);
    await desk.holdings('2026-11-12T07:00:00.000Z', [ABLE.replace(/,$/, ',31-Dec-2026'), BAKER]);
    expect(desk.open()).toMatchObject([{ employeeNumber: '10000002' }]);
  });
});

describe('a row that cannot be read', () => {
  it('takes nothing from anybody: a rewritten number leaves the request keyed, and the report says what is not proved', async () => {
    await desk.begin();
    const id = await desk.keyed('SD-1');
    const rows = [
      '1.00E+07,919AABLE01,919 Local Reports,01-Jan-2026,',
      '1.00E+07,919AABLE01,919 HR Data Entry,01-Jan-2026,',
      BAKER,
    ];
    const dry = desk.preview(NEXT, rows);
    expect(dry.failures).toMatchObject([{ count: 2, lines: [2, 3] }]);
    expect(dry.remarks.join()).toContain('proves no absence');
    const outcome = await desk.holdings(NEXT, rows);
    expect(outcome.counts).toMatchObject({ failed: 2, ended: 0 });
    expect(outcome.remarks.join()).toContain('proves no absence');
    expect(outcome.provesNothing).toEqual([expect.stringContaining('could not be read')]);
    expect([desk.status(id), desk.kinds(), desk.held().length]).toEqual(['keyed', [], 2]);
  });

  it('holds its own person alone, where it surely says who that is', async () => {
    await desk.begin();
    const able = await desk.keyed('SD-1');
    const baker = await desk.keyed('SD-2', { number: '10000003' });
    const outcome = await desk.holdings(NEXT, [ABLE.replace('01-Jan', '31-Feb'), BAKER]);
    expect(outcome.counts).toMatchObject({ failed: 1, ended: 0 });
    expect([desk.status(able), desk.status(baker)]).toEqual(['keyed', 'not-seen']);
    expect(outcome.remarks.join()).toContain('1 person');
  });

  it('of another trust’s number may be mistyped: whoever it names keeps what is known', async () => {
    await desk.begin();
    const id = await desk.keyed('SD-1');
    await desk.holdings(NEXT, [ABLE, BAKER, ENTRY().replace('919 HR', '918 HR')]);
    expect([desk.status(id), desk.kinds()]).toEqual(['keyed', []]);
    // Of whom nobody here has heard, it holds nobody.
    await desk.holdings(LATER, [ABLE, BAKER, ',918OTHER01,918 HR Data Entry,10-Nov-2026,']);
    expect(desk.status(id)).toBe('not-seen');
  });

  it('in the first extract leaves its people’s access to be looked at, and says why', async () => {
    await desk.begin(true, [ABLE.replace('01-Jan', '31-Feb'), BAKER]);
    await desk.holdings(NEXT, [ABLE, BAKER]);
    expect(desk.open()).toMatchObject([{ kind: 'seen-but-never-approved', employeeNumber: '10000002' }]);
    expect(desk.open()[0]?.sentence).toContain('could not be read when the starting position was taken');
    // What starts later than that did not stand then, however it was written.
    await desk.holdings(LATER, [ABLE, BAKER, ENTRY('17-Nov-2026')]);
    const later = desk.open().find(({ urp }) => urp === 'HR Data Entry');
    expect(later?.sentence).not.toContain('could not be read');
  });
});

describe('the starting position', () => {
  it('is taken anew by the owner, with a reason, without their own access', async () => {
    await desk.begin(true, [ABLE.replace('01-Jan', '31-Feb'), BAKER]);
    await desk.holdings(NEXT, [ABLE, BAKER.replace('01-Jan', '02-Feb')]);
    expect(desk.kinds()).toHaveLength(2);
    const { access, clock } = desk.bench.context;
    const store = { access, register: createRegisterReader(desk.bench.store.db) };
    const owner = (employeeNumber: string | null) => ({
      ...{ store, clock },
      actor: { ...ACTOR, userId: 'owner', employeeNumber, roles: ['owner' as const] },
    });
    const input = { reason: 'A row of the first file could not be read.' };
    expect(() => takeStartingPosition(owner(null), input)).toThrow(
      'Nobody can tell which access is your own',
    );
    expect(takeStartingPosition(owner('10000003'), input)).toEqual({ accepted: 1, settled: 1, unknown: 0 });
    expect(desk.open()).toMatchObject([{ employeeNumber: '10000003' }]);
    expect(desk.events('imports.takeStartingPosition')).toMatchObject([{ actor: 'owner' }]);
    await desk.holdings(LATER, [ABLE, BAKER.replace('01-Jan', '02-Feb')]);
    expect(desk.open()).toMatchObject([{ employeeNumber: '10000003' }]);
  });
});

describe('whoever accepts what stands', () => {
  it('accepts none of their own, nor, taken anew, what may be their own', async () => {
    desk.bench.actAs('10000002');
    await desk.begin();
    expect(desk.open()).toMatchObject([{ kind: 'seen-but-never-approved', employeeNumber: '10000002' }]);
    const { access, clock } = desk.bench.context;
    const store = { access, register: createRegisterReader(desk.bench.store.db) };
    const take = (employeeNumber: string) =>
      takeStartingPosition(
        { store, clock, actor: { ...ACTOR, userId: 'owner', employeeNumber, roles: ['owner'] } },
        { reason: 'Taken anew.' },
      );
    // Nobody knows whose the account is, and the Chief has none that anybody knows of.
    await desk.holdings(NEXT, [ABLE, BAKER, ',919WHO01,919 Local Reports,01-Jan-2026,']);
    expect(take('10000001')).toMatchObject({ accepted: 2, unknown: 1 });
    expect(desk.open()).toMatchObject([{ username: '919WHO01' }]);
    expect(take('10000003')).toMatchObject({ accepted: 2, unknown: 0, settled: 1 });
  });

  it('accepts the end that ESR has, whatever an end date is found out to mean', async () => {
    const until = '10000003,919BBAKE01,919 Local Reports,01-Jan-2026,31-Dec-2026';
    const { settings } = desk.bench.context.access;
    const mean = (endDateMeaning: string) =>
      desk.bench.context.access.transaction(() => settings.write('settings', { endDateMeaning }));
    mean('first-day-without');
    await desk.begin(true, [ABLE, until]);
    mean('last-day');
    await desk.holdings(NEXT, [ABLE, until]);
    expect(desk.kinds()).toEqual([]);
  });
});

describe('an account that was shut', () => {
  const HEADS = 'Employee Number,Username,Responsibility,Start Date,End Date,Account End Date';
  const shut = (end: string) =>
    `${HEADS}\n10000002,919AABLE01,919 Local Reports,01-Jan-2026,,${end}\n${BAKER},\n`;
  const reader = () => createRegisterReader(desk.bench.store.db);

  it('gives no access, so it is no starting position, nobody’s count, and raised when it opens again', async () => {
    await desk.begin();
    await desk.holdings(NEXT, shut('13-Nov-2026'));
    expect(reader().holdingsOf('10000002')).toMatchObject([{ endDate: null, accountEnd: '2026-11-13' }]);
    expect([...reader().countHolders('2026-11-16').values()]).toEqual([1]);
    const { access } = desk.bench.context;
    const actor = { ...ACTOR, userId: 'owner', employeeNumber: '10000001', roles: ['owner' as const] };
    const owner = { store: { access, register: reader() }, clock: desk.bench.context.clock, actor };
    expect(takeStartingPosition(owner, { reason: 'Taken anew.' })).toEqual({
      accepted: 1,
      settled: 0,
      unknown: 0,
    });
    await desk.holdings(LATER, shut(''));
    expect(desk.open()).toMatchObject([{ kind: 'seen-but-never-approved', employeeNumber: '10000002' }]);
  });
});

describe('the age of what is known', () => {
  const reader = () => createRegisterReader(desk.bench.store.db);
  const latest = () => reader().sources().get('holdings')?.takenAt;
  const whole = (number: string) => reader().lastReadWhole('holdings', [number])?.takenAt;

  it('is that of what was read: per person where a row of theirs could not be', async () => {
    await desk.begin();
    expect(reader().anyUnread()).toBe(false);
    await desk.holdings(NEXT, [ABLE.replace('01-Jan', '31-Feb'), BAKER]);
    expect([latest(), whole('10000002'), whole('10000003')]).toEqual([NEXT, START, NEXT]);
    expect(reader().anyUnread()).toBe(true);
    // Nobody can tell whose the row is: then everybody's is older.
    await desk.holdings(LATER, [ABLE.replace('10000002,919AABLE01', '1.00E+07,'), BAKER]);
    expect([latest(), whole('10000002'), whole('10000003')]).toEqual([LATER, START, NEXT]);
    await desk.holdings('2026-11-19T07:00:00.000Z', [ABLE, BAKER]);
    expect([whole('10000002'), reader().anyUnread()]).toEqual(['2026-11-19T07:00:00.000Z', false]);
  });

  it('is not renewed by an older extract that comes in later', async () => {
    await desk.begin();
    await desk.holdings(LATER, [ABLE, BAKER]);
    await desk.holdings(NEXT, [ABLE, BAKER]);
    expect(latest()).toBe(LATER);
  });
});

describe('an exception of a request', () => {
  const openOf = (id: string) =>
    desk.bench.context.access.findings.openOf(id).map(({ kind, requestId }) => [kind, requestId === id]);
  const other = ENTRY('12-Nov-2026', '31-Jan-2027');
  const raise = async () => {
    await desk.begin();
    const id = await desk.keyed('SD-1', { end: '2026-12-31' });
    await desk.holdings(NEXT, [ABLE, other, BAKER]);
    expect(openOf(id)).toEqual([['seen-with-other-dates', true]]);
    return id;
  };

  it('is found by it until ESR was put right, and then the program settles it', async () => {
    const id = await raise();
    await desk.holdings(LATER, [ABLE, ENTRY('10-Nov-2026', '31-Dec-2026'), BAKER]);
    expect([openOf(id), desk.status(id)]).toEqual([[], 'verified']);
    expect(desk.events('findings.settle').at(-1)?.actor).toBeNull();
  });

  it('is settled by the next extract as well where what was recorded is put right', async () => {
    const id = await raise();
    desk.change(id, (request) => {
      const { keyed } = request.progress;
      if (!keyed) throw new Error('it was keyed');
      const right = { ...keyed, startDate: '2026-11-12', endDate: '2027-01-31' };
      return { ...request, progress: { ...request.progress, keyed: right } };
    });
    await desk.holdings(LATER, [ABLE, other, BAKER]);
    expect([openOf(id), desk.status(id), desk.kinds()]).toEqual([[], 'verified', []]);
  });
});

describe('two people whose numbers were exchanged', () => {
  const swapped = (row: string) =>
    row.replace(/^1000000[23]/, (number) => (number === '10000002' ? '10000003' : '10000002'));
  const HELD = '10000002,919AABLE01,919 Local Payroll list,01-Jan-2026,';

  it('keep what was keyed and accepted for each', async () => {
    await desk.begin(true, [HELD, BAKER]);
    const id = await desk.keyed('SD-1');
    await desk.swapNumbers();
    await desk.holdings(NEXT, [HELD, BAKER, ENTRY()].map(swapped));
    expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
    const shown = desk.bench.store.db
      .prepare<[], string>("select person from request where reference = 'SD-1'")
      .pluck()
      .get();
    expect(shown).toContain('Name9002');
  });

  it('prove nothing for one another', async () => {
    await desk.begin(true, [HELD, BAKER]);
    const id = await desk.keyed('SD-1');
    await desk.swapNumbers();
    // The other one's number is the first one's old one: what stands under it is the other's.
    await desk.holdings(NEXT, [...[HELD, BAKER].map(swapped), ENTRY()]);
    expect(desk.status(id)).toBe('not-seen');
    expect(desk.open()).toMatchObject([
      { kind: 'keyed-but-not-seen', employeeNumber: '10000003', personId: '9002' },
      { kind: 'seen-but-never-approved', employeeNumber: '10000002', personId: '9003' },
    ]);
    const reader = createRegisterReader(desk.bench.store.db);
    expect(reader.holdingsOf('10000002').map(({ exportedName }) => exportedName)).toEqual([
      'HR Data Entry',
      'Local Reports',
    ]);
    expect(reader.holdingsOf('10000003').map(({ exportedName }) => exportedName)).toEqual([
      'Local Payroll list',
    ]);
  });

  it('keep their findings, settled and open', async () => {
    await desk.begin(false, [HELD, BAKER]);
    const [first] = desk.open();
    desk.bench.context.access.transaction(() =>
      desk.bench.context.access.findings.settle(first?.id ?? '', {
        ...{ at: START, by: 'u', settlement: 'Asked.' },
      }),
    );
    await desk.swapNumbers();
    await desk.holdings(NEXT, [HELD, BAKER].map(swapped));
    expect(desk.open()).toHaveLength(1);
  });
});

it('a record that was made anew under its number is whom it was', async () => {
  await desk.begin();
  const id = await desk.keyed('SD-1');
  await desk.remake();
  await desk.holdings(NEXT, [ABLE, BAKER, ENTRY()]);
  expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
});

describe('one person under another number', () => {
  it('keeps the keyed request, the starting position and what is known of them', async () => {
    await desk.begin();
    const id = await desk.keyed('SD-1');
    await desk.renumber();
    const rows = [ABLE, ENTRY()].map((row) => row.replace('10000002', '10000009'));
    expect(desk.preview(NEXT, [...rows, BAKER]).asksReason).toEqual([]);
    const outcome = await desk.holdings(NEXT, [...rows, BAKER], { reason: null });
    expect(outcome).toMatchObject({ verified: 1, neverApproved: 0, notSeen: 0 });
    expect([desk.status(id), desk.kinds()]).toEqual(['verified', []]);
    // And goes once it is seen no more under any number.
    await desk.holdings(LATER, [BAKER]);
    await desk.holdings('2026-11-19T07:00:00.000Z', [rows[0] ?? '', BAKER]);
    expect(desk.kinds()).toEqual(['seen-but-never-approved']);
  });
});

describe('a quotation mark that is not closed', () => {
  it('fails the record with its lines, holds everybody in it, and verifies nothing', async () => {
    await desk.begin();
    const able = await desk.keyed('SD-1');
    const baker = await desk.keyed('SD-2', { number: '10000003' });
    const text = [
      'Employee Number,User Name,Full Name,Responsibility,Start Date,End Date',
      '10000001,919CHIEF01,"X",919 Employee Self Service,01-Jan-2020,',
      '10000002,919AABLE01,"Able Ann,919 Local Reports,01-Jan-2026,',
      '10000003,919BBAKE01,"Baker",919 HR Data Entry,10-Nov-2026,',
      '',
    ].join('\r\n');
    const outcome = await desk.holdings(NEXT, text);
    expect(outcome.counts).toMatchObject({ ended: 0, new: 1 });
    expect(outcome.counts.failed).toBeGreaterThan(0);
    expect([desk.status(able), desk.status(baker), desk.kinds()]).toEqual(['keyed', 'keyed', []]);
    expect([outcome.verified, outcome.provesNothing.length]).toEqual([0, 2]);
  });
});

describe('an extract older than one read before', () => {
  it('adds history, takes no newer one’s place, raises nothing, and says so', async () => {
    await desk.begin();
    const id = await desk.keyed('SD-1');
    await desk.holdings(NEXT, [ABLE, BAKER]);
    const before = desk.held();
    const older = '2026-11-12T07:00:00.000Z';
    expect(desk.preview(older, [ENTRY()]).counts).toMatchObject({ new: 1, ended: 0 });
    const outcome = await desk.holdings(older, [ENTRY()]);
    expect(outcome).toMatchObject({ verified: 0, neverApproved: 0, settled: 0 });
    expect(outcome.counts).toMatchObject({ new: 1, ended: 0 });
    expect(outcome.remarks.join()).toContain('older than the one of');
    expect(outcome.provesNothing).toEqual([expect.stringContaining('is older than')]);
    expect([desk.held(), desk.status(id)]).toEqual([before, 'not-seen']);
    const rows = 'select count(*) from holding where until_import_id is not null';
    expect(desk.bench.store.db.prepare(rows).pluck().get()).toBe(1);
  });
});

describe('a file that would end much', () => {
  it('names who would lose what, and is taken only with a reason, from the first row on', async () => {
    await desk.begin();
    const [asked] = desk.preview(NEXT, [BAKER]).asksReason;
    expect(asked).toMatchObject({
      why: 'loses-much',
      sentence: expect.stringContaining('1 of 2 rows of Holdings in force would end, of 1 person'),
      people: [{ name: 'Ann Name9002', number: '10000002' }],
    });
    const state = desk.bench.state();
    await expect(desk.holdings(NEXT, [BAKER], { reason: null })).rejects.toMatchObject({ code: 'REFUSED' });
    expect(desk.bench.state()).toBe(state);
    await desk.holdings(NEXT, [BAKER], { reason: 'She left the project.' });
    expect(desk.held()).toHaveLength(1);
  });

  it('asks the same where it ends them by their dates', async () => {
    await desk.begin();
    expect(desk.preview(NEXT, [ABLE.replace(/,$/, ',31-Oct-2026'), BAKER]).asksReason).toHaveLength(1);
    expect(desk.preview(NEXT, [ABLE, BAKER]).asksReason).toEqual([]);
  });

  it('asks the same where it shuts the accounts', async () => {
    const HEADS = 'Employee Number,Username,Responsibility,Start Date,End Date,Account End Date';
    await desk.begin();
    const shut = `${HEADS}\n${ABLE},13-Nov-2026\n${BAKER},13-Nov-2026\n`;
    expect(desk.preview(NEXT, shut).asksReason[0]?.people).toHaveLength(2);
  });

  it('has ended nothing where it says the same of the same people in other words', async () => {
    await desk.begin(true, [ABLE, BAKER, '10000003,919BBAKE01,919 Ward XYZ List,01-Jan-2026,']);
    const other = [
      ABLE.replace('919 Local Reports', 'LOCAL  REPORTS'),
      BAKER.replace('919 Local Reports', '919-Local Reports'),
      '10000003,919BBAKE01,Ward XYZ list,01-Jan-2026,',
    ];
    expect(desk.preview(NEXT, other).asksReason).toEqual([]);
    expect(desk.preview(NEXT, other.slice(0, 2)).asksReason).toHaveLength(1);
  });

  it('counts whoever it names by their account alone, once it was confirmed whose that is', async () => {
    await desk.begin();
    const byAccount = [ABLE, BAKER].map((row) => row.replace(/^\d+/, ''));
    expect(desk.preview(NEXT, byAccount).asksReason[0]?.people).toHaveLength(2);
    const { access } = desk.bench.context;
    access.transaction(() =>
      access.accounts.confirm({
        ...{ username: '919AABLE01', personId: '9002', employeeNumber: '10000002' },
        ...{ confirmedAt: START, confirmedBy: 'u' },
      }),
    );
    expect(desk.preview(NEXT, byAccount).asksReason[0]?.people).toEqual([
      { name: 'Ann Name9003', number: '10000003' },
    ]);
    await desk.holdings(NEXT, byAccount);
    // And back: the account alone was known, and the file has the number again, or a new one.
    expect(desk.preview(LATER, [ABLE, ...byAccount.slice(1)]).asksReason).toEqual([]);
    expect(desk.preview(LATER, byAccount.slice(1)).asksReason).toHaveLength(1);
    await desk.renumber();
    const renumbered = ABLE.replace('10000002', '10000009');
    expect(desk.preview(LATER, [renumbered, ...byAccount.slice(1)]).asksReason).toEqual([]);
  });

  it('has ended nothing where its rows were over already', async () => {
    await desk.begin(true, [ABLE.replace(/,$/, ',12-Nov-2026'), BAKER]);
    expect(desk.preview(NEXT, [BAKER]).asksReason).toEqual([]);
  });

  it('goes by the share that the owner set', async () => {
    await desk.begin();
    const { access } = desk.bench.context;
    access.transaction(() => access.settings.write('settings', { largestLossPercent: 50 }));
    expect(desk.preview(NEXT, [BAKER]).asksReason).toEqual([]);
    access.transaction(() => access.settings.write('settings', { largestLossPercent: 49 }));
    expect(desk.preview(NEXT, [BAKER]).asksReason).toHaveLength(1);
  });
});
