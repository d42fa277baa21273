import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePassword, PASSWORD_MAX, PASSWORD_MIN } from './password-policy.ts';

const question = (password: string, score = 4) => ({
  password,
  score,
  username: 'jane.doe',
  trustName: 'Eastmoor NHS Trust',
});
const wrong = (password: string, score = 4): string => {
  const verdict = judgePassword(question(password, score));
  return verdict.ok ? 'fine' : verdict.sentences.join(' ');
};

describe('password policy', () => {
  it('counts characters, not code units', () => {
    expect(wrong('😀'.repeat(PASSWORD_MIN))).toBe('fine');
    expect(wrong('😀'.repeat(PASSWORD_MIN - 1))).toMatch(/at least 12/);
    expect(wrong('x'.repeat(PASSWORD_MAX))).toBe('fine');
    expect(wrong('x'.repeat(PASSWORD_MAX + 1))).toMatch(/at most 128/);
  });

  it('finds the names however they are dressed', () => {
    expect(wrong('kettle Jane_Doe window')).toMatch(/username/);
    expect(wrong('EASTMOOR-nhs-trust-2026')).toMatch(/trust's name/);
    expect(judgePassword({ ...question('a quiet orange kettle'), username: 'a', trustName: '' }).ok).toBe(
      true,
    );
  });

  it('asks for a score, and says nothing twice', () => {
    expect(wrong('correct horse battery', 2)).toMatch(/too easy to guess/);
    expect(wrong('short', 0)).toBe('Use at least 12 characters; three or four words do well.');
    expect(judgePassword({ ...question('correct horse battery', 2), minimumScore: 2 }).ok).toBe(true);
  });

  it('holds for any text: allowed means long enough, strong enough and without the names; no sentence repeats it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.integer({ min: 0, max: 4 }), (password, score) => {
        const verdict = judgePassword(question(password, score));
        const length = [...password].length;
        if (verdict.ok) expect(length >= PASSWORD_MIN && length <= PASSWORD_MAX && score >= 3).toBe(true);
        else if (length >= 8) expect(verdict.sentences.join(' ')).not.toContain(password);
      }),
    );
  });
});
