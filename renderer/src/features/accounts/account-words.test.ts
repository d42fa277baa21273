import { describe, expect, it } from 'vitest';
import { waitingWords, whoseWords } from './account-words.ts';

describe('accounts in words', () => {
  it('say whose they are', () => {
    const by = { by: 'x', at: '2026-11-20T09:00:00.000Z' };
    expect(whoseWords({ name: 'Ann Able', employeeNumber: '10000002', ...by })).toBe(
      'The account of Ann Able, 10000002.',
    );
    expect(whoseWords({ name: null, employeeNumber: null, ...by })).toBe('Nobody’s account.');
  });

  it('say how many wait, and of how many exports say whose they are', () => {
    expect(waitingWords(0, 0)).toBe('No account waits.');
    expect(waitingWords(1, 1)).toBe(
      '1 account waits to be confirmed. ESR’s own exports say whose one of them is.',
    );
    expect(waitingWords(1200, 1100)).toBe(
      '1,200 accounts wait to be confirmed. ESR’s own exports say whose 1,100 of them are.',
    );
    expect(waitingWords(2, 0)).toBe(
      '2 accounts wait to be confirmed. ESR’s exports say of none whose it is.',
    );
  });
});
