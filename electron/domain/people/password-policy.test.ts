import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePassword, PASSWORD_MAX, PASSWORD_MIN } from './password-policy.ts';

const question = (password: string, score = 4, stolen = false) => ({
  password,
  score,
  stolen,
  username: 'jane.doe',
  trustName: 'Eastmoor NHS Trust',
});
const wrong = (password: string, score = 4, stolen = false): string => {
  const verdict = judgePassword(question(password, score, stolen));
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

  it('refuses a stolen one by a sentence of its own, however strong it seems, and long or not', () => {
    const sentence =
      'This password is on lists of stolen passwords, or is one of them with something added at its end. Choose three or four words of your own.';
    expect(wrong('sunshine-20261120', 4, true)).toBe(sentence);
    expect(wrong('sunshine-20261120', 1, true), 'not twice').toBe(sentence);
    expect(wrong('password', 0, true)).toBe(
      `Use at least 12 characters; three or four words do well. ${sentence}`,
    );
    expect(wrong('sunshine-20261120', 4, false)).toBe('fine');
  });

  it('refuses what is nothing but names that everybody knows', () => {
    for (const password of [
      'ESR-123456789',
      '2026-nhs-2027',
      'NhsEsrNhsEsr',
      'Eastmoor-2026',
      'EastmoorNHS!',
      '1 Doe Eastmoor 1',
      'esr1nhs2trust3',
    ])
      expect(wrong(password), password).toMatch(/names that everybody here knows/);
    for (const password of [
      'Eastmoor kettle',
      'a kettle at Eastmoor',
      'nhs-umbrella-22',
      'esrever yawhtap',
      '123456789012',
    ])
      expect(wrong(password), password).toBe('fine');
    const short = { ...question('jo-1234567890'), username: 'jo' };
    expect(judgePassword(short).ok, 'shorter than a name is looked for within others').toBe(false);
    expect(wrong('kettle Jane_Doe window'), 'said once').toBe('Leave your username out of it.');
  });

  it('holds for any text: allowed means long enough, strong enough and without the names; no sentence repeats it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), fc.nat(4), fc.boolean(), (password, score, stolen) => {
        const verdict = judgePassword(question(password, score, stolen));
        const length = [...password].length;
        if (verdict.ok)
          expect(length >= PASSWORD_MIN && length <= PASSWORD_MAX && score >= 3 && !stolen).toBe(true);
        else if (length >= 8) expect(verdict.sentences.join(' ')).not.toContain(password);
      }),
    );
  });
});
