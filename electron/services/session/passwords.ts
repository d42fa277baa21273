import type { Input, Output } from '../../contract/contract.ts';
import { judgePassword } from '../../domain/people/password-policy.ts';
import { ServiceError } from '../ground/service-error.ts';
import type { AttemptResult } from './vault.ts';

/** 0 to 4, with advice in plain words; `stolen`: on a list of stolen passwords. */
export type StrengthMeter = (
  password: string,
  about: readonly string[],
) => Promise<{ score: number; advice: readonly string[]; stolen: boolean }>;

export function createPasswordJudge(strengthOf: StrengthMeter) {
  return {
    judge: async ({
      password,
      about,
    }: Input<'session:judgePassword'>): Promise<Output<'session:judgePassword'>> => {
      const { score, advice, stolen } = await strengthOf(password, about);
      const [username = '', trustName = ''] = about;
      const verdict = judgePassword({ password, username, trustName, score, stolen });
      return { score, acceptable: verdict.ok, advice: verdict.ok ? [] : [...verdict.sentences, ...advice] };
    },

    /** Throws WEAK_PASSWORD. */
    requireGood: async (password: string, username: string, trustName: string): Promise<void> => {
      const { score, stolen } = await strengthOf(password, [username, trustName, 'esr']);
      const verdict = judgePassword({ password, username, trustName, score, stolen });
      if (!verdict.ok) throw new ServiceError('WEAK_PASSWORD', verdict.sentences.join(' '));
    },
  };
}
export type PasswordJudge = ReturnType<typeof createPasswordJudge>;

/** What a try that was not taken is answered; `wrong` says what was not right. */
export function refusal(result: Exclude<AttemptResult, { ok: true }>, wrong: string): ServiceError {
  switch (result.reason) {
    case 'refused':
      return new ServiceError('WRONG_CREDENTIALS', wrong, { triesLeft: result.triesLeft });
    case 'wait':
      return new ServiceError('WAIT', 'There were several wrong attempts. Wait, then try again.', {
        waitSeconds: result.waitSeconds,
      });
    case 'locked':
      return new ServiceError(
        'LOCKED_OUT',
        'There were too many wrong attempts, so this way in is locked for a quarter of an hour. Wait, or use the recovery phrase.',
      );
  }
}
