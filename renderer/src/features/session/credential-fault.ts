import { correlationOf, Refusal, wordsOf } from '../../lib/api.ts';

export interface CredentialFault {
  readonly sentence: string;
  /** Seconds to wait before another try; 0 when none. */
  readonly waitSeconds: number;
  readonly triesLeft: number | null;
  /** Only for faults that are bugs: an expected "no" needs no number. */
  readonly reference: string | null;
}

const numberIn = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;

/** What a failed sign-in, recovery or change of password says. */
export const credentialFaultOf = (reason: unknown): CredentialFault => {
  const details = reason instanceof Refusal ? reason.details : {};
  return {
    sentence: wordsOf(reason),
    waitSeconds: numberIn(details.waitSeconds) ?? 0,
    triesLeft: numberIn(details.triesLeft),
    reference: reason instanceof Refusal && reason.code !== 'UNEXPECTED' ? null : correlationOf(reason),
  };
};
