import { expect, it } from 'vitest';
import type { Input, Output } from '../../../../electron/contract/contract.ts';
import type { FindingRow } from '../../../../electron/contract/findings.contract.ts';
import { draftKey, findKept, PREFIX } from './kept-finding.ts';

const rowOf = (id: string, settledAt: string | null): FindingRow => ({
  id,
  kind: 'keyed-but-not-seen',
  employeeNumber: '20000001',
  person: 'Somebody',
  urp: 'Payroll Administration',
  username: '',
  requestId: null,
  shown: null,
  approved: null,
  sentence: '',
  nextAction: '',
  raisedAt: '2026-11-20T12:00:00.000Z',
  extractTakenAt: '2026-11-20T12:00:00.000Z',
  settledAt,
  settledBy: null,
  settlement: null,
});
const OPEN = Array.from({ length: 700 }, (_, index) => rowOf(`open-${index}`, null));
const SETTLED = [rowOf('settled-0', '2026-11-20T12:00:00.000Z')];

let asked: Input<'findings:list'>[] = [];
const list = async (input: Input<'findings:list'>): Promise<Output<'findings:list'>> => {
  asked.push(input);
  const all = input.open ? OPEN : SETTLED;
  const openByKind = {
    'keyed-but-not-seen': OPEN.length,
    'seen-but-never-approved': 0,
    'keyed-no-longer-grantable': 0,
    'seen-with-other-dates': 0,
    'held-past-approval': 0,
  };
  return { total: all.length, openByKind, rows: all.slice(input.offset, input.offset + input.limit) };
};
const find = async (...names: readonly [id: string, step: 'settle' | 'reopen'][]) => {
  asked = [];
  const found = await findKept(
    names.map(([id, step]) => draftKey(id, step).slice(PREFIX.length)),
    list,
  );
  return found?.id ?? null;
};

it('is found wherever it stands in the list, open or settled', async () => {
  expect(await find(['open-3', 'settle'])).toBe('open-3');
  expect(asked).toHaveLength(1);
  expect(await find(['open-699', 'settle'])).toBe('open-699');
  expect(asked).toHaveLength(2);
  expect(await find(['settled-0', 'reopen'])).toBe('settled-0');
  expect(asked.map(({ open }) => open)).toEqual([false]);
});

it('is not found where it was settled or opened by somebody else meanwhile, and the next that was kept is', async () => {
  expect(await find(['settled-0', 'settle'])).toBeNull();
  expect(await find(['open-3', 'reopen'])).toBeNull();
  expect(await find(['gone', 'settle'], ['settled-0', 'reopen'])).toBe('settled-0');
});

it('asks for nothing where nothing was kept', async () => {
  expect(await find()).toBeNull();
  expect(asked).toEqual([]);
});
