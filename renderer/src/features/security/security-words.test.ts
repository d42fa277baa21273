import { expect, it } from 'vitest';
import type { SecurityCheck } from '../../../../electron/contract/security.contract.ts';
import { countWords, STATE_MARKS, worstFirst } from './security-words.ts';

const check = (id: SecurityCheck['id'], state: SecurityCheck['state']): SecurityCheck => ({
  id,
  state,
  title: id,
  sentence: '',
  mend: '',
});
const CHECKS = [
  check('owners', 'green'),
  check('device', 'amber'),
  check('cipher', 'green'),
  check('wraps', 'red'),
  check('ledger', 'amber'),
];

it('shows the worst first, loses none, and keeps the order within a state', () => {
  expect(worstFirst(CHECKS).map(({ id }) => id)).toEqual(['wraps', 'device', 'ledger', 'owners', 'cipher']);
});

it('counts what there is, and says nothing of what there is not', () => {
  expect(countWords(CHECKS)).toBe('5 checks: 1 to mend now, 2 to look at, 2 in order.');
  expect(countWords([check('owners', 'green')])).toBe('1 check: 1 in order.');
});

it('each state differs by word and by shape, not by colour alone', () => {
  const marks = Object.values(STATE_MARKS);
  expect(new Set(marks.map(({ word }) => word)).size).toBe(3);
  expect(new Set(marks.map(({ shape }) => shape)).size).toBe(3);
});
