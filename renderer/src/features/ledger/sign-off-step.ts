import type { Output } from '../../../../electron/contract/contract.ts';
import type { LEDGER_SUBJECT as Subject } from '../../../../electron/contract/signing.contract.ts';
import { keyOf } from '../../lib/api.ts';
import type { StepOf } from '../signing/index.ts';

/** Sign-offs are signatures of this subject: the contract's, held to it by the compiler, since reading it here would load zod. */
export const LEDGER_SUBJECT: typeof Subject = 'ledger';

/** A review of the ledger as it was just verified. */
export const signOffOf = (
  { size, rootHash }: Pick<Output<'ledger:verify'>, 'size' | 'rootHash'>,
  reviewed: string,
): StepOf<'ledger:signOff'> => ({
  operation: 'ledger:signOff',
  toSign: { decision: 'audit-sign-off', size, rootHash, reviewed },
  input: (signature) => ({ size, rootHash, reviewed, signature }),
  readAgain: keyOf('ledger:list'),
  words: {
    title: 'Sign the review of the audit log',
    what: 'review',
    sign: 'Sign it off',
    decide: 'Sign off',
  },
});
