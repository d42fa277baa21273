import { expect, it } from 'vitest';
import { EMPTY_LEDGER_FILTER, ledgerFilter } from './ledger-filter.ts';

it('asks for everything while the boxes are empty', () => {
  expect(ledgerFilter(EMPTY_LEDGER_FILTER)).toEqual({
    text: '',
    operation: null,
    actor: null,
    outcome: null,
    from: null,
    to: null,
  });
});

it('counts both days whole, on London’s clock', () => {
  const filter = ledgerFilter({ ...EMPTY_LEDGER_FILTER, from: '2026-07-01', to: '2026-07-01' });
  expect(filter.from).toBe('2026-06-30T23:00:00.000Z');
  expect(filter.to).toBe('2026-07-01T22:59:59.999Z');
});
