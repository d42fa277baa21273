import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { decide } from '../../electron/domain/requests/transitions.ts';
import { CancelledError } from '../../electron/services/ground/ports.ts';
import { whoResolver } from '../../electron/services/ground/who-is-who.ts';
import { restsOnImport, undoImport } from '../../electron/services/imports/undo-import.ts';
import { verifyLedger } from '../../electron/services/ledger/verify-ledger.ts';
import { goName, goText, person, SMALL } from './testing/go-text.ts';
import { ACTOR } from './testing/import-bench.ts';
import { ABLE, BAKER, createProofDesk, NEXT, type ProofDesk, START } from './testing/proof-desk.ts';
import { createImportUndo } from './undo-import.ts';

let desk: ProofDesk;
beforeEach(() => {
  desk = createProofDesk('undo', createImportFiles());
});
afterEach(() => desk.close());

const OWNER = { ...ACTOR, userId: 'owner', roles: ['owner' as const] };
const WHY = 'It was the test system.';

const undoes = () => ({ ...desk.bench.context, undo: createImportUndo(desk.bench.store.db) });
const undo = (id: string) => undoImport(undoes(), { id, reason: WHY }, OWNER);
const rests = (id: string) => restsOnImport(undoes().undo, { id });
const pluck = (sql: string): unknown[] => desk.bench.store.db.prepare(sql).pluck().all();
const latest = () => String(pluck('select id from import order by rowid desc limit 1')[0]);

