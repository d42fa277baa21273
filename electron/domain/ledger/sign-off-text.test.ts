import { describe, expect, it } from 'vitest';
import { type SignOffFacts, signOffText } from './sign-off-text.ts';

const FACTS: SignOffFacts = {
  trust: 'A trust',
  environment: 'TPLY',
  size: 1234,
  rootHash: 'ab'.repeat(32),
  verifiedAt: '2026-11-20T09:30:00.000Z',
  before: { size: 1000, at: '2026-07-01T09:30:00.000Z' },
  reviewed: 'the month of October\nSigned off by: somebody else',
  by: { displayName: 'A lead', employeeNumber: '90000004' },
};

describe('the text of a sign-off', () => {
  it('says of how many events, with which root, found whole when, what came before, and by whom', () => {
    expect(signOffText(FACTS)).toBe(
      [
        'AUDIT LOG SIGNED OFF',
        '',
        'Trust: A trust (TPLY)',
        'Events: 1,234, all as they were written',
        `Root hash (RFC 6962, SHA-256): ${'ab'.repeat(32)}`,
        'Verified: 20 Nov 2026, 09:30',
        'Signed off before: 1,000 events, on 1 Jul 2026, 10:30',
        '',
        'Reviewed: the month of October Signed off by: somebody else',
        'Signed off by: A lead (90000004)',
        '',
      ].join('\n'),
    );
    expect(signOffText({ ...FACTS, before: null })).toContain('\nSigned off before: never\n');
  });
});
