import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../electron/adapters/tabular-files/import-files.ts';
import { person, post } from './testing/go-text.ts';
import { createPeopleWorld, type PeopleWorld } from './testing/people-world.ts';

const CHIEF = '10000001,919CHIEF01,919 Employee Self Service,01-Jan-2026,';
const SEEN = '10000002,919AABLE01,919 HR Data Entry,12-Nov-2026,';
const card = (id: number) => ({ 29: `10000000${id}` });
/** The columns by which a post is under somebody. */
const under = (id: number) => ({ 15: id, 16: id + 5_300_000, 18: id });
const able = (change: object = {}) => person(9002, 'Able', { ...card(9002), ...change });
/** The record that Able came back under, with the same card. */
const ableAgain = (from: string) => person(9012, 'Able', { ...card(9002), 4: 10000012, 2: from, 16: from });
const BAKER = [person(9003, 'Baker', card(9003)), post(9003)];
const ENDED = { 17: '20261010', 33: 'EX_EMP' };

let world: PeopleWorld;
beforeEach(async () => {
  world = createPeopleWorld('former', createImportFiles());
  world.bench.setNow('2026-11-16T09:00:00.000Z');
  await world.go(101, '20261102', [able(), post(9002, under(9003)), ...BAKER]);
  await world.training('2026-11-09T05:00:00.000Z', ['10000002', '10000009', '10000012']);
  await world.holdings('2026-11-09T07:00:00.000Z', [CHIEF], true);
});
afterEach(() => world.bench.close());

const keyedOn = (id: string) =>
  world
    .detail(id)
    .keying.flatMap(({ values }) => values)
    .find(({ label }) => label === 'Assignment number')?.value;

describe('somebody who came back under a new record, the old one ended by its date alone', () => {
  it('has no post where the new record has none', async () => {
    const id = await world.approved('10000002', '10000003');
    await world.go(102, '20261115', [able(ENDED), post(9002, under(9003)), ableAgain('20261101'), ...BAKER]);
    expect(world.against(id)).toMatch(/no current post/);
  });

  it('is judged by the manager of the new post', async () => {
    const id = await world.approved('10000002', '10000003');
    const newPost = post(9012, { 7: 10000012, 3: '20261101' });
    await world.go(102, '20261115', [
      able(ENDED),
      post(9002, under(9003)),
      ableAgain('20261101'),
      newPost,
      ...BAKER,
    ]);
    expect(world.against(id)).toMatch(/ESR shows Ann Chief/);
    expect(world.detail(id).person?.assignmentNumber).toBe('10000012');
  });

  it('retires and returns the day after: each day has its own manager', async () => {
    const id = await world.approved('10000002', '10000003');
    const back = [ableAgain('20261201'), post(9012, { 7: 10000012, 3: '20261201' })];
    await world.go(102, '20261115', [able({ 17: '20261130' }), post(9002, under(9003)), ...back, ...BAKER]);
    expect([world.against(id), keyedOn(id)]).toEqual(['', '10000002']);
    world.bench.setNow('2026-12-02T09:00:00.000Z');
    expect(world.against(id)).toMatch(/ESR shows Ann Chief/);
  });
});

describe('a post that the form names', () => {
  it('is not the one of the same suffix in another employment', async () => {
    await world.go(102, '20261104', [
      able(ENDED),
      post(9002, { 8: 'TERM_ASSIGN' }),
      post(9002, { 2: 7302, 7: '10000002-2', 8: 'TERM_ASSIGN', 21: 'No' }),
      ableAgain('20261101'),
      post(9012, { 7: 10000012, 3: '20261101' }),
      post(9012, { 2: 7312, 3: '20261101', 7: '10000012-2', 21: 'No', ...under(9003) }),
      ...BAKER,
    ]);
    const id = await world.form('10000002-2', '10000003');
    const inPost = world.detail(id).prerequisites.find((one) => one.id === 'in-post');
    expect(inPost).toMatchObject({ state: 'missing' });
    expect(inPost?.fact).toMatch(/ESR shows no such current post/);
  });

  it('stays the same one where the number goes to somebody else', async () => {
    const two = (number: string) => [
      able({ 4: number }),
      post(9002, { 7: number }),
      post(9002, { 2: 7302, 7: `${number}-2`, 21: 'No', ...under(9003) }),
    ];
    await world.go(102, '20261104', [...two('10000002'), ...BAKER]);
    await world.go(103, '20261105', [...two('10000009'), ...BAKER]);
    const id = await world.approved('10000002-2', '10000003');
    expect(keyedOn(id)).toBe('10000009-2');
    const somebody = [person(9004, 'New', { 4: 10000002 }), post(9004, { 7: 10000002 })];
    await world.go(104, '20261106', [...two('10000009'), ...BAKER, ...somebody]);
    expect([world.against(id), keyedOn(id)]).toEqual(['', '10000009-2']);
  });
});

describe('access that ESR shows of an approval that no longer holds', () => {
  const leaves = () => world.go(102, '20261115', [able({ ...ENDED, 17: '20261110' }), post(9002), ...BAKER]);

  it('is raised, and says why', async () => {
    const id = await world.approved('10000002', '10000003');
    await leaves();
    expect(world.against(id)).toMatch(/left on 10 Nov 2026/);
    world.bench.setNow('2026-11-17T09:00:00.000Z');
    await world.holdings('2026-11-17T07:00:00.000Z', [CHIEF, SEEN]);
    expect(world.open()).toMatchObject([{ kind: 'seen-but-never-approved' }]);
    expect(world.open()[0]?.sentence).toMatch(/OneForm SD-1 approved it .* that approval no longer holds/);
  });

  it('is raised as well where a day passed and no file has said so since', async () => {
    await world.go(102, '20261115', [able({ 17: '20261116' }), post(9002, under(9003)), ...BAKER]);
    const id = await world.approved('10000002', '10000003');
    expect(world.against(id)).toBe('');
    world.bench.setNow('2026-11-17T09:00:00.000Z');
    await world.holdings('2026-11-17T07:00:00.000Z', [CHIEF, SEEN]);
    expect(world.open()).toMatchObject([{ kind: 'seen-but-never-approved' }]);
    expect(world.against(id)).toMatch(/left on 16 Nov 2026/);
  });

  it('stays open where it was raised before', async () => {
    const id = await world.approved('10000002', '10000003');
    world.take('withdraw', id);
    world.bench.setNow('2026-11-17T09:00:00.000Z');
    await world.holdings('2026-11-17T07:00:00.000Z', [CHIEF, SEEN]);
    world.take('undo', id);
    await leaves();
    world.bench.setNow('2026-11-18T09:00:00.000Z');
    await world.holdings('2026-11-18T07:00:00.000Z', [CHIEF, SEEN]);
    expect(world.open()).toMatchObject([{ kind: 'seen-but-never-approved' }]);
  });

  it('is vouched for while all that is said against it is that ESR shows it already', async () => {
    await world.approved('10000002', '10000003');
    world.bench.setNow('2026-11-17T09:00:00.000Z');
    await world.holdings('2026-11-17T07:00:00.000Z', [CHIEF, SEEN]);
    world.bench.setNow('2026-11-18T09:00:00.000Z');
    await world.holdings('2026-11-18T07:00:00.000Z', [CHIEF, SEEN]);
    expect(world.open()).toEqual([]);
  });
});