const write = (name: string, text: string): string => {
  const folder = join(desk.bench.dir, `own-${latest()}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const go = async (run = 101, rows: readonly string[] = SMALL) => {
  await desk.bench.apply(write(goName({ run }), goText({ run }, rows)), { kind: 'go' });
  return latest();
};
const forms = async (numbers: readonly string[]) => {
  const form = (number: string, i: number) => ({
    reference: `SD-${i}`,
    submittedAt: '2026-11-05T09:00:00Z',
    requester: { name: 'R', employeeNumber: '10000001' },
    beneficiary: { number, name: 'Typed Name' },
    accessRequested: '919 HR Data Entry',
    justification: 'Need',
    lineManager: { name: 'L', employeeNumber: '10000001' },
    authorisation: null,
    attachments: [],
  });
  const all = { source: 'Portal', exportedAt: '2026-11-05T10:00:00Z', forms: numbers.map(form) };
  await desk.bench.apply(write('forms.json', JSON.stringify(all)), { kind: 'oneforms' });
  return latest();
};
/** Every table but the ledger, the list of imports and what counts changes of requests. */
const contents = () =>
  [
    'location',
    'organisation',
    'position',
    'person',
    'assignment',
    'holding',
    'as_number',
    'training',
    'same_person',
    'starting_position',
    'unread_person',
    'column_mapping',
    'person_place',
    'request_version',
  ].map((table) => [table, pluck(`select count(*) from ${table}`)[0]]);
const found = (text: string) =>
  desk.bench.context.register.searchPeople(text, '2026-11-20', { offset: 0, limit: 9 }).rows.length;

describe('a first import that was wrong', () => {
  it('goes as if it had not been, for the register, and its next run may be any', async () => {
    const before = contents();
    const id = await go();
    expect(found('name9002')).toBe(1);
    expect(rests(id)).toEqual({ rests: [], effects: ['9 rows that it brought go.'] });
    expect(await undo(id)).toEqual({
      sentence: expect.stringMatching(/: import undone, 9 rows taken out\.$/),
    });
    expect(contents()).toEqual(before);
    expect(found('name9002')).toBe(0);
    expect(desk.bench.context.register.sources().get('go')).toBeUndefined();
    expect(desk.bench.context.imports.lastRun()).toBeNull();
    expect(desk.bench.context.register.personDetail('10000002', '2026-11-20')).toBeNull();
    // The right file is the first again, and a lower run is not out of turn.
    await go(7);
    expect(desk.bench.context.imports.lastRun()).toBe(7);
    expect(found('name9002')).toBe(1);
  });

  it('leaves nobody one with anybody', async () => {
    const card = { 29: '555000000123' };
    const before = contents();
    const id = await go(101, [...SMALL.slice(0, 3), person(9002, 'Able', card), person(9003, 'Able', card)]);
    expect(pluck('select count(*) from same_person')).toEqual([1]);
    await undo(id);
    expect(contents()).toEqual(before);
  });

  it('has approvals judged by what is left', async () => {
    await go();
    const id = await desk.keyed('SD-1');
    desk.change(id, ({ progress, ...request }) => ({
      ...request,
      progress: { ...progress, status: 'approved', keyed: null },
    }));
    const facts = () =>
      desk.bench.context.access.requests.get(id)?.request.progress.objection?.points.map(({ fact }) => fact);
    await desk.holdings(START, [ABLE], { startingPosition: true });
    await undo(latest());
    const without = facts();
    await desk.holdings(START, ['10000002,919AABLE01,919 HR Data Entry,01-Jan-2026,'], {
      startingPosition: true,
    });
    expect(facts()).not.toEqual(without);
    await undo(latest());
    expect(facts()).toEqual(without);
  });

  it('leaves both events in the ledger, the reason sealed, and the import in the list', async () => {
    const id = await go();
    await undo(id);
    expect(desk.events('imports.apply')).toHaveLength(1);
    expect(desk.events('imports.undo')).toMatchObject([{ actor: 'owner' }]);
    const event = String(pluck("select event from ledger_event where operation = 'imports.undo'")[0]);
    expect(event).not.toContain(WHY);
    expect(pluck("select value from ledger_disclosure where field = 'reason'")).toContain(
      JSON.stringify(WHY),
    );
    const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();
    expect(verifyLedger(desk.bench.context.access.ledger, sha256, desk.bench.context.job)).toMatchObject({
      sound: true,
    });
    expect(desk.bench.context.register.listImports({ offset: 0, limit: 9 }).rows).toMatchObject([
      { id, first: false, undoneBy: 'owner' },
    ]);
  });

  it('gives back the forms it matched, and they are matched again by the right file', async () => {
    await forms(['10000002', '77777777']);
    const id = await go();
    const first = desk.bench.context.access.requests.byReference('SD-0');
    expect(first).toMatchObject({ person: expect.stringContaining('Name9002') });
    expect(rests(id).effects).toContain('1 request goes back to unmatched.');
    await undo(id);
    expect(pluck("select status || ' ' || person from request order by reference")).toEqual([
      'unmatched Typed Name',
      'unmatched Typed Name',
    ]);
    await go(3);
    expect(pluck('select status from request order by reference')).toEqual(['new', 'unmatched']);
  });

  it('takes the starting position and its exceptions along, and the next file asks anew', async () => {
    await go();
    const before = contents();
    await desk.holdings(START, [ABLE], { startingPosition: false });
    const raised = latest();
    expect(rests(raised).effects).toEqual([
      '1 row that it brought goes.',
      '1 exception that it raised is settled.',
    ]);
    await undo(raised);
    expect([contents(), desk.kinds()]).toEqual([before, []]);
    expect(desk.events('findings.settle')).toMatchObject([{ actor: null }]);

    await expect(desk.holdings(START, [ABLE, BAKER])).rejects.toMatchObject({ code: 'REFUSED' });
    await desk.holdings(START, [ABLE, BAKER], { startingPosition: true });
    expect(rests(latest()).effects).toContain(
      '2 holdings of the starting position go. The next holdings file asks again.',
    );
    await undo(latest());
    expect(contents()).toEqual(before);
    // What was settled with the undo is raised anew where the right file shows it.
    await desk.holdings(NEXT, [ABLE], { startingPosition: false });
    expect(desk.kinds()).toEqual(['seen-but-never-approved']);
  });

  it('takes forms that nobody has touched, and they come in anew', async () => {
    await go();
    const id = await forms(['10000002', '77777777']);
    expect(rests(id)).toEqual({ rests: [], effects: ['2 requests that it brought go.'] });
    await undo(id);
    expect(pluck('select count(*) from request')).toEqual([0]);
    await forms(['10000003']);
    expect(pluck('select beneficiary_number from request')).toEqual(['10000003']);
  });

  it('goes back one after the other, the newest first', async () => {
    const before = contents();
    const first = await go();
    const second = await forms(['10000002']);
    await desk.holdings(START, [ABLE], { startingPosition: true });
    const third = latest();
    expect(rests(first).rests).toEqual([expect.stringContaining('2 files came in after it')]);
    await expect(undo(second)).rejects.toMatchObject({ code: 'REFUSED' });
    for (const id of [third, second, first]) await undo(id);
    expect(contents()).toEqual(before);
  });

  it('is left whole where the undo is cancelled', async () => {
    await forms(['10000002']);
    const id = await go();
    const before = desk.bench.state();
    for (let look = 0; look < 4; look += 1) {
      desk.bench.cancelAt(look);
      await expect(undo(id)).rejects.toThrow(CancelledError);
      expect(desk.bench.state()).toBe(before);
    }
    desk.bench.cancelAt(null);
    await undo(id);
  });
});

describe('an import on which something rests', () => {
  const refused = async (id: string, sentence: string) => {
    const before = desk.bench.state();
    expect(rests(id).rests.join(' ')).toContain(sentence);
    await expect(undo(id)).rejects.toMatchObject({
      code: 'REFUSED',
      message: expect.stringContaining(sentence),
    });
    expect(desk.bench.state()).toBe(before);
  };

  it('stays: a second of its kind', async () => {
    await go();
    await go(102);
    await refused(latest(), 'It is not the first file of its kind.');
  });

  it('stays: a step on a request', async () => {
    await go();
    const id = await forms(['10000002']);
    const { access, clock } = desk.bench.context;
    const stored = access.requests.byReference('SD-0');
    if (stored === null) throw new Error('no request');
    const who = whoResolver(access.who);
    const decision = decide(
      stored.request,
      { kind: 'withdraw', reason: 'Not needed.' },
      { actor: ACTOR, now: clock.now(), who },
    );
    if (!decision.ok) throw new Error(decision.sentence);
    access.transaction(() => {
      access.requests.update({ ...stored, request: decision.next, revision: 2 }, 1);
      access.ledger.append({ ...decision.event, at: clock.now(), actor: ACTOR, outcome: 'done' });
    });
    await refused(id, 'People have worked with it: 1 step on a request since.');
  });

  it('stays: a keyed request that it proved', async () => {
    await go();
    await desk.keyed('SD-1');
    await desk.holdings(NEXT, ['10000002,919AABLE01,919 HR Data Entry,10-Nov-2026,'], {
      startingPosition: true,
    });
    await refused(latest(), '1 keyed request was compared with it.');
  });

  it('stays: it is gone already, or never was', async () => {
    const id = await go();
    await undo(id);
    await refused(id, 'It was undone before.');
    expect(() => rests('nobody')).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }));
    await expect(undo('nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
