import type { Output } from '../../../electron/contract/contract.ts';

export type Judgement = Output<'session:judgePassword'>;

/** By score, 0 to 4. */
export const STRENGTH_WORDS = ['very weak', 'weak', 'fair', 'strong', 'very strong'] as const;

/** Whether a new password may be sent: judged good enough, and typed twice alike. The program judges it again. */
export const passwordIsReady = (value: {
  readonly password: string;
  readonly repeat: string;
  readonly judgement: Judgement | null;
}): boolean => value.judgement?.acceptable === true && value.password === value.repeat;
